"""Steps 5 and 6: the committee declares, scores and signs; the ranking is closed and published."""

from collections.abc import Sequence

from tests.browser.people import Person
from tests.browser.walk.calling import OFFICE


def propose_committee(officer: Person, call: str, members: Sequence[tuple[str, str]]) -> None:
    """The officer proposes; the first of the members presides."""
    officer.goes(f"{OFFICE}/calls/{call}/committee")
    for at, (name, email) in enumerate(members):
        officer.fills(**{f"members-{at}-name": name, f"members-{at}-email": email,
                         f"members-{at}-stands_for": "Općina"})  # fmt: skip
        role = "member" if at else "chair"
        officer.page.select_option(f"[name=members-{at}-role]", role)
    officer.presses("Sačuvaj prijedlog")


def appoint_committee(signatory: Person, call: str) -> None:
    """The signatory appoints by an act."""
    signatory.goes(f"{OFFICE}/calls/{call}/committee").presses("Imenuj komisiju")


def declare(member: Person) -> str:
    """Impartiality before anything is seen, then the interests; the committee's address."""
    member.goes("/committee").follows("Pročitaj i potpiši izjavu")
    committee = member.page.url.split("/committee/")[1].split("/")[0]
    member.page.check("[name=agrees]")
    member.presses("Potpiši izjavu").sees("Sukob interesa")
    member.page.check("[name=agrees]")
    member.presses("Potpiši izjavu o interesima")
    return committee


def score(member: Person, committee: str, application: str, *, points: str, password: str) -> None:
    """Every section of one sheet, then the review and the signature with the password."""
    member.goes(f"/committee/{committee}/{application}")
    while member.page.locator("main [type=radio]").count():
        names = member.page.evaluate(
            "[...new Set([...document.querySelectorAll('main [type=radio]')].map(f => f.name))]"
        )
        for name in names:
            member.page.locator(f"[name='{name}'][value='{points}']").check(force=True)
            comment = member.page.locator(f"[name='{name.replace('q-', 'c-')}']")
            comment.fill("Navodi mjeru 3.2.1 Strategije.")
        member.page.locator("main textarea:visible").last.fill("Obrazloženje odjeljka.")
        with member.page.expect_navigation():
            member.page.locator("main form button.btn:visible").first.click()
    member.looks().fills(signing_password=password)
    member.presses("Potpiši list").sees("Otisak lista (SHA-256)")


def close_ranking(chair: Person, committee: str, reference: str) -> None:
    """Scoring is closed, an amount reduced with its reason, the ranking closed."""
    page = f"/committee/{committee}/ranking"
    chair.goes(page).presses("Zaključi ocjenjivanje")
    chair.page.select_option("[name=reference]", reference)
    chair.fills(amount="11.000,00", reason="Trener je planiran dvaput.")
    chair.presses("Sačuvaj iznos").sees("11.000,00")
    for tick in chair.page.locator("[name=present]").all():
        tick.check(force=True)
    chair.fills(held_on="26. 12. 2026.", place="Sarajevo", votes_for="3")
    chair.presses("Zaključi rang-listu").goes(page)


def read_record(member: Person, committee: str) -> None:
    """A member reads the record of the committee and agrees with it."""
    member.goes(f"/committee/{committee}/record").sees("Ovako će zapisnik glasiti").looks()
    member.page.check("[name=says][value=agreed]")
    member.presses("Izjasni se").sees("Vaše izjašnjenje je zapisano")


def publish_ranking(officer: Person, visitor: Person, call: str) -> None:
    """The record and the preliminary list, which everybody reads."""
    officer.goes(f"{OFFICE}/calls/{call}/ranking").sees("dostupna sredstva")
    officer.presses("Objavi preliminarnu listu").sees("Prigovori se podnose do")
    officer.presses("Izdaj zapisnik")
    visitor.goes(f"/calls/{call}/results").sees("11.000,00")
