"""An inspection shows what a person needs to say what each column is."""

import hashlib
from pathlib import Path

import pandas as pd

from workbench.audit.intake.inspection import Inspection
from workbench.audit.intake.look import inspect, inspection_of


def test_it_works(credit: Path) -> None:
    """Kinds, counts and frequent values of the applications are as pandas counts them."""
    table = pd.read_csv(credit)

    found = inspection_of(credit)

    assert (found.rows, len(found.columns)) == (1000, 23)
    assert hashlib.sha256(credit.read_bytes()).hexdigest() == found.sha256
    assert len(found.head) == 5
    for column in found.columns:
        counts = table[column.name].astype(str).value_counts()
        assert len(counts) == column.distinct
        assert len(column.frequent) == min(12, len(counts))
        assert all(counts[value] == times for value, times in column.frequent)
    age = found.column("age")
    assert age is not None
    assert age.kind == "number"


def test_missing_values(tmp_path: Path) -> None:
    """Missing values are counted and are no value of their own."""
    path = tmp_path / "x"
    path.write_bytes(b"a;b;c\n1;;Ja\n;x;Nein\n3;NA;Ja\n")

    found = inspection_of(path)

    assert [(column.name, column.distinct, column.missing) for column in found.columns] == [
        ("a", 2, 1),
        ("b", 1, 2),
        ("c", 2, 0),
    ]
    a = found.column("a")
    assert a is not None
    assert a.frequent == (("1", 1), ("3", 1))


def test_the_task_gives_plain_values(credit: Path) -> None:
    """What the jailed task answers is an inspection again on the other side."""
    steps: list[float] = []

    answer = inspect(credit.parent, {"data": credit.name}, lambda share, _step: steps.append(share))

    assert inspection_of(credit) == Inspection.model_validate(answer)
    assert steps[-1] == 1
