"""Between the form of an audit plan and the plan: what the form says, and how a plan fills it."""

from typing import Any

from workbench.audit.catalogue import GAPS, possible_gaps
from workbench.audit.choices import CHOICES
from workbench.audit.intake.inspection import Inspection
from workbench.audit.metrics import REGRESSION
from workbench.audit.plan import AuditPlan, planned
from workbench.audit.plan_rules import NO_CUT
from workbench.audit.words.harms import HARMS, gaps_of, own_reasons
from workbench.basics.errors import InvalidInput
from workbench.basics.text import later, translate
from workbench.web.forms import lines
from workbench.web.forms.plan import (
    COUNTS,
    DECISION,
    MINIMA,
    NUMBER,
    SCORE,
    PlanForm,
    counts_in,
    limit_field,
)
from workbench.web.forms.reasons import reason_field
from workbench.web.forms.refuted import refuted
from workbench.web.locale import language

TWO_SCORES = later("Choose the score above and leave this field empty.")
ONLY_NUMBERS = later("“{question}” fits only predicted numbers. Untick it or choose numbers above.")
NO_NUMBERS = later("“{question}” fits only decisions and scores, not numbers. Untick it.")
NEEDS_SCORE = later("“{question}” needs a score. Untick it or choose the column with the score.")
NEEDS_OUTCOME = later("“{question}” needs an outcome. Untick it or choose the column with it.")
# A field of the plan → the field of the form that says it, where the names differ.
FIELDS = {"task": "kind", "counts": "kind", "gaps": "harms", "thresholds": "publish_minimum"}
# Texts with a fixed shape: the same name in form and plan, reader and writer.
SHAPED: dict[str, tuple[lines.Reader, Any]] = {
    "threshold": (lines.number, lines.typed_number),
    "top_k": (lines.whole, str),
    "edges": (lines.edges, lines.typed_edges),
    "references": (lines.references, lines.typed_references),
    "names": (lines.names, lines.typed_names),
    "labels": (lines.labels, lines.typed_labels),
    "positive_words": (lines.words, lines.typed_words),
    "explained_rows": (lines.whole_numbers, lambda rows: ", ".join(map(str, rows))),
    "depth": (lines.whole, str),
    "seed": (lines.whole, str),
    "draws": (lines.whole, str),
}
NOTHING: tuple[object, ...] = (None, "", (), {})
PLAIN = ("outcome", "positive", "weight", "reason")


def plan_of(form: PlanForm, inspection: Inspection) -> AuditPlan:
    """The plan that the form says.

    Raises InvalidInput, naming the form's fields, when it says none or one that the table refutes.
    """
    values = plan_values(form, inspection)
    try:
        plan = planned(values)
    except InvalidInput as error:
        fields = _beside(error, form)
        if "gaps" in error.fields:  # by a harm, or by an own limit, which is told beside the limit
            del fields["harms"]
            fields |= _misfits(form, AuditPlan.model_validate(values))
        raise InvalidInput(error.message, fields, **error.values) from error
    if faults := refuted(plan, inspection, language()):
        raise InvalidInput(next(iter(faults.values())), faults)
    return plan


def _beside(error: InvalidInput, form: PlanForm) -> dict[str, str]:
    """The plan's messages by the names of the form's fields."""
    typed = [limit_field(gap) for gap, field in form.limits.items() if field.data]
    names = {**FIELDS, "limits": next(iter(typed), reason_field("limits"))}
    cut: dict[str, str] = {}
    if form.kind.data == SCORE:
        names["score"] = "prediction"
        # Told at once, also while the column with the score is missing.
        cut = {} if form.threshold.data or form.top_k.data else {"threshold": NO_CUT}
    told = {names.get(name, name): message for name, message in error.fields.items()}
    return cut | told


def _misfits(form: PlanForm, plan: AuditPlan) -> dict[str, str]:
    """The chosen harms that no gap of such a plan shows, each with what to do."""
    possible = set(possible_gaps(plan))
    chosen = [HARMS[harm] for harm in form.harms.data or ()]
    wrong = [harm for harm in chosen if not possible.issuperset(harm.gaps)]
    told = [_told(_misfit(one.gaps[0], plan), question=_told(one.question)) for one in wrong]
    return {"harms": " ".join(told)} if told else {}


def _misfit(gap: str, plan: AuditPlan) -> str:
    needed = GAPS[gap].metrics
    if set(needed) <= set(REGRESSION):
        return ONLY_NUMBERS
    if plan.task == "regression":
        return NO_NUMBERS
    return NEEDS_SCORE if "mean_score" in needed else NEEDS_OUTCOME


def _told(message: str, **values: object) -> str:
    # Each of several messages has values of its own.
    return translate(language(), message, values)


def plan_values(form: PlanForm, inspection: Inspection) -> dict[str, object]:
    """What the form says, as ``audit.plan.planned`` takes it.

    Raises InvalidInput, naming the form's fields, when a text has not its shape or two fields
    contradict each other.
    """
    shaped = {name: _read(form, name, read) for name, (read, _) in SHAPED.items()}
    limits = _limits(form)
    return {
        **{name: value for name, value in shaped.items() if value is not None},
        **{name: _typed(form, name) for name in PLAIN},
        **_judged(form, inspection),
        "attributes": tuple(form.attributes.data or ()),
        "features": tuple(form.features.data or ()),
        "gaps": _gaps(form, limits),
        "limits": limits,
        "reasons": _reasons(form),
        "thresholds": {
            name: found for name in MINIMA if (found := _read(form, name, lines.whole)) is not None
        },
        "dialect": inspection.dialect.model_dump() if inspection.dialect else None,
    }


def _read(form: PlanForm, name: str, read: lines.Reader) -> Any:
    try:
        return read(_typed(form, name), form.columns)
    except InvalidInput as error:
        raise InvalidInput(error.message, {name: error.message}, **error.values) from error


def _typed(form: PlanForm, name: str) -> str:
    return str(form[name].data or "").strip().replace("\r\n", "\n")


def _judged(form: PlanForm, inspection: Inspection) -> dict[str, object]:
    """Task, counts, prediction and score, by what the table holds."""
    kind, said, beside = form.kind.data, _typed(form, "prediction"), _typed(form, "score")
    if kind != SCORE:
        return {
            "task": "regression" if kind == NUMBER else "classification",
            "counts": counts_in(inspection) if kind == COUNTS else None,
            "prediction": said,
            "score": beside,
        }
    if said and beside:
        raise InvalidInput(TWO_SCORES, {"score": TWO_SCORES})
    return {"score": said or beside}


def _limits(form: PlanForm) -> dict[str, float]:
    read = {gap: _read(form, limit_field(gap), lines.number) for gap in form.limits}
    return {gap: limit for gap, limit in read.items() if limit is not None}


def _gaps(form: PlanForm, limits: dict[str, float]) -> tuple[str, ...]:
    """The gaps of the chosen harms, and those with an own limit; none chosen: the usual ones."""
    chosen = gaps_of(form.harms.data or ())
    return tuple(dict.fromkeys((*chosen, *limits))) if chosen else ()


def _reasons(form: PlanForm) -> dict[str, str]:
    """Why a gap is tested: the harm's explanation; why the rest was chosen: one's own words.

    Both in the language of the person who plans: it is their reason.
    """
    harms = {
        gap: translate(language(), HARMS[harm].explanation)
        for harm in form.harms.data or ()
        for gap in HARMS[harm].gaps
    }
    own = {choice: _typed(form, reason_field(choice)) for choice in form.reasons}
    return {**harms, **{choice: reason for choice, reason in own.items() if reason}}


def start_from(plan: AuditPlan) -> dict[str, object]:
    """What the form shows when a new plan begins with this one; the seed is kept, too."""
    kept = plan.model_dump()
    return {
        **{
            name: write(kept[name])
            for name, (_, write) in SHAPED.items()
            if kept[name] not in NOTHING
        },
        **{name: kept[name] for name in PLAIN},
        "kind": _kind(plan),
        "prediction": plan.prediction or plan.score,
        "score": plan.score if plan.prediction else "",
        "attributes": list(plan.attributes),
        "features": list(plan.features),
        "harms": [harm.id for harm in HARMS.values() if {*harm.gaps} <= {*plan.gaps}],
        **{reason_field(name): plan.reasons.get(name, "") for name in CHOICES},
        reason_field("limits"): plan.reasons.get("limits") or _former_reason(plan),
        **{limit_field(gap): lines.typed_number(limit) for gap, limit in plan.limits.items()},
        **{name: str(kept["thresholds"][name]) for name in MINIMA},
    }


def _former_reason(plan: AuditPlan) -> str:
    """Why the limits, in a plan of former times: kept as the reason for testing their gaps."""
    own = own_reasons(plan).items()
    return next((reason for reason, gaps in own if not plan.limits.keys().isdisjoint(gaps)), "")


def _kind(plan: AuditPlan) -> str:
    if plan.counts:
        return COUNTS
    if plan.task == "regression":
        return NUMBER
    return DECISION if plan.prediction else SCORE
