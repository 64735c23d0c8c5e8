"""Which thresholds of a tradeoff are shown.

A tradeoff tells, threshold by threshold, how many people of each group lie above, by outcome. Its
thresholds are so far apart, and so far from the ends of the score bin they lie in, that what lies
between two of them is never about few people; further ones are told of a single group, and are so
within it (see ``measures.grid``). But a threshold at the very end of a score bin adds up whole
bins: it is left out where hidden bins would follow, or where those hidden between two such
thresholds are too few together.

A tradeoff is not shown at all beside hidden groups or metrics of its attribute; nor beside
tradeoffs of other attributes when it leaves out groups, which would follow. Beside an earlier
published result with scores, it is shown only if it was shown then as it is now.
"""

from collections.abc import Mapping, Sequence

from workbench.audit.parts import Group, Policy, Tradeoff
from workbench.audit.plan import Thresholds
from workbench.audit.suppression.elimination import determined
from workbench.audit.suppression.score_hiding import Bins
from workbench.audit.suppression.secondary import Equation, Sized
from workbench.audit.suppression.smallness import Numbers, Place, count, small_bin

# Fewer thresholds than this are no choice.
LEAST_THRESHOLDS = 3
# Of a policy, so many decimals: more would only look exact. They hide nothing.
DECIMALS = 3


def shown_tradeoffs(
    numbers: Numbers, bins: Bins, touched: frozenset[str], earlier: Sequence[Numbers]
) -> dict[str, Tradeoff]:
    """The tradeoffs to show, by attribute; ``touched`` are those with hidden groups or metrics."""
    without = set(touched)
    if len(numbers.tradeoffs) > 1:
        thresholds = numbers.plan.thresholds
        without |= {
            table for table in numbers.tradeoffs if _is_partial(numbers.groups[table], thresholds)
        }
    found = {}
    for table, tradeoff in numbers.tradeoffs.items():
        if table not in without:
            shown = _told(tradeoff, _unsafe(numbers, bins, table))
            if _is_complete(shown, tradeoff) and _was_shown(table, shown, earlier):
                found[table] = shown
    return found


def _is_partial(groups: Mapping[str, Group], thresholds: Thresholds) -> bool:
    return not all(is_judged(group, thresholds) for group in groups.values())


def is_judged(group: Group, thresholds: Thresholds) -> bool:
    """Whether tradeoffs are about this group: it has enough people of either outcome."""
    judged = [
        group.metrics[name].of or 0
        for name in ("true_positive_rate", "false_positive_rate")
        if name in group.metrics
    ]
    return all(of >= thresholds.assess_minimum for of in judged)


def _is_complete(shown: Tradeoff, whole: Tradeoff) -> bool:
    """Whether enough thresholds are left, with the most accurate one."""
    return not whole.common or (
        len(shown.common) >= LEAST_THRESHOLDS
        and shown.by_group[:1] == tuple(map(_rounded, whole.by_group[:1]))
    )


def _was_shown(table: str, shown: Tradeoff, earlier: Sequence[Numbers]) -> bool:
    return all(
        one.tradeoffs.get(table) == shown
        for one in earlier
        if any(one.calibrations.values()) or any(each.common for each in one.tradeoffs.values())
    )


def _ends(numbers: Numbers, table: str) -> set[float]:
    """Where the score bins of an attribute begin."""
    return {one.start for bins in numbers.calibrations.get(table, {}).values() for one in bins}


def _unsafe(numbers: Numbers, bins: Bins, table: str) -> set[float]:
    """The thresholds that must not be shown: they would tell about hidden score bins."""
    tradeoff = numbers.tradeoffs[table]
    # The most accurate one first: without it, nothing remains to be compared.
    wanted = [
        score
        for policy in (*tradeoff.by_group, *tradeoff.common)
        for score in policy.thresholds.values()
    ]
    at_ends = dict.fromkeys(score for score in wanted if score in _ends(numbers, table))
    kept: list[float] = []
    for score in at_ends:
        if _is_safe(numbers, bins, table, [*kept, score]):
            kept.append(score)
    return at_ends.keys() - set(kept)


def _is_safe(numbers: Numbers, bins: Bins, table: str, scores: Sequence[float]) -> bool:
    """Whether no hidden bin, and no few people of several, follow from these thresholds."""
    keys = {place: key for key, place in bins.places.items()}
    is_small = small_bin(numbers.plan.thresholds)
    further: list[Equation] = []
    for places in _between(numbers, bins, table, scores):
        counts = [count(numbers.calibrations[at[0]][at[1]][at[2]].share) for at in places]
        top, of = sum(one[0] for one in counts), sum(one[1] for one in counts)
        if is_small(Sized(of, {}, {"share": (top, of)})):
            return False
        further.append({keys[at]: 1 for at in places})
    every = [
        {key: factor for key, factor in equation.items() if key in bins.unknown}
        for equation in (*bins.known.equations, *further)
    ]
    before = determined(every[: len(bins.known.equations)])
    # What the plan's threshold cuts off a bin is hidden like one where it is small.
    guarded = bins.known.groups.keys() - bins.known.latent
    return guarded.isdisjoint(determined(every) - before)


def _between(
    numbers: Numbers, bins: Bins, table: str, scores: Sequence[float]
) -> list[list[Place]]:
    """The hidden bins of each group between two of these thresholds, or beyond the outermost."""
    found: dict[tuple[str, int], list[Place]] = {}
    unknown = {place for key, place in bins.places.items() if key in bins.unknown}
    for place in sorted(unknown):
        if place[0] == table:
            start = numbers.calibrations[table][place[1]][place[2]].start
            segment = sum(score <= start for score in scores)
            found.setdefault((place[1], segment), []).append(place)
    return list(found.values())


def _told(tradeoff: Tradeoff, unsafe: set[float]) -> Tradeoff:
    """The policies all of whose thresholds may be shown, rounded."""
    common, by_group = (
        tuple(
            _rounded(policy) for policy in policies if unsafe.isdisjoint(policy.thresholds.values())
        )
        for policies in (tradeoff.common, tradeoff.by_group)
    )
    return tradeoff.model_copy(update={"common": common, "by_group": by_group})


def _rounded(policy: Policy) -> Policy:
    gaps = {
        name: None if gap is None else round(gap, DECIMALS) for name, gap in policy.gaps.items()
    }
    return policy.model_copy(update={"accuracy": round(policy.accuracy, DECIMALS), "gaps": gaps})
