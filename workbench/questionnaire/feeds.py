"""The form a question must have so that the product can compute or show something from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from workbench.questionnaire.conditions import NOT_APPLICABLE
from workbench.questionnaire.definition import FeedName, Question, Questionnaire, QuestionType

TASKS = ("content", "technology", "deputy", "vendor", "operator")
POSITIONS = ("for", "conditions", "against", "not_asked")
BASES = ("measured", "vendor", "estimated", "not_known")
GRID, CAR, OWN_ROOM, PROFESSIONAL = "grid_co2", "car_co2", "pue_own_room", "pue_professional"
# The ids that factors.yaml may hold, each with its unit: a wrong one would be off by 1,000.
FACTORS: Mapping[str, str] = {
    GRID: "g/kWh",
    CAR: "g/km",
    OWN_ROOM: "kWh/kWh",
    PROFESSIONAL: "kWh/kWh",
}
CENTRES = ("own_room", "professional", "not_known")


@dataclass(frozen=True)
class Shape:
    """The type; for a choice its options, for a group its fields (more may be there).

    ``internal``: the answer names a person, so it has ``public: false``.
    """

    type: QuestionType
    options: tuple[str, ...] = ()
    fields: Mapping[str, "Shape"] = field(default_factory=dict)
    internal: bool = False


SHORT, LONG = Shape(QuestionType.SHORT_TEXT), Shape(QuestionType.LONG_TEXT)
DAY, LINK, NUMBER = (
    Shape(QuestionType.DATE),
    Shape(QuestionType.LINK),
    Shape(QuestionType.NUMBER),
)


def _one(*options: str) -> Shape:
    return Shape(QuestionType.CHOICE_ONE, options)


SHAPES: Mapping[FeedName, Shape] = {
    FeedName.RESPONSIBILITY: Shape(
        QuestionType.GROUP,
        fields={
            "task": _one(*TASKS),
            "office": SHORT,
            "person": Shape(QuestionType.SHORT_TEXT, internal=True),
            "since": DAY,
            "until": DAY,
        },
    ),
    FeedName.AFFECTED_GROUPS: Shape(
        QuestionType.GROUP,
        fields={
            "who": SHORT,
            "benefit": LONG,
            "harm": LONG,
            "vulnerability": LONG,
            "heard": LONG,
            "heard_on": DAY,
            "position": _one(*POSITIONS),
        },
    ),
    FeedName.DATA_SOURCES: Shape(
        QuestionType.GROUP,
        fields={
            "name": SHORT,
            "owner": SHORT,
            "origin": LONG,
            "licence": SHORT,
            "open_data": LINK,
        },
    ),
    FeedName.USES_PER_YEAR: NUMBER,
    FeedName.LIFETIME_YEARS: NUMBER,
    FeedName.ENERGY_BASIS: _one(*BASES),
    FeedName.TRAINING_ENERGY: NUMBER,  # kWh, once
    FeedName.USE_ENERGY: NUMBER,  # kWh per 1,000 uses
    FeedName.DEVICE_POWER: NUMBER,  # W
    FeedName.DEVICE_HOURS: NUMBER,  # h per 1,000 uses
    FeedName.DATA_CENTRE: _one(*CENTRES),
    FeedName.REPLACED_ENERGY: NUMBER,  # kWh a year of the procedure that is replaced
    FeedName.REPLACED_TRAVEL: NUMBER,  # km a year by car of the procedure that is replaced
    FeedName.USE_UNTIL: DAY,
    FeedName.ACCEPTED_UNTIL: DAY,
    FeedName.NEXT_REVIEW: DAY,
    FeedName.ENDED_ON: DAY,
}


@dataclass(frozen=True)
class Fed:
    """One answer that the product works with; ``value`` is None without one."""

    questionnaire: Questionnaire
    question: Question
    value: JsonValue


def fed(
    questionnaires: Iterable[Questionnaire], counting: Mapping[str, JsonValue], feed: FeedName
) -> tuple[Fed, ...]:
    """The answers of that feed, in the order of the phases.

    ``counting`` are answers that count (``path.counting_in_all``): hidden ones are no answer here,
    nor are those said not to be applicable.
    """
    return tuple(
        Fed(questionnaire, question, _value(counting.get(question.id)))
        for questionnaire in questionnaires
        for question in questionnaire.questions()
        if question.feeds is feed
    )


def latest(
    questionnaires: Iterable[Questionnaire], counting: Mapping[str, JsonValue], feed: FeedName
) -> JsonValue:
    """The newest answer of that feed: what a later phase says replaces what an earlier one did."""
    given = [one.value for one in fed(questionnaires, counting, feed) if one.value is not None]
    return given[-1] if given else None


def _value(answer: JsonValue) -> JsonValue:
    excused = isinstance(answer, dict) and NOT_APPLICABLE in answer
    return None if excused else answer
