"""The form a question must have so that the product can compute or show something from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.questionnaire.definition import FeedName, QuestionType

TASKS = ("content", "technology", "deputy", "vendor", "operator")
POSITIONS = ("for", "conditions", "against", "not_asked")
BASES = ("measured", "vendor", "estimated", "not_known")
CENTRES = ("own_room", "professional", "not_known")


@dataclass(frozen=True)
class Shape:
    """The type; for a choice its options, for a group its fields (more may be there)."""

    type: QuestionType
    options: tuple[str, ...] = ()
    fields: Mapping[str, "Shape"] = field(default_factory=dict)


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
            "person": SHORT,  # internal: ``public: false``
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
}
