"""Whatever is wrong with the input: exit code 2, one sentence with cause and remedy, no traceback.

Each case has a twin that is mended and is audited.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.linear_model import LogisticRegression

from tests.cli.conftest import Run
from workbench import resources

ROWS = 240
SCHEMA = resources.folder("reports") / "schema" / "audit-result-1.json"
PREDICTED = ("--outcome", "paid", "--prediction", "granted", "--group", "sex")
SCORED = ("--outcome", "paid", "--score", "risk", "--threshold", "0.5", "--group", "sex")
COUNTS = ("--counts", "--group", "sex")
Columns = Mapping[str, object]


def people(**changed: object) -> pd.DataFrame:
    """Made-up people; a column that is None is left out."""
    draw = np.random.default_rng(5)
    paid = draw.random(ROWS) < 0.6
    risk = np.clip(0.3 + 0.4 * paid + draw.normal(0, 0.15, ROWS), 0, 1)
    columns: dict[str, object] = {
        "sex": draw.choice(["women", "men"], ROWS),
        "age": draw.integers(18, 80, ROWS),
        "income": draw.normal(2000, 300, ROWS).round(1),
        "persons": draw.integers(1, 5, ROWS),
        "paid": paid.astype(int),
        "risk": risk.round(4),
        "granted": (risk > 0.5).astype(int),
    }
    return pd.DataFrame({k: v for k, v in {**columns, **changed}.items() if v is not None})


def counts(**changed: object) -> pd.DataFrame:
    columns: dict[str, object] = {
        "sex": ["women", "men"], "tp": [200, 250], "fp": [50, 60], "tn": [150, 140], "fn": [80, 50]
    }  # fmt: skip
    return pd.DataFrame({**columns, **changed})


def but(values: object, place: int, other: object) -> list[object]:
    made = list(np.asarray(values, dtype=object))
    made[place] = other
    return made


P = people()
# What is wrong, the table, the options, a part of the sentence; then the mended twin.
CASES: dict[str, tuple[pd.DataFrame, tuple[str, ...], str, pd.DataFrame, tuple[str, ...]]] = {
    "missing column": (P, (*PREDICTED[:-1], "sexe"), "no column “sexe”. “sex”?", P, PREDICTED),
    "one group": (people(sex="women"), PREDICTED, "has only one group", P, PREDICTED),
    "outcome not binary": (
        people(paid=P["income"]), PREDICTED, "different numbers. To compare numbers", P, PREDICTED
    ),
    "constant prediction": (people(granted=1), PREDICTED, "the same prediction", P, PREDICTED),
    "all missing": (people(sex=""), PREDICTED, "has no value in any row", P, PREDICTED),
    "labels missing": (
        people(paid=but(P["paid"], 7, None)), PREDICTED, "rows without a value: 1", P, PREDICTED
    ),
    "negative weight": (
        people(persons=but(P["persons"], 3, -2)), (*PREDICTED, "--weight", "persons"),
        "cannot be negative", P, (*PREDICTED, "--weight", "persons"),
    ),
    "weight missing": (
        people(persons=but(P["persons"], 3, None)), (*PREDICTED, "--weight", "persons"),
        "rows without a value: 1", P, (*PREDICTED, "--weight", "persons"),
    ),
    "score outside": (
        people(risk=but(P["risk"], 5, 1.4)), SCORED, "but they go from", P, SCORED
    ),
    "too many groups": (
        people(sex=[f"g{n}" for n in range(ROWS)]), PREDICTED, "more than the 200", P, PREDICTED
    ),
    "negative count": (counts(tp=[-1, 250]), COUNTS, "cannot be negative", counts(), COUNTS),
    "count with decimals": (counts(fn=[80.5, 50]), COUNTS, "a whole number", counts(), COUNTS),
    "a total": (counts(sex=["women", "Total"]), COUNTS, "the sum of other lines", counts(), COUNTS),
}  # fmt: skip


def written(table: pd.DataFrame, path: Path) -> str:
    table.to_csv(path, index=False)
    return str(path)


@pytest.mark.parametrize("case", CASES)
def test_tables(run: Run, tmp_path: Path, case: str) -> None:
    """The sentence stands alone on stderr; the mended table is audited, as the schema says."""
    bad, bad_options, says, good, good_options = CASES[case]
    out = tmp_path / "out"
    common = ("--language", "en", "--no-pdf", "--out", str(out))

    refused = run("audit", written(bad, tmp_path / "bad.csv"), *bad_options, *common)

    assert refused.exit_code == 2, refused.output
    assert says in refused.stderr
    assert "Traceback" not in refused.output
    assert not out.exists()
    done = run("audit", written(good, tmp_path / "good.csv"), *good_options, *common)
    assert done.exit_code in {0, 1}, done.stderr
    _validate(out)


def test_double_headers(run: Run, tmp_path: Path) -> None:
    """Pandas would rename the second column; a file can hold two of the same name."""
    path = tmp_path / "t.csv"
    path.write_text("sex,paid,granted,paid\nf,1,1,0\nm,0,0,1\n", encoding="utf-8")

    done = run("audit", str(path), *PREDICTED, "--language", "en")

    assert done.exit_code == 2
    assert "Several columns are called “paid”" in done.stderr


@pytest.fixture
def model(tmp_path: Path) -> Path:
    fitted = LogisticRegression(max_iter=5000).fit(P[["age", "income"]], P["age"] > 50)
    skops.io.dump(fitted, tmp_path / "model.skops")
    return tmp_path / "model.skops"


def test_models(run: Run, tmp_path: Path, model: Path) -> None:
    """Features that the table lacks, predictions of another model, a pickle; then the right one."""
    said = (P["age"] > 50).astype(int)
    options = ("--prediction", "granted", "--group", "sex", "--positive", "1", "--language", "en")
    out = ("--no-pdf", "--out", str(tmp_path / "out"))
    model_there = ("--model", str(model))
    good = written(people(granted=said), tmp_path / "good.csv")
    lacking = written(people(granted=said, income=None), tmp_path / "lacking.csv")
    pickled = tmp_path / "model.pkl"
    pickled.write_bytes(b"\x80\x04\x95\x00\x00.")

    other = run("audit", written(P, tmp_path / "p.csv"), *options, *model_there, *out)
    missing = run("audit", lacking, *options, *model_there, *out)
    foreign = run("audit", good, *options, "--model", str(pickled), *out)

    assert (other.exit_code, missing.exit_code, foreign.exit_code) == (2, 2, 2)
    assert "repeats only" in other.stderr
    assert "“income”" in missing.stderr
    assert 'skops.io.dump(model, "model.skops")' in foreign.stderr
    done = run("audit", good, *options, *model_there, *out, "--explain-row", "2")
    assert done.exit_code in {0, 1}, done.stderr
    _validate(tmp_path / "out")


def test_backgrounds(run: Run, tmp_path: Path, model: Path) -> None:
    """Refused without a model, and by the name of the option; the mended one is in the result."""
    file = written(people(granted=(P["age"] > 50).astype(int)), tmp_path / "t.csv")
    options = ("--prediction", "granted", "--group", "sex", "--positive", "1", "--language", "en")
    common = ("audit", file, *options, "--no-pdf", "--out", str(tmp_path / "out"))
    with_model = (*common, "--model", str(model), "--background")
    good = written(P[["age", "income"]].head(90), tmp_path / "good.csv")
    lacking = written(P[["age", "persons"]], tmp_path / "lacking.csv")

    alone = run(*common, "--background", good)
    missing = run(*with_model, lacking)

    assert (alone.exit_code, missing.exit_code) == (2, 2)
    assert "--background: Only the explanation of a model needs" in alone.stderr
    assert "--background: The model needs a column “income”" in missing.stderr
    assert not (tmp_path / "out").exists()
    done = run(*with_model, good)
    assert done.exit_code in {0, 1}, done.stderr
    _validate(tmp_path / "out")
    found = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert found["provenance"]["background_rows"] == 90
    assert found["explanation"]["background"].startswith("90 rows of the background sample")


def test_a_background_is_read_as_the_table_is_stated(run: Run, tmp_path: Path, model: Path) -> None:
    """Where “1,125” may be a thousand, it is refused by name; what is stated holds for both."""
    table, behind = tmp_path / "t.csv", tmp_path / "behind.csv"
    said = people(granted=(P["age"] > 50).astype(int))
    said.to_csv(table, sep=";", decimal=",", index=False)
    behind.write_text("age;income\n" + 20 * "30;1,125\n40;3\n", encoding="utf-8")
    options = ("--prediction", "granted", "--group", "sex", "--language", "en", "--no-pdf")
    files = ("--model", str(model), "--background", str(behind), "--out", str(tmp_path / "out"))

    doubtful = run("audit", str(table), *options, *files)
    stated = run("audit", str(table), *options, *files, "--decimal", ",")

    assert doubtful.exit_code == 2
    assert "--background: Numbers such as “1,125”" in doubtful.stderr
    assert stated.exit_code in {0, 1}, stated.stderr


@pytest.mark.parametrize(
    "options",
    [
        (*SCORED, "--group", "age", "--edges", "age=30,60"),
        (*PREDICTED, "--weight", "persons", "--feature", "age", "--feature", "income"),
        ("--regression", "--outcome", "income", "--prediction", "age", "--group", "sex"),
    ],
    ids=["score", "weights and features", "regression"],
)
def test_every_kind_of_result_fits_the_schema(
    run: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    """What the command writes is what the published schema promises."""
    out = tmp_path / "out"

    done = run("audit", written(P, tmp_path / "t.csv"), *options, "--no-pdf", "--out", str(out))

    assert done.exit_code in {0, 1}, done.stderr
    _validate(out)


def _validate(folder: Path) -> None:
    content = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(content, schema)
    content["groups"] = 3
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, schema)
