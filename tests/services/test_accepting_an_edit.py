"""A version that was edited in place: what no longer fits is shown, and going on is an act."""

from dataclasses import replace

import pytest

from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.examples.newer import GONE, SHORTER, edited, renamed
from tests.examples.rows import rows
from workbench.basics.errors import Forbidden, NotFound, WrongState
from workbench.services import Workspace, assessments, cases, moving, phases, publications
from workbench.storage.assessments import AnswerEntry, Phase
from workbench.storage.journal import JournalEntry

PROBLEM = "purpose.problem"
ANSWERS = {SHORTER: "Ein langes Ziel.", PROBLEM: "Ein Problem.", GONE: "Ein Grund."}


def seen(workspace: Workspace, cast: Cast, phase_id: str) -> moving.Edit:
    """What the preview says of the edit."""
    found = moving.preview(workspace, cast.alice, phase_id).edit
    assert found
    return found


def test_the_preview_names_what_no_longer_fits(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """The goal is too long now; the reasons are not asked, and no version has their words."""
    assessments.save_section(workspace, cast.alice, phase_id, ANSWERS, seen={})
    edit = seen(edited(workspace), cast, phase_id)
    assert [(one.question.id, one.kind) for one in edit.unfit] == [(SHORTER, "unfit")]
    assert edit.unasked == {GONE: None}
    assert rows(workspace, AnswerEntry)[-1].value is not None


def test_words_that_another_version_still_has_are_shown(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Only the version of the phase was edited: the title of what is gone stands in the other."""
    assessments.save_section(workspace, cast.alice, phase_id, ANSWERS, seen={})
    library = workspace.library
    old = library.questionnaire("conception", "2026.1")
    both = (*library.questionnaires, old.model_copy(update={"version": "2025.1"}))
    two = replace(workspace, library=replace(library, questionnaires=both))
    title = old.question(GONE).title
    assert seen(edited(two, "2026.1"), cast, phase_id).unasked == {GONE: title}


def test_nothing_is_seen_without_an_edit(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """The twin: the files are what they were, so there is nothing to accept."""
    assert moving.preview(workspace, cast.alice, phase_id).edit is None
    present = rows(workspace, Phase)[0].fingerprint
    with pytest.raises(WrongState, match="Nobody has changed"):
        moving.accept(workspace, cast.alice, phase_id, present)


def test_going_on_keeps_every_fitting_answer(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """What does not fit is emptied by a save of its own; who did it and when is in the journal."""
    assessments.save_section(workspace, cast.alice, phase_id, ANSWERS, seen={})
    changed = edited(workspace)
    before = rows(workspace, Phase)[0].fingerprint
    shown = seen(changed, cast, phase_id).fingerprint
    saves = len(rows(workspace, AnswerEntry))
    moving.accept(changed, cast.bob, phase_id, shown)
    section = assessments.section(changed, cast.alice, phase_id, "purpose")
    assert dict(section.sheet) == {PROBLEM: "Ein Problem.", GONE: "Ein Grund."}
    (emptied,) = rows(workspace, AnswerEntry)[saves:]
    assert (emptied.question_id, emptied.number, emptied.value) == (SHORTER, 2, None)
    assert not phases.overview(changed, cast.alice, phase_id).reworded
    last = rows(workspace, JournalEntry)[-1]
    assert (last.action, last.person_id) == ("phase.accept", cast.bob.id)
    assert last.detail == {"before": before, "after": shown, "emptied": [SHORTER]}
    assert before != shown == rows(workspace, Phase)[0].fingerprint


def test_only_what_was_looked_at_is_accepted(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Somebody edits again between the look and the click: nothing is stored."""
    shown = seen(renamed(workspace, "Anders"), cast, phase_id).fingerprint
    with pytest.raises(WrongState, match="once more"):
        moving.accept(renamed(workspace, "Ganz anders"), cast.alice, phase_id, shown)
    assert seen(renamed(workspace, "Anders"), cast, phase_id).fingerprint == shown


def test_only_who_may_move_versions_accepts(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Neither board nor administration, and nobody who does not work on the system."""
    changed = renamed(workspace, "Anders")
    shown = seen(changed, cast, phase_id).fingerprint
    for person, refusal in (
        (cast.dora, Forbidden),
        (cast.frida, Forbidden),
        (cast.charlie, NotFound),
    ):
        with pytest.raises(refusal):
            moving.accept(changed, person, phase_id, shown)
    assert phases.overview(changed, cast.alice, phase_id).reworded


def test_a_phase_that_the_board_approved_has_to_be_opened_first(
    workspace: Workspace, cast: Cast
) -> None:
    """The board approved answers to other words: it is asked again before they count as new."""
    _, phase_id = examples.approve(workspace, cast)
    changed = renamed(workspace, "Anders")
    shown = seen(changed, cast, phase_id).fingerprint
    with pytest.raises(WrongState):
        moving.accept(changed, cast.bob, phase_id, shown)
    phases.reopen(changed, cast.bob, phase_id)
    moving.accept(changed, cast.bob, phase_id, shown)
    assert moving.preview(changed, cast.bob, phase_id).edit is None


def test_board_and_publisher_see_that_the_words_are_others(
    workspace: Workspace, cast: Cast
) -> None:
    """Until the team has accepted the wording; the twin without an edit says nothing."""
    system_id, phase_id = examples.approve(workspace, cast)

    def told(now: Workspace) -> tuple[bool, tuple[str, ...]]:
        case = cases.one(now, cast.dora, phase_id)
        return case.reworded, publications.preview(now, cast.frida, system_id).reworded

    assert told(workspace) == (False, ())
    changed = renamed(workspace, "Anders")
    assert told(changed) == (True, ("conception",))
    phases.reopen(changed, cast.bob, phase_id)
    moving.accept(changed, cast.bob, phase_id, seen(changed, cast, phase_id).fingerprint)
    assert told(changed) == (False, ())
