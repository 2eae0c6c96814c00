"""How a form is spoken of: its faults, what it still misses, its kinds and their changes."""

from collections.abc import Mapping
from typing import Any

from grants.calls.rules.form import Fact, Kind, SourceKind
from grants.calls.rules.form_changes import Change
from grants.i18n.languages import lazy_gettext as _l

SENTENCES: Mapping[str, Any] = {
    # reading
    "form_not_json": _l("Datoteka nije JSON: greška je u redu %(line)s. Izvezite obrazac ponovo."),
    "form_too_large": _l("Datoteka je veća od 1 MB, a obrazac je mnogo manji. Provjerite je."),
    "form_format": _l(
        "Ovo nije obrazac prijave: oznaka „format“ je „%(found)s“, a treba biti „%(allowed)s“."
    ),
    "form_not_object": _l("%(where)s: ovdje treba stajati objekt u vitičastim zagradama."),
    "form_absent": _l("%(where)s: nedostaje „%(name)s“."),
    "form_unknown": _l("%(where)s: „%(name)s“ nije poznato. Može biti: %(allowed)s."),
    "form_not_text": _l("%(where)s: „%(name)s“ treba biti tekst."),
    "form_not_texts": _l("%(where)s: „%(name)s“ treba biti popis tekstova."),
    "form_not_whole": _l("%(where)s: „%(name)s“ treba biti cijeli broj."),
    "form_not_yes_no": _l("%(where)s: „%(name)s“ treba biti true ili false."),
    "form_not_list": _l("%(where)s: „%(name)s“ treba biti popis u uglastim zagradama."),
    "form_not_map": _l("%(where)s: „%(name)s“ treba biti objekt u vitičastim zagradama."),
    "form_negative": _l("%(where)s: „%(name)s“ ne može biti manje od 0."),
    "form_key": _l(
        "%(where)s: ključ „%(found)s“ nije dobar. Ključ ima slova bez kvačica, cifre i znak _, "
        "a ne počinje cifrom."
    ),
    "form_code": _l(
        "%(where)s: oznaka „%(found)s“ nije dobra. Oznaka ima slova bez kvačica, cifre, crticu, "
        "tačku i znak _."
    ),
    "form_share": _l("%(where)s: „%(name)s“ treba biti udio od 0 do 1, kao tekst, na primjer 0.3."),
    "form_value": _l("%(where)s: „%(name)s“ može biti: %(allowed)s."),
    "form_kind": _l("%(where)s: vrsta „%(found)s“ ovdje nije moguća. Može biti: %(allowed)s."),
    "form_fact": _l("%(where)s: podatak „%(found)s“ nije poznat. Može biti: %(allowed)s."),
    "form_member_of_kind": _l("%(where)s: „%(name)s“ ne ide uz vrstu „%(kind)s“."),
    "form_twice": _l("%(where)s: „%(found)s“ se pojavljuje dva puta."),
    # what points nowhere
    "form_question_twice": _l("Pitanje s ključem „%(found)s“ pojavljuje se dva puta u obrascu."),
    "form_fact_twice": _l("Dva pitanja traže isti podatak o projektu („%(found)s“)."),
    "form_nowhere": _l("„%(label)s“: uvjet se odnosi na pitanje „%(found)s“, a njega nema."),
    "form_later": _l(
        "„%(label)s“: uvjet se odnosi na pitanje „%(found)s“, a ono se postavlja tek poslije."
    ),
    "form_not_chosen": _l(
        "„%(label)s“: uvjet traži određeni odgovor na „%(found)s“, a na to pitanje se ne odgovara "
        "izborom."
    ),
    "form_no_answer": _l("„%(label)s“: uvjet traži odgovor „%(answer)s“, a „%(found)s“ ga nema."),
    "form_required_twice": _l(
        "„%(where)s“: pitanje ne može biti i uvijek obavezno i obavezno samo uz uvjet."
    ),
    "form_lots_early": _l(
        "„%(label)s“ se postavlja samo za neke oblasti, pa mora stajati poslije pitanja o oblasti."
    ),
    "form_reference": _l("Kolona „%(label)s“ pokazuje na tabelu „%(found)s“, a nje nema."),
    "form_numbered": _l("„%(where)s“: redovi se broje po koloni „%(found)s“, a nje nema."),
    # before publication
    "fact_missing_organisation": _l("Obrazac nema podatke o organizaciji. Dodajte taj blok."),
    "fact_missing_title": _l("Obrazac ne pita za naziv projekta. Dodajte blok „Sažetak projekta“."),
    "fact_missing_lot": _l("Obrazac ne pita za oblast. Dodajte blok „Sažetak projekta“."),
    "fact_missing_duration_months": _l(
        "Obrazac ne pita koliko projekat traje. Dodajte blok „Sažetak projekta“."
    ),
    "fact_missing_requested": _l(
        "Obrazac ne pita koliko se traži. Dodajte blok „Sažetak projekta“."
    ),
    "fact_missing_activities": _l(
        "Obrazac nema plan aktivnosti, a svaka stavka budžeta ide uz aktivnost. Dodajte taj blok."
    ),
    "fact_missing_budget": _l("Obrazac nema budžet. Dodajte taj blok."),
    "fact_missing_documents": _l(
        "Poziv traži dokumente, a obrazac nema mjesto za njih. Dodajte blok „Dokumenti“."
    ),
    "fact_conditional": _l("„%(label)s“ mora se pitati uvijek, bez uvjeta i za sve oblasti."),
    "fact_optional": _l("„%(label)s“ mora biti obavezno pitanje."),
    "fact_kind": _l("„%(label)s“ ima pogrešnu vrstu. Uklonite ga i dodajte gotov blok."),
    "fact_key": _l("Tabela „%(label)s“ mora imati ključ „%(key)s“, jer se na nju veže budžet."),
    "form_section_untitled": _l("Dio obrasca „%(key)s“ nema naziv."),
    "form_section_empty": _l("Dio obrasca „%(title)s“ nema nijedno pitanje."),
    "form_question_unlabelled": _l("Pitanje „%(label)s“ nema tekst."),
    "form_choices_few": _l("„%(label)s“: ponudite barem dva odgovora."),
    "form_columns_missing": _l("Tabela „%(label)s“ nema nijednu kolonu."),
    "form_headings_missing": _l("Budžet „%(label)s“ nema poglavlja."),
    "form_bounds": _l("„%(label)s“: najmanje (%(low)s) je veće od najviše (%(high)s)."),
    "form_lot_unknown": _l("„%(label)s“ je za oblast %(lot)s, a poziv je nema."),
    # editing and correcting
    "question_used": _l("Prvo promijenite „%(label)s“: to pitanje zavisi od ovoga."),
    "block_there": _l("Blok „%(title)s“ već je u obrascu: pitanje „%(label)s“."),
    "form_kind_changed": _l(
        "„%(label)s“: objavljenom pitanju se ne mijenja vrsta, jer su na njega već odgovarali. "
        "Dodajte novo pitanje."
    ),
    "form_not_open": _l("Obrazac se ispravlja samo dok je poziv objavljen i rok za prijavu traje."),
    "form_same": _l("Novi obrazac se ni u čemu ne razlikuje od sadašnjeg."),
}

KINDS: Mapping[Kind, Any] = {
    Kind.SHORT_TEXT: _l("kratak tekst"),
    Kind.LONG_TEXT: _l("dug tekst"),
    Kind.NUMBER: _l("broj"),
    Kind.MONEY: _l("iznos u KM"),
    Kind.DATE: _l("datum"),
    Kind.CHOICE: _l("jedan od ponuđenih odgovora"),
    Kind.CHOICES: _l("više ponuđenih odgovora"),
    Kind.DECLARATION: _l("izjava koja se označi"),
    Kind.FILE: _l("datoteka"),
    Kind.TABLE: _l("tabela"),
    Kind.LOT: _l("oblast poziva"),
    Kind.ORGANISATION: _l("podaci o organizaciji"),
    Kind.BUDGET: _l("budžet"),
    Kind.PARTNERS: _l("partneri"),
    Kind.DOCUMENTS: _l("dokumenti koje poziv traži"),
    Kind.REFERENCE: _l("red druge tabele"),
    Kind.MONTHS: _l("mjeseci"),
}

SOURCE_KINDS: Mapping[SourceKind, Any] = {
    SourceKind.CASH: _l("novac"),
    SourceKind.IN_KIND: _l("rad i stvari"),
}

FACTS: Mapping[Fact, Any] = {
    Fact.TITLE: _l("naziv projekta"),
    Fact.LOT: _l("oblast"),
    Fact.SUMMARY: _l("sažetak"),
    Fact.LOCATION: _l("mjesto provođenja"),
    Fact.STARTS_ON: _l("planirani početak"),
    Fact.DURATION: _l("trajanje"),
    Fact.REQUESTED: _l("traženi iznos"),
    Fact.OVERALL_OBJECTIVE: _l("opći cilj"),
    Fact.SPECIFIC_OBJECTIVE: _l("specifični cilj"),
    Fact.RESULTS: _l("rezultati"),
    Fact.INDICATORS: _l("pokazatelji"),
    Fact.ACTIVITIES: _l("plan aktivnosti"),
    Fact.BUDGET: _l("budžet"),
    Fact.PARTNERS: _l("partneri"),
    Fact.DOCUMENTS: _l("dokumenti"),
    Fact.ORGANISATION: _l("podaci o organizaciji"),
}

CHANGES: Mapping[Change, Any] = {
    Change.ADDED: _l("novo pitanje, nije obavezno"),
    Change.ADDED_REQUIRED: _l("novo obavezno pitanje"),
    Change.REMOVED: _l("uklonjeno"),
    Change.WORDED: _l("drugačije napisano"),
    Change.MOVED: _l("premješteno"),
    Change.LOOSENED: _l("granice su šire"),
    Change.TIGHTENED: _l("granice su uže"),
    Change.NOW_OPTIONAL: _l("više nije obavezno"),
    Change.NOW_REQUIRED: _l("sada je obavezno"),
    Change.CONDITION: _l("postavlja se uz drugi uvjet"),
    Change.REPLACED: _l("drugačije se odgovara"),
}
