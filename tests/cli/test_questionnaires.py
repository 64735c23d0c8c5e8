"""Questionnaires are checked before anything runs: file, line, key and what was expected."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from workbench import install, resources, settings
from workbench.app import create_app
from workbench.basics.errors import BadSetting, BrokenContent
from workbench.services import open_workspace
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
    """Exit code 0, one sentence, and how each version reads in each language."""
    done = run("questionnaires", "check")
    assert (done.exit_code, done.output.startswith("No mistake in ")) == (0, True)
    files = resources.folder("questionnaires").glob("*/*/text.*.yaml")
    named = [f"{one.parts[-3]} {one.parts[-2]} {one.suffixes[0][1:]}" for one in sorted(files)]
    told = re.findall(
        r"^(\S+ \S+ ..): longest sentence \d+ words, LIX [\d.]+, nominal style [\d.]+ %",
        done.output,
        re.MULTILINE,
    )
    assert told == named


UNCHECKED = """\
id: own-act
title: {de: Eigenes Gesetz, en: Own act}
version: "2026"
link: https://law.example/own
"""


@pytest.mark.parametrize(
    ("check", "told"),
    [
        ("", ["  not checked: own/sources/own-act.yaml"]),
        ("checked_on: 2026-01-02\nchecked_against: official\n", []),
    ],
)
def test_a_source_nobody_has_checked_is_no_mistake(
    run: Run, tmp_path: Path, check: str, told: list[str]
) -> None:
    """It is listed, so that somebody can; a folder of a town's own names only its own."""
    own = tmp_path / "own"
    (own / "sources").mkdir(parents=True)
    (own / "sources" / "own-act.yaml").write_text(UNCHECKED + check, encoding="utf-8")

    done = run("questionnaires", "check", str(own))

    assert done.exit_code == 0
    assert [line for line in done.output.splitlines() if "not checked" in line] == told
    assert ("without checked_on: 1" in done.output) == bool(told)


def test_a_check_on_a_day_to_come_is_a_mistake(run: Run, tmp_path: Path) -> None:
    """Nobody can have compared anything then."""
    (tmp_path / "sources").mkdir()
    ahead = "checked_on: 9999-01-01\nchecked_against: official\n"
    (tmp_path / "sources" / "own-act.yaml").write_text(UNCHECKED + ahead, encoding="utf-8")

    done = run("questionnaires", "check", str(tmp_path))

    assert done.exit_code == 2
    assert "own-act.yaml, line 5, checked_on: expected a day that has come" in done.output


def test_a_mistake_is_located(run: Run, broken: Path) -> None:
    """File, line and key of the mistake, what was expected, and an exit code that stops a CI."""
    done = run("questionnaires", "check", str(broken))
    assert done.exit_code == 2
    assert f"{FILE}, line {line_of(broken)}, sections/0/questions/0/type: expected" in done.output
    assert "workbench: 1 mistake in " in done.output


def test_every_mistake_is_told_at_once(run: Run, broken: Path) -> None:
    """Twin: a second mistake gives a second line."""
    (broken / "lists" / "2026.1" / "values.yaml").write_text("nothing: here\n", encoding="utf-8")
    done = run("questionnaires", "check", str(broken))
    assert FILE in done.output
    assert "values.yaml, line 1" in done.output
    assert re.search("workbench: [0-9]+ mistakes in ", done.output)


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


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A town's own folder: a further version of the conception."""
    folder = tmp_path / "own"
    shutil.copytree(
        resources.folder("questionnaires") / "conception" / "2026.2",
        folder / "conception" / "2027.9",
    )
    file = folder / "conception" / "2027.9" / "questionnaire.yaml"
    text = file.read_text(encoding="utf-8").replace('version: "2026.2"', 'version: "2027.9"')
    file.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_of_ones_own(run: Run, own: Path, tmp_path: Path) -> None:
    """It is checked beside the built-in one, and its newer version is the one to answer."""
    assert run("questionnaires", "check", str(own)).exit_code == 0
    chosen = settings.read(
        {
            "WORKBENCH_TOWN": "Musterstadt",
            "WORKBENCH_DATA": str(tmp_path / "data"),
            "WORKBENCH_QUESTIONNAIRES": str(own),
        }
    )
    install.prepare(chosen)
    library = open_workspace(chosen).library
    assert library.current("conception").version == "2027.9"
    assert library.questionnaire("conception", "2026.2").version == "2026.2"
    assert settings.environment(chosen)["WORKBENCH_QUESTIONNAIRES"] == str(own)


def test_ones_own_folder_replaces_nothing(run: Run, own: Path) -> None:
    """Twin: a version or a list that is built in is a mistake, and so is a missing folder."""
    (own / "conception" / "2027.9").rename(own / "conception" / "2026.1")
    done = run("questionnaires", "check", str(own))
    assert done.exit_code == 2
    assert "a name of its own" in done.output
    with pytest.raises(BadSetting):
        settings.read(
            {"WORKBENCH_TOWN": "Musterstadt", "WORKBENCH_QUESTIONNAIRES": str(own / "nowhere")}
        )


def changed(file: Path, old: str, new: str) -> int:
    """Change the first place in the file, and the line where the new text ends."""
    before, _, after = file.read_text(encoding="utf-8").partition(old)
    file.write_text(before + new + after, encoding="utf-8")
    return (before + new).count("\n") + 1


def test_an_id_that_stands_twice_is_one_line(run: Run, own: Path) -> None:
    """File, line and the line of the first one, without all that follows from the mistake."""
    file = own / "conception" / "2027.9" / "questionnaire.yaml"
    line = changed(file, "id: scan.origin", "id: scan.technique")
    done = run("questionnaires", "check", str(own))
    first = file.read_text(encoding="utf-8").splitlines().index("      - id: scan.technique") + 1
    told = [one for one in done.output.splitlines() if ", line " in one]
    assert len(told) == 1
    assert f"conception/2027.9/questionnaire.yaml, line {line}," in told[0]
    assert f"scan.technique is taken: it stands in line {first} already" in told[0]


def test_what_follows_from_an_unreadable_file_is_left_out(run: Run, tmp_path: Path) -> None:
    """In a copy everything rests on the conception; only its own mistake is told."""
    folder = tmp_path / "copy"
    shutil.copytree(resources.folder("questionnaires"), folder)
    key = "        id: scan.technique\n"
    file = folder / "conception" / "2026.2" / "questionnaire.yaml"
    line = changed(file, "      - id: scan.technique\n", "      - id: scan.technique\n" + key) - 1
    done = run("questionnaires", "check", str(folder))
    told = [one for one in done.output.splitlines() if ", line " in one]
    assert len(told) == 1
    assert f"2026.2/questionnaire.yaml, line {line}," in told[0]
    assert f"each key once, this one stands in line {line - 1} already" in told[0]


def test_a_stray_list_does_not_make_a_copy(run: Run, own: Path) -> None:
    """Beside the built-in ones there are no lists; that alone is said, and how was checked."""
    shutil.copy(resources.folder("questionnaires") / "factors.yaml", own)
    done = run("questionnaires", "check", str(own))
    told = [one for one in done.output.splitlines() if ", line " in one]
    assert told == ["own/factors.yaml, line 1, : expected no such file here, this list is built in"]
    assert "beside the built-in questionnaires" in done.output


def test_a_long_sentence_is_listed_with_its_place(run: Run, own: Path) -> None:
    """Only the town's own version is listed. The sentence is named, but it is no mistake."""
    before = run("questionnaires", "check", str(own)).output.splitlines()
    assert [one.split(":")[0] for one in before[2:]] == [
        "conception 2027.9 de",
        "conception 2027.9 en",
    ]
    assert "beyond the aim" not in before[2]
    sentence = "Wir" + " und wir" * 15
    line = changed(
        own / "conception" / "2027.9" / "text.de.yaml",
        "title: Konzeption\n",
        f"title: {sentence}\n",
    )
    done = run("questionnaires", "check", str(own))
    after = done.output.splitlines()
    assert done.exit_code == 0
    assert after[2].startswith("conception 2027.9 de: longest sentence 31 words, LIX ")
    assert after[2].endswith(", beyond the aim")
    assert after[3] == (
        f"  hard to read: own/conception/2027.9/text.de.yaml, line {line - 1}, title: "
        f"expected at most 25 words in a sentence, not 31: {sentence}"
    )
    assert after[4:] == before[3:]


def test_without_texts_of_ones_own_nothing_is_listed(run: Run, tmp_path: Path) -> None:
    """A folder with a source alone: one sentence, no heading without figures."""
    (tmp_path / "own" / "sources").mkdir(parents=True)
    source = resources.folder("questionnaires") / "sources" / "agg.yaml"
    text = source.read_text(encoding="utf-8").replace("id: agg\n", "id: agg-town\n")
    (tmp_path / "own" / "sources" / "agg-town.yaml").write_text(text, encoding="utf-8")
    done = run("questionnaires", "check", str(tmp_path / "own"))
    assert (done.exit_code, len(done.output.splitlines())) == (0, 1), done.output
