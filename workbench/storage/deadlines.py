"""What is due for a system, from its answers and value decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workbench.governance import deadlines
from workbench.governance.deadlines import Deadline
from workbench.questionnaire import path
from workbench.questionnaire.library import Library
from workbench.storage import decisions, sheets
from workbench.storage.assessments import Phase


@dataclass(frozen=True)
class Due:
    """A deadline with the id of the phase in which it stands."""

    deadline: Deadline
    phase_id: str


def of_phases(session: Session, library: Library, phases: Sequence[Phase], day: date) -> list[Due]:
    """What has passed or comes due, over the phases of one assessment that somebody knows of."""
    if not phases:
        return []
    ids = {phase.name: phase.id for phase in phases}
    everything = sheets.of_assessment(session, library, phases[0].assessment_id)
    known = [one for one in everything if one.phase.name in ids]
    asked = [one.questionnaire for one in known]
    answers = {key: value for one in known for key, value in one.sheet.items()}
    found = deadlines.of(
        asked,
        path.counting_in_all(asked, answers),
        decisions.logged(session, phases),
        day,
    )
    return [Due(one, ids[one.phase]) for one in found]
