"""The way through a questionnaire."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.questionnaire import conditions, path, progress, summary, types
from workbench.questionnaire.answers import AnswerSheet
from workbench.questionnaire.definition import Questionnaire

ALWAYS = (
    "first.name",
    "first.story",
    "first.open",
    "second.places",
    "second.people",
    "second.page",
)


@pytest.mark.parametrize(
    ("answers", "more", "inactive"),
    [
        ({}, (), ()),
        ({"first.open": True}, ("first.kind",), ()),
        ({"first.open": True, "first.kind": "road"}, ("first.kind", "first.length"), ()),
        ({"first.open": True, "first.kind": "path"}, ("first.kind",), ()),
        (
            {"first.open": False, "first.kind": "road", "first.length": 5},
            (),
            ("first.kind", "first.length"),
        ),
        ({"second.places": ["road", "path"]}, ("second.day",), ()),
    ],
)
def test_walk(
    sample: Questionnaire, answers: dict[str, Any], more: tuple[str, ...], inactive: tuple[str, ...]
) -> None:
    """Conditions decide in order; a hidden question's answer does not count for the next one."""
    way = path.walk(sample, AnswerSheet(answers))

    assert set(way.visible) == {*ALWAYS, *more}
    assert way.inactive == inactive


def test_walk_keeps_the_order_and_the_sheet(sample: Questionnaire) -> None:
    """Questions come in the order of the questionnaire, and the answers stay as they are."""
    sheet = AnswerSheet({"first.open": True, "second.places": ["path"]})
    before = dict(sheet)

    visible = path.walk(sample, sheet).visible

    assert visible == tuple(q.id for q in sample.questions() if q.id in visible)
    assert dict(sheet) == before


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "first.name": st.text(min_size=1, max_size=5),
        "first.open": st.booleans(),
        "first.kind": st.sampled_from(["road", "path"]),
        "first.length": st.integers(0, 5000),
        "second.places": st.lists(st.sampled_from(["road", "path"]), unique=True),
        "second.day": st.just("2026-05-03"),
        "second.people": st.just([{"who": "Kim"}]),
        "second.page": st.just("https://a.example"),
        "second.verdict": st.just({"choice": "road", "reason": "Nah."}),
    },
)


@given(answers=ANSWERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hidden_questions_never_count(sample: Questionnaire, answers: dict[str, Any]) -> None:
    """For all answers: what is shown has a true condition; what is not counts nowhere."""
    sheet = AnswerSheet(answers)
    way = path.walk(sample, sheet)
    counting = {key: value for key, value in sheet.items() if key in way.visible}

    for question in sample.questions():
        shown = question.id in way.visible
        assert shown is conditions.holds(question.ask_if, counting)
    measured = progress.of(sample, sheet)
    said = [answer for section in summary.of(sample, sheet) for answer in section.answers]
    assert tuple(answer.question for answer in said) == way.visible
    assert measured.total == len(way.visible)
    assert measured.answered == len(counting) == sum(answer.stated for answer in said)
    assert not set(measured.open) & set(way.inactive)
    for section in sample.sections:
        part = measured.sections[section.id]
        assert part.total == len([q for q in section.questions if q.id in way.visible])
    assert all(types.is_empty(answers[key]) for key in answers.keys() - sheet.keys())
