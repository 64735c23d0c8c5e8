"""What a plan chooses of its own needs a reason; what it leaves open has the workbench's."""

import re

import pytest

from tests.examples import audit_results as examples
from workbench.audit import plan_fields, plan_rules
from workbench.audit.catalogue import GAPS
from workbench.audit.choices import CHOICES, Choice, defaults, stated, unstated
from workbench.audit.plan import AuditPlan, Thresholds, planned
from workbench.audit.provenance import plan_hash
from workbench.audit.words.harms import HARMS

BARE: dict[str, object] = {
    "outcome": "paid",
    "positive": "1",
    "prediction": "granted",
    "attributes": ("sex", "age"),
    "reason": "Because.",
}
SCORE = {"prediction": "", "score": "points"}
# Choice → what a plan says that makes it its own.
OWN: dict[str, dict[str, object]] = {
    "threshold": {**SCORE, "threshold": 0.0},
    "edges": {"edges": {"age": (25,)}},
    "references": {"references": {"sex": "male"}},
    "depth": {"depth": 1},
    "gaps": {"gaps": ("accuracy_ratio",)},
    "limits": {"limits": {"accuracy_ratio": 0.9}},
    "thresholds": {"thresholds": {"certain_minimum": 200}},
}


def names(found: list[Choice]) -> list[str]:
    """The names of choices."""
    return [one.name for one in found]


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_of_its_own_needs_a_reason(name: str) -> None:
    """It is named until a reason stands there; a blank is none. The default is then gone."""
    assert unstated(planned(BARE)) == []
    made = planned(BARE | OWN[name])
    assert names(unstated(made)) == [name]
    assert name not in names(defaults(made))
    blank = planned(BARE | OWN[name] | {"reasons": {name: " "}})
    assert names(unstated(blank)) == [name]
    given = planned(BARE | OWN[name] | {"reasons": {name: "So it is."}})
    assert (unstated(given), stated(given)) == ([], {name: "So it is."})


def test_so_many_chosen_are_a_choice_too() -> None:
    made = planned(BARE | SCORE | {"top_k": 3})
    assert names(unstated(made)) == ["threshold"]


def test_a_gap_has_its_reason_itself_or_with_its_limit() -> None:
    """Only a gap that has neither lacks one."""
    gaps = {"gaps": ("accuracy_ratio", "accuracy_difference")}
    half = {"reasons": {"accuracy_ratio": "So.", "limits": "So."}}
    assert names(unstated(planned(BARE | gaps | half))) == ["gaps"]
    whole = BARE | gaps | half | {"limits": {"accuracy_difference": 0.05}}
    assert unstated(planned(whole)) == []
    more = planned(whole | {"reasons": {"accuracy_ratio": "So.", "limits": "So.", "gaps": "Both."}})
    assert stated(more) == {"gaps": "Both.", "limits": "So."}


def test_defaults_say_what_holds_and_why() -> None:
    """Of all that has a default; where nothing can be combined, nothing is said of pairs."""
    assert names(defaults(planned(BARE))) == [
        "references",
        "depth",
        "gaps",
        "limits",
        "thresholds",
    ]
    alone = planned(BARE | {"attributes": ("sex",)})
    assert "depth" not in names(defaults(alone))
    numbers = planned(BARE | {"task": "regression", "positive": ""})
    assert "limits" not in names(defaults(numbers))


def test_the_numbers_of_the_default_are_those_of_the_plan() -> None:
    said = re.findall(r"fewer than (\d+)", CHOICES["thresholds"].default)
    assert list(map(int, said[:3])) == list(Thresholds().model_dump().values())


def test_a_reason_for_what_is_not_chosen_is_not_told() -> None:
    """There are no groups of numbers whose edges it could be about."""
    assert stated(planned(BARE | {"reasons": {"edges": "So."}})) == {}


def test_names_are_told_apart_and_told_to_people() -> None:
    """No gap, harm and choice share a name; the sentences about reasons name each choice."""
    assert not {*CHOICES} & {*GAPS, *HARMS}
    for sentence in (plan_rules.UNKNOWN_REASON, plan_fields.REASONS):
        listed = re.findall(r"[a-z]+", sentence.partition(": ")[2].partition(".")[0])
        assert listed == [*CHOICES]


def test_every_choice_is_stated_by_fields_of_the_plan() -> None:
    for choice in CHOICES.values():
        assert {*choice.stated_by} <= AuditPlan.model_fields.keys()


def test_plans_of_former_times_keep_their_hash() -> None:
    """Counted before choices had reasons; what names the plan in published results stays."""
    assert plan_hash(examples.plan()) == HASH
    assert plan_hash(examples.plan(reasons={})) != HASH


HASH = "fc9af6b68a95de510d94afe519932fae9b07a899893d1457f47d6975a7e1477d"
