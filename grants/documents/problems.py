"""How a refusal of a file is said; fill in by `SENTENCES[code] % facts`."""

from flask_babel.speaklater import LazyString

from grants.i18n.languages import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "upload_empty": _l(
        "Datoteka je prazna. Provjerite da li se otvara na vašem računaru i pošaljite je ponovo."
    ),
    "upload_too_large": _l(
        "Datoteka je veća od %(limit_mb)s MB. Smanjite je, na primjer skeniranjem u 200 dpi, "
        "ili je podijelite na više dijelova."
    ),
    "upload_unknown": _l(
        "Ovu vrstu datoteke ne možemo primiti. Pošaljite PDF, sliku (JPEG, PNG, TIFF) ili "
        "dokument DOCX, XLSX, ODT, ODS."
    ),
    "upload_program": _l(
        "Ovo je program, bez obzira na ime datoteke, pa ga ne možemo primiti. Pošaljite dokument, "
        "najbolje kao PDF."
    ),
    "upload_archive": _l(
        "Ovo je arhiva. Raspakujte je i pošaljite svaki dokument posebno, da ga komisija može "
        "otvoriti."
    ),
    "upload_old_office": _l(
        "Ovo je dokument starog formata. Otvorite ga i sačuvajte kao PDF, DOCX ili XLSX, pa "
        "pošaljite ponovo."
    ),
    "upload_presentation": _l("Ovo je prezentacija. Sačuvajte je kao PDF i pošaljite ponovo."),
    "upload_web_page": _l("Ovo je internet stranica. Odštampajte je u PDF i pošaljite ponovo."),
    "upload_picture": _l(
        "Ovaj format slike ne možemo primiti. Sačuvajte sliku kao JPEG ili PNG i pošaljite ponovo."
    ),
    "upload_film_or_sound": _l(
        "Snimke ne možemo primiti. Ako je snimak važan, navedite adresu na kojoj ga komisija može "
        "pogledati."
    ),
    "upload_text": _l("Ovo je običan tekst. Sačuvajte ga kao PDF ili DOCX i pošaljite ponovo."),
    "upload_kind_not_here": _l(
        "Ovdje ne primamo %(found)s. Za ovaj dokument pošaljite: %(allowed)s."
    ),
    "upload_damaged": _l(
        "Datoteka je oštećena ili nije cijela. Otvorite je na vašem računaru, sačuvajte "
        "ponovo i pošaljite."
    ),
    "upload_locked": _l(
        "Dokument je zaključan lozinkom. Sačuvajte ga bez lozinke, da ga komisija može otvoriti, "
        "i pošaljite ponovo."
    ),
    "upload_macros": _l(
        "Dokument sadrži makroe (ugrađene programe). Sačuvajte ga kao običan DOCX, XLSX ili PDF i "
        "pošaljite ponovo."
    ),
    "upload_nested": _l(
        "U dokumentu je druga, zapakovana datoteka (%(name)s). Uklonite je i pošaljite posebno."
    ),
    "upload_bomb": _l(
        "Dokument se raspakuje u neuobičajeno velik sadržaj, pa ga ne otvaramo. Sačuvajte ga kao "
        "PDF i pošaljite ponovo."
    ),
    "upload_too_many_pixels": _l(
        "Slika od %(width)s × %(height)s tačaka je prevelika. Smanjite je, na primjer "
        "skeniranjem u 200 dpi, i pošaljite ponovo."
    ),
    "storage_full": _l(
        "Datoteka nije sačuvana, jer na serveru trenutno nema mjesta. Pokušajte ponovo za neko "
        "vrijeme; ako se ponovi, javite se službi koja vodi poziv."
    ),
    "document_missing": _l(
        "Ovu datoteku trenutno ne možemo otvoriti. Obratite se službi koja vodi poziv."
    ),
}
