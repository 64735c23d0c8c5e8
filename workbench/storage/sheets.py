"""The answers of an assessment, phase by phase, each with the earlier ones that count for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import JsonValue
from sqlmodel import Session

from workbench.governance.decisions import weighed
from workbench.governance.value_log import Logged
from workbench.questionnaire import fingerprint, path
from workbench.questionnaire.answers import AnswerSheet
from workbench.questionnaire.definition import Questionnaire, Value
from workbench.questionnaire.library import Library
from workbench.questionnaire.path import Path
from workbench.storage import assessments
from workbench.storage.assessments import Current, Phase
from workbench.storage.decisions import Recorded


@dataclass(frozen=True)
class Answered:
    """One phase with its questionnaire and answers; ``before``: what counts of earlier phases.

    ``current`` are the present answers with their saves, ``sheet`` their values alone.
    """

    phase: Phase
    questionnaire: Questionnaire
    current: Mapping[str, Current]
    sheet: AnswerSheet
    before: Mapping[str, JsonValue]

    @cached_property
    def path(self) -> Path:
        """The way these answers lead to; its ``counting`` is ``before`` for the next phase."""
        return path.walk(self.questionnaire, self.sheet, self.before)

    def number(self, question_id: str) -> int:
        """How many saves the present answer has seen; 0 when it was never saved."""
        return self.current[question_id].number if question_id in self.current else 0


def vocabulary(
    library: Library, phases: Iterable[Phase], taken: Iterable[Logged | Recorded]
) -> dict[str, Value]:
    """The values that the questionnaires of these phases use, and those that were weighed."""
    asked = (library.questionnaire(phase.questionnaire, phase.version) for phase in phases)
    return library.values_for(asked, weighed(one.body for one in taken))


def of_assessment(session: Session, library: Library, assessment_id: str) -> list[Answered]:
    """Every phase opened so far, in the order of the phases."""
    found: list[Answered] = []
    phases = assessments.phases(session, assessment_id)
    saved = assessments.currents(session, [phase.id for phase in phases])
    for phase in phases:
        present = saved[phase.id]
        found.append(
            Answered(
                phase=phase,
                questionnaire=library.questionnaire(phase.questionnaire, phase.version),
                current=present,
                sheet=AnswerSheet({key: entry.value for key, entry in present.items()}),
                before=found[-1].path.counting if found else {},
            )
        )
    return found


def reworded(library: Library, one: Answered) -> bool:
    """Whether the files of its version are not what they were when it was opened or accepted."""
    return assessments.reworded(one.phase, fingerprint.of(library, one.questionnaire))


def of_phase(session: Session, library: Library, phase: Phase) -> Answered:
    """One phase."""
    found = of_assessment(session, library, phase.assessment_id)
    return next(one for one in found if one.phase.id == phase.id)
