"""The board's conditions: reported by the team, answered by the board, seen by both."""

from datetime import timedelta

import pytest

from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.examples.race import race
from tests.examples.rows import rows
from workbench.basics import clock
from workbench.basics.errors import Forbidden, InvalidInput, NotFound, WrongState
from workbench.governance.roles import BOARD, Actor
from workbench.services import Workspace, conditions, reviews
from workbench.storage.conditions import Condition, ConditionStep
from workbench.storage.people import Person
from workbench.storage.reviews import Review

TEXTS = ["Nach einem Jahr prüfen.", "Der Personalrat stimmt zu."]
WORDS = "Der Personalrat hat am Montag zugestimmt."


@pytest.fixture
def system_id(workspace: Workspace, cast: Cast) -> str:
    """A system approved under two conditions."""
    return examples.approve(workspace, cast, TEXTS)[0]


@pytest.fixture
def review_id(workspace: Workspace, system_id: str) -> str:
    """The decision that set them."""
    assert system_id
    return rows(workspace, Review)[0].id


def report(workspace: Workspace, actor: Actor, review_id: str, position: int = 2) -> str:
    """The actor reports one of them as fulfilled today."""
    return conditions.report(
        workspace, actor, review_id, position, words=f" {WORDS} ", fulfilled_on=clock.today()
    )


def answer(workspace: Workspace, actor: Actor, review_id: str, said: str, words: str = "") -> str:
    """The actor answers for the board to the second one."""
    return conditions.settle(workspace, actor, review_id, 2, answer=said, words=words)


def found(workspace: Workspace, actor: Actor, system_id: str) -> list[Condition]:
    """What the actor sees."""
    return conditions.of_system(workspace, actor, system_id).conditions


def states(workspace: Workspace, actor: Actor, system_id: str) -> list[str]:
    """Where they stand."""
    return [one.state for one in found(workspace, actor, system_id)]


def test_it_works(workspace: Workspace, cast: Cast, system_id: str, review_id: str) -> None:
    """Open, reported with sentence and day, confirmed; each step stays with its person."""
    assert [one.text for one in found(workspace, cast.alice, system_id)] == TEXTS
    assert states(workspace, cast.frida, system_id) == ["open", "open"]
    assert report(workspace, cast.bob, review_id) == system_id
    assert answer(workspace, cast.emil, review_id, "confirm") == system_id
    view = conditions.one(workspace, cast.dora, review_id, 2)
    assert [
        (one.state, one.words, one.fulfilled_on, one.person_id) for one in view.condition.steps
    ] == [
        ("reported", WORDS, clock.today(), cast.bob.id),
        ("confirmed", "", None, cast.emil.id),
    ]
    assert view.names == {cast.bob.id: "Bob", cast.emil.id: "Emil"}
    assert states(workspace, cast.dora, system_id) == ["open", "confirmed"]


def test_what_the_board_sends_back_is_open_again(
    workspace: Workspace, cast: Cast, system_id: str, review_id: str
) -> None:
    """Reported, returned with a reason, reported again, lifted: then nothing more."""
    report(workspace, cast.bob, review_id)
    answer(workspace, cast.dora, review_id, "return", "Die Unterschrift fehlt.")
    (_, second) = found(workspace, cast.alice, system_id)
    assert (second.state, second.report) == ("open", None)
    assert second.answer
    assert second.answer.words == "Die Unterschrift fehlt."
    report(workspace, cast.alice, review_id)
    answer(workspace, cast.dora, review_id, "lift", "Das Gesetz hat sich geändert.")
    assert states(workspace, cast.alice, system_id) == ["open", "lifted"]
    with pytest.raises(WrongState):
        report(workspace, cast.alice, review_id)
    with pytest.raises(WrongState):
        answer(workspace, cast.dora, review_id, "return", "Doch nicht.")


def test_conditions_of_a_rejected_round_count_too(workspace: Workspace, cast: Cast) -> None:
    """What the board asks for with its request for changes is followed as well."""
    system_id, phase_id = examples.submit(workspace, cast)
    reviews.decide(
        workspace, cast.dora, phase_id, verdict="request_changes", reasons="Nein.", conditions=["X"]
    )
    assert [one.text for one in found(workspace, cast.alice, system_id)] == ["X"]


def test_each_side_does_its_own(workspace: Workspace, cast: Cast, review_id: str) -> None:
    """The board does not report, team and administration do not answer."""
    for actor in (cast.dora, cast.frida):
        with pytest.raises(Forbidden):
            report(workspace, actor, review_id)
    report(workspace, cast.alice, review_id)
    for actor in (cast.alice, cast.frida):
        with pytest.raises(Forbidden):
            answer(workspace, actor, review_id, "confirm")
        assert not conditions.one(workspace, actor, review_id, 2).answers
    assert set(conditions.one(workspace, cast.dora, review_id, 2).answers) == {
        "confirm",
        "return",
        "lift",
    }


def test_an_author_on_the_board_does_not_answer(
    workspace: Workspace, cast: Cast, review_id: str
) -> None:
    """Alice wrote the assessment and then joined the board."""
    report(workspace, cast.bob, review_id)
    with workspace.database.transaction() as session:
        person = session.get_one(Person, cast.alice.id)
        person.role = BOARD
        session.add(person)
    with pytest.raises(Forbidden, match="second person"):
        answer(workspace, person.actor, review_id, "confirm")
    assert not conditions.one(workspace, person.actor, review_id, 2).answers


def test_a_stranger_finds_nothing(
    workspace: Workspace, cast: Cast, system_id: str, review_id: str
) -> None:
    """A colleague of another system neither reads nor reports."""
    for attempt in (
        lambda: found(workspace, cast.charlie, system_id),
        lambda: conditions.one(workspace, cast.charlie, review_id, 1),
        lambda: report(workspace, cast.charlie, review_id),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert conditions.waiting(workspace, cast.charlie) == []


def test_the_board_does_not_learn_of_a_system_before_it_is_submitted(
    workspace: Workspace, cast: Cast
) -> None:
    """Its page of conditions does not exist yet; for the team it is there, and empty."""
    system_id = examples.register(workspace, cast)
    with pytest.raises(NotFound):
        found(workspace, cast.dora, system_id)
    assert found(workspace, cast.alice, system_id) == []


@pytest.mark.parametrize(("review", "position"), [("0" * 32, 1), (None, 3), (None, 0), (None, -1)])
def test_what_is_not_there_is_not_found(
    workspace: Workspace, cast: Cast, review_id: str, review: str | None, position: int
) -> None:
    """No such decision, or no such condition in it."""
    with pytest.raises(NotFound):
        report(workspace, cast.alice, review or review_id, position)


@pytest.mark.parametrize(
    ("words", "days", "field"),
    [(" ", 0, "words"), ("x" * 1001, 0, "words"), ("Gut.", 1, "fulfilled_on")],
)
def test_an_unfit_report_is_refused(
    workspace: Workspace, cast: Cast, review_id: str, words: str, days: int, field: str
) -> None:
    """Without words, too long, or on a day to come."""
    with pytest.raises(InvalidInput) as caught:
        conditions.report(
            workspace,
            cast.alice,
            review_id,
            1,
            words=words,
            fulfilled_on=clock.today() + timedelta(days=days),
        )
    assert set(caught.value.fields) == {field}
    assert rows(workspace, ConditionStep) == []


@pytest.mark.parametrize(("said", "field"), [("perhaps", "answer"), ("return", "words")])
def test_an_unfit_answer_is_refused(
    workspace: Workspace, cast: Cast, review_id: str, said: str, field: str
) -> None:
    """Another word than those offered; and no without a reason."""
    report(workspace, cast.alice, review_id)
    with pytest.raises(InvalidInput) as caught:
        answer(workspace, cast.dora, review_id, said)
    assert field in caught.value.fields


def test_the_desk_shows_whose_turn_it_is(
    workspace: Workspace, cast: Cast, system_id: str, review_id: str
) -> None:
    """Open ones stand with the team, reported ones with the board, never with both."""

    def texts(actor: Actor) -> list[str]:
        waiting = conditions.waiting(workspace, actor)
        assert [one.system.id for one in waiting] == [system_id] * len(waiting)
        return [condition.text for one in waiting for condition in one.conditions]

    assert (texts(cast.alice), texts(cast.dora)) == (TEXTS, [])
    report(workspace, cast.alice, review_id)
    assert (texts(cast.bob), texts(cast.emil)) == (TEXTS[:1], TEXTS[1:])
    assert texts(cast.frida) == []
    answer(workspace, cast.dora, review_id, "confirm")
    assert (texts(cast.alice), texts(cast.dora)) == (TEXTS[:1], [])


def test_a_condition_is_reported_once(workspace: Workspace, cast: Cast, review_id: str) -> None:
    """Eight reports at the same moment: one counts."""
    team = (cast.alice, cast.bob)
    won, refused = race(lambda number: report(workspace, team[number % 2], review_id))
    assert len(won) == 1
    assert {type(error) for error in refused} == {WrongState}
    assert len(rows(workspace, ConditionStep)) == 1
