"""``workbench doctor`` says in one line per requirement what is there and what to do."""

import ctypes.util
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.examples import quickly
from tests.examples.cast import invite, register
from workbench import doctor, resources
from workbench.basics.errors import Unavailable
from workbench.isolation import selftest
from workbench.questionnaire import fingerprint
from workbench.settings import Settings

REQUIREMENTS = [
    "Python", "SQLite", "Pango", "static files", "fonts", "sealed-off process", "questionnaires",
    "data folder", "secret key", "database", "wording",
]  # fmt: skip


def names(output: str, mark: str) -> list[str]:
    """The requirements with that mark."""
    lines = [line.split(maxsplit=1) for line in output.splitlines()]
    return [line[1].split(":")[0] for line in lines if line[0] == mark]


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, installed: Settings) -> Settings:
    """A machine on which everything is there, whatever this one lacks."""
    monkeypatch.setattr(ctypes.util, "find_library", lambda _: "libpango-1.0.so.0")
    monkeypatch.setattr(selftest, "escapes", list)
    monkeypatch.setattr(doctor, "SQLITE_VERSION", "3.53.4")
    kern = tmp_path / "package/web/static/vendor/kern"
    (kern / "fonts").mkdir(parents=True)
    (kern / "kern.min.css").touch()
    (kern / "fonts/fira.woff2").touch()
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "package")
    folder = Path(doctor.__file__).parents[1] / "questionnaires"
    monkeypatch.setattr(resources, "folder", lambda _: folder)
    return installed


def test_it_works(run: Run, complete: Settings) -> None:  # noqa: ARG001
    """Everything there: one line each, exit code 0."""
    done = run("doctor")
    assert names(done.output, "ok") == REQUIREMENTS
    assert (len(done.output.splitlines()), done.exit_code) == (len(REQUIREMENTS), 0)


def break_sqlite(patch: pytest.MonkeyPatch, _: Settings) -> None:
    """A version with the WAL-reset bug."""
    patch.setattr(doctor, "SQLITE_VERSION", "3.40.1")


def break_pango(patch: pytest.MonkeyPatch, _: Settings) -> None:
    """The library is not installed."""
    patch.setattr(ctypes.util, "find_library", lambda _: None)


def break_static(*_: object) -> None:
    """The styles were not fetched."""
    (resources.PACKAGE / "web/static/vendor/kern/kern.min.css").unlink()


def break_fonts(*_: object) -> None:
    """The fonts were not fetched."""
    (resources.PACKAGE / "web/static/vendor/kern/fonts/fira.woff2").unlink()


def break_jail(patch: pytest.MonkeyPatch, _: Settings) -> None:
    """A kernel without Landlock."""

    def unavailable() -> list[str]:
        raise Unavailable("no Landlock")

    patch.setattr(selftest, "escapes", unavailable)


def break_jail_quietly(patch: pytest.MonkeyPatch, _: Settings) -> None:
    """A jail that is there and does not hold."""
    patch.setattr(selftest, "escapes", lambda: ["a socket was opened"])


def break_questionnaires(patch: pytest.MonkeyPatch, settings: Settings) -> None:
    """A folder in which nothing is asked."""
    patch.setattr(resources, "folder", lambda _: settings.data)


def break_key(_: pytest.MonkeyPatch, settings: Settings) -> None:
    """A key that others can read."""
    settings.key_file.chmod(0o644)


def break_database(_: pytest.MonkeyPatch, settings: Settings) -> None:
    """No database."""
    (settings.data / "workbench.db").unlink()


BREAKS: dict[str, tuple[Callable[[pytest.MonkeyPatch, Settings], None], str]] = {
    "SQLite": (break_sqlite, "pysqlite3"),
    "Pango": (break_pango, "apt-get install"),
    "static files": (break_static, "Install the package again"),
    "fonts": (break_fonts, "Install the package again"),
    "sealed-off process": (break_jail, "Landlock"),
    "questionnaires": (break_questionnaires, "Correct the file"),
    "secret key": (break_key, "chmod 600"),
    "database": (break_database, "workbench init"),
}


@pytest.mark.parametrize("name", list(BREAKS))
def test_what_is_missing_is_named_with_the_remedy(
    run: Run, complete: Settings, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """One thing missing: exactly that line, what to do below it, exit code 1."""
    make, remedy = BREAKS[name]
    make(monkeypatch, complete)
    done = run("doctor")
    assert names(done.output, "MISSING") == [name]
    unseen = {name, "wording"} if name in {"questionnaires", "database"} else {name}
    assert names(done.output, "ok") == [one for one in REQUIREMENTS if one not in unseen]
    assert remedy in done.output
    assert done.exit_code == 1


def test_a_mistake_in_the_towns_own_folder_is_one_finding(
    run: Run,
    complete: Settings,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    """It is checked beside the built-in one, and so is all else; without mistake it is ok."""
    own = tmp_path / "own"
    own.mkdir()
    chosen: dict[str, str | None] = {"WORKBENCH_QUESTIONNAIRES": str(own)}
    assert "own questionnaires" in names(run("doctor", env=chosen).output, "ok")

    (own / "sources").mkdir()
    (own / "sources" / "x.yaml").write_text("id: x\n", encoding="utf-8")
    done = run("doctor", env=chosen)
    assert names(done.output, "MISSING") == ["own questionnaires"]
    assert "own/sources/x.yaml, line 1, title" in done.output
    assert names(done.output, "ok") == [one for one in REQUIREMENTS if one != "wording"]
    assert done.exit_code == 1


def test_questions_that_were_edited_in_use_are_named(
    run: Run, complete: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A phase was opened with other words than the files hold now; before, all is well."""
    workspace = quickly.opened(complete)
    register(workspace, invite(workspace))
    assert names(run("doctor").output, "MISSING") == []
    monkeypatch.setattr(fingerprint, "of", lambda *_: "other")
    done = run("doctor")
    assert names(done.output, "MISSING") == ["wording"]
    assert "edited in use: conception 2026.2" in done.output
    assert "give the change a new version" in done.output
    workspace.database.engine.dispose()


def test_a_jail_that_does_not_hold_is_missing(
    run: Run, complete: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What got out of it is named."""
    break_jail_quietly(monkeypatch, complete)
    done = run("doctor")
    assert names(done.output, "MISSING") == ["sealed-off process"]
    assert "a socket was opened" in done.output


def test_before_init(run: Run, complete: Settings, tmp_path: Path) -> None:
    """Folder, key and database are missing, and looking for them makes none of them."""
    nowhere = tmp_path / "nowhere"
    done = run("doctor", env={"WORKBENCH_DATA": str(nowhere)})
    assert names(done.output, "MISSING") == ["data folder", "secret key", "database"]
    assert not nowhere.exists()
    assert complete.data.exists()


def test_a_wrong_setting_is_a_finding_too(run: Run, complete: Settings) -> None:  # noqa: ARG001
    """The machine is examined all the same; what rests on settings is one line."""
    done = run("doctor", env={"WORKBENCH_TOWN": ""})
    assert names(done.output, "MISSING") == ["settings"]
    assert "WORKBENCH_TOWN" in done.output
    assert done.exit_code == 1


@pytest.mark.parametrize(
    "address", ["postgresql+psycopg://nobody@127.0.0.1:1/x", "postgresql://host:port/x"]
)
def test_a_database_out_of_reach_is_a_finding(
    run: Run,
    complete: Settings,  # noqa: ARG001
    address: str,
) -> None:
    """Whatever the driver says becomes one line."""
    done = run("doctor", env={"WORKBENCH_DATABASE": address})
    assert names(done.output, "MISSING") == ["database"]
    assert "Check WORKBENCH_DATABASE" in done.output


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_versions_with_the_bug(version: tuple[int, ...], safe: bool) -> None:
    """Versions from sqlite.org/wal.html: fixed in 3.51.3, and backported to 3.44.6 and 3.50.7."""
    assert doctor.sqlite_is_safe(version) is safe
