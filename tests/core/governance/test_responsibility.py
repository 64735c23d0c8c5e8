"""Who is responsible, and where nobody is."""

from datetime import date

import pytest
from pydantic import JsonValue

from workbench.governance import responsibility
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import Questionnaire, Wanted

DAY = date(2026, 11, 23)
ROWS: list[JsonValue] = [
    {"task": "content", "office": "Bauamt", "person": "Kim", "since": "2026-01-01"},
    {"task": "technology", "office": "IT", "until": "2026-11-22"},
    {"task": "vendor", "office": "Firma"},
]


def test_gaps_and_expired_terms(phases: list[Questionnaire]) -> None:
    """IT's time ended yesterday, nobody is deputy; the second phase names nobody."""
    first, second = responsibility.of(phases, {"a.chain": ROWS}, DAY)

    assert [gap[0] for gap in first.gaps] == ["technology", "deputy"]
    assert [gap[0] for gap in first.needed] == ["technology"]
    assert [term.office for term in first.expired] == ["IT"]
    assert first.terms[0].person == "Kim"
    assert (second.phase, second.question, second.terms) == ("design", "b.chain", ())
    assert [gap[0] for gap in second.gaps] == ["content", "technology", "deputy"]


def test_the_last_day_counts_and_the_future_does_not(phases: list[Questionnaire]) -> None:
    """A term holds on its last day; one that begins tomorrow is no cover today."""
    rows: list[JsonValue] = [
        {"task": "technology", "office": "IT", "until": "2026-11-23"},
        {"task": "content", "office": "Bauamt", "since": "2026-11-24"},
    ]
    first, _ = responsibility.of(phases, {"a.chain": rows}, DAY)

    assert [gap[0] for gap in first.gaps] == ["content", "deputy"]
    assert first.expired == ()
    assert first.terms[1].begins_later


def test_a_row_without_an_office_names_nobody(phases: list[Questionnaire]) -> None:
    """A person alone is no office: people leave."""
    rows: list[JsonValue] = [{"task": "content", "person": "Kim"}, {"office": "IT"}]
    first, _ = responsibility.of(phases, {"a.chain": rows}, DAY)

    assert [gap[0] for gap in first.needed] == ["content", "technology"]


def test_nothing_applies_is_a_gap(phases: list[Questionnaire]) -> None:
    """A chain that was said not to apply names nobody."""
    excused: JsonValue = {"not_applicable": "Noch offen."}
    first, _ = responsibility.of(phases, {"a.chain": excused}, DAY)

    assert len(first.gaps) == 3


FULL: list[JsonValue] = [
    {"task": task, "office": "Bauamt"} for task in ("content", "technology", "deputy")
]


@pytest.fixture
def wanting(phases: list[Questionnaire]) -> list[Questionnaire]:
    """The first phase wants a vendor for a long road, and an operator for every road."""
    first, second = phases
    long = Condition.model_validate({"equals": ["a.road", "long"]})
    wanted = (Wanted(task="vendor", when=long), Wanted(task="operator"))
    questions = tuple(
        one.model_copy(update={"wanted": wanted}) if one.id == "a.chain" else one
        for one in first.questions()
    )
    section = first.sections[0].model_copy(update={"questions": questions})
    return [first.model_copy(update={"sections": (section,)}), second]


@pytest.mark.parametrize(
    ("road", "named", "gaps"),
    [
        ({"a.road": "long"}, (), ["vendor", "operator"]),
        ({"a.road": "long"}, ("vendor", "operator"), []),
        ({"a.road": "short"}, (), ["operator"]),
        ({"a.road": {"not_applicable": "Offen."}}, ("operator",), []),
        ({}, ("operator",), []),
    ],
)
def test_what_the_question_wants_is_a_gap(
    wanting: list[Questionnaire],
    road: dict[str, JsonValue],
    named: tuple[str, ...],
    gaps: list[str],
) -> None:
    """Only where its condition holds, never while that is open; and it holds up no phase."""
    further: list[JsonValue] = [{"task": task, "office": "Firma"} for task in named]
    rows = FULL + further
    first, _ = responsibility.of(wanting, {**road, "a.chain": rows}, DAY)

    assert [gap[0] for gap in first.gaps] == gaps
    assert first.needed == ()


def test_an_expired_vendor_is_a_gap(wanting: list[Questionnaire]) -> None:
    """As with every task: the contract ended yesterday."""
    rows: list[JsonValue] = [
        *FULL,
        {"task": "vendor", "office": "Firma", "until": "2026-11-22"},
        {"task": "operator", "office": "Rechenzentrum", "until": "2026-11-23"},
    ]
    first, _ = responsibility.of(wanting, {"a.road": "long", "a.chain": rows}, DAY)

    assert [gap[0] for gap in first.gaps] == ["vendor"]
    assert [term.task for term in first.expired] == ["vendor"]
