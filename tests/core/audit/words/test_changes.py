"""How a gap changed: in which direction, by how much, and whether that is more than chance."""

import pytest

from tests.examples import audit_results as examples
from workbench.audit.parts import Change
from workbench.audit.words import changes


def change(gap: str, value: float, p: float) -> Change:
    return Change(
        attribute="sex",
        gap=gap,
        before=0.1,
        after=0.1 + value,
        value=value,
        low=value - 0.02,
        high=value + 0.02,
        p_adjusted=p,
    )


@pytest.mark.parametrize(
    ("gap", "value", "p", "said"),
    [
        ("accuracy_difference", -0.05, 0.01, "closer together"),
        ("accuracy_difference", 0.05, 0.01, "further apart"),
        ("accuracy_ratio", 0.05, 0.01, "closer together"),
        ("accuracy_ratio", -0.05, 0.01, "further apart"),
        ("accuracy_difference", -0.05, 0.2, "may be chance"),
    ],
)
def test_direction(gap: str, value: float, p: float, said: str) -> None:
    """A smaller difference and a larger ratio both bring the groups closer together."""
    assert said in changes.direction(change(gap, value, p))


def test_the_sentence_has_both_numbers_the_change_and_its_interval() -> None:
    said = changes.change_sentence(examples.plan(), change("accuracy_difference", -0.05, 0.2), "en")

    assert said == (
        "Gap in right predictions, by Sex: 10.0 percentage points before, 5.0 after. Change: −5.0 "
        "(95 % interval: −7.0 to −3.0). The change may be chance."
    )


@pytest.mark.parametrize(
    ("gap", "value", "said"),
    [
        (
            "accuracy_difference",
            -0.05,
            "5.0 after. Change: −5.0. In these rows, the groups are closer together.",
        ),
        (
            "accuracy_ratio",
            -0.05,
            "5.0 of 100 after. Change: −5.0. In these rows, the groups are further apart.",
        ),
        ("accuracy_difference", 0.0, "10.0 after. In these rows, the gap is as large as before."),
        ("accuracy_ratio", 1e-17, "after. In these rows, the gap is as large as before."),
    ],
)
def test_the_same_rows_say_nothing_about_chance(gap: str, value: float, said: str) -> None:
    untested = change(gap, value, 1.0).model_copy(
        update={"low": None, "high": None, "p_adjusted": None}
    )

    sentence = changes.change_sentence(examples.plan(), untested, "en")

    assert sentence.endswith(said)
    assert "chance" not in sentence
    numbers = changes.change_numbers(untested, "en")
    assert set(numbers) == {"before", "after", "change"}
    assert (numbers["change"] == "unchanged") == (abs(value) < 0.01)


def test_no_change_among_other_people_may_be_chance() -> None:
    """The twin: where other people were audited, a change of 0 is one of many possible ones."""
    found = change("accuracy_difference", 0.0, 1.0)

    assert changes.direction(found) == changes.CHANCE
    assert changes.change_numbers(found, "en")["change"] == "0.0"


def test_a_mean_changes_in_its_own_unit() -> None:
    said = changes.change_sentence(
        examples.plan(), change("mean_score_difference", -0.05, 0.01), "en"
    )

    assert "0.100 before, 0.050 after" in said
