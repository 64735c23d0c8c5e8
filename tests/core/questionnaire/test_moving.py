"""Moving to a newer version: nothing changes unseen, and every fitting answer stays."""

from typing import Any

import pytest
from pydantic import JsonValue

from workbench.questionnaire import moving
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import (
    Dimension,
    Gate,
    Indicator,
    Question,
    Questionnaire,
    QuestionType,
    Score,
    Source,
    Text,
)
from workbench.questionnaire.library import Library


def changed(sample: Questionnaire, **questions: dict[str, Any] | None) -> Questionnaire:
    """The sample with questions changed, or taken out (None); “_” stands for the dot."""
    edits = {name.replace("_", ".", 1): edit for name, edit in questions.items()}

    def edited(question: Question) -> Question:
        return question.model_copy(update=edits.get(question.id) or {})

    sections = tuple(
        section.model_copy(
            update={
                "questions": tuple(
                    edited(question)
                    for question in section.questions
                    if edits.get(question.id, {}) is not None
                )
            }
        )
        for section in sample.sections
    )
    return sample.model_copy(update={"version": "2026.2", "sections": sections})


def kinds(moved: tuple[moving.Move, ...]) -> list[tuple[str, str, bool]]:
    """The moves as short as possible."""
    return [(one.question.id, one.kind, one.answered) for one in moved]


def test_the_same_questions_move_nothing(sample: Questionnaire) -> None:
    """A new version with the same questions asks nobody to look."""
    assert moving.moves(sample, changed(sample), {"first.name": "Weg"}) == ()


def test_new_reworded_and_gone(sample: Questionnaire) -> None:
    """Each kind is named once, what is gone at the end, with whether it was answered."""
    new = changed(
        sample,
        first_story=None,
        first_name={"title": Text({"de": "Name?", "en": "Name?"})},
    )
    sheet: dict[str, JsonValue] = {"first.story": "Es war einmal.", "first.name": "Weg"}
    assert kinds(moving.moves(sample, new, sheet)) == [
        ("first.name", "reworded", True),
        ("first.story", "gone", True),
    ]
    assert kinds(moving.moves(new, sample, {})) == [
        ("first.name", "reworded", False),
        ("first.story", "new", False),
    ]


def test_what_is_reworded_is_told_before_and_after(sample: Questionnaire) -> None:
    """The old words stand beside the new ones, also those of a field of a group."""
    title = Text({"de": "Name?", "en": "Name?"})
    group = next(one for one in sample.questions() if one.fields)
    who = group.fields[0].model_copy(update={"max_length": 50})
    new = changed(
        sample,
        first_name={"title": title},
        **{group.id.replace(".", "_", 1): {"fields": (who, *group.fields[1:])}},
    )
    reworded, grouped = moving.moves(sample, new, {})

    old = next(one for one in sample.questions() if one.id == "first.name").title
    assert reworded.changes == (moving.Change(None, moving.TITLE, (old,), (title,)),)
    assert grouped.changes == (moving.Change(who.title, "Characters at most", (), (50,)),)


WORDS = Text({"de": "Reichweite", "en": "Reach"})
REACH = Indicator(
    id="reach",
    dimension=Dimension.IMPACT,
    title=WORDS,
    help=WORDS,
    source=Source(id="x", title=WORDS, version="1", link="https://x.example"),
)
RULES: dict[str, dict[str, Any]] = {
    "Kind of answer": {"type": QuestionType.SHORT_TEXT},
    "When the question is asked": {"ask_if": Condition.model_validate({"answered": "first.name"})},
    "Points for the answer": {"score": Score(indicator=REACH, points={"yes": 1})},
    "Answers that override every figure": {"knock_out": ("x",)},
}


@pytest.mark.parametrize("part", RULES)
def test_another_rule_is_named(sample: Questionnaire, part: str) -> None:
    """That it differs, without words for before and after."""
    (move,) = moving.moves(sample, changed(sample, first_story=RULES[part]), {})
    assert move.changes == (moving.Change(None, part, (), ()),)


def test_a_condition_of_the_section_counts_for_its_questions(sample: Questionnaire) -> None:
    """Each of them is asked on another condition than before."""
    asked_if = Condition.model_validate({"answered": "first.name"})
    first, second = sample.sections
    new = sample.model_copy(
        update={"sections": (first, second.model_copy(update={"ask_if": asked_if}))}
    )
    moved = moving.moves(sample, new, {})
    assert [one.question.id for one in moved] == [one.id for one in second.questions]


def test_an_answer_that_would_be_published_is_told(sample: Questionnaire) -> None:
    """Whoever wrote it for the house has to know; also of a field of a group."""
    group = sample.question("second.people")
    inside = (group.fields[0].model_copy(update={"public": False}), *group.fields[1:])
    old = changed(sample, first_story={"public": False}, second_people={"fields": inside})
    published = [one.changes for one in moving.moves(old, sample, {})]
    assert published == [
        (moving.Change(None, "Is published", (False,), (True,)),),
        (moving.Change(inside[0].title, "Is published", (False,), (True,)),),
    ]


def test_the_conditions_for_leaving_are_compared(sample: Questionnaire) -> None:
    """New ones and those that ask for something else; and those that fall away."""

    def gate(name: str, answered: str) -> Gate:
        need = Condition.model_validate({"answered": answered})
        return Gate(id=name, title=WORDS, help=WORDS, need=need)

    same, looser, gone = (gate(name, "first.name") for name in ("same", "looser", "gone"))
    old = sample.model_copy(update={"gate": (same, looser, gone)})
    other, added = gate("looser", "first.open"), gate("added", "first.name")
    new = sample.model_copy(update={"gate": (added, same, other)})

    assert moving.gates(old, new) == (added, other)
    assert moving.gates_gone(old, new) == (gone,)
    assert (moving.gates(old, old), moving.gates_gone(old, old)) == ((), ())


def test_a_new_option_is_told(sample: Questionnaire) -> None:
    """All options before and all options now; other parts are not repeated."""
    question = next(one for one in sample.questions() if one.options)
    fewer = question.options[:-1]
    (move,) = moving.moves(
        sample, changed(sample, **{question.id.replace(".", "_", 1): {"options": fewer}}), {}
    )
    told = moving.Change(None, "Answers to choose from", question.options, fewer)
    assert move.changes == (told,)


@pytest.mark.parametrize(("length", "kind"), [(12, "unfit"), (3, "reworded")])
def test_an_answer_that_no_longer_fits(sample: Questionnaire, length: float, kind: str) -> None:
    """A smaller limit leaves small answers and asks for large ones anew."""
    new = changed(sample, first_length={"maximum": 5.0})
    assert kinds(moving.moves(sample, new, {"first.length": length})) == [
        ("first.length", kind, True)
    ]


def test_how_many_options_fit_is_part_of_what_is_asked(sample: Questionnaire) -> None:
    """A limit on the number of options, or one that stands alone, is shown as reworded."""
    question = next(one for one in sample.questions() if one.options)
    for edit in ({"at_most": 1}, {"exclusive": (question.options[0].id,)}):
        new = changed(sample, **{question.id.replace(".", "_", 1): edit})
        assert kinds(moving.moves(sample, new, {})) == [(question.id, "reworded", False)]


def test_former_questions_are_known_as_they_were_worded_last(sample: Questionnaire) -> None:
    """Of all other versions of the same questionnaire; what is still asked is not among them."""
    middle = changed(sample, first_story={"title": Text({"de": "Was?", "en": "What?"})})
    newest = changed(sample, first_story=None).model_copy(update={"version": "2026.10"})
    other = sample.model_copy(update={"id": "other"})
    library = Library((newest, middle, other, sample), {}, {})
    (former,) = library.former(newest)
    assert (former.id, former.title) == ("first.story", Text({"de": "Was?", "en": "What?"}))
    assert library.former(sample) == ()
    assert Library((other,), {}, {}).former(other) == ()
