"""The audit of a vendor's pipeline: three files, an exit code, no traceback."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
CELLS = ("tp", "fp", "fn", "tn")
EQUAL = {"women": (400, 100, 100, 400), "men": (400, 100, 100, 400)}
APART = {"women": (200, 50, 300, 450), "men": (400, 100, 100, 400)}
PLAN = """
outcome: paid
prediction: granted
positive: "1"
attributes: [sex]
references: {sex: men}
reason: Credit decides about participation.
"""


def table(path: Path, groups: dict[str, tuple[int, int, int, int]]) -> Path:
    """A CSV file whose confusion tables are exactly these."""
    rows = [
        {"sex": group, "paid": paid, "granted": granted}
        for group, counts in groups.items()
        for (paid, granted), count in zip(((1, 1), (0, 1), (1, 0), (0, 0)), counts, strict=True)
        for _ in range(count)
    ]
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


COLUMNS = ("--outcome", "paid", "--prediction", "granted", "--group", "sex")


def result_in(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return found


def test_findings(run: Run, tmp_path: Path) -> None:
    """A gap beyond a limit ends with 1; the three files hold it, with n and interval."""
    out = tmp_path / "out"

    done = run("audit", str(table(tmp_path / "t.csv", APART)), *COLUMNS, "--out", str(out))

    assert done.exit_code == 1, done.stderr
    assert "Braucht eine Antwort: " in done.stdout
    assert "Abstände betrachtet" in done.stdout
    found = result_in(out)
    women = found["groups"]["sex"]["women"]
    assert women["n"] == 1000
    rate = women["metrics"]["selection_rate"]
    assert rate["value"] == 0.25
    assert rate["low"] < 0.25 < rate["high"]
    assert rate["status"] == "ok"
    assert found["gaps"]["sex"]["demographic_parity_difference"]["value"] == 0.25
    assert found["crosscheck"]["max_abs_difference"] < 1e-12
    assert found["provenance"]["rows"] == 2000
    page = (out / "report.html").read_text(encoding="utf-8")
    assert 'lang="de"' in page
    assert "http-equiv" not in page
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_no_findings(run: Run, tmp_path: Path) -> None:
    """The twin: equal groups end with 0; the steps stand on stderr, line by line."""
    out = tmp_path / "out"

    done = run("audit", str(table(tmp_path / "t.csv", EQUAL)), *COLUMNS, "--out", str(out))

    assert done.exit_code == 0, done.stderr
    assert "100%" in done.stderr
    assert result_in(out)["gaps"]["sex"]["equalized_odds_difference"]["value"] == 0


def test_counts_give_the_same_numbers(run: Run, tmp_path: Path) -> None:
    """Counts per group suffice: nobody's data leave the town, and every rate is the same."""
    rows = [
        {"sex": group, "tp": c[0], "fp": c[1], "fn": c[2], "tn": c[3]} for group, c in APART.items()
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "counts.csv", index=False)
    one, two = tmp_path / "one", tmp_path / "two"

    run("audit", str(table(tmp_path / "t.csv", APART)), *COLUMNS, "--out", str(one))
    done = run(
        "audit", str(tmp_path / "counts.csv"), "--counts", "--group", "sex", "--out", str(two)
    )

    assert done.exit_code == 1, done.stderr
    first, second = result_in(one), result_in(two)
    assert first["groups"] == second["groups"]
    assert first["gaps"] == second["gaps"]


def test_a_plan_file(run: Run, tmp_path: Path) -> None:
    """A plan stands in a file; what is stated beside it takes its place."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    data, out = str(table(tmp_path / "t.csv", APART)), tmp_path / "out"

    done = run(
        "audit", data, "--plan", str(tmp_path / "plan.yaml"), "--seed", "7", "--out", str(out)
    )

    assert done.exit_code == 1, done.stderr
    plan = result_in(out)["provenance"]["plan"]
    assert plan["seed"] == 7
    assert plan["references"] == {"sex": "men"}
    assert plan["reason"] == "Credit decides about participation."
    compared = result_in(out)["comparisons"]["reference"]["sex"]["women"]
    assert compared["selection_rate_difference"]["value"] == -0.25


def test_own_limit(run: Run, tmp_path: Path) -> None:
    """Your own limit takes the convention's place: here it lets the gap pass."""
    data = str(table(tmp_path / "t.csv", APART))
    gap = "demographic_parity_difference"

    done = run(
        *("audit", data, *COLUMNS, "--gap", gap, "--limit", f"{gap}=0.5"),
        *("--out", str(tmp_path / "out")),
    )

    assert done.exit_code == 0, done.stdout


def test_zero_is_stated(run: Run, tmp_path: Path) -> None:
    """A threshold and a seed of 0 take the plan's place like any other number."""
    rows = [
        {"sex": sex, "points": place - 50, "paid": place % 2}
        for sex in "fm"
        for place in range(100)
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "t.csv", index=False)
    options = ("--outcome", "paid", "--score", "points", "--threshold", "0", "--seed", "0")

    done = run(
        *("audit", str(tmp_path / "t.csv"), *options, "--group", "sex"),
        *("--out", str(tmp_path / "out")),
    )

    assert done.exit_code == 0, done.stderr
    plan = result_in(tmp_path / "out")["provenance"]["plan"]
    assert (plan["threshold"], plan["seed"]) == (0, 0)
    assert plan["dialect"] == {"encoding": "utf-8-sig", "delimiter": ",", "decimal": "."}


def test_too_few_people_are_no_all_clear(run: Run, tmp_path: Path) -> None:
    """Where nothing can be assessed, a pipeline must not take it for "no findings"."""
    few = dict.fromkeys(("women", "men"), (3, 1, 1, 3))

    done = run(
        *("audit", str(table(tmp_path / "t.csv", few)), *COLUMNS, "--out", str(tmp_path / "out"))
    )

    assert done.exit_code == 2
    assert "Kein Abstand" in done.stderr
    assert result_in(tmp_path / "out")["groups"]["sex"]["women"]["status"] == "not_assessable"


def test_an_error_of_the_program_is_no_finding(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python's exit code for errors is 1, which here means findings: so it is 3."""
    monkeypatch.setattr("workbench.audit.auditing.drawn", lambda _: 1 / 0)

    done = run(
        *("audit", str(table(tmp_path / "t.csv", EQUAL)), *COLUMNS, "--out", str(tmp_path / "out"))
    )

    assert done.exit_code == 3
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """A sentence names the folder."""
    done = run(
        *("audit", str(table(tmp_path / "t.csv", EQUAL)), *COLUMNS, "--out", "/proc/nowhere/out")
    )

    assert done.exit_code == 2
    assert "/proc/nowhere/out" in done.stderr
    assert "Traceback" not in done.output


def test_the_readme(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of the README run as they stand there, and give the same rates."""
    monkeypatch.chdir(ROOT)
    text = (ROOT / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
    typed = [line.split()[1:] for line in text.splitlines() if line.startswith("workbench audit ")]
    results = []
    for number, command in enumerate(typed):
        out = tmp_path / str(number)
        done = run(*command[:-1], str(out))
        assert done.exit_code in {0, 1}, done.stderr
        results.append(result_in(out)["groups"])
    assert len(results) == 2
    for group in ("female", "male"):
        first, second = (found["sex"][group]["metrics"] for found in results)
        assert first == second


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--outcome", "payed", *COLUMNS[2:]), "“paid”?"),
        ((*COLUMNS, "--positive", "yes"), "yes"),
        ((*COLUMNS[:2], "--score", "granted", "--threshold", "0", *COLUMNS[4:]), "same prediction"),
        ((*COLUMNS[:2], "--score", "granted", "--group", "sex"), "highest scores"),
        ((*COLUMNS, "--reference", "sex=woman"), "“women”?"),
        ((*COLUMNS, "--reference", "sex"), "NAME=VALUE"),
        ((*COLUMNS, "--limit", "demographic_parity_difference=much"), "NAME="),
        ((*COLUMNS, "--limit", "accuracy_difference=1,5"), "one limit"),
        ((*COLUMNS, "--positive", "0", "--reference", "sex=a=b"), "a=b"),
        ((*COLUMNS, "--limit", "justice=0.1"), "demographic_parity_difference"),
        ((*COLUMNS, "--gap", "justice"), "demographic_parity_difference"),
        ((), "prediction"),
    ],
)
def test_refusals(run: Run, tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    """What cannot be judged ends with 2 and a sentence; nothing is written."""
    out = tmp_path / "out"

    done = run("audit", str(table(tmp_path / "t.csv", APART)), *options, "--out", str(out))

    assert done.exit_code == 2
    assert says in done.stderr
    assert "Traceback" not in done.output
    assert not out.exists()
