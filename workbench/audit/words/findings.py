"""Results → sentences that a councillor understands; never a verdict such as fair or unfair."""

from collections.abc import Iterator, Mapping

from workbench.audit import catalogue
from workbench.audit.catalogue import GapKind, Screen
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult, Finding, Gap, Group, Kind, Measure
from workbench.audit.words.phrases import column_words, group_words, per_hundred
from workbench.basics.text import LANGUAGES, later, number, translate

COUNTED = later("{statement} ({of} people counted; 95 % interval: {low} to {high}).")
UNCERTAIN = later("Uncertain, because fewer than {limit} people were counted.")
TOO_FEW = later("Too few people to assess: fewer than {limit} were counted.")
NOBODY = later("{title}: not defined for {group}, because there is nobody to count.")
NOT_SHOWN = later("{title}: not published for {group}, because the group is too small.")
DIFFERENCE = later("{statement}. Gap: {gap} percentage points (95 % interval: {low} to {high}).")
RATIO = later("{statement} (95 % interval: {low} to {high}).")
# A gap is said as the same rate of two groups, side by side.
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
    "accuracy": later(
        "Of 100 {high}, the prediction is right for {more}; of 100 {low}, for {less}"
    ),
}
GAP_NOT_ASSESSABLE = later(
    "{title}, by {attribute}: not assessable, because fewer than two groups have the {minimum} "
    "people that it takes."
)
GAP_HIDDEN = later(
    "{title}, by {attribute}: not published, because a small group could be computed back."
)
GAP_NOT_DEFINED = later("{title}, by {attribute}: not defined, because there is nobody to count.")

SURELY_BEYOND = later(
    "That is beyond the limit of {limit}, at both ends of the interval too, and asks for a "
    "justification."
)
BEYOND = later(
    "That is beyond the limit of {limit} and asks for a justification; at one end of the interval "
    "it would lie within."
)
WITHIN = later("That is within the limit of {limit}, but the data also fit a larger gap.")
SURELY_WITHIN = later("That is within the limit of {limit}, at both ends of the interval too.")
POINTS = later("{points} percentage points")
OF_HUNDRED = later("{share} of 100")
# Numbers that two calculations must share: more is not rounding any more.
EXACT = 1e-12
CHANCE = later("The interval includes no gap at all: it may be chance.")
MORE_THAN_CHANCE = later("The interval excludes that there is no gap at all.")
# (beyond, at the near end of the interval beyond too, at the far end beyond) → kind and words
JUDGEMENTS: Mapping[tuple[bool, bool], tuple[Kind, str]] = {
    (True, True): ("attention", SURELY_BEYOND),
    (True, False): ("attention", BEYOND),
    (False, True): ("open", WITHIN),
    (False, False): ("passed", SURELY_WITHIN),
}


def sentence(result: AuditResult, table: str, value: str, name: str, language: str) -> str:
    """One plain sentence for one rate of one group: "Of 100 women, 71 …", with n and interval."""
    plan = result.provenance.plan
    group = result.groups[table][value]
    measure = group.metrics[name]
    rate = catalogue.RATES[name]
    words = group_words(plan, group.parts, language)
    if measure.status in {"not_defined", "suppressed"} or measure.value is None:
        message = NOT_SHOWN if measure.status == "suppressed" else NOBODY
        title = translate(language, rate.title)
        return translate(language, message, {"title": title, "group": words})
    statement = translate(
        language,
        rate.sentence,
        {
            "group": words,
            "share": per_hundred(measure.value, language),
            "positive": positive_words(plan, language),
        },
    )
    return _counted(statement, measure, plan, language)


def gap_sentence(result: AuditResult, table: str, name: str, language: str) -> str:
    """One plain sentence for one gap of one attribute, with its interval."""
    plan = result.provenance.plan
    gap, kind = result.gaps[table][name], catalogue.GAPS[name]
    if gap.value is None or gap.low is None or gap.high is None:
        missing = {"suppressed": GAP_HIDDEN, "not_defined": GAP_NOT_DEFINED}
        values = {
            "title": translate(language, kind.title),
            "attribute": column_words(plan, table, language),
            "minimum": plan.thresholds.assess_minimum,
        }
        return translate(language, missing.get(gap.status, GAP_NOT_ASSESSABLE), values)
    values = {
        "statement": _pair(result, table, gap, kind, language),
        "gap": number(language, 100 * gap.value, 1),
        "low": number(language, 100 * gap.low, 1),
        "high": number(language, 100 * gap.high, 1),
    }
    return translate(language, RATIO if kind.form == "ratio" else DIFFERENCE, values)


def _pair(result: AuditResult, table: str, gap: Gap, kind: GapKind, language: str) -> str:
    """The two groups that lie farthest apart, side by side, in the rate that differs more."""
    plan = result.provenance.plan
    high, low = (result.groups[table][name or ""] for name in (gap.highest, gap.lowest))
    words = {
        "high": group_words(plan, high.parts, language),
        "low": group_words(plan, low.parts, language),
    }
    if kind.form == "ratio":
        ratio = number(language, 100 * (gap.value or 0), 1)
        return translate(language, kind.sentence, {**words, "gap": ratio})
    shares = {
        name: (high.metrics[name].value or 0.0, low.metrics[name].value or 0.0)
        for name in kind.rates
    }
    rate, (more, less) = max(shares.items(), key=lambda entry: entry[1][0] - entry[1][1])
    said = {"more": per_hundred(more, language), "less": per_hundred(less, language)}
    return translate(language, PAIRS[rate], {**words, **said})


def positive_words(plan: AuditPlan, language: str) -> str:
    """The favourable outcome in words, in quotation marks; else its value in the table."""
    words = plan.positive_words.get(language, plan.positive)
    return f"„{words}“" if language == "de" else f"“{words}”"


def judgement(name: str, gap: Gap) -> tuple[Kind, str, Screen] | None:
    """How a gap lies to the convention for it: kind, message, screen; None if it has no value."""
    screen = catalogue.SCREENS.get(name)
    if screen is None or gap.value is None or gap.low is None or gap.high is None:
        return None
    ratio = catalogue.GAPS[name].form == "ratio"
    beyond = [
        end < screen.limit if ratio else end > screen.limit
        for end in (gap.value, *((gap.high, gap.low) if ratio else (gap.low, gap.high)))
    ]
    kind, message = JUDGEMENTS[beyond[0], beyond[1] if beyond[0] else beyond[2]]
    return kind, message, screen


def gap_findings(result: AuditResult) -> Iterator[Finding]:
    """One finding per gap, passed checks too."""
    for table, gaps in result.gaps.items():
        for name, gap in gaps.items():
            judged = judgement(name, gap)
            yield Finding(
                id=f"gap/{table}/{name}",
                kind=judged[0] if judged else "caveat",
                attribute=table,
                groups=tuple((table, value) for value in gap.compared),
                text={
                    language: " ".join(_gap_text(result, table, name, language))
                    for language in LANGUAGES
                },
            )


def _gap_text(result: AuditResult, table: str, name: str, language: str) -> Iterator[str]:
    gap = result.gaps[table][name]
    yield gap_sentence(result, table, name, language)
    judged = judgement(name, gap)
    if judged is None:
        return
    _, message, screen = judged
    limit = limit_words(catalogue.GAPS[name], screen, language)
    yield translate(language, message, {"limit": limit})
    yield translate(language, CHANCE if _may_be_chance(name, gap) else MORE_THAN_CHANCE)
    if gap.status == "uncertain":
        least = result.provenance.plan.thresholds.certain_minimum
        yield translate(language, UNCERTAIN, {"limit": least})


def _may_be_chance(name: str, gap: Gap) -> bool:
    assert gap.low is not None and gap.high is not None  # noqa: S101, PT018
    nothing = 1.0 if catalogue.GAPS[name].form == "ratio" else 0.0
    return gap.low <= nothing <= gap.high


def limit_words(kind: GapKind, screen: Screen, language: str) -> str:
    """The limit of a convention in words: "10 percentage points", "80 of 100"."""
    if kind.form == "ratio":
        return translate(language, OF_HUNDRED, {"share": screen.limit * 100})
    return translate(language, POINTS, {"points": screen.limit * 100})


def _counted(statement: str, measure: Measure, plan: AuditPlan, language: str) -> str:
    assert measure.low is not None and measure.high is not None  # noqa: S101, PT018
    values = {
        "statement": statement,
        "of": measure.of,
        "low": per_hundred(measure.low, language),
        "high": per_hundred(measure.high, language),
    }
    said = translate(language, COUNTED, values)
    limits = plan.thresholds
    remarks = {
        "uncertain": (UNCERTAIN, limits.certain_minimum),
        "not_assessable": (TOO_FEW, limits.assess_minimum),
    }
    if measure.status not in remarks:
        return said
    message, limit = remarks[measure.status]
    return f"{said} {translate(language, message, {'limit': limit})}"


def small_groups(groups: Mapping[str, Mapping[str, Group]]) -> Iterator[tuple[str, str, Group]]:
    """Every group of one attribute that is too small to be assessed or certain."""
    for table, values in groups.items():
        for value, group in values.items():
            if len(group.parts) == 1 and group.status in {"uncertain", "not_assessable"}:
                yield table, value, group
