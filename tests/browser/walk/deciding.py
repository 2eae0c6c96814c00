"""Step 7: acts are prepared, approved, issued, scanned, served, and verified by anybody."""

import re
from pathlib import Path

from tests.browser.people import Person
from tests.browser.walk.calling import OFFICE


def prepare_decisions(officer: Person, call: str) -> None:
    """The award decision and an act for each applicant."""
    officer.goes(f"{OFFICE}/calls/{call}/decisions").presses("Pripremi odluku i sve akte")


def issue_decisions(signatory: Person, call: str) -> None:
    """The signatory reads them, approves and issues all."""
    page = f"{OFFICE}/calls/{call}/decisions"
    signatory.goes(page).presses("Odobri sve").presses("Izdaj sve")


def serve_award(officer: Person, call: str, scan: Path, *, on: str) -> str:
    """The scan of the signed copy and the day of service; the act's verification code."""
    officer.goes(f"{OFFICE}/calls/{call}/decisions").follows("rješenje o dodjeli")
    officer.page.locator("[type=file]").set_input_files(scan)
    with officer.page.expect_navigation():
        officer.page.locator("form:has([type=file]) button").first.click()
    form = officer.page.locator("form[action$='/service']")
    form.locator("[name=on]").fill(on)
    form.locator("[type=radio], select").first.evaluate(
        "field => field.type === 'radio' ? field.click() : field.selectedIndex = 1"
    )
    with officer.page.expect_navigation():
        form.locator("button").first.click()
    officer.looks()
    found = re.search(r"[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}", officer.words())
    assert found is not None, officer.words()
    return found[0]


def verify(visitor: Person, code: str) -> None:
    """Anybody sees number, date and hash, and whether the act is in force."""
    visitor.goes(f"/verify/{code}").sees(code, "Općina Novo Sarajevo")
