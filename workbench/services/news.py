"""What others have saved in a section while somebody writes in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from workbench.governance.roles import Actor
from workbench.questionnaire.definition import Question
from workbench.storage import access, assessments, people
from workbench.storage.workspace import Workspace


@dataclass(frozen=True)
class News:
    """One answer that somebody else has changed since the page was shown."""

    question: Question
    value: JsonValue
    number: int
    name: str
    saved_at: datetime


def of_section(
    workspace: Workspace, actor: Actor, phase_id: str, section_id: str, seen: Mapping[str, int]
) -> list[News]:
    """The answers of the section with saves that ``seen`` does not know, made by others.

    In the order of the questions. What the person saved on another page of theirs is no news.
    """
    with workspace.database.reading() as session:
        _, phase = access.phase(session, actor, phase_id, "answers.read")
        questionnaire = workspace.library.questionnaire(phase.questionnaire, phase.version)
        questions = questionnaire.section(section_id).questions
        present = assessments.current(session, phase.id)
        changed = [
            (question, present[question.id])
            for question in questions
            if question.id in present
            and present[question.id].number > seen.get(question.id, 0)
            and present[question.id].person_id != actor.id
        ]
        names = people.names(session, {entry.person_id for _, entry in changed})
    return [
        News(question, entry.value, entry.number, names[entry.person_id], entry.saved_at)
        for question, entry in changed
    ]
