"""The real questionnaires of all phases, answered at random: 500 runs, most with few phases.

After every step path, progress, scores and knock-outs agree with a naive re-computation written
here, and every answer that was given and not taken back is still there.
"""

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from pydantic import JsonValue

from tests.examples.answered import answer, homes, phases
from workbench.questionnaire import path, progress, scoring, summary
from workbench.questionnaire.answers import AnswerSheet, accepted
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import Dimension, Question, Questionnaire, QuestionType

STEPS = 4
RUNS = {1: 220, 2: 130, 3: 70, 4: 50, 5: 30}
SEEDS = st.integers(0, 2**32)


class Naive:
    """The same rules, written as plainly as possible: a question looks up what it depends on."""

    def __init__(self, given: Mapping[str, JsonValue]) -> None:
        self.given = given
        self.known: dict[str, bool] = {}
        self.homes = homes()

    def asked(self, name: str) -> bool:
        """Whether the question is asked: both conditions hold."""
        if name not in self.known:
            question, section = self.homes[name]
            both = (section.ask_if, question.ask_if)
            self.known[name] = all(self.true(one) for one in both if one is not None)
        return self.known[name]

    def says(self, name: str) -> list[Any]:
        """What the answer says, if it counts."""
        if name not in self.homes or name not in self.given or not self.asked(name):
            return []
        value = self.given[name]
        if isinstance(value, dict):
            value = value.get("choice")
        if value is None:
            return []
        return value if isinstance(value, list) else [value]

    def true(self, condition: Condition) -> bool:
        """Whether the condition holds."""
        if condition.all is not None:
            return all(self.true(one) for one in condition.all)
        if condition.any is not None:
            return any(self.true(one) for one in condition.any)
        if condition.negation is not None:
            return not self.true(condition.negation)
        if condition.answered is not None:
            return bool(self.says(condition.answered))
        name, wanted = condition.equals or condition.any_of or ("", ())
        if condition.equals is not None:
            is_list = isinstance(self.given.get(name), list)
            return not is_list and [repr(one) for one in self.says(name)] == [repr(wanted)]
        expected = wanted if isinstance(wanted, tuple) else (wanted,)
        return bool({repr(one) for one in self.says(name)} & {repr(one) for one in expected})

    def points(self, question: Question) -> int:
        """What the answer is worth."""
        if question.score is None:
            return 0
        said = self.says(question.id)
        if question.score.steps:
            gains = [gain for start, gain in question.score.steps if said and said[0] >= start]
            return gains[-1] if gains else 0
        words = {True: "yes", False: "no"}
        return sum(
            question.score.points.get(words[one] if isinstance(one, bool) else one, 0)
            for one in said
        )

    def possible(self, question: Question) -> int:
        """The most an answer could be worth; of a safeguard only where it is asked."""
        score = question.score
        if score is None:
            return 0
        if score.indicator.dimension is Dimension.SAFEGUARDS and not self.asked(question.id):
            return 0
        gains = [gain for _, gain in score.steps] or list(score.points.values())
        return sum(gains) if question.type is QuestionType.CHOICE_MANY else max(gains)

    def knocks_out(self, question: Question) -> bool:
        """Whether the answer overrides every figure."""
        return bool(
            {repr(one) for one in self.says(question.id)} & set(map(repr, question.knock_out))
        )


class Answering(RuleBasedStateMachine):
    """A team that answers, changes its mind and takes answers back, up to some phase."""

    reached = 1

    def __init__(self) -> None:
        super().__init__()
        self.sheet = AnswerSheet()
        self.given: dict[str, JsonValue] = {}

    @property
    def asked_so_far(self) -> tuple[Questionnaire, ...]:
        """The phases reached."""
        return phases()[: self.reached]

    def save(self, questionnaire: Questionnaire, values: dict[str, JsonValue]) -> None:
        """As the product does: check at the door, then a new sheet."""
        stored = accepted(questionnaire, values)
        self.sheet = self.sheet.with_values(stored)
        self.given.update(stored)
        self.given = {name: value for name, value in self.given.items() if value is not None}

    @initialize(seed=SEEDS, share=st.sampled_from([0.0, 0.3, 0.7, 1.0]))
    def start(self, seed: int, share: float) -> None:
        """Answer some part of everything, asked or not."""
        chance = Random(seed)
        for questionnaire in self.asked_so_far:
            picked = [q for q in questionnaire.questions() if chance.random() < share]
            self.save(questionnaire, {q.id: answer(q, chance) for q in picked})

    @rule(seed=SEEDS, section=st.integers(0, 10**6))
    def answer_a_section(self, seed: int, section: int) -> None:
        """Answer every question of one page anew."""
        chance = Random(seed)
        pages = [(one, s) for one in self.asked_so_far for s in one.sections]
        questionnaire, page = pages[section % len(pages)]
        self.save(questionnaire, {q.id: answer(q, chance) for q in page.questions})

    @rule(seed=SEEDS)
    def answer_one(self, seed: int) -> None:
        """Answer one question, take it back, and answer it again: all is as before."""
        chance = Random(seed)
        questionnaire = chance.choice(self.asked_so_far)
        question = chance.choice(list(questionnaire.questions()))
        self.save(questionnaire, {question.id: answer(question, chance)})
        value, before = self.sheet[question.id], self.counted()
        self.save(questionnaire, {question.id: None})
        assert question.id not in self.sheet
        self.save(questionnaire, {question.id: value})
        assert self.counted() == before

    @rule(seed=SEEDS)
    def take_back(self, seed: int) -> None:
        """Take some answers back."""
        chance = Random(seed)
        for questionnaire in self.asked_so_far:
            names = [q.id for q in questionnaire.questions() if chance.random() < 0.1]
            self.save(questionnaire, dict.fromkeys(names))

    def counted(self) -> Mapping[str, JsonValue]:
        """The answers that count."""
        return path.counting_in_all(self.asked_so_far, self.sheet)

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every answer given and not taken back is in the sheet as it was."""
        assert dict(self.sheet) == self.given

    @invariant()
    def the_naive_way_agrees(self) -> None:
        """Path, progress and summary per phase, and the scores over all."""
        naive = Naive(self.given)
        before: Mapping[str, JsonValue] = {}
        total = 0
        for questionnaire in self.asked_so_far:
            asked = [q.id for q in questionnaire.questions() if naive.asked(q.id)]
            way = path.walk(questionnaire, self.sheet, before)
            assert list(way.visible) == asked
            measured = progress.of(questionnaire, self.sheet, before)
            answered = [name for name in asked if name in self.given]
            assert (measured.total, measured.answered) == (len(asked), len(answered))
            homes = {q.id: q for q in questionnaire.questions()}
            silent = {name for name in asked if name not in self.given}
            assert {name for name in silent if homes[name].required} == silent & {*measured.open}
            left = silent | {*measured.open}
            assert measured.minutes_left == sum(homes[name].minutes for name in left)
            if len(answered) < 20:
                told = summary.of(questionnaire, self.sheet, before)
                assert [a.question for part in told for a in part.answers if a.stated] == answered
            before, total = way.counting, total + len(answered)
        profile = scoring.of(self.asked_so_far, self.sheet)
        assert profile.answered == total
        questions = [q for one in self.asked_so_far for q in one.questions()]
        out = [q.id for q in questions if naive.knocks_out(q)]
        assert [one.question for one in profile.knock_outs] == out
        for dimension in Dimension:
            best: dict[str, tuple[int, int]] = {}
            for question in questions:
                if question.score and question.score.indicator.dimension is dimension:
                    name = question.score.alternative or question.id
                    points, possible = best.get(name, (0, 0))
                    best[name] = (
                        max(points, naive.points(question)),
                        max(possible, naive.possible(question)),
                    )
            measure = getattr(profile, dimension)
            assert measure.points == sum(points for points, _ in best.values())
            assert measure.possible == sum(possible for _, possible in best.values())


@pytest.mark.parametrize("reached", RUNS)
def test_answering_at_random(reached: int) -> None:
    """Teams that have come to this phase."""
    machine = type(f"Reached{reached}", (Answering,), {"reached": reached})
    checks = settings(
        max_examples=RUNS[reached],
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )

    run_state_machine_as_test(machine, settings=checks)


def test_all_phases_are_there() -> None:
    """The runs go through five phases, most of whose sections have a condition."""
    assert [one.phase for one in phases()] == [
        "conception",
        "design",
        "construction",
        "first_use",
        "operation",
    ]
