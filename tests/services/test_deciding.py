"""Value decisions: recorded with all versions, withdrawn and brought back, never overwritten."""

from datetime import date

import pytest

from tests.examples import cast as examples
from tests.examples.cast import DECISION, Cast
from tests.examples.race import race
from tests.examples.rows import rows
from tests.services.conftest import Clock
from workbench.basics.errors import Forbidden, InvalidInput, NotFound, StaleSave, WrongState
from workbench.governance.decisions import ValueDecision
from workbench.services import Workspace, decision_log, decisions, systems
from workbench.storage.decisions import DecisionEntry, Recorded

OTHER = DECISION.model_copy(update={"reasons": "Bobs Gründe."})


def recorded(workspace: Workspace, cast: Cast, phase_id: str) -> list[Recorded]:
    """The decisions as Alice sees them."""
    return decisions.view(workspace, cast.alice, phase_id).decisions


def test_it_works(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """A decision comes back word for word, with the number of its version."""
    key = decisions.save(workspace, cast.alice, phase_id, DECISION)
    (found,) = recorded(workspace, cast, phase_id)
    assert (found.id, found.number, found.body) == (key, 1, DECISION)
    assert decisions.phase_of(workspace, key) == phase_id


def test_a_draft_may_have_gaps(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """An empty decision can be saved and completed later, in the order they were begun."""
    draft = decisions.save(workspace, cast.alice, phase_id, ValueDecision())
    decisions.save(workspace, cast.alice, phase_id, DECISION)
    decisions.save(workspace, cast.bob, phase_id, OTHER, decision_id=draft, seen=1)
    assert [one.body for one in recorded(workspace, cast, phase_id)] == [OTHER, DECISION]


def test_a_stale_save_is_refused_with_both_texts(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Bob saves over a version he has not seen: Alice's stays, the error carries it."""
    key = decisions.save(workspace, cast.alice, phase_id, ValueDecision(question="Was?"))
    decisions.save(workspace, cast.alice, phase_id, DECISION, decision_id=key, seen=1)
    with pytest.raises(StaleSave) as caught:
        decisions.save(workspace, cast.bob, phase_id, OTHER, decision_id=key, seen=1)
    theirs = caught.value.theirs["decision"]
    assert isinstance(theirs, Recorded)
    assert (theirs.body, theirs.number) == (DECISION, 2)
    decisions.save(workspace, cast.bob, phase_id, OTHER, decision_id=key, seen=2)
    assert [row.number for row in rows(workspace, DecisionEntry)] == [1, 2, 3]


def test_the_same_text_is_no_conflict(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Who saves what stands there already is not bothered, and no version is added."""
    key = decisions.save(workspace, cast.alice, phase_id, DECISION)
    decisions.save(workspace, cast.bob, phase_id, DECISION, decision_id=key, seen=0)
    assert len(rows(workspace, DecisionEntry)) == 1


def test_eight_at_once_one_wins(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Eight different texts over the same version: one is saved, seven see a conflict."""
    key = decisions.save(workspace, cast.alice, phase_id, DECISION)
    won, refused = race(
        lambda number: decisions.save(
            workspace,
            cast.bob,
            phase_id,
            DECISION.model_copy(update={"reasons": f"Grund {number}"}),
            decision_id=key,
            seen=1,
        )
    )
    assert won == [key]
    assert {type(error) for error in refused} == {StaleSave}


def test_withdrawn_and_brought_back(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """A withdrawn decision is out of the phase but not gone; brought back it is as it was."""
    key = decisions.save(workspace, cast.alice, phase_id, DECISION)
    assert decisions.withdraw(workspace, cast.bob, key, 1, withdrawn=True) == phase_id
    view = decisions.view(workspace, cast.alice, phase_id)
    assert (view.decisions, [one.body for one in view.withdrawn]) == ([], [DECISION])
    assert view.find(key).withdrawn
    decisions.withdraw(workspace, cast.alice, key, 2, withdrawn=False)
    (found,) = recorded(workspace, cast, phase_id)
    assert (found.body, found.number) == (DECISION, 3)


def test_a_stale_withdrawal_is_refused(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Nobody withdraws a version they have not read."""
    key = decisions.save(workspace, cast.alice, phase_id, DECISION)
    decisions.save(workspace, cast.bob, phase_id, OTHER, decision_id=key, seen=1)
    with pytest.raises(StaleSave):
        decisions.withdraw(workspace, cast.alice, key, 1, withdrawn=True)
    assert len(recorded(workspace, cast, phase_id)) == 1


def test_a_decision_stays_in_its_phase(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """The id of another system's decision is none in this phase, for reading and writing."""
    key = decisions.save(workspace, cast.alice, phase_id, DECISION)
    other = examples.register(workspace, cast, "Ampel")
    other_phase = systems.view(workspace, cast.alice, other).phases[0].id
    with pytest.raises(NotFound):
        decisions.save(workspace, cast.alice, other_phase, OTHER, decision_id=key, seen=1)
    with pytest.raises(NotFound):
        decisions.view(workspace, cast.alice, other_phase).find(key)


@pytest.mark.parametrize(
    ("name", "error"), [("charlie", NotFound), ("dora", Forbidden), ("frida", Forbidden)]
)
def test_who_may_not_write(
    workspace: Workspace, cast: Cast, phase_id: str, name: str, error: type[Exception]
) -> None:
    """Strangers find nothing, other roles are refused, nothing is saved."""
    key = decisions.save(workspace, cast.alice, phase_id, DECISION)
    actor = getattr(cast, name)
    with pytest.raises(error):
        decisions.save(workspace, actor, phase_id, OTHER)
    with pytest.raises(error):
        decisions.withdraw(workspace, actor, key, 1, withdrawn=True)
    assert len(rows(workspace, DecisionEntry)) == 1


def test_an_unknown_decision_is_not_found(workspace: Workspace, cast: Cast) -> None:
    """An id that was guessed leads nowhere."""
    with pytest.raises(NotFound):
        decisions.withdraw(workspace, cast.alice, "nothing", 0, withdrawn=True)
    with pytest.raises(NotFound):
        decisions.phase_of(workspace, "nothing")


def test_submitted_decisions_are_read_only(workspace: Workspace, cast: Cast) -> None:
    """Once with the board, nothing can be added, changed or withdrawn."""
    _, phase_id = examples.submit(workspace, cast)
    (found,) = recorded(workspace, cast, phase_id)
    with pytest.raises(WrongState):
        decisions.save(workspace, cast.alice, phase_id, OTHER)
    with pytest.raises(WrongState):
        decisions.save(workspace, cast.alice, phase_id, OTHER, decision_id=found.id, seen=1)
    with pytest.raises(WrongState):
        decisions.withdraw(workspace, cast.alice, found.id, 1, withdrawn=True)
    assert recorded(workspace, cast, phase_id) == [found]


def test_a_decision_replaces_another_of_the_system(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """The later one names the earlier; itself, or one of another system, is refused."""
    first = decisions.save(workspace, cast.alice, phase_id, DECISION)
    replacing = OTHER.model_copy(update={"supersedes": first})
    second = decisions.save(workspace, cast.alice, phase_id, replacing)
    system_id = decisions.view(workspace, cast.alice, phase_id).system.id
    logged = decision_log.log(workspace, cast.alice, system_id).log
    assert [(one.id, one.phase) for one in logged] == [
        (first, "conception"),
        (second, "conception"),
    ]
    other = examples.register(workspace, cast, "Ampel")
    other_phase = systems.view(workspace, cast.alice, other).phases[0].id
    with pytest.raises(InvalidInput):
        decisions.save(workspace, cast.alice, other_phase, replacing)
    with pytest.raises(InvalidInput):
        decisions.save(workspace, cast.alice, phase_id, replacing, decision_id=first, seen=1)


def test_the_log_is_the_team_s(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """A stranger finds no log."""
    system_id = decisions.view(workspace, cast.alice, phase_id).system.id
    with pytest.raises(NotFound):
        decision_log.log(workspace, cast.charlie, system_id)


def test_nothing_is_decided_in_the_future(
    workspace: Workspace, cast: Cast, phase_id: str, time: Clock
) -> None:
    """The town's day counts: tomorrow is refused, and taken once it has come."""
    tomorrow = DECISION.model_copy(update={"decided_on": date(2026, 11, 24)})
    with pytest.raises(InvalidInput) as caught:
        decisions.save(workspace, cast.alice, phase_id, tomorrow)
    assert set(caught.value.fields) == {"decided_on"}
    assert rows(workspace, DecisionEntry) == []
    time.move(hours=11, minutes=30)  # in Germany midnight has passed
    decisions.save(workspace, cast.alice, phase_id, tomorrow)
    early = tomorrow.model_copy(update={"review_on": date(2020, 1, 1)})
    with pytest.raises(InvalidInput) as caught:
        decisions.save(workspace, cast.alice, phase_id, early)
    assert set(caught.value.fields) == {"review_on"}


def test_every_version_is_in_the_history(
    workspace: Workspace, cast: Cast, phase_id: str, time: Clock
) -> None:
    """Who wrote what when, and that it was taken out; not for strangers and an early board."""
    key = decisions.save(workspace, cast.alice, phase_id, DECISION)
    began = time.at
    time.move(hours=1)
    decisions.save(workspace, cast.bob, phase_id, OTHER, decision_id=key, seen=1)
    decisions.withdraw(workspace, cast.alice, key, 2, withdrawn=True)
    view = decision_log.history(workspace, cast.frida, key)
    assert [
        (view.names[one.person_id], one.body.reasons, one.withdrawn, one.saved_at)
        for one in view.versions
    ] == [
        ("Alice", DECISION.reasons, False, began),
        ("Bob", OTHER.reasons, False, time.at),
        ("Alice", OTHER.reasons, True, time.at),
    ]
    for person in (cast.charlie, cast.dora):
        with pytest.raises(NotFound):
            decision_log.history(workspace, person, key)
    with pytest.raises(NotFound):
        decision_log.history(workspace, cast.alice, "0" * 32)
