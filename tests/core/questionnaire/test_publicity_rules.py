"""What is published never tells an internal answer: the checker refuses questionnaires that would.

Each internal answer that decides about something published is named where it decides.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.questionnaire import checking
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.publicity_rules import told

Write = Callable[..., Path]
ROADS, BUILD = "roads/2026.1/questionnaire.yaml", "build/2026.1/questionnaire.yaml"
HIDE = {
    "start.open": (
        "        type: choice_one\n",
        "        type: choice_one\n        public: false\n",
    ),
    "plan.verdict": (
        "        knock_out: [bad]\n",
        "        knock_out: [bad]\n        public: false\n",
    ),
    "plan.uses": (
        "        feeds: uses_per_year\n",
        "        feeds: uses_per_year\n        public: false\n",
    ),
    "start.people": ("        type: group\n", "        type: group\n        public: false\n"),
}


def mistakes(folder: Path) -> list[tuple[str, str]]:
    """File and key of every mistake."""
    found = checking.problems(folder)
    return [(Path(one.file).relative_to("questionnaires").as_posix(), one.key) for one in found]


def test_an_internal_answer_decides_about_nothing_published(write: Write) -> None:
    """Neither which questions are asked nor a named condition may hang on it; a duty neither."""
    found = mistakes(write(ROADS, *HIDE["start.open"], phases=True))
    assert found == [
        (BUILD, "sections/0/ask_if"),
        (BUILD, "sections/0/questions/1/ask_if"),
        (BUILD, "sections/0/questions/2/wanted/0/when"),
        (ROADS, "sections/0/questions/1/ask_if"),
        ("lists/2026.1/conditions.yaml", "conditions/0/holds_if"),
        ("duties/2026.1.yaml", "duties/0/when"),
    ]


@pytest.mark.parametrize("question", ["plan.verdict", "plan.uses"])
def test_what_is_concluded_from_is_public(write: Write, question: str) -> None:
    """A knock-out is published with what follows, and so is the balance."""
    (only,) = mistakes(write(BUILD, *HIDE[question], phases=True))
    assert only[0] == BUILD
    assert only[1].endswith("/public")


def test_an_internal_answer_that_decides_nothing_is_fine(write: Write) -> None:
    """The twin: nothing hangs on this one."""
    assert mistakes(write(ROADS, *HIDE["start.people"], phases=True)) == []


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ({"equals": ["a.b", True]}, ("a.b",)),
        ({"not": {"any": [{"equals": ["c.d", 1]}, {"any_of": ["a.b", ["x"]]}]}}, ("a.b",)),
        ({"answered": "a.b"}, ()),
        ({"equals": ["c.d", 1]}, ()),
    ],
)
def test_what_a_condition_tells(condition: dict[str, object], named: tuple[str, ...]) -> None:
    """Also a negation tells; that something was answered does not."""
    assert told(Condition.model_validate(condition), {"a.b"}) == named
