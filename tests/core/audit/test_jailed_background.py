"""A background in the jail: read like the table, and refused in words that fit a page."""

import io
from pathlib import Path

import pandas as pd
import pytest

from tests.examples import behind
from workbench.audit import tasks
from workbench.audit.explanation import backgrounds
from workbench.audit.intake import dialects
from workbench.audit.models import features
from workbench.audit.plan import NO_MODEL, AuditPlan
from workbench.audit.results import AuditResult
from workbench.basics.errors import DataRefused
from workbench.isolation import runner

SEMICOLON = {"encoding": "utf-8-sig", "delimiter": ";", "decimal": ","}
ORDER = {"data": "data", "model": "model", "background": "background"}
PLAN = {**behind.PLAN, "attributes": ["sex"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sent = behind.files()
    for part in ORDER:
        content = sent.table if part == "data" else getattr(sent, part)
        (tmp_path / part).write_bytes(content)
    return tmp_path


def order(dialect: object = SEMICOLON) -> dict[str, object]:
    plan = AuditPlan.model_validate({**PLAN, "dialect": dialect})
    return {**ORDER, "plan": plan.model_dump(mode="json")}


def jailed(folder: Path, asked: dict[str, object]) -> AuditResult:
    """What the jailed process makes of the files."""
    found = runner.run("workbench.audit.tasks:run", folder, asked, wall_seconds=300)
    return AuditResult.model_validate(found["result"])


def test_it_works_in_the_jail(folder: Path) -> None:
    """Effects are counted from its rows, which the provenance names."""
    result = jailed(folder, order())

    origin, told = result.provenance, result.explanation
    assert (origin.background_rows, origin.background_size) == (
        behind.BEHIND,
        len(behind.files().background),
    )
    assert told is not None
    assert told.background == f"{behind.BEHIND} rows of the background sample that was handed in"


def test_a_refusal_in_the_jail_is_no_error_of_ours(folder: Path) -> None:
    """What does not fit comes out as a refusal that says what it is about."""
    (folder / "background").write_bytes(b"age;persons\n" + b"31;2\n" * 20)

    with pytest.raises(DataRefused, match="“income”") as refused:
        jailed(folder, order())

    assert refused.value.message == features.NO_FEATURE
    assert refused.value.values["about"] == "background"


def rows(count: int, **columns: object) -> bytes:
    """A background of the same person many times."""
    return behind.written(
        pd.DataFrame({"age": 31, "income": 1999.5, **columns}, index=range(count))
    )


def parquet(content: bytes) -> bytes:
    """The table of a CSV file as Parquet."""
    table, written = pd.read_csv(io.BytesIO(content), sep=";", decimal=","), io.BytesIO()
    table.to_parquet(written)
    return written.getvalue()


DOUBTFUL = b"age;income\n" + 20 * b"30;1.125\n40;3\n"
PLAIN = b"age;income\n" + 20 * b"30;1999.5\n40;3\n"
LATIN = "age;income;Größe\n".encode("cp1252") + 20 * b"30;1999,5;1\n"
# What is wrong, how it is refused, and the mended twin.
CASES = {
    "too few rows": (rows(9), backgrounds.TOO_FEW, rows(10)),
    "other values": (rows(20, income="much"), backgrounds.OTHER_VALUES, rows(20)),
    "other separator": (rows(20).replace(b";", b"|"), dialects.ONE_COLUMN, rows(20)),
    "other letters": (
        LATIN,
        tasks.ON_A_PAGE[dialects.OTHER_ENCODING],
        LATIN.decode("cp1252").encode(),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_fit_is_refused(folder: Path, case: str) -> None:
    """A sentence names cause and remedy, also where the command line would offer an option."""
    wrong, message, right = CASES[case]
    (folder / "background").write_bytes(wrong)
    with pytest.raises(DataRefused) as refused:
        tasks.run(folder, order(), quiet)
    assert (refused.value.message, refused.value.values["about"]) == (message, "background")
    assert "command line" not in str(refused.value)
    (folder / "background").write_bytes(right)
    assert tasks.run(folder, order(), quiet)["result"]


def test_doubtful_numbers_beside_parquet(folder: Path) -> None:
    """No dialect was confirmed for a Parquet table: the remedy is Parquet, which is then read."""
    (folder / "data").write_bytes(parquet(behind.files().table))
    (folder / "background").write_bytes(DOUBTFUL)

    with pytest.raises(DataRefused) as refused:
        tasks.run(folder, order(None), quiet)

    assert refused.value.message == tasks.ON_A_PAGE[dialects.AMBIGUOUS]
    assert refused.value.values["about"] == "background"
    for mended in (PLAIN, parquet(DOUBTFUL.replace(b".", b","))):
        (folder / "background").write_bytes(mended)
        assert tasks.run(folder, order(None), quiet)["result"]


def test_a_refusal_of_the_table_is_not_about_the_background(folder: Path) -> None:
    """Twin: the page says "the background" only where it is."""
    (folder / "data").write_bytes(b"sex;granted\nf;1\n")
    with pytest.raises(DataRefused) as refused:
        tasks.run(folder, order(), quiet)
    assert "about" not in refused.value.values


def test_without_a_model_it_is_refused_too(folder: Path) -> None:
    """The door lets none in; should one come, it is told like the others."""
    with pytest.raises(DataRefused) as refused:
        tasks.run(folder, {**order(), "model": None}, quiet)
    assert (refused.value.message, refused.value.values) == (NO_MODEL, {"about": "background"})


def quiet(_share: float, _step: str) -> None:
    """Nobody watches."""
