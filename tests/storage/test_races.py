"""What a service has checked still holds when it writes, on both databases: eight at once."""

from typing import Any

import pytest
from pydantic import JsonValue

from tests.examples import cast as examples
from tests.examples.cast import PASSWORD, Cast, email
from tests.examples.newer import GONE, SHORTER, VERSION, newer
from tests.examples.race import race
from tests.examples.rows import rows
from workbench.basics.errors import Forbidden, InvalidInput, WrongState
from workbench.governance.roles import TEAM
from workbench.services import (
    Workspace,
    assessments,
    moving,
    people,
    phases,
    publications,
    reviews,
    systems,
)
from workbench.storage.journal import JournalEntry
from workbench.storage.reviews import Review


def test_equal_names_get_different_addresses(anywhere: Workspace, cast: Cast) -> None:
    """Eight systems of the same name at once: eight public addresses, no error."""
    won, refused = race(lambda _: examples.register(anywhere, cast, "Ampel"))
    slugs = {systems.view(anywhere, cast.alice, one).system.slug for one in won}
    assert (len(slugs), refused) == (8, [])


@pytest.mark.usefixtures("cast")
def test_tries_to_sign_in_are_all_counted(anywhere: Workspace) -> None:
    """Of twelve wrong passwords at once, each is counted: two hear that it was too many."""

    won, refused = race(lambda _: sign_in(anywhere, "wrong"), runners=12)
    assert (won, {type(error) for error in refused}) == ([], {Forbidden})
    assert len([error for error in refused if "Wait" in str(error)]) == 2


def sign_in(workspace: Workspace, password: str) -> object:
    """Alice tries to sign in."""
    return people.sign_in(workspace, email("alice"), password, "1.2.3.4")


def test_one_address_is_one_account(anywhere: Workspace) -> None:
    """Eight accounts for one address at once: one is made, seven are told why not."""
    account: dict[str, Any] = {
        "name": "G",
        "email": "g@musterstadt.example",
        "role": TEAM,
        "password": PASSWORD,
    }
    won, refused = race(lambda _: people.add(anywhere, **account))
    assert (len(won), {type(error) for error in refused}) == (1, {InvalidInput})


def test_a_case_is_decided_once(anywhere: Workspace, cast: Cast) -> None:
    """Eight approvals at once: one counts."""
    _, phase_id = examples.submit(anywhere, cast)
    verdict = {"verdict": "approve", "reasons": "Gut."}
    won, refused = race(lambda _: reviews.decide(anywhere, cast.dora, phase_id, **verdict))
    assert (len(won), {type(error) for error in refused}) == (1, {WrongState})
    assert len(rows(anywhere, Review)) == 1


def test_editions_are_numbered_without_gap(anywhere: Workspace, cast: Cast) -> None:
    """Eight publications at once get the numbers 1 to 8."""
    system_id, _ = examples.approve(anywhere, cast)
    won, refused = race(lambda _: publications.publish(anywhere, cast.frida, system_id)[1])
    assert (sorted(won), refused) == (list(range(1, 9)), [])


def test_nothing_changes_under_a_submission(anywhere: Workspace, cast: Cast) -> None:
    """While four empty a required answer and four submit: what is submitted has no gap."""
    system_id = examples.register(anywhere, cast)
    phase_id = examples.phase_of(anywhere, cast, system_id)
    examples.answer(anywhere, cast, phase_id)
    problem = "purpose.problem"

    def act(number: int) -> None:
        if number % 2:
            phases.submit(anywhere, cast.bob, phase_id)
        else:
            assessments.save_section(anywhere, cast.alice, phase_id, {problem: None}, {problem: 1})

    race(act)
    view = phases.overview(anywhere, cast.alice, phase_id)
    assert (view.phase.state == "submitted") is (not view.missing)


def test_no_answer_to_old_questions_is_saved_after_the_move(
    anywhere: Workspace, cast: Cast
) -> None:
    """While one moves the phase to newer questions, three go on saving answers to the old ones."""
    phase_id = examples.phase_of(anywhere, cast, examples.register(anywhere, cast))
    updated = newer(anywhere)
    long, gone = "Ein langes Ziel, Fassung {}-{}.", "Grund {}-{}."

    def act(number: int) -> None:
        numbers: dict[str, int] = {}
        for turn in range(5000):
            if (number, turn) == (0, 1):
                moving.move(updated, cast.bob, phase_id, VERSION)
            sent: dict[str, JsonValue] = {
                SHORTER: long.format(number, turn),
                GONE: gone.format(number, turn),
            }
            saved = assessments.save_section(updated, cast.alice, phase_id, sent, numbers)
            numbers = saved.numbers | {key: one.number for key, one in saved.contested.items()}

    won, refused = race(act, runners=4)
    assert (won, {type(error) for error in refused}) == ([], {InvalidInput})
    acts = [one.action for one in sorted(rows(anywhere, JournalEntry), key=lambda one: one.id or 0)]
    assert acts.index("phase.move") == len(acts) - 1
    assert "answers.save" in acts
    sheet = assessments.section(updated, cast.alice, phase_id, "purpose").sheet
    assert SHORTER not in sheet
    assert GONE in sheet
