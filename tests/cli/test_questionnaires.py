"""Questionnaires are checked before anything runs: file, line, key and what was expected."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from workbench import resources
from workbench.app import create_app
from workbench.basics.errors import BrokenContent
from workbench.settings import Settings

FILE = "conception/2026.1/questionnaire.yaml"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The built-in questionnaires with one wrong word."""
    folder = tmp_path / "questionnaires"
    shutil.copytree(resources.folder("questionnaires"), folder)
    text = (folder / FILE).read_text(encoding="utf-8")
    (folder / FILE).write_text(text.replace("type: long_text", "type: essay", 1), encoding="utf-8")
    return folder


def line_of(folder: Path) -> int:
    """Where the wrong word stands."""
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if "essay" in line)


def test_the_built_in_ones_are_whole(run: Run) -> None:
    """Exit code 0 and one sentence."""
    done = run("questionnaires", "check")
    assert (done.exit_code, done.output.startswith("No mistake in ")) == (0, True)


def test_a_mistake_is_located(run: Run, broken: Path) -> None:
    """File, line and key of the mistake, what was expected, and an exit code that stops a CI."""
    done = run("questionnaires", "check", str(broken))
    assert done.exit_code == 2
    assert f"{FILE}, line {line_of(broken)}, sections/0/questions/0/type: expected" in done.output


def test_every_mistake_is_told_at_once(run: Run, broken: Path) -> None:
    """Twin: a second mistake gives a second line."""
    (broken / "values.yaml").write_text("nothing: here\n", encoding="utf-8")
    done = run("questionnaires", "check", str(broken))
    assert FILE in done.output
    assert "values.yaml, line 1" in done.output


def test_an_empty_folder_is_a_mistake(run: Run, tmp_path: Path) -> None:
    """Nothing to check is not "no mistake"."""
    assert run("questionnaires", "check", str(tmp_path)).exit_code == 2
    assert run("questionnaires", "check", str(tmp_path / "nowhere")).exit_code == 2


def test_the_app_refuses_to_start(
    run: Run, broken: Path, installed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a broken questionnaire neither pages nor worker start; the mistake is printed."""
    found = resources.folder
    monkeypatch.setattr(
        resources, "folder", lambda name: broken if name == "questionnaires" else found(name)
    )
    with pytest.raises(BrokenContent, match=rf"{FILE}, line {line_of(broken)}"):
        create_app(installed)
    for command in ("serve", "worker"):
        done = run(command)
        assert done.exit_code == 2
        assert f"{FILE}, line {line_of(broken)}" in done.output
