"""Signing in: nobody learns which addresses exist, and guessing is stopped."""

import pytest

from tests.examples.cast import PASSWORD, Cast, email
from tests.examples.rows import rows
from tests.services.conftest import Clock
from workbench.basics.errors import Forbidden
from workbench.services import Workspace, people
from workbench.storage.people import Attempt

WRONG = "not the right sentence"


def test_it_works(workspace: Workspace, cast: Cast) -> None:
    """Address and password give the person; case and spaces of the address do not count."""
    assert (
        people.sign_in(workspace, f" {email('alice').upper()} ", PASSWORD, "1.2.3.4") == cast.alice
    )


def refusal(workspace: Workspace, address: str, password: str = WRONG) -> str:
    """What somebody is told who cannot sign in."""
    with pytest.raises(Forbidden) as caught:
        people.sign_in(workspace, address, password, "1.2.3.4")
    return str(caught.value)


def test_everybody_who_cannot_sign_in_reads_the_same(workspace: Workspace, cast: Cast) -> None:
    """Wrong password, unknown address and disabled account: one text, word for word."""
    people.set_active(workspace, cast.frida, cast.bob.id, active=False)
    texts = {
        refusal(workspace, email("alice")),
        refusal(workspace, "unknown@musterstadt.example"),
        refusal(workspace, email("bob"), PASSWORD),
        refusal(workspace, ""),
    }
    assert texts == {"E-mail address or password is wrong."}


@pytest.mark.usefixtures("cast")
def test_a_password_is_checked_for_unknown_addresses_too(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unknown address costs one check of a hash, as a known one does: time tells nothing."""
    checked = []

    def verify(hashed: str, _: str) -> bool:
        checked.append(hashed[:10])
        return False

    monkeypatch.setattr(people, "_verify", verify)
    refusal(workspace, email("alice"))
    refusal(workspace, "unknown@musterstadt.example")
    assert checked == ["$argon2id$", "$argon2id$"]


def test_the_eleventh_try_is_refused(workspace: Workspace, cast: Cast, time: Clock) -> None:
    """After ten wrong tries even the right password is refused, for a quarter of an hour."""
    for _ in range(10):
        assert "wrong" in refusal(workspace, email("alice"))
    assert "Wait 15 minutes" in refusal(workspace, email("alice"), PASSWORD)
    time.move(minutes=15)
    assert people.sign_in(workspace, email("alice"), PASSWORD, "1.2.3.4") == cast.alice


def test_others_are_not_locked_out(workspace: Workspace, cast: Cast) -> None:
    """The count is per address and network: nobody can lock a colleague out from elsewhere."""
    for _ in range(11):
        refusal(workspace, email("alice"))
    assert people.sign_in(workspace, email("alice"), PASSWORD, "5.6.7.8") == cast.alice
    assert people.sign_in(workspace, email("bob"), PASSWORD, "1.2.3.4") == cast.bob


@pytest.mark.usefixtures("cast")
def test_a_success_starts_the_count_anew(workspace: Workspace) -> None:
    """Nine wrong tries, one right, nine wrong: nobody is refused for too many."""
    for _ in range(2):
        for _ in range(9):
            assert "wrong" in refusal(workspace, email("alice"))
        people.sign_in(workspace, email("alice"), PASSWORD, "1.2.3.4")


@pytest.mark.usefixtures("cast")
def test_neither_address_nor_network_is_kept(workspace: Workspace) -> None:
    """What is counted are hashes that only this installation can make."""
    refusal(workspace, email("alice"))
    keys = [row.key for row in rows(workspace, Attempt)]
    assert len(keys) == 1
    assert len(keys[0]) == 64
    assert "alice" not in keys[0]


@pytest.mark.usefixtures("cast")
def test_old_counts_are_forgotten(workspace: Workspace, time: Clock) -> None:
    """Half an hour later the next try of anybody sweeps them."""
    refusal(workspace, email("alice"))
    time.move(minutes=30)
    refusal(workspace, email("bob"))
    assert len(rows(workspace, Attempt)) == 1


@pytest.mark.parametrize("password", ["", " " + PASSWORD, PASSWORD.upper(), PASSWORD + "x" * 300])
@pytest.mark.usefixtures("cast")
def test_only_the_exact_password_fits(workspace: Workspace, password: str) -> None:
    """Not a bit more, less, or in other letters."""
    refusal(workspace, email("alice"), password)
