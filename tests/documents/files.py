"""Small real files of every kind, made in memory."""

import struct
import zipfile
import zlib
from io import BytesIO

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/{part}" ContentType="{media_type}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def make_zip(parts: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return packed.getvalue()


def make_docx(**more: bytes | str) -> bytes:
    return make_zip(
        {
            "[Content_Types].xml": CONTENT_TYPES.format(part="word/document.xml", media_type=WORD),
            "word/document.xml": "<w:document/>",
            **more,
        }
    )


def make_xlsx(**more: bytes | str) -> bytes:
    return make_zip(
        {
            "[Content_Types].xml": CONTENT_TYPES.format(part="xl/workbook.xml", media_type=EXCEL),
            "xl/workbook.xml": "<workbook/>",
            **more,
        }
    )


def make_pptx() -> bytes:
    types = CONTENT_TYPES.format(part="ppt/presentation.xml", media_type=SLIDES)
    return make_zip({"[Content_Types].xml": types, "ppt/presentation.xml": "<p/>"})


def make_odf(kind: str, **more: bytes | str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        media_type = f"application/vnd.oasis.opendocument.{kind}"
        package.writestr("mimetype", media_type, zipfile.ZIP_STORED)
        package.writestr("content.xml", "<office:document-content/>")
        for name, content in more.items():
            package.writestr(name, content)
    return packed.getvalue()


def make_pdf(*, prefix: bytes = b"", version: bytes = b"1.7") -> bytes:
    body = prefix + b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, content in enumerate(
        (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"), start=1
    ):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(body)
    body += b"xref\n0 3\n0000000000 65535 f \n"
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table


def make_png(*, width: int = 2, height: int = 2) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">L", len(content)) + name + content + struct.pack(">L", check)

    header = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\0\0" * 2)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def make_jpeg(*, width: int = 8, height: int = 8) -> bytes:
    app = b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\0"
    return b"\xff\xd8" + app + frame + b"\xff\xda\x00\x08\x01\x01\0\0\x3f\0" + b"\x7f" + b"\xff\xd9"


def make_tiff(*, order: str = "<", width: int = 10, height: int = 10) -> bytes:
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entries = struct.pack(f"{order}HHLHxx", 256, 3, 1, width) + struct.pack(
        f"{order}HHLL", 257, 4, 1, height
    )
    return mark + struct.pack(f"{order}LH", 8, 2) + entries + b"\0\0\0\0"
