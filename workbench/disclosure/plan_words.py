"""An audit plan as somebody reads it: what was fixed before any result, and why."""

from typing import Any

from workbench.audit import choices
from workbench.audit.catalogue import GAPS, GapKind, metrics_of, tested_gaps
from workbench.audit.metrics import METRICS
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.audit.words.harms import harms_of, own_reasons
from workbench.audit.words.judgements import limit_of, limit_words
from workbench.audit.words.methods import Method, used
from workbench.audit.words.phrases import column_words, quoted, value_words
from workbench.basics import text
from workbench.basics.text import later

TASKS = {
    "classification": later("Favourable or not"),
    "regression": later("Numbers"),
}
COUNTS = {
    "confusion": later("Counts per group: right and wrong, favourable and not"),
    "selection": later("Counts per group: chosen and all"),
}


MINIMA = later(
    "Fewer than {publish} people: not published. Fewer than {assess}: not assessed. Fewer than "
    "{certain}: called uncertain."
)
NAMED_GAPS, USUAL_GAPS = later("Named by the plan"), later("All usual ones")
OWN_LIMITS, CONVENTIONS = later("Set by the plan: {gaps}"), later("Conventions, where there is one")
NOT_STATED = later("No reason is stated.")
DEFAULT = later("Default of the workbench: {default}")
Entry = tuple[str, str, str]  # title, value, name of the choice; "" where it is none

# Formulas with words in them.
SUMS = {
    "mean_score": later("Σ score / n"),
    "mean_prediction": later("Σ prediction / n"),
    "mean_error": later("Σ (prediction − outcome) / n"),
    "mean_absolute_error": later("Σ |prediction − outcome| / n"),
    "root_mean_squared_error": later("√(Σ (prediction − outcome)² / n)"),
}
# (form, whether several rates are compared)
FORMULAS = {
    ("difference", False): later("max − min of {rates}"),
    ("ratio", False): later("min / max of {rates}"),
    ("difference", True): later("largest of: max − min, over {rates}"),
    ("ratio", True): later("smallest of: min / max, over {rates}"),
}


def reading(plan: AuditPlan, language: str) -> dict[str, Any]:
    """The plan: ``entries`` and ``tests`` (title, value or limit, reason), and its ``reason``."""
    return {
        "entries": [
            {
                "title": text.translate(language, title),
                "value": value,
                "reason": _why(plan, choice, language),
            }
            for title, value, choice in _entries(plan, language)
            if value
        ],
        "reason": plan.reason,
        "tests": [
            {
                "title": text.translate(language, GAPS[name].title),
                "limit": limit_words(name, limit, language)
                if (limit := limit_of(plan, name))
                else "",
                "reason": _reason(plan, name, language),
            }
            for name in tested_gaps(plan)
        ],
    }


def _reason(plan: AuditPlan, name: str, language: str) -> str:
    """The questions that lead to the gap, then the reason in the plan's own words, if any."""
    asked = [text.translate(language, one.question) for one in harms_of(plan) if name in one.gaps]
    own = [reason for reason, names in own_reasons(plan).items() if name in names]
    return " ".join([*asked, *own])


def _why(plan: AuditPlan, name: str, language: str) -> str:
    """The reason for a choice: the plan's own, that of the default, or that none is stated."""
    if own := choices.stated(plan).get(name):
        return own
    left, missing = (
        {one.name: one for one in found}
        for found in (choices.defaults(plan), choices.unstated(plan))
    )
    if name in left:
        default = text.translate(language, left[name].default)
        return text.translate(language, DEFAULT, {"default": default})
    return text.translate(language, NOT_STATED) if name in missing else ""


def _entries(plan: AuditPlan, language: str) -> list[Entry]:
    kind = COUNTS[plan.counts] if plan.counts else TASKS[plan.task]
    edges = [
        f"{column_words(plan, name, language)}: "
        + ", ".join(text.number(language, edge) for edge in stated)
        for name, stated in plan.edges.items()
    ]
    references = [
        f"{column_words(plan, name, language)}: {value_words(plan, name, value, language)}"
        for name, value in plan.references.items()
    ]
    threshold = "" if plan.threshold is None else text.number(language, plan.threshold)
    minima = {name.partition("_")[0]: n for name, n in plan.thresholds.model_dump().items()}
    return [
        (later("What is judged"), text.translate(language, kind), ""),
        (later("Column with what really happened"), plan.outcome, ""),
        (later("Favourable value"), plan.positive, ""),
        (later("Column with the prediction"), plan.prediction, ""),
        (later("Column with the score"), plan.score, ""),
        (later("Favourable from this score on"), threshold, "threshold"),
        (later("So many highest scores are chosen"), _number(plan.top_k, language), "threshold"),
        (later("Column with weights"), plan.weight, ""),
        (
            later("Compared groups"),
            ", ".join(column_words(plan, name, language) for name in plan.attributes),
            "",
        ),
        (later("At most so many attributes are combined"), _number(plan.depth, language), "depth"),
        (later("Where groups of numbers begin"), "; ".join(edges), "edges"),
        (later("Reference groups"), "; ".join(references), "references"),
        (later("Columns that only the model uses"), ", ".join(plan.features), ""),
        (
            later("Gaps that are tested"),
            text.translate(language, NAMED_GAPS if plan.gaps else USUAL_GAPS),
            "gaps",
        ),
        (later("Limits"), _limits(plan, language), "limits"),
        (later("Small groups"), text.translate(language, MINIMA, minima), "thresholds"),
    ]


def _limits(plan: AuditPlan, language: str) -> str:
    """Which gaps the plan sets a limit for; where none, whether conventions hold."""
    if plan.limits:
        titles = [
            quoted(text.translate(language, GAPS[name].title), language) for name in plan.limits
        ]
        return text.translate(language, OWN_LIMITS, {"gaps": ", ".join(titles)})
    has_any = any(limit_of(plan, name) for name in tested_gaps(plan))
    return text.translate(language, CONVENTIONS) if has_any else ""


def _number(value: int | None, language: str) -> str:
    return "" if value is None else text.number(language, value)


def _formula(kind: GapKind, language: str) -> str:
    """How a gap is computed from its rates or its mean, by their names in the language."""
    rates = ", ".join(
        quoted(text.translate(language, METRICS[name].title), language) for name in kind.metrics
    )
    message = FORMULAS[kind.form, len(kind.metrics) > 1]
    return text.translate(language, message, {"rates": rates})


def methods(result: AuditResult, language: str) -> dict[str, list[dict[str, str]]]:
    """Formulas of the plan's ``metrics`` and ``gaps``, and ``how`` the rest came about.

    What was not used for this result is not told.
    """
    plan = result.provenance.plan
    return {
        "metrics": [
            {
                "title": text.translate(language, METRICS[name].title),
                "formula": text.translate(language, SUMS.get(name, METRICS[name].formula)),
                "means": text.translate(language, METRICS[name].direction),
                "not": text.translate(language, METRICS[name].does_not_show),
            }
            for name in metrics_of(plan)
        ],
        "gaps": [
            {
                "title": text.translate(language, GAPS[name].title),
                "formula": _formula(GAPS[name], language),
                "not": text.translate(language, GAPS[name].does_not_show),
            }
            for name in tested_gaps(plan)
        ],
        "how": [method_words(method, language) for method in used(result)],
    }


def method_words(method: Method, language: str) -> dict[str, str]:
    """A method's ``title``, ``what`` it does and its ``source``."""
    return {
        "title": text.translate(language, method.title),
        "what": text.translate(language, method.what),
        "source": text.translate(language, method.source),
    }
