"""Questions that are not what they were: a newer version, or one that was edited in place."""

from dataclasses import replace

from tests.examples.five_phases import asked, part
from workbench.basics.phases import Phase
from workbench.questionnaire.definition import Question, Questionnaire, Section, Text
from workbench.services import Workspace

VERSION = "9999.2"
# What of "purpose" becomes of these, in version 9999.2: 5 characters at most; not asked any more.
SHORTER, GONE = "purpose.goal", "purpose.reasons"
ADDED = "added.question"


def newer(workspace: Workspace) -> Workspace:
    """The same workbench with version 9999.2 besides: a shorter goal, no reasons, one section more.

    The last condition for leaving the phase falls away. The other questions stay as they are in the
    newest version there is.
    """
    now = workspace.library.current(Phase.CONCEPTION)
    changed = {
        "version": VERSION,
        "gate": now.gate[:-1],
        "sections": (*_changed(now), part("added", asked(ADDED))),
    }
    return _with(workspace, *workspace.library.questionnaires, now.model_copy(update=changed))


def edited(workspace: Workspace, *versions: str) -> Workspace:
    """The same workbench after somebody edited versions in place: shorter goal, no reasons.

    Every version, where none is named.
    """
    return _with(
        workspace,
        *(
            one.model_copy(update={"sections": _changed(one)})
            if one.version in versions or not versions
            else one
            for one in workspace.library.questionnaires
        ),
    )


def renamed(workspace: Workspace, title: str) -> Workspace:
    """The same workbench after somebody changed no more than the questionnaires' names."""
    words = Text({"de": title, "en": title})
    return _with(
        workspace,
        *(one.model_copy(update={"title": words}) for one in workspace.library.questionnaires),
    )


def _with(workspace: Workspace, *questionnaires: Questionnaire) -> Workspace:
    return replace(workspace, library=replace(workspace.library, questionnaires=questionnaires))


def _changed(questionnaire: Questionnaire) -> tuple[Section, ...]:
    return tuple(
        section.model_copy(
            update={"questions": tuple(_kept(one) for one in section.questions if one.id != GONE)}
        )
        for section in questionnaire.sections
    )


def _kept(question: Question) -> Question:
    return question.model_copy(update={"max_length": 5}) if question.id == SHORTER else question
