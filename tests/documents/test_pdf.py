"""Acts as PDF/A-3a and PDF/UA-1, the same bytes every time."""

import hashlib
import json
import subprocess
import sys
from base64 import b64decode
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from weasyprint.urls import FatalURLFetchingError

from grants.documents.pdf import (
    Attached,
    Manuscript,
    Relationship,
    qr_data_uri,
    render_batch,
    render_pdf,
)
from tests.documents.acts import CREATED, make_award
from tests.documents.structure import (
    kids,
    list_fonts,
    list_numbers,
    list_tags,
    open_pdf,
    read_marks,
    walk,
)

PAGE = '<!DOCTYPE html><html lang="bs"><head><title>x</title></head><body>{}</body></html>'
ELSEWHERE = """
import hashlib
from tests.documents.acts import make_award
from tests.documents.test_pdf import render
print(hashlib.sha256(render(make_award(language="sr-Cyrl"))).hexdigest())
"""


def render(manuscript: Manuscript) -> bytes:
    return render_pdf(
        manuscript.html,
        title=manuscript.title,
        language=manuscript.language,
        created=manuscript.created,
        attachments=manuscript.attachments,
    )


@pytest.fixture(scope="module", params=["bs-Latn", "sr-Cyrl"])
def award(request: pytest.FixtureRequest) -> bytes:
    return render(make_award(language=request.param))


@pytest.fixture(scope="module")
def latin() -> bytes:
    return render(make_award())


@pytest.fixture(scope="module")
def record() -> bytes:
    return render(
        make_award(template="opening.pdf.html", kind="Zapisnik", about="o otvaranju prijava")
    )


def test_act_is_archivable_and_accessible_in_one_file(award: bytes) -> None:
    pdf = open_pdf(award)
    with pdf.open_metadata(update_docinfo=False) as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == str(pdf.docinfo.Title)
        assert metadata["xmp:CreateDate"] == "2026-10-20T08:30:00Z"
    assert "/Filter" not in pdf.Root.Metadata
    assert b"pdfaExtension:schemas" in pdf.Root.Metadata.read_bytes()
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo.CreationDate) == "D:20261020083000Z"
    assert [str(intent.S) for intent in pdf.Root.OutputIntents] == ["/GTS_PDFA1"]
    assert {str(page.Tabs) for page in pdf.pages} == {"/S"}
    assert not pdf.is_encrypted


@pytest.mark.parametrize("language", ["bs-Latn", "sr-Cyrl", "en"])
def test_act_says_its_language_and_title(language: str) -> None:
    manuscript = make_award(language=language)
    pdf = open_pdf(render(manuscript))
    assert str(pdf.Root.Lang) == language
    assert str(pdf.docinfo.Title) == manuscript.title


def test_act_embeds_every_font_with_its_characters(award: bytes) -> None:
    pdf = open_pdf(award)
    fonts = list_fonts(pdf)
    assert {str(font.BaseFont).split("+")[1] for font in fonts} == {"Noto-Sans", "Noto-Sans-Bold"}
    for font in fonts:
        assert "/ToUnicode" in font
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_act_leaves_no_content_untagged(award: bytes, record: bytes) -> None:
    for written in (award, record):
        pdf = open_pdf(written)
        for number, page in enumerate(pdf.pages):
            tagged, artifacts, outside = read_marks(page)
            assert tagged == list_numbers(pdf, number)
            assert artifacts > 0
            assert outside == []


def test_act_tree_of_parents_knows_only_what_is_read(award: bytes) -> None:
    pdf = open_pdf(award)
    reached = {element.objgen for element in walk(pdf.Root.StructTreeRoot)}
    for entry in list(pdf.Root.StructTreeRoot.ParentTree.Nums)[1::2]:
        for parent in entry if isinstance(entry, pikepdf.Array) else [entry]:
            assert parent is None or parent.objgen in reached


def test_act_reads_in_order_from_one_heading(award: bytes) -> None:
    tags = list_tags(open_pdf(award))
    headings = [tag for tag in tags if tag in ("/H1", "/H2", "/H3", "/H4")]
    assert headings == ["/H1", *["/H2"] * 7]
    assert tags.index("/Figure") < tags.index("/H1") < tags.index("/Table") < tags.index("/Link")


def test_act_tables_have_headers_with_scope_on_every_page() -> None:
    pdf = open_pdf(render(make_award(60)))
    tables = [element for element in walk(pdf.Root.StructTreeRoot) if element.S == "/Table"]
    assert len(tables) == 3
    for table in tables:
        head, body = (part for part in kids(table) if part.S in ("/THead", "/TBody"))
        assert [str(cell.A.Scope) for cell in walk(head) if cell.S == "/TH"] == ["/Column"] * 5
        scopes = {str(cell.A.Scope) for cell in walk(body) if cell.S == "/TH"}
        assert scopes == {"/Row"}


def test_act_figures_have_words_and_a_place_on_the_page(latin: bytes) -> None:
    pdf = open_pdf(latin)
    figures = [element for element in walk(pdf.Root.StructTreeRoot) if element.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == [
        "Grb Općine Vrelo",
        "QR kod za provjeru: https://poziv.example/verify/7K3M-Q9XD-42TF",
    ]
    for figure in figures:
        left, low, right, high = (float(side) for side in figure.A.BBox)
        assert 0 < left < right < 596
        assert 0 < low < high < 842
    assert float(figures[0].A.BBox[1]) > 700


def test_act_links_say_where_they_lead(latin: bytes) -> None:
    pdf = open_pdf(latin)
    [link] = [note for page in pdf.pages for note in page.get("/Annots", [])]
    assert (str(link.Contents), int(link.F)) == (str(link.A.URI), 4)
    assert "/StructParent" in link


def test_record_lists_are_lists(record: bytes) -> None:
    pdf = open_pdf(record)
    for element in walk(pdf.Root.StructTreeRoot):
        if element.S == "/L":
            assert {str(kid.S) for kid in kids(element)} <= {"/LI", "/L"}
        if element.S == "/LI":
            assert {str(kid.S) for kid in kids(element)} <= {"/Lbl", "/LBody"}


def test_act_carries_its_facts(latin: bytes) -> None:
    [attached] = make_award().attachments
    pdf = open_pdf(latin)
    [specification] = pdf.Root.AF
    assert str(specification.AFRelationship) == "/Data"
    assert str(specification.UF) == "akt.json"
    assert str(specification.Desc) == "Podaci akta"
    assert str(specification.EF.F.Subtype) == "/application/json"
    assert specification.EF.F.read_bytes() == attached.content
    assert json.loads(attached.content)[0]["title"] == "LOT 1: Zaštita okoliša"


def test_attachments_keep_their_own_kind_and_relationship() -> None:
    attachments = (
        Attached("a.json", b"{}"),
        Attached("b.csv", b"x", "text/csv", Relationship.SOURCE),
        Attached("c.bin", b"", "application/octet-stream", Relationship.SUPPLEMENT),
    )
    written = render_pdf(
        PAGE.format("<h1>x</h1>"),
        title="x",
        language="bs-Latn",
        created=CREATED,
        attachments=attachments,
    )
    pdf = open_pdf(written)
    assert [
        (str(one.UF), str(one.EF.F.Subtype), str(one.AFRelationship)) for one in pdf.Root.AF
    ] == [
        ("a.json", "/application/json", "/Data"),
        ("b.csv", "/text/csv", "/Source"),
        ("c.bin", "/application/octet-stream", "/Supplement"),
    ]


def test_act_has_no_fault_of_form(latin: bytes) -> None:
    assert open_pdf(latin).check_pdf_syntax() == []


@pytest.mark.parametrize("rows", range(10, 22, 2))
def test_signature_stands_with_the_text_it_signs(rows: int) -> None:
    pdf = open_pdf(render(make_award(rows)))
    [document] = kids(pdf.Root.StructTreeRoot)
    parts = kids(document)
    # The last block closes the act: to whom it goes and how it is verified.
    *_, signature, _closing = (at for at, part in enumerate(parts) if part.S == "/Div")
    assert parts[signature].Pg.objgen == parts[signature - 1].Pg.objgen


def test_render_gives_the_same_bytes_twice(latin: bytes) -> None:
    assert render(make_award()) == latin


def test_render_gives_the_same_bytes_in_another_process() -> None:
    here = hashlib.sha256(render(make_award(language="sr-Cyrl"))).hexdigest()
    said = [
        subprocess.run(
            [sys.executable, "-c", ELSEWHERE],
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "TZ": "Asia/Tokyo"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert said == [here, here]


def test_render_batch_keeps_order_and_bytes(latin: bytes) -> None:
    manuscripts = [make_award(), make_award(1), make_award()]
    written = list(render_batch(manuscripts))
    assert written[0] == written[2] == latin
    assert written[1] == render(manuscripts[1])


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png"])
def test_render_stops_when_a_page_asks_for_anything_but_itself(address: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        render_pdf(
            PAGE.format(f'<img src="{address}" alt="x">'),
            title="x",
            language="bs-Latn",
            created=CREATED,
        )


def test_render_refuses_when_the_moment_has_no_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        render_pdf(PAGE, title="x", language="bs-Latn", created=datetime(2026, 1, 1))  # noqa: DTZ001


def test_pictures_are_not_smoothed_as_archives_demand() -> None:
    written = render_pdf(
        PAGE.format(f'<img src="{qr_data_uri("x")}" alt="QR">'),
        title="x",
        language="bs-Latn",
        created=CREATED,
    )
    pdf = open_pdf(written)
    images = list(pdf.pages[0].Resources.XObject.values())
    assert len(images) == 1
    assert not images[0].get("/Interpolate", False)


def test_qr_code_is_an_image_with_room_around_it() -> None:
    head, encoded = qr_data_uri("https://poziv.example/verify/7K3M-Q9XD-42TF").split(",")
    assert head == "data:image/png;base64"
    with Image.open(BytesIO(b64decode(encoded))) as image:
        assert image.size[0] == image.size[1]
        assert not any(image.convert("L").getpixel((at, at)) == 0 for at in range(24))
