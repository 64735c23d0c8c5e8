"""The plain questions lead to gaps of the catalogue, and every usual gap can be reached."""

import pytest

from workbench.audit.catalogue import GAPS
from workbench.audit.words.harms import HARMS, gaps_of


def test_every_harm_leads_to_gaps_with_a_reason() -> None:
    for name, harm in HARMS.items():
        assert name == harm.id
        assert harm.question.endswith("?")
        assert harm.explanation.endswith(".")
        assert harm.gaps
        assert set(harm.gaps) <= set(GAPS)


def test_gaps_that_show_the_same_harm_come_once() -> None:
    assert gaps_of(["any_error", "any_error"]) == ("accuracy_difference", "accuracy_ratio")
    assert gaps_of([]) == ()


def test_an_unknown_harm_is_refused() -> None:
    with pytest.raises(KeyError):
        gaps_of(["boredom"])
