"""A phase taken back before the board has decided: who may, what the board sees, what changed."""

import pytest

from tests.examples import cast as examples
from tests.examples.cast import DECISION, Cast
from tests.examples.race import race
from tests.services.conftest import Clock
from workbench.basics.errors import Forbidden, InvalidInput, NotFound, WrongState
from workbench.services import (
    Workspace,
    assessments,
    cases,
    decisions,
    phases,
    publications,
    register,
    reviews,
)

GOAL = "purpose.goal"


def change(workspace: Workspace, cast: Cast, phase_id: str, words: str, seen: int) -> None:
    """Alice changes one answer."""
    assessments.save_section(workspace, cast.alice, phase_id, {GOAL: words}, {GOAL: seen})


def test_it_works(workspace: Workspace, cast: Cast) -> None:
    """The phase is open again; the board sees who took it back and why, until it comes anew."""
    _, phase_id = examples.submit(workspace, cast)
    assert cases.one(workspace, cast.bob, phase_id).may_withdraw
    reviews.withdraw(workspace, cast.bob, phase_id, " Eine Zahl war falsch. ")
    case = cases.one(workspace, cast.dora, phase_id)
    assert (case.phase.state, case.may_decide, case.may_withdraw) == ("open", False, False)
    assert case.withdrawn
    assert case.withdrawn.detail == {"reason": "Eine Zahl war falsch."}
    assert case.names[cast.bob.id] == "Bob"
    (line,) = cases.every(workspace, cast.dora)
    assert line.withdrawn
    phases.submit(workspace, cast.alice, phase_id)
    case = cases.one(workspace, cast.dora, phase_id)
    assert (case.withdrawn, case.may_decide) == (None, True)
    assert case.changes
    assert case.changes.withdrawn
    assert case.changes.withdrawn.detail == {"reason": "Eine Zahl war falsch."}
    assert case.names[cast.bob.id] == "Bob"


def test_requested_changes_stay_requested(workspace: Workspace, cast: Cast) -> None:
    """What the board has asked for is still asked for after a withdrawal."""
    _, phase_id = examples.submit(workspace, cast)
    reviews.decide(workspace, cast.dora, phase_id, verdict="request_changes", reasons="Mehr.")
    phases.submit(workspace, cast.alice, phase_id)
    changes = cases.one(workspace, cast.dora, phase_id).changes
    assert changes
    assert changes.withdrawn is None
    reviews.withdraw(workspace, cast.alice, phase_id)
    state = cases.one(workspace, cast.dora, phase_id).phase.state
    assert state == "changes_requested"


@pytest.mark.parametrize("name", ["dora", "frida"])
def test_only_the_team_takes_back(workspace: Workspace, cast: Cast, name: str) -> None:
    """Neither board nor administration."""
    _, phase_id = examples.submit(workspace, cast)
    assert not cases.one(workspace, getattr(cast, name), phase_id).may_withdraw
    with pytest.raises(Forbidden):
        reviews.withdraw(workspace, getattr(cast, name), phase_id)


def test_a_stranger_finds_nothing(workspace: Workspace, cast: Cast) -> None:
    """A colleague from another system."""
    _, phase_id = examples.submit(workspace, cast)
    with pytest.raises(NotFound):
        reviews.withdraw(workspace, cast.charlie, phase_id)


def test_what_is_open_or_decided_cannot_be_taken_back(workspace: Workspace, cast: Cast) -> None:
    """Before submitting there is nothing to take back, after the decision it is too late."""
    system_id = examples.register(workspace, cast)
    with pytest.raises(WrongState):
        reviews.withdraw(workspace, cast.alice, examples.phase_of(workspace, cast, system_id))
    _, decided = examples.approve(workspace, cast)
    with pytest.raises(WrongState):
        reviews.withdraw(workspace, cast.alice, decided)


def test_a_reason_has_its_limit(workspace: Workspace, cast: Cast) -> None:
    """It may be left out, but not be endless; the phase stays with the board."""
    _, phase_id = examples.submit(workspace, cast)
    with pytest.raises(InvalidInput) as caught:
        reviews.withdraw(workspace, cast.alice, phase_id, "x" * 1001)
    assert set(caught.value.fields) == {"reason"}
    assert cases.one(workspace, cast.dora, phase_id).may_decide


def test_either_taken_back_or_decided(workspace: Workspace, cast: Cast) -> None:
    """Team and board at the same moment: one of them wins, the other is told."""
    _, phase_id = examples.submit(workspace, cast)

    def act(number: int) -> None:
        if number % 2:
            reviews.withdraw(workspace, cast.alice, phase_id)
        else:
            reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")

    won, refused = race(act)
    assert len(won) == 1
    assert {type(error) for error in refused} == {WrongState}


def test_the_board_sees_what_changed_since_it_had_the_phase(
    workspace: Workspace, cast: Cast, time: Clock
) -> None:
    """An answer before and now, decisions new, changed and taken out; at first there is nothing."""
    system_id = examples.register(workspace, cast)
    phase_id = examples.phase_of(workspace, cast, system_id)
    examples.answer(workspace, cast, phase_id)
    gone = decisions.save(workspace, cast.alice, phase_id, DECISION)
    kept = decisions.view(workspace, cast.alice, phase_id).decisions[0]
    phases.submit(workspace, cast.alice, phase_id)
    before = cases.one(workspace, cast.dora, phase_id)
    assert before.changes is None
    old = next(a.value for s in before.summary for a in s.answers if a.question == GOAL)
    submitted = time.at
    time.move(days=1)
    reviews.withdraw(workspace, cast.alice, phase_id)
    change(workspace, cast, phase_id, "Besser.", 1)
    other = DECISION.model_copy(update={"question": "Eine neue Frage?"})
    new = decisions.save(workspace, cast.alice, phase_id, other)
    more = DECISION.model_copy(update={"reasons": "Mehr Gründe."})
    decisions.save(workspace, cast.alice, phase_id, more, decision_id=kept.id, seen=1)
    decisions.withdraw(workspace, cast.alice, gone, 1, withdrawn=True)
    phases.submit(workspace, cast.alice, phase_id)
    changes = cases.one(workspace, cast.dora, phase_id).changes
    assert changes
    assert changes.at == submitted
    assert [(one.question.id, one.before, one.value) for one in changes.answers] == [
        (GOAL, old, "Besser.")
    ]
    assert {one.decision.id: one.change for one in changes.decisions} == {
        kept.id: "changed",
        new: "new",
        gone: "taken_out",
    }


def test_an_answer_changed_back_is_no_change(workspace: Workspace, cast: Cast, time: Clock) -> None:
    """Twin: what stands there is what stood there."""
    _, phase_id = examples.submit(workspace, cast)
    answers = cases.one(workspace, cast.dora, phase_id).summary
    old = next(a.value for s in answers for a in s.answers if a.question == GOAL)
    time.move(days=1)
    reviews.withdraw(workspace, cast.alice, phase_id)
    change(workspace, cast, phase_id, "Anders.", 1)
    change(workspace, cast, phase_id, str(old), 2)
    phases.submit(workspace, cast.alice, phase_id)
    changes = cases.one(workspace, cast.dora, phase_id).changes
    assert changes
    assert (changes.answers, changes.decisions) == ((), ())


def test_the_edition_tells_that_it_was_taken_back_without_the_reason(
    workspace: Workspace, cast: Cast
) -> None:
    """The procedure is public, the reason stays with the board."""
    system_id, phase_id = examples.submit(workspace, cast)
    reviews.withdraw(workspace, cast.alice, phase_id, "Ein Tippfehler.")
    phases.submit(workspace, cast.alice, phase_id)
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")
    slug, _ = publications.publish(workspace, cast.frida, system_id)
    published = register.edition(workspace.database, slug)
    assert any("zurückgenommen" in one.what.de for one in published.record.procedure)
    assert "Tippfehler" not in published.content.decode()
