"""Realistic acts of a municipality that does not exist."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grants import money
from grants.documents.pdf import Attached, Manuscript, qr_data_uri
from grants.i18n.script import to_cyrillic

ROOT = Path(__file__).parents[2]
CREATED = datetime(2026, 10, 20, 8, 30, tzinfo=UTC)
CREST = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48"><path fill="#e6f0f1" '
    'stroke="#14505c" stroke-width="2" d="M3 3h34v22c0 10-7 16-17 20C10 41 3 35 3 25z"/></svg>'
)
ORGANISATIONS = (
    "Udruženje građana „Žubor“",
    "Omladinski centar Đurđevak",
    "Udruženje žena „Ćilim“ Gornje Vrelo",
    "Fondacija „Škola za sve“",
    "Planinarsko društvo „Ljutoč“",
    "Udruženje roditelja djece s poteškoćama u razvoju „Njegovatelji“",
)
PROJECTS = (
    "Zajedno do čistije rijeke: obnova obale i edukacija mladih o zaštiti voda",
    "Digitalne vještine za treće doba",
    "Stari zanati, novi poslovi – radionice tkanja i samozapošljavanje žena na selu",
    "Senzorna soba za djecu s poteškoćama",
    "Pješačke staze Vrela: obilježavanje i promocija planinskog turizma",
    "Noć kulture",
)


def make_rows(count: int) -> list[dict[str, Any]]:
    return [
        {
            "organisation": ORGANISATIONS[number % 6],
            "project": PROJECTS[(number + number // 6) % 6],
            "points": f"{95 - number * 35 / max(count, 20):.2f}".replace(".", ","),
            "fening": 1_500_000 - 3_150 * number,
            "amount": money.form(1_500_000 - 3_150 * number),
        }
        for number in range(count)
    ]


def make_lots(*counts: int) -> list[dict[str, Any]]:
    names = ("Zaštita okoliša", "Socijalna uključenost", "Kultura i mladi")
    lots = []
    for number, (name, count) in enumerate(zip(names, counts, strict=False), start=1):
        rows = make_rows(count)
        total = money.form(sum(row["fening"] for row in rows))
        lots.append({"title": f"LOT {number}: {name}", "rows": rows, "total": total})
    return lots


def make_award(
    *counts: int, language: str = "bs-Latn", template: str = "award.pdf.html", **over: Any
) -> Manuscript:
    """An award decision over lots of so many rows, or a record, as a manuscript."""
    lots = make_lots(*(counts or (5, 5, 4)))
    say = to_cyrillic if language == "sr-Cyrl" else str
    facts = json.dumps(lots, ensure_ascii=False, sort_keys=True).encode()
    act = make_act(say) | over
    html = (
        _environment(say)
        .get_template(template)
        .render(
            locale_tag=language,
            act=act,
            record=act,
            lots=lots,
            total=money.form(sum(row["fening"] for lot in lots for row in lot["rows"]))
            + "\u00a0KM",
            letterhead=make_letterhead(say),
            verification=make_verification(facts),
        )
    )
    attached = Attached("akt.json", facts, description="Podaci akta")
    return Manuscript(html, f"{act['kind']} {act['about']}", language, CREATED, (attached,))


def make_act(say: Callable[[str], str]) -> dict[str, Any]:
    return {
        "number": "01-45-2-118-7/26",
        "date": say("20. 10. 2026. godine"),
        "place": say("Vrelo"),
        "kind": say("Odluka"),
        "about": say("o dodjeli sredstava organizacijama civilnog društva za 2026. godinu"),
        "function": say("Općinska načelnica"),
        "signatory": say("Amra Primjer"),
        "is_signed": True,
        "served_to": [say("Korisnicima sredstava"), say("Službi za finansije"), say("Arhivi")],
        "signatories": [
            {"function": say("Predsjednik komisije"), "name": say("Edin Primjer")},
            {"function": say("Članica"), "name": say("Lana Primjer")},
            {"function": say("Zapisničarka"), "name": say("Mia Primjer")},
        ],
    }


def make_letterhead(say: Callable[[str], str]) -> dict[str, Any]:
    return {
        "levels": [say("Bosna i Hercegovina"), say("Federacija Bosne i Hercegovine")],
        "authority": say("Općina Vrelo"),
        "body": say("Općinska načelnica"),
        "crest": "data:image/svg+xml;base64," + b64encode(CREST.encode()).decode(),
        "crest_alt": say("Grb Općine Vrelo"),
        "address": [say("Trg slobode 1, 71000 Vrelo"), "+387 33 000 000", "opcina@vrelo.example"],
    }


def make_verification(facts: bytes) -> dict[str, str]:
    url = "https://poziv.example/verify/7K3M-Q9XD-42TF"
    return {
        "url": url,
        "code": "7K3M-Q9XD-42TF",
        "sha256": hashlib.sha256(facts).hexdigest(),
        "qr": qr_data_uri(url),
    }


def _environment(say: Callable[[str], str]) -> Environment:
    folders = (Path(__file__).parent / "templates", ROOT / "templates")
    environment = Environment(
        loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined
    )
    environment.globals["_"] = lambda text, **facts: say(text) % facts
    environment.filters["in_script"] = lambda text: Markup(say(str(text)))  # noqa: S704
    return environment
