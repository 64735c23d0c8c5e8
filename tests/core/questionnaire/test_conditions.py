"""Conditions over answers."""

from typing import Any

import pytest
from pydantic import ValidationError

from workbench.questionnaire import conditions
from workbench.questionnaire.conditions import Condition

ANSWERS: dict[str, Any] = {"a.one": "x", "a.many": ["x", "y"], "a.yes": True, "a.count": 1}
ANSWERS |= {"a.day": "2026-03-01", "a.next": "2026-03-02", "a.never": {"not_applicable": "Nie."}}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"equals": ["a.one", "x"]}, True),
        ({"equals": ["a.one", "y"]}, False),
        ({"equals": ["a.yes", True]}, True),
        ({"equals": ["a.yes", 1]}, False),
        ({"equals": ["a.count", True]}, False),
        ({"equals": ["a.count", 1.0]}, True),
        ({"equals": ["a.none", False]}, False),
        ({"any_of": ["a.one", ["y", "x"]]}, True),
        ({"any_of": ["a.many", ["y", "z"]]}, True),
        ({"any_of": ["a.many", ["z"]]}, False),
        ({"any_of": ["a.none", ["x"]]}, False),
        ({"answered": "a.one"}, True),
        ({"answered": "a.none"}, False),
        ({"before": ["a.day", "a.next"]}, True),
        ({"before": ["a.next", "a.day"]}, False),
        ({"before": ["a.day", "a.day"]}, False),
        ({"before": ["a.day", "2026-12-01"]}, True),
        ({"before": ["2026-12-01", "a.day"]}, False),
        ({"before": ["a.none", "2026-12-01"]}, False),
        ({"before": ["a.never", "2026-12-01"]}, False),
        ({"before": ["a.day", "a.none"]}, False),
        ({"not": {"answered": "a.none"}}, True),
        ({"all": [{"answered": "a.one"}, {"equals": ["a.one", "x"]}]}, True),
        ({"all": [{"answered": "a.one"}, {"answered": "a.none"}]}, False),
        ({"any": [{"answered": "a.none"}, {"answered": "a.one"}]}, True),
        ({"any": [{"answered": "a.none"}]}, False),
    ],
)
def test_holds(condition: dict[str, Any], expected: bool) -> None:
    """Every operator, with an answer, without one, and yes told apart from 1."""
    assert conditions.holds(Condition.model_validate(condition), ANSWERS) is expected


def test_no_condition_holds() -> None:
    """A question without a condition is always asked."""
    assert conditions.holds(None, {})


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"equals": ["a.one", "x"], "answered": "a.one"},
        {"equals": None},
        {"equals": ["a.one"]},
        {"any": []},
        {"sometimes": "a.one"},
    ],
)
def test_a_condition_has_exactly_one_known_operator(condition: dict[str, Any]) -> None:
    """Anything else is refused while reading."""
    with pytest.raises(ValidationError):
        Condition.model_validate(condition)


def test_comparisons_name_every_question() -> None:
    """All questions a nested condition looks at, with the values compared."""
    condition = Condition.model_validate(
        {"any": [{"not": {"equals": ["a.one", "x"]}}, {"all": [{"answered": "a.two"}]}]}
    )

    assert conditions.comparisons(condition) == [("a.one", ("x",)), ("a.two", ())]


@pytest.mark.parametrize(
    ("condition", "answer", "expected"),
    [
        ({"equals": ["a.b", "road"]}, {"choice": "road", "reason": "Nah."}, True),
        ({"any_of": ["a.b", ["road"]]}, {"choice": "path"}, False),
        ({"answered": "a.b"}, {"reason": "Nah."}, False),
        ({"answered": "a.b"}, {"choice": "road"}, True),
        ({"answered": "a.b"}, {"not_applicable": "Gibt es nicht."}, False),
        ({"not": {"equals": ["a.b", 5]}}, {"not_applicable": "Gibt es nicht."}, True),
    ],
)
def test_conditions_see_what_an_answer_says(
    condition: dict[str, Any], answer: Any, expected: bool
) -> None:
    """Of a judgement the choice; of what does not apply, nothing."""
    assert conditions.holds(Condition.model_validate(condition), {"a.b": answer}) is expected


def test_names_are_replaced_wherever_they_stand() -> None:
    """Also within other operators; what is not known stays and is told."""
    names = {"road": Condition.model_validate({"answered": "a.road"})}
    written = Condition.model_validate(
        {"all": [{"is": "road"}, {"not": {"any": [{"is": "road"}, {"is": "sea"}]}}]}
    )

    replaced = conditions.expanded(written, names)

    assert conditions.unknown(written) == ["road", "road", "sea"]
    assert conditions.unknown(replaced) == ["sea"]
    assert conditions.comparisons(replaced) == [("a.road", ()), ("a.road", ())]


def reduce(condition: dict[str, Any], answers: dict[str, Any], *still_open: str) -> object:
    """What is left of a condition, as it stands in a file."""
    left = conditions.reduced(Condition.model_validate(condition), answers, still_open)
    return left if isinstance(left, bool) else left.model_dump(by_alias=True, exclude_unset=True)


def test_settled_parts_are_reduced() -> None:
    """Only what open questions decide is left; settled parts are true or false."""
    here: dict[str, Any] = {"equals": ("a", True)}
    there: dict[str, Any] = {"equals": ("b", "x")}
    both, either = {"all": [here, there]}, {"any": [here, there]}
    assert reduce(both, {"b": "x"}, "a") == here
    assert reduce(both, {"b": "y"}, "a") is False
    assert reduce(either, {"b": "x"}, "a") is True
    assert reduce(either, {"b": "y"}, "a") == here
    assert reduce({"not": both}, {"b": "x"}, "a") == {"not": here}
    assert reduce({"not": both}, {"b": "y"}, "a") is True
    assert reduce(both, {"a": True, "b": "x"}) is True
    assert reduce(both, {}, "a", "b") == {"all": (here, there)}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"equals": ["a.one", "y"]}, "a.one"),
        ({"not": {"answered": "a.one"}}, "a.one"),
        ({"all": [{"answered": "a.one"}, {"answered": "a.none"}]}, "a.none"),
        ({"not": {"any": [{"equals": ["a.one", "y"]}, {"equals": ["a.yes", True]}]}}, "a.yes"),
        ({"all": [{"answered": "a.yes"}, {"any": [{"answered": "a.none"}]}]}, "a.none"),
        # Several answers together: nobody can say which one it was.
        ({"any": [{"answered": "a.none"}, {"equals": ["a.one", "y"]}]}, None),
        ({"not": {"all": [{"answered": "a.one"}, {"answered": "a.yes"}]}}, None),
        ({"is": "a_name"}, None),
    ],
)
def test_decisive(condition: dict[str, Any], expected: str | None) -> None:
    """The question that alone makes the condition true or false, if one does."""
    assert conditions.decisive(Condition.model_validate(condition), ANSWERS) == expected
