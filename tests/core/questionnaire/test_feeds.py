"""What the product reads from answers."""

from pydantic import JsonValue

from workbench.questionnaire import feeds
from workbench.questionnaire.definition import FeedName, Questionnaire

USES = FeedName.USES_PER_YEAR


def feeding(sample: Questionnaire, identifier: str, prefix: str) -> Questionnaire:
    """The sample under other ids, one question of which feeds the uses per year."""
    plain = sample.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for section in plain["sections"]:
        for question in section["questions"]:
            question.pop("ask_if", None)
            if question["id"] == identifier:
                question["feeds"] = USES
            question["id"] = prefix + question["id"]
    return Questionnaire.model_validate(plain)


def test_the_newest_answer_counts(sample: Questionnaire) -> None:
    """A later phase replaces what an earlier one said; without a number the earlier one stays."""
    phases = [feeding(sample, "first.length", "a_"), feeding(sample, "first.length", "b_")]
    excused: JsonValue = {"not_applicable": "Noch nicht gezählt."}

    assert feeds.latest(phases, {"a_first.length": 5, "b_first.length": 7}, USES) == 7
    assert feeds.latest(phases, {"a_first.length": 5}, USES) == 5
    assert feeds.latest(phases, {"a_first.length": 5, "b_first.length": excused}, USES) == 5
    assert feeds.latest(phases, {}, USES) is None
    assert [one.value for one in feeds.fed(phases, {"a_first.length": 5}, USES)] == [5, None]
