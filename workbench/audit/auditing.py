"""The way of one audit: table and plan in, result with sentences and pictures out."""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.audit import provenance
from workbench.audit.charts import drawing
from workbench.audit.charts.canvas import Chart
from workbench.audit.intake import sample, sources
from workbench.audit.intake.dataset import Limits
from workbench.audit.intake.inspection import Dialect
from workbench.audit.intake.look import READING, Report
from workbench.audit.intake.sources import Source
from workbench.audit.measures import cells, crosscheck, gaps, judging, rates, scores
from workbench.audit.measures.cells import Cells
from workbench.audit.plan import NO_MODEL, AuditPlan
from workbench.audit.results import AuditResult, Provenance
from workbench.audit.suppression import guarding
from workbench.audit.words import caveats
from workbench.basics.errors import DataRefused, InvalidInput
from workbench.basics.text import later

if TYPE_CHECKING:
    from workbench.audit.models.model import Model

COUNTING = later("Counting")
MEASURING = later("Computing rates and intervals")
CHECKING = later("Checking against a second calculation")
GUARDING = later("Looking for what a reader could compute back")
EXPLAINING = later("Explaining the model")
DRAWING = later("Drawing the charts")
CONSTANT = later(
    "Every person in the table has the same prediction, so nobody is treated differently and "
    "there is nothing to compare. Check the column, the favourable value or the threshold."
)
CONSTANT_NUMBER = later(
    "Every person in the table has the same prediction, so nobody is treated differently and "
    "there is nothing to compare. Check the column with the prediction."
)
ALL_CHOSEN = later(
    "Everybody in the table is chosen ({count} people were to be), so there is nothing to compare. "
    "State a smaller number."
)
Behind = tuple[Path, Dialect | None, Limits | None]


@dataclass(frozen=True)
class Audit:
    """A result and its pictures: name → chart, drawn from exactly this result."""

    result: AuditResult
    charts: dict[str, Chart]


def silent(_share: float, _step: str) -> None:
    """Tell nobody how far it is."""


def audited(
    data: Path,
    plan: AuditPlan,
    model: Path | None = None,
    *,
    report: Report = silent,
    engine: str = "duckdb",
    limits: Limits | None = None,
    agreed: AuditPlan | None = None,
    background: Path | None = None,
) -> AuditResult:
    """Everything the plan asks of the table in the file or folder, and of the model beside it.

    The result holds all numbers with n and interval, and sentences about them in German and
    English; it holds small groups too, see ``results.published``. ``engine`` is "duckdb" (in this
    process) or "spark"; both give the same numbers. ``agreed`` is the plan that was agreed on
    before, if this is another one; the result says how it departs from it. ``background`` is a
    file with rows that the model's effects are counted from, such as those of training; else they
    are counted from the audited rows. A CSV file is read there as the plan says, else as it looks.
    The same data, model, background, plans and versions give the same result, but for
    ``provenance.seconds``. Raises DataRefused, with cause and remedy, and InvalidInput, which names
    the field "background", for what is wrong with that.

    >>> from pathlib import Path
    >>> from workbench.audit import AuditPlan, audited
    >>> plan = AuditPlan(outcome="paid", prediction="granted", positive="1", attributes=("sex",),
    ...                  reason="A loan decides about participation.")
    >>> result = audited(Path("docs/example/decisions.csv"), plan)
    >>> women = result.groups["sex"]["female"].metrics["selection_rate"]
    >>> round(women.value, 3), round(women.low, 3), round(women.high, 3), women.of
    (0.583, 0.527, 0.637, 307)
    >>> gap = result.gaps["sex"]["equal_opportunity_difference"]
    >>> round(gap.value, 3), gap.highest, gap.lowest
    (0.114, 'male', 'female')
    """
    begun = time.perf_counter()
    report(0.05, READING)
    if model is not None:
        _require_known(model)
    elif background is not None:
        raise InvalidInput(NO_MODEL, {"background": NO_MODEL})
    behind = (background, plan.dialect, limits) if background else None
    names = plan.names_of_groups
    with sources.opened(data, plan.dialect, engine, limits, names) as source:
        # How a file was read belongs to the plan, confirmed by somebody or found out.
        read = {"dialect": plan.dialect or source.dialect}
        plan = plan.model_copy(update={**read, "positive": judging.positive_in(source.table, plan)})
        report(0.15, COUNTING)
        counted = cells.counted(source, plan)
        if counted.constant_prediction:
            raise DataRefused(_constant(plan), count=plan.top_k)
        report(0.35, MEASURING)
        measured = _measured(counted, plan, _origin(source, model, plan, counted), report)
        if model is not None or plan.features:
            report(0.6, EXPLAINING)
            measured = _explained(measured, model, source, counted, behind)
        report(0.8, GUARDING)
        measured = guarding.guarded(measured)
    spent = round(time.perf_counter() - begun, 3)
    origin = measured.provenance.model_copy(update={"seconds": spent, "agreed_plan": agreed})
    return caveats.described(measured.model_copy(update={"provenance": origin}))


def _constant(plan: AuditPlan) -> str:
    """What is said where everybody has the same prediction."""
    if plan.task == "regression":
        return CONSTANT_NUMBER
    return ALL_CHOSEN if plan.top_k else CONSTANT


def _require_known(model: Path) -> None:
    """Refuse what is no model before anything is counted."""
    from workbench.audit.models import loading  # noqa: PLC0415 — as in ``_explained``

    loading.require_known(model)


def drawn(result: AuditResult) -> Audit:
    """The result with its charts. Of a published result, nothing hidden is drawn."""
    pictures = drawing.draw(result)
    words = {name: chart.words for name, chart in pictures.items()}
    return Audit(result.model_copy(update={"charts": words}), pictures)


def _measured(counted: Cells, plan: AuditPlan, origin: Provenance, report: Report) -> AuditResult:
    """All numbers that follow from the cells."""
    frames, everybody = cells.frames(counted, plan), cells.everybody(counted)
    groups = {frame.name: rates.group_results(frame, plan) for frame in frames}
    apart = gaps.gap_results(frames, groups, plan)
    judged = [frame for frame in frames if plan.outcome and frame.scores is not None]
    singles = [frame for frame in judged if len(frame.attributes) == 1]
    report(0.5, CHECKING)
    return AuditResult(
        overall=rates.overall_result(everybody, plan),
        groups=groups,
        gaps=apart,
        comparisons=gaps.comparison_results(frames, everybody, groups, plan),
        calibration={frame.name: scores.calibration(frame, plan) for frame in judged},
        calibration_overall=scores.calibration(everybody, plan).get(scores.EVERYBODY, ()),
        tradeoffs=scores.tradeoffs(singles, plan),
        crosscheck=crosscheck.compare(frames, groups, apart, plan),
        explanation=None,
        charts={},
        findings=(),
        provenance=origin,
    )


def _explained(
    measured: AuditResult,
    model: Path | None,
    source: Source,
    counted: Cells,
    behind: Behind | None,
) -> AuditResult:
    """The result with what drives the model, and what gives the attributes away."""
    # Only where they are needed: what explains and what loads models takes seconds and memory.
    from workbench.audit.explanation import proxies  # noqa: PLC0415
    from workbench.audit.models import features  # noqa: PLC0415

    plan, loaded = measured.provenance.plan, None
    if model:
        from workbench.audit.models import loading  # noqa: PLC0415

        loaded = loading.load(model, plan.features)
    columns = loaded.features if loaded else plan.features
    features.require(source.columns, columns)
    source.require_readable(columns)
    drawn = sample.drawn(source, plan, counted.order, columns, sample.MOST_ROWS)
    if loaded:
        measured = _told(measured, loaded, drawn, source, counted, behind)
    return measured.model_copy(update={"proxies": proxies.found(drawn, plan)})


def _told(
    measured: AuditResult,
    model: "Model",
    drawn: sample.Sample,
    source: Source,
    counted: Cells,
    behind: Behind | None,
) -> AuditResult:
    """The result with what drives the model, counted from the background if there is one."""
    from workbench.audit.explanation import backgrounds, explanations  # noqa: PLC0415

    origin, own = measured.provenance, None
    if behind:
        own = backgrounds.handed_in(model, drawn.rows, origin.plan, *behind)
        described = {"sha256": own.sha256, "size": own.size, "rows": own.of}
        origin = origin.model_copy(
            update={f"background_{name}": value for name, value in described.items()}
        )
    explanation = explanations.explained(
        model, drawn, source, origin.plan, counted.order, measured.gaps, background=own
    )
    return measured.model_copy(update={"explanation": explanation, "provenance": origin})


def _origin(source: Source, model: Path | None, plan: AuditPlan, counted: Cells) -> Provenance:
    identity = None
    if model is not None:
        with model.open("rb") as file:
            identity = hashlib.file_digest(file, "sha256").hexdigest(), model.stat().st_size
    return provenance.describe(
        plan,
        rows=source.rows,
        data=(source.sha256, source.size),
        model=identity,
        engine=source.engine.name,
        lines=(counted.lines_added, counted.lines_empty),
    )
