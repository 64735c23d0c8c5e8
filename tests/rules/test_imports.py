"""Packages import in one direction only, and each contract really notices a wrong import."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

# What shows published editions, and who is signed in.
OPEN_TO_THE_PUBLIC = {"register", "visits"}
# Contract → a file and the import that breaks it.
BREACHES = {
    "1 Layers": ("basics/clock.py", "from workbench.governance import roles"),
    "2 Nothing below the web layer": ("services/people.py", "import flask"),
    "3 The core does not know the database": ("questionnaire/path.py", "import sqlalchemy"),
    "4 Pages reach the database": ("web/desk.py", "from workbench.storage import people"),
    "5 Public pages reach only": ("web/public.py", "from workbench.services import people"),
    "6 Services do not call": ("services/reviews.py", "from workbench.services import audits"),
    "7 The web process never loads": ("web/desk.py", "import pandas"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the package in a folder against the contracts there."""
    return subprocess.run(
        [LINT, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_contracts_hold() -> None:
    """Seven contracts, none broken; the report says which import breaks one."""
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout
    assert f"{len(BREACHES)} kept, 0 broken" in done.stdout


def test_every_service_is_closed_to_public_pages() -> None:
    """A new service is named in the fifth contract, or public pages could reach it unnoticed."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (public,) = (
        one for one in settings["tool"]["importlinter"]["contracts"] if one["name"].startswith("5 ")
    )
    services = {file.stem for file in (ROOT / "workbench" / "services").glob("[!_]*.py")}
    closed = {f"workbench.services.{name}" for name in services - OPEN_TO_THE_PUBLIC}
    assert closed <= set(public["forbidden_modules"])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package's modules and of the contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    source = ROOT / "workbench"
    for file in source.rglob("*.py"):
        target = tmp_path / "workbench" / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    return tmp_path


@pytest.mark.parametrize("contract", list(BREACHES))
def test_a_wrong_import_is_noticed(copy: Path, contract: str) -> None:
    """Twin: one wrong line in a copy, and the contract is broken by that file."""
    name, line = BREACHES[contract]
    file = copy / "workbench" / name
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    done = lint(copy)
    assert done.returncode == 1
    broken = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(line.startswith(contract) for line in broken), done.stdout
    assert name.removesuffix(".py").replace("/", ".") in done.stdout
