"""How everything that may be wrong with an application is said."""

from grants.calls.problems import tag_name
from grants.errors import Problem
from grants.i18n.languages import lazy_gettext as _l
from grants.organisations.problems import PARTS

SENTENCES = {
    # what is typed
    "answer_missing": _l("Popunite „%(label)s“."),
    "cell_missing": _l("%(row)s: popunite „%(label)s“."),
    "declaration_missing": _l("Označite izjavu: %(label)s"),
    "months_missing": _l("%(row)s: označite barem jedan mjesec."),
    "reference_gone": _l(
        "%(row)s: ono što je bilo odabrano pod „%(label)s“ više ne postoji. Odaberite ponovo."
    ),
    "line_without_activity": _l("%(row)s nije vezana ni za jednu aktivnost. Odaberite aktivnost."),
    "answer_too_long": _l(
        "%(label)s: upisano je %(figure)s znakova, a staje najviše %(limit)s. Skratite tekst."
    ),
    "answer_too_many_words": _l(
        "%(label)s: upisano je %(figure)s riječi, a staje najviše %(limit)s. Skratite tekst."
    ),
    "answer_too_low": _l("%(label)s: upisano je %(typed)s, a može biti najmanje %(limit)s."),
    "answer_too_high": _l("%(label)s: upisano je %(typed)s, a može biti najviše %(limit)s."),
    "ticks_too_many": _l(
        "%(label)s: označeno je %(figure)s, a može najviše %(limit)s. Ostavite najvažnije."
    ),
    "file_missing": _l("Priložite datoteku: %(label)s."),
    "answer_not_number": _l("%(label)s: „%(typed)s“ nije broj. Upišite ga ovako: 12 ili 1,5"),
    "answer_not_money": _l("%(label)s: „%(typed)s“ nije iznos. Upišite ga ovako: 1.234,50"),
    "answer_too_much": _l("%(label)s: „%(typed)s“ je prevelik iznos. Provjerite ga."),
    "answer_not_day": _l("%(label)s: „%(typed)s“ nije datum. Upišite ga ovako: 17. 1. 2026."),
    "answer_not_choice": _l("%(label)s: odaberite jednu od ponuđenih mogućnosti."),
    "rows_too_few": _l("%(label)s: treba najmanje %(limit)s, a upisano je %(figure)s."),
    "rows_too_many": _l("%(label)s: može najviše %(limit)s, a upisano je %(figure)s."),
    # what contradicts
    "result_without_indicator": _l("Rezultat %(row)s nema pokazatelja. Dodajte barem jedan."),
    "result_without_activity": _l("Rezultat %(row)s nema aktivnosti u planu. Dodajte barem jednu."),
    "activity_beyond_duration": _l(
        "Aktivnost %(row)s traje do %(figure)s. mjeseca, a projekat traje %(limit)s mjeseci."
    ),
    "results_few": _l(
        "Upisano je rezultata: %(figure)s. Projekat obično ima dva do pet rezultata; provjerite da "
        "li neki nedostaje."
    ),
    "results_many": _l(
        "Upisano je rezultata: %(figure)s. Projekat obično ima najviše %(limit)s; razmislite da li "
        "neke možete spojiti."
    ),
    "indicator_incomplete": _l(
        "Pokazatelj %(row)s nema: %(labels)s. Bez toga se ne može reći da li je rezultat postignut."
    ),
    "indicator_unmoved": _l(
        "Pokazatelj %(row)s je na početku i na kraju isti (%(value)s). Upišite šta će se "
        "promijeniti."
    ),
    "budget_empty": _l("U budžetu nema nijedne stavke. Dodajte barem jednu."),
    "activity_without_cost": _l(
        "Za aktivnost %(row)s (%(title)s) u budžetu nema troška. Ako je besplatna, sve je u redu."
    ),
    "starts_early": _l(
        "Projekat počinje %(figure)s, a prijave se primaju do %(limit)s. Troškovi prije ugovora se "
        "obično ne priznaju."
    ),
    "duration_not_whole": _l("Trajanje upišite u cijelim mjesecima, na primjer 7."),
    # what the call asks (dossier.md, check)
    "amount_below_min": _l(
        "Traženo je %(figure_amount)s, a najmanji iznos ovog poziva je %(limit_amount)s."
    ),
    "amount_above_max": _l(
        "Traženo je %(figure_amount)s, a najveći iznos ovog poziva je %(limit_amount)s."
    ),
    "duration_out_of_range": _l(
        "Projekat traje %(figure)s mjeseci, a poziv dopušta od %(min)s do %(max)s."
    ),
    "too_many_applications": _l(
        "Ovo bi bila %(figure)s. prijava vaše organizacije na ovaj poziv, a dopušteno ih je "
        "%(limit)s."
    ),
    "budget_sum": _l(
        "Zbir kolone „Traženo“ je %(figure_amount)s, a u sažetku je traženo %(limit_amount)s. "
        "Razlika je %(difference_amount)s."
    ),
    "line_sum": _l(
        "Stavka %(line)s: količina puta cijena je %(limit_amount)s, a traženo i vlastito zajedno "
        "su %(figure_amount)s."
    ),
    "cofinancing": _l(
        "Vlastito učešće je %(figure_amount)s, a traži se najmanje %(limit_amount)s (%(share)s od "
        "%(base)s)."
    ),
    "rule": _l(
        "%(what)s su %(numerator)s od %(base)s (%(share)s), a dopušteno je najviše "
        "%(limit)s, to jest %(allowed_amount)s. Iznad granice je %(excess)s."
    ),
    "in_kind": _l(
        "Doprinos u naturi je %(numerator)s od %(base)s vlastitog učešća, a računa se najviše "
        "%(limit)s, to jest %(allowed_amount)s. Iznos %(excess)s se ne računa."
    ),
    "vat_payer": _l(
        "Vaša organizacija ima PDV broj %(vat_number)s, a PDV koji možete odbiti nije prihvatljiv "
        "trošak. Provjerite da su sve cijene bez PDV-a."
    ),
    # a budget that comes from a spreadsheet
    "cell_unknown": _l("%(label)s: „%(typed)s“ nije na popisu. Odaberite jednu od mogućnosti."),
    "cell_formula": _l(
        "%(label)s: formula još nije izračunata. Otvorite tabelu, sačuvajte je i učitajte ponovo."
    ),
    "cell_kind": _l("%(label)s: „%(typed)s“ je datum ili logička vrijednost. Upišite tekst."),
    "cell_error": _l("%(label)s: u ćeliji je greška računanja (%(typed)s). Popravite formulu."),
    "cell_decimals": _l(
        "%(label)s: %(typed)s ima previše decimala, a mogu biti najviše %(limit)s."
    ),
    "sheet_links": _l(
        "Tabela uzima podatke iz drugih datoteka. Pretvorite te ćelije u obične vrijednosti pa je "
        "učitajte ponovo."
    ),
    "sheet_no_head": _l(
        "U datoteci nema tabele s kolonama budžeta. Preuzmite tabelu s ove stranice i popunite nju."
    ),
    "sheet_too_long": _l("U tabeli je %(figure)s stavki, a stane ih najviše %(limit)s."),
    # partners and their statements
    "partner_without_country": _l("%(row)s: upišite državu partnera iz dijaspore."),
    "partner_without_jib": _l("%(row)s: upišite JIB partnera iz Bosne i Hercegovine."),
    "partner_jib": _l("%(row)s: JIB ima %(limit)s cifara, a upisano ih je %(figure)s."),
    "partner_jib_control": _l(
        "%(row)s: posljednja cifra JIB-a nije uobičajena kontrolna cifra. Provjerite ga još jednom."
    ),
    "partner_email": _l("%(row)s: „%(typed)s“ nije adresa e-pošte."),
    "partner_without_statement": _l(
        "%(row)s (%(partner)s) nema važeću izjavu o partnerstvu. Pošaljite je na potpis ili "
        "učitajte potpisanu."
    ),
    "statement_needs": _l("Prije slanja izjave upišite i sačuvajte: %(part_name)s."),
    "statement_settled": _l("Ova izjava je već potpisana ili povučena."),
    "statement_late": _l("Rok je istekao %(until)s, pa se izjave više ne šalju na potpis."),
    "statement_revoked": _l(
        "Organizacija je povukla ovu izjavu ili vam je poslala novu. Provjerite svoju poštu."
    ),
    "statement_declined": _l("Odbili ste ovu izjavu. Organizacija je o tome obaviještena."),
    "statement_signed": _l("Ova izjava je potpisana. Hvala vam."),
    "statement_expired": _l("Rok za potpis je istekao %(until)s, pa se izjava više ne potpisuje."),
    "statement_closed": _l("Prijava je u međuvremenu predata, pa se izjava više ne potpisuje."),
    "statement_outdated": _l(
        "Organizacija je u međuvremenu promijenila podatke na koje se izjava odnosi. Ako je vaš "
        "potpis i dalje potreban, dobit ćete novu poveznicu."
    ),
    "missing_document": _l("Nedostaje dokument: %(title)s."),
    "document_undated": _l(
        "%(title)s: upišite datum izdavanja. Na dan predaje dokument može biti star najviše "
        "%(limit)s dana."
    ),
    "document_too_old": _l(
        "%(title)s: dokument je izdat %(issued_on)s, a poziv traži da na dan predaje nije stariji "
        "od %(limit)s dana, dakle izdat najranije %(earliest)s. Pribavite noviji i priložite ga."
    ),
    "document_issued_later": _l(
        "%(title)s: datum izdavanja %(issued_on)s tek dolazi. Provjerite ga na dokumentu."
    ),
    "document_without_expiry": _l(
        "%(title)s: upišite do kada dokument vrijedi. Na dan predaje mora važiti."
    ),
    "document_expired": _l(
        "%(title)s: dokument je vrijedio do %(expires_on)s. Pribavite novi i priložite ga."
    ),
    "dates_backwards": _l("Dokument ne može isteći prije nego što je izdat. Provjerite datume."),
    "registered_late": _l(
        "Organizacija je upisana u registar %(figure)s, a poziv traži da bude upisana najkasnije "
        "%(limit)s."
    ),
    "late": _l("Prijava je predata %(figure)s, a rok je bio %(limit)s."),
    "profile_missing": _l("U profilu organizacije nedostaje: %(part_name)s."),
    "form_corrected": _l(
        "Općina je ispravila obrazac u dijelu „%(title)s“. Pregledajte šta je novo i potvrdite."
    ),
    # when and by whom
    "call_not_open": _l("Na ovaj poziv se sada ne može prijaviti."),
    "application_submitted": _l("Prijava je predata i više se ne mijenja."),
    "section_closed": _l("Ovaj dio prijave nije otvoren za dopunu."),
    "section_stale": _l("Neko je u međuvremenu sačuvao ovaj dio. Odlučite koji tekst ostaje."),
    "paper_decided": _l(
        "O prihvatljivosti ove prijave je već odlučeno, pa se podaci s koverte više ne mijenjaju."
    ),
    "paper_reason": _l("Napišite zašto se podaci ispravljaju; razlog ostaje u zapisniku."),
    "paper_same": _l("Ništa nije promijenjeno."),
    "paper_protocol": _l("Upišite broj protokola pod kojim je prijava zaprimljena."),
    "paper_protocol_long": _l("Broj protokola može imati najviše %(limit)s znakova."),
    "paper_protocol_taken": _l("Broj protokola %(number)s već nosi druga prijava."),
    "paper_in_future": _l("Prijava ne može biti zaprimljena poslije ovog trenutka (%(at)s)."),
    "paper_too_early": _l("Poziv je otvoren tek %(opens_at)s. Provjerite kad je zaprimljeno."),
    "paper_postmark": _l("Upišite dan s poštanskog žiga. Po njemu se računa da li je u roku."),
    "paper_posted_later": _l(
        "Poštanski žig ne može biti poslije prijema (%(received_at)s). Provjerite oba datuma."
    ),
    "paper_late_reason": _l(
        "Prijava je zaprimljena poslije roka (%(deadline)s). Upišite zašto se ipak unosi, na "
        "primjer: „Predata pošti u roku, stigla poslije otvaranja.“"
    ),
    "paper_call": _l("Komisija već ocjenjuje, pa se u ovaj poziv više ne unose papirne prijave."),
    "paper_completed": _l("Unos ove prijave je već završen."),
    "paper_lot": _l("Odaberite oblast: bez nje se prijava ne može voditi ni u jednoj listi."),
    "messages_draft": _l(
        "Poruke o prijavi se šalju tek kad je prijava predata. Pitanje o pozivu postavite javno."
    ),
    "messages_closed": _l("Poziv je zatvoren, pa se više ne može pisati. Poruke ostaju u spisu."),
    "message_empty": _l("Upišite poruku."),
    "message_long": _l(
        "Poruka ima %(figure)s znakova, a može najviše %(limit)s. Skratite je ili priložite "
        "dokument."
    ),
    "message_not_yours": _l("Datoteku može priložiti samo onaj ko je poruku poslao."),
    "message_has_file": _l("Uz ovu poruku je već priložena datoteka. Pošaljite novu poruku."),
    "message_read": _l("Poruka je već pročitana. Datoteku priložite uz novu poruku."),
    "completion_over": _l("Rok za dopunu je istekao %(until)s, a sada je %(at)s."),
}


_NEEDED = {
    "name": _l("naziv partnera"),
    "role": _l("ulogu u projektu"),
    "representative": _l("ko potpisuje za partnera"),
    "email": _l("ispravnu adresu e-pošte partnera"),
    "title": _l("naziv projekta"),
}


def worded(problem: Problem) -> Problem:
    """The problem with the words its sentence needs beside the figures: kinds of cost, parts."""
    words: dict[str, object] = {}
    if problem.code == "rule":
        words = {"what": rule_title(problem.facts.get("tags", ()))}
    if problem.code == "profile_missing":
        words = {"part_name": PARTS.get(str(problem.facts["part"]), problem.facts["part"])}
    if problem.code == "statement_needs":
        words = {"part_name": _NEEDED[str(problem.facts["part"])]}
    return Problem(problem.code, problem.place, {**problem.facts, **words}) if words else problem


def rule_title(tags: object) -> str:
    """What a budget rule limits: `Administrativni troškovi`."""
    names = ", ".join(tag_name(str(tag)) for tag in tags) if isinstance(tags, tuple) else ""
    return names[:1].upper() + names[1:]
