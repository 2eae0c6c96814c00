"""How the reasons of a ranking and the refusals around it are said."""

from grants.i18n.languages import lazy_gettext as _l

_REASONS = {
    "ranked_section_below": _l("%(title)s: %(points)s od potrebnih %(needed)s"),
    "ranked_total_below": _l("ukupno %(points)s od potrebnih %(needed)s"),
    "ranked_cap_passed": _l(
        "uz ranije dodijeljenih %(before_amount)s, %(wanted_amount)s bi prešlo ograničenje od "
        "%(cap)s po organizaciji"
    ),
    "ranked_awards_passed": _l(
        "organizacija u ovom pozivu već ima onoliko podržanih projekata koliko poziv dopušta: "
        "%(most)s"
    ),
    "ranked_reduced": _l("umanjeno uz obrazloženje"),
    "ranked_in_part": _l("preostalo je %(amount)s od potrebnih %(wanted_amount)s"),
    "ranked_by_points": _l("prema bodovima %(amount)s od %(wanted_amount)s"),
    "ranked_from_pool": _l("iz sredstava preostalih u drugim lotovima"),
    "ranked_lot_short": _l("u lotu je preostalo %(left_amount)s, a potrebno je %(wanted_amount)s"),
    "ranked_lot_short_of_part": _l(
        "u lotu je preostalo %(left_amount)s, a potrebno je %(wanted_amount)s; djelimično se "
        "dodjeljuje najmanje %(least_amount)s"
    ),
    "ranked_lot_stopped": _l(
        "dodjela u lotu stala je kod prijave ispred, a preostalo je %(left_amount)s"
    ),
    "ranked_pool_short": _l(
        "u svim lotovima je preostalo %(left_amount)s, a potrebno je %(wanted_amount)s"
    ),
    "ranked_pool_short_of_part": _l(
        "u svim lotovima je preostalo %(left_amount)s, a potrebno je %(wanted_amount)s; djelimično "
        "se dodjeljuje najmanje %(least_amount)s"
    ),
    "ranked_pool_stopped": _l(
        "dodjela preostalih sredstava stala je kod prijave ispred, a preostalo je %(left_amount)s"
    ),
    "ranked_tie_voted": _l("izjednačena; redoslijed je odlučen glasanjem komisije"),
    "ranked_tie_open": _l("izjednačeni, a sredstava nema za sve; odlučuje glasanje komisije"),
    "ranked_open": _l("ishod još nije poznat"),
    "ranked_not_scored": _l("nema dovoljno ocjena, potrebno je najmanje %(needed)s"),
    "ranked_document_missing": _l("nedostaje dokument: %(title)s"),
    "ranked_dismissed_late": _l("prijava je predata nakon roka"),
    "ranked_dismissed_incomplete": _l("prijava nije potpuna"),
    "ranked_dismissed_unauthorised": _l("prijavu nije podnijela ovlaštena osoba"),
    "ranked_dismissed_applicant_not_eligible": _l("podnosilac ne ispunjava uslove poziva"),
    "ranked_dismissed_out_of_range": _l("iznos ili trajanje su izvan granica poziva"),
    "ranked_dismissed_too_many": _l("više prijava iste organizacije nego što poziv dopušta"),
    "ranked_dismissed_budget_rules": _l("budžet nije u skladu s pravilima poziva"),
    "ranked_dismissed_outstanding_reports": _l("nedostaju izvještaji o ranijim sredstvima"),
    "ranked_dismissed_conflict": _l("sukob interesa"),
    "ranked_dismissed_other": _l("odbačeno iz formalnog razloga"),
    "ranked_dismissed_for": _l("odbačeno iz formalnog razloga: %(reason)s"),
}
_REFUSALS = {
    "ranking_closed": _l("Rang-lista ovog poziva je zaključena, pa se više ne mijenja."),
    "ranking_scoring_open": _l("Prvo zaključite ocjenjivanje; do tada se iznosi ne predlažu."),
    "ranking_scoring_closed": _l("Ocjenjivanje ovog poziva je već zaključeno."),
    "ranking_no_committee": _l("Ovaj poziv još nema imenovanu komisiju."),
    "ranking_unsigned": _l("%(name)s: potpisano %(signed)s od %(wanted)s listova."),
    "ranking_not_scored": _l(
        "Prijava %(reference)s nema dovoljno ocjena; potrebno je najmanje %(needed)s."
    ),
    "ranking_divergence": _l(
        "Prijava %(reference)s: razlika ocjena u bodovima je %(spread)s, a dozvoljeno je "
        "%(most)s. Potreban je zajednički list komisije."
    ),
    "ranking_tie_unresolved": _l(
        "Prijava %(reference)s je izjednačena na granici sredstava. Komisija odlučuje glasanjem."
    ),
    "ranking_above_requested": _l(
        "Predloženi iznos %(wanted_amount)s veći je od traženog %(requested_amount)s."
    ),
    "ranking_reason_missing": _l("Upišite zašto komisija predlaže manji iznos."),
    "ranking_reason_long": _l("Obrazloženje može imati najviše %(most)s znakova. Skratite ga."),
    "ranking_application_unknown": _l("Odaberite prijavu sa liste."),
    "ranking_dismissed": _l("Prijava %(reference)s je odbačena i nije ocijenjena."),
    "ranking_no_vote": _l("Pravila ovog poziva ne predviđaju glasanje o izjednačenima."),
    "ranking_no_such_tie": _l(
        "Svaka izjednačena prijava dobija svoje mjesto, svako mjesto jednom. Pogledajte redoslijed."
    ),
    "ranking_votes": _l(
        "Broj upisanih glasova: %(given)s, a članova s pravom glasa: %(members)s. Ispravite broj."
    ),
    "ranking_votes_missing": _l(
        "Upišite kako se glasalo o rang-listi: za, protiv i suzdržani. Prisutnih članova s pravom "
        "glasa bilo je %(present)s."
    ),
    "ranking_votes_present": _l(
        "Upisano je %(given)s glasova, a prisutnih članova s pravom glasa bilo je %(present)s. "
        "Ispravite brojeve."
    ),
    "ranking_votes_against": _l(
        "Rang-lista se zaključuje kad je za nju više glasova nego protiv nje."
    ),
    "ranking_changed": _l(
        "Dok se rang-lista računala, nešto se promijenilo. Ništa nije upisano; pokušajte ponovo."
    ),
    "ranking_elsewhere_open": _l(
        "Ostaje otvoreno i nešto što zbog izuzeća ne vidite. Sazovite sastanak za usaglašavanje: "
        "tu tačku vodi drugi član."
    ),
    "ranking_unsigned_some": _l("Još nisu potpisani svi listovi."),
    "ranking_ties_open": _l("O svim izjednačenim prijavama na granici sredstava još nije glasano."),
    "scenario_name": _l("Dajte scenariju ime."),
    "scenario_name_long": _l("Ime može imati najviše %(most)s znakova. Skratite ga."),
    "scenario_twice": _l("Scenarij s tim imenom već postoji."),
    "scenario_same": _l("Ništa nije promijenjeno u odnosu na poziv. Promijenite bar jednu stvar."),
    "scenario_share": _l("Najmanji dio je između 0 i 100 posto."),
    "scenario_many": _l("Uz poziv stoji najviše %(most)s scenarija."),
    "scenario_for_information": _l(
        "Ovaj scenarij je samo za informaciju: mijenja pravila ili ukupni iznos objavljenog poziva."
    ),
    "scenario_chosen": _l("Izabrani scenarij se ne briše. Prvo se vratite na objavljene iznose."),
    "scenario_reason": _l("Upišite broj i datum odluke o preraspodjeli, ko ju je donio i zašto."),
    "tie_present": _l("Označite ko je bio prisutan kad se glasalo."),
    "tie_recused": _l(
        "Iz bar jedne od ovih prijava izuzeti su: %(names)s. Ne učestvuju u glasanju o njima, pa "
        "ih ne označavajte kao prisutne i ne brojte njihov glas."
    ),
    "tie_votes": _l(
        "Broj upisanih glasova: %(given)s, a prisutnih članova: %(present)s. Ispravite brojeve."
    ),
    "tie_against": _l("Redoslijed je izglasan kad je za njega više glasova nego protiv njega."),
    "tie_reason": _l("Upišite zašto je komisija glasala za ovaj redoslijed."),
    "tie_reason_long": _l("Obrazloženje može imati najviše %(most)s znakova. Skratite ga."),
    "ranking_quorum": _l(
        "Na sjednici nije bilo kvoruma. Članova s pravom glasa: %(members)s, od njih prisutno: "
        "%(present)s."
    ),
    "ranking_not_closed": _l("Rang-lista još nije zaključena."),
    "ranking_published": _l("Preliminarna lista je već objavljena."),
    "record_opinion": _l("Upišite svoje izdvojeno mišljenje ili označite da ste saglasni."),
    "record_remark_long": _l("Primjedba može imati najviše %(most)s znakova. Skratite je."),
    "record_reread": _l(
        "Zapisnik se u međuvremenu promijenio. Pročitajte ga ponovo i tada se izjasnite."
    ),
    "record_unread": _l(
        "O zapisniku se još nisu izjasnili: %(names)s. Sačekajte ih ili upišite zašto se izdaje "
        "bez njih."
    ),
    "ranking_record_made": _l("Zapisnik o radu komisije je već izdat."),
}
SENTENCES = _REASONS | _REFUSALS
