"""Step 6b: the list is objected to, ruled upon, and made final."""

from tests.browser.people import Person
from tests.browser.walk.calling import OFFICE


def file_and_rule(applicant: Person, signatory: Person, call: str, application: str) -> None:
    """The representative reads the own sheets and objects; somebody else rules upon it."""
    own = f"/my/applications/{application}"
    applicant.goes(f"{own}/scores").sees("Član 1", "Pojedinačni listovi")
    applicant.goes(f"{own}/file").presses("Otvori spis").sees("Listovi komisije, bez imena")
    applicant.goes(f"{own}/objections").presses("Podnesi prigovor").sees("Upišite šta tražite.")
    applicant.page.check("[name=against][value=score]")
    applicant.fills(text="Pitanje 2.1 nije ocijenjeno prema prijavi.", asks_for="Nova ocjena.")
    applicant.presses("Podnesi prigovor").sees("Prigovor je primljen", "čeka rješenje")
    signatory.goes(f"{OFFICE}/calls/{call}/objections").follows("-001")
    signatory.page.check("[name=ruling][value=rejected]")
    signatory.fills(reasoning="Navodi su provjereni i nisu osnovani.")
    signatory.presses("Pripremi rješenje").sees("o prigovoru na prijavu broj")
    signatory.presses("Izdaj akt").sees("odbijen")


def finish_list(officer: Person, visitor: Person, call: str) -> None:
    """Once the term is over: the final list, beside the preliminary one."""
    officer.goes(f"{OFFICE}/calls/{call}/objections/final").presses("Utvrdi i objavi konačnu listu")
    visitor.goes(f"/calls/{call}/results").sees("Konačna rang-lista", "Podnesen je 1 prigovor")
    visitor.follows("Preliminarna lista").sees("Ovo je preliminarna lista")
