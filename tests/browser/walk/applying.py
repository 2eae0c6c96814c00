"""Step 3: an organisation is registered, an application filled in part by part and submitted."""

from dataclasses import dataclass
from pathlib import Path

import pikepdf

from tests.browser.people import Person

SLOTS = (
    "projektni-prijedlog",
    "logicki-okvir",
    "plan-aktivnosti",
    "statut",
    "rjesenje-o-registraciji",
    "izjava-podobnost",
    "izjava-dvostruko-finansiranje",
)


@dataclass(frozen=True)
class Applicant:
    """What one organisation applies with."""

    name: str
    jib: str
    account: str
    title: str
    lot: str
    cost: str
    requested: str


def make_pdf(folder: Path) -> Path:
    """A real PDF of one blank page."""
    path = folder / "dokument.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path)
    return path


def register_organisation(person: Person, applicant: Applicant, evidence: Path) -> str:
    """The organisation, and the declaration of its representative; the address of its slug."""
    fill_organisation(person.goes("/my/organisations/new"), applicant)
    slug = person.page.url.rsplit("/", 1)[1]
    declare_representative(person.goes(f"/my/organisations/{slug}/representative"), evidence)
    return slug


def fill_organisation(person: Person, applicant: Applicant) -> None:
    """The page of a new organisation, refused once."""
    person.fills(
        name=applicant.name,
        jib="420000000000",
        account=applicant.account,
        registered_on="15. 6. 2016.",
        register_name="Ministarstvo pravde Kantona Sarajevo",
        register_number="123",
        address="Zmaja od Bosne 1",
        postal_code="71000",
        place="Sarajevo",
        phone="033 111 222",
        email="organizacija@example.ba",
        representative_name=person.name,
        representative_title="predsjednica",
    )
    person.presses("Upiši organizaciju").sees("JIB ima tačno 13 cifara, a ovdje ih je 12")
    person.fills(jib=applicant.jib).presses("Upiši organizaciju").sees(applicant.name)


def declare_representative(person: Person, evidence: Path) -> None:
    """The declaration with its evidence."""
    person.page.check("[name=is_declared]")
    person.page.set_input_files("[name=file]", evidence)
    person.presses("Potvrdi i pošalji")


def start_application(person: Person, call: str) -> str:
    """From the page of the call to the first part; the address of the application's slug."""
    person.goes(f"/calls/{call}").follows("Započni prijavu").presses("Započni prijavu")
    return person.page.url.split("/applications/")[1].split("/")[0]


def fill_application(person: Person, slug: str, applicant: Applicant, paper: Path) -> None:
    """Every part, saved by itself; no part is lost by a refused value."""
    parts = f"/my/applications/{slug}/sections"
    person.goes(f"{parts}/organisation")
    person.fills(
        contact_name=person.name, contact_email="kontakt@example.ba", contact_phone="061 1"
    )
    person.page.check("[name=no_double_funding]")
    person.presses("Sačuvaj i nastavi")
    _fill_summary(person, applicant)
    _fill_problem(person)
    _fill_logframe(person)
    _fill_plan(person)
    _fill_budget(person, applicant)
    person.goes(f"{parts}/team")
    person.fills(**{"team.1.name": "Voditeljica", "team.1.role": "koordinacija",
                    "team.1.experience": "pet godina rada s mladima"})  # fmt: skip
    _fill_partner(person, paper)
    _attach_documents(person, slug, paper)


def submit_application(person: Person, slug: str) -> str:
    """Check, submit, and the receipt; its number."""
    person.goes(f"/my/applications/{slug}/check").presses("Predaj prijavu")
    person.sees("Označite izjavu pa predajte prijavu.")
    person.page.check("main [type=checkbox]")
    person.presses("Predaj prijavu").sees("SHA-256")
    return person.words()


def _fill_summary(person: Person, applicant: Applicant) -> None:
    person.fills(title="x" * 300, requested="1.234,5x")
    person.presses("Sačuvaj").sees("„1.234,5x“", "140")
    person.fills(
        title=applicant.title,
        location="Grbavica i Hrasno",
        starts_on="1. 6. 2027.",
        duration_months="6",
        requested=applicant.requested,
        summary_text="Radionice za mlade u dvije mjesne zajednice, s javnim događajem na kraju.",
    )
    person.page.check(f"[name=lot][value='{applicant.lot}']")
    person.presses("Sačuvaj i nastavi")


def _fill_problem(person: Person) -> None:
    person.fills(
        problem_analysis="Anketa u 212 domaćinstava: 64 % mladih nema gdje provoditi vrijeme.",
        relevance="Projekat odgovara prioritetu poziva i mjeri 3.2.1 Strategije razvoja.",
        sustainability="Škole preuzimaju radionice u redovni plan rada.",
    )
    person.fills(**{"target_groups.1.group": "Mladi od 15 do 30 godina",
                    "target_groups.1.women": "60", "target_groups.1.men": "40"})  # fmt: skip
    person.presses("Sačuvaj i nastavi")


def _fill_logframe(person: Person) -> None:
    person.fills(overall_objective="Mladi sudjeluju u životu zajednice.",
                 specific_objective="Sto mladih stiče vještine za prvi posao.",
                 risks="Slab odziv: radionice se drže u školama.")  # fmt: skip
    for row in ("1", "2"):
        person.fills(**{f"results.{row}.text": f"Rezultat {row} je postignut.",
                        f"results.{row}.assumptions": "Škole sarađuju.",
                        f"indicators.{row}.name": "broj polaznika",
                        f"indicators.{row}.baseline": "0", f"indicators.{row}.target": "100",
                        f"indicators.{row}.source": "potpisne liste"})  # fmt: skip
        person.page.select_option(f"[name='indicators.{row}.result']", index=int(row))
    person.presses("Sačuvaj i nastavi")


def _fill_plan(person: Person) -> None:
    for row in ("1", "2"):
        person.page.select_option(f"[name='activities.{row}.result']", index=int(row))
        person.fills(**{f"activities.{row}.title": f"Radionice {row}",
                        f"activities.{row}.responsible": "koordinatorica"})  # fmt: skip
        person.page.check(f"[name='activities.{row}.months'][value='{row}']")
    person.fills(methodology="Radionice vode treneri, po dvije sedmično.",
                 visibility="Objave i javni događaj s oznakama poziva.")  # fmt: skip
    person.presses("Sačuvaj i nastavi")


def _fill_budget(person: Person, applicant: Applicant) -> None:
    person.page.select_option("[name=add_heading]", index=5)
    person.presses("+ Dodaj stavku")
    row = "budget." + person.page.input_value("[name='budget.rows']")
    person.fills(**{f"{row}.description": "Treneri i predavači", f"{row}.unit": "mjesec",
                    f"{row}.quantity": "6", f"{row}.price": applicant.cost,
                    f"{row}.requested": applicant.requested, f"{row}.own": "0,00",
                    f"{row}.justification": "Šest mjeseci rada."})  # fmt: skip
    person.presses("Sačuvaj").sees("Traženi iznos")
    person.page.select_option(f"[name='{row}.activity']", index=1)
    person.presses("Sačuvaj i nastavi")


def _fill_partner(person: Person, paper: Path) -> None:
    """A partner from abroad, whose statement came signed on paper."""
    person.page.check("[name=has_partners][value=yes]")
    person.fills(**{"partners.1.name": "Klub dijaspore", "partners.1.country": "Austrija",
                    "partners.1.role": "predavanja na daljinu",
                    "partners.1.representative": "Ida Vidović",
                    "partners.1.email": "klub@example.com"})  # fmt: skip
    person.page.check("[name='partners.1.kind'][value=diaspora]")
    person.page.check("[name='partners.1.brings'][value=knowledge]")
    person.presses("Sačuvaj").sees("nije poslana")
    statement = person.page.locator("#statement-1")
    statement.locator("summary").click()
    statement.locator("[type=file]").set_input_files(paper)
    with person.page.expect_navigation():
        statement.get_by_role("button", name="Učitaj").click()
    person.looks("team-partner").sees("potpisana", "Potpisana izjava je učitana")


def _attach_documents(person: Person, slug: str, paper: Path) -> None:
    page = f"/my/applications/{slug}/sections/documents"
    person.goes(page)
    program = paper.with_name("program.pdf")
    program.write_bytes(b"MZ\x90\x00" + b"\x00" * 400)
    field = person.page.locator("form[action*='/documents?slot='] [type=file]").first
    field.set_input_files(program)
    person.page.get_by_role("button", name="Učitaj").first.click()
    person.page.wait_for_load_state()
    person.sees("program")
    for slot in SLOTS:
        person.goes(page)
        card = person.page.locator(f"#slot-{slot}")
        form = card.locator(f"form[action$='/documents?slot={slot}']")
        if not form.is_visible():
            # What the organisation keeps is offered first; another file is a step further.
            card.locator("summary").last.click()
        form.locator("[type=file]").set_input_files(paper)
        with person.page.expect_navigation():
            form.locator("button").first.click()
