"""The example systems are complete, true to the questionnaires, and weigh values in earnest."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.examples import quickly
from workbench.audit.auditing import audited
from workbench.audit.plan import planned
from workbench.basics.errors import BrokenContent, InvalidInput, WorkbenchError
from workbench.basics.phases import Phase
from workbench.demo import checking, example
from workbench.demo.example import Check, Decided, Example, Step
from workbench.governance import decisions, gates
from workbench.governance.gates import Beside
from workbench.questionnaire import path, progress
from workbench.questionnaire.answers import accepted
from workbench.questionnaire.definition import Questionnaire

LIBRARY = quickly.library()
EXAMPLES = example.every()
DAY = date(2026, 11, 23)
SYSTEM = "system: {name: A, purpose: B, department: C, contact: D}\nphases: {}\n"
LONGEST = 25  # words in a sentence
SMALLEST = 30  # people in a group of a table of counts


def problems(one: Example) -> Iterator[str]:
    """What is wrong with an example, each in a few words."""
    if list(one.phases) != list(Phase)[: len(one.phases)] or one.audit.after not in one.phases:
        yield "a phase is left out"
        return
    before: dict[str, Any] = {}
    for phase, step in one.phases.items():
        questionnaire = LIBRARY.current(phase)
        yield from (
            f"{questionnaire.id}: {text}" for text in answer_problems(questionnaire, step, before)
        )
        before = path.counting(questionnaire, dict(step.answers), before)
    yield from gate_problems(one)
    yield from decision_problems([made for step in one.phases.values() for made in step.decisions])
    yield from way_problems(list(one.phases.values()))
    yield from settling_problems(one)


def answer_problems(
    questionnaire: Questionnaire, step: Step, before: dict[str, Any]
) -> Iterator[str]:
    """Answers that do not fit, are missing, or that nobody asked for."""
    try:
        sheet = accepted(questionnaire, step.answers)
    except InvalidInput as error:
        yield f"not accepted: {error.fields}"
        return
    way = path.walk(questionnaire, sheet, before)
    if way.inactive:
        yield f"not asked: {way.inactive}"
    if still := progress.of(questionnaire, sheet, before).open:
        yield f"open: {still}"
    asked = {question.id for question in questionnaire.questions()}
    if unknown := [
        said.question for said in step.comments if said.question and said.question not in asked
    ]:
        yield f"a comment on no question: {unknown}"


def gate_problems(one: Example) -> Iterator[str]:
    """Conditions that are neither met nor waived, and waivers of what is met."""
    answers = {key: value for step in one.phases.values() for key, value in step.answers.items()}
    waived, audits = 0, 0
    for number, (phase, step) in enumerate(one.phases.items(), start=1):
        audits += phase is one.audit.after
        beside = Beside(day=step.submitted_on, decisions=len(step.decisions), audits=audits)
        asked = [LIBRARY.current(name) for name in list(one.phases)[:number]]
        unmet = gates.unmet(asked, answers, beside)
        excused = {waiver.gate for waiver in step.waivers}
        waived += len(excused)
        if {found.id for found in unmet} != excused:
            yield f"{phase}: not met {[found.id for found in unmet]}, waived {sorted(excused)}"
    if waived > 1:
        yield "more than one condition is waived"


def decision_problems(made: list[Decided]) -> Iterator[str]:
    """Gaps, too little tension, and whether dissent and refusal are there to be seen."""
    for one in made:
        if missing := decisions.gaps(one):
            yield f"{one.question}: {missing}"
        if not set(one.values) <= LIBRARY.values_for(LIBRARY.newest()).keys():
            yield f"{one.question}: unknown value"
        if one.decided_on and one.decided_on > DAY:
            yield f"{one.question}: decided in the future"
    if len({frozenset(one.values) for one in made}) < 3:
        yield "fewer than three tensions"
    if not any(one.dissents and one.votes_against for one in made):
        yield "nobody voted against and said why"
    if not any(len(list(filter(None, one.options))) > 2 for one in made):
        yield "no option with AI was refused"


def way_problems(steps: list[Step]) -> Iterator[str]:
    """The board approves each phase before the next, and decisions are taken in order."""
    if any(step.review is None or step.review.verdict != "approve" for step in steps[:-1]):
        yield "a phase was left without approval"
    days = [sorted(one.decided_on for one in step.decisions if one.decided_on) for step in steps]
    if any(early[-1] > late[0] for early, late in pairwise(filter(None, days))):
        yield "a later phase decided earlier"
    lived = [day for step in steps for day in lived_on(step)]
    if lived != sorted(lived) or lived[-1] > DAY:
        yield "the days are not in order"
    for step, decided in zip(steps, days, strict=True):
        if decided and not step.opened_on <= decided[0] <= decided[-1] <= step.submitted_on:
            yield "a decision outside the days of its phase"


def settling_problems(one: Example) -> Iterator[str]:
    """What is reported is a condition of an earlier phase, fulfilled by then, once."""
    known: dict[tuple[str, int], date] = {}
    for phase, step in one.phases.items():
        for each in step.settled:
            set_on = known.pop((each.phase, each.condition), None)
            if set_on is None:
                yield "no such condition, or settled before"
            elif not set_on <= each.fulfilled_on <= step.submitted_on:
                yield "fulfilled at another time than between its phase and this one"
        if step.review:
            for number in range(1, len(step.review.conditions) + 1):
                known[phase, number] = step.review.decided_on


def lived_on(step: Step) -> list[date]:
    """The days of a phase as the file gives them."""
    return [step.opened_on, step.submitted_on, *([step.review.decided_on] if step.review else [])]


def audit_problems(audit: Check, file: Path) -> Iterator[str]:
    """What the audit refuses, and groups that are too small to say anything."""
    file.write_text(audit.table, encoding="utf-8")
    try:
        result = audited(file, planned({**checking.roles(audit), **audit.plan}))
    except WorkbenchError as error:
        yield str(error)
        return
    for attribute, groups in result.groups.items():
        small = [name for name, group in groups.items() if (group.n or 0) < SMALLEST]
        if small:
            yield f"{attribute}: too small: {small}"


def sentences(content: Any) -> Iterator[str]:
    """Every sentence in answers, decisions, comments and reviews, however deep they stand."""
    if isinstance(content, str):
        yield from re.split(r"(?<=[.!?:;])\s", content)
    elif isinstance(content, dict | list | tuple):
        for part in content.values() if isinstance(content, dict) else content:
            yield from sentences(part)


def too_long(one: Example) -> list[str]:
    """The sentences that nobody reads to their end."""
    every = sentences(one.model_dump(exclude={"audit"}))
    return [said for said in every if len(said.split()) > LONGEST]


@pytest.mark.parametrize("slug", EXAMPLES)
def test_an_example_reads_easily(slug: str) -> None:
    """No sentence of an example is longer than a questionnaire's may be."""
    assert too_long(EXAMPLES[slug]) == []
    long = answers(EXAMPLES[slug], purpose__goal="Wort " * (LONGEST + 1))
    assert len(too_long(long)) == 1


@pytest.mark.parametrize("slug", EXAMPLES)
def test_an_example_is_complete(slug: str) -> None:
    """Every answer fits and is asked for, none is missing, every gate is met or waived."""
    assert list(problems(EXAMPLES[slug])) == []


@pytest.mark.parametrize("slug", [key for key, one in EXAMPLES.items() if one.audit.table])
def test_the_counts_of_an_example_can_be_audited(slug: str, tmp_path: Path) -> None:
    """The audit reads the made-up counts; every group compared has 30 people or more."""
    assert list(audit_problems(EXAMPLES[slug].audit, tmp_path / "counts.csv")) == []


def test_the_four_subjects_are_there() -> None:
    """Language, images, control and planning: each a town's own kind of question."""
    assert set(EXAMPLES) >= {"objections", "road-damage", "traffic", "flood-risk"}


def test_the_examples_reach_different_phases() -> None:
    """Somewhere the whole way can be seen, somewhere the first step."""
    assert {len(one.phases) for one in EXAMPLES.values()} >= {1, len(Phase)}


def shown_beside(examples: Iterable[Example]) -> set[str]:
    """What can be seen beside the value decisions of the examples."""
    made = [one for each in examples for step in each.phases.values() for one in step.decisions]
    seen = {
        "two opinions and a link": any(len(one.dissents) > 1 and one.sources for one in made),
        "one opinion": any(len(one.dissents) == 1 for one in made),
    }
    return {what for what, found in seen.items() if found}


def test_several_opinions_and_evidence_can_be_seen() -> None:
    """Somewhere two people disagree with one decision, and it says what it rests on."""
    assert shown_beside(EXAMPLES.values()) == {"two opinions and a link", "one opinion"}
    silent = [decided(EXAMPLES["road-damage"], dissents=())]
    assert "two opinions and a link" not in shown_beside(silent)


def changed(one: Example, **step: Any) -> Example:
    """The example, of which the first phase is different."""
    first = one.phases[Phase.CONCEPTION].model_copy(update=step)
    return one.model_copy(update={"phases": {**one.phases, Phase.CONCEPTION: first}})


def answers(one: Example, **values: Any) -> Example:
    """The example with other answers in the first phase; None takes one away."""
    given = {
        **one.phases[Phase.CONCEPTION].answers,
        **{k.replace("__", "."): v for k, v in values.items()},
    }
    return changed(one, answers={key: value for key, value in given.items() if value is not None})


def decided(one: Example, **fields: Any) -> Example:
    """The example in which all decisions of the first phase are different."""
    made = [each.model_copy(update=fields) for each in one.phases[Phase.CONCEPTION].decisions]
    return changed(one, decisions=tuple(made))


BROKEN: dict[str, tuple[Callable[[Example], Example], str]] = {
    "unknown question": (lambda one: answers(one, scan__nothing="x"), "not accepted"),
    "wrong option": (lambda one: answers(one, scan__role="king"), "not accepted"),
    "missing answer": (lambda one: answers(one, purpose__goal=None), "open"),
    "nobody asked": (lambda one: answers(one, law__prohibited_review="x"), "not asked"),
    "gate": (lambda one: answers(one, people__staff_council_informed=False), "staff_council"),
    "gap": (lambda one: decided(one, reasons=""), "reasons"),
    "future": (lambda one: decided(one, decided_on=date(2030, 1, 1)), "decided in the future"),
    "outside its phase": (
        lambda one: decided(one, decided_on=date(2025, 1, 1)),
        "outside the days",
    ),
    "handed over before it began": (
        lambda one: changed(one, submitted_on=date(2025, 1, 1)),
        "not in order",
    ),
    "unknown value": (lambda one: decided(one, values=("gold", "equality")), "unknown value"),
    "no tension": (lambda one: changed(one, decisions=()), "fewer than three tensions"),
    "no dissent": (lambda one: decided(one, dissents=()), "nobody voted against"),
    "no refusal": (lambda one: decided(one, options=("a", "b"), chosen=1), "no option with AI"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_with_an_example_is_found(name: str) -> None:
    """One fault in an example that is sound otherwise is named."""
    broken, told = BROKEN[name]
    assert any(told in text for text in problems(broken(EXAMPLES["loans"])))


def test_a_phase_without_approval_is_found() -> None:
    """Nobody goes on before the board has approved, and no phase is left out."""
    furthest = next(iter(EXAMPLES.values()))
    assert "a phase was left without approval" in list(problems(changed(furthest, review=None)))
    late = {Phase.OPERATION: furthest.phases[Phase.OPERATION]}
    assert list(problems(furthest.model_copy(update={"phases": late}))) == ["a phase is left out"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"condition": 9}, "no such condition"),
        ({"phase": Phase.OPERATION}, "no such condition"),
        ({"fulfilled_on": date(2024, 1, 1)}, "at another time"),
    ],
)
def test_a_condition_that_cannot_be_settled_is_found(change: dict[str, Any], told: str) -> None:
    """Another one, one that is set later, or one that was fulfilled before it was set."""
    furthest = next(iter(EXAMPLES.values()))
    first = furthest.phases[Phase.FIRST_USE]
    wrong = first.settled[0].model_copy(update=change)
    step = first.model_copy(update={"settled": (wrong,)})
    phases = {**furthest.phases, Phase.FIRST_USE: step}
    assert any(
        told in text for text in settling_problems(furthest.model_copy(update={"phases": phases}))
    )


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("district,tp,fp,tn,fn\nNord,40,5,40,5\nSüd,9,1,9,1\n", "too small"),
        ("district,tp,fp,tn\nNord,40,5,40\nSüd,9,1,9\n", "has no column"),
        ("district,tp,fp,tn,fn\nNord,40,5,40,-5\nSüd,40,5,40,5\n", "cannot be negative"),
    ],
)
def test_counts_that_do_not_hold_are_found(table: str, told: str, tmp_path: Path) -> None:
    """Small groups, missing columns and impossible counts are named."""
    plan = {"attributes": ("district",), "reason": "Jeder Stadtteil zählt."}
    audit = Check(after=Phase.CONCEPTION, table=table, plan=plan)
    assert any(told in text for text in audit_problems(audit, tmp_path / "counts.csv"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("system: {name: A}\n", "line 1, system/purpose: expected this key"),
        ("system: [\n", "valid YAML"),
        (f"{SYSTEM}audit: {{after: design, plan: {{}}}}\n", "either a table of counts or a model"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(content: str, told: str, tmp_path: Path) -> None:
    """A file that is no example says where and what is expected."""
    file = tmp_path / "broken.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BrokenContent) as refused:
        example.read(file)
    assert told in str(refused.value)
