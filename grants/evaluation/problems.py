"""How the refusals about committees and score sheets are said."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "committee_even": _l(
        "S pravom glasa predloženo je: %(count)s. Potreban je neparan broj, najmanje tri, da "
        "nijedno glasanje ne završi neriješeno."
    ),
    "committee_chair": _l("Komisija ima tačno jednu osobu koja predsjedava, a sada: %(count)s."),
    "committee_secretary": _l("Komisija ima najviše jednog sekretara."),
    "member_name": _l("Upišite ime i prezime."),
    "member_email": _l("Upišite adresu e-pošte za: %(name)s. Na nju ide pozivnica."),
    "member_of_office": _l(
        "%(name)s radi na prijavama u ovoj općini ili ih je već provjeravao/la, pa ih ne može i "
        "ocjenjivati: vidi ih prije izjave o nepristrasnosti i kad je iz njih izuzet/a. Odaberite "
        "drugu osobu."
    ),
    "member_twice": _l("Adresa %(email)s je upisana dvaput. Svaki član ima svoju."),
    "quorum_range": _l("Za ovu komisiju kvorum je od %(from)s do %(to)s članova s pravom glasa."),
    "deputy_of_nobody": _l(
        "Odaberite čiji je zamjenik %(name)s: red člana koji nije i sam zamjenik."
    ),
    "member_not_seated": _l("Ova osoba više ne radi u komisiji, pa se ne zamjenjuje."),
    "replacement_missing": _l("Odaberite ko preuzima mjesto."),
    "replacement_twice": _l(
        "Osoba s ovom adresom već jeste ili je bila u ovoj komisiji. Odaberite drugu."
    ),
    "chair_needed": _l("Odaberite ko od sada predsjedava."),
    "replacement_reason": _l("Napišite zašto član prestaje raditi."),
    "replacement_day": _l("Upišite dan od imenovanja komisije do danas."),
    "replacement_changed": _l(
        "Prijedlog zamjene više ne odgovara stanju komisije. Upišite zamjenu ponovo."
    ),
    "widening_reason": _l("Napišite zašto se komisija dopunjava."),
    "widening_nobody": _l("Upišite bar jednu osobu."),
    "widening_not_now": _l(
        "Zamjenici se imenuju od imenovanja komisije do odluke o dodjeli sredstava."
    ),
    "widening_changed": _l("Nema pripremljene dopune koja čeka potpis. Osvježite stranicu."),
    "seat_days": _l("Poziv i glasanje traju od %(shortest)s do %(longest)s dana."),
    "seat_not_now": _l("Predstavnik organizacija se bira od objave poziva do imenovanja komisije."),
    "seat_running": _l("Ovaj korak ne slijedi iz stanja izbora. Osvježite stranicu."),
    "seat_voted": _l(
        "Glasanje je počelo, pa se kandidatura više ne odbija. Ako se kandidatova organizacija "
        "prijavi na poziv, kandidatura otpada sama pri sljedećem koraku, a glasovi ostaju zapisani."
    ),
    "seat_missing": _l("Prvo napišite poziv za predstavnika organizacija."),
    "seat_runs": _l("Rok još teče, do %(until)s."),
    "seat_over": _l("Kandidature su se primale do %(until)s."),
    "seat_not_local": _l(
        "Sjedište organizacije nije u ovoj općini. Provjerite općinu sjedišta u profilu."
    ),
    "seat_applied": _l(
        "Organizacija se prijavila na ovaj poziv, pa njen član ne može biti u komisiji."
    ),
    "seat_partner": _l(
        "Organizacija je partner u prijavi na ovaj poziv, pa njen član ne može biti u komisiji."
    ),
    "seat_stood": _l("Već ste predali kandidaturu."),
    "seat_reason": _l("Napišite zašto kandidatura nije prihvaćena."),
    "seat_vote_over": _l("Glasanje nije u toku."),
    "seat_candidate": _l("Odaberite kandidata s liste."),
    "committee_appointed": _l("Komisija je već imenovana."),
    "committee_missing": _l("Prvo upišite i sačuvajte članove komisije."),
    "committee_not_now": _l("Komisija se imenuje nakon objave poziva."),
    "declaration_open": _l("Potvrdite izjavu da biste nastavili."),
    "declared_already": _l("Ovu izjavu ste već dali."),
    "ground_unknown": _l("Odaberite osnov sukoba interesa sa liste."),
    "sheet_signed": _l("Ovaj list je potpisan i više se ne mijenja."),
    "sheet_locked": _l("Ocjenjivanje je zaključeno, pa se list više ne mijenja."),
    "scoring_not_open": _l("Ocjenjivanje ovog poziva nije u toku, pa se ocjene ne mogu mijenjati."),
    "sheet_stale": _l(
        "Ovaj list je u međuvremenu sačuvan u drugoj kartici. Ispod je ono što ste sada upisali; "
        "pregledajte i sačuvajte ponovo."
    ),
    "why_missing": _l("Upišite razlog. On ostaje u zapisniku."),
    "why_long": _l("Razlog može imati najviše %(most)s znakova. Skratite ga."),
    "hit_decided": _l("O ovome je već odlučeno. Odluka i razlog su ispod."),
    "too_few_members": _l(
        "Prijavu %(place)s može ocjenjivati samo %(count)s član/članova, a traženo je %(limit)s."
    ),
    "sheets_too_few": _l(
        "Poziv traži najmanje %(limit)s listova po prijavi. Upišite toliko ili više."
    ),
    "sheets_too_many": _l("Komisija ima %(limit)s članova s pravom glasa. Upišite najviše toliko."),
    "areas_missing": _l("Najprije označite ko ocjenjuje koju oblast."),
    "plan_changed": _l(
        "U međuvremenu se nešto promijenilo (nova prijava, sukob interesa ili započet list). "
        "Pogledajte novi raspored i potvrdite ga."
    ),
    "not_by_hand": _l("Prijave se sada ne dodjeljuju ručno. Najprije odaberite ručnu dodjelu."),
    "note_long": _l("Bilješka može imati najviše %(most)s znakova. Skratite je."),
    "note_stale": _l(
        "Ova bilješka je u međuvremenu sačuvana u drugoj kartici. Ispod je ono što ste sada "
        "upisali; pregledajte i sačuvajte ponovo."
    ),
    "sheet_not_signed": _l("Ovaj list nije potpisan, pa se i ne otvara ponovo."),
    "text_other_application": _l(
        "Ova datoteka je obrazac za prijavu %(mark)s, a otvorena je prijava %(reference)s. Ništa "
        "nije pročitano."
    ),
    "text_no_mark": _l(
        "U datoteci nema nijedne oznake poput [[ocjena 1.1]]. Preuzmite obrazac, popunite njega i "
        "sačuvajte ga kao običan tekst (.txt)."
    ),
    "text_mark_unknown": _l("Oznaka %(mark)s ne postoji u tabeli ovog poziva. Nije pročitana."),
    "text_mark_twice": _l("Oznaka %(mark)s stoji dvaput. Pročitano je samo prvo mjesto."),
    "text_score_unknown": _l(
        "Uz %(mark)s piše „%(typed)s“, a to nije među ponuđenim ocjenama. Nije pročitano."
    ),
    "text_comment_long": _l(
        "Tekst uz %(mark)s ima više od %(most)s znakova. Skratite ga; nije pročitan."
    ),
    "text_file_missing": _l("Odaberite datoteku s popunjenim obrascem."),
    "text_file_large": _l("Datoteka je prevelika za obrazac. Obrazac je običan tekst (.txt)."),
    "unanswered": _l("Pitanje %(number)s nije ocijenjeno."),
    "not_allowed": _l("Ocjena „%(figure)s“ nije među ponuđenima."),
    "comment_long": _l("Obrazloženje može imati najviše %(most)s znakova. Skratite ga."),
    "comment_missing_question": _l("Uz pitanje %(number)s ocjena %(figure)s traži obrazloženje."),
    "comment_missing_section": _l("Odjeljak %(number)s traži komentar."),
    "meeting_not_now": _l(
        "Ocjene se usaglašavaju dok ocjenjivanje traje, a kasnije samo nakon usvojenog prigovora."
    ),
    "meeting_nothing": _l(
        "Nijedna prijava ne čeka usaglašavanje: razlike su u dopuštenim granicama ili je prijava "
        "već na dnevnom redu."
    ),
    "meeting_closed": _l("Sastanak je zaključen i njegov zapisnik se više ne mijenja."),
    "meeting_early": _l(
        "Sastanak je sazvan za %(begins_at)s, pa se prije toga ne može zaključiti: zapisnik bi "
        "imao kraj prije početka."
    ),
    "meeting_attendance": _l("Prvo upišite ko je prisutan na sastanku."),
    "meeting_quorum": _l(
        "Nema kvoruma: prisutno je %(present)s od ukupno %(members)s članova s pravom glasa."
    ),
    "consensus_alone": _l(
        "Ocjenu usaglašavaju najmanje dva člana koji su ocijenili ovu prijavu i nisu izuzeti."
    ),
    "consensus_reason": _l("Upišite zašto je komisija usaglasila ovu ocjenu."),
    "consensus_reason_long": _l("Obrazloženje može imati najviše %(most)s znakova. Skratite ga."),
    "consensus_votes": _l(
        "Upisano je %(given)s glasova, a o ovoj prijavi glasaju prisutni koji nisu izuzeti: "
        "%(members)s. Ispravite brojeve."
    ),
    "consensus_against": _l("Ocjena je usaglašena kad je za nju više glasova nego protiv nje."),
    "consensus_leader": _l("Ovu prijavu na sastanku vodi drugi član komisije."),
    "consensus_agreed_already": _l("O ovoj prijavi ocjena je već usaglašena."),
}
# The scale of five as domain.md 3.2 words it.
WORDS_OF_FIVE = (
    _l("vrlo slabo"),
    _l("slabo"),
    _l("zadovoljava"),
    _l("dobro"),
    _l("vrlo dobro"),
)
