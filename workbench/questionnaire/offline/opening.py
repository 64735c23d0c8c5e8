"""A spreadsheet of the workbench, opened: its rows by the keys of their columns."""

import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbench.basics.errors import DataRefused
from workbench.basics.text import DEFAULT_LANGUAGE, LANGUAGES, later
from workbench.questionnaire.offline.bundle import Bundle, require_size
from workbench.questionnaire.offline.cells import plain
from workbench.questionnaire.offline.layout import HEAD, HOME, HOME_BUNDLE, HOME_LANGUAGE, KEYS
from workbench.questionnaire.offline.mistakes import Place

# Unpacked, as a small file can unfold to gigabytes.
LARGEST_UNPACKED = 5 * 1024 * 1024
# One cell far away from the others makes a sheet of a billion.
MOST_ROWS, MOST_COLUMNS = 2000, 50
MOST_NAMED = 10
# What reading a damaged or forged file ends in: openpyxl checks little itself. A syntax error is
# one of the XML, a runtime error encryption, an unknown compression, or JSON that is too deep.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    RuntimeError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
)
NOT_OURS = later(
    "This spreadsheet cannot be read: it is damaged, protected by a password or not from the "
    "workbench. Choose a file that you downloaded here and filled in."
)
TOO_LARGE = later(
    "The spreadsheet is much larger than what you took along. Download the questions anew and copy "
    "your answers there."
)
TOO_FAR = later(
    "The sheet “{sheet}” is filled beyond row {rows} or column {columns}. Delete what stands there."
)
NO_RESULT = later(
    "On the sheet “{sheet}” stands a formula without its result: {cells}. Write the answer itself, "
    "or open the file in a spreadsheet program and save it."
)
NO_KEYS = later(
    "The spreadsheet lacks its hidden second row. Download the questions anew and copy your "
    "answers there."
)


@dataclass(frozen=True)
class Row:
    """One row of a sheet by the keys of its columns."""

    sheet: Worksheet
    number: int
    columns: Mapping[str, int]
    cells: tuple[Any, ...]

    def __getitem__(self, key: str) -> Any:
        return self.cells[self.columns[key]]

    def place(self, key: str) -> Place:
        """The cell of that column."""
        column = self.columns[key] + 1
        head = plain(self.sheet.cell(HEAD, column).value)
        return Place(self.sheet.title, self.number, get_column_letter(column), str(head or ""))


@dataclass(frozen=True)
class Book:
    """The file as it shows its cells, and once more with the formulas behind them.

    ``home`` is the bundle without its answers, ``language`` the one of the file.
    """

    shown: Workbook
    formulas: Workbook
    home: Bundle
    language: str

    def rows(self, sheet: Worksheet, *wanted: str) -> Iterator[Row]:
        """The rows below the head.

        Raises DataRefused when a ``wanted`` key is missing, for far too many cells, and for a
        formula that no program has computed: it would look like an empty cell.
        """
        if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
            raise DataRefused(TOO_FAR, sheet=sheet.title, rows=MOST_ROWS, columns=MOST_COLUMNS)
        keys = (str(cell.value) if cell.value else "" for cell in sheet[KEYS])
        columns = {name: index for index, name in enumerate(keys) if name}
        if not set(wanted) <= columns.keys():
            raise DataRefused(NO_KEYS)
        unknown = ", ".join(islice(self._uncomputed(sheet), MOST_NAMED))
        if unknown:
            raise DataRefused(NO_RESULT, sheet=sheet.title, cells=unknown)
        rows = sheet.iter_rows(min_row=HEAD + 1, values_only=True)
        return (Row(sheet, number, columns, cells) for number, cells in enumerate(rows, HEAD + 1))

    def _uncomputed(self, sheet: Worksheet) -> Iterator[str]:
        for row in self.formulas[sheet.title].iter_rows(min_row=HEAD + 1):
            for cell in row:
                if cell.data_type == "f" and sheet[cell.coordinate].value is None:
                    yield cell.coordinate


def opened(data: bytes) -> Book:
    """The file as a book; DataRefused when it is none of the workbench, TooLarge."""
    require_size(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise DataRefused(TOO_LARGE)
        shown = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        home = shown[HOME]
        language = str(home[HOME_LANGUAGE].value)
        return Book(
            shown=shown,
            formulas=load_workbook(io.BytesIO(data), keep_links=False),
            home=Bundle.model_validate(json.loads(str(home[HOME_BUNDLE].value))),
            language=language if language in LANGUAGES else DEFAULT_LANGUAGE,
        )
    except UNREADABLE as error:
        raise DataRefused(NOT_OURS) from error
