"""The office's words for roles on a committee and grounds of a conflict."""

from grants.evaluation.rules.assigning import AssignmentMode, Why
from grants.evaluation.rules.committee import ConflictGround, MemberKind, MemberRole
from grants.evaluation.rules.matching import HitKind
from grants.evaluation.rules.seats import CandidateStatus
from grants.i18n.languages import lazy_gettext as _l

ROLES = {
    MemberRole.CHAIR: _l("predsjednik/ca"),
    MemberRole.MEMBER: _l("član/ica"),
    MemberRole.SECRETARY: _l("sekretar bez prava glasa"),
}
KINDS = {
    MemberKind.MUNICIPAL: _l("općina"),
    MemberKind.DONOR: _l("donator"),
    MemberKind.CSO: _l("organizacije civilnog društva"),
}
CANDIDATES = {
    CandidateStatus.STANDING: _l("kandiduje se"),
    CandidateStatus.SET_ASIDE: _l("nije prihvaćena"),
    CandidateStatus.CHOSEN: _l("izabran/a"),
    CandidateStatus.NOT_CHOSEN: _l("nije izabran/a"),
}
GROUNDS = {
    ConflictGround.PARTY: _l("član, zaposlenik ili član uprave podnosioca ili partnera"),
    ConflictGround.REPRESENTATIVE: _l("zastupnik, punomoćnik, suobveznik ili svjedok"),
    ConflictGround.RELATIVE: _l("srodnik u pravoj liniji ili u pobočnoj do četvrtog stepena"),
    ConflictGround.SPOUSE: _l("bračni ili vanbračni partner, tazbina do drugog stepena"),
    ConflictGround.GUARDIAN: _l("staratelj, usvojilac ili usvojenik"),
    ConflictGround.TOOK_PART: _l("učestvovanje u pripremi prijave"),
    ConflictGround.OTHER: _l("drugi razlog koji dovodi u sumnju nepristrasnost"),
}
HIT_KINDS = {
    HitKind.ORGANISATION: _l("ista organizacija"),
    HitKind.PERSON_NAME: _l("isto ime i prezime"),
    HitKind.PERSON_EMAIL: _l("ista adresa e-pošte"),
    HitKind.ADDRESS: _l("ista ulica i broj"),
    HitKind.PHONE: _l("isti broj telefona"),
    HitKind.ACCOUNT: _l("isti bankovni račun"),
    HitKind.PARTNER: _l("organizacija je partner na projektu"),
    HitKind.EMPLOYER: _l("sadašnji ili raniji poslodavac"),
}
# Where a thing stands on the member's side of a hit, and on the applicant's.
TRACE_ROLES = {
    "name": _l("ime člana"),
    "email": _l("e-pošta člana"),
    "organisation": _l("organizacija koju je član naveo u izjavi"),
    "employer": _l("poslodavac kojeg je član naveo u izjavi"),
    "address": _l("adresa iz izjave člana"),
    "phone": _l("telefon iz izjave člana"),
    "account": _l("račun iz izjave člana"),
}
APPLICANT_ROLES = {
    "organisation": _l("podnosilac"),
    "representative": _l("zakonski zastupnik podnosioca"),
    "contact": _l("kontakt osoba podnosioca"),
    "board": _l("član uprave podnosioca"),
    "partner": _l("partner na projektu"),
    "partner_representative": _l("zastupnik partnera"),
}
MODES = {
    AssignmentMode.EVERYBODY: _l("svi ocjenjuju sve"),
    AssignmentMode.BY_LOT: _l("po oblastima"),
    AssignmentMode.BY_HAND: _l("ručno"),
    AssignmentMode.AUTOMATIC: _l("automatski"),
}
WHYS = {
    Why.BEGUN: _l("list je već započet i ostaje"),
    Why.KNOWS_AREA: _l("zna oblast; opterećenje je ravnomjerno"),
    Why.LEVEL: _l("da opterećenje bude ravnomjerno"),
    Why.OF_LOT: _l("ocjenjuje ovu oblast"),
    Why.BY_HAND: _l("dodijeljeno ručno"),
}
DECLARATION = _l(
    "Izjavljujem da ću prijave ocjenjivati nepristrasno, samo prema tabeli za ocjenjivanje ovog "
    "poziva, i da podatke koje tako saznam neću nikome odati niti koristiti. Ako saznam za "
    "okolnost zbog koje ne bih bio/bila nepristrasan/na, odmah ću je prijaviti i neću "
    "učestvovati u ocjenjivanju te prijave."
)
HIDDEN_APPLICANT = _l("podnosilac je skriven do kraja ocjenjivanja")
# What a text form explains, by the keys of rules.textform.
TEXT_FORM = {
    "how": _l(
        "Obrazac za ocjenjivanje bez interneta.\n"
        "Upišite odgovor ispod svake oznake u dvostrukim zagradama; oznake ne mijenjajte.\n"
        "Redovi koji počinju znakom | su objašnjenja i ne čitaju se.\n"
        "Prazno mjesto ne mijenja ono što je već sačuvano.\n"
        "Sačuvajte kao običan tekst (.txt) i učitajte na stranici prijave."
    ),
    "offered": _l("Ponuđeno:"),
}
