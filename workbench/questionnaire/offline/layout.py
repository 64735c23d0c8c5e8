"""Where everything stands in the spreadsheet: what writing puts there and reading looks for.

Row 1 says what to do, row 2 is hidden and holds a key for each column, row 3 the titles. The
first sheet has the questions; every question of type group has a sheet of its own, with
``question/field`` as keys.
"""

import re
import textwrap
from collections.abc import Mapping
from enum import StrEnum

from workbench.basics.text import later

HOME, LISTS = "ki-werkbank", "lists"
HOME_BUNDLE, HOME_LANGUAGE = "A1", "A2"
KEYS, HEAD = 2, 3
LONGEST_TAB = 31  # of a spreadsheet program
NOT_IN_TAB = re.compile(r"[\[\]:*?/\\]")


class Column(StrEnum):
    """The columns of the first sheet."""

    ID = "id"
    QUESTION = "question"
    ASKED = "asked"
    NOTE = "note"
    ANSWER = "answer"
    REASON = "reason"


# Title, and width in characters.
COLUMNS: Mapping[Column, tuple[str, int]] = {
    Column.ID: (later("Id"), 26),
    Column.QUESTION: (later("Question"), 44),
    Column.ASKED: (later("Asked now?"), 15),
    Column.NOTE: (later("Note"), 48),
    Column.ANSWER: (later("Answer"), 60),
    Column.REASON: (later("Reason, or why it does not apply"), 40),
}


def tab(number: int, title: str) -> str:
    """The name of a group's sheet: unique by its number, as long as a program allows."""
    words = NOT_IN_TAB.sub(" ", title).replace("'", "")
    return textwrap.shorten(f"{number} {words}", LONGEST_TAB, placeholder="…")


def key(question_id: str, field_id: str) -> str:
    """The key of a field's column on the sheet of its group."""
    return f"{question_id}/{field_id}"
