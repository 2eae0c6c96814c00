"""How refusals and findings of the check are said."""

from grants.i18n.languages import lazy_gettext as _l

REFUSALS = {
    "opening_early": _l("Prijave se otvaraju nakon roka za predaju: %(deadline)s."),
    "nobody_present": _l("Upišite ko je prisutan pri otvaranju, po jednu osobu u svaki red."),
    "protocol_number": _l("Upišite broj protokola."),
    "protocol_long": _l("Broj protokola može imati najviše %(most)s znakova."),
    "protocol_taken": _l(
        "Broj protokola %(number)s već nosi druga prijava. Provjerite djelovodnik."
    ),
    "protocol_series": _l("Upišite seriju brojeva, na primjer 02-36."),
    "registry_open": _l(
        "Zapisnik se izdaje kad sve prijave dobiju broj protokola. Bez broja: %(count)s."
    ),
    "record_made": _l("Zapisnik o otvaranju je već izdat."),
    "check_closed": _l(
        "Provjera ove prijave nije otvorena: prijava još nije protokolisana ili je o njoj već "
        "odlučeno."
    ),
    "note_missing": _l("Uz odgovor „ne“ i „treba dopunu“ napišite šta nedostaje."),
    "check_open": _l("Ovo pitanje još nema odgovor."),
    "check_negative": _l("Odgovor na ovo pitanje ne dopušta da prijava ide dalje."),
    "completion_term": _l("Rok za dopunu je od 1 do %(longest)s dana."),
    "completion_parts": _l("Označite bar jedan dio prijave koji treba dopuniti."),
    "completion_text": _l("Napišite šta treba dopuniti."),
    "completion_asked": _l("Dopuna se traži jednom, a za ovu prijavu je već tražena."),
    "dismissal_text": _l("Obrazložite zašto se prijava odbacuje."),
    "completion_first": _l(
        "Nedostatak koji se može otkloniti ne vodi odmah do odbacivanja. Prvo pozovite "
        "podnosioca da dopuni prijavu."
    ),
    "completion_runs": _l(
        "Rok za dopunu još teče, do %(until)s. Sačekajte odgovor ili istek roka."
    ),
    "readings_open": _l(
        "Prijavu provjeravaju dva službenika. O njoj se odlučuje kad oba odgovore na sva pitanja."
    ),
    "readings_differ": _l(
        "Dva službenika su različito odgovorila; razlika: %(count)s. O prijavi se odlučuje kad se "
        "usaglase."
    ),
    "not_a_reader": _l("Ishod upisuje jedan od dva službenika koji su prijavu provjerili."),
    "reading_taken": _l("Ovu prijavu već provjeravaju dva druga službenika."),
    "reading_whole": _l("Ova provjera je završena i ne preuzima se."),
    "reading_own": _l("Jednu provjeru ove prijave ste već uradili. Drugu radi neko drugi."),
    "change_reason": _l("Kad nakon poređenja mijenjate svoj odgovor, napišite zašto."),
    "nothing_to_confirm": _l(
        "Nema šta da se potvrdi: na pitanja koja sistem računa već je odgovoreno ili traže vaš sud."
    ),
    "protocol_already": _l("Prijava već ima broj protokola: %(number)s."),
    "nothing_ticked": _l("Označite bar jednu prijavu."),
    "record_of_check_made": _l("Zapisnik o provjeri je već izdat."),
    "cases_open": _l("Prijave o kojima još nije odlučeno: %(count)s."),
    "none_eligible": _l("Nijedna prijava nije prihvatljiva, pa nema šta da se ocjenjuje."),
}
FOUND = {
    "found_on_paper": _l("prijava na papiru: provjerite potpis"),
    "found_on_time": _l("predata %(at)s, rok %(deadline)s"),
    "found_on_time_not": _l("predata %(at)s, a rok je bio %(deadline)s"),
    "found_signed": _l("predala ju je osoba upisana kao zastupnik"),
    "found_signed_not": _l("nije je predala osoba upisana kao zastupnik"),
    "found_registration_unknown": _l("dan upisa u registar nije poznat"),
    "found_applicant": _l("upisana u registar %(on)s, poziv otvoren %(opened)s"),
    "found_applicant_not": _l("upisana u registar %(on)s, nakon otvaranja poziva %(opened)s"),
    "found_representative": _l("službenik je potvrdio zastupnika"),
    "found_representative_not": _l("zastupnik još nije potvrđen"),
    "found_no_partners": _l("projekat nema partnera"),
    "found_partners": _l("navedenih partnera: %(count)s"),
    "found_number_unlimited": _l("poziv ne ograničava broj prijava"),
    "found_number": _l("ovo je %(figure)s. prijava organizacije, dopušteno %(limit)s"),
    "found_number_not": _l("ovo je %(figure)s. prijava organizacije, a dopušteno je %(limit)s"),
    "found_owed": _l("nema otvorenih izvještaja ni povrata prema općini"),
    "found_owed_unknown": _l("organizacija nema profil: provjerite u evidenciji općine"),
    "found_report_due": _l("izvještaj po ugovoru %(reference)s je u roku, do %(on)s"),
    "found_report_due_undated": _l("izvještaj po ugovoru %(reference)s se tek očekuje"),
    "found_report_late": _l("izvještaj po ugovoru %(reference)s kasni od %(on)s"),
    "found_report_late_undated": _l("izvještaj po ugovoru %(reference)s kasni"),
    "found_return_due": _l("povrat sredstava po ugovoru %(reference)s, rok %(on)s"),
    "found_return_due_undated": _l("povrat sredstava po ugovoru %(reference)s nije izvršen"),
    "found_duration": _l("%(figure)s mj., dopušteno od %(min)s do %(max)s"),
    "found_duration_not": _l("%(figure)s mj., a dopušteno je od %(min)s do %(max)s"),
    "found_plan": _l("aktivnosti u planu: %(count)s"),
    "found_plan_not": _l("plan nema nijednu aktivnost"),
    "found_amount": _l("%(amount)s, dopušteno od %(min_amount)s do %(max_amount)s"),
    "found_amount_not": _l("%(amount)s, a dopušteno je od %(min_amount)s do %(max_amount)s"),
    "found_sums": _l("zbir traženog %(sum)s jednak je traženom iznosu"),
    "found_sums_not": _l("zbir traženog %(sum)s, a traženi iznos je %(amount)s"),
    "found_no_rules": _l("poziv nema ograničenja budžeta"),
    "found_rules": _l("poštovana ograničenja: %(count)s"),
    "found_rules_not": _l("%(numerator)s od %(base)s je %(share)s, a dopušteno je %(limit)s"),
    "found_no_cofinancing": _l("poziv ne traži vlastito učešće"),
    "found_cofinancing": _l("vlastito učešće %(amount)s, traži se najmanje %(share)s"),
    "found_cofinancing_not": _l("vlastito učešće %(amount)s, a traži se najmanje %(share)s"),
    "found_documents": _l("priloženih dokumenata: %(count)s"),
    "found_documents_not": _l("nedostaje: %(title)s"),
}
SENTENCES = {**REFUSALS, **FOUND}
