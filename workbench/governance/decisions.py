"""The value decision: values in tension, options including "no AI", choice, reasons, dissent.

Claims 1 to 3 of the mission: the way to an AI application is paved with value decisions, they
belong to named capacities, and they are not left to the technical side alone.
"""

from datetime import date

from pydantic import BaseModel, ConfigDict

from workbench.basics.capacities import TECHNICAL
from workbench.basics.text import later

LENGTHS = {
    "question": 300,
    "option": 500,
    "reasons": 4000,
    "protection": 2000,
    "office": 200,
    "minority_opinion": 4000,
    "alone_reason": 2000,
}
OPTIONS = 4


class ValueDecision(BaseModel):
    """One decision as it stands; a draft may have gaps, which ``gaps`` names.

    ``options[0]`` is always the way without AI. ``chosen`` is an index into ``options``.
    ``values`` and ``yielding`` are ids of ``questionnaires/values.yaml``; ``capacities`` and
    ``decided_by`` are ids of ``basics.capacities``.
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
    minority_opinion: str = ""
    review_on: date | None = None
    alone_reason: str = ""


MISSING = {
    "question": later("Say in one sentence what was to be decided."),
    "reasons": later("Give the reasons for the choice."),
    "yielding": later("Name the value that gave way."),
    "protection": later("Say what protects the value that gave way."),
    "decided_by": later("Name the capacity in which the decision was taken."),
    "office": later("Name the office that decided."),
    "decided_on": later("Give the day of the decision."),
}


def technical_alone(decision: ValueDecision) -> bool:
    """Whether only IT or the vendor took part; False while nobody is named."""
    involved = {*decision.capacities, *filter(None, [decision.decided_by])}
    return bool(involved) and involved <= TECHNICAL


def gaps(decision: ValueDecision) -> dict[str, str]:
    """What is still missing, field → message; empty when the decision is complete."""
    found = {name: text for name, text in MISSING.items() if not getattr(decision, name)}
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
    if not decision.capacities:
        found["capacities"] = later("Say in which capacities people took part.")
    if technical_alone(decision) and not decision.alone_reason:
        found["alone_reason"] = later(
            "Only the technical side took part. Give the reason; it will be published."
        )
    return found


def chosen_text(decision: ValueDecision) -> str:
    """The words of the chosen option; "" when none is chosen or the chosen one is empty."""
    index = decision.chosen
    if index is None or not 0 <= index < len(decision.options):
        return ""
    return decision.options[index]
