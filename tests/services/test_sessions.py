"""A session ends when it should: at once, for good, and whatever the browser keeps."""

import pytest

from tests.examples.cast import PASSWORD, Cast, email
from tests.examples.rows import rows
from tests.services.conftest import Clock
from workbench.basics.errors import InvalidInput
from workbench.services import Workspace, people, visits
from workbench.storage.people import WebSession

NEW = "another sentence for tests"


def opened(workspace: Workspace, person_id: str | None) -> str:
    """The token of a new session."""
    return visits.keep(workspace, None, {"language": "en"}, person_id)


def test_it_works(workspace: Workspace, cast: Cast) -> None:
    """The token leads to person and content, and each new session has another token."""
    token = opened(workspace, cast.alice.id)
    visit = visits.find(workspace, token)
    assert visit is not None
    assert (visit.actor, visit.content) == (cast.alice, {"language": "en"})
    assert opened(workspace, cast.alice.id) != token


def test_content_is_kept_under_the_same_token(workspace: Workspace, cast: Cast) -> None:
    """Storing again changes the content and nothing else."""
    token = opened(workspace, cast.alice.id)
    assert visits.keep(workspace, token, {"language": "de"}, cast.alice.id) == token
    visit = visits.find(workspace, token)
    assert visit is not None
    assert visit.content == {"language": "de"}


@pytest.mark.parametrize("token", ["", "guessed", "a" * 43])
def test_an_unknown_token_is_nobody(workspace: Workspace, cast: Cast, token: str) -> None:
    """A token that was never given leads nowhere."""
    opened(workspace, cast.alice.id)
    assert visits.find(workspace, token) is None


def test_nobody_chooses_their_own_token(workspace: Workspace, cast: Cast) -> None:
    """A token planted in a browser is replaced by one of ours, and brings no person along."""
    given = visits.keep(workspace, "planted", {"language": "de"}, cast.alice.id)
    assert given != "planted"
    assert visits.find(workspace, "planted") is None
    visit = visits.find(workspace, given)
    assert visit is not None
    assert visit.actor is None


def test_only_the_hash_of_a_token_is_stored(workspace: Workspace, cast: Cast) -> None:
    """Whoever reads the database cannot use a session."""
    token = opened(workspace, cast.alice.id)
    stored = [row.model_dump() for row in rows(workspace, WebSession)]
    assert len(stored) == 1
    assert token not in repr(stored)


def test_signing_out_kills_the_token(workspace: Workspace, cast: Cast) -> None:
    """After sign-out the old cookie is worth nothing; other sessions go on."""
    token, other = opened(workspace, cast.alice.id), opened(workspace, cast.alice.id)
    visits.end(workspace, token)
    assert visits.find(workspace, token) is None
    assert visits.find(workspace, other) is not None
    visits.end(workspace, token)  # twice is fine


def test_a_page_that_was_under_way_does_not_bring_a_session_back(
    workspace: Workspace, cast: Cast
) -> None:
    """A request that began before the sign-out and stores something after it signs nobody in."""
    token = opened(workspace, cast.alice.id)
    visits.end(workspace, token)
    after = visits.keep(workspace, token, {"_flashes": ["Saved."]}, cast.alice.id)
    visit = visits.find(workspace, after)
    assert visit is not None
    assert visit.actor is None


def test_a_disabled_person_is_out_at_once(workspace: Workspace, cast: Cast) -> None:
    """The next request of a disabled account finds no session; enabled again, it stays ended."""
    token = opened(workspace, cast.bob.id)
    people.set_active(workspace, cast.frida, cast.bob.id, active=False)
    assert visits.find(workspace, token) is None
    people.set_active(workspace, cast.frida, cast.bob.id, active=True)
    assert visits.find(workspace, token) is None


def test_a_session_of_a_disabled_person_is_worth_nothing(workspace: Workspace, cast: Cast) -> None:
    """Even a session that was stored after the account was disabled leads nowhere."""
    people.set_active(workspace, cast.frida, cast.bob.id, active=False)
    assert visits.find(workspace, opened(workspace, cast.bob.id)) is None


def test_a_new_password_ends_all_sessions(workspace: Workspace, cast: Cast) -> None:
    """Whoever changes the password throws everybody out who had the old one."""
    tokens = [opened(workspace, cast.alice.id), opened(workspace, cast.alice.id)]
    theirs = opened(workspace, cast.bob.id)
    people.change_password(workspace, cast.alice, PASSWORD, NEW)
    assert [visits.find(workspace, token) for token in tokens] == [None, None]
    assert visits.find(workspace, theirs) is not None
    assert people.sign_in(workspace, email("alice"), NEW, "") == cast.alice


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("wrong", NEW, "old"), (PASSWORD, "too short", "new"), (PASSWORD, "x" * 257, "new")],
)
def test_a_refused_password_changes_nothing(
    workspace: Workspace, cast: Cast, old: str, new: str, field: str
) -> None:
    """Wrong old or unfit new password: the field is named, sessions and password stay."""
    token = opened(workspace, cast.alice.id)
    with pytest.raises(InvalidInput) as caught:
        people.change_password(workspace, cast.alice, old, new)
    assert set(caught.value.fields) == {field}
    assert visits.find(workspace, token) is not None
    assert people.sign_in(workspace, email("alice"), PASSWORD, "") == cast.alice


def test_an_idle_session_ends(workspace: Workspace, cast: Cast, time: Clock) -> None:
    """Half an hour without a page is allowed, a second more is not."""
    token = opened(workspace, cast.alice.id)
    time.move(minutes=30)
    assert visits.find(workspace, token) is not None
    time.move(minutes=30, seconds=1)
    assert visits.find(workspace, token) is None


def test_every_session_ends_after_twelve_hours(
    workspace: Workspace, cast: Cast, time: Clock
) -> None:
    """However busy somebody is, twelve hours after the sign-in it is over."""
    token = opened(workspace, cast.alice.id)
    for _ in range(24):
        time.move(minutes=30)
        assert visits.find(workspace, token) is not None
    time.move(seconds=1)
    assert visits.find(workspace, token) is None


def test_reading_pages_hardly_ever_writes(workspace: Workspace, cast: Cast, time: Clock) -> None:
    """Within a minute the time of the last page is not stored again."""
    token = opened(workspace, cast.alice.id)

    def seen() -> str:
        (session,) = rows(workspace, WebSession)
        return session.seen_at.isoformat()

    first = seen()
    time.move(seconds=60)
    visits.find(workspace, token)
    assert seen() == first
    time.move(seconds=1)
    visits.find(workspace, token)
    assert seen() > first


def test_ended_sessions_are_swept(workspace: Workspace, cast: Cast, time: Clock) -> None:
    """The next new session removes those that have run out."""
    opened(workspace, cast.alice.id)
    opened(workspace, None)
    time.move(minutes=31)
    opened(workspace, cast.bob.id)
    assert len(rows(workspace, WebSession)) == 1
