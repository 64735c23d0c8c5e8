"""Days in conditions: compared with days, dated by a source."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.questionnaire import checking
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import QuestionType
from workbench.questionnaire.satisfying import Node, satisfiable

Write = Callable[..., Path]
GATE = "need: {answered: plan.verdict}"
CHAIN = "      - id: plan.chain\n"
DAY = """\
      - id: plan.day
        type: date
        capacity: [it]
        minutes: 1
        source: road-act
        value: equality
"""


@pytest.fixture
def problems(write: Write) -> Callable[[str], list[str]]:
    """What is wrong with a gate that needs this, beside a question for a day."""

    def found(need: str) -> list[str]:
        folder = write("build/2026.1/questionnaire.yaml", GATE, f"need: {need}", phases=True)
        file = folder / "build/2026.1/questionnaire.yaml"
        file.write_text(file.read_text("utf-8").replace(CHAIN, DAY + CHAIN), "utf-8")
        for language in ("de", "en"):
            texts = folder / f"build/2026.1/text.{language}.yaml"
            words = "  plan.day: {title: When?, why: Because., example: Today}\n  plan.chain:\n"
            texts.write_text(texts.read_text("utf-8").replace("  plan.chain:\n", words), "utf-8")
        source = folder / "sources/road-act.yaml"
        source.write_text(source.read_text("utf-8") + "applies_from: 2027-12-02\n", "utf-8")
        return [str(one) for one in checking.problems(folder)]

    return found


def test_a_day_of_a_source_fits(problems: Callable[[str], list[str]]) -> None:
    """The day from which the law applies."""
    assert problems('{before: [plan.day, "2027-12-02"]}') == []


def test_a_day_without_a_source_is_found(problems: Callable[[str], list[str]]) -> None:
    """Law is data with a source: any other day is somebody's opinion."""
    (problem,) = problems('{not: {before: [plan.day, "2027-12-03"]}}')
    assert "2027-12-03" in problem
    assert "gate/1/need" in problem


def test_only_days_come_before_days(problems: Callable[[str], list[str]]) -> None:
    """A judgement is no day."""
    assert any("plan.verdict" in one for one in problems("{before: [plan.verdict, plan.day]}"))


def test_the_search_for_contradictions_knows_days() -> None:
    """Both days must be given, and nothing else follows from them."""
    nodes = {name: Node(QuestionType.DATE, (), ()) for name in ("a.one", "a.two")}
    before = Condition(before=("a.one", "a.two"))
    gone = Condition.model_validate({"not": {"answered": "a.two"}})
    not_before = Condition.model_validate({"not": before.model_dump(exclude_unset=True)})
    either = Condition.model_validate(
        {"any": [not_before.model_dump(by_alias=True, exclude_unset=True)]}
    )

    assert satisfiable([before], nodes)
    assert not satisfiable([before, gone], nodes)
    assert satisfiable([not_before, gone], nodes)
    assert satisfiable([either, gone], nodes)
