"""What a PDF says about its own structure, read with pikepdf: the points of Matterhorn by hand."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf

TEXT_OPERATORS = {"Tj", "TJ", "'", '"', "Do", "sh"}
PAINT_OPERATORS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}


def open_pdf(written: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(written))


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def walk(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The structure elements below one, in reading order."""
    for kid in kids(element):
        if not isinstance(kid, int) and "/S" in kid:
            yield kid
            yield from walk(kid)


def list_tags(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S) for element in walk(pdf.Root.StructTreeRoot)]


def list_numbers(pdf: pikepdf.Pdf, page: int) -> set[int]:
    """The numbers of marked content of a page that the structure reaches."""
    wanted = pdf.pages[page].objgen
    return {
        int(kid)
        for element in walk(pdf.Root.StructTreeRoot)
        if "/Pg" in element and element.Pg.objgen == wanted
        for kid in kids(element)
        if isinstance(kid, int)
    }


def read_marks(page: pikepdf.Page) -> tuple[set[int], int, list[str]]:
    """Numbers of tagged content, how many artifacts there are, and what is painted outside."""
    numbers: set[int] = set()
    artifacts = 0
    outside: list[str] = []
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            numbers.add(int(operands[1].MCID))
        artifacts += name == "BMC" and operands[0] == "/Artifact"
        depth += (name in ("BDC", "BMC")) - (name == "EMC")
        if name in TEXT_OPERATORS | PAINT_OPERATORS and depth == 0:
            outside.append(name)
    return numbers, artifacts, outside


def list_fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [font for page in pdf.pages for font in page.Resources.Font.values()]
