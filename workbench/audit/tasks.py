"""What runs in the jailed process: carry out an audit; plain values in and out."""

from collections.abc import Mapping
from pathlib import Path

from workbench.audit import auditing, comparison, resultfile
from workbench.audit.auditing import DRAWING, GUARDING, Audit
from workbench.audit.charts import comparison as comparison_charts
from workbench.audit.charts import effects, swarm
from workbench.audit.intake import dialects
from workbench.audit.intake.dataset import WEB
from workbench.audit.intake.look import DONE, Report
from workbench.audit.measures import pairs
from workbench.audit.plan import planned
from workbench.audit.results import AuditResult, published
from workbench.audit.suppression import guarding
from workbench.audit.words import caveats
from workbench.basics.errors import DataRefused, InvalidInput
from workbench.basics.text import later

DESCRIBING = later("Putting the numbers into words")
COMPARING = later("Comparing the two audits")
PARTS = ("data", "model", "background")
# Said of the background where no command line is at hand to say how it is written.
ON_A_PAGE = {
    dialects.AMBIGUOUS: later(
        "Numbers such as “{example}” in “{column}” may have thousands separators or decimals; the "
        "one number is a thousand times the other. Send the background as Parquet."
    ),
    dialects.OTHER_ENCODING: later(
        "The file is not written in {encoding}, as the table is. Save it in the same encoding, or "
        "send it as Parquet."
    ),
}


def run(folder: Path, arguments: Mapping[str, object], report: Report) -> dict[str, object]:
    """Carry out the plan on the table, with the model and its background when they are named.

    ``arguments`` are "plan" and names of files in the folder: "data", perhaps "model" and
    "background".
    Gives {"result": AuditResult as JSON values, "charts": {name: {language: SVG}}, "rows": {name:
    {"pictures": {language: SVG}, "words": ChartText as JSON values}}}. The charts show what may be
    published; the result holds everything; the rows are charts about single people, which are
    never published. Raises DataRefused; where it is about the background, "about" in its values
    says so.
    """
    try:
        plan = planned(dict(_mapping(arguments["plan"])))
    except InvalidInput as error:
        raise DataRefused(error.message, **error.values) from error
    named = {part: folder / str(arguments[part]) for part in PARTS if arguments.get(part)}
    try:
        result = auditing.audited(
            named["data"],
            plan,
            named.get("model"),
            report=report,
            limits=WEB,
            background=named.get("background"),
        )
    except InvalidInput as error:  # about the background: the plan is read above
        message = ON_A_PAGE.get(error.message, error.message)
        raise DataRefused(message, **error.values, about="background") from error
    return _answer(result, report)


def described(folder: Path, arguments: Mapping[str, object], report: Report) -> dict[str, object]:
    """Put the result of the command line, the file ``arguments["result"]``, into words and charts.

    Only its numbers are taken; sentences are made anew from them. Gives what ``run`` gives.
    Raises DataRefused when the file is no such result or was changed.
    """
    report(0.2, DESCRIBING)
    found = resultfile.read((folder / str(arguments["result"])).read_bytes())
    report(0.4, GUARDING)
    return _answer(guarding.guarded(caveats.described(found, imported=True)), report)


def guarded(folder: Path, arguments: Mapping[str, object], report: Report) -> dict[str, object]:
    """What a result must hide beside earlier published ones, as JSON values of a Guard.

    ``arguments["result"]`` is its file, ``arguments["earlier"]`` a list of theirs. Raises
    DataRefused when a file is no such result.
    """
    names = arguments["earlier"]
    assert isinstance(names, list)  # noqa: S101 — the services build it
    result, *earlier = (
        resultfile.read((folder / str(name)).read_bytes()) for name in (arguments["result"], *names)
    )
    report(0.5, GUARDING)
    return guarding.guard(result, earlier).model_dump(mode="json")


def compared(folder: Path, arguments: Mapping[str, object], report: Report) -> dict[str, object]:
    """Set two results side by side: the files ``arguments["before"]`` and ``["after"]``.

    ``arguments["data"]`` is the table that both rest on, None where they do not or it is not
    kept. Gives {"result": Comparison as JSON values, "charts": {name: {language: SVG}}, "words":
    {name: ChartText as JSON values}}. Raises DataRefused when a file is no result, or when the
    table does not have what the plans ask for.
    """
    report(0.2, COMPARING)
    paths = (folder / str(arguments[name]) for name in ("before", "after"))
    before, after = (resultfile.read(path.read_bytes()) for path in paths)
    data, correlations = arguments.get("data"), None
    if data and comparison.can_be_paired(before, after):
        correlations = pairs.correlations(folder / str(data), before, after, limits=WEB)
    found = comparison.compared(before, after, correlations)
    report(0.6, DRAWING)
    pictures = comparison_charts.draw(found, before, after)
    report(1.0, DONE)
    return {
        "result": found.model_dump(mode="json"),
        "charts": {name: chart.pictures for name, chart in pictures.items()},
        "words": {name: chart.words.model_dump(mode="json") for name, chart in pictures.items()},
    }


def _answer(result: AuditResult, report: Report) -> dict[str, object]:
    report(0.9, DRAWING)
    public: Audit = auditing.drawn(published(result))
    whole = result.model_copy(update={"charts": public.result.charts})
    told = result.explanation
    plan = result.provenance.plan
    rows = swarm.draw(plan, told) | effects.rows(plan, told) if told else {}
    report(1.0, DONE)
    return {
        "result": whole.model_dump(mode="json"),
        "charts": {name: chart.pictures for name, chart in public.charts.items()},
        "rows": {
            name: {"pictures": chart.pictures, "words": chart.words.model_dump(mode="json")}
            for name, chart in rows.items()
        },
    }


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, Mapping)  # noqa: S101 — the services build it
    return value
