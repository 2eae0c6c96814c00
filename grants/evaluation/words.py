"""The office's words for roles on a committee and grounds of a conflict."""

from grants.evaluation.rules.committee import ConflictGround, MemberRole
from grants.i18n.languages import lazy_gettext as _l

ROLES = {
    MemberRole.CHAIR: _l("predsjednik/ca"),
    MemberRole.MEMBER: _l("član/ica"),
    MemberRole.SECRETARY: _l("sekretar bez prava glasa"),
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
DECLARATION = _l(
    "Izjavljujem da ću prijave ocjenjivati nepristrasno, samo prema tabeli za ocjenjivanje ovog "
    "poziva, i da podatke koje tako saznam neću nikome odati niti koristiti. Ako saznam za "
    "okolnost zbog koje ne bih bio/bila nepristrasan/na, odmah ću je prijaviti i neću "
    "učestvovati u ocjenjivanju te prijave."
)
