"""The ordered list of questions and answers."""

from workbench.questionnaire import summary
from workbench.questionnaire.answers import AnswerSheet
from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.summary import SummarySection


def test_summary_says_every_answer_in_both_languages(sample: Questionnaire) -> None:
    """Words, rows and flags of what was answered; "not stated" where nothing was."""
    sheet = AnswerSheet(
        {
            "second.places": ["path"],
            "second.day": "2026-05-03",
            "second.people": [{"who": "Kim"}],
        }
    )

    first, second = summary.of(sample, sheet)

    by_id = {answer.question: answer for answer in second.answers}
    assert first.title.in_language("de") == "Zuerst"
    assert not first.answers[0].stated
    assert first.answers[0].words["en"] == ("not stated",)
    assert by_id["second.day"].words["de"] == ("3. Mai 2026",)
    assert not by_id["second.day"].public
    assert by_id["second.people"].rows["en"] == ((("Who", ("Kim",)),),)
    assert by_id["second.people"].value == [{"who": "Kim"}]
    assert by_id["second.page"].rows == {"de": (), "en": ()}


def test_inactive_answers_are_left_out(sample: Questionnaire) -> None:
    """An answer to a question not asked now is not in the summary."""
    sheet = AnswerSheet({"first.open": False, "first.kind": "road"})

    said = [answer.question for section in summary.of(sample, sheet) for answer in section.answers]

    assert "first.kind" not in said


def test_of_some_questions_only_what_is_asked_is_told(sample: Questionnaire) -> None:
    """A section without any of them is left out; the others read as in the whole summary."""
    sheet = AnswerSheet(
        {"first.open": False, "first.kind": "road", "second.page": "https://a.example"}
    )
    wanted = {"second.page", "first.kind"}

    (section,) = summary.of(sample, sheet, among=wanted)

    (whole,) = (one for one in summary.of(sample, sheet) if one.id == "second")
    assert section.answers == tuple(one for one in whole.answers if one.question in wanted)
    assert [one.question for one in section.answers] == ["second.page"]


def test_summary_survives_json(sample: Questionnaire) -> None:
    """A section written as JSON reads back equal: it can be stored with an edition."""
    sheet = AnswerSheet({"second.people": [{"who": "Kim"}], "first.length": 5})

    for section in summary.of(sample, sheet):
        assert SummarySection.model_validate_json(section.model_dump_json()) == section


def test_a_section_nobody_is_asked_is_left_out(sample: Questionnaire) -> None:
    """No heading without a question."""
    first, second = sample.sections
    only_kind = first.model_copy(update={"questions": (sample.question("first.kind"),)})
    smaller = sample.model_copy(update={"sections": (only_kind, second)})

    assert [section.id for section in summary.of(smaller, AnswerSheet())] == ["second"]
