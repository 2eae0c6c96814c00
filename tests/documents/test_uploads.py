"""What is taken and what is refused, decided from the content."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.documents.problems import SENTENCES
from grants.documents.rules.kinds import Kind, Limits, Stranger
from grants.documents.rules.names import clean_name
from grants.documents.rules.uploads import Upload, ensure_acceptable
from grants.errors import Incomplete, Problem
from tests.documents.files import (
    make_docx,
    make_jpeg,
    make_odf,
    make_pdf,
    make_png,
    make_pptx,
    make_tiff,
    make_xlsx,
    make_zip,
)

SMALL = Limits(
    size=1024 * 1024,
    entries=50,
    directory=20_000,
    unpacked=8 * 1024 * 1024,
    embedded=64 * 1024,
    pixels=1000,
)


def find_problem(content: bytes, *, name: str = "prilog.pdf", **over: object) -> Problem:
    with pytest.raises(Incomplete) as refused:
        ensure_acceptable(BytesIO(content), name=name, limits=SMALL, **over)  # type: ignore[arg-type]
    [problem] = refused.value.problems
    assert str(SENTENCES[problem.code]) % problem.facts
    return problem


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (make_pdf(), Kind.PDF),
        (make_pdf(version=b"2.0"), Kind.PDF),
        (make_pdf(prefix=b"\r\n"), Kind.PDF),
        (make_pdf() + b"\n\0\0\n", Kind.PDF),
        (make_docx(), Kind.DOCX),
        (make_xlsx(), Kind.XLSX),
        (make_odf("text"), Kind.ODT),
        (make_odf("spreadsheet"), Kind.ODS),
        (make_png(), Kind.PNG),
        (make_jpeg(), Kind.JPEG),
        (make_jpeg() + b"phone notes", Kind.JPEG),
        (make_tiff(), Kind.TIFF),
        (make_tiff(order=">"), Kind.TIFF),
        (make_docx(**{"word/embeddings/Tabela1.xlsx": make_xlsx()}), Kind.DOCX),
        (make_docx(**{"word/media/image1.emz": b"\x1f\x8b\x08\0\0\0\0\0"}), Kind.DOCX),
        (make_odf("text", **{"Object 1/content.xml": "<x/>"}), Kind.ODT),
    ],
)
def test_upload_is_what_its_content_says_whatever_its_name(content: bytes, kind: Kind) -> None:
    stream = BytesIO(content)
    upload = ensure_acceptable(stream, name="Đurđin plan.pdf.exe")
    assert upload == Upload(kind, f"Đurđin plan.{kind.value}", len(content))
    assert upload.media_type.count("/") == 1
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload_empty"),
        (b"%PDF-1.7" + b" " * 1024 * 1024, "upload_too_large"),
        (b"MZ\x90\0\x03\0\0\0" + b"\0" * 100, "upload_program"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 100, "upload_program"),
        (b"#!/bin/sh\nrm -rf x\n", "upload_program"),
        (make_zip({"a.pdf": make_pdf()}), "upload_archive"),
        (make_odf("presentation"), "upload_archive"),
        (b"Rar!\x1a\x07\x01\0", "upload_archive"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "upload_archive"),
        (b"\x1f\x8b\x08\0", "upload_archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "upload_old_office"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "upload_locked",
        ),
        (make_pptx(), "upload_presentation"),
        (b"<!doctype html><script>1</script>", "upload_web_page"),
        (b"\xef\xbb\xbf <svg xmlns='x'/>", "upload_web_page"),
        (b"GIF89a", "upload_picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "upload_picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "upload_picture"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "upload_film_or_sound"),
        ("Naš projekat".encode(), "upload_text"),
        (b"\x01\x02\x03\0\x05", "upload_unknown"),
        (make_pdf()[:-30], "upload_damaged"),
        (make_pdf().replace(b"%%EOF", b""), "upload_damaged"),
        (b"%PDF-1.4\nstartxref\n999999\n%%EOF", "upload_damaged"),
        (b"%PDF-1.4\n" + b"x" * 400 + b"\nstartxref\n200\n%%EOF", "upload_damaged"),
        (make_png()[:-20], "upload_damaged"),
        (make_png(width=0), "upload_damaged"),
        (make_jpeg()[:-1], "upload_damaged"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "upload_damaged"),
        (b"\xff\xd8\xff\xd9", "upload_damaged"),
        (make_tiff()[:20], "upload_damaged"),
        (make_docx()[:-40], "upload_damaged"),
        (b"PK\x03\x04" + b"\0" * 200, "upload_damaged"),
        (make_docx(**{"../../etc/passwd": "x"}), "upload_damaged"),
        (make_docx(**{"word/vbaProject.bin": "x"}), "upload_macros"),
        (make_docx(**{"xl/macrosheets/sheet1.xml": "x"}), "upload_macros"),
        (make_odf("text", **{"Basic/Standard/Module1.xml": "x"}), "upload_macros"),
        (make_docx(**{"word/media/slika.zip": make_zip({"a": "b"})}), "upload_nested"),
        (
            make_docx(**{"word/embeddings/x.xlsx": make_zip({"a": make_zip({"b": "c"})})}),
            "upload_nested",
        ),
        (make_docx(**{"word/media/run.exe": b"MZ\x90\0"}), "upload_nested"),
        (make_docx(**{"word/nule.xml": b"\0" * 5_000_000}), "upload_bomb"),
        (make_docx(**{f"word/{n}.xml": bytes(1_000_000) for n in range(9)}), "upload_bomb"),
        (make_docx(**{f"word/{n}.xml": b"" for n in range(60)}), "upload_bomb"),
        (make_png(width=50, height=50), "upload_too_many_pixels"),
        (make_jpeg(width=60_000, height=60_000), "upload_too_many_pixels"),
        (make_tiff(width=60_000, height=60_000), "upload_too_many_pixels"),
    ],
)
def test_upload_is_refused_with_one_sentence(content: bytes, code: str) -> None:
    assert find_problem(content).code == code


def test_upload_is_refused_when_macros_hide_behind_an_honest_ending() -> None:
    types = "application/vnd.ms-word.document.macroEnabled.main+xml"
    content = make_zip({"[Content_Types].xml": types, "word/document.xml": "<w/>"})
    assert find_problem(content, name="poziv.docx").code == "upload_macros"


def test_upload_is_refused_when_an_embedded_object_hides_an_archive() -> None:
    inner = make_xlsx(**{"xl/media/image1.png": make_zip({"bomba": "x"})})
    content = make_docx(**{"word/embeddings/Tabela.xlsx": inner})
    assert find_problem(content).facts == {"name": "word/embeddings/Tabela.xlsx"}


def test_upload_is_refused_when_an_embedded_object_is_large() -> None:
    inner = make_zip({"a": bytes(range(256)) * 400}, method=zipfile.ZIP_STORED)
    assert find_problem(make_docx(**{"word/embeddings/a.xlsx": inner})).code == "upload_nested"


def test_upload_is_refused_when_parts_share_their_bytes() -> None:
    content = make_zip({f"word/{number}.xml": "same content" for number in range(3)})
    spread = content.index(b"PK\x01\x02")
    entries = content[spread:].split(b"PK\x01\x02")
    moved = entries[2][:38] + struct.pack("<L", 0) + entries[2][42:]
    shared = content[:spread] + b"PK\x01\x02".join([entries[0], entries[1], moved, *entries[3:]])
    assert find_problem(shared).facts == {"reason": "overlap"}


def test_upload_is_refused_when_a_part_is_locked() -> None:
    content = bytearray(make_docx())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert find_problem(bytes(content)).code == "upload_locked"


def test_upload_is_refused_when_packed_by_an_unknown_method() -> None:
    content = make_zip({"word/document.xml": "x"}, method=zipfile.ZIP_LZMA)
    assert find_problem(content).code == "upload_damaged"


def test_upload_is_refused_when_this_place_wants_another_kind() -> None:
    problem = find_problem(make_png(), allowed={Kind.PDF, Kind.JPEG})
    assert problem.code == "upload_kind_not_here"
    assert problem.facts == {"found": "PNG", "allowed": "PDF, JPEG"}


def find_code(content: bytes) -> str | None:
    try:
        ensure_acceptable(BytesIO(content), name="x", limits=SMALL)
    except Incomplete as refused:
        return refused.problems[0].code
    return None


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7", b"\xff\xd8\xff"]))
def test_upload_never_fails_otherwise_when_bytes_are_arbitrary(tail: bytes, head: bytes) -> None:
    assert find_code(head + tail) in (None, *SENTENCES)


@given(st.sampled_from([make_docx, make_pdf, make_png, make_jpeg, make_tiff]), st.data())
def test_upload_never_fails_otherwise_when_a_byte_is_changed(
    make: Callable[[], bytes], draw: st.DataObject
) -> None:
    content = bytearray(make())
    place = draw.draw(st.integers(0, len(content) - 1))
    content[place] = draw.draw(st.integers(0, 255))
    assert find_code(bytes(content)) in (None, *SENTENCES)


def test_every_stranger_has_a_sentence() -> None:
    assert {f"upload_{stranger.value}" for stranger in Stranger} <= SENTENCES.keys()


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Žička – plan (čćšđž).PDF", "Žička – plan (čćšđž).pdf"),
        ("Буџет удружења.docx", "Буџет удружења.pdf"),
        ("C:\\Users\\ana\\Statut.pdf", "Statut.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("faktura\u202efdp.exe", "faktura fdp.pdf"),
        ("a\0b\nc.pdf", "a b c.pdf"),
        ('što? <"je">: 1|2*.pdf', "što- --je--- 1-2-.pdf"),
        ("  .. razmaci   svuda .. .pdf", "razmaci svuda.pdf"),
        ("con.pdf", "_con.pdf"),
        (".pdf", "dokument.pdf"),
        ("", "dokument.pdf"),
        ("izvještaj.v2.konačni.pdf", "izvještaj.v2.konačni.pdf"),
        ("s" * 300 + ".pdf", "s" * 120 + ".pdf"),
        ("ш" * 300 + ".pdf", "ш" * 100 + ".pdf"),
        ("Z\u030cupa.pdf", "Župa.pdf"),
    ],
)
def test_clean_name_keeps_what_people_recognise(name: str, cleaned: str) -> None:
    assert clean_name(name, kind=Kind.PDF) == cleaned


@given(st.text())
def test_clean_name_is_safe_whatever_was_typed(name: str) -> None:
    cleaned = clean_name(name, kind=Kind.ODT)
    assert cleaned.endswith(".odt")
    assert 4 < len(cleaned.encode()) <= 204
    assert not set(cleaned) & set('/\\<>:"|?*\0\n')
    assert clean_name(cleaned, kind=Kind.ODT) == cleaned
