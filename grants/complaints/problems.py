"""How the refusals around objections are said."""

from grants.i18n.languages import lazy_gettext as _l

_FILING = {
    "objection_not_yet": _l(
        "Prigovor se može podnijeti kad bude objavljena preliminarna rang-lista."
    ),
    "objection_late": _l("Rok za prigovor istekao je %(until)s u 23:59."),
    "objection_decided": _l(
        "O ovom pozivu je već odlučeno. Protiv akta važi pravni lijek koji je u njemu."
    ),
    "objection_standing": _l(
        "Prigovor protiv istog već čeka rješenje. Povucite ga ako želite podnijeti drugi."
    ),
    "objection_against": _l("Odaberite protiv čega je prigovor."),
    "objection_text": _l("Upišite zašto prigovarate."),
    "objection_text_long": _l("Prigovor može imati najviše %(most)s znakova. Skratite ga."),
    "objection_asks": _l("Upišite šta tražite."),
    "objection_asks_long": _l("Ovdje stane najviše %(most)s znakova. Skratite tekst."),
    "objection_number": _l("Upišite broj iz djelovodnika, najviše %(most)s znakova."),
    "objection_received": _l("Upišite dan kad je prigovor stigao."),
    "objection_received_future": _l("Prigovor nije mogao stići poslije današnjeg dana, %(today)s"),
    "objection_too_early": _l(
        "Prigovor nije mogao stići prije objave preliminarne liste, %(published_on)s"
    ),
    "objection_posted_late": _l("Prigovor nije mogao biti predat na poštu poslije prijema."),
    "objection_unknown_case": _l("U ovom pozivu nema takve prijave. Odaberite je sa spiska."),
    "objection_closed": _l("O ovom prigovoru je riješeno ili je povučen, pa se više ne mijenja."),
    "objection_files": _l("Uz prigovor može biti najviše %(most)s datoteka."),
}
_RULING = {
    "ruling_own_work": _l(
        "Ko je ovu prijavu ocjenjivao ili provjeravao, ne može odlučivati o prigovoru na nju. Neka "
        "rješenje pripremi ili potpiše neko drugi."
    ),
    "ruling_reasoning": _l("Upišite obrazloženje: šta je provjereno i šta je utvrđeno."),
    "ruling_reasoning_long": _l("Obrazloženje može imati najviše %(most)s znakova. Skratite ga."),
    "ruling_effect": _l("Uz usvojen prigovor odaberite šta slijedi."),
    "ruling_too_few": _l(
        "Prijavu još nije ocijenilo i može je ocijeniti: %(free)s, a poziv traži listova: "
        "%(needed)s. Nove ocjene se nalažu tek kad se imenuju dodatni zamjenici."
    ),
    "ruling_ground": _l("Uz odbačen prigovor odaberite formalni razlog."),
    "ruling_late": _l(
        "Prigovor je stigao poslije roka. Odbacuje se, osim ako je dozvoljen povrat u prijašnje "
        "stanje; tada to označite i obrazložite."
    ),
    "ruling_in_time": _l("Prigovor je podnesen u roku, pa se ne može odbaciti kao neblagovremen."),
    "ruling_not_prepared": _l("Rješenje još nije pripremljeno."),
}
_SETTLING = {
    "settle_check": _l("Ponovna administrativna provjera još nema ishod."),
    "settle_unassigned": _l(
        "Nove ocjene daju članovi komisije: najmanje %(needed)s, a do sada određeno %(assigned)s."
    ),
    "settle_unsigned": _l("Od novih ocjena (%(assigned)s) potpisano je %(signed)s."),
    "settle_too_few": _l("Broj ocjena koje važe: %(counted)s, a potrebno je najmanje %(needed)s."),
    "settle_nothing": _l("Po ovom prigovoru nema šta da se izvrši."),
    "anew_nobody": _l("Odaberite bar jednog člana komisije koji ovu prijavu još nije ocijenio."),
    "anew_check_first": _l("Prijava se ocjenjuje tek kad je provjera označi prihvatljivom."),
}
_FINAL = {
    "final_term_runs": _l("Rok za prigovore traje do %(until)s u 23:59. Konačna lista je poslije."),
    "final_open": _l("Prigovor na prijavu %(reference)s čeka rješenje."),
    "final_unsettled": _l("Po usvojenom prigovoru na prijavu %(reference)s još nije postupljeno."),
    "final_more": _l("Prigovori koji još čekaju rješenje ili izvršenje: %(count)s."),
    "final_stands": _l("Konačna lista je već objavljena i otad nije bilo novih prigovora."),
    "final_not_now": _l("Konačna lista se utvrđuje dok traje faza prigovora."),
}
SENTENCES = _FILING | _RULING | _SETTLING | _FINAL
