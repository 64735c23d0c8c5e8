"""Take the answers of a phase along as a file, and see what a filled-in file would change."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from pydantic import JsonValue

from workbench.basics import clock
from workbench.basics.errors import NotFound
from workbench.governance.roles import Actor
from workbench.questionnaire import fingerprint
from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.offline import bundle, reading, writing
from workbench.questionnaire.offline.bundle import Bundle
from workbench.questionnaire.offline.changes import Change, changes
from workbench.questionnaire.offline.mistakes import Mistake
from workbench.questionnaire.offline.packing import packed
from workbench.storage import access, assessments, sheets
from workbench.storage.assessments import Phase
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Answers, questions, language, ids of those asked now → file.
Write = Callable[[Bundle, Questionnaire, str, Collection[str]], bytes]
FORMS: dict[str, tuple[str, Write]] = {
    "json": (JSON, lambda made, _questionnaire, _language, _asked: bundle.as_json(made)),
    "xlsx": (XLSX, writing.written),
}


@dataclass(frozen=True)
class OfflineFile:
    """A file to take along."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Preview:
    """What a file would change; with ``mistakes`` nothing of it can be taken over.

    ``values`` and ``seen`` are what saving the section needs; ``fingerprint`` is that of the
    questions they answer.
    """

    system: System
    phase: Phase
    questionnaire: Questionnaire
    fingerprint: str
    changes: tuple[Change, ...]
    mistakes: tuple[Mistake, ...]
    values: dict[str, JsonValue]
    seen: dict[str, int]


def take_along(
    workspace: Workspace, actor: Actor, phase_id: str, form: str, language: str
) -> OfflineFile:
    """The questions of all sections that apply and the answers that count: ``json`` or ``xlsx``.

    Raises NotFound for another form.
    """
    if form not in FORMS:
        raise NotFound(access.NOT_FOUND)
    media_type, write = FORMS[form]
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.read")
        mine = sheets.of_phase(session, workspace.library, phase)
    made = packed(
        mine.questionnaire,
        fingerprint.of(workspace.library, mine.questionnaire),
        phase.id,
        mine.sheet,
        {key: entry.number for key, entry in mine.current.items()},
        mine.path,
    )
    applies = [one for one in mine.questionnaire.sections if one.id in mine.path.sections]
    questionnaire = mine.questionnaire.model_copy(update={"sections": tuple(applies)})
    name = f"{system.slug}-{phase.name}-{clock.today()}.{form}"
    return OfflineFile(name, media_type, write(made, questionnaire, language, mine.path.visible))


def preview(workspace: Workspace, actor: Actor, phase_id: str, data: bytes) -> Preview:
    """What the file would change; saves nothing.

    Raises DataRefused for a file of another phase or version or of something else, and when the
    questions were edited since it left: its answers were given to other words. Raises TooLarge, and
    WrongState when the phase is not open for writing.
    """
    with workspace.database.reading() as session:
        system, phase = access.phase(session, actor, phase_id, "answers.write")
        access.writable(phase)
        questionnaire = workspace.library.questionnaire(phase.questionnaire, phase.version)
        asked_now = fingerprint.of(workspace.library, questionnaire)
        if data.startswith(b"PK"):
            made, sheet = reading.read(data, questionnaire, asked_now)
        else:
            made, sheet = bundle.from_json(data), reading.Read()
        bundle.require_phase(made, questionnaire, asked_now, phase.id)
        values, mistakes = bundle.checked(made, questionnaire, sheet.places)
        present = assessments.current(session, phase.id)
        numbers = {key: made.seen.get(key, 0) for key in values}
        shown = assessments.values_at(session, phase.id, numbers)
    found = changes(
        questionnaire,
        {key: (entry.value, entry.number) for key, entry in present.items()},
        values,
        made.seen,
        shown,
    )
    return Preview(
        system=system,
        phase=phase,
        questionnaire=questionnaire,
        fingerprint=asked_now,
        changes=found,
        mistakes=(*sheet.mistakes, *mistakes),
        values={change.question.id: change.after for change in found},
        seen=made.seen,
    )
