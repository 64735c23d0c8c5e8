"""Answers leave as a file and come back: shown before they are saved, never over newer ones."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from tests.examples.cast import Cast
from tests.examples.five_phases import ANSWERS
from tests.examples.harmless import Answers
from tests.examples.newer import edited as edited_in_place
from workbench.basics import clock
from workbench.basics.errors import DataRefused, NotFound
from workbench.questionnaire.offline import bundle, layout
from workbench.services import Workspace, assessments, offline
from workbench.services.offline import Preview

WHICH = "data.personal_which"
SECRET = "Kennzeichen der Autos."
PERSONAL: Answers = {"data.personal": True, WHICH: SECRET}


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_taken_along_and_brought_back(
    workspace: Workspace, cast: Cast, phase_id: str, form: str
) -> None:
    """All answers go out and come back without a change."""
    assessments.save_section(workspace, cast.alice, phase_id, ANSWERS, seen={})
    file = offline.take_along(workspace, cast.bob, phase_id, form, "de")
    assert file.name.endswith(f"-conception-{clock.today()}.{form}")
    found = offline.preview(workspace, cast.bob, phase_id, file.content)
    assert (found.changes, found.mistakes, found.values) == ((), (), {})


def test_a_file_bears_the_day_where_the_town_lies(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Half an hour after midnight it is still the day before in UTC."""
    with clock.at(datetime(2026, 11, 30, 23, 30, tzinfo=UTC)):
        file = offline.take_along(workspace, cast.bob, phase_id, "json", "de")
    assert file.name.endswith("-conception-2026-12-01.json")


def edited(workspace: Workspace, cast: Cast, phase_id: str, **answers: object) -> Preview:
    """What a file would change that Bob took along and edited."""
    file = offline.take_along(workspace, cast.bob, phase_id, "json", "de")
    made = bundle.from_json(file.content)
    changed = made.answers | {name.replace("_", ".", 1): value for name, value in answers.items()}
    return offline.preview(
        workspace,
        cast.bob,
        phase_id,
        bundle.as_json(made.model_copy(update={"answers": changed})),
    )


def test_what_would_change_is_shown_and_then_saved(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Nothing is saved by the look; saving takes exactly what was shown."""
    assessments.save_section(workspace, cast.alice, phase_id, {"purpose.goal": "Alt."}, seen={})
    found = edited(workspace, cast, phase_id, purpose_goal="Neu.", purpose_problem="Ein Problem.")
    assert [(one.question.id, one.kind) for one in found.changes] == [
        ("purpose.problem", "new"),
        ("purpose.goal", "changed"),
    ]
    section = assessments.section(workspace, cast.bob, phase_id, "purpose")
    assert section.sheet["purpose.goal"] == "Alt."
    assessments.save_section(workspace, cast.bob, phase_id, found.values, found.seen)
    section = assessments.section(workspace, cast.bob, phase_id, "purpose")
    assert section.sheet["purpose.goal"] == "Neu."


def test_a_newer_answer_is_contested(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Alice saves while Bob is on the train: the preview says so, and hers stays."""
    assessments.save_section(workspace, cast.alice, phase_id, {"purpose.goal": "Alt."}, seen={})
    taken = bundle.from_json(
        offline.take_along(workspace, cast.bob, phase_id, "json", "de").content
    )
    newer = {"purpose.goal": "Von Alice."}
    assessments.save_section(workspace, cast.alice, phase_id, newer, seen={"purpose.goal": 1})
    sent = taken.model_copy(update={"answers": {"purpose.goal": "Von Bob."}})
    found = offline.preview(workspace, cast.bob, phase_id, bundle.as_json(sent))
    assert [one.contested for one in found.changes] == [True]
    saved = assessments.save_section(workspace, cast.bob, phase_id, found.values, found.seen)
    assert list(saved.contested) == ["purpose.goal"]


def test_one_mistake_refuses_the_whole_file(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Each wrong place is named; what fits is not taken over alone."""
    found = edited(
        workspace, cast, phase_id, purpose_goal="Gut.", effect_cases_per_year="viele", made_up="?"
    )
    assert {one.spot.question for one in found.mistakes} == {"effect.cases_per_year", "made.up"}


def test_files_of_others_are_refused(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """A stranger gets no file, and something else is no file of answers."""
    with pytest.raises(NotFound):
        offline.take_along(workspace, cast.charlie, phase_id, "json", "de")
    with pytest.raises(NotFound):
        offline.take_along(workspace, cast.alice, phase_id, "exe", "de")
    with pytest.raises(DataRefused):
        offline.preview(workspace, cast.alice, phase_id, b"{}")


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_file_from_before_an_edit_is_refused(
    workspace: Workspace, cast: Cast, phase_id: str, form: str
) -> None:
    """Same id and version, and every answer fits; but it was given to other words."""
    assessments.save_section(workspace, cast.alice, phase_id, {"purpose.problem": "P."}, seen={})
    file = offline.take_along(workspace, cast.bob, phase_id, form, "de")
    changed = edited_in_place(workspace)
    with pytest.raises(DataRefused, match="changed after this file was downloaded"):
        offline.preview(changed, cast.bob, phase_id, file.content)
    assert not offline.preview(workspace, cast.bob, phase_id, file.content).mistakes


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_file_from_after_the_edit_is_read(
    workspace: Workspace, cast: Cast, phase_id: str, form: str
) -> None:
    """The twin: it holds the words that are asked now, whether the team accepted them or not."""
    changed = edited_in_place(workspace)
    file = offline.take_along(changed, cast.bob, phase_id, form, "de")
    found = offline.preview(changed, cast.bob, phase_id, file.content)
    assert (found.changes, found.mistakes) == ((), ())
    with pytest.raises(DataRefused, match="changed after this file was downloaded"):
        offline.preview(workspace, cast.bob, phase_id, file.content)


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_file_that_knows_no_wording_is_refused(
    workspace: Workspace, cast: Cast, phase_id: str, form: str
) -> None:
    """As an older workbench made it: without the field."""
    file = offline.take_along(workspace, cast.bob, phase_id, form, "de").content
    old = without_fingerprint(file)
    with pytest.raises(DataRefused, match="does not say for which wording"):
        offline.preview(workspace, cast.bob, phase_id, old)
    assert not offline.preview(workspace, cast.bob, phase_id, file).mistakes


def without_fingerprint(content: bytes) -> bytes:
    """The file without the field, in a spreadsheet the hidden cell without it."""
    book = load_workbook(io.BytesIO(content)) if content.startswith(b"PK") else None
    home = json.loads(str(book[layout.HOME][layout.HOME_BUNDLE].value) if book else content)
    del home["fingerprint"]
    if book is None:
        return json.dumps(home).encode()
    out = io.BytesIO()
    book[layout.HOME][layout.HOME_BUNDLE] = json.dumps(home)
    book.save(out)
    return out.getvalue()


def hide(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Alice answers a question, then what makes it be asked no longer holds."""
    saved = assessments.save_section(workspace, cast.alice, phase_id, PERSONAL, seen={})
    seen = saved.numbers
    assessments.save_section(workspace, cast.alice, phase_id, {"data.personal": False}, seen)


def words_of(content: bytes) -> str:
    """All that a file says, in a spreadsheet all that its parts say."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return " ".join(packed.read(part).decode() for part in packed.namelist())


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_hidden_answer_does_not_leave(
    workspace: Workspace, cast: Cast, phase_id: str, form: str
) -> None:
    """Its text is not in the file, and bringing the file back does not take it away."""
    hide(workspace, cast, phase_id)
    file = offline.take_along(workspace, cast.bob, phase_id, form, "de")
    assert SECRET not in words_of(file.content)
    found = offline.preview(workspace, cast.bob, phase_id, file.content)
    assert (found.changes, found.mistakes) == ((), ())


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_an_answer_that_is_asked_leaves(
    workspace: Workspace, cast: Cast, phase_id: str, form: str
) -> None:
    """The twin: what counts is in the file."""
    assessments.save_section(workspace, cast.alice, phase_id, PERSONAL, seen={})
    assert SECRET in words_of(offline.take_along(workspace, cast.bob, phase_id, form, "de").content)


def test_a_hidden_question_can_be_answered_in_the_file(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Nobody changed the kept answer meanwhile, so the one of the file is taken over."""
    hide(workspace, cast, phase_id)
    found = edited(workspace, cast, phase_id, data_personal=True, data_personal_which="Gesichter.")
    assert [(one.question.id, one.kind, one.contested) for one in found.changes] == [
        ("data.personal", "changed", False),
        (WHICH, "changed", False),
    ]
