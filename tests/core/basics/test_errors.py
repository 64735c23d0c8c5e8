"""Errors carry a text that can be translated, and what it is filled with."""

import pytest

from workbench.basics import errors
from workbench.basics.errors import (
    BrokenContent,
    DataRefused,
    InvalidInput,
    StaleSave,
    WorkbenchError,
)


def test_a_message_is_filled_and_kept() -> None:
    """The text is readable at once, template and values are kept for the translation."""
    error = DataRefused("{n} rows in {file}", n=3, file="x.csv")
    assert str(error) == "3 rows in x.csv"
    assert (error.message, error.values) == ("{n} rows in {file}", {"n": 3, "file": "x.csv"})


def test_braces_without_values_stay() -> None:
    """A text that merely contains braces is not taken for a template."""
    assert str(WorkbenchError("{x}")) == "{x}"


def test_a_value_is_never_a_template() -> None:
    """Braces that somebody typed do not reach into the program."""
    assert str(DataRefused("No {name}", name="{0.__class__}")) == "No {0.__class__}"


def test_fields_of_an_input_are_kept() -> None:
    """Which field has which fault; a copy, so later changes do not reach it."""
    fields = {"name": "Fill in this field."}
    error = InvalidInput("Not saved.", fields)
    fields.clear()
    assert error.fields == {"name": "Fill in this field."}
    assert InvalidInput("Not saved.").fields == {}


def test_broken_content_names_the_place() -> None:
    """File, line, key and expectation, for a person with an editor."""
    error = BrokenContent("a.yaml", 7, "questions/0/type", "a known type")
    assert str(error) == "a.yaml, line 7, questions/0/type: expected a known type"
    assert (error.file, error.line, error.key) == ("a.yaml", 7, "questions/0/type")


def test_a_stale_save_carries_the_other_text() -> None:
    """So that a page can show both."""
    assert StaleSave({"goal": "theirs"}).theirs == {"goal": "theirs"}


ALL = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and kind.__module__ == errors.__name__
]


@pytest.mark.parametrize("kind", ALL)
def test_every_error_stands_in_the_tree(kind: type[Exception]) -> None:
    """All belong to one family, and the tree at the top of the file names each."""
    assert issubclass(kind, WorkbenchError)
    assert kind.__name__ in (errors.__doc__ or "")
