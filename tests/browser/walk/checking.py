"""Step 4: opened, registered, checked; one application is completed by its applicant."""

from tests.browser.people import Person
from tests.browser.walk.calling import OFFICE


def open_call(officer: Person, call: str) -> None:
    """The opening with its record and the numbers of the registry."""
    page = f"{OFFICE}/calls/{call}/opening"
    officer.goes(page).presses("Otvori prijave")
    officer.fills(series="02-36").presses("Dodijeli brojeve iz serije")
    officer.presses("Izdaj zapisnik").goes(page)


def confirm_representative(officer: Person, application: str) -> None:
    """The officer compares the declaration with the evidence and confirms."""
    officer.goes(f"{OFFICE}/applications/{application}/representative").sees("nepotvrđen")
    officer.presses("Potvrdi zastupnika")


def check_application(officer: Person, application: str) -> None:
    """Every question of the check; what the system computed is confirmed."""
    officer.goes(f"{OFFICE}/applications/{application}/check").sees("prijedlog sistema")
    names = officer.page.evaluate(
        "[...new Set([...document.querySelectorAll('[name^=finding]')].map(field => field.name))]"
    )
    for name in names:
        chosen = officer.page.locator(f"[name='{name}']:checked")
        if not chosen.count() or chosen.input_value() == "completion":
            officer.page.check(f"[name='{name}'][value=yes]")
    officer.presses("Sačuvaj provjeru")


def ask_for_completion(officer: Person, application: str) -> None:
    """A missing part is asked for with a term."""
    officer.goes(f"{OFFICE}/applications/{application}/check")
    officer.page.locator("details:has([name=parts])").first.locator("summary").click()
    officer.page.check("[name=parts][value=team]")
    officer.fills(text="Dopunite podatke o projektnom timu.", length="5")
    officer.page.locator("form[action$='/check/completion'] button").first.click()
    officer.page.wait_for_load_state()
    officer.looks().sees("5")


def answer_completion(person: Person, application: str) -> None:
    """The applicant answers on one page, the term in sight."""
    person.goes(f"/my/applications/{application}/completion").sees("još")
    person.fills(**{"team.1.experience": "deset godina rada s mladima"})
    person.page.locator("main form button.btn").last.click()
    person.page.wait_for_load_state()
    person.looks()


def accept_application(officer: Person, application: str) -> None:
    """The application is eligible."""
    officer.goes(f"{OFFICE}/applications/{application}/check").presses("Prijava je prihvatljiva")


def hand_over(officer: Person, call: str) -> None:
    """All are decided: the committee may score."""
    officer.goes(f"{OFFICE}/calls/{call}/checks").presses("Predaj komisiji na ocjenjivanje")
