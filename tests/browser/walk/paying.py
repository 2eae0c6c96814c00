"""Step 8: contract, instalment, payment, expenditure with its receipt, control."""

from pathlib import Path

from tests.browser.people import Person
from tests.browser.walk.calling import OFFICE


def contract_award(officer: Person, title: str) -> None:
    """The officer prepares the contract; a reduced amount needs a revised budget first."""
    officer.goes(f"{OFFICE}/contracts?status=waiting").follows(title)
    if "/budget" in officer.page.url or officer.page.locator("a[href$='/budget']").count():
        if "/budget" not in officer.page.url:
            officer.page.locator("main a[href$='/budget']").first.click()
            officer.page.wait_for_load_state()
        field = officer.page.locator("main input[name*=grant], main input[name*=line]").first
        field.fill("11.000,00")
        with officer.page.expect_navigation():
            officer.page.locator("main form button.btn").last.click()
        officer.goes(f"{OFFICE}/contracts?status=waiting").follows(title)
    officer.presses("Pripremi ugovor")


def sign_contract(signatory: Person, officer: Person, scan: Path, *, signed_on: str) -> str:
    """The signatory signs; the officer keeps the copy that both signed, and its day."""
    page = officer.page.url
    signatory.goes(page).presses("Potpiši ugovor")
    officer.goes(page)
    officer.page.locator("main [type=file]").first.set_input_files(scan)
    officer.presses("Priloži sken")
    officer.goes(f"{page}/start").fills(signed_on=signed_on).presses("Ugovor je na snazi")
    officer.sees("na snazi")
    return page.rsplit("/", 1)[1]


def pay_first_instalment(
    officer: Person, finance: Person, signatory: Person, contract: str, *, on: str
) -> None:
    """The condition is met, finance orders, the signatory approves, the bank pays."""
    officer.goes(f"{OFFICE}/contracts/{contract}/payments").follows("1. rata")
    page = officer.page.url
    officer.presses("Uslov je ispunjen")
    finance.goes(page).fills(reference="PN-1/27").presses("Pošalji na odobrenje")
    signatory.goes(page)
    with signatory.page.expect_navigation():
        signatory.page.locator("form[action$='/approve'] button").first.click()
    finance.goes(page)
    form = finance.page.locator("form[action$='/paid']")
    form.locator("input[type=text]").first.fill(on)
    form.locator("input[type=text]").last.fill("IZV-1")
    with finance.page.expect_navigation():
        form.locator("button").first.click()
    finance.looks().sees("isplaćena")


def spend(person: Person, contract: str, receipt: Path, *, on: str) -> None:
    """The receipt first, then what it says."""
    person.goes(f"/my/contracts/{contract}/expenditure")
    person.page.locator("main [type=file]").first.set_input_files(receipt)
    with person.page.expect_navigation():
        person.page.locator("main form:has([type=file]) button").first.click()
    person.looks()
    person.page.select_option("[name=line_id]", index=1)
    person.fills(spent_on=on, supplier="Trener d.o.o.", number="17/27",
                 description="Honorar trenera", amount="500,00")  # fmt: skip
    with person.page.expect_navigation():
        person.page.locator("main form:has([name=supplier]) button.btn").last.click()
    person.looks().sees("500,00")


def control(officer: Person, contract: str) -> None:
    """The officer accepts the bill in full."""
    officer.goes(f"{OFFICE}/contracts/{contract}/expenditure").follows("Trener d.o.o.")
    officer.page.locator("main form [type=radio]").first.check()
    with officer.page.expect_navigation():
        officer.page.locator("main form button.btn").last.click()
    officer.looks().sees("500,00")
