"""What keeps a call back, in sentences; and how its rules read in words."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from grants.calls.rules.criteria import BudgetRule, RuleBase, Severity
from grants.calls.rules.tags import BudgetTag
from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l

SENTENCES: Mapping[str, Any] = {
    "not_open_yet": _l("Prijave se primaju od %(opens_at)s do %(deadline)s."),
    "deadline_passed": _l(
        "Rok za prijavu je istekao %(deadline)s, a sada je %(at)s. Nacrt ostaje sačuvan."
    ),
    "call_stale": _l(
        "Neko je u međuvremenu sačuvao izmjene ovog poziva. Vaš tekst je još ovdje: otvorite "
        "sačuvano u novoj kartici, uporedite i sačuvajte ponovo ako vaš tekst treba da ostane."
    ),
    "call_sent": _l("Poziv je na odobrenju. Dok ga potpisnik ne vrati, ne može se mijenjati."),
    "call_approved": _l("Poziv je odobren i više se ne mijenja. Može se samo objaviti."),
    "call_frozen": _l(
        "Poziv je objavljen i zaključan. Tekst, rokovi, dokumenti i iznosi mijenjaju se samo "
        "ispravkom poziva; pitanja za ocjenjivanje, dodjela i pravila ostaju kakva jesu."
    ),
    "call_not_sent": _l("Poziv nije poslan na odobrenje."),
    "reference_taken": _l("Poziv s oznakom „%(reference)s“ već postoji. Odaberite drugu oznaku."),
    "reason_missing": _l("Napišite šta treba popraviti, da službenik zna šta da uradi."),
    "text_title": _l("Upišite naziv poziva."),
    "text_summary": _l("Napišite u jednoj rečenici o čemu je poziv."),
    "text_who_may_apply": _l("Napišite ko se može prijaviti."),
    "text_how_to_apply": _l("Napišite kako se prijavljuje."),
    "lots_missing": _l("Dodajte barem jednu oblast."),
    "lot_untitled": _l("Oblast %(code)s nema naziv."),
    "lot_without_envelope": _l("Oblast %(code)s (%(title)s) nema sredstava."),
    "lot_without_code": _l("Oblast %(code)s (%(title)s) nema ekonomski kod, a nema ga ni poziv."),
    "funding_missing": _l("Upišite ko finansira poziv."),
    "funding_unfinished": _l("Izvor broj %(number)s nema naziv ili iznos."),
    "funding_sum": _l(
        "Izvori zajedno daju %(funding_amount)s, a oblasti troše %(lots_amount)s. "
        "Razlika je %(over)s."
    ),
    "grant_max_missing": _l("Upišite najviši iznos po projektu."),
    "grant_range": _l("Najniži iznos (%(least)s) veći je od najvišeg (%(most_amount)s)."),
    "duration_range": _l("Trajanje: najmanje mora biti barem 1 mjesec i ne duže od najvećeg."),
    "cap_without_programme": _l(
        "Granica po organizaciji računa se kroz cijeli program. Upišite program."
    ),
    "cap_below_min": _l(
        "Granica po organizaciji (%(cap)s) manja je od najnižeg iznosa (%(least)s)."
    ),
    "cofinancing_range": _l("Najmanje vlastito učešće mora biti iznad 0 % i najviše 100 %."),
    "objection_days_range": _l("Rok za prigovor je od 1 do %(longest)s dana."),
    "ruling_days_range": _l("Rok za rješavanje prigovora je od 1 do %(longest)s dana."),
    "instalments_sum": _l("Rate zajedno daju %(share)s, a treba 100 %%."),
    "document_untitled": _l("Dokument broj %(number)s nema naziv."),
    "document_twice": _l("Dokument „%(title)s“ traži se dva puta."),
    "rule_without_tags": _l("Pravilo budžeta broj %(number)s ne kaže na koje troškove se odnosi."),
    "rule_limit_range": _l("Pravilo budžeta broj %(number)s: granica je između 0 % i 100 %."),
    "grid_total": _l(
        "Najviše bodova po pitanjima je %(figure)s, a za poziv je navedeno %(limit)s. "
        "Izjednačite ih; dok se razlikuju, poziv se ne može objaviti."
    ),
    "declared_total_missing": _l("Upišite koliko bodova ukupno ima ocjenjivanje."),
    "grid_empty": _l("Dodajte pitanja po kojima komisija ocjenjuje."),
    "section_empty": _l("Odjeljak %(place)s nema nijedno pitanje."),
    "section_twice": _l("Oznaka odjeljka %(place)s pojavljuje se dva puta."),
    "section_untitled": _l("Odjeljak %(place)s nema naziv."),
    "question_twice": _l("Oznaka pitanja %(place)s pojavljuje se dva puta."),
    "question_untitled": _l("Pitanje %(place)s nema tekst."),
    "scale_range": _l("Pitanje %(place)s: ocjene idu od 0 naviše, a najveća nije ispod najmanje."),
    "scale_step": _l("Pitanje %(place)s: korak između ocjena mora biti veći od 0."),
    "weight_negative": _l("Pitanje %(place)s: težina ne može biti manja od 0."),
    "values_missing": _l("Pitanje %(place)s: upišite barem jedan koeficijent."),
    "values_negative": _l("Pitanje %(place)s: koeficijent ne može biti manji od 0."),
    "bands_missing": _l("Pitanje %(place)s: upišite barem jedan razred s bodovima."),
    "bands_negative": _l("Pitanje %(place)s: bodovi razreda ne mogu biti manji od 0."),
    "band_twice": _l("Pitanje %(place)s: dva razreda imaju istu oznaku (%(band)s)."),
    "threshold_total_range": _l("Prag ukupno (%(figure)s) viši je od najviše bodova (%(most)s)."),
    "threshold_range": _l("Prag odjeljka %(place)s (%(figure)s) viši je od njegovih %(most)s."),
    "evidence_missing": _l(
        "Pitanje %(place)s nema dokaza: označite na kojem mjestu u prijavi stoji odgovor."
    ),
    "evidence_unknown": _l("Pitanje %(place)s pokazuje na „%(key)s“, a toga nema u obrascu."),
    "form_missing": _l("Poziv nema obrazac prijave."),
    "min_reviews_range": _l("Prijavu mora ocijeniti barem jedan član komisije."),
    "tie_break_unknown": _l("Izjednačenje se rješava po odjeljku %(name)s, a njega nema."),
    "tie_break_twice": _l("Isti način rješavanja izjednačenja naveden je dva puta."),
    "vote_not_last": _l("Glasanje komisije može biti samo posljednji način."),
    "shortfall_missing": _l("Odaberite šta biva kad za projekat na redu nema dovoljno sredstava."),
    "partial_share_range": _l("Najmanji dio traženog iznosa je između 0 % i 100 %."),
    "round_to_range": _l("Iznosi se zaokružuju na višekratnik 0,01 KM."),
    "opening_missing": _l("Upišite kada počinje prijavljivanje."),
    "deadline_missing": _l("Upišite rok za prijavu."),
    "deadline_before_opening": _l(
        "Rok za prijavu (%(deadline)s) mora biti poslije početka (%(opens_at)s)."
    ),
    "deadline_gone": _l(
        "Rok za prijavu (%(deadline)s) već je prošao, pa se niko ne bi mogao prijaviti."
    ),
    "planned_missing": _l("Upišite sve planirane datume; nedostaje ih %(count)s."),
    "questions_early": _l(
        "Pitanja se primaju do %(wanted)s, a prijavljivanje počinje tek %(opens_at)s."
    ),
    "questions_late": _l(
        "Pitanja se ne mogu primati do %(wanted)s, poslije roka za prijavu (%(deadline)s)."
    ),
    "condition_untold": _l("Uslov broj %(number)s nema pitanje."),
    "questions_not_open": _l("Na ovaj poziv se pitanja više ne primaju."),
    "questions_closed": _l("Pitanja su se primala do %(until)s, a sada je %(at)s."),
    "questions_many": _l(
        "Već imate %(most)s pitanja koja čekaju odgovor. Sačekajte odgovore, pa pitajte dalje."
    ),
    "question_empty": _l("Napišite pitanje."),
    "received_later": _l("Pitanje nije moglo stići poslije ovog trenutka (%(at)s)."),
    "answer_empty": _l("Napišite odgovor."),
    "answer_note_missing": _l("Napišite šta se u odgovoru promijenilo, da svi vide razliku."),
    "asker_named": _l(
        "U tekstu stoji „%(name)s“, a po tome bi se znalo ko je pitao. Napišite to bez imena."
    ),
    "set_aside_reason": _l(
        "Napišite zašto se na pitanje ne odgovara javno; razlog dobija ko pita."
    ),
    "file_not_chosen": _l("Odaberite datoteku."),
    "correction_closed": _l(
        "Poziv se ispravlja dok je objavljen i dok rok za prijavu nije istekao."
    ),
    "correction_open": _l(
        "Jedna ispravka ovog poziva je već u pripremi. Dovršite nju, pa onda pišite novu."
    ),
    "correction_sent": _l("Ispravka je kod potpisnika ili je objavljena, pa se više ne mijenja."),
    "correction_frozen": _l(
        "Pitanja za ocjenjivanje, bodovanje, dodjela i pravila budžeta ne mijenjaju se "
        "ispravkom: po njima su se organizacije već pripremile."
    ),
    "correction_empty": _l("Ništa nije drugačije nego u pozivu. Izmijenite šta treba ispraviti."),
    "correction_reason": _l("Napišite zašto se poziv ispravlja; razlog se objavljuje."),
    "deadline_earlier": _l(
        "Rok se može pomjeriti samo naprijed: sada je %(deadline)s, a upisano je %(wanted)s."
    ),
    "questions_earlier": _l(
        "Rok za pitanja se može pomjeriti samo naprijed: sada je %(until)s, a upisano je "
        "%(wanted)s."
    ),
    "amount_lowered": _l(
        "Iznos se ispravkom može samo povećati: sada je %(before_amount)s, a upisano je "
        "%(wanted_amount)s."
    ),
    "amount_raised": _l(
        "Najniži iznos se ispravkom može samo smanjiti: sada je %(before_amount)s, a upisano je "
        "%(wanted_amount)s."
    ),
    "months_lowered": _l(
        "Najduže trajanje se ispravkom može samo produžiti: sada je %(before_months)s, a upisano "
        "je %(wanted_months)s."
    ),
    "months_raised": _l(
        "Najkraće trajanje se ispravkom može samo skratiti: sada je %(before_months)s, a upisano "
        "je %(wanted_months)s."
    ),
    "document_stricter": _l(
        "Dokument „%(title)s“ može postati obavezan samo ako se istom ispravkom produži rok za "
        "prijavu, da ga svi stignu pribaviti."
    ),
    "planned_order": _l("Planirani datumi ne slijede: %(later)s dolazi poslije %(earlier)s."),
}
TAGS = {
    BudgetTag.ADMIN: _l("administrativni troškovi"),
    BudgetTag.EQUIPMENT: _l("oprema i materijal"),
    BudgetTag.STAFF: _l("ljudski resursi"),
    BudgetTag.TRAVEL: _l("putni troškovi"),
    BudgetTag.OFFICE: _l("kancelarijski troškovi"),
    BudgetTag.SERVICES: _l("usluge"),
    BudgetTag.INDIRECT: _l("indirektni troškovi"),
}


def tag_name(tag: str) -> str:
    """The tag as people say it; an unknown one as it is."""
    return str(TAGS.get(BudgetTag(tag), tag)) if tag in set(BudgetTag) else tag


def rule_in_words(rule: BudgetRule) -> str:
    """`administrativni troškovi: najviše 30 % ukupnog budžeta`."""
    names = ", ".join(tag_name(tag) for tag in sorted(rule.tags))
    share = _percent(rule.limit)
    if rule.base is RuleBase.TOTAL:
        said = _("najviše %(share)s ukupnog budžeta", share=share)
    else:
        said = _("najviše %(share)s traženog iznosa", share=share)
    if rule.severity is Severity.WARN:
        return _("%(names)s: %(rule)s (samo upozorenje)", names=names, rule=said)
    return f"{names}: {said}"


def _percent(share: Fraction) -> str:
    exact = share * 100
    text = f"{float(exact):g}".replace(".", ",")
    return f"{text}\u00a0%"
