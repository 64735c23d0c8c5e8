"""The answers of a phase → the bundle that leaves: what counts, and which save of each answer."""

from collections.abc import Mapping

from pydantic import JsonValue

from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.offline.bundle import Bundle
from workbench.questionnaire.path import Path


def packed(
    questionnaire: Questionnaire,
    fingerprint: str,
    phase_id: str,
    answers: Mapping[str, JsonValue],
    numbers: Mapping[str, int],
    way: Path,
) -> Bundle:
    """The answers to what is asked on this ``way``; of the hidden ones only that they exist.

    ``numbers`` maps ids to the newest save of each answer. They leave for hidden and emptied
    answers too: else what somebody writes there would look older than what nobody changed.
    """
    known = {question.id for question in questionnaire.questions()}
    return Bundle(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        fingerprint=fingerprint,
        phase_id=phase_id,
        seen={name: number for name, number in numbers.items() if name in known},
        answers={name: answers[name] for name in way.visible if name in answers},
        hidden=way.inactive,
    )
