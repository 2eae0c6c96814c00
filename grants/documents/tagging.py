"""What the tags of a PDF still lack for PDF/UA, mended before the file is written."""

from collections.abc import Iterable, Iterator
from typing import Any

# The PDF as its writer holds it: dictionaries, arrays and byte strings without declared types.
Pdf = Any

_POINTS_PER_PIXEL = 0.75

# PDF/A knows only the schemas of its own; the sign of PDF/UA must be described beside it.
_UA_IN_XMP = (
    b'<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 to which the file conforms"
    b"</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
)


def declare_universal_access(pdf: Pdf) -> None:
    """Say in the metadata that the file is PDF/UA-1 too."""
    metadata = _referred(pdf, pdf.catalog["Metadata"])
    [content] = metadata.stream
    metadata.stream = [content.replace(b"</rdf:RDF>", _UA_IN_XMP + b"</rdf:RDF>")]
    # Archives read the metadata without unpacking the file.
    metadata.compress = False


def mend_structure(pdf: Pdf) -> None:
    """Artifacts for what runs on every page, scopes for headers, true boxes for figures."""
    root = _referred(pdf, pdf.catalog["StructTreeRoot"])
    reached = {element.number for element in _descend(pdf, root)}
    elements = [one for one in pdf.objects if _type(one) == "/StructElem"]
    _turn_into_artifacts(pdf, [one for one in elements if one.number not in reached])
    for element in elements:
        if element["S"] == "/TH":
            _scope_header(pdf, element)
        elif element["S"] == "/TD":
            element["A"].pop("Headers", None)
        elif element["S"] == "/Figure":
            _place_figure(pdf, element)


def name_attachments_once(pdf: Pdf) -> None:
    """Each attachment once in the list of associated files; the writer lists it twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _descend(pdf: Pdf, element: Pdf) -> Iterator[Pdf]:
    for kid in element.get("K", ()):
        if isinstance(kid, bytes):
            child = _referred(pdf, kid)
            yield child
            if _type(child) == "/StructElem":
                yield from _descend(pdf, child)


def _turn_into_artifacts(pdf: Pdf, strays: Iterable[Pdf]) -> None:
    """What stands in the margins belongs to no reading order: the tree does not know it.

    The writer marks it as content all the same, which a reader could then never reach.
    """
    numbers: dict[bytes, set[int]] = {}
    for stray in strays:
        found = numbers.setdefault(bytes(stray["Pg"]), set())
        found |= {kid for kid in stray["K"] if isinstance(kid, int)}
    tree = _referred(pdf, _referred(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    for page_reference, stray_numbers in numbers.items():
        page = _referred(pdf, page_reference)
        parents = tree[tree.index(page["StructParents"], 0) + 1]
        for number in stray_numbers:
            parents[number] = b"null"
        _unmark(_referred(pdf, page["Contents"]).stream, stray_numbers)


def _unmark(operators: list[Any], numbers: set[int]) -> None:
    for at, operator in enumerate(operators):
        if operator == b"BDC" and operators[at - 1].get("MCID") in numbers:
            operators[at - 2 : at + 1] = ["/Artifact", b"", b"BMC"]


def _scope_header(pdf: Pdf, header: Pdf) -> None:
    """A scope says it to every reader; identifiers would need a tree of their own."""
    row = _referred(pdf, header["P"])
    in_head = _referred(pdf, row["P"])["S"] == "/THead"
    header["A"]["Scope"] = "/Column" if in_head else "/Row"
    header.pop("ID", None)


def _place_figure(pdf: Pdf, figure: Pdf) -> None:
    """The box of a figure in points from the foot of the page, as readers expect."""
    top = _referred(pdf, figure["Pg"])["MediaBox"][3]
    left, upper, right, lower = (side * _POINTS_PER_PIXEL for side in figure["A"]["BBox"])
    figure["A"]["BBox"][:] = [left, top - lower, right, top - upper]


def _referred(pdf: Pdf, reference: bytes) -> Pdf:
    return pdf.objects[int(reference.split()[0])]


def _type(written: Pdf) -> str | None:
    return written.get("Type") if isinstance(written, dict) else None
