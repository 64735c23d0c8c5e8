"""What a value decision must say: options, reasons, the value that gave way, and who decided."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.examples.cast import DECISION
from workbench.basics.capacities import CAPACITIES, TECHNICAL
from workbench.governance import decisions
from workbench.governance.decisions import MISSING, ValueDecision

CAPACITY = st.sampled_from(list(CAPACITIES))


def test_a_complete_decision_has_no_gap() -> None:
    """The example of the tests says everything that is needed."""
    assert decisions.gaps(DECISION) == {}
    assert decisions.chosen_text(DECISION) == "Bilder sofort unkenntlich machen."


def test_an_empty_draft_misses_everything() -> None:
    """Nothing said: every field that is needed is named."""
    needed = {*MISSING, "values", "options", "chosen", "capacities"}
    assert set(decisions.gaps(ValueDecision())) == needed


# What is changed in the complete example → the field that is then named.
GAPS: dict[str, tuple[dict[str, object], str]] = {
    "no question": ({"question": ""}, "question"),
    "no reasons": ({"reasons": ""}, "reasons"),
    "no protection": ({"protection": ""}, "protection"),
    "nobody decided": ({"decided_by": ""}, "decided_by"),
    "no office": ({"office": ""}, "office"),
    "no day": ({"decided_on": None}, "decided_on"),
    "no value gave way": ({"yielding": ""}, "yielding"),
    "another value gave way": ({"yielding": "equality"}, "yielding"),
    "one value only": ({"values": ("effective_administration",)}, "values"),
    "one value twice": ({"values": ("effective_administration",) * 2}, "values"),
    "no option without AI": ({"options": ("", "Kamera"), "chosen": 1}, "options"),
    "no other option": ({"options": ("Ohne", "", "", ""), "chosen": 0}, "options"),
    "nothing chosen": ({"chosen": None}, "chosen"),
    "an empty option chosen": ({"chosen": 2}, "chosen"),
    "an option that is not there": ({"chosen": 9}, "chosen"),
    "an option before the first": ({"chosen": -1}, "chosen"),
    "no capacities": ({"capacities": ()}, "capacities"),
    "votes in part": ({"votes_for": 3}, "votes_for"),
    "only IT": ({"capacities": ("it",), "decided_by": "it"}, "alone_reason"),
    "only IT and vendor": ({"capacities": ("it", "vendor"), "decided_by": "it"}, "alone_reason"),
}


@pytest.mark.parametrize("gap", list(GAPS))
def test_each_gap_is_named(gap: str) -> None:
    """One gap, one field, one sentence."""
    change, field = GAPS[gap]
    found = decisions.gaps(DECISION.model_copy(update=change))
    assert list(found) == [field]
    assert found[field].endswith((".", "published."))


def test_the_way_without_ai_can_be_chosen() -> None:
    """Deciding against AI is as complete a decision as deciding for it."""
    against = DECISION.model_copy(update={"chosen": 0})
    assert decisions.gaps(against) == {}
    assert decisions.chosen_text(against) == "Weiter mit dem Auge prüfen."


def test_it_alone_may_decide_with_a_published_reason() -> None:
    """With a reason the technical side may decide alone; without it may not."""
    alone = {"capacities": ("it",), "decided_by": "it"}
    reasoned = DECISION.model_copy(update={**alone, "alone_reason": "Die Wahl ist rein technisch."})
    assert decisions.gaps(reasoned) == {}
    assert decisions.technical_alone(reasoned)


@given(st.lists(CAPACITY, max_size=5), CAPACITY | st.just(""))
def test_technical_alone_means_nobody_else(capacities: list[str], decided_by: str) -> None:
    """True exactly when somebody is named and everybody named is IT or vendor."""
    decision = ValueDecision(capacities=tuple(capacities), decided_by=decided_by)
    named = [one for one in (*capacities, decided_by) if one]
    others = [one for one in named if one not in {"it", "vendor"}]
    assert decisions.technical_alone(decision) is (bool(named) and not others)
    assert {"it", "vendor"} == TECHNICAL


@pytest.mark.parametrize("field", ["optoins", "author", "withdrawn"])
def test_an_unknown_field_is_refused(field: str) -> None:
    """Nothing that a form adds by itself reaches the decision."""
    with pytest.raises(ValidationError):
        ValueDecision.model_validate({field: "x"})


def test_a_decision_does_not_change() -> None:
    """It is a value: a change makes a new one."""
    with pytest.raises(ValidationError):
        DECISION.question = "Anders?"  # type: ignore[misc]


@given(st.builds(ValueDecision))
def test_every_draft_comes_back_from_json(decision: ValueDecision) -> None:
    """What is stored as JSON is read as the same decision."""
    assert ValueDecision.model_validate(decision.model_dump(mode="json")) == decision


def test_all_votes_are_no_gap() -> None:
    """All three numbers, also 0, are a complete vote; a negative number is refused."""
    counted = {"votes_for": 5, "votes_against": 0, "votes_abstained": 1}
    assert decisions.gaps(DECISION.model_copy(update=counted)) == {}
    with pytest.raises(ValidationError):
        ValueDecision(votes_for=-1)


DAY = date(2026, 5, 3)
DAYS: list[tuple[date | None, date | None, set[str]]] = [
    (DAY, None, set()),
    (DAY, date(2026, 5, 4), set()),
    (None, date(2020, 1, 1), set()),
    (date(2026, 5, 4), None, {"decided_on"}),
    (DAY, DAY, {"review_on"}),
    (DAY, date(2020, 1, 1), {"review_on"}),
    (date(2031, 1, 1), date(2020, 1, 1), {"decided_on", "review_on"}),
]


@pytest.mark.parametrize(("decided", "review", "wrong"), DAYS)
def test_days_that_cannot_be_are_named(
    decided: date | None, review: date | None, wrong: set[str]
) -> None:
    """Nothing is decided in the future, and a decision is looked at again after it was taken."""
    decision = DECISION.model_copy(update={"decided_on": decided, "review_on": review})
    assert set(decisions.impossible(decision, DAY)) == wrong


def test_who_took_part_stands_with_the_capacity() -> None:
    """Capacities without a name too; those who had none come last."""
    body = ValueDecision(
        capacities=("law", "it"), people={"": "Ein Gast", "it": "Kim", "politics": "Rat"}
    )

    assert decisions.present(body) == {"law": "", "it": "Kim", "": "Ein Gast", "politics": "Rat"}


def test_an_earlier_text_for_everybody_is_kept() -> None:
    """It had no capacities; nobody invents any."""
    assert ValueDecision.model_validate({"people": "Kim, Rat"}).people == {"": "Kim, Rat"}
    assert ValueDecision.model_validate({"people": ""}).people == {}
