"""Numbers in sentences: the language's separators, a real minus sign, never a false zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.audit.words import phrases


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "0"), (0.004, "0.4"), (0.5, "50"), (0.996, "99.6"), (1.0, "100")]
)
def test_of_100(share: float, said: str) -> None:
    """Whole numbers, but never 0 or 100 unless it is exactly that."""
    assert phrases.per_hundred(share, "en") == said


@pytest.mark.parametrize(
    ("value", "digits", "language", "said"),
    [
        (-1234.56, 1, "de", "−1.234,6"),
        (-1234.56, 1, "en", "−1,234.6"),
        (-0.04, 1, "de", "0,0"),
    ],
)
def test_figures(value: float, digits: int, language: str, said: str) -> None:
    """What rounds to 0 has no sign."""
    assert phrases.figure(language, value, digits) == said


@given(st.floats(-1e9, 1e9))
def test_no_number_has_a_hyphen_for_a_minus(value: float) -> None:
    assert "-" not in phrases.figure("de", value, 3)


@pytest.mark.parametrize(
    ("values", "digits"), [((641.0,), 0), ((18.2, 2.7), 1), ((0.0412,), 4), ((), 2), ((0.0,), 2)]
)
def test_three_digits_are_seen(values: tuple[float, ...], digits: int) -> None:
    assert phrases.digits_for(*values) == digits


def test_tiny_numbers() -> None:
    assert phrases.tiny(2.2e-16, "de") == "2,2 · 10⁻¹⁶"
    assert phrases.tiny(0.0, "de") == "0"


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.01, "1 percentage point"), (0.1, "10 percentage points"), (0.025, "2.5 percentage points")],
)
def test_a_stated_number_keeps_its_form(share: float, said: str) -> None:
    assert phrases.stated_points(share, "en") == said
