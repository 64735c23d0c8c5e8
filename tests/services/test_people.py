"""Accounts: added by the administration, complete or not at all."""

from typing import Any

import pytest

from tests.examples.cast import PASSWORD, Cast, email
from tests.examples.race import race
from tests.examples.rows import rows
from workbench.basics.errors import Forbidden, InvalidInput, NotFound, WorkbenchError
from workbench.governance.roles import TEAM
from workbench.services import Workspace, people
from workbench.storage.people import Person

GOOD: dict[str, Any] = {
    "name": "Gustav",
    "email": "gustav@musterstadt.example",
    "role": TEAM,
    "password": PASSWORD,
}


def test_it_works(workspace: Workspace, cast: Cast) -> None:
    """A person who was added can sign in, and appears in the list."""
    gustav = people.add(workspace, **GOOD, office=" Bauhof ", by=cast.frida)
    assert people.sign_in(workspace, GOOD["email"], PASSWORD, "") == gustav
    listed = {person.name: person.office for person in people.everybody(workspace, cast.frida)}
    assert listed["Gustav"] == "Bauhof"


@pytest.mark.parametrize("name", ["alice", "dora"])
def test_only_the_administration_manages_accounts(
    workspace: Workspace, cast: Cast, name: str
) -> None:
    """Team and board can neither see, add nor disable accounts."""
    actor = getattr(cast, name)
    with pytest.raises(Forbidden):
        people.everybody(workspace, actor)
    with pytest.raises(Forbidden):
        people.add(workspace, **GOOD, by=actor)
    with pytest.raises(Forbidden):
        people.set_active(workspace, actor, cast.bob.id, active=False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("email", ""),
        ("email", "gustav"),
        ("email", "@musterstadt.example"),
        ("email", "gus tav@musterstadt.example"),
        ("email", email("alice").upper()),
        ("role", "mayor"),
        ("password", "elevenchars"),
        ("password", "x" * 257),
    ],
)
def test_an_unfit_account_is_refused(
    workspace: Workspace, cast: Cast, field: str, value: str
) -> None:
    """The field that does not fit is named, and nobody is added."""
    before = people.everybody(workspace, cast.frida)
    with pytest.raises(InvalidInput) as caught:
        people.add(workspace, **(GOOD | {field: value}))
    assert set(caught.value.fields) == {field}
    assert len(people.everybody(workspace, cast.frida)) == len(before)


@pytest.mark.usefixtures("cast")
def test_all_unfit_fields_are_named_at_once(workspace: Workspace) -> None:
    """Nobody has to send a form four times."""
    with pytest.raises(InvalidInput) as caught:
        people.add(workspace, name="", email=email("alice"), role="", password="")
    assert set(caught.value.fields) == {"name", "email", "role", "password"}


@pytest.mark.usefixtures("cast")
def test_one_address_is_one_account(workspace: Workspace) -> None:
    """Eight who add the same address at once: one succeeds, seven are told why not."""
    won, refused = race(lambda _: people.add(workspace, **GOOD))
    assert len(won) == 1
    assert {type(error) for error in refused} == {InvalidInput}


@pytest.mark.usefixtures("cast")
def test_passwords_are_stored_as_argon2id(workspace: Workspace) -> None:
    """The password itself is nowhere; two people with the same one have different hashes."""
    hashes = [person.password_hash for person in rows(workspace, Person)]
    assert len(set(hashes)) == len(hashes)
    assert all(one.startswith("$argon2id$") and PASSWORD not in one for one in hashes)


def test_nobody_locks_themselves_out(workspace: Workspace, cast: Cast) -> None:
    """The administration cannot disable its own account."""
    with pytest.raises(WorkbenchError, match="own account"):
        people.set_active(workspace, cast.frida, cast.frida.id, active=False)


def test_an_unknown_account_is_not_found(workspace: Workspace, cast: Cast) -> None:
    """An id that nobody has is told as such."""
    with pytest.raises(NotFound):
        people.set_active(workspace, cast.frida, "nobody", active=False)
