"""Days that nobody may miss: what has passed, what comes due within 30 days, and whose it is."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from pydantic import JsonValue

from workbench.governance import deadlines
from workbench.governance.decisions import ValueDecision
from workbench.governance.value_log import Logged
from workbench.questionnaire.definition import Questionnaire

DAY = date(2026, 11, 23)
SHOWN = ("kind", "on", "passed", "office")


def due(
    phases: list[Questionnaire], answers: Mapping[str, JsonValue], *log: Logged
) -> list[tuple[object, ...]]:
    """What is due, without where it stands."""
    found = deadlines.of(phases, answers, log, DAY)
    return [tuple(getattr(one, name) for name in SHOWN) for one in found]


def decision(name: str, review_on: date | None, supersedes: str = "") -> Logged:
    """A decision of the council's office."""
    body = ValueDecision(
        question="Darf es?", office="Rat", review_on=review_on, supersedes=supersedes
    )
    return Logged(name, "conception", body)


def chain(**until: str) -> list[JsonValue]:
    """Terms that end on a day, or never."""
    return [{"task": task, "office": task.title(), "until": day} for task, day in until.items()]


@pytest.mark.parametrize(
    ("days", "found"), [(-400, True), (-1, True), (0, False), (30, False), (31, None)]
)
def test_thirty_days_before_it_appears(
    phases: list[Questionnaire], days: int, found: bool | None
) -> None:
    """The day itself has not passed; 31 days before nobody is told yet (None)."""
    on = DAY + timedelta(days=days)
    expected = [] if found is None else [("use_until", on, found, "")]

    assert due(phases, {"b.until": on.isoformat()}) == expected


def test_the_office_for_the_content_sees_to_an_answer(phases: list[Questionnaire]) -> None:
    """That of the newest phase that names any; who no longer holds the office does not."""
    answers: dict[str, JsonValue] = {
        "b.until": "2026-12-01",
        "a.chain": chain(content="2030-01-01"),
    }

    assert due(phases, answers) == [("use_until", date(2026, 12, 1), False, "Content")]
    answers["b.chain"] = chain(technology="2030-01-01")
    assert due(phases, answers) == [("use_until", date(2026, 12, 1), False, "")]


def test_terms_end(phases: list[Questionnaire]) -> None:
    """A term that ended and one that ends soon, the earliest first; not one of an earlier phase."""
    answers: dict[str, JsonValue] = {
        "a.chain": chain(operator="2026-01-01"),
        "b.chain": chain(content="2026-12-01", technology="2026-11-22", deputy="2027-12-01"),
    }
    found = deadlines.of(phases, answers, [], DAY)

    assert [(one.kind, one.passed, one.office) for one in found] == [
        ("term", True, "Technology"),
        ("term", False, "Content"),
    ]
    assert {(one.phase, one.place) for one in found} == {("design", "b.chain")}


def test_a_term_that_somebody_takes_over_is_no_gap(phases: list[Questionnaire]) -> None:
    """Also when the other one begins later; without an office nobody takes over."""
    old: JsonValue = {"task": "content", "office": "Bauamt", "until": "2026-12-01"}
    new: JsonValue = {"task": "content", "office": "Tiefbau", "since": "2026-12-02"}
    nobody: JsonValue = {"task": "content", "person": "Kim"}

    assert due(phases, {"b.chain": [old, new]}) == []
    assert len(due(phases, {"b.chain": [old, nobody]})) == 1


def test_decisions_are_looked_at_again(phases: list[Questionnaire]) -> None:
    """Unless a newer decision replaces them, or no day was set."""
    passed, soon = date(2026, 11, 1), date(2026, 12, 1)
    log = [decision("one", passed), decision("two", soon, supersedes="one"), decision("x", None)]

    assert due(phases, {}, *log) == [("decision", soon, False, "Rat")]
    assert due(phases, {}, log[0]) == [("decision", passed, True, "Rat")]


def test_what_does_not_apply_is_no_deadline(phases: list[Questionnaire]) -> None:
    """An excuse is no day."""
    assert due(phases, {"b.until": {"not_applicable": "Dauerhaft."}}) == []


def test_nothing_is_due_for_a_system_that_has_ended(phases: list[Questionnaire]) -> None:
    """Neither an answer nor a term nor a decision; a day that is still ahead ends nothing."""
    answers: dict[str, JsonValue] = {
        "b.until": "2026-12-01",
        "b.chain": chain(content="2026-12-01"),
        "b.ended": True,
    }
    log = decision("one", date(2026, 12, 1))

    assert due(phases, {**answers, "b.ended_on": "2026-11-23"}, log) == []
    assert len(due(phases, {**answers, "b.ended_on": "2026-11-24"}, log)) == 3
    assert len(due(phases, answers, log)) == 3
