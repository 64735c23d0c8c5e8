"""Short texts with a shape are read as people type them, written as they are read, or refused."""

from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.basics.errors import InvalidInput
from workbench.web.forms import lines

COLUMNS = ("sex", "age", "age of child", "rent: warm", "Straße = Ort")
NAME = st.sampled_from(COLUMNS)
WORD = st.text(ascii_letters + "äöüß ", min_size=1).map(str.strip).filter(bool)
WORDS = st.fixed_dictionaries({"de": WORD, "en": WORD})
NUMBERS = st.lists(
    st.integers(-(10**8), 10**8).map(lambda number: number / 10_000),
    min_size=1,
    unique=True,
).map(lambda numbers: tuple(sorted(numbers)))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("age: 25, 35", {"age": (25, 35)}),
        (" age :25,35 \r\n\r\n", {"age": (25, 35)}),
        ("rent: warm: 400,50; 600", {"rent: warm": (400.5, 600)}),
        ("age of child: 3", {"age of child": (3,)}),
        ("age: -1.5, 2", {"age": (-1.5, 2)}),
        ("", {}),
    ],
)
def test_edges(typed: str, found: dict[str, tuple[float, ...]]) -> None:
    """One line per column; a column's name may hold the colon; semicolons allow decimal commas."""
    assert lines.edges(typed, COLUMNS) == found


@pytest.mark.parametrize(
    ("reader", "typed"),
    [
        (lines.edges, "height: 1"),
        (lines.edges, "age"),
        (lines.edges, "age:"),
        (lines.edges, "age: old"),
        (lines.edges, "age: nan"),
        (lines.edges, "age: inf, 1e5"),
        (lines.edges, "age: 1,,2"),
        (lines.references, "sex:"),
        (lines.references, "male"),
        (lines.names, "age ="),
        (lines.names, "age: Alter"),
        (lines.labels, "sex: female"),
        (lines.labels, "sex: = Frauen"),
        (lines.labels, "sex: female ="),
        (lines.labels, "female = Frauen"),
        (lines.number, "half"),
        (lines.number, "nan"),
        (lines.number, "-"),
        (lines.number, "1.000,5"),
        (lines.whole, "1.5"),
        (lines.whole, "-1"),
        (lines.whole, "1 2"),
        (lines.whole_numbers, "3, x"),
        (lines.whole_numbers, "²"),
    ],
)
def test_what_has_not_the_shape_is_refused(reader: lines.Reader, typed: str) -> None:
    """The message quotes what was typed and shows an example."""
    with pytest.raises(InvalidInput) as caught:
        reader(typed, COLUMNS)
    assert caught.value.values["line"]
    assert caught.value.values["example"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Frauen / women", {"de": "Frauen", "en": "women"}),
        ("Frauen", {"de": "Frauen", "en": "Frauen"}),
        ("Frauen / ", {"de": "Frauen", "en": "Frauen"}),
        (" / women", {"de": "women", "en": "women"}),
        ("ledig/verwitwet", {"de": "ledig/verwitwet", "en": "ledig/verwitwet"}),
        ("  ", {}),
    ],
)
def test_words(typed: str, found: dict[str, str]) -> None:
    """German and English with a slash between blanks; one text stands for both."""
    assert lines.words(typed) == found


def test_numbers() -> None:
    """Point and comma are both decimal signs; nothing is nothing."""
    assert [lines.number(typed) for typed in ("0,05", "0.05", "-1", " ")] == [0.05, 0.05, -1, None]
    assert [lines.whole(typed) for typed in ("10", "")] == [10, None]
    assert lines.whole_numbers("3, 17;4 5") == (3, 17, 4, 5)


@given(st.dictionaries(NAME, NUMBERS))
def test_edges_are_written_as_they_are_read(given_: dict[str, tuple[float, ...]]) -> None:
    """Whatever edges a plan holds, the form shows them so that it reads the same again."""
    assert lines.edges(lines.typed_edges(given_), COLUMNS) == given_


@given(st.dictionaries(NAME, WORDS))
def test_names_are_written_as_they_are_read(given_: dict[str, dict[str, str]]) -> None:
    """Words of columns come back."""
    assert lines.names(lines.typed_names(given_), COLUMNS) == given_


@given(st.dictionaries(NAME, WORD))
def test_references_are_written_as_they_are_read(given_: dict[str, str]) -> None:
    """Reference groups come back."""
    assert lines.references(lines.typed_references(given_), COLUMNS) == given_


@given(st.dictionaries(NAME, st.dictionaries(WORD, WORDS, min_size=1)))
def test_labels_are_written_as_they_are_read(given_: dict[str, dict[str, dict[str, str]]]) -> None:
    """Words of values come back."""
    assert lines.labels(lines.typed_labels(given_), COLUMNS) == given_


@pytest.mark.parametrize(
    ("reader", "typed", "most"),
    [
        (lines.whole, "9" * 11, 9_999_999_999),
        (lines.whole_numbers, "3, " + "9" * 4000, 9_999_999_999),
        (lines.number, "9" * 16, 999_999_999_999_999),
        (lines.number, "-" + "9" * 400, 999_999_999_999_999),
        (lines.edges, "age: 3, " + "9" * 4400, 999_999_999_999_999),
    ],
)
def test_a_number_that_is_too_large_is_told_the_largest(
    reader: lines.Reader, typed: str, most: int
) -> None:
    """It is a number, so the message does not say that it is none."""
    with pytest.raises(InvalidInput) as caught:
        reader(typed, COLUMNS)
    assert caught.value.values["most"] == most


def test_the_largest_numbers_are_taken() -> None:
    """The twin: exactly the largest is read."""
    assert lines.whole("9999999999") == 9_999_999_999
    assert lines.number("-999999999999999") == -999_999_999_999_999
