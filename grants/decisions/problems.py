"""How the refusals about decisions are said."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "ranking_not_published": _l(
        "Odlučuje se tek kad je rang-lista objavljena i kad prođe rok za prigovore."
    ),
    "objections_open": _l("Rok za prigovore traje do %(until)s u 23:59. Odlučuje se poslije."),
    "objections_unruled": _l(
        "Odlučuje se kad je o svakom prigovoru riješeno i postupljeno. Čeka ih: %(count)s."
    ),
    "final_list_missing": _l(
        "Odlučuje se po konačnoj rang-listi, a ona još nije objavljena. Objavljuje se na stranici "
        "„Prigovori“."
    ),
    "undecidable_outcome": _l(
        "U rang-listi ima prijava o kojoj se ne može odlučiti (ishod: %(outcome)s). Komisija prvo "
        "mora zaključiti rang-listu."
    ),
    "nothing_prepared": _l("Odluke još nisu pripremljene. Najprije ih priprema službenik."),
    "decision_before_acts": _l(
        "Najprije se izdaje odluka o dodjeli sredstava, a zatim akti pojedinačnim podnosiocima."
    ),
    "decisions_issued": _l("Odluka o dodjeli je već izdata, pa se akti više ne pripremaju ponovo."),
    "decline_needs_award": _l("Odustati se može samo od dodijeljenih sredstava."),
    "already_declined": _l("Odustanak je već zapisan %(on)s."),
    "nothing_freed": _l("Nema oslobođenih sredstava, pa se rezervna lista ne aktivira."),
    "nobody_in_reserve": _l(
        "Na rezervnoj listi nema prijave kojoj bi se mogao dodijeliti oslobođeni iznos od "
        "%(amount)s."
    ),
    "reserve_tied": _l(
        "Prijave %(references)s dijele mjesto na rezervnoj listi, a oslobođeni iznos nije dovoljan "
        "za sve. Komisija mora odlučiti o redoslijedu."
    ),
    "activation_waits": _l(
        "Prethodna aktivacija rezervne liste još nije izdata. Najprije završite nju."
    ),
}
