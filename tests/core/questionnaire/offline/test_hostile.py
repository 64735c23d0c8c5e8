"""A damaged or forged spreadsheet is refused with a sentence, soon, and reads no other file."""

import io
import re
import time
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from workbench.basics.errors import DataRefused
from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.offline import bundle, layout, reading, writing
from workbench.questionnaire.offline.bundle import Bundle

# A document that would read a file beside it, and one word that unfolds to many.
ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">'
    b'<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
MAIN = "xl/worksheets/sheet1.xml"


@pytest.fixture
def good(sample: Questionnaire) -> bytes:
    """A spreadsheet as the workbench makes it."""
    made = Bundle(questionnaire="sample", version="2026.1", phase_id="p")
    return writing.written(made, sample, "de", ())


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """The file with one part changed, or taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.infolist():
            content = old.read(part.filename)
            changed = change(content) if part.filename == name else content
            if changed is not None:
                new.writestr(part.filename, changed)
    return out.getvalue()


def with_book(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """The file changed with a spreadsheet program."""
    book, out = load_workbook(io.BytesIO(data)), io.BytesIO()
    change(book)
    book.save(out)
    return out.getvalue()


def group(book: Workbook) -> Worksheet:
    """The sheet of the group."""
    return book["1 Frage second.people"]


def far(book: Workbook) -> None:
    """One cell in the last row."""
    book.worksheets[0].cell(1_048_576, 4).value = "x"


def wide(book: Workbook) -> None:
    """One cell in the last column of a group."""
    group(book).cell(2, 16_384).value = "x"


def without_group(book: Workbook) -> None:
    """The sheet of a group is gone."""
    book.remove(group(book))


def deep(book: Workbook) -> None:
    """JSON deeper than a program can follow."""
    book[layout.HOME]["A1"].value = "[" * 30_000


def far_save(book: Workbook) -> None:
    """A save with a number that no database can hold."""
    cell = book[layout.HOME]["A1"]
    cell.value = str(cell.value).replace('"seen":{}', f'"seen":{{"first.name":{10**40}}}')


@pytest.mark.parametrize("change", [far, wide, without_group, deep, far_save])
def test_a_forged_book_is_refused(
    good: bytes, sample: Questionnaire, change: Callable[[Workbook], None]
) -> None:
    """Far cells, missing sheets, and deep or huge content are named, within seconds."""
    data = with_book(good, change)
    begun = time.perf_counter()
    with pytest.raises(DataRefused):
        reading.read(data, sample, "")
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (MAIN, lambda xml: xml[:300]),
        ("xl/workbook.xml", lambda xml: xml[:200]),
        ("xl/styles.xml", lambda _: None),
        ("xl/styles.xml", lambda xml: xml.replace(b'numFmtId="0"', b'numFmtId="x"')),
        ("[Content_Types].xml", lambda _: None),
        (MAIN, lambda xml: re.sub(rb"^(<\?xml[^>]*>)?", ENTITY, xml, count=1)),
        (MAIN, lambda xml: xml.replace(b"</sheetData>", b"<row/>" * 900_000 + b"</sheetData>")),
    ],
)
def test_a_damaged_file_is_refused(
    good: bytes, sample: Questionnaire, name: str, change: Callable[[bytes], bytes | None]
) -> None:
    """Broken XML, missing parts, entities, and what unfolds to megabytes."""
    with pytest.raises(DataRefused):
        reading.read(with_part(good, name, change), sample, "")


def test_an_encrypted_file_is_refused(good: bytes, sample: Questionnaire) -> None:
    """A password is not asked for."""
    locked = good.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    locked = locked.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
    assert locked != good
    with pytest.raises(DataRefused):
        reading.read(locked, sample, "")


def test_an_entity_reads_no_file(good: bytes, sample: Questionnaire) -> None:
    """Where the reader does not refuse an entity, it stays empty."""
    strings = "xl/sharedStrings.xml"

    def forged(xml: bytes) -> bytes:
        named = re.sub(rb"^(<\?xml[^>]*>)?", ENTITY, xml, count=1)
        return named.replace(b">first.name<", b">first.name&a;&c;<")

    try:
        found, _ = reading.read(with_part(good, strings, forged), sample, "")
    except DataRefused:
        return
    _, mistakes = bundle.checked(found, sample)
    assert {one.spot.question for one in mistakes} <= {"first.name"}
