"""Step 1 and 2: a call is made, approved, published, and read by everybody."""

from tests.browser.people import Person

OFFICE = "/m/novo-sarajevo"
ENVELOPES = ("50.000,00", "65.000", "45000")
OTHER_PARTS = (
    "texts", "amounts", "documents", "conditions", "budget", "grid", "scoring", "dates", "files",
    "form",
)  # fmt: skip


def make_call(officer: Person, *, reference: str, title: str, opens_on: str) -> str:
    """From the preset to the request for approval; the address of the call's slug."""
    officer.goes(f"{OFFICE}/calls/new")
    officer.page.check("[name=preset]")
    officer.fills(reference=reference, title=title, opens_on=opens_on)
    officer.presses("Napravi nacrt")
    slug = officer.page.url.split("/calls/")[1].split("/")[0]
    part = f"{OFFICE}/calls/{slug}/edit"
    officer.goes(f"{part}/lots")
    officer.fills(**{"lots-0-envelope": "50.000,00x"}).presses("Sačuvaj")
    officer.sees("„50.000,00x“ nije iznos")
    officer.fills(**{f"lots-{at}-envelope": text for at, text in enumerate(ENVELOPES)})
    officer.presses("Sačuvaj")
    officer.goes(f"{part}/funding")
    officer.fills(**{"funding-0-amount": "112.000,00", "funding-1-amount": "48.000,00"})
    officer.presses("Sačuvaj")
    for name in OTHER_PARTS:
        officer.goes(f"{part}/{name}")
    officer.goes(f"{part}/check").presses("Pošalji na odobrenje")
    return slug


def approve_call(signatory: Person, slug: str) -> None:
    """The signatory reads it and approves."""
    signatory.goes(f"{OFFICE}/calls/{slug}/edit/check").presses("Odobri poziv")


def publish_call(officer: Person, slug: str) -> None:
    """The officer publishes; from here on the call is frozen."""
    officer.goes(f"{OFFICE}/calls/{slug}/edit/check").presses("Objavi poziv")


def read_call(visitor: Person, slug: str, *, title: str) -> None:
    """A visitor finds the call and reads it, in both scripts and in English."""
    visitor.goes("/").sees(title).follows(title)
    visitor.sees("160.000,00 KM", "Rok za prijavu", "Započni prijavu", "Relevantnost 25")
    visitor.goes(f"/language/sr?next=/calls/{slug}").sees("Рок за пријаву")
    visitor.goes(f"/language/bs?next=/calls/{slug}").sees("Rok za prijavu")
