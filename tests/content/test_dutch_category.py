"""The examples fall into the category of the Dutch register that their answers call for."""

from typing import Any

import pytest
from pydantic import JsonValue

from tests.examples import quickly
from workbench.basics.phases import Phase
from workbench.demo import example
from workbench.demo.example import Example
from workbench.disclosure import filling, profiles
from workbench.disclosure.filling import Stated
from workbench.questionnaire import path, summary
from workbench.resources import folder

LIBRARY = quickly.library()
EXAMPLES = example.every()
FORM = profiles.profile(profiles.load(folder("reports") / "exports"), "algoritmeregister")


def category(one: Example, **changed: JsonValue) -> str | None:
    """The category after the first phase, with some answers changed."""
    asked = LIBRARY.current(Phase.CONCEPTION)
    given: dict[str, Any] = {
        **one.phases[Phase.CONCEPTION].answers,
        **{name.replace("__", "."): value for name, value in changed.items()},
    }
    answered = (answer for part in summary.of(asked, given) for answer in part.answers)
    stated = Stated(
        questions={question.id: question for question in asked.questions()},
        answers={answer.question: answer for answer in answered},
        counting=path.counting(asked, given),
        names={
            name: named.holds_if for name, named in LIBRARY.conditions_for(LIBRARY.newest()).items()
        },
        facts={"de": {}, "en": {}},
        phase=Phase.CONCEPTION,
    )
    filled = filling.filled(FORM, stated, "de")
    return next(field.text for field in filled.fields if field.field.id == "Publicatiecategorie")


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("road-damage", "Overige algoritmes"),
        ("objections", "Impactvolle algoritmes"),
        ("flood-risk", "Impactvolle algoritmes"),
        ("loans", "Hoog-risico AI-systeem"),
    ],
)
def test_each_example_has_its_category(slug: str, expected: str) -> None:
    """Where to mend a road first weighs less than a plan on which people depend, or a loan."""
    assert category(EXAMPLES[slug]) == expected


@pytest.mark.parametrize(
    "changed",
    [
        {"scan__influence": "decides_checked"},
        {"scan__reversible": "hardly"},
        {"people__reliance": "existence"},
    ],
)
def test_a_decision_with_weight_is_impactful(changed: dict[str, JsonValue]) -> None:
    """Twin: one answer that gives the decision weight is enough."""
    assert category(EXAMPLES["road-damage"], **changed) == "Impactvolle algoritmes"
