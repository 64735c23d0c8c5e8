"""What weakens a result, and the whole list of findings: gaps first, then why and how, then these.

``described`` is the only place where findings are made. Sentences of a file that comes from
elsewhere are never taken over: whoever imports a result has them made anew from its numbers.
"""

import math
from collections.abc import Iterator
from functools import partial

from workbench.audit.intake.inspection import MISSING_WORDS
from workbench.audit.metrics import MEANS
from workbench.audit.parts import Finding, Group, Kind, Status
from workbench.audit.plan import MISSING, Thresholds
from workbench.audit.results import AuditResult
from workbench.audit.words import agreed, comparisons, errors, explained, findings, scores
from workbench.audit.words.phrases import (
    column_words,
    group_words,
    percent_words,
    positive_words,
    tiny,
)
from workbench.audit.words.telling import finding, per_language
from workbench.basics.text import later

SMALL = {
    "uncertain": later("Numbers about {group} are uncertain (people in the table: {n})."),
    "not_assessable": later(
        "Numbers about {group} cannot be assessed: too few people in the table ({n})."
    ),
}
SMALL_BY_WEIGHT = {
    "uncertain": later(
        "Numbers about {group} are uncertain: their weights make a number about as certain as "
        "that of {effective} people who all count the same; {n} were counted."
    ),
    "not_assessable": later(
        "Numbers about {group} cannot be assessed: their weights make a number only as certain as "
        "that of {effective} people who all count the same; {n} were counted."
    ),
}
MISSING_SHARE = later(
    "{attribute} is not stated for {share} of the people ({n}). They are a group of their own."
)
MISSING_IN_TEXT = later(
    "{attribute} is not stated for {share} of the people ({n}): the cell is empty or holds one of "
    "the words {words}. They are a group of their own."
)
LINES_ADDED = later(
    "Lines of the same group were added together (lines of the table: {rows}, added to others: "
    "{added}). That is right only if nobody stands in two of them."
)
LINES_EMPTY = later(
    "Lines of the table in which nobody was counted: {n}. A group without people has no numbers, "
    "and a value that occurs only in such lines does not appear."
)
NO_OUTCOME = later(
    "The table does not say what really happened. So it is compared what was predicted; whether it "
    "was right cannot be said."
)
OTHER_VALUES = later(
    "There are more than two outcomes. {positive} counts as the favourable one, all others "
    "together as unfavourable."
)
TIES = later(
    "People to be chosen by their score: {places}. Several people share the score at the edge and "
    "do not all fit. They were left out; chosen: {chosen}."
)
COMPETING = later(
    "A fixed number of people is chosen, so who is chosen depends on everybody else’s score. The "
    "intervals take people as independent: for groups whose scores lie close to the threshold they "
    "may be too narrow."
)
WEIGHTED = later(
    "The people are weighted ({column}). That makes the numbers about as certain as those of "
    "{effective} people who all count the same; {n} were counted."
)
CROSSCHECK = later(
    "A second calculation with {library} {version} compared {numbers} numbers; the largest "
    "difference is {difference}."
)
NOT_CHECKED = later(
    "Nothing was calculated a second time: {library} {version} covers none of these numbers, or "
    "none of them is defined."
)
IMPORTED = later(
    "This result was computed elsewhere and brought in as a file. Its checksums fit and its "
    "sentences were made anew from its numbers; the calculation itself was not repeated here."
)
# Numbers that two calculations must share: more is not rounding any more.
EXACT = 1e-12
# What a share computed from four rates may be off.
ROUNDING = 1e-9


def described(result: AuditResult, *, imported: bool = False) -> AuditResult:
    """The result with all its findings, made from its numbers; those that it has are replaced.

    ``imported``: the numbers come from a file, which is said too.
    """
    told = (
        *findings.gap_findings(result),
        *findings.basis(result),
        *agreed.findings(result),
        *comparisons.reference_findings(result),
        *_small(result),
        *_missing(result),
        *_data(result),
        *errors.findings(result),
        *scores.findings(result),
        *explained.findings(result),
        *_crosscheck(result),
        *((finding("imported", "caveat", IMPORTED),) if imported else ()),
    )
    return result.model_copy(update={"findings": told})


def _small(result: AuditResult) -> Iterator[Finding]:
    """Every group of one attribute that is too small, or by its weights worth too few people."""
    plan = result.provenance.plan
    for table, values in result.groups.items():
        for value, group in values.items():
            if table not in plan.attributes or group.n is None:
                continue
            worth = _worth(group)
            by_weight = _smallness(worth, plan.thresholds)
            words = SMALL if by_weight == group.status else SMALL_BY_WEIGHT
            if by_weight not in words:
                continue
            yield finding(
                f"small/{table}/{value}",
                "caveat",
                words[by_weight],
                about=table,
                groups=((table, value),),
                group=per_language(partial(group_words, plan, group.parts)),
                n=group.n,
                **({"effective": math.floor(worth)} if words is SMALL_BY_WEIGHT else {}),
            )


def _worth(group: Group) -> float:
    """How many people the group is worth in its least certain number of everybody in it."""
    people = group.n or 0
    numbers = [one.effective for one in group.metrics.values() if one.of == people]
    return min([people, *(number for number in numbers if number is not None)])


def _smallness(people: float, thresholds: Thresholds) -> Status:
    if people < thresholds.assess_minimum:
        return "not_assessable"
    return "uncertain" if people < thresholds.certain_minimum else "ok"


def _missing(result: AuditResult) -> Iterator[Finding]:
    plan, everybody = result.provenance.plan, result.overall.n
    for attribute in plan.attributes:
        group = result.groups[attribute].get(MISSING)
        if group is None or group.n is None or not everybody:
            continue
        yield finding(
            f"missing/{attribute}",
            "caveat",
            MISSING_IN_TEXT if plan.dialect else MISSING_SHARE,
            about=attribute,
            groups=((attribute, MISSING),),
            attribute=per_language(partial(column_words, plan, attribute)),
            share=per_language(partial(percent_words, group.n / everybody)),
            n=group.n,
            words=", ".join(filter(None, MISSING_WORDS)),
        )


def _data(result: AuditResult) -> Iterator[Finding]:
    """What the table as a whole does not allow to say."""
    plan, origin = result.provenance.plan, result.provenance
    if origin.lines_added:
        yield finding("lines", "caveat", LINES_ADDED, rows=origin.rows, added=origin.lines_added)
    if origin.lines_empty:
        yield finding("lines/empty", "caveat", LINES_EMPTY, n=origin.lines_empty)
    if "accuracy" not in result.overall.metrics and not MEANS.keys() >= set(result.overall.metrics):
        yield finding("outcome/none", "caveat", NO_OUTCOME)
    if _has_other_values(result):
        words = per_language(partial(positive_words, plan))
        yield finding("outcome/other", "caveat", OTHER_VALUES, positive=words)
    if plan.top_k:
        yield finding("top-k/competing", "caveat", COMPETING)
    chosen = result.overall.metrics.get("selection_rate")
    if plan.top_k and not plan.weight and chosen and chosen.value is not None and chosen.of:
        taken = round(chosen.value * chosen.of)
        if taken != plan.top_k:
            yield finding("top-k/ties", "caveat", TIES, places=plan.top_k, chosen=taken)
    yield from _weights(result)


def _has_other_values(result: AuditResult) -> bool:
    """Whether outcome and prediction can be two different unfavourable values.

    Such people count as recognised in the true negative rate, but not as right: so accuracy is
    lower than both rates of recognition together make it.
    """
    found = result.overall.metrics
    needed = ("selection_rate", "true_positive_rate", "true_negative_rate", "accuracy")
    values = [found[name].value for name in needed if name in found]
    if len(values) < len(needed) or None in values:
        return False
    selected, positive, negative, right = (value or 0.0 for value in values)
    passed = 1 - negative
    if abs(positive - passed) < EXACT:
        return False
    share = (selected - passed) / (positive - passed)
    return share * positive + (1 - share) * negative - right > ROUNDING


def _weights(result: AuditResult) -> Iterator[Finding]:
    plan = result.provenance.plan
    measured = [metric for metric in result.overall.metrics.values() if metric.effective]
    if not plan.weight or not measured:
        return
    widest = max(measured, key=lambda metric: metric.of or 0)
    yield finding(
        "weights",
        "caveat",
        WEIGHTED,
        column=per_language(partial(column_words, plan, plan.weight)),
        effective=round(widest.effective or 0),
        n=widest.of,
    )


def _crosscheck(result: AuditResult) -> Iterator[Finding]:
    check = result.crosscheck
    kind: Kind = "note" if check.max_abs_difference <= EXACT else "attention"
    yield finding(
        "crosscheck",
        kind if check.numbers else "caveat",
        CROSSCHECK if check.numbers else NOT_CHECKED,
        library=check.library,
        version=check.version,
        numbers=check.numbers,
        difference=per_language(partial(tiny, check.max_abs_difference)),
    )
