"""What runs in the jailed process: carry out an audit; plain values in and out."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from workbench.audit import provenance
from workbench.audit.charts import drawing
from workbench.audit.explanation import explanations
from workbench.audit.intake import dataset
from workbench.audit.intake.look import DONE, READING, Report
from workbench.audit.measures import cells, crosscheck, fairness, groups
from workbench.audit.plan import AuditPlan, planned, require_columns
from workbench.audit.results import AuditResult, published
from workbench.audit.words import caveats
from workbench.basics.errors import DataRefused, InvalidInput
from workbench.basics.text import later

GROUPING = later("Forming the groups")
COUNTING = later("Counting")
MEASURING = later("Computing rates and intervals")
CHECKING = later("Checking against a second calculation")
EXPLAINING = later("Explaining the model")
DRAWING = later("Drawing the charts")


def run(folder: Path, arguments: Mapping[str, object], report: Report) -> dict[str, object]:
    """Carry out the plan on the table, with the model beside it when one is named.

    ``arguments`` are "data", "model" (file names in the folder; no model: None) and "plan".
    Gives {"result": AuditResult as JSON values, "charts": {name: {language: SVG}}}. The charts
    show what may be published; the result holds everything. Raises DataRefused.
    """
    try:
        plan = planned(dict(_mapping(arguments["plan"])))
    except InvalidInput as error:
        raise DataRefused(error.message, **error.values) from error
    model = arguments.get("model")
    result = audited(
        folder / str(arguments["data"]), folder / str(model) if model else None, plan, report
    )
    report(0.9, DRAWING)
    pictures = drawing.draw(published(result))
    words = {name: chart.words for name, chart in pictures.items()}
    result = result.model_copy(update={"charts": words})
    report(1.0, DONE)
    return {
        "result": result.model_dump(mode="json"),
        "charts": {name: chart.pictures for name, chart in pictures.items()},
    }


def audited(data: Path, model: Path | None, plan: AuditPlan, report: Report) -> AuditResult:
    """The result of the plan on the table in the file; without charts. Raises DataRefused."""
    report(0.05, READING)
    table = dataset.read(data, plan.dialect)
    require_columns(plan, table.cells.column_names)
    report(0.2, GROUPING)
    grouped = groups.grouped(table.cells, plan)
    report(0.3, COUNTING)
    counted = cells.count(grouped)
    frames = cells.frames(counted, grouped.order)
    report(0.4, MEASURING)
    measured = {frame.name: fairness.group_results(frame, plan) for frame in frames}
    gaps = {frame.name: fairness.gap_results(frame, measured[frame.name], plan) for frame in frames}
    report(0.5, CHECKING)
    checked = crosscheck.compare(frames, measured, gaps)
    explanation = None
    if model is not None:
        report(0.6, EXPLAINING)
        explanation = explanations.explained(model, table.cells, grouped, gaps, plan)
    return caveats.described(
        AuditResult(
            overall=fairness.overall_result(cells.overall(counted), plan),
            groups=measured,
            gaps=gaps,
            comparisons={
                frame.name: fairness.comparison_results(frame, measured[frame.name], plan)
                for frame in frames
            },
            crosscheck=checked,
            explanation=explanation,
            charts={},
            findings=(),
            provenance=provenance.describe(
                plan,
                rows=table.cells.num_rows,
                data=(table.sha256, table.size),
                model=_identity(model),
            ),
        )
    )


def _identity(model: Path | None) -> tuple[str, int] | None:
    if model is None:
        return None
    data = model.read_bytes()
    return hashlib.sha256(data).hexdigest(), len(data)


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, Mapping)  # noqa: S101 — the services build it
    return value
