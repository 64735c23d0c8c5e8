"""A plan in a file: what it says, what options say instead, what it leaves open."""

from pathlib import Path

import pandas as pd

from tests.cli.conftest import Run
from tests.cli.test_audit import APART, result_in, table

PLAN = """
outcome: paid
prediction: granted
positive: "1"
attributes: [sex]
references: {sex: men}
reason: Credit decides about participation.
"""


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
    # Another start number asks nothing else, so the reason holds; it is said all the same.
    assert plan["reason"] == "Credit decides about participation."
    assert "Geändert gegenüber der Plandatei: seed: 1 → 7." in done.stderr
    compared = result_in(out)["comparisons"]["reference"]["sex"]["women"]
    assert compared["selection_rate_difference"]["value"] == -0.25


def test_a_plan_file_may_leave_the_favourable_value_open(run: Run, tmp_path: Path) -> None:
    """Then the option says it, or it is 1; either way the plan is the one in the file."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN.replace('positive: "1"\n', ""), encoding="utf-8")
    file = str(table(tmp_path / "t.csv", APART))

    for number, positive in enumerate(((), ("--positive", "1"), ("--positive", "0"))):
        out = tmp_path / str(number)
        done = run("audit", file, "--plan", str(plan), *positive, "--no-pdf", "--out", str(out))
        assert done.exit_code == 1, done.stderr
        found = result_in(out)["provenance"]["plan"]
        assert found["positive"] == (positive or ("", "1"))[1]
        assert found["reason"] == "Credit decides about participation."


def test_a_changed_plan_is_another_plan(run: Run, tmp_path: Path) -> None:
    """Options that replace what was agreed are told, and the plan's reason does not cover them."""
    (tmp_path / "plan.yaml").write_text(PLAN.replace("references: {sex: men}", ""), "utf-8")
    rows = pd.read_csv(table(tmp_path / "t.csv", APART))
    rows.assign(race=["a", "b"] * 1000).to_csv(tmp_path / "t.csv", index=False)
    plan = ("--plan", str(tmp_path / "plan.yaml"))
    always = ("audit", str(tmp_path / "t.csv"), *plan, "--language", "en", "--no-pdf", "--out")
    said = "Changed against the plan file: attributes: sex → race; reason: Credit decides"

    changed = run(*always, str(tmp_path / "one"), "--group", "race")
    owned = run(*always, str(tmp_path / "two"), "--group", "race", "--reason", "Race too.")
    # The twin: to state what the plan says, or what it leaves open, changes nothing.
    kept = run(*always, str(tmp_path / "three"), "--group", "sex", "--encoding", "utf-8")

    assert said in changed.stderr
    found, own, same = (result_in(tmp_path / name) for name in ("one", "two", "three"))
    told = {one["id"]: one for one in found["findings"]}["plan/changed"]
    assert (told["kind"], said in told["text"]["en"]) == ("caveat", True)
    assert found["provenance"]["plan"]["reason"] == "not stated"
    assert found["provenance"]["agreed_plan"]["attributes"] == ["sex"]
    assert said in (tmp_path / "one" / "report.html").read_text(encoding="utf-8")
    assert own["provenance"]["plan"]["reason"] == "Race too."
    assert "→ Race too." in owned.stderr
    assert "Changed against" not in kept.stderr
    assert same["provenance"]["plan"]["reason"] == "Credit decides about participation."
    assert "agreed_plan" not in same["provenance"]


def test_a_reason_does_not_hold_for_another_choice(run: Run, tmp_path: Path) -> None:
    """A limit of the command line has no reason, and says so; what stays keeps its own."""
    plan = tmp_path / "plan.yaml"
    said = (
        "limits: {accuracy_ratio: 0.9}\nreasons: {limits: The council said so., references: Men.}"
    )
    plan.write_text(f"{PLAN}{said}\n", encoding="utf-8")
    always = ("audit", str(table(tmp_path / "t.csv", APART)), "--plan", str(plan), "--no-pdf")

    changed = run(
        *always, "--language", "en", "--limit", "accuracy_ratio=0.8", "--out", str(tmp_path / "one")
    )
    kept = run(*always, "--limit", "accuracy_ratio=0.9", "--out", str(tmp_path / "two"))

    found, same = (result_in(tmp_path / name) for name in ("one", "two"))
    assert found["provenance"]["plan"]["reasons"] == {"references": "Men."}
    told = {one["id"]: one["text"]["en"] for one in found["findings"]}
    assert told["plan/unstated"] == "The plan states no reason for: Limits."
    assert "limits: accuracy_ratio: 0.9 → accuracy_ratio: 0.8" in changed.stderr
    assert "reasons: limits: The council said so. → –" in changed.stderr
    assert "plan/unstated" not in {one["id"] for one in same["findings"]}
    assert "Geändert" not in kept.stderr
    report = (tmp_path / "one" / "report.html").read_text(encoding="utf-8")
    assert "No reason is stated." in report
    assert "Men." in report


def test_without_a_plan_file_the_missing_reasons_are_named(run: Run, tmp_path: Path) -> None:
    """Reasons stay optional on the command line; the result names what has none."""
    file = str(table(tmp_path / "t.csv", APART))
    bare = ("audit", file, "--outcome", "paid", "--prediction", "granted", "--group", "sex")

    for name, more, missing in (("a", ("--reference", "sex=men"), True), ("b", (), False)):
        run(*bare, *more, "--no-pdf", "--out", str(tmp_path / name))
        ids = {one["id"] for one in result_in(tmp_path / name)["findings"]}
        assert ("plan/unstated" in ids) is missing
