"""HTML to PDF/A-3a and PDF/UA-1 in one file; the only module that speaks to WeasyPrint."""

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from grants.documents import tagging

_STATIC = Path(__file__).parents[2] / "static"
_FONTS = _STATIC / "fonts" / "pdf"
_STYLE = _STATIC / "css" / "act.css"
_FACES = (
    ("NotoSans-Regular.ttf", "normal", "400"),
    ("NotoSans-Italic.ttf", "italic", "400"),
    ("NotoSans-Bold.ttf", "normal", "700"),
    ("NotoSans-BoldItalic.ttf", "italic", "700"),
)
# There is no Bosnian dictionary of hyphens; the Croatian one divides ijekavian words rightly.
_HYPHENS = "hr"
_OTHER_HYPHENS = {"sr-Cyrl": "sr", "bs-Cyrl": "sr", "en": "en"}


class Relationship(StrEnum):
    """What an attachment is to the document it lies in (PDF/A-3)."""

    DATA = "Data"
    SOURCE = "Source"
    SUPPLEMENT = "Supplement"
    ALTERNATIVE = "Alternative"


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF: the facts of an act as JSON, an export, a source."""

    name: str
    content: bytes
    media_type: str = "application/json"
    relationship: Relationship = Relationship.DATA
    description: str = ""


@dataclass(frozen=True)
class Manuscript:
    """What is needed to render one document, in any process."""

    html: str
    title: str
    language: str
    created: datetime
    attachments: tuple[Attached, ...] = ()


def render_pdf(
    html: str,
    *,
    title: str,
    language: str,
    created: datetime,
    attachments: Iterable[Attached] = (),
) -> bytes:
    """The document as PDF/A-3a and PDF/UA-1; the same input gives the same bytes on one machine.

    `language` is a tag such as `bs-Latn` or `sr-Cyrl`; `created` is an aware moment. The page sees
    nothing but itself: images are data URIs, any other address stops it (FatalURLFetchingError).
    ValueError for a naive moment.
    """
    if created.tzinfo is None:
        raise ValueError("a moment without a time zone")
    moment = created.astimezone(UTC)
    attachments = tuple(attachments)
    page = HTML(
        string=html, url_fetcher=URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    )
    page.etree_element.set("lang", _OTHER_HYPHENS.get(language, _HYPHENS))
    document = page.render(font_config=_fonts(), stylesheets=_styles())
    document.metadata.title = title
    document.metadata.lang = language
    document.metadata.created = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    written = document.write_pdf(
        finisher=partial(_finish, attachments=attachments),
        pdf_variant="pdf/a-3a",
        attachments=[_attach(attached, moment) for attached in attachments],
    )
    return bytes(written)


def render_batch(manuscripts: Iterable[Manuscript], *, workers: int = 2) -> Iterator[bytes]:
    """The documents in order, rendered in worker processes (threads would only wait)."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_styles) as pool:
        yield from pool.map(render_manuscript, manuscripts, chunksize=4)


def qr_data_uri(text: str) -> str:
    """A QR code as an image for `<img alt src>`: four modules of quiet around it."""
    code = segno.make(text, error="m", micro=False)
    return str(code.png_data_uri(scale=6, border=4))


def render_manuscript(manuscript: Manuscript) -> bytes:
    """The PDF of a manuscript, in this process."""
    return render_pdf(
        manuscript.html,
        title=manuscript.title,
        language=manuscript.language,
        created=manuscript.created,
        attachments=manuscript.attachments,
    )


def _finish(_document: Document, pdf: Any, *, attachments: tuple[Attached, ...]) -> None:
    tagging.declare_universal_access(pdf)
    tagging.mend_structure(pdf)
    tagging.name_attachments_once(pdf)
    embedded = [one for one in pdf.objects if _is_embedded(one)]
    for stream, attached in zip(embedded, attachments, strict=True):
        stream.extra["Subtype"] = "/" + attached.media_type.replace("/", "#2f")


def _is_embedded(written: Any) -> bool:
    extra: Any = getattr(written, "extra", None)
    return isinstance(extra, dict) and extra.get("Type") == "/EmbeddedFile"


def _attach(attached: Attached, moment: datetime) -> Attachment:
    return Attachment(
        file_obj=BytesIO(attached.content),
        name=attached.name,
        description=attached.description or attached.name,
        created=moment,
        modified=moment,
        relationship=attached.relationship.value,
    )


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _styles() -> tuple[CSS, ...]:
    """The parsed style, once per process; only our own fonts may be read from disk."""
    faces = "\n".join(
        f'@font-face {{ font-family: "Noto Sans"; font-style: {style}; font-weight: {weight};'
        f" src: url({(_FONTS / name).as_uri()}) }}"
        for name, style, weight in _FACES
    )
    return (
        CSS(
            string=faces + _STYLE.read_text("utf-8"),
            font_config=_fonts(),
            url_fetcher=URLFetcher(allowed_protocols=("file",), fail_on_errors=True),
        ),
    )
