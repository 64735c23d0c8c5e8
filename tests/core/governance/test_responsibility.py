"""Who is responsible, and where nobody is."""

from datetime import date

from pydantic import JsonValue

from workbench.governance import responsibility
from workbench.questionnaire.definition import Questionnaire

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
