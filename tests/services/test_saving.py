"""Saving answers: two people at once lose nobody's words."""

import pytest

from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.examples.five_phases import ANSWERS
from tests.examples.race import race
from tests.examples.rows import rows
from workbench.basics.errors import Forbidden, NotFound, WrongState
from workbench.services import Workspace, assessments, phases
from workbench.storage.assessments import AnswerEntry

GOAL, PROBLEM = "purpose.goal", "purpose.problem"


def texts(workspace: Workspace, question: str) -> list[object]:
    """Everything ever saved as the answer to a question, oldest first."""
    found = [row for row in rows(workspace, AnswerEntry) if row.question_id == question]
    return [row.value for row in sorted(found, key=lambda row: row.number)]


def shown(workspace: Workspace, cast: Cast, phase_id: str, question: str) -> object:
    """The answer as the page of its section shows it to Alice."""
    view = assessments.section(workspace, cast.alice, phase_id, question.split(".", maxsplit=1)[0])
    return view.sheet.get(question)


def test_it_works(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """A saved answer is shown on its section's page, with number and time."""
    saved = assessments.save_section(workspace, cast.alice, phase_id, {GOAL: "Ziel"}, seen={})
    assert (saved.numbers, saved.contested) == ({GOAL: 1}, {})
    view = assessments.section(workspace, cast.bob, phase_id, "purpose")
    assert view.sheet.get(GOAL) == "Ziel"
    assert (view.numbers[GOAL], view.numbers[PROBLEM], view.saved_at) == (1, 0, saved.at)
    assert view.writable
    assert view.onward({}).section == "effect"


def test_only_what_changed_is_saved(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Sending a page again unchanged adds nothing to the history."""
    values = {GOAL: "Ziel", PROBLEM: None}
    first = assessments.save_section(workspace, cast.alice, phase_id, values, seen={})
    again = assessments.save_section(workspace, cast.alice, phase_id, values, first.numbers)
    assert again.numbers == first.numbers == {GOAL: 1, PROBLEM: 0}
    assert len(rows(workspace, AnswerEntry)) == 1


def test_an_answer_can_be_emptied_and_given_again(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """None takes an answer back; its history stays."""
    numbers: dict[str, int] = {}
    for value in ("Ziel", None, "Neues Ziel"):
        saved = assessments.save_section(workspace, cast.alice, phase_id, {GOAL: value}, numbers)
        numbers = saved.numbers
        assert shown(workspace, cast, phase_id, GOAL) == value
    assert texts(workspace, GOAL) == ["Ziel", None, "Neues Ziel"]


def test_a_stale_save_is_contested_and_nothing_is_lost(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Bob saves what Alice has changed meanwhile: hers stays, he is shown both and decides."""
    assessments.save_section(workspace, cast.alice, phase_id, {GOAL: "Alices Text"}, seen={})
    saved = assessments.save_section(
        workspace, cast.bob, phase_id, {GOAL: "Bobs Text", PROBLEM: "Schlaglöcher"}, seen={}
    )
    theirs = saved.contested[GOAL]
    assert (theirs.value, theirs.number, theirs.name) == ("Alices Text", 1, "Alice")
    assert shown(workspace, cast, phase_id, GOAL) == "Alices Text"
    # What nobody contests of the same page is kept at once.
    assert set(saved.contested) == {GOAL}
    assert shown(workspace, cast, phase_id, PROBLEM) == "Schlaglöcher"
    # Having seen both, he saves his: now both stand in the history.
    chosen = assessments.save_section(
        workspace, cast.bob, phase_id, {GOAL: "Bobs Text"}, {GOAL: theirs.number}
    )
    assert chosen.contested == {}
    assert texts(workspace, GOAL) == ["Alices Text", "Bobs Text"]


def test_the_same_text_by_two_people_is_no_conflict(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Who sends what stands there already has nothing to decide."""
    assessments.save_section(workspace, cast.alice, phase_id, {GOAL: "Ziel"}, seen={})
    saved = assessments.save_section(workspace, cast.bob, phase_id, {GOAL: "Ziel"}, seen={})
    assert (saved.contested, saved.numbers) == ({}, {GOAL: 1})


def test_what_i_did_not_change_is_not_contested(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Bob's page still shows the old text, which he left alone: Alice's newer one just stays."""
    first = assessments.save_section(workspace, cast.alice, phase_id, {GOAL: "alt"}, seen={})
    assessments.save_section(workspace, cast.alice, phase_id, {GOAL: "neu"}, first.numbers)
    saved = assessments.save_section(
        workspace, cast.bob, phase_id, {GOAL: "alt", PROBLEM: "von Bob"}, first.numbers
    )
    assert saved.contested == {}
    assert shown(workspace, cast, phase_id, GOAL) == "neu"
    assert shown(workspace, cast, phase_id, PROBLEM) == "von Bob"


def test_saving_by_itself_never_brings_an_old_text_back(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Bob's page saves itself again and again with Alice's old text on it: hers stays the new."""
    first = assessments.save_section(workspace, cast.alice, phase_id, {GOAL: "alt"}, seen={})
    assessments.save_section(workspace, cast.alice, phase_id, {GOAL: "neu"}, first.numbers)
    numbers = first.numbers
    for text in ("von", "von Bob"):
        saved = assessments.save_section(
            workspace, cast.bob, phase_id, {GOAL: "alt", PROBLEM: text}, numbers
        )
        assert saved.contested == {}
        numbers = saved.numbers
    assert shown(workspace, cast, phase_id, GOAL) == "neu"
    assert shown(workspace, cast, phase_id, PROBLEM) == "von Bob"
    # And when he then does change it, both texts are shown to him.
    last = assessments.save_section(workspace, cast.bob, phase_id, {GOAL: "bob"}, numbers)
    assert last.contested[GOAL].value == "neu"


def test_a_number_from_the_future_is_contested(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """A forged or broken number never overwrites silently."""
    assessments.save_section(workspace, cast.alice, phase_id, {GOAL: "Ziel"}, seen={})
    saved = assessments.save_section(workspace, cast.bob, phase_id, {GOAL: "x"}, {GOAL: 99})
    assert set(saved.contested) == {GOAL}


def test_eight_at_once_lose_nothing(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Of eight simultaneous texts one is saved, seven are contested; each then saves in turn."""

    def insist(number: int) -> int:
        seen, tries = {GOAL: 0}, 1
        while contested := assessments.save_section(
            workspace, cast.alice, phase_id, {GOAL: f"Text {number}"}, seen
        ).contested:
            seen, tries = {GOAL: contested[GOAL].number}, tries + 1
        return tries

    won, refused = race(insist)
    assert refused == []
    assert min(won) == 1
    assert sum(won) > 8
    assert sorted(map(str, texts(workspace, GOAL))) == [f"Text {number}" for number in range(8)]


@pytest.mark.parametrize(
    ("name", "error"), [("charlie", NotFound), ("dora", Forbidden), ("frida", Forbidden)]
)
def test_who_may_not_write(
    workspace: Workspace, cast: Cast, phase_id: str, name: str, error: type[Exception]
) -> None:
    """Strangers find nothing, other roles are refused, nothing is saved."""
    with pytest.raises(error):
        assessments.save_section(workspace, getattr(cast, name), phase_id, ANSWERS, seen={})
    assert rows(workspace, AnswerEntry) == []


def test_an_unknown_phase_or_section_is_not_found(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """An address that was typed or guessed leads nowhere."""
    with pytest.raises(NotFound):
        assessments.save_section(workspace, cast.alice, "no such phase", {}, seen={})
    with pytest.raises(NotFound):
        assessments.section(workspace, cast.alice, phase_id, "no_such_section")


def test_submitted_answers_are_read_only(workspace: Workspace, cast: Cast) -> None:
    """Once with the board, a save is refused and nothing changes; the page says so."""
    _, phase_id = examples.submit(workspace, cast)
    before = len(rows(workspace, AnswerEntry))
    with pytest.raises(WrongState):
        assessments.save_section(workspace, cast.bob, phase_id, {GOAL: "zu spät"}, {GOAL: 1})
    assert len(rows(workspace, AnswerEntry)) == before
    assert not assessments.section(workspace, cast.alice, phase_id, "purpose").writable
    assert not phases.overview(workspace, cast.alice, phase_id).writable
