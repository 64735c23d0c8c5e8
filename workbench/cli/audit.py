"""``workbench audit``: check a table of predictions, a model or mere counts for discrimination.

Made for the pipeline of a vendor or a data scientist: three files, an exit code, no database.
The heavy libraries are loaded when an audit begins, so that ``--help`` and mistakes in the
options are quick.
"""
# ruff: noqa: PLC0415

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.audit.catalogue import GAPS
from workbench.audit.plan import AuditPlan
from workbench.basics.errors import DataRefused, InvalidInput, WorkbenchError
from workbench.basics.text import LANGUAGES, later
from workbench.cli import options, summary
from workbench.cli.combinations import require_sense
from workbench.cli.planning import plan_of
from workbench.cli.progress import progress
from workbench.cli.refusals import Telling

if TYPE_CHECKING:
    from workbench.audit.auditing import Audit

FILES = ("result.json", "report.html", "report.pdf")
BROKEN = 3  # the exit code; see ``summary`` for the others
NOT_WRITTEN = later(
    "The report could not be written to “{path}” ({reason}). Choose another folder."
)
log = logging.getLogger(__name__)

FILE = options.Place(exists=True, dir_okay=False)


@click.command(cls=Telling)
@click.argument("file", type=options.Place(exists=True))
@click.option("--outcome", metavar="COL", help="What really happened; without it, only shares.")
@click.option("--prediction", metavar="COL", help="What was predicted or decided.")
@click.option("--score", metavar="COL", help="A score instead of a prediction.")
@click.option(
    "--threshold",
    metavar="X",
    type=options.Number(),
    help="Scores from here on count as favourable.",
)
@click.option(
    "--top-k", type=options.Whole(1), help="That many highest scores count as favourable."
)
@click.option("--group", "attributes", multiple=True, metavar="COL", help="Compare its groups.")
@click.option("--positive", metavar="VALUE", help="The favourable value.  [default: 1]")
@click.option(
    "--edges",
    multiple=True,
    metavar="COL=N,N",
    callback=options.numbers_of,
    help="Where groups of numbers begin.",
)
@click.option(
    "--reference",
    "references",
    multiple=True,
    metavar="COL=VALUE",
    callback=options.pairs,
    help="Compare with this group.",
)
@click.option(
    "--gap",
    "gaps",
    multiple=True,
    metavar="GAP",
    type=options.OneOf(GAPS),
    help="Test this gap only.",
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="GAP=X",
    callback=options.limits,
    help="Your own limit for a gap.",
)
@click.option("--weight", metavar="COL", help="How many people a row stands for.")
@click.option(
    "--depth", type=options.Whole(1, 4), help="Combine at most so many attributes.  [default: 2]"
)
@click.option("--regression", is_flag=True, help="Outcome and prediction are numbers.")
@click.option("--counts", is_flag=True, help="A row is a group: tp, fp, tn, fn or selected, total.")
@click.option("--delimiter", type=options.OneOf(options.DELIMITERS), help="Of a CSV file.")
@click.option("--decimal", type=options.OneOf([".", ","]), help="Decimal sign of a CSV file.")
@click.option("--encoding", type=options.OneOf(options.ENCODINGS), help="Of a CSV file.")
@click.option("--reason", help="Why these columns and groups; stands in the report.")
@click.option("--plan", "plan_file", type=FILE, help="An audit plan as YAML or JSON.")
@click.option("--model", type=FILE, help="ONNX, skops, XGBoost JSON/UBJ or LightGBM text.")
@click.option(
    "--background", type=FILE, help="Rows to count effects from, say of training; with --model."
)
@click.option(
    "--feature", "features", multiple=True, metavar="COL", help="What else the system uses."
)
@click.option(
    "--explain-row",
    "explained_rows",
    type=options.Whole(1),
    multiple=True,
    metavar="N",
    help="Explain row N, from 1; with --model.",
)
@click.option(
    "--engine", type=options.OneOf(["duckdb", "spark"]), default="duckdb", show_default=True
)
@click.option(
    "--seed", type=options.Whole(0, 2**32 - 1), help="For everything drawn at random.  [default: 1]"
)
@click.option(
    "--language",
    type=options.OneOf(LANGUAGES),
    default="de",
    show_default=True,
    is_eager=True,  # what is wrong with another option is said in it
    help="Of the report, of what is said here, and of refusals.",
)
@click.option(
    "--out",
    type=options.Place(file_okay=False),
    default=Path("audit"),
    show_default=True,
    help="Folder for the files.",
)
@click.option("--no-pdf", is_flag=True, help="Leave out report.pdf.")
def audit(
    *,
    file: Path,
    counts: bool,
    no_pdf: bool,
    plan_file: Path | None,
    model: Path | None,
    background: Path | None,
    engine: str,
    language: str,
    out: Path,
    **stated: object,
) -> None:
    """Check FILE for discrimination: CSV, Parquet, or a folder of Parquet files.

    Writes result.json, report.html and, unless --no-pdf, report.pdf. Exit code 0: no gap beyond a
    limit; 1: a gap beyond a limit; 2: the input was refused, with a sentence that says why and
    what to do, or no gap could be assessed; 3: an error of this program.
    """
    try:
        plan, before = plan_of(file, plan_file, stated, counts=counts, language=language)
        require_sense(stated, plan, model)
        made, files = _made(
            file, (plan, before), (model, background), engine, language, pdf=not no_pdf
        )
        out.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            # A report of another audit must not stay beside this one's result.
            (out / name).unlink(missing_ok=True)
        for name, content in files.items():
            (out / name).write_bytes(content)
    except (WorkbenchError, click.ClickException):
        raise
    except OSError as error:
        raise DataRefused(NOT_WRITTEN, path=str(out), reason=str(error)) from error
    except Exception:
        # Python's own exit code for this is 1, which would read as "a gap beyond a limit".
        log.exception("The audit stopped because of an error of this program. Nothing was written.")
        sys.exit(BROKEN)
    sys.exit(summary.told(made.result, files, out, language))


def _made(
    file: Path,
    plans: tuple[AuditPlan, AuditPlan | None],
    explained: tuple[Path | None, Path | None],
    engine: str,
    language: str,
    *,
    pdf: bool,
) -> tuple["Audit", dict[str, bytes]]:
    """The audit by the first plan, and the content of each file about it.

    ``explained`` is the model and the background.
    """
    from workbench.audit import auditing
    from workbench.audit.intake.look import DONE
    from workbench.audit.models import loading

    model, background = explained
    if model is not None:
        loading.require_sound(model)
    with progress(language) as report, _options_named():
        result = auditing.audited(
            file,
            plans[0],
            model,
            report=report,
            engine=engine,
            agreed=plans[1],
            background=background,
        )
        report(0.9, auditing.DRAWING)
        made = auditing.drawn(result)
        files = _files(made, language, pdf=pdf)
        report(1.0, DONE)
    return made, files


@contextmanager
def _options_named() -> Iterator[None]:
    """Say of a file that is refused by the name of a parameter which option it was."""
    try:
        yield
    except InvalidInput as error:
        fields = {f"--{name}": said for name, said in error.fields.items()}
        raise InvalidInput(error.message, fields, **error.values) from error


def _files(made: "Audit", language: str, *, pdf: bool) -> dict[str, bytes]:
    from workbench.audit import resultfile
    from workbench.reporting import audit as reports

    pictures = {name: chart.pictures[language] for name, chart in made.charts.items()}
    files = {
        "result.json": resultfile.write(made.result),
        "report.html": reports.audit_html(made.result, language, pictures).encode(),
    }
    if pdf:
        files["report.pdf"] = reports.audit_pdf(made.result, language, pictures)
    return files
