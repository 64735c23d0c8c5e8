"""Every refusal of an audit is one sentence in the command's language, under the option's name."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROWS = (
    "sex,paid,granted,points,age\n" + 60 * "f,1,0,0.2,20\nm,1,1,0.8,30\nf,0,0,0.3,40\nm,0,1,1,50\n"
)
COUNTS = "sex,tp,fp,tn,fn\nf,20,30,20,30\nm,40,10,10,40\n"
JUDGED = ("--outcome", "paid", "--prediction", "granted", "--group", "sex")
SCORED = ("--score", "points", "--threshold", "0.5", "--group", "sex")
COUNTED = ("--counts", "--group", "sex")
LIMIT = "demographic_parity_difference"
Options = tuple[str, ...]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is typed: a table of rows and one of counts."""
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "counts.csv").write_text(COUNTS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Options, what is said; options that are accepted instead.
SHAPES: list[tuple[Options, str, Options]] = [
    ((*SCORED[:2], "--threshold", "nan", *SCORED[4:]), "--threshold: “nan” is no number", SCORED),
    ((*SCORED[:2], "--threshold", "inf", *SCORED[4:]), "--threshold: “inf” is no number", SCORED),
    ((*SCORED[:2], "--threshold", "0,5", *SCORED[4:]), "example 0.5.", SCORED),
    (
        (*SCORED[:2], "--top-k", "0", *SCORED[4:]),
        "--top-k: “0” is no whole number from 1 on",
        (*SCORED[:2], "--top-k", "1", *SCORED[4:]),
    ),
    ((*JUDGED, "--depth", "0"), "“0” is no whole number from 1 to 4", (*JUDGED, "--depth", "1")),
    ((*JUDGED, "--depth", "5"), "“5” is no whole number from 1 to 4", (*JUDGED, "--depth", "4")),
    ((*JUDGED, "--depth", "two"), "“two” is no whole number", (*JUDGED, "--depth", "2")),
    ((*JUDGED, "--seed", "-1"), "“-1” is no whole number from 0", (*JUDGED, "--seed", "0")),
    ((*JUDGED, "--limit", f"{LIMIT}=nan"), "--limit: “nan”", (*JUDGED, "--limit", f"{LIMIT}=0.1")),
    ((*JUDGED, "--limit", f"{LIMIT}=-inf"), "“-inf” is", (*JUDGED, "--limit", f"{LIMIT}=1e-3")),
    (
        (*JUDGED, "--group", "age", "--edges", "age=nan"),
        "--edges: “nan” is no number",
        (*JUDGED, "--group", "age", "--edges", "age=25,45"),
    ),
    (
        (*JUDGED, "--group", "age", "--edges", "age=25", "--edges", "age=45"),
        "“age” is stated twice",
        (*JUDGED, "--group", "age", "--edges", "age=25,45"),
    ),
    ((*JUDGED, "--gap", "justice"), f"--gap: “justice” is not known. Choose one of: “{LIMIT}”", ()),
    ((*JUDGED, "--decimal", "point"), "--decimal: “point” is not known", ()),
    ((*JUDGED, "--plan", "none.yaml"), "--plan: There is no file or folder “none.yaml”", ()),
    ((*JUDGED, "--plan", "."), "--plan: “.” is a folder", ()),
    ((*JUDGED, "--out", "rows.csv"), "--out: “rows.csv” is a file", ()),
]
COMBINATIONS: list[tuple[str, Options, str, Options]] = [
    (
        "rows.csv",
        (*JUDGED, "--explain-row", "3"),
        "--explain-row: Explaining single rows needs the model.",
        (*JUDGED, "--feature", "age"),  # needs none: it says how far the column gives sex away
    ),
    ("rows.csv", (*JUDGED, "--threshold", "0.5"), "--threshold: ", JUDGED),
    ("rows.csv", (*JUDGED, "--top-k", "5"), "--top-k: ", JUDGED),
    (
        "rows.csv",
        (*SCORED, "--positive", "1"),
        "--positive: With a score alone",
        (*SCORED, "--outcome", "paid", "--positive", "1"),
    ),
    ("rows.csv", (*SCORED, "--prediction", "granted"), "--threshold: Choose a prediction", SCORED),
    ("rows.csv", (*SCORED, "--top-k", "5"), "--threshold: State either", SCORED),
    ("counts.csv", (*COUNTED, "--positive", "1"), "--positive: A table of counts", COUNTED),
    ("counts.csv", (*COUNTED, "--threshold", "0.5"), "--threshold: ", COUNTED),
    ("counts.csv", (*COUNTED, "--outcome", "tp"), "--counts: ", COUNTED),
    ("counts.csv", (*COUNTED, "--edges", "sex=3"), "--counts: ", COUNTED),
    ("counts.csv", (*COUNTED, "--model", "rows.csv"), "--model: A model is explained", COUNTED),
    (
        "rows.csv",
        (*JUDGED, "--regression", "--positive", "1"),
        "--regression: Comparing numbers",
        (*JUDGED, "--positive", "1"),
    ),
]


@pytest.fixture
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is accepted ends with 3 when the rows would be counted, so that twins are quick."""
    monkeypatch.setattr("workbench.audit.measures.first_rows.glance", lambda *_: 1 / 0)


@pytest.mark.parametrize(("bad", "says", "good"), SHAPES)
@pytest.mark.usefixtures("folder", "uncounted")
def test_what_an_option_may_say(run: Run, bad: Options, says: str, good: Options) -> None:
    """A value that is none ends with 2 and what is expected; its twin comes to counting."""
    done = run("audit", "rows.csv", *bad, "--language", "en")

    assert done.exit_code == 2
    assert says in done.stderr
    assert "Traceback" not in done.output
    if good:
        assert run("audit", "rows.csv", *good).exit_code == 3


@pytest.mark.parametrize(("file", "bad", "says", "good"), COMBINATIONS)
@pytest.mark.usefixtures("folder", "uncounted")
def test_options_that_say_nothing_together(
    run: Run, file: str, bad: Options, says: str, good: Options
) -> None:
    """What would have no effect is refused under its option; its twin comes to counting."""
    done = run("audit", file, *bad, "--language", "en")

    assert done.exit_code == 2
    assert says in done.stderr
    assert run("audit", file, *good).exit_code == 3


@pytest.mark.usefixtures("folder")
def test_the_language_of_a_refusal(run: Run) -> None:
    """German unless stated otherwise, wherever --language stands, and also for an option."""
    wrong = ("audit", "rows.csv", *JUDGED, "--group", "sax")
    option = ("audit", "rows.csv", *JUDGED, "--depth", "0")

    assert "Die Tabelle hat keine Spalte „sax“. „sex“?" in run(*wrong).stderr
    assert "The table has no column “sax”. “sex”?" in run(*wrong, "--language", "en").stderr
    assert "ist keine ganze Zahl von 1 bis 4" in run(*option).stderr
    first = run("audit", "--language", "en", *option[1:])
    assert "is no whole number from 1 to 4" in first.stderr
    assert "gibt es hier nicht" in run(*option, "--language", "fr").stderr
    assert "Es gibt keine Datei" in run("audit", "none.csv", *JUDGED).stderr


def test_a_plan_file_keeps_its_names(run: Run, folder: Path) -> None:
    """What the plan file says wrongly has the file's name, what was typed that of the option."""
    plan = folder / "plan.yaml"
    plan.write_text("prediction: granted\npositive: '1'\nattributes: [sex]\nreason: x\ntop_k: 0\n")
    english = ("--language", "en")

    said = run("audit", "rows.csv", "--plan", "plan.yaml", *english).stderr

    assert "workbench: top_k: Write how many are chosen: a whole number from 1 on." in said
    plan.write_text("prediction: granted\npositive: '1'\nattributes: [sex]\nreason: x\n")
    edges = ("--edges", "age=25")
    said = run("audit", "rows.csv", "--plan", "plan.yaml", *edges, *english).stderr
    assert "workbench: --edges: Edges were stated for an attribute" in said
    plan.write_text("prediction: granted\npositive: '1'\nattributes: []\nreason: x\n")
    said = run("audit", "rows.csv", "--plan", "plan.yaml", *english).stderr
    assert "workbench: attributes: Choose at least one attribute" in said


def test_thousands_separators(run: Run, folder: Path) -> None:
    """“1.500” is refused, also beside a stated delimiter, until somebody says what the point is."""
    rows = "f;1;0;1.500\nm;1;1;900\nf;0;0;2.000\nm;0;1;700\n"
    (folder / "t.csv").write_text("sex;paid;granted;rent\n" + 60 * rows, encoding="utf-8")
    command = ("audit", "t.csv", *JUDGED, "--no-pdf")

    for more in ((), ("--delimiter", ";"), ("--encoding", "utf-8")):
        done = run(*command, *more)
        assert done.exit_code == 2
        assert "mit --decimal . (und mit --delimiter" in done.stderr
    assert run(*command, "--decimal", ".").exit_code in {0, 1}


def test_both_kinds_of_counts(run: Run, folder: Path) -> None:
    """A table with both kinds of counts is read as the one that says more, as on the web."""
    both = "sex,tp,fp,tn,fn,selected,total\nf,20,30,20,30,50,100\nm,40,10,10,40,50,100\n"
    (folder / "counts.csv").write_text(both, encoding="utf-8")

    assert run("audit", "counts.csv", *COUNTED, "--no-pdf").exit_code in {0, 1}
    assert '"counts":"confusion"' in (folder / "audit" / "result.json").read_text(encoding="utf-8")


def test_lines_of_the_same_group(run: Run, folder: Path) -> None:
    """Lines that nothing tells apart are refused; months are added up, and the result says so."""
    double = COUNTS + "m,40,10,10,40\n"
    (folder / "counts.csv").write_text(double, encoding="utf-8")
    done = run("audit", "counts.csv", *COUNTED, "--no-pdf")
    assert done.exit_code == 2
    assert "dieselbe Gruppe (m)" in done.stderr

    months = [f"{line},{place}" for place, line in enumerate(double.split("\n")[1:4])]
    text = "\n".join(["sex,tp,fp,tn,fn,month", *months]) + "\n"
    (folder / "counts.csv").write_text(text, encoding="utf-8")
    assert run("audit", "counts.csv", *COUNTED, "--no-pdf").exit_code in {0, 1}
    assert '"lines_added":1' in (folder / "audit" / "result.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "german", "english"),
    [
        (
            ("rows.csv", *JUDGED[:4], "--grop", "sex"),
            "Die Option „--grop“ gibt es nicht. „--group“?",
            "There is no option “--grop”. “--group”?",
        ),
        (("rows.csv", *JUDGED, "--seed"), "Bei „--seed“ fehlt der Wert", "“--seed” lacks its"),
        (("rows.csv", *JUDGED, "--counts=1"), "Bei „--counts“", "“--counts” lacks its value, or"),
        (JUDGED, "FILE fehlt.", "FILE is missing. Type:"),
        (("rows.csv", "more.csv", *JUDGED), "Es steht mehr da", "More was typed than one file"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_typed_wrong(run: Run, typed: Options, german: str, english: str) -> None:
    """An option that is misspelt or lacks its value, and a file too few or too many."""
    for more, said in (((), german), (("--language=en",), english)):
        done = run("audit", *more, *typed)
        assert done.exit_code == 2
        assert done.stderr.startswith(f"workbench: {said}")
        assert done.stderr.count("\n") == 1
