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
    assert "Betrachtete Abstände: " in done.stdout
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


@pytest.mark.parametrize("spelt", ["True", "true", "TRUE"])
def test_truth_values_however_they_are_spelt(run: Run, tmp_path: Path, spelt: str) -> None:
    """A table that holds True and False may be asked for True: the numbers are those of 1 and 0."""
    rows = pd.read_csv(table(tmp_path / "t.csv", APART))
    rows.assign(paid=rows["paid"] == 1, granted=rows["granted"] == 1).to_csv(
        tmp_path / "true.csv", index=False
    )
    one, two = tmp_path / "one", tmp_path / "two"
    always = (*COLUMNS, "--no-pdf", "--out")

    run("audit", str(tmp_path / "t.csv"), *always, str(one))
    done = run("audit", str(tmp_path / "true.csv"), *always, str(two), "--positive", spelt)

    assert done.exit_code == 1, done.stderr
    assert result_in(one)["groups"] == result_in(two)["groups"]


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
    assert "Zeichensatz utf-8," in done.stderr  # as --encoding takes it
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


def test_gaps_without_a_limit_are_assessed_too(run: Run, tmp_path: Path) -> None:
    """Numbers have no usual limit: gaps that may be chance are counted, and end with 0."""
    rows = [
        {"sex": sex, "rent": 500 + place % 7, "estimate": 500 + place % 5}
        for sex in "fm"
        for place in range(140)
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "t.csv", index=False)

    done = run(
        *("audit", str(tmp_path / "t.csv"), "--regression", "--outcome", "rent"),
        *("--prediction", "estimate", "--group", "sex", "--language", "en"),
        *("--out", str(tmp_path / "out"), "--no-pdf"),
    )

    assert done.exit_code == 0, done.stderr
    assert "looked at: 4" in done.stdout
    assert "without a limit, nothing to answer: 4." in done.stdout
    assert "No gap could be assessed" not in done.stderr


def test_the_same_number_for_everybody(run: Run, tmp_path: Path) -> None:
    """It is refused by a sentence that fits numbers: they have no favourable value."""
    rows = [{"sex": sex, "rent": place, "estimate": 5} for sex in "fm" for place in range(50)]
    pd.DataFrame(rows).to_csv(tmp_path / "t.csv", index=False)

    done = run(
        *("audit", str(tmp_path / "t.csv"), "--regression", "--outcome", "rent"),
        *("--prediction", "estimate", "--group", "sex", "--language", "en"),
        *("--out", str(tmp_path / "out")),
    )

    assert done.exit_code == 2
    assert "Check the column with the prediction." in done.stderr


def test_without_a_pdf(run: Run, tmp_path: Path) -> None:
    """A pipeline that reads only the result need not wait for the PDF; the rest is the same."""
    file = str(table(tmp_path / "t.csv", APART))
    short, long = tmp_path / "short", tmp_path / "long"

    done = run("audit", file, *COLUMNS, "--no-pdf", "--out", str(short))
    run("audit", file, *COLUMNS, "--out", str(long))

    assert done.exit_code == 1
    assert sorted(one.name for one in short.iterdir()) == ["report.html", "result.json"]
    assert "report.pdf" not in done.stdout
    assert sorted(one.name for one in long.iterdir())[1] == "report.pdf"
    assert result_in(short)["groups"] == result_in(long)["groups"]
    run("audit", str(table(tmp_path / "u.csv", EQUAL)), *COLUMNS, "--no-pdf", "--out", str(long))
    # The other audit's report does not stay beside this result.
    assert sorted(one.name for one in long.iterdir()) == ["report.html", "result.json"]


# Each 1,50 is one number or two columns, as one reads it.
AMBIGUOUS = "sex;paid;granted;größe\n" + 60 * "f;1;0;1,50\nm;1;1;1,75\nf;0;1;1,50\nm;0;0;1,75\n"


def test_a_wrongly_recognised_file_is_read_as_stated(run: Run, tmp_path: Path) -> None:
    """What is stated of the way a table is written counts, the rest is found out."""
    file, out = tmp_path / "t.csv", tmp_path / "out"
    file.write_text(AMBIGUOUS.replace(";", "\t"), encoding="cp1252")
    height = ("--group", "größe", "--edges", "größe=1.6", "--out", str(out), "--no-pdf")

    done = run("audit", str(file), *COLUMNS[:4], *height, "--delimiter", "tab", "--decimal", ",")

    assert done.exit_code in {0, 1}, done.stderr
    found = result_in(out)
    dialect = {"encoding": "cp1252", "delimiter": "\t", "decimal": ","}
    assert found["provenance"]["plan"]["dialect"] == dialect
    assert len(found["groups"]["größe"]) == 2


def test_what_is_stated_wrongly_is_not_corrected(run: Run, tmp_path: Path) -> None:
    """The twin: a statement counts even where another reading would fit; the sentence says so."""
    file, out = tmp_path / "t.csv", tmp_path / "out"
    file.write_text(AMBIGUOUS, encoding="utf-8")

    for wrong in (("--decimal", "."), ("--delimiter", "|"), ("--encoding", "utf-16")):
        height = ("--group", "größe", "--edges", "größe=1.6", "--out", str(out))
        done = run("audit", str(file), *COLUMNS[:4], *height, *wrong)
        assert done.exit_code == 2, done.stdout
        assert "Traceback" not in done.output
        assert not out.exists()


def test_parquet_has_no_separator(run: Run, tmp_path: Path) -> None:
    """Where nothing can be read in two ways, stating one is refused instead of ignored."""
    file = tmp_path / "t.parquet"
    pd.read_csv(table(tmp_path / "t.csv", APART)).to_parquet(file)

    done = run("audit", str(file), *COLUMNS, "--delimiter", ";", "--out", str(tmp_path / "out"))

    assert done.exit_code == 2
    assert "CSV" in done.stderr


def test_mistakes_are_found_before_anything_is_counted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong column, reference or model file ends the audit before the rows are read through."""
    monkeypatch.setattr("workbench.audit.measures.first_rows.glance", lambda *_: 1 / 0)
    (tmp_path / "model.pkl").write_bytes(b"\x80\x04\x95" + bytes(20))
    file = str(table(tmp_path / "t.csv", APART))

    for wrong, says in (
        (("--group", "sexx"), "„sex“?"),
        (("--reference", "age=old"), "--reference: "),
        (("--model", str(tmp_path / "model.pkl")), "skops"),
    ):
        done = run("audit", file, *COLUMNS, *wrong, "--out", str(tmp_path / "out"))
        assert done.exit_code == 2, done.output
        assert says in done.stderr
    # The twin: without a mistake, it comes to counting.
    assert run("audit", file, *COLUMNS, "--out", str(tmp_path / "out")).exit_code == 3


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
        ((*COLUMNS, "--limit", "demographic_parity_difference=much"), "“much” is no number"),
        ((*COLUMNS, "--limit", "accuracy_difference=1,5"), "one limit"),
        ((*COLUMNS, "--limit", "demographic_parity_difference"), "NAME=VALUE"),
        ((*COLUMNS, "--positive", "0", "--reference", "sex=a=b"), "a=b"),
        ((*COLUMNS, "--limit", "justice=0.1"), "demographic_parity_difference"),
        ((*COLUMNS, "--gap", "justice"), "demographic_parity_difference"),
        ((*COLUMNS[:2], "--score", "granted", "--threshold", "0,5", *COLUMNS[4:]), "example 0.5."),
        ((*COLUMNS[:2], "--score", "granted", "--threshold", "half", *COLUMNS[4:]), "example 0.5."),
        ((), "prediction"),
    ],
)
def test_refusals(run: Run, tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    """What cannot be judged ends with 2 and a sentence; nothing is written."""
    out = tmp_path / "out"
    always = ("--language", "en", "--out", str(out))

    done = run("audit", str(table(tmp_path / "t.csv", APART)), *options, *always)

    assert done.exit_code == 2
    assert says in done.stderr
    assert "Traceback" not in done.output
    assert not out.exists()
