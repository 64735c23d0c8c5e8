"""Made-up results of audits, small and consistent: what words, charts and reports are tested on.

The numbers follow from the tables below; intervals are Wilson's, gaps have made-up probabilities.
"""

from typing import Any

from tests.examples.audit_parts import (
    bins,
    compared,
    explanation,
    gap,
    mean,
    proxies,
    share,
    status,
    tradeoff,
)
from workbench.audit.catalogue import metrics_of, tested_gaps
from workbench.audit.metrics import METRICS, Rate
from workbench.audit.parts import Crosscheck, Group, Guard, Provenance
from workbench.audit.plan import AuditPlan, planned
from workbench.audit.provenance import plan_hash
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import labels

# attribute → group → tp, fp, fn, tn
PEOPLE: dict[str, dict[str, tuple[int, int, int, int]]] = {
    "sex": {"female": (180, 60, 70, 190), "male": (300, 90, 50, 260)},
    "age": {
        "under 25": (40, 20, 30, 50),
        "25 to 34": (190, 60, 40, 180),
        "35 and over": (246, 69, 45, 216),
        "(missing)": (4, 1, 5, 4),
    },
    "sex & age": {
        "female & under 25": (15, 8, 20, 25),
        "female & 25 to 34": (75, 25, 20, 80),
        "female & 35 and over": (88, 26, 27, 83),
        "female & (missing)": (2, 1, 3, 2),
        "male & under 25": (25, 12, 10, 25),
        "male & 25 to 34": (115, 35, 20, 100),
        "male & 35 and over": (158, 43, 18, 133),
        "male & (missing)": (2, 0, 2, 2),
    },
}
# attribute → group → n, mean prediction, mean error, mean absolute error, root mean squared error
RENTS = {
    "sex": {"female": (400, 612.4, -18.25, 41.0, 55.1), "male": (600, 640.9, 2.75, 38.5, 50.2)}
}
LABELS = {
    "sex": {
        "female": {"de": "Frauen", "en": "women"},
        "male": {"de": "Männer", "en": "men"},
    }
}
NAMES = {"sex": {"de": "Geschlecht", "en": "Sex"}, "age": {"de": "Alter", "en": "Age"}}


def plan(**changes: object) -> AuditPlan:
    """The plan of the example; any part of it can be changed."""
    values: dict[str, object] = {
        "outcome": "repaid",
        "positive": "yes",
        "score": "score",
        "threshold": 0.5,
        "attributes": ("sex", "age"),
        "edges": {"age": (25, 35)},
        "references": {"sex": "male"},
        "reason": "Wer zu Unrecht abgelehnt wird, verliert eine Chance.",
        "reasons": {"equal_opportunity_difference": "Eine Ablehnung trifft Menschen am härtesten."},
        "limits": {"equal_opportunity_difference": 0.05},
        "names": NAMES,
        "labels": LABELS,
        "positive_words": {"de": "zahlt zurück", "en": "repays"},
    }
    return planned(values | changes)


def group(
    made: AuditPlan, parts: dict[str, str], counts: tuple[int, ...], weight: float | None = None
) -> Group:
    """A group with all metrics of the plan, from its confusion table."""
    table = dict(zip(("tp", "fp", "fn", "tn"), counts, strict=True)) | {"other": 0}
    n = sum(counts)
    found = {}
    for name in metrics_of(made):
        metric = METRICS[name]
        if isinstance(metric, Rate):
            top, bottom = (sum(table[one] for one in part) for part in (metric.top, metric.bottom))
            found[name] = share(top, bottom, weight)
        else:
            found[name] = mean((table["tp"] + table["fp"]) / n, n)
    return Group(n=n, label=labels(made, parts), parts=parts, status=status(n), metrics=found)


def provenance(made: AuditPlan, rows: int) -> Provenance:
    return Provenance(
        data_sha256="d" * 64,
        data_size=123_456,
        rows=rows,
        model_sha256=None,
        model_size=None,
        plan=made,
        plan_sha256=plan_hash(made),
        versions={"duckdb": "2.0.0", "python": "3.11.9", "workbench": "0.1.0"},
        seconds=1.25,
    )


def classification(*, p: float = 0.001, **changes: object) -> AuditResult:
    """Loans: women are recognised less often; the group without an age is small.

    ``p`` is the corrected probability of every gap; other arguments change the plan.
    """
    made = plan(**changes)
    weight = 0.8 if made.weight else None
    groups = {
        table: {
            value: group(
                made, dict(zip(table.split(" & "), value.split(" & "), strict=True)), counts, weight
            )
            for value, counts in values.items()
        }
        for table, values in PEOPLE.items()
        if set(table.split(" & ")) <= set(made.attributes)
    }
    total = tuple(sum(counts[place] for counts in PEOPLE["sex"].values()) for place in range(4))
    overall = group(made, {}, total, weight).model_copy(
        update={"label": {"de": "Alle", "en": "All"}}
    )
    return AuditResult(
        overall=overall,
        groups=groups,
        gaps={
            table: {name: gap(name, values, p) for name in tested_gaps(made)}
            for table, values in groups.items()
        },
        comparisons=compared(groups, overall, made.references),
        calibration={"sex": {"female": bins(0.2), "male": bins(0.0)}} if made.score else {},
        tradeoffs={"sex": tradeoff()} if made.score else {},
        crosscheck=Crosscheck(
            library="fairlearn", version="0.15.0", numbers=412, max_abs_difference=2.2e-16
        ),
        explanation=None,
        charts={},
        findings=(),
        guard=Guard(),
        provenance=provenance(made, sum(total)),
    )


def regression(**changes: object) -> AuditResult:
    """Rents: those of women are estimated too low."""
    cleared: dict[str, Any] = {
        "task": "regression",
        "positive": "",
        "positive_words": {},
        "score": "",
    }
    cleared |= {"threshold": None, "prediction": "estimate", "attributes": ("sex",), "edges": {}}
    made = plan(**(cleared | {"reasons": {}, "limits": {}} | changes))
    groups = {
        value: Group(
            n=n,
            label=labels(made, {"sex": value}),
            parts={"sex": value},
            status="ok",
            metrics={
                name: mean(number, n) for name, number in zip(metrics_of(made), means, strict=True)
            },
        )
        for value, (n, *means) in RENTS["sex"].items()
    }
    overall = groups["male"].model_copy(
        update={"n": 1000, "parts": {}, "label": {"de": "Alle", "en": "All"}}
    )
    return AuditResult(
        overall=overall,
        groups={"sex": groups},
        gaps={"sex": {name: gap(name, groups) for name in tested_gaps(made)}},
        comparisons=compared({"sex": groups}, overall, made.references),
        crosscheck=Crosscheck(
            library="fairlearn", version="0.15.0", numbers=8, max_abs_difference=0
        ),
        explanation=None,
        charts={},
        findings=(),
        guard=Guard(),
        provenance=provenance(made, 1000),
    )


def explained() -> AuditResult:
    """The loans with what drives the model, one row explained, and what gives the sex away."""
    found = classification(explained_rows=(17,))
    return found.model_copy(update={"explanation": explanation(), "proxies": {"sex": proxies()}})
