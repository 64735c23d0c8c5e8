"""The demo says so when its PDF was not made, instead of leaving it out."""

from collections.abc import Iterator

import pytest

from tests.examples import quickly, road_damage
from tests.examples.cast import Cast
from workbench import worker
from workbench.basics.errors import WorkbenchError
from workbench.demo import setting_up
from workbench.reporting import edition as document
from workbench.services import Workspace, phases, register, reviews
from workbench.settings import Settings


@pytest.fixture
def workspace(settings: Settings, fast_hashing: None) -> Iterator[Workspace]:  # noqa: ARG001
    """With the questionnaires as they are."""
    opened = quickly.opened(settings)
    yield opened
    opened.database.engine.dispose()


@pytest.fixture
def approved(workspace: Workspace, cast: Cast) -> str:
    """A system whose conception the board approved."""
    system_id, phase_id = road_damage.answered(workspace, cast)
    phases.submit(workspace, cast.alice, phase_id)
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut begründet.")
    return system_id


def test_the_pdf_is_there(
    workspace: Workspace, cast: Cast, approved: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After publishing, the edition has its PDF; how it looks, tests of the edition tell."""
    monkeypatch.setattr(document, "edition_pdf", lambda *_: b"%PDF-")
    setting_up.publish(workspace, cast.frida, [approved])
    (entry,) = register.entries(workspace.database)
    found = register.edition(workspace.database, entry.record.system.slug)
    assert setting_up.PDF in found.files


def test_a_missing_pdf_stops_the_demo(
    workspace: Workspace, cast: Cast, approved: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twin: when making it fails, the message names the edition."""

    def broken(*_: object) -> None:
        raise OSError("no fonts")

    monkeypatch.setitem(worker.KINDS, "pdf", broken)
    with pytest.raises(WorkbenchError, match=r"PDF of edition 1 of .* was not made"):
        setting_up.publish(workspace, cast.frida, [approved])
