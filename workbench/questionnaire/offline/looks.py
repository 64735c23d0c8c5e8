"""How the sheets look: heads that stay, wrapped text, lists to choose from, locked cells."""

from collections.abc import Iterable

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from workbench.questionnaire.definition import QuestionType
from workbench.questionnaire.offline.layout import HEAD, KEYS, LISTS

AnyCell = Cell | MergedCell  # as openpyxl types a row
PAPER, DARK = PatternFill("solid", fgColor="EEF1F5"), PatternFill("solid", fgColor="C9D3DF")
WRAPPED = Alignment(wrap_text=True, vertical="top")
DAY_FORMAT, TEXT_FORMAT = "DD.MM.YYYY", "@"


def begin(
    sheet: Worksheet, note: str, keys: list[str], heads: list[str], widths: Iterable[int]
) -> None:
    """The three first rows, the widths, and how the sheet is printed and protected."""
    sheet["A1"] = note
    sheet["A1"].font = Font(bold=True)
    sheet.append(keys)
    sheet.row_dimensions[KEYS].hidden = True
    sheet.append(heads)
    fixed(sheet[HEAD], DARK)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    # Against slips only: there is no password. Widths, heights and filters stay free.
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.autoFilter = False


def fixed(cells: Iterable[AnyCell], fill: PatternFill = PAPER) -> None:
    """Cells to read; the dark ones are heads."""
    for cell in cells:
        cell.alignment, cell.fill, cell.font = WRAPPED, fill, Font(bold=fill is DARK)


def free(cell: AnyCell, kind: QuestionType) -> None:
    """A white cell to be filled in with an answer of that type."""
    cell.alignment, cell.protection = WRAPPED, Protection(locked=False)
    # A spreadsheet program takes what looks like a number or a day for one, unless it is told.
    formats = {QuestionType.DATE: DAY_FORMAT, QuestionType.NUMBER: "General"}
    cell.number_format = formats.get(kind, TEXT_FORMAT)


def offer(sheet: Worksheet, lists: Worksheet, words: list[str], cells: str, message: str) -> None:
    """A list to choose from; nothing else fits, as ``message`` says."""
    lists.append(words)
    row, last = lists.max_row, get_column_letter(len(words))
    choice = DataValidation("list", f"={LISTS}!$A${row}:${last}${row}", allow_blank=True)
    choice.showErrorMessage, choice.error = True, message
    choice.add(cells)
    sheet.add_data_validation(choice)
