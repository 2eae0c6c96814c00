"""The files of the story: plain papers that say what would lie there in real life."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from grants.documents.actions import Received, receive_upload
from grants.documents.pdf import render_pdf
from grants.i18n.rendering import render

TITLES = {
    "projektni-prijedlog": "Projektni prijedlog",
    "logicki-okvir": "Matrica logičkog okvira",
    "plan-aktivnosti": "Plan aktivnosti i promocije",
    "rjesenje-o-registraciji": "Rješenje o registraciji",
    "statut": "Statut",
    "izjava-podobnost": "Izjava o podobnosti",
    "izjava-dvostruko-finansiranje": "Izjava o dvostrukom finansiranju",
    "uvjerenje-o-porezima": "Uvjerenje o izmirenim porezima",
    "ugovor-potpisan": "Ugovor s potpisima obje strane",
    "racun-sadnice": "Račun za sadnice i alat",
    "racun-trener": "Račun za edukaciju učitelja",
    "racun-stampa": "Račun za štampu plakata",
    "zivotopis": "Životopis",
    "smjernice": "Smjernice za podnosioce prijava",
}


def make_papers(*, at: datetime) -> Mapping[str, Received]:
    """Print every paper and take it in as an upload; outside any transaction, it is slow."""
    return {key: _make(key, title, at=at) for key, title in TITLES.items()}


def _make(key: str, title: str, *, at: datetime) -> Received:
    html = render("demo/paper.pdf.html", "bs", title=title)
    pdf = render_pdf(html, title=title, language="bs-Latn", created=at)
    return receive_upload(BytesIO(pdf), name=f"{key}.pdf")
