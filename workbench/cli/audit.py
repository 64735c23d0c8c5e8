"""``workbench audit``: check a table of predictions, a model or mere counts for discrimination.

Made for the pipeline of a vendor or a data scientist: three files, an exit code, no database.
The heavy libraries are loaded when an audit begins, so that ``--help`` and mistakes in the
options are quick.
"""
# ruff: noqa: PLC0415

import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.audit.plan import AuditPlan, planned
from workbench.audit.planfile import read_plan
from workbench.audit.results import AuditResult
from workbench.basics.text import LANGUAGES, later, translate

if TYPE_CHECKING:
    from workbench.audit.auditing import Audit

NOTHING, FOUND = 0, 1  # exit codes; 2, a refused input, is the same for all commands
NOT_STATED = later("not stated")
STEPS = 1000
TOLD = ("attention", "open")

Report = Callable[[float, str], None]
Stated = tuple[str, ...]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _pairs(_context: object, _option: object, stated: Stated) -> dict[str, str]:
    """NAME=VALUE, several times, as a mapping."""
    parts = [text.rpartition("=") for text in stated]
    for text, (name, sign, value) in zip(stated, parts, strict=True):
        if not (name and sign and value):
            raise click.BadParameter(f"“{text}” should read NAME=VALUE, for example sex=female.")
    return {name: value for name, _, value in parts}


def _numbers(context: object, option: object, stated: Stated) -> dict[str, list[float]]:
    """NAME=NUMBER,NUMBER, several times, as a mapping."""
    try:
        return {
            name: [float(number) for number in numbers.split(",")]
            for name, numbers in _pairs(context, option, stated).items()
        }
    except ValueError as error:
        raise click.BadParameter(f"{error}; it should read NAME=25,35,50.") from error


def _number(context: object, option: object, stated: Stated) -> dict[str, float]:
    """NAME=NUMBER, several times, as a mapping."""
    return {name: numbers[0] for name, numbers in _numbers(context, option, stated).items()}


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--outcome", metavar="COL", help="What really happened; without it, only shares.")
@click.option("--prediction", metavar="COL", help="What was predicted or decided.")
@click.option("--score", metavar="COL", help="A score instead of a prediction.")
@click.option("--threshold", type=float, help="Scores from here on count as favourable.")
@click.option("--top-k", type=int, help="That many highest scores count as favourable.")
@click.option("--group", "attributes", multiple=True, metavar="COL", help="Compare its groups.")
@click.option("--positive", metavar="VALUE", help="The favourable value.  [default: 1]")
@click.option(
    "--edges",
    multiple=True,
    metavar="COL=N,N",
    callback=_numbers,
    help="Where groups of numbers begin.",
)
@click.option(
    "--reference",
    "references",
    multiple=True,
    metavar="COL=VALUE",
    callback=_pairs,
    help="Compare with this group.",
)
@click.option("--gap", "gaps", multiple=True, metavar="GAP", help="Test this gap only.")
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="GAP=X",
    callback=_number,
    help="Your own limit for a gap.",
)
@click.option("--weight", metavar="COL", help="How many people a row stands for.")
@click.option("--depth", type=int, help="Combine at most so many attributes.  [default: 2]")
@click.option("--regression", is_flag=True, help="Outcome and prediction are numbers.")
@click.option("--counts", is_flag=True, help="A row is a group: tp, fp, tn, fn or selected, total.")
@click.option("--reason", help="Why these columns and groups; stands in the report.")
@click.option("--plan", "plan_file", type=FILE, help="An audit plan as YAML or JSON.")
@click.option("--model", type=FILE, help="ONNX, skops, XGBoost JSON/UBJ or LightGBM text.")
@click.option("--feature", "features", multiple=True, metavar="COL", help="Only the model uses it.")
@click.option(
    "--explain-row",
    "explained_rows",
    type=int,
    multiple=True,
    metavar="N",
    help="Explain row N, from 1.",
)
@click.option(
    "--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True
)
@click.option("--seed", type=int, help="For everything drawn at random.  [default: 1]")
@click.option("--language", type=click.Choice(LANGUAGES), default="de", show_default=True)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("audit"),
    show_default=True,
    help="Folder for the three files.",
)
def audit(
    *,
    file: Path,
    counts: bool,
    plan_file: Path | None,
    model: Path | None,
    engine: str,
    language: str,
    out: Path,
    **stated: object,
) -> None:
    """Check FILE for discrimination: CSV, Parquet, or a folder of Parquet files.

    Writes result.json, report.html and report.pdf. Exit code 0: no gap beyond a limit; 1: a gap
    beyond a limit; 2: the input was refused, with a sentence that says why and what to do.
    """
    unstated = {"reason": translate(language, NOT_STATED)}
    plan = _plan(plan_file, unstated, stated, _kind_of_counts(file) if counts else None)
    from workbench.audit import auditing

    with _progress() as report:
        result = auditing.audited(file, plan, model, report=report, engine=engine)
        report(0.9, auditing.DRAWING)
        made = auditing.drawn(result)
        files = _files(made, language)
        report(1.0, auditing.DONE)
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    _tell(made.result, files, out, language)
    beyond = any(told.kind == "attention" for told in made.result.findings)
    sys.exit(FOUND if beyond else NOTHING)


def _plan(
    file: Path | None,
    unstated: Mapping[str, object],
    stated: Mapping[str, object],
    counts: str | None,
) -> AuditPlan:
    """The plan in the file, else ``unstated``; what is stated takes its place."""
    values = dict(read_plan(file).model_dump(exclude_unset=True) if file else unstated)
    given = {name: value for name, value in stated.items() if value not in (None, (), {}, False)}
    if given.pop("regression", False):
        given["task"] = "regression"
    if counts is not None:
        given["counts"] = counts
    values |= given
    if values.get("task") != "regression" and not values.get("counts"):
        values.setdefault("positive", "1")
    return planned(values)


def _kind_of_counts(file: Path) -> str:
    from workbench.audit.intake import sources

    with sources.opened(file, limits=None) as source:
        return "selection" if {"selected", "total"} <= set(source.columns) else "confusion"


def _files(made: "Audit", language: str) -> dict[str, bytes]:
    from workbench.audit import resultfile
    from workbench.reporting import audit as reports

    pictures = {name: chart.pictures[language] for name, chart in made.charts.items()}
    return {
        "result.json": resultfile.write(made.result),
        "report.html": reports.audit_html(made.result, language, pictures).encode(),
        "report.pdf": reports.audit_pdf(made.result, language, pictures),
    }


@contextmanager
def _progress() -> Iterator[Report]:
    """A bar on a terminal, else a line per step; on stderr, as stdout is for the results."""
    if not sys.stderr.isatty():
        yield lambda share, step: click.echo(f"{share:4.0%}  {step}", err=True)
        return
    with click.progressbar(length=STEPS, file=sys.stderr, item_show_func=str) as bar:

        def report(share: float, step: str) -> None:
            bar.update(round(share * STEPS) - bar.pos, step)

        yield report


def _tell(result: AuditResult, files: Mapping[str, bytes], out: Path, language: str) -> None:
    """What was found about single attributes, how much about combined ones, what was written."""
    found = [told for kind in TOLD for told in result.findings if told.kind == kind]
    singles = (None, *result.provenance.plan.attributes)
    for told in found:
        if told.attribute in singles:
            click.echo(f"[{told.kind}] {told.text[language]}")
    further = sum(told.attribute not in singles for told in found)
    if further:
        click.echo(f"… and {further} findings about combined groups, see the report.")
    for name, content in files.items():
        click.echo(f"{out / name}  SHA-256 {hashlib.sha256(content).hexdigest()}")
