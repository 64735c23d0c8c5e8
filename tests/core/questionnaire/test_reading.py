"""Reading one file: what a hostile or damaged one meets."""

from datetime import date
from pathlib import Path

import pytest

from workbench.basics.errors import BrokenContent
from workbench.questionnaire.definition import Source
from workbench.questionnaire.reading import LARGEST_FILE, read

GOOD = """\
id: x
title: {de: x, en: x}
version: "1"
link: https://x.example
checked_on: 2026-11-23
"""


def problems_of(tmp_path: Path, content: bytes) -> list[BrokenContent]:
    """What is wrong with a source file of that content."""
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    found: list[BrokenContent] = []
    read(path, tmp_path, Source, found)
    return found


def test_a_good_file_keeps_its_lines(tmp_path: Path) -> None:
    """The content is the model, and each key knows its line."""
    path = tmp_path / "x.yaml"
    path.write_text(GOOD, "utf-8")
    found: list[BrokenContent] = []

    document = read(path, tmp_path, Source, found)

    assert document is not None
    assert document.content.checked_on == date(2026, 11, 23)
    assert document.problem(("title", "en"), "x").line == 2
    assert document.problem(("none", "such"), "x").line == 1
    assert found == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"id: " + b"[" * 900 + b"]" * 900, "less deeply nested"),
        (b"# " + b"x" * LARGEST_FILE, "at most 256 kB"),
        (b"id: x\ntitle: \xff", "UTF-8"),
        (b"id: x\x00", "valid YAML"),
        (b"id: !!python/object:os.system x", "valid YAML"),
        (b"a: &a [x]\nb: *a", "no alias"),
        (b"", "keys and values"),
        (b"id: x\n---\nid: y", "valid YAML"),
        (b"[1]: x", "valid YAML"),
        (b"id: " + b"9" * 5000, "valid YAML"),
    ],
)
def test_hostile_files_are_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    """Nested, large, undecodable, executable or aliased content ends in one plain problem."""
    (problem,) = problems_of(tmp_path, content)

    assert expected in problem.expected
    assert problem.file == f"{tmp_path.name}/x.yaml"


def test_a_line_is_the_real_one(tmp_path: Path) -> None:
    """Wrong bytes are found in the line they stand in."""
    (problem,) = problems_of(tmp_path, b"id: x\ntitle: \xff")

    assert problem.line == 2


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """Some editors write one."""
    assert problems_of(tmp_path, b"\xef\xbb\xbf" + GOOD.encode()) == []
