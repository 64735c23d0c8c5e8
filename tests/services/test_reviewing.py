"""The ethics board: sees what was submitted, says what it thinks, decides once, never on itself."""

import pytest

from tests.examples import cast as examples
from tests.examples.cast import DECISION, Cast
from tests.examples.race import race
from tests.examples.rows import rows
from workbench.basics.errors import Forbidden, InvalidInput, NotFound, WrongState
from workbench.governance.roles import BOARD, Actor
from workbench.services import Workspace, assessments, cases, comments, decisions, phases, reviews
from workbench.storage.people import Person
from workbench.storage.reviews import Comment, Review

REASONS = "Gut begründet."


def approve(workspace: Workspace, actor: Actor, phase_id: str) -> None:
    """The actor approves."""
    reviews.decide(workspace, actor, phase_id, verdict="approve", reasons=REASONS)


def becomes_board(workspace: Workspace, actor: Actor) -> Actor:
    """The person after a change of role."""
    with workspace.database.transaction() as session:
        person = session.get_one(Person, actor.id)
        person.role = BOARD
        session.add(person)
    return person.actor


def test_it_works(workspace: Workspace, cast: Cast) -> None:
    """The board sees all of a submitted case, and its approval is kept with reasons."""
    _, phase_id = examples.submit(workspace, cast)
    case = cases.one(workspace, cast.dora, phase_id)
    assert case.may_decide
    assert [entry.body for entry in case.decisions] == [DECISION]
    assert case.summary
    reviews.decide(
        workspace,
        cast.dora,
        phase_id,
        verdict="approve",
        reasons=f" {REASONS} ",
        conditions=["Nach einem Jahr prüfen. ", " ", ""],
        minority_opinion="Emil sieht es anders.",
    )
    case = cases.one(workspace, cast.dora, phase_id)
    (review,) = case.reviews
    assert (case.phase.state, review.round, review.verdict) == ("approved", 1, "approve")
    assert (review.reasons, review.conditions) == (REASONS, ["Nach einem Jahr prüfen."])
    assert (review.minority_opinion, case.names) == (
        "Emil sieht es anders.",
        {cast.dora.id: "Dora"},
    )
    assert not case.may_decide


def test_the_board_sees_a_case_only_once_it_was_submitted(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Before that, the case does not exist for the board: not in the list, not by its address."""
    examples.answer(workspace, cast, phase_id)
    assert cases.every(workspace, cast.dora) == []
    with pytest.raises(NotFound):
        cases.one(workspace, cast.dora, phase_id)
    with pytest.raises(NotFound):
        approve(workspace, cast.dora, phase_id)
    phases.submit(workspace, cast.alice, phase_id)
    assert [case.phase.id for case in cases.every(workspace, cast.dora)] == [phase_id]


def test_waiting_cases_come_first(workspace: Workspace, cast: Cast) -> None:
    """What waits for the board stands above what is decided."""
    _, decided = examples.approve(workspace, cast)
    _, waiting = examples.submit(workspace, cast)
    assert [case.phase.id for case in cases.every(workspace, cast.emil)] == [waiting, decided]


@pytest.mark.parametrize("name", ["alice", "frida"])
def test_only_the_board_lists_and_decides(workspace: Workspace, cast: Cast, name: str) -> None:
    """Team and administration can read a case but neither list all nor decide."""
    _, phase_id = examples.submit(workspace, cast)
    actor = getattr(cast, name)
    assert not cases.one(workspace, actor, phase_id).may_decide
    with pytest.raises(Forbidden):
        cases.every(workspace, actor)
    with pytest.raises(Forbidden):
        approve(workspace, actor, phase_id)


def test_a_stranger_finds_no_case(workspace: Workspace, cast: Cast) -> None:
    """A colleague from another system neither reads nor comments."""
    _, phase_id = examples.submit(workspace, cast)
    with pytest.raises(NotFound):
        cases.one(workspace, cast.charlie, phase_id)
    with pytest.raises(NotFound):
        comments.write(workspace, cast.charlie, phase_id, "Hallo")
    assert rows(workspace, Comment) == []


def test_an_author_cannot_decide_even_as_a_member_of_the_board(
    workspace: Workspace, cast: Cast
) -> None:
    """Alice wrote answers and then joined the board: this case is not hers to decide."""
    _, phase_id = examples.submit(workspace, cast)
    alice = becomes_board(workspace, cast.alice)
    assert not cases.one(workspace, alice, phase_id).may_decide
    with pytest.raises(Forbidden, match="second person"):
        approve(workspace, alice, phase_id)
    assert rows(workspace, Review) == []


def test_whoever_wrote_only_a_value_decision_is_an_author_too(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """Bob changed one value decision, which was then withdrawn: still he cannot decide."""
    examples.answer(workspace, cast, phase_id)
    key = decisions.save(workspace, cast.bob, phase_id, DECISION)
    decisions.withdraw(workspace, cast.bob, key, 1, withdrawn=True)
    phases.submit(workspace, cast.alice, phase_id)
    with pytest.raises(Forbidden):
        approve(workspace, becomes_board(workspace, cast.bob), phase_id)


def test_requested_changes_open_the_phase_and_the_board_decides_again(
    workspace: Workspace, cast: Cast
) -> None:
    """Changes requested, answered and submitted again: the second round can approve."""
    _, phase_id = examples.submit(workspace, cast)
    reviews.decide(
        workspace, cast.dora, phase_id, verdict="request_changes", reasons="Der Nutzen fehlt."
    )
    with pytest.raises(WrongState):
        approve(workspace, cast.emil, phase_id)
    goal = "purpose.goal"
    assessments.save_section(workspace, cast.alice, phase_id, {goal: "Besser."}, {goal: 1})
    phases.submit(workspace, cast.alice, phase_id)
    approve(workspace, cast.emil, phase_id)
    decided = cases.one(workspace, cast.alice, phase_id).reviews
    assert [(one.round, one.verdict) for one in decided] == [(1, "request_changes"), (2, "approve")]


def test_a_case_is_decided_once(workspace: Workspace, cast: Cast) -> None:
    """Eight decisions at the same moment, for and against: exactly one counts."""
    _, phase_id = examples.submit(workspace, cast)
    board = (cast.dora, cast.emil)
    verdicts = ("approve", "request_changes")
    won, refused = race(
        lambda number: reviews.decide(
            workspace,
            board[number % 2],
            phase_id,
            verdict=verdicts[number % 2],
            reasons=f"Grund {number}",
        )
    )
    assert len(won) == 1
    assert {type(error) for error in refused} == {WrongState}
    (review,) = rows(workspace, Review)
    state = cases.one(workspace, cast.dora, phase_id).phase.state
    assert {"approve": "approved", "request_changes": "changes_requested"}[review.verdict] == state


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verdict", ""),
        ("verdict", "reject"),
        ("reasons", "  "),
        ("reasons", "x" * 5001),
        ("minority_opinion", "x" * 5001),
    ],
)
def test_an_incomplete_decision_is_refused(
    workspace: Workspace, cast: Cast, field: str, value: str
) -> None:
    """What is missing or too long is named, and the case stays undecided."""
    _, phase_id = examples.submit(workspace, cast)
    given = {"verdict": "approve", "reasons": REASONS, "minority_opinion": ""} | {field: value}
    with pytest.raises(InvalidInput) as caught:
        reviews.decide(workspace, cast.dora, phase_id, **given)
    assert set(caught.value.fields) == {field}
    assert cases.one(workspace, cast.dora, phase_id).may_decide


def test_team_board_and_administration_talk_about_a_case(workspace: Workspace, cast: Cast) -> None:
    """Comments appear with their names."""
    _, phase_id = examples.submit(workspace, cast)
    for name in ("dora", "alice", "frida"):
        comments.write(workspace, getattr(cast, name), phase_id, f" {name} ")
    case = cases.one(workspace, cast.emil, phase_id)
    assert {case.names[one.person_id]: one.body for one in case.comments} == {
        "Dora": "dora",
        "Alice": "alice",
        "Frida": "frida",
    }


@pytest.mark.parametrize("body", ["", "  \n", "x" * 5001])
def test_an_unfit_comment_is_refused(workspace: Workspace, cast: Cast, body: str) -> None:
    """Empty or too long, it is not stored."""
    _, phase_id = examples.submit(workspace, cast)
    with pytest.raises(InvalidInput) as caught:
        comments.write(workspace, cast.dora, phase_id, body)
    assert set(caught.value.fields) == {"body"}
    assert rows(workspace, Comment) == []
