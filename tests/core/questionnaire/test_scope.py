"""What is asked in all phases, and why."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from tests.examples.answered import answer, phases
from workbench.questionnaire import path, progress, scope
from workbench.questionnaire.definition import Questionnaire


def made(sample: Questionnaire) -> tuple[Questionnaire, Questionnaire]:
    """The sample, and a later phase whose first section depends on the sample's answers."""
    plain = sample.model_dump(mode="json", by_alias=True, exclude_unset=True)
    plain |= {"id": "later", "phase": "design"}
    for section in plain["sections"]:
        for question in section["questions"]:
            question["id"] = f"later_{question['id']}"
            question.pop("ask_if", None)
    plain["sections"][0] |= {
        "ask_if": {"equals": ["first.kind", "road"]},
        "because": {"de": "Straße.", "en": "A road."},
        "because_not": {"de": "Keine Straße.", "en": "No road."},
    }
    return sample, Questionnaire.model_validate(plain)


def test_a_section_says_why_it_is_asked_or_not(sample: Questionnaire) -> None:
    """The answers of the first phase decide about a section of the second."""
    both = made(sample)

    asked = scope.of(both, {"first.open": True, "first.kind": "road"})
    spared = scope.of(both, {"first.open": True, "first.kind": "path"})

    assert [part.section for part in asked] == ["first", "second", "first", "second"]
    assert asked[0].because is None
    assert asked[2].asked
    assert asked[2].because is not None
    assert asked[2].because.in_language("en") == "A road."
    assert (asked[2].questions, asked[2].minutes) == (5, 10)
    assert not spared[2].asked
    assert spared[2].because is not None
    assert spared[2].because.in_language("en") == "No road."
    assert (spared[2].questions, spared[2].minutes) == (0, 0)


def test_a_section_without_a_question_is_not_asked(sample: Questionnaire) -> None:
    """It applies, but none of its questions does: no reason is made up for that."""
    plain = sample.model_dump(mode="json", by_alias=True, exclude_unset=True)
    plain["sections"][1] |= {"because_not": {"de": "Kein Weg.", "en": "No path."}}
    for question in plain["sections"][1]["questions"]:
        question["ask_if"] = {"equals": ["first.kind", "path"]}

    spared = scope.of([Questionnaire.model_validate(plain)], {"first.open": True})[1]

    assert (spared.asked, spared.because, spared.minutes) == (False, None, 0)


def test_a_hidden_answer_of_an_earlier_phase_does_not_count(sample: Questionnaire) -> None:
    """The kind of road is kept but not asked: the later section is spared."""
    both = made(sample)
    answers: dict[str, JsonValue] = {
        "first.open": False,
        "first.kind": "road",
        "later_first.name": "Kim",
    }

    assert not scope.of(both, answers)[2].asked
    assert "later_first.name" not in path.counting_in_all(both, answers)
    way = path.walk(both[1], answers, path.counting(both[0], answers))
    assert way.inactive == ("later_first.name",)
    assert way.sections == ("second",)


def test_progress_knows_the_sections_not_asked(sample: Questionnaire) -> None:
    """Their questions do not count, and the reason is there."""
    _, later = made(sample)

    spared = progress.of(later, {}, {"first.kind": "path"})
    asked = progress.of(later, {}, {"first.kind": "road"})

    assert not spared.sections["first"].asked
    assert spared.sections["first"].because is not None
    assert (spared.total, asked.total) == (5, 10)
    assert asked.sections["first"].asked
    assert asked.sections["second"].because is None


def test_open_questions_make_the_length_a_range(sample: Questionnaire) -> None:
    """Six questions of 2 minutes are certain, four depend on answers that are still open."""
    assert scope.length([sample], {}) == scope.Length(least=12, most=20)
    assert scope.length([sample], {}).depends
    settled: dict[str, JsonValue] = {"first.open": True, "first.kind": "road"}
    settled["second.places"] = ["path"]
    known = scope.length([sample], {**settled, "second.page": "https://a.example"})
    assert known == scope.Length(least=20, most=20)
    assert not known.depends


def test_what_an_open_question_decides_about_does_not_count_as_answered(
    sample: Questionnaire,
) -> None:
    """The kind is answered, but whether it is asked is open, so the length of the road is too."""
    found = scope.length([sample], {"first.kind": "road", "second.places": []})

    assert found == scope.Length(least=12, most=18)


def test_what_is_left_counts_only_what_is_not_answered(sample: Questionnaire) -> None:
    """Nor the optional questions of a section that is complete."""
    answers: dict[str, JsonValue] = {"first.name": "Weg", "first.open": False}
    measured = progress.of(sample, answers)

    assert scope.left([sample], answers, measured) == scope.Length(least=6, most=10)
    assert scope.left([sample], {}, progress.of(sample, {})) == scope.length([sample], {})


@given(seed=st.integers(0, 2**32), share=st.sampled_from([0.2, 0.5, 0.8]))
@settings(max_examples=60, deadline=None)
def test_whatever_is_answered_next_stays_within_the_range(seed: int, share: float) -> None:
    """The real questionnaires: some are answered, then all; the minutes were foretold."""
    chance = Random(seed)
    everything = {q.id: answer(q, chance) for one in phases() for q in one.questions()}
    some = {name: value for name, value in everything.items() if chance.random() < share}
    before, after = scope.length(phases(), some), scope.length(phases(), everything)

    assert after.least == after.most
    assert before.least <= after.most <= before.most
