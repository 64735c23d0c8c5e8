"""A file can be read in one go: one file per task."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON, LONG_PYTHON, TEMPLATE = 400, 250, 120
# Written by alembic, and never changed once released.
GENERATED = "workbench/storage/migrations/versions"


def sizes(root: Path, *patterns: str) -> dict[str, int]:
    """Lines of each file, by its path."""
    return {
        str(file.relative_to(root)): len(file.read_text(encoding="utf-8").splitlines())
        for pattern in patterns
        for file in sorted(root.glob(pattern))
        if GENERATED not in str(file)
    }


def too_long(found: dict[str, int], limit: int) -> list[str]:
    """The files above the limit, with their length."""
    return [f"{name}: {lines} lines" for name, lines in found.items() if lines > limit]


def test_python_files_stay_short(capsys: pytest.CaptureFixture[str]) -> None:
    """At most 400 lines; what is longer than 250 is named, to be split by task one day."""
    found = sizes(ROOT, "workbench/**/*.py", "tests/**/*.py")
    assert len(found) > 100
    assert too_long(found, PYTHON) == [], "split the file by task"
    with capsys.disabled():
        for line in too_long(found, LONG_PYTHON):
            print(f"\nlong: {line}", end="")  # noqa: T201


def test_templates_stay_short() -> None:
    """At most 120 lines; a template that is longer does more than one thing."""
    found = sizes(ROOT, "templates/**/*.html")
    assert len(found) > 20
    assert too_long(found, TEMPLATE) == [], "move a part into a file of its own and include it"


def test_a_long_file_is_noticed(tmp_path: Path) -> None:
    """Twin: a file with one line too many is named with its length."""
    (tmp_path / "workbench").mkdir()
    (tmp_path / "workbench" / "short.py").write_text("x = 1\n" * PYTHON)
    (tmp_path / "workbench" / "long.py").write_text("x = 1\n" * (PYTHON + 1))
    found = sizes(tmp_path, "workbench/**/*.py")
    assert too_long(found, PYTHON) == ["workbench/long.py: 401 lines"]
