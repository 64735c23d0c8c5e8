"""One number → one sentence that a councillor understands; never a verdict."""

from collections.abc import Mapping, Sequence

from workbench.audit.catalogue import GAPS, GapKind
from workbench.audit.metrics import MEANS, METRICS, Mean
from workbench.audit.parts import Gap, Group, Measure, Status
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import (
    column_words,
    digits_for,
    figure,
    group_words,
    per_hundred,
    positive_words,
)
from workbench.basics.text import later, translate

COUNTED = later("{statement} (people counted: {of}; 95 % interval: {low} to {high}).")
COUNTED_ALONE = later("{statement} (people counted: {of}; no interval can be stated).")
UNCERTAIN = later("Uncertain, because fewer than {limit} people were counted.")
UNCERTAIN_BY_WEIGHT = later(
    "Uncertain, because the weights make this number as uncertain as one of fewer than {limit} "
    "people without weights."
)
FEW_DECIDE = later(
    "Uncertain, because a few people decide this number: its interval may be too short."
)
TOO_FEW = later("Too few people to assess: fewer than {limit} were counted.")
TOO_FEW_BY_WEIGHT = later(
    "Too few people to assess: the weights make this number as uncertain as one of fewer than "
    "{limit} people without weights."
)
# Why a number is not certain: people counted, people by weight, few people who decide it.
WEAKNESSES = {
    "uncertain": (UNCERTAIN, UNCERTAIN_BY_WEIGHT, FEW_DECIDE),
    "not_assessable": (TOO_FEW, TOO_FEW_BY_WEIGHT, TOO_FEW_BY_WEIGHT),
}
NOBODY = later("{title}: not defined for {group}, because there is nobody to count.")
NOT_SHOWN = later("{title}: not published for {group}, because the group is too small.")
DIFFERENCE = later("{statement}. Gap: {gap} percentage points (95 % interval: {low} to {high}).")
MEAN_DIFFERENCE = later("{statement}. Gap: {gap} (95 % interval: {low} to {high}).")
RATIO = later("{statement} (95 % interval: {low} to {high}).")
NAMED = later("{title}: {statement}")
# A gap is said as the same number of two groups, side by side.
PAIRS: Mapping[str, str] = {
    "selection_rate": later(
        "Of 100 {high}, {more} get the favourable prediction; of 100 {low}, {less}"
    ),
    "true_positive_rate": later(
        "Of 100 {high} with a favourable outcome, {more} are recognised; of 100 {low}, {less}"
    ),
    "false_positive_rate": later(
        "Of 100 {high} with an unfavourable outcome, {more} get the favourable prediction all the "
        "same; of 100 {low}, {less}"
    ),
    "precision": later(
        "Of 100 {high} with the favourable prediction, it is right for {more}; of 100 {low}, for "
        "{less}"
    ),
    "false_omission_rate": later(
        "Of 100 {high} with the unfavourable prediction, it is wrong for {more}; of 100 {low}, for "
        "{less}"
    ),
    "accuracy": later(
        "Of 100 {high}, the prediction is right for {more}; of 100 {low}, for {less}"
    ),
    **dict.fromkeys(MEANS, later("{title}: {more} for {high}, {less} for {low}")),
}
# What "it" is in the ratio's sentence must be named first.
UNNAMED = ("false_positive_rate", "false_omission_rate")
GAP_NOT_ASSESSABLE = later(
    "{title}, by {attribute}: not assessable, because fewer than two groups have the {minimum} "
    "people that it takes."
)
GAP_TOO_FEW_BY_WEIGHT = later(
    "{title}, by {attribute}: not assessable, because the weights leave fewer than two groups "
    "as certain as {minimum} people without weights."
)
GAP_HIDDEN = later(
    "{title}, by {attribute}: not published, because a small group could be computed back."
)
GAP_NOT_DEFINED = later("{title}, by {attribute}: not defined, because there is nobody to count.")
MISSING_GAPS = {"suppressed": GAP_HIDDEN, "not_defined": GAP_NOT_DEFINED}


def sentence(result: AuditResult, table: str, value: str, name: str, language: str) -> str:
    """One plain sentence for one number of one group: "Of 100 women, 71 …", n and interval."""
    return group_sentence(result.provenance.plan, result.groups[table][value], name, language)


def group_sentence(plan: AuditPlan, group: Group, name: str, language: str) -> str:
    """The same for a group at hand."""
    measure, metric = group.metrics[name], METRICS[name]
    words = group_words(plan, group.parts, language)
    if measure.value is None:
        message = NOT_SHOWN if measure.status == "suppressed" else NOBODY
        title = translate(language, metric.title)
        return translate(language, message, {"title": title, "group": words})
    place = "value" if isinstance(metric, Mean) else "share"
    told = {
        "group": words,
        "positive": positive_words(plan, language),
        place: _said(name, measure.value, measure, language),
    }
    said: dict[str, object] = {
        "statement": translate(language, metric.sentence, told),
        "of": measure.of,
    }
    if measure.low is None or measure.high is None:
        counted = translate(language, COUNTED_ALONE, said)
    else:
        said["low"] = _said(name, measure.low, measure, language)
        said["high"] = _said(name, measure.high, measure, language)
        counted = translate(language, COUNTED, said)
    return f"{counted} {weakness(measure.status, [measure], plan, language)}".strip()


def gap_weakness(result: AuditResult, table: str, name: str, language: str) -> str:
    """Why a gap is not certain, as a sentence; "" when it is."""
    gap = result.gaps[table][name]
    groups = [result.groups[table][value] for value in (gap.highest, gap.lowest) if value]
    measures = [group.metrics[metric] for group in groups for metric in GAPS[name].metrics]
    return weakness(gap.status, measures, result.provenance.plan, language)


def weakness(status: Status, measures: Sequence[Measure], plan: AuditPlan, language: str) -> str:
    """Why a number of this status, that rests on these, is not certain; "" when it is."""
    if status not in WEAKNESSES:
        return ""
    few = plan.thresholds
    limit = few.certain_minimum if status == "uncertain" else few.assess_minimum
    reason = 2
    if any((one.of or 0) < limit for one in measures):
        reason = 0
    elif any(one.effective is not None and one.effective < limit for one in measures):
        reason = 1
    return translate(language, WEAKNESSES[status][reason], {"limit": limit})


def gap_sentence(result: AuditResult, table: str, name: str, language: str) -> str:
    """One plain sentence for one gap of one attribute, with its interval."""
    plan = result.provenance.plan
    gap, kind = result.gaps[table][name], GAPS[name]
    if gap.value is None or gap.low is None:
        values = {
            "title": translate(language, kind.title),
            "attribute": column_words(plan, table, language),
            "minimum": plan.thresholds.assess_minimum,
        }
        return translate(language, _missing(result, table, name), values)
    numbers = gap_numbers(kind, gap, language)
    if kind.form == "ratio":
        message, statement = RATIO, _ratio_pair(result, table, name, numbers["gap"], language)
    else:
        message = MEAN_DIFFERENCE if kind.metrics[0] in MEANS else DIFFERENCE
        statement = _pair(result, table, name, language)
    if len(kind.metrics) > 1:  # else it reads like the gap of the one metric that counts
        named = {"title": translate(language, kind.title), "statement": statement}
        statement = translate(language, NAMED, named)
    return translate(language, message, {**numbers, "statement": statement})


def _missing(result: AuditResult, table: str, name: str) -> str:
    """Why there is no gap."""
    status, metrics = result.gaps[table][name].status, GAPS[name].metrics
    if status in MISSING_GAPS:
        return MISSING_GAPS[status]
    plan, groups = result.provenance.plan, result.groups[table].values()
    large = [
        all((group.metrics[metric].of or 0) >= plan.thresholds.assess_minimum for metric in metrics)
        for group in groups
    ]
    return GAP_TOO_FEW_BY_WEIGHT if plan.weight and sum(large) > 1 else GAP_NOT_ASSESSABLE


def gap_numbers(kind: GapKind, gap: Gap, language: str) -> dict[str, str]:
    """Value ("gap") and interval ("low", "high"): in points or of 100; means in their own unit.

    A ratio whose lower number may be 0 has no upper end: ∞.
    """
    values = {"gap": gap.value, "low": gap.low, "high": gap.high}
    in_own_unit = kind.metrics[0] in MEANS
    digits = digits_for(*values.values()) if in_own_unit else 1
    return {
        key: "∞" if value is None else figure(language, value * (1 if in_own_unit else 100), digits)
        for key, value in values.items()
    }


def _pair(result: AuditResult, table: str, name: str, language: str) -> str:
    """The two groups that lie farthest apart, side by side, in the number that differs more."""
    gap, kind = result.gaps[table][name], GAPS[name]
    high, low = (result.groups[table][value or ""] for value in (gap.highest, gap.lowest))
    metric = gap.metric or kind.metrics[0]
    more, less = high.metrics[metric], low.metrics[metric]
    values = {
        **_names(result.provenance.plan, high, low, language),
        "title": translate(language, METRICS[metric].title),
        "more": _beside(metric, more, gap, language),
        "less": _beside(metric, less, gap, language),
    }
    return translate(language, PAIRS[metric], values)


def _ratio_pair(result: AuditResult, table: str, name: str, ratio: str, language: str) -> str:
    gap, kind = result.gaps[table][name], GAPS[name]
    high, low = (result.groups[table][value or ""] for value in (gap.highest, gap.lowest))
    metric = gap.metric or kind.metrics[0]
    # Where a gap looks at several rates, the sentence is that of the rate that lies widest apart.
    of_metric = [one for one in GAPS.values() if one.metrics == (metric,) and one.form == "ratio"]
    values = {**_names(result.provenance.plan, high, low, language), "gap": ratio}
    said = translate(language, of_metric[0].sentence, values)
    if metric not in UNNAMED:
        return said
    title = translate(language, METRICS[metric].title)
    return translate(language, NAMED, {"title": title, "statement": said})


def _names(plan: AuditPlan, high: Group, low: Group, language: str) -> dict[str, str]:
    return {
        "high": group_words(plan, high.parts, language),
        "low": group_words(plan, low.parts, language),
    }


def _beside(metric: str, measure: Measure, gap: Gap, language: str) -> str:
    """A number beside another one: means as precise as the gap between them."""
    value = measure.value or 0.0
    if metric in MEANS:
        return figure(language, value, digits_for(gap.value))
    return per_hundred(value, language)


def _said(name: str, value: float, measure: Measure, language: str) -> str:
    if name in MEANS:
        return figure(language, value, digits_for(measure.value, measure.low, measure.high))
    return per_hundred(value, language)
