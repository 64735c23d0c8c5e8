"""What scores are worth per group, and what each notion of fairness would cost, in words."""

from collections.abc import Iterator, Sequence
from functools import partial

from workbench.audit.catalogue import GAPS
from workbench.audit.parts import Finding, Policy, ScoreBin, Tradeoff
from workbench.audit.results import AuditResult
from workbench.audit.suppression.tradeoff_hiding import LEAST_THRESHOLDS, is_judged
from workbench.audit.words.phrases import (
    column_words,
    figure,
    group_words,
    per_hundred,
    points,
    quoted,
    stated_points,
)
from workbench.audit.words.telling import finding, per_language
from workbench.basics.text import later, translate

OFF = later(
    "Scores and reality of {group}: where the score says {said} of 100 on average, {real} of 100 "
    "had the favourable outcome ({n} people; 95 % interval, corrected for all ranges looked at: "
    "{low} to {high}). Scores differ from reality by more than chance in {off} of {bins} ranges."
)
CALIBRATED = later(
    "By {attribute}, no group’s scores differ by more than chance from what really happened "
    "(ranges of scores looked at: {bins}). That does not prove that they are right."
)
COST = later(
    "What it would cost to bring “{gap}” by {attribute} to {tolerance} or less: with its own "
    "threshold for each group, {fair} of 100 predictions would be right, instead of {best} of 100 "
    "with the best of the {count} thresholds for all that were looked at, where this gap is {left}."
)
NO_COST = later(
    "“{gap}” by {attribute} can be brought to {tolerance} or less with its own threshold for each "
    "group: {fair} of 100 predictions would then be right. With the best of the {count} thresholds "
    "for all that were looked at it is {best} of 100, and this gap is {left}. So no cost shows."
)
UNREACHED = later(
    "By {attribute}, none of the thresholds that could be looked at bring these gaps to "
    "{tolerance} or less and are right as often as the same decision for everybody would be: "
    "{gaps}. What it would cost to close them is therefore not stated. With more people, finer "
    "thresholds could be looked at."
)
TOO_FEW_GROUPS = later(
    "What each kind of equality would cost by {attribute} is not stated: it takes two groups with "
    "at least {minimum} people of either outcome."
)
TOO_FEW_THRESHOLDS = later(
    "What each kind of equality would cost by {attribute} is not stated: so that nothing follows "
    "about individual people, at least {minimum} people of either outcome must lie between two "
    "thresholds, in each group. That leaves fewer than {least} thresholds. It takes more people."
)
COSTS_REMARK = later(
    "What each kind of equality costs was computed on the audited people, so new cases will do a "
    "little worse. So that nothing follows about individual people, only thresholds with at least "
    "{minimum} people of either outcome between any two were looked at, and each group has further "
    "ones of its own; with finer ones, equality could cost more or less. Not all of these gaps can "
    "be small at once. Whether a threshold may depend on the group at all is a legal question of "
    "its own."
)


def findings(result: AuditResult) -> Iterator[Finding]:
    """Where scores and reality differ, group by group; then the cost of each notion."""
    for attribute, groups in result.calibration_alone.items():
        yield from _calibration(result, attribute, groups)
    costs = [
        told
        for attribute, tradeoff in result.tradeoffs.items()
        for told in _costs(result, attribute, tradeoff)
    ]
    yield from costs
    if any(result.tradeoffs[told.attribute or ""].common for told in costs):
        minimum = result.provenance.plan.thresholds.publish_minimum
        yield finding("tradeoff", "caveat", COSTS_REMARK, minimum=minimum)


def usable(bins: tuple[ScoreBin, ...]) -> list[ScoreBin]:
    """The bins with enough people to be assessed, whose scores can be read as shares."""
    return [
        one
        for one in bins
        if one.share.status in {"ok", "uncertain"}
        and one.share.value is not None
        and one.mean_score is not None
        and one.low is not None
        and one.high is not None
        and 0 <= one.mean_score <= 1
    ]


def distance(one: ScoreBin) -> float:
    """How far the mean score lies outside the corrected interval of what happened; 0 if inside."""
    said, low, high = one.mean_score or 0.0, one.low or 0.0, one.high or 0.0
    return max(low - said, said - high, 0.0)


def _calibration(
    result: AuditResult, attribute: str, groups: dict[str, tuple[ScoreBin, ...]]
) -> Iterator[Finding]:
    looked = {value: usable(bins) for value, bins in groups.items()}
    off = {value: [one for one in bins if distance(one) > 0] for value, bins in looked.items()}
    for value, bins in off.items():
        if bins:
            yield _off(result, attribute, value, max(bins, key=distance), len(bins), looked[value])
    count = sum(map(len, looked.values()))
    if count and not any(off.values()):
        yield finding(
            f"calibration/{attribute}",
            "note",
            CALIBRATED,
            about=attribute,
            groups=tuple((attribute, value) for value, bins in looked.items() if bins),
            attribute=per_language(partial(column_words, result.provenance.plan, attribute)),
            bins=count,
        )


def _off(
    result: AuditResult, attribute: str, value: str, worst: ScoreBin, off: int, bins: list[ScoreBin]
) -> Finding:
    share = worst.share
    numbers = {"said": worst.mean_score, "real": share.value, "low": worst.low, "high": worst.high}
    said = {
        key: per_language(partial(per_hundred, number or 0.0)) for key, number in numbers.items()
    }
    return finding(
        f"calibration/{attribute}/{value}",
        "note",
        OFF,
        about=attribute,
        groups=((attribute, value),),
        group=per_language(partial(group_words, result.provenance.plan, {attribute: value})),
        n=share.of,
        off=off,
        bins=len(bins),
        **said,
    )


def best(tradeoff: Tradeoff) -> Policy | None:
    """The most accurate common threshold; of several, the lowest. None without any."""
    return max(tradeoff.common, key=lambda policy: policy.accuracy, default=None)


def own_policies(tradeoff: Tradeoff) -> list[Policy]:
    """The policies with a threshold per group, one per gap that is kept small."""
    return [policy for policy in tradeoff.by_group if policy.notion in GAPS]


def notion_words(notion: str, language: str) -> str:
    """What a policy keeps small: the gap's title."""
    return translate(language, GAPS[notion].title) if notion in GAPS else notion


def _costs(result: AuditResult, attribute: str, tradeoff: Tradeoff) -> Iterator[Finding]:
    common = best(tradeoff)
    if common is None:
        yield _nothing(result, attribute)
        return
    own = {policy.notion: policy for policy in own_policies(tradeoff)}
    for notion, left in common.gaps.items():
        if notion in own and left is not None:
            yield _cost(result, attribute, (own[notion], common), left)
    unreached = [notion for notion in common.gaps if notion not in own]
    if unreached:
        yield finding(
            f"tradeoff/{attribute}/none",
            "note",
            UNREACHED,
            about=attribute,
            groups=_groups(result, attribute),
            attribute=per_language(partial(column_words, result.provenance.plan, attribute)),
            tolerance=per_language(partial(stated_points, tradeoff.tolerance)),
            gaps=per_language(partial(_listed, unreached)),
        )


def _cost(
    result: AuditResult, attribute: str, policies: tuple[Policy, Policy], left: float
) -> Finding:
    own, common = policies
    return finding(
        f"tradeoff/{attribute}/{own.notion}",
        "note",
        COST if own.accuracy < common.accuracy else NO_COST,
        about=attribute,
        groups=_groups(result, attribute),
        attribute=per_language(partial(column_words, result.provenance.plan, attribute)),
        gap=per_language(partial(notion_words, own.notion)),
        tolerance=per_language(partial(stated_points, result.tradeoffs[attribute].tolerance)),
        fair=per_language(partial(_of_hundred, own.accuracy)),
        best=per_language(partial(_of_hundred, common.accuracy)),
        left=per_language(partial(_points, left)),
        count=len(result.tradeoffs[attribute].common),
    )


def _nothing(result: AuditResult, attribute: str) -> Finding:
    """Why nothing is told: too few groups, or too few thresholds that tell about nobody alone."""
    plan = result.provenance.plan
    judged = [is_judged(group, plan.thresholds) for group in result.groups[attribute].values()]
    message, minimum = (
        (TOO_FEW_THRESHOLDS, plan.thresholds.publish_minimum)
        if sum(judged) > 1
        else (TOO_FEW_GROUPS, plan.thresholds.assess_minimum)
    )
    return finding(
        f"tradeoff/{attribute}/none",
        "note",
        message,
        about=attribute,
        groups=_groups(result, attribute),
        attribute=per_language(partial(column_words, plan, attribute)),
        minimum=minimum,
        least=LEAST_THRESHOLDS,
    )


def _groups(result: AuditResult, attribute: str) -> tuple[tuple[str, str], ...]:
    return tuple((attribute, value) for value in result.groups[attribute])


def _listed(notions: Sequence[str], language: str) -> str:
    return ", ".join(quoted(notion_words(notion, language), language) for notion in notions)


def _of_hundred(share: float, language: str) -> str:
    return figure(language, 100 * share, 1)


def _points(share: float, language: str) -> str:
    return points(language, share)
