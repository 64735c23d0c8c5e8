"""Minority opinions: several on a decision, each in the hands of one account and nobody else's."""

from typing import Any

import pytest

from tests.examples import cast as examples
from tests.examples.cast import DECISION, Cast
from tests.examples.rows import rows
from tests.services.conftest import Clock
from workbench.basics.errors import Forbidden, InvalidInput, NotFound, WorkbenchError, WrongState
from workbench.services import (
    Workspace,
    cases,
    decision_log,
    decisions,
    dissents,
    publications,
    reviews,
)
from workbench.storage.dissents import DissentEntry, Held

WORDS = "Das geht zu weit."


@pytest.fixture
def decision(workspace: Workspace, cast: Cast, phase_id: str) -> str:
    """The id of a decision that Alice recorded."""
    return decisions.save(workspace, cast.alice, phase_id, DECISION)


def said(holder_id: str = "", **more: str) -> dict[str, Any]:
    """What is recorded."""
    return {"words": WORDS, "capacity": "staff_council", "holder_id": holder_id, **more}


def standing(workspace: Workspace, cast: Cast, phase_id: str) -> tuple[Held, ...]:
    """The opinions on the only decision, as Alice sees them."""
    (found,) = decisions.view(workspace, cast.alice, phase_id).decisions
    return found.dissents


def test_several_people_disagree(
    workspace: Workspace, cast: Cast, phase_id: str, decision: str
) -> None:
    """Each in their own words and capacity, in the order in which they were recorded."""
    dissents.add(workspace, cast.bob, decision, **said(cast.bob.id))
    other = {**said(cast.alice.id), "words": "Zu wenig.", "capacity": "law"}
    dissents.add(workspace, cast.alice, decision, **other)
    assert [
        (one.words, one.capacity, one.origin, one.holder_id)
        for one in standing(workspace, cast, phase_id)
    ] == [
        (WORDS, "staff_council", "own", cast.bob.id),
        ("Zu wenig.", "law", "own", cast.alice.id),
    ]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("alice", Forbidden),  # works on the system too, and recorded the decision
        ("frida", Forbidden),  # the administration
        ("dora", Forbidden),
        ("charlie", NotFound),
    ],
)
def test_only_its_author_changes_it(
    workspace: Workspace,
    cast: Cast,
    phase_id: str,
    decision: str,
    name: str,
    error: type[WorkbenchError],
) -> None:
    """Every other account is refused, and the words stay; its own may change and take it back."""
    key = dissents.add(workspace, cast.bob, decision, **said(cast.bob.id))
    other = getattr(cast, name)
    with pytest.raises(error):
        dissents.change(workspace, other, key, words="Halb so wild.", capacity="it")
    with pytest.raises(error):
        dissents.withdraw(workspace, other, key)
    assert [one.words for one in standing(workspace, cast, phase_id)] == [WORDS]
    dissents.change(workspace, cast.bob, key, words="Das geht viel zu weit.", capacity="law")
    (found,) = standing(workspace, cast, phase_id)
    assert (found.words, found.capacity, found.origin) == ("Das geht viel zu weit.", "law", "own")


def test_taken_back_it_stays_in_the_history(
    workspace: Workspace, cast: Cast, phase_id: str, decision: str, time: Clock
) -> None:
    """It does not stand any more, all versions are kept, and its author can bring it back."""
    key = dissents.add(workspace, cast.bob, decision, **said(cast.bob.id))
    time.move(hours=1)
    dissents.withdraw(workspace, cast.bob, key)
    assert standing(workspace, cast, phase_id) == ()
    view = decision_log.history(workspace, cast.frida, decision)
    (held,) = view.dissents
    assert [(one.number, one.words, one.withdrawn) for one in held.versions] == [
        (1, WORDS, False),
        (2, WORDS, True),
    ]
    assert view.names[held.holder_id] == "Bob"
    dissents.change(workspace, cast.bob, key, words=WORDS, capacity="law")
    assert [one.words for one in standing(workspace, cast, phase_id)] == [WORDS]
    assert len(rows(workspace, DissentEntry)) == 3


def test_the_minute_taker_keeps_what_somebody_without_an_account_said(
    workspace: Workspace, cast: Cast, phase_id: str, decision: str
) -> None:
    """Marked as recorded; only the minute-taker can correct it, which does not change the mark."""
    key = dissents.add(workspace, cast.alice, decision, **said(speaker="Ein Gast"))
    (found,) = standing(workspace, cast, phase_id)
    assert (found.origin, found.holder_id) == ("on_behalf", cast.alice.id)
    assert found.newest.speaker == "Ein Gast"
    with pytest.raises(Forbidden):
        dissents.change(workspace, cast.bob, key, words="Anders.", capacity="law")
    dissents.change(workspace, cast.alice, key, words="Berichtigt.", capacity="law")
    (found,) = standing(workspace, cast, phase_id)
    assert (found.origin, found.words, found.newest.speaker) == (
        "on_behalf",
        "Berichtigt.",
        "Ein Gast",
    )


def test_what_was_recorded_for_an_account_waits_for_it(
    workspace: Workspace, cast: Cast, phase_id: str, decision: str
) -> None:
    """Unconfirmed until that account saves it; from the start nobody else can change it."""
    key = dissents.add(workspace, cast.alice, decision, **said(cast.bob.id))
    (found,) = standing(workspace, cast, phase_id)
    assert (found.origin, found.holder_id) == ("unconfirmed", cast.bob.id)
    assert [one.dissent.id for one in dissents.unconfirmed(workspace, cast.bob)] == [key]
    assert dissents.unconfirmed(workspace, cast.alice) == []
    assert not dissents.view(workspace, cast.alice, key).may_change
    assert dissents.view(workspace, cast.bob, key).may_change
    with pytest.raises(Forbidden):
        dissents.change(workspace, cast.alice, key, words=WORDS, capacity="staff_council")
    dissents.change(workspace, cast.bob, key, words=WORDS, capacity="staff_council")
    (found,) = standing(workspace, cast, phase_id)
    assert found.origin == "confirmed"
    assert dissents.unconfirmed(workspace, cast.bob) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"capacity": "king"}, "capacity"),
        ({"capacity": ""}, "capacity"),
        ({"holder_id": "stranger"}, "holder_id"),
        ({"speaker": "Ein Gast"}, "speaker"),  # beside an account
        ({"holder_id": "", "speaker": "\u200b"}, "speaker"),  # nobody
        ({"holder_id": "", "speaker": "x" * 201}, "speaker"),
    ],
)
def test_what_does_not_fit_is_named(
    workspace: Workspace, cast: Cast, decision: str, wrong: dict[str, str], field: str
) -> None:
    """Nothing is saved; without the fault it is."""
    good = said(cast.bob.id, speaker="")
    with pytest.raises(InvalidInput) as refused:
        dissents.add(workspace, cast.bob, decision, **{**good, **wrong})
    with pytest.raises(InvalidInput):  # a stranger to the system could never confirm it
        dissents.add(workspace, cast.bob, decision, **said(cast.charlie.id))
    assert list(refused.value.fields) == [field]
    assert rows(workspace, DissentEntry) == []
    dissents.add(workspace, cast.bob, decision, **good)


def test_a_decision_somebody_disagrees_with_cannot_be_taken_out(
    workspace: Workspace, cast: Cast, phase_id: str, decision: str
) -> None:
    """Nobody silences another; who disagreed can take back, and then the decision can go."""
    dissents.add(workspace, cast.alice, decision, **said(cast.alice.id))
    key = dissents.add(workspace, cast.bob, decision, **said(cast.bob.id))
    with pytest.raises(InvalidInput) as refused:
        decisions.withdraw(workspace, cast.alice, decision, 1, withdrawn=True)
    assert refused.value.values == {"name": "Bob"}
    dissents.withdraw(workspace, cast.bob, key)
    decisions.withdraw(workspace, cast.alice, decision, 1, withdrawn=True)
    with pytest.raises(WrongState):
        dissents.add(workspace, cast.bob, decision, **said(cast.bob.id))
    with pytest.raises(WrongState):
        dissents.change(workspace, cast.bob, key, words=WORDS, capacity="law")
    decisions.withdraw(workspace, cast.alice, decision, 2, withdrawn=False)
    assert [one.holder_id for one in standing(workspace, cast, phase_id)] == [cast.alice.id]


def test_submitted_it_stays_as_it_is(workspace: Workspace, cast: Cast) -> None:
    """Once with the board nobody adds, changes or takes back; the board reads it with its author.

    Whoever disagreed counts as somebody who worked on the assessment.
    """
    system_id = examples.register(workspace, cast)
    phase_id = examples.phase_of(workspace, cast, system_id)
    examples.answer(workspace, cast, phase_id)
    (entry,) = decisions.view(workspace, cast.alice, phase_id).decisions
    key = dissents.add(workspace, cast.bob, entry.id, **said(cast.bob.id))
    examples.hand_over(workspace, cast, phase_id)
    for act in (
        lambda: dissents.add(workspace, cast.bob, entry.id, **said(cast.bob.id)),
        lambda: dissents.change(workspace, cast.bob, key, words="Nein.", capacity="law"),
        lambda: dissents.withdraw(workspace, cast.bob, key),
    ):
        with pytest.raises(WrongState):
            act()
    case = cases.one(workspace, cast.dora, phase_id)
    assert [case.names[one.holder_id] for one in case.decisions[0].dissents] == ["Bob"]
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")
    with pytest.raises(Forbidden):
        publications.publish(workspace, cast.bob, system_id)
    told = publications.preview(workspace, cast.frida, system_id).record
    assert [
        (one.words, one.capacity, one.origin) for one in told.phases[0].value_decisions[0].dissents
    ] == [(WORDS, "staff_council", "own")]
    assert "Bob" not in told.model_dump_json()


def test_the_board_sees_that_somebody_disagreed_since(
    workspace: Workspace, cast: Cast, time: Clock
) -> None:
    """The decision counts as changed when only an opinion beside it is new."""
    _, phase_id = examples.submit(workspace, cast)
    time.move(hours=1)
    reviews.decide(workspace, cast.dora, phase_id, verdict="request_changes", reasons="Nein.")
    time.move(hours=1)
    (entry,) = decisions.view(workspace, cast.alice, phase_id).decisions
    dissents.add(workspace, cast.bob, entry.id, **said(cast.bob.id))
    time.move(hours=1)
    examples.hand_over(workspace, cast, phase_id)
    changes = cases.one(workspace, cast.dora, phase_id).changes
    assert changes is not None
    assert [(one.decision.id, one.change) for one in changes.decisions] == [(entry.id, "changed")]


def test_an_unknown_one_is_not_found(workspace: Workspace, cast: Cast, decision: str) -> None:
    """Ids that were guessed lead nowhere."""
    with pytest.raises(NotFound):
        dissents.view(workspace, cast.alice, "0" * 32)
    with pytest.raises(NotFound):
        dissents.withdraw(workspace, cast.alice, "0" * 32)
    with pytest.raises(NotFound):
        dissents.add(workspace, cast.alice, "0" * 32, **said(cast.alice.id))
    key = dissents.add(workspace, cast.bob, decision, **said(cast.bob.id))
    with pytest.raises(NotFound):
        dissents.view(workspace, cast.charlie, key)
