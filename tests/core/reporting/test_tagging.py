"""What WeasyPrint leaves out of a tagged PDF is added, once."""

from io import BytesIO

import pikepdf
import pytest
import weasyprint

from workbench.reporting import tagging

PAGE = (
    '<html lang="de"><head><title>x</title><style>@page { size: A5; @top-left { content: "Kopf" } }'
    "</style></head><body><h1>x</h1><ol><li><p>eins</p><p>zwei</p></li><li>drei</li></ol>"
    '<p><a href="https://www.musterstadt.example/">Link</a></p></body></html>'
)


@pytest.fixture
def document() -> pikepdf.Pdf:
    data = weasyprint.HTML(string=PAGE).write_pdf(pdf_variant="pdf/ua-1")
    return pikepdf.open(BytesIO(data))


def bodies(document: pikepdf.Pdf) -> list[list[str]]:
    return [
        [str(kid.S) for kid in element.K]
        for element, _ in tagging.elements(document)
        if element.get("/S") == "/LI"
    ]


def artifacts(document: pikepdf.Pdf) -> int:
    return sum(
        instruction.operator == pikepdf.Operator("BDC")
        and instruction.operands[0] == pikepdf.Name.Artifact
        for instruction in pikepdf.parse_content_stream(document.pages[0])
    )


def test_without_it_something_is_missing(document: pikepdf.Pdf) -> None:
    """The twin: as WeasyPrint writes it, a list item has no body and the header is content."""
    assert ["/Lbl", "/P", "/P"] in bodies(document)
    assert artifacts(document) == 0


def test_list_items_margins_and_links_are_completed(document: pikepdf.Pdf) -> None:
    tagging.complete(document)

    assert bodies(document) == [["/Lbl", "/LBody"]] * 2
    assert artifacts(document) == 1
    assert [int(annotation.F) for annotation in document.pages[0].Annots] == [tagging.PRINTED]


def test_a_second_time_changes_nothing(document: pikepdf.Pdf) -> None:
    tagging.complete(document)
    once = document.pages[0].Contents.read_bytes(), bodies(document)

    tagging.complete(document)

    assert (document.pages[0].Contents.read_bytes(), bodies(document)) == once
