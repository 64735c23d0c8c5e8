"""The columns offered as attributes say what they hold; unsuitable ones come last, with reason."""

import pytest

from tests.examples.audited import INSPECTED
from workbench.audit.intake.inspection import Column, Inspection
from workbench.web.forms.attributes import attribute_words

TABLE = Inspection.model_validate(INSPECTED)


def with_column(
    kind: str, distinct: int, *, missing: int = 0, values: tuple[str, ...] = ("a",)
) -> Inspection:
    """The table with one more column in front, called "x"."""
    frequent = [(value, 1) for value in values]
    column = Column.model_validate(
        {"name": "x", "kind": kind, "distinct": distinct, "missing": missing, "frequent": frequent}
    )
    return TABLE.model_copy(update={"columns": (column, *TABLE.columns)})


def test_a_few_values_are_named() -> None:
    assert attribute_words(TABLE, (), "en")["sex"] == "sex – 2 different values: female, male"


def test_columns_that_can_form_groups_come_first() -> None:
    """Age needs classes; what means something else above comes last."""
    words = attribute_words(TABLE, {"outcome", "prediction"}, "de")

    assert list(words) == ["sex", "persons", "district", "age", "points", "outcome", "prediction"]
    assert words["age"].endswith("60 verschiedene Zahlen: sagen Sie unten, wo Gruppen beginnen")
    assert words["outcome"].endswith("nicht geeignet: hat oben schon eine andere Bedeutung")


@pytest.mark.parametrize(
    ("kind", "distinct", "reason"),
    [
        ("text", 1, "the same value in every row"),
        ("text", 950, "almost one per row, like a name or an id"),
        ("number", 1000, "almost one per row, like an amount or an id"),
        ("text", 400, "at most 200 groups"),
    ],
)
def test_unsuitable_columns_come_last_with_their_reason(
    kind: str, distinct: int, reason: str
) -> None:
    """Of 1,000 rows; no column is left out, as a person may know better."""
    words = attribute_words(with_column(kind, distinct), (), "en")

    assert list(words)[-1] == "x"
    assert "not suitable" in words["x"]
    assert reason in words["x"]


def test_a_value_and_missing_ones_are_two_groups() -> None:
    words = attribute_words(with_column("text", 1, missing=40), (), "en")

    assert "not suitable" not in words["x"]


def test_in_a_table_of_counts_every_row_is_a_group() -> None:
    """There, a value of its own per row is what a group is called; the counts are none."""
    counts = with_column("text", 8, values=("Nord",)).model_copy(update={"rows": 8})

    words = attribute_words(counts, (), "en", counts="selection")

    assert words["x"] == "x – 8 different values, for example Nord"
