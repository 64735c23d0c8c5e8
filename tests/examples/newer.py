"""A newer version of the conception questionnaire, as after an update of the workbench."""

from dataclasses import replace

from tests.examples.five_phases import asked, part
from workbench.basics.phases import Phase
from workbench.questionnaire.definition import Question
from workbench.services import Workspace

VERSION = "9999.2"
# What of "purpose" becomes of these, in version 9999.2: 5 characters at most; not asked any more.
SHORTER, GONE = "purpose.goal", "purpose.reasons"
ADDED = "added.question"


def newer(workspace: Workspace) -> Workspace:
    """The same workbench with version 9999.2 besides: a shorter goal, no reasons, one section more.

    The other questions stay as they are in the newest version there is.
    """
    now = workspace.library.current(Phase.CONCEPTION)
    sections = tuple(
        section.model_copy(
            update={"questions": tuple(_kept(one) for one in section.questions if one.id != GONE)}
        )
        for section in now.sections
    )
    changed = {"version": VERSION, "sections": (*sections, part("added", asked(ADDED)))}
    questionnaires = (*workspace.library.questionnaires, now.model_copy(update=changed))
    return replace(workspace, library=replace(workspace.library, questionnaires=questionnaires))


def _kept(question: Question) -> Question:
    return question.model_copy(update={"max_length": 5}) if question.id == SHORTER else question
