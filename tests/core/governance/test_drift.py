"""Linked answers phase by phase: what belongs together, and what has changed."""

from typing import Any

import pytest
from pydantic import JsonValue

from workbench.governance import drift
from workbench.governance.drift import Drift
from workbench.questionnaire.definition import Questionnaire

SOURCE = {
    "id": "law",
    "title": {"de": "Gesetz", "en": "Law"},
    "version": "1",
    "link": "https://law.example",
    "checked_on": "2026-05-01",
}


def value(name: str) -> dict[str, Any]:
    """A value."""
    words = {"de": name, "en": name}
    return {"id": name, "title": words, "source": SOURCE}


def asked(name: str, kind: str = "number", about: str = "dignity", **more: Any) -> dict[str, Any]:
    """A question about a value."""
    words = {"de": name, "en": name}
    return {"id": name, "type": kind, "title": words, "value": value(about), **more}


def phase(name: str, *questions: dict[str, Any]) -> Questionnaire:
    """A questionnaire for a phase."""
    words = {"de": name, "en": name}
    section = {"id": "s", "title": words, "intro": words, "questions": list(questions)}
    return Questionnaire.model_validate(
        {"id": name, "version": "1", "phase": name, "title": words, "sections": [section]}
    )


def found(*phases: Questionnaire, **answers: JsonValue) -> dict[str, list[tuple[list[str], Drift]]]:
    """Value → the ids in each thread, and whether it has drifted."""
    threads = drift.threads(phases, {key.replace("_", "."): one for key, one in answers.items()})
    return {
        key: [([said.question.id for said in one.said], one.drift) for one in each]
        for key, each in threads.items()
    }


FIRST = phase("conception", asked("c.rate"), asked("c.role", "long_text"))
LAST = phase("operation", asked("o.rate", earlier=["c.rate"]))


@pytest.mark.parametrize(("now", "told"), [(94, Drift.CHANGED), (10, Drift.SAME)])
def test_the_same_question_asked_again_shows_drift(now: int, told: Drift) -> None:
    """10 expected and 94 observed is a change; 10 and 10 is none."""
    assert found(FIRST, LAST, c_rate=10, o_rate=now) == {"dignity": [(["c.rate", "o.rate"], told)]}


def test_advice_only_and_94_percent_stand_together_without_a_verdict() -> None:
    """A number beside words: both are shown, and people compare."""
    last = phase("operation", asked("o.rate", earlier=["c.role"]))
    threads = found(FIRST, last, c_role="Es berät nur.", o_rate=94)
    assert threads == {"dignity": [(["c.role", "o.rate"], Drift.UNCLEAR)]}


def test_other_units_are_no_change() -> None:
    """Minutes and days are not compared by a program."""
    units = [{"de": one, "en": one} for one in ("Tage", "Minuten")]
    phases = (
        phase("conception", asked("c.time", unit=units[0])),
        phase("operation", asked("o.time", unit=units[1], earlier=["c.time"])),
    )
    assert found(*phases, c_time=3, o_time=4)["dignity"][0][1] is Drift.UNCLEAR


def test_a_thread_runs_through_all_phases_of_its_value() -> None:
    """Operation looks at design, design at conception: one thread of three, not two of two."""
    middle = phase("design", asked("d.rate", earlier=["c.rate"]))
    last = phase("operation", asked("o.rate", earlier=["d.rate"]))
    answers: dict[str, JsonValue] = {"c_rate": 1, "d_rate": 2, "o_rate": 2}
    ids = ["c.rate", "d.rate", "o.rate"]
    assert found(FIRST, middle, last, **answers) == {"dignity": [(ids, Drift.CHANGED)]}


def test_it_does_not_run_on_into_another_value() -> None:
    """A link of a link that is about something else stays outside."""
    first = phase("conception", asked("c.rate", about="equality"))
    middle = phase("design", asked("d.rate", about="equality", earlier=["c.rate"]))
    last = phase("operation", asked("o.rate", earlier=["d.rate"]))
    threads = found(first, middle, last, c_rate=1, d_rate=2, o_rate=2)
    assert [ids for ids, _ in threads["dignity"]] == [["d.rate", "o.rate"]]
    assert [ids for ids, _ in threads["equality"]] == [["c.rate", "d.rate"]]


def test_what_changed_comes_first() -> None:
    """Of two threads about a value, the one that changed stands above."""
    first = phase("conception", asked("a.one"), asked("b.one"))
    last = phase("operation", asked("a.two", earlier=["a.one"]), asked("b.two", earlier=["b.one"]))
    threads = found(first, last, a_one=1, a_two=1, b_one=1, b_two=2)
    assert [one for _, one in threads["dignity"]] == [Drift.CHANGED, Drift.SAME]


def test_what_is_not_answered_or_stands_in_one_phase_is_no_thread() -> None:
    """Twin: nothing to compare."""
    same = phase("conception", asked("c.rate"), asked("c.again", earlier=["c.rate"]))
    assert found(FIRST, LAST, c_rate=10) == {}
    assert found(same, c_rate=10, c_again=20) == {}
