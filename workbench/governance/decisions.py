"""The value decision: values in tension, options including "no AI", choice, reasons.

Claims 1 to 3 of the mission: the way to an AI application is paved with value decisions, they
belong to named capacities, and they are not left to the technical side alone. A minority's opinion
belongs to those who hold it, see ``governance.dissents``.
"""

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict, Field, field_validator

from workbench.basics.capacities import TECHNICAL
from workbench.basics.text import later

LENGTHS = {
    "question": 300,
    "option": 500,
    "reasons": 4000,
    "protection": 2000,
    "office": 200,
    "alone_reason": 2000,
    "conditions": 2000,
    "evidence": 2000,
    "people": 1000,
}
OPTIONS = 4
VOTES = ("votes_for", "votes_against", "votes_abstained")
MOST_VOTES = 10_000


class ValueDecision(BaseModel):
    """One decision as it stands; a draft may have gaps, which ``gaps`` names.

    ``options[0]`` is always the way without AI. ``chosen`` is an index into ``options``.
    ``values`` and ``yielding`` are ids of ``values.yaml`` in the lists; ``capacities`` and
    ``decided_by`` are ids of ``basics.capacities``. ``people`` says who took part in a capacity, as
    offices or names (under "" who had none); it is never published.
    ``supersedes`` is the id of an earlier decision that this one replaces. ``evidence`` is text
    from before files and links could stand beside a decision.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = ""
    values: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    chosen: int | None = None
    reasons: str = ""
    yielding: str = ""
    protection: str = ""
    capacities: tuple[str, ...] = ()
    decided_by: str = ""
    office: str = ""
    decided_on: date | None = None
    review_on: date | None = None
    alone_reason: str = ""
    people: dict[str, str] = Field(default_factory=dict)
    votes_for: int | None = Field(default=None, ge=0, le=MOST_VOTES)
    votes_against: int | None = Field(default=None, ge=0, le=MOST_VOTES)
    votes_abstained: int | None = Field(default=None, ge=0, le=MOST_VOTES)
    conditions: str = ""
    evidence: str = ""
    supersedes: str = ""

    @field_validator("people", mode="before")
    @classmethod
    def _without_capacity(cls, people: object) -> object:
        """Earlier versions have one text for everybody."""
        if isinstance(people, str):
            return {"": people} if people else {}
        return people


MISSING = {
    "question": later("Say in one sentence what was to be decided."),
    "reasons": later("Give the reasons for the choice."),
    "yielding": later("Name the value that gave way."),
    "protection": later("Say what protects the value that gave way."),
    "decided_by": later("Name the capacity in which the decision was taken."),
    "office": later("Name the office that decided."),
    "decided_on": later("Give the day of the decision."),
}


def weighed(decisions: Iterable[ValueDecision]) -> tuple[str, ...]:
    """The ids of all values that these decisions name, each once."""
    named = (value for one in decisions for value in (*one.values, one.yielding) if value)
    return tuple(dict.fromkeys(named))


def present(decision: ValueDecision) -> dict[str, str]:
    """Capacity → who took part in it, "" where nobody is named; last those without a capacity."""
    found = {name: decision.people.get(name, "") for name in decision.capacities}
    return found | {name: who for name, who in decision.people.items() if name not in found}


def technical_alone(decision: ValueDecision) -> bool:
    """Whether only IT or the vendor took part; False while nobody is named."""
    involved = {*decision.capacities, *filter(None, [decision.decided_by])}
    return bool(involved) and involved <= TECHNICAL


def gaps(decision: ValueDecision) -> dict[str, str]:
    """What is still missing, field → message; empty when the decision is complete."""
    found = {name: text for name, text in MISSING.items() if not getattr(decision, name)}
    return found | _weighed(decision) | _attended(decision)


IN_FUTURE = later("This day lies in the future. Leave it empty until the decision has been taken.")
NOT_AFTER = later("This day must come after the day of the decision.")


def impossible(decision: ValueDecision, today: date) -> dict[str, str]:
    """Days that cannot be, field → message: decided after today, looked at again before that."""
    found = {}
    if decision.decided_on and decision.decided_on > today:
        found["decided_on"] = IN_FUTURE
    if decision.decided_on and decision.review_on and decision.review_on <= decision.decided_on:
        found["review_on"] = NOT_AFTER
    return found


def _weighed(decision: ValueDecision) -> dict[str, str]:
    """What is missing of values, options and choice."""
    found = {}
    if len(set(decision.values)) < 2:
        found["values"] = later("Choose at least two values that are in tension.")
    elif decision.yielding and decision.yielding not in decision.values:
        found["yielding"] = later("The value that gave way must be one of those in tension.")
    if not decision.options or not decision.options[0]:
        found["options"] = later("Describe the option without AI.")
    elif len([option for option in decision.options if option]) < 2:
        found["options"] = later("Describe at least one option beside the one without AI.")
    if decision.chosen is None or not chosen_text(decision):
        found["chosen"] = later("Choose the option that was decided for.")
    return found


def _attended(decision: ValueDecision) -> dict[str, str]:
    """What is missing of who took part, and how they voted."""
    found = {}
    if _counted_in_part(decision):
        found["votes_for"] = later("Give all three numbers of votes, or none.")
    if not decision.capacities:
        found["capacities"] = later("Say in which capacities people took part.")
    if technical_alone(decision) and not decision.alone_reason:
        found["alone_reason"] = later(
            "Only the technical side took part. Give the reason; it will be published."
        )
    return found


def _counted_in_part(decision: ValueDecision) -> bool:
    given = [getattr(decision, name) is not None for name in VOTES]
    return any(given) and not all(given)


def chosen_text(decision: ValueDecision) -> str:
    """The words of the chosen option; "" when none is chosen or the chosen one is empty."""
    index = decision.chosen
    if index is None or not 0 <= index < len(decision.options):
        return ""
    return decision.options[index]
