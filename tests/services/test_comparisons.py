"""Two finished audits are compared once, by what may be published of them."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.examples import audit_results, audited
from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.examples.rows import rows
from workbench.audit import resultfile
from workbench.audit.comparison import compared
from workbench.basics.errors import DataRefused, Forbidden, InvalidInput, NotFound
from workbench.isolation import runner
from workbench.services import Workspace, audit_files, audit_runs, comparisons, systems
from workbench.storage import jobs
from workbench.storage.audits import AuditComparison
from workbench.storage.jobs import Job
from workbench.worker import drain

CHART = {"de": "<svg>de</svg>", "en": "<svg>en</svg>"}
Asked = list[tuple[str, Mapping[str, object]]]


@pytest.fixture(autouse=True)
def jail(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What the jailed process was asked; it compares as the real one does, without drawing."""
    asked: Asked = []

    def run(task: str, folder: Path, arguments: Mapping[str, object], **_: object) -> object:
        asked.append((task, arguments))
        before, after = (
            resultfile.read((folder / str(arguments[side])).read_bytes())
            for side in ("before", "after")
        )
        data = arguments["data"]
        assert data is None or (folder / str(data)).read_bytes() == b"sex;paid\n"
        assert before.is_published
        assert after.is_published
        return {
            "result": compared(before, after).model_dump(mode="json"),
            "charts": {"comparison/sex/points": CHART},
            "words": {"comparison/sex/points": audited.WORDS.model_dump(mode="json")},
        }

    monkeypatch.setattr(runner, "run", run)
    return asked


@pytest.fixture
def two(workspace: Workspace, cast: Cast, system_id: str) -> tuple[str, str]:
    """The ids of two finished audits, the later one first."""
    earlier = audited.finished(workspace, cast.alice, system_id, audit_results.classification())
    later = audited.finished(
        workspace, cast.alice, system_id, audit_results.classification(p=0.5), b"other;data\n"
    )
    return later, earlier


def test_it_works(workspace: Workspace, cast: Cast, two: tuple[str, str], jail: Asked) -> None:
    """The board asks, the sealed-off process compares, everybody of the system reads it."""
    comparisons.ask(workspace, cast.dora, *two)
    view = comparisons.view(workspace, cast.alice, *two)
    assert view.job is not None
    assert (view.comparison, view.row is not None, view.job.state) == (None, True, "queued")
    drain(workspace)
    assert [task for task, _ in jail] == ["workbench.audit.tasks:compared"]
    view = comparisons.view(workspace, cast.bob, *two)
    assert view.comparison is not None
    assert view.before is not None
    assert view.before.is_published
    assert {change.attribute for change in view.comparison.changes} >= {"sex"}
    drawn = view.charts["comparison/sex/points"]
    assert drawn.words == audited.WORDS
    svg = audit_files.chart(workspace, cast.dora, two[0], drawn.files["de"])
    assert svg == CHART["de"].encode()
    assert list(workspace.scratch.iterdir()) == []


def test_the_choice_comes_first(workspace: Workspace, cast: Cast, two: tuple[str, str]) -> None:
    """Without the earlier audit only those to choose from are there, the same system's first."""
    view = comparisons.view(workspace, cast.dora, two[0])
    assert ([one.id for one in view.others], view.other, view.row) == ([two[1]], None, None)
    other = examples.register(workspace, cast, "Anderes System")
    only = audited.finished(workspace, cast.alice, other, audit_results.classification())
    view = comparisons.view(workspace, cast.alice, only)
    assert [one.id for one in view.others] == list(two)
    assert [one.id for one in comparisons.view(workspace, cast.alice, two[0]).others] == [
        two[1],
        only,
    ]
    assert view.names[other] == "Anderes System"


def test_asking_twice_is_asking_once(
    workspace: Workspace, cast: Cast, two: tuple[str, str]
) -> None:
    """The same comparison is one row and one job; the other way round is another one."""
    for _ in range(2):
        comparisons.ask(workspace, cast.alice, *two)
    assert (len(rows(workspace, AuditComparison)), len(rows(workspace, Job))) == (1, 1)
    comparisons.ask(workspace, cast.alice, *reversed(two))
    assert len(rows(workspace, AuditComparison)) == 2


@pytest.mark.parametrize("wrong", ["same", "waiting", "refused"])
def test_what_cannot_be_compared(
    workspace: Workspace, cast: Cast, system_id: str, two: tuple[str, str], wrong: str
) -> None:
    """An audit with itself, or with one that has no result, is refused beside the field."""
    other = two[0]
    if wrong != "same":
        other = audited.unfinished(workspace, cast.alice, system_id, wrong)
    with pytest.raises(InvalidInput) as caught:
        comparisons.ask(workspace, cast.alice, two[0], other)
    assert set(caught.value.fields) == {"before"}
    with pytest.raises(NotFound):
        comparisons.view(workspace, cast.alice, two[0], other)
    assert rows(workspace, AuditComparison) == []


def test_two_systems_are_compared(
    workspace: Workspace, cast: Cast, two: tuple[str, str], jail: Asked
) -> None:
    """Whoever may read both audits may set one system beside another; so may the board."""
    elsewhere = examples.register(workspace, cast, "Anderes System")
    foreign = audited.finished(workspace, cast.alice, elsewhere, audit_results.classification())
    comparisons.ask(workspace, cast.alice, two[0], foreign)
    drain(workspace)
    assert len(jail) == 1
    view = comparisons.view(workspace, cast.bob, two[0], foreign)
    assert view.comparison is not None
    assert view.other is not None
    assert view.other.system_id == elsewhere


def test_an_audit_that_one_may_not_read_is_not_found(
    workspace: Workspace, cast: Cast, two: tuple[str, str], jail: Asked
) -> None:
    """Twin: of a system of other people there is neither choice, comparison nor chart."""
    elsewhere = systems.create(
        workspace, cast.charlie, name="Fremd", purpose="Prüft.", department="Amt", contact="Tür 3"
    )
    foreign = audited.finished(workspace, cast.charlie, elsewhere, audit_results.classification())
    for act in (comparisons.ask, comparisons.view):
        for unknown in (foreign, "0" * 32):
            with pytest.raises(NotFound):
                act(workspace, cast.alice, two[0], unknown)
    assert rows(workspace, AuditComparison) == []
    comparisons.ask(workspace, cast.frida, two[0], foreign)  # the administration reads both
    drain(workspace)
    chart = comparisons.view(workspace, cast.frida, two[0], foreign).charts["comparison/sex/points"]
    assert audit_files.chart(workspace, cast.frida, two[0], chart.files["de"])
    with pytest.raises(NotFound):
        audit_files.chart(workspace, cast.alice, two[0], chart.files["de"])
    assert len(jail) == 1


def test_a_stranger_finds_nothing(workspace: Workspace, cast: Cast, two: tuple[str, str]) -> None:
    """Charlie is no member: neither choice nor comparison nor its chart exists for him."""
    comparisons.ask(workspace, cast.alice, *two)
    drain(workspace)
    chart = comparisons.view(workspace, cast.alice, *two).charts["comparison/sex/points"]
    for act in (
        lambda: comparisons.view(workspace, cast.charlie, two[0]),
        lambda: comparisons.view(workspace, cast.charlie, *two),
        lambda: comparisons.ask(workspace, cast.charlie, *two),
        lambda: audit_files.chart(workspace, cast.charlie, two[0], chart.files["de"]),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_refusal_is_stored(
    workspace: Workspace,
    cast: Cast,
    two: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the sealed-off process refuses is told instead of a result."""

    def refuse(*_: object, **__: object) -> Any:
        raise DataRefused("No {n}.", n=1)

    monkeypatch.setattr(runner, "run", refuse)
    comparisons.ask(workspace, cast.alice, *two)
    drain(workspace)
    row = comparisons.view(workspace, cast.alice, *two).row
    assert row is not None
    assert (row.state, row.refusal) == ("refused", {"message": "No {n}.", "values": {"n": 1}})


def test_a_comparison_that_kills_its_workers_is_refused(
    workspace: Workspace, cast: Cast, two: tuple[str, str], jail: Asked
) -> None:
    """After three workers died over it, the fourth refuses it instead of dying too."""
    comparisons.ask(workspace, cast.alice, *two)
    with workspace.database.transaction() as session:
        job = jobs.of(session, "compare", rows(workspace, AuditComparison)[0].id)
        assert job is not None
        job.attempts = jobs.ATTEMPTS
        session.add(job)
    drain(workspace)
    row = rows(workspace, AuditComparison)[0]
    assert row.refusal == {"message": audit_runs.DIED, "values": {"attempts": 3}}
    assert jail == []


def test_forbidden_is_nobody(workspace: Workspace, cast: Cast, two: tuple[str, str]) -> None:
    """Every role may read audits, so every role may compare; twin: only the team gets the data."""
    for person in (cast.alice, cast.dora, cast.frida):
        comparisons.ask(workspace, person, *two)
    with pytest.raises(Forbidden):
        audit_files.result(workspace, cast.dora, two[0])


@pytest.mark.parametrize("kept", ["here", "elsewhere", "nowhere"])
def test_the_table_of_both_audits_is_handed_over(
    workspace: Workspace, cast: Cast, system_id: str, kept: str, jail: Asked
) -> None:
    """Only the table that this system keeps: not one of another system, nor one that is gone."""
    sha256 = hashlib.sha256(b"sex;paid\n").hexdigest()
    content = b"sex;paid\n" if kept == "here" else b"other\n"
    ids = [
        audited.finished(workspace, cast.alice, system_id, result, content)
        for result in (audit_results.classification(), audit_results.classification(p=0.5))
    ]
    for audit_id in ids:
        audited.names_table(workspace, audit_id, sha256)
    if kept == "elsewhere":
        other = examples.register(workspace, cast, "Anderes System")
        audited.handed_in(workspace, cast.alice, other, b"sex;paid\n")

    comparisons.ask(workspace, cast.alice, ids[1], ids[0])
    drain(workspace)

    ((_, arguments),) = jail
    assert arguments["data"] == ("data" if kept == "here" else None)
