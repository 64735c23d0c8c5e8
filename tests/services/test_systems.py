"""Systems: registered, described and shared by the people who work on them."""

import re
from typing import Any

import pytest

from tests.examples import cast as examples
from tests.examples.cast import Cast, email
from tests.examples.race import race
from workbench.basics.errors import Forbidden, InvalidInput, NotFound, WrongState
from workbench.services import Workspace, people, phases, systems

GOOD: dict[str, Any] = {
    "name": "Chatbot im Bürgerbüro",
    "purpose": "Beantwortet Fragen zu Ausweisen.",
    "department": "Bürgerbüro",
    "contact": "buergerbuero@musterstadt.example",
}


def test_it_works(workspace: Workspace, cast: Cast) -> None:
    """A new system has its description, its creator, and the phase conception open."""
    system_id = systems.create(workspace, cast.alice, **GOOD)
    view = systems.view(workspace, cast.alice, system_id)
    assert {field: getattr(view.system, field) for field in GOOD} == GOOD
    assert view.system.slug == "chatbot-im-buergerbuero"
    assert [person.name for person in view.members] == ["Alice"]
    assert [(phase.name, phase.state) for phase in view.phases] == [("conception", "open")]
    assert (view.audits, view.editions) == ([], [])


def test_the_phase_is_bound_to_the_newest_questionnaire(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """Id and version are those of the library's current questionnaire for the phase."""
    phase = systems.view(workspace, cast.alice, system_id).phases[0]
    current = workspace.library.current("conception")
    assert (phase.questionnaire, phase.version) == (current.id, current.version)


@pytest.mark.parametrize("name", ["dora", "frida"])
def test_only_project_teams_register(workspace: Workspace, cast: Cast, name: str) -> None:
    """Board and administration do not register systems."""
    with pytest.raises(Forbidden):
        systems.create(workspace, getattr(cast, name), **GOOD)


@pytest.mark.parametrize("name", ["alice", "bob", "frida"])
def test_who_may_see_a_system(workspace: Workspace, cast: Cast, system_id: str, name: str) -> None:
    """Its team and the administration see it."""
    assert systems.view(workspace, getattr(cast, name), system_id).system.id == system_id


def test_a_stranger_does_not_learn_that_it_exists(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """For a colleague who does not work on it, it reads as one that does not exist."""
    with pytest.raises(NotFound) as real:
        systems.view(workspace, cast.charlie, system_id)
    with pytest.raises(NotFound) as invented:
        systems.view(workspace, cast.charlie, "no such id")
    assert str(real.value) == str(invented.value)


def test_the_board_reads_cases_and_not_systems(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """A member of the board is told that the role does not allow it."""
    with pytest.raises(Forbidden):
        systems.view(workspace, cast.dora, system_id)


@pytest.mark.parametrize("field", list(GOOD))
def test_every_field_is_needed_and_limited(workspace: Workspace, cast: Cast, field: str) -> None:
    """An empty or too long field is named; a text of exactly the limit is taken."""
    limit = systems.LENGTHS[field]
    for text in ("", "  \n ", "x" * (limit + 1)):
        with pytest.raises(InvalidInput) as caught:
            systems.create(workspace, cast.alice, **(GOOD | {field: text}))
        assert set(caught.value.fields) == {field}
    assert systems.desk(workspace, cast.alice) == []
    systems.create(workspace, cast.alice, **(GOOD | {field: "x" * limit}))


@pytest.mark.parametrize("name", ["Ampel", "???", "x" * 100, "Straße"])
def test_equal_names_get_different_addresses(workspace: Workspace, cast: Cast, name: str) -> None:
    """Systems of the same name are told apart in the register, also when made at once."""
    won, refused = race(lambda _: systems.create(workspace, cast.alice, **(GOOD | {"name": name})))
    slugs = {systems.view(workspace, cast.alice, one).system.slug for one in won}
    assert len(slugs) == 8
    assert refused == []
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)


def test_a_change_keeps_the_address(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """Everything about a system can be changed by its team, except its public address."""
    before = systems.view(workspace, cast.alice, system_id).system.slug
    systems.change(workspace, cast.bob, system_id, **GOOD)
    system = systems.view(workspace, cast.alice, system_id).system
    assert {field: getattr(system, field) for field in GOOD} == GOOD
    assert system.slug == before


@pytest.mark.parametrize(
    ("name", "error"), [("charlie", NotFound), ("dora", Forbidden), ("frida", Forbidden)]
)
def test_who_may_not_change_or_share(
    workspace: Workspace, cast: Cast, system_id: str, name: str, error: type[Exception]
) -> None:
    """Strangers find nothing; other roles are told so; nothing changes."""
    actor = getattr(cast, name)
    with pytest.raises(error):
        systems.change(workspace, actor, system_id, **GOOD)
    with pytest.raises(error):
        systems.share(workspace, actor, system_id, email("charlie"))
    view = systems.view(workspace, cast.alice, system_id)
    assert view.system.name != GOOD["name"]
    assert [person.name for person in view.members] == ["Alice", "Bob"]


def test_sharing_lets_a_colleague_in(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """From then on the colleague sees the system; sharing again changes nothing."""
    for _ in range(2):
        systems.share(workspace, cast.alice, system_id, email("charlie").upper())
    view = systems.view(workspace, cast.charlie, system_id)
    assert [person.name for person in view.members] == ["Alice", "Bob", "Charlie"]


def test_only_active_people_of_project_teams_can_be_added(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """An unknown address, the board and a disabled account are refused with one text."""
    people.set_active(workspace, cast.frida, cast.charlie.id, active=False)
    texts = set()
    for address in ("nobody@musterstadt.example", email("dora"), email("charlie")):
        with pytest.raises(InvalidInput) as caught:
            systems.share(workspace, cast.alice, system_id, address)
        texts.add(caught.value.fields["email"])
    assert len(texts) == 1


def test_a_desk_shows_ones_own_systems(workspace: Workspace, cast: Cast) -> None:
    """A team sees the systems it works on, by name; the administration sees all."""
    examples.register(workspace, cast, "Ampel")
    systems.create(workspace, cast.charlie, **GOOD)
    names = {
        name: [entry.system.name for entry in systems.desk(workspace, getattr(cast, name))]
        for name in ("alice", "bob", "charlie", "frida")
    }
    assert names == {
        "alice": ["Ampel"],
        "bob": ["Ampel"],
        "charlie": [GOOD["name"]],
        "frida": ["Ampel", GOOD["name"]],
    }


def test_what_the_board_judges_cannot_be_changed_behind_it(
    workspace: Workspace, cast: Cast
) -> None:
    """The description stays as it is while a phase is submitted or approved."""
    system_id, phase_id = examples.approve(workspace, cast)
    before = systems.view(workspace, cast.alice, system_id)
    assert not before.writable
    with pytest.raises(WrongState):
        systems.change(workspace, cast.alice, system_id, **GOOD)
    assert systems.view(workspace, cast.alice, system_id).system == before.system
    phases.reopen(workspace, cast.alice, phase_id)
    systems.change(workspace, cast.alice, system_id, **GOOD)
