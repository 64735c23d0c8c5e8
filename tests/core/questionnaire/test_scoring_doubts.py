"""The real questionnaires, answered at random: a doubt that is added never lowers the impact."""

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from tests.examples.answered import answer, phases
from workbench.questionnaire import path, scoring
from workbench.questionnaire.definition import Dimension

NODES = {
    "biometrics": "class.biometrics",
    "infrastructure": "class.infrastructure",
    "education": "class.education",
    "employment": "class.employment",
    "benefits": "class.benefits",
    "credit": "class.credit",
    "emergency": "class.emergency",
    "law_enforcement": "class.law_enforcement",
    "migration": "class.migration",
    "justice": "class.justice",
}
SEEDS, SHARES = st.integers(0, 2**32), st.sampled_from([0.5, 0.9, 1.0])
Answers = Mapping[str, JsonValue]


def sheet(seed: int, share: float, areas: list[str]) -> dict[str, JsonValue]:
    """Some answers to the phases up to design, for a learning system in these areas."""
    chance = Random(seed)
    questions = [q for one in phases()[:2] for q in one.questions() if chance.random() < share]
    known: Answers = {"scan.technique": "learning", "scan.areas": [*areas]}
    return {question.id: answer(question, chance) for question in questions} | dict(known)


def judged(choice: str) -> JsonValue:
    """A judgement with its reason."""
    return {"choice": choice, "reason": "Geprüft."}


def impact(answers: Answers) -> float:
    """The share, of which something is stated."""
    share = scoring.of(phases()[:2], answers).impact.share
    assert share is not None
    return share


@given(
    seed=SEEDS,
    share=SHARES,
    areas=st.lists(st.sampled_from(sorted(NODES)), min_size=1, max_size=4, unique=True),
    added=st.sampled_from(sorted(NODES)),
    choice=st.sampled_from(["none", "unclear"]),
)
@settings(max_examples=150, deadline=None)
def test_one_more_area_never_lowers_the_impact(
    seed: int, share: float, areas: list[str], added: str, choice: str
) -> None:
    """Whether the doubt is dispelled ("none") or stays ("unclear")."""
    assume(added not in areas)
    before = sheet(seed, share, areas)
    after: Answers = {**before, "scan.areas": [*areas, added], NODES[added]: judged(choice)}

    assert impact(after) >= impact(before)


@given(seed=SEEDS, share=SHARES, added=st.sampled_from(sorted(NODES)))
@settings(max_examples=80, deadline=None)
def test_the_first_area_never_lowers_the_impact(seed: int, share: float, added: str) -> None:
    """Somebody who was sure that no area applies, and now looks at one after all."""
    before = {**sheet(seed, share, ["none"]), "class.no_area": judged("confirmed")}
    after: Answers = {**before, "scan.areas": [added], NODES[added]: judged("none")}

    assert impact(after) >= impact(before)


@given(seed=SEEDS, areas=st.lists(st.sampled_from(sorted(NODES)), min_size=1, unique=True))
@settings(max_examples=150, deadline=None)
def test_no_answer_that_is_added_lowers_the_impact(seed: int, areas: list[str]) -> None:
    """Of all questions that give points, if it takes no other answer away."""
    before, chance = sheet(seed, 0.5, areas), Random(seed)
    shown = {name for one in phases()[:2] for name in path.visible(one, before, before)}
    open_ones = [
        question
        for one in phases()[:2]
        for question in one.questions()
        if question.score
        and question.score.indicator.dimension is Dimension.IMPACT
        and question.id in shown - set(before)
    ]
    assume(open_ones)
    added = chance.choice(open_ones)
    after: Answers = {**before, added.id: answer(added, chance)}
    counted = path.counting_in_all(phases()[:2], before)
    assume(set(counted) <= set(path.counting_in_all(phases()[:2], after)))

    assert impact(after) >= impact(before)


def test_what_a_reviewer_found() -> None:
    """A system of little impact stays where it is, however many areas are looked at for nothing."""
    known: Answers = {
        "scan.technique": "learning",
        "scan.influence": "suggests",
        "scan.people": ["residents"],
        "scan.personal_data": "no",
        "scan.reversible": "effort",
    }
    shares = []
    for count in range(1, len(NODES) + 1):
        areas = sorted(NODES)[:count]
        nodes = {NODES[one]: judged("none") for one in areas}
        shares.append(impact({**known, "scan.areas": [*areas], **nodes}))

    assert shares == [pytest.approx(shares[0])] * len(NODES)
