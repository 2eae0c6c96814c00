"""The invented people of the demo and how they sign in."""

from dataclasses import dataclass

from grants.people.rules import Role


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who does not exist; `key` names the account, `works` the roles in town halls."""

    key: str
    name: str
    works: tuple[tuple[Role, str], ...] = ()

    @property
    def email(self) -> str:
        """An address that leads nowhere."""
        return f"{self.key}@example.ba"

    @property
    def password(self) -> str:
        """A password that everybody may know."""
        return f"proba-{self.key}"


NOVO_SARAJEVO = "BA-NOVO-SARAJEVO"
LAKTASI = "BA-LAKTASI"

STAFF = (
    DemoPerson("selma.karic", "Selma Karić", ((Role.OFFICER, NOVO_SARAJEVO),)),
    DemoPerson("vesna.rakic", "Vesna Rakić", ((Role.OFFICER, NOVO_SARAJEVO),)),
    DemoPerson("damir.juric", "Damir Jurić", ((Role.FINANCE, NOVO_SARAJEVO),)),
    DemoPerson("jasna.peric", "Jasna Perić", ((Role.SIGNATORY, NOVO_SARAJEVO),)),
    DemoPerson("nedim.alic", "Nedim Alić", ((Role.ADMINISTRATOR, NOVO_SARAJEVO),)),
    DemoPerson("mirela.tomic", "Mirela Tomić", ((Role.AUDITOR, NOVO_SARAJEVO),)),
    DemoPerson("dragana.savic", "Dragana Savić", ((Role.OFFICER, LAKTASI),)),
    DemoPerson("zoran.lukic", "Zoran Lukić", ((Role.SIGNATORY, LAKTASI),)),
    DemoPerson("milica.popovic", "Milica Popović", ((Role.FINANCE, LAKTASI),)),
)
PLATFORM = DemoPerson("goran.babic", "Goran Babić")
COMMITTEE = (
    DemoPerson("amela.softic", "Amela Softić"),
    DemoPerson("boris.maric", "Boris Marić"),
    DemoPerson("edina.begic", "Edina Begić"),
    DemoPerson("igor.simic", "Igor Simić"),
    DemoPerson("lejla.hadzic", "Lejla Hadžić"),
)
APPLICANTS = (
    DemoPerson("amra.delic", "Amra Delić"),
    DemoPerson("vedran.kovac", "Vedran Kovač"),
    DemoPerson("sanja.ilic", "Sanja Ilić"),
    DemoPerson("tarik.music", "Tarik Mušić"),
    DemoPerson("hana.omerovic", "Hana Omerović"),
    DemoPerson("marko.vukic", "Marko Vukić"),
    DemoPerson("nejra.basic", "Nejra Bašić"),
    DemoPerson("petar.zec", "Petar Zec"),
    DemoPerson("ena.subasic", "Ena Subašić"),
    DemoPerson("mirjana.radic", "Mirjana Radić"),
    DemoPerson("milos.stanic", "Miloš Stanić"),
)
EVERYBODY = (*STAFF, PLATFORM, *COMMITTEE, *APPLICANTS)
BY_EMAIL = {person.email: person for person in EVERYBODY}
