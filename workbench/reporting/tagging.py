"""What a tagged PDF of WeasyPrint 70 lacks for PDF/UA-1, added afterwards.

Table headers get their scope, list items their body, a list over several pages is one list, links
are printed, and the lines in the page margins become artifacts, which a screen reader does not
read out on every page.
"""

from collections.abc import Iterator
from typing import Any

import pikepdf

PRINTED = 4  # ISO 32000-1, 12.5.3: the annotation appears on paper
ARTIFACT = pikepdf.Dictionary(Type=pikepdf.Name.Pagination)
# pikepdf's objects have the attributes of whatever the file holds.
Node = Any
Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


def complete(document: pikepdf.Pdf) -> None:
    """Add to the document what is missing; calling it twice changes nothing more."""
    reached = set()
    for element, in_head in list(elements(document)):
        reached.add(element.objgen)
        kind = element.get("/S")
        if kind == "/TH":
            element.A.Scope = pikepdf.Name.Column if in_head else pikepdf.Name.Row
        elif kind == "/LI":
            reached |= _with_body(document, element)
        elif kind == "/L":
            _without_parts(element)
    owners = _owners(document.Root.StructTreeRoot.ParentTree)
    for page in document.pages:
        for annotation in page.get("/Annots", []):
            annotation.F = PRINTED
        _margins_as_artifacts(document, page, owners[int(page.StructParents)], reached)


def elements(document: pikepdf.Pdf) -> Iterator[tuple[Node, bool]]:
    """Every element of the structure tree, each with whether it lies in a table's head."""
    waiting = [(document.Root.StructTreeRoot, False)]
    while waiting:
        element, in_head = waiting.pop()
        in_head = in_head or element.get("/S") == "/THead"
        yield element, in_head
        waiting += [(kid, in_head) for kid in _kids(element) if isinstance(kid, pikepdf.Dictionary)]


def _kids(element: Node) -> list[Node]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _with_body(document: pikepdf.Pdf, item: Node) -> set[tuple[int, int]]:
    """Put what a list item says into its body; gives the identity of the new element, if any."""
    kids = _kids(item)
    names = [kid.get("/S") if isinstance(kid, pikepdf.Dictionary) else None for kid in kids]
    if "/LBody" in names:
        return set()
    said = [kid for kid, name in zip(kids, names, strict=True) if name != "/Lbl"]
    body = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem,
            S=pikepdf.Name.LBody,
            K=pikepdf.Array(said),
            Pg=item.Pg,
            P=item,
        )
    )
    for kid in said:
        if isinstance(kid, pikepdf.Dictionary):
            kid.P = body
    labels = [kid for kid, name in zip(kids, names, strict=True) if name == "/Lbl"]
    item.K = pikepdf.Array([*labels, body])
    return {body.objgen}


def _without_parts(listed: Node) -> None:
    """Put the items of a list that was divided between pages directly into the list."""
    items: list[Node] = []
    for kid in _kids(listed):
        is_part = isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == "/Div"
        for item in _kids(kid) if is_part else [kid]:
            if is_part:
                item.P = listed
            items.append(item)
    listed.K = pikepdf.Array(items)


def _owners(tree: Node) -> dict[int, Node]:
    """Page key → the elements that own its marked content, by the number of the content."""
    entries = list(tree.Nums)
    return {int(key): value for key, value in zip(entries[::2], entries[1::2], strict=True)}


def _margins_as_artifacts(
    document: pikepdf.Pdf, page: pikepdf.Page, owners: Node, reached: set[tuple[int, int]]
) -> None:
    """Mark content whose element stands outside the tree as an artifact of pagination."""
    outside = {
        number
        for number, owner in enumerate(owners)
        if owner is not None and owner.objgen not in reached
    }
    if not outside:
        return
    instructions = [
        _as_artifact(instruction) if _content_number(instruction) in outside else instruction
        for instruction in pikepdf.parse_content_stream(page)
    ]
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
    for number in outside:
        owners[number] = None


def _content_number(instruction: Instruction) -> int | None:
    """The number of the marked content that the instruction begins; None for any other."""
    operands = instruction.operands
    if instruction.operator != pikepdf.Operator("BDC"):
        return None
    properties = operands[1]
    numbered = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
    return int(properties.MCID) if numbered else None


def _as_artifact(instruction: Instruction) -> Instruction:
    return pikepdf.ContentStreamInstruction([pikepdf.Name.Artifact, ARTIFACT], instruction.operator)
