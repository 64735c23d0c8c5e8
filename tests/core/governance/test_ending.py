"""The use of a system has ended when an answer that counts says so, and its day has come."""

from datetime import date

import pytest
from pydantic import JsonValue

from workbench.governance.ending import ended_on
from workbench.questionnaire import path
from workbench.questionnaire.definition import Questionnaire

DAY = date(2026, 11, 23)


def ended(phases: list[Questionnaire], **answers: JsonValue) -> date | None:
    """The day of the end by the answers that count; “_” stands for the dot."""
    given = {name.replace("_", ".", 1): answer for name, answer in answers.items()}
    return ended_on(phases, path.counting_in_all(phases, given), DAY)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2026-11-23", DAY),
        ("2026-11-24", None),
        ({"not_applicable": "Nie."}, None),
        (None, None),
    ],
)
def test_the_day_decides(phases: list[Questionnaire], told: JsonValue, found: date | None) -> None:
    """From the day itself on; an excuse is no day."""
    assert ended(phases, b_ended=True, b_ended_on=told) == found


def test_a_day_behind_a_no_is_no_end(phases: list[Questionnaire]) -> None:
    """Somebody said that it had ended, and took that back: the day is not asked any more."""
    assert ended(phases, b_ended=False, b_ended_on="2026-11-22") is None


@pytest.mark.parametrize("public", [True, False])
def test_the_public_learns_only_from_what_is_published(
    phases: list[Questionnaire], public: bool
) -> None:
    """An internal answer ends the system for those inside, and says nothing outside."""
    (section,) = phases[1].sections
    questions = tuple(one.model_copy(update={"public": public}) for one in section.questions)
    told = phases[1].model_copy(
        update={"sections": (section.model_copy(update={"questions": questions}),)}
    )
    counting: dict[str, JsonValue] = {"b.ended": True, "b.ended_on": "2026-11-22"}

    assert ended_on([told], counting, DAY) == date(2026, 11, 22)
    assert bool(ended_on([told], counting, DAY, for_public=True)) is public
