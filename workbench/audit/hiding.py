"""What of a result stays hidden: groups, some metrics of small groups, some score bins.

Rules, beside the secondary suppression in ``suppression``:

- A group of fewer than ``publish_minimum`` people is not shown at all.
- In a group of fewer than ``certain_minimum`` people no share is shown that tells of exactly one or
  two people (in it or missing from it); of fewer than ``assess_minimum`` also none that tells the
  same of everybody (0 or 100 %). What can be known from one share can be known from others, so
  metrics are hidden together: see ``TIERS``. Larger groups stay readable: there, one or two people
  cannot be told from the many others.
- Score bins follow the same rules, each as a group of its own. Where the plan's threshold lies
  between two bins, a group's rates tell how many people of either outcome lie above it: so the
  bins above, and those below, are hidden in company or not at all.
- A tradeoff tells, threshold by threshold, how many people of each group lie above, by outcome. So
  it shows no threshold between two hidden score bins of a group, or within one: what lies at
  either side of it is then known from the shown bins. It is not shown at all beside hidden groups
  or metrics of its attribute; nor beside tradeoffs of other attributes when it leaves out groups,
  which would follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.audit.catalogue import GAPS
from workbench.audit.metrics import MEANS, RATES
from workbench.audit.parts import Group, Measure, ScoreBin
from workbench.audit.plan import Thresholds
from workbench.audit.suppression import Key, Sized, Small, protected, sums

FEW = 2
# Fewer thresholds than this are no choice.
LEAST_THRESHOLDS = 3
# Metrics that are hidden together. Groups hidden in the first tier are hidden in all; those hidden
# in the second or third also in the last. Within a tier people can be moved between tp, fp, fn and
# tn so that all that the other tiers show stays the same, so no shown tier gives a hidden one away:
# selected ones (tp + fp) by tp + 1, tn − 1; right ones (tp + tn) by tp + 1, fp − 1; the rest by
# tp + 1, fp − 1, fn + 1, tn − 1.
SIZE = "size"
TIERS: dict[str, tuple[str, ...]] = {
    "selection": ("selection_rate",),
    "accuracy": ("accuracy",),
    "outcome": tuple(name for name in RATES if name not in {"selection_rate", "accuracy"}),
}
TIER_OF = {name: tier for tier, names in TIERS.items() for name in names} | dict.fromkeys(
    MEANS, SIZE
)
# A bin of scores stands beside the groups as if it were a value of one more attribute.
SCORE = "\0score"

Place = tuple[str, str, int]  # attribute, value, number of the score bin
Groups = Mapping[str, Mapping[str, Group]]
Calibrations = Mapping[str, Mapping[str, tuple[ScoreBin, ...]]]


@dataclass(frozen=True)
class Hidden:
    """The groups hidden in each tier, and the score bins (attribute, value, place).

    ``spans`` are scores from the start of a group's first hidden bin to the end of its last, by
    attribute; ``tradeoffs`` the attributes whose tradeoff is hidden.
    """

    tiers: Mapping[str, frozenset[Key]]
    bins: frozenset[Place]
    spans: Mapping[str, tuple[tuple[float, float], ...]]
    tradeoffs: frozenset[str]

    @property
    def groups(self) -> frozenset[Key]:
        """The groups of which nothing is shown."""
        return self.tiers[SIZE]

    @property
    def anything(self) -> frozenset[Key]:
        """The groups of which at least some metric is hidden."""
        return frozenset().union(*self.tiers.values())

    def metric(self, key: Key, name: str) -> bool:
        """Whether this group's metric is hidden."""
        return key in self.tiers[TIER_OF[name]]

    def threshold(self, table: str, score: float) -> bool:
        """Whether what this threshold brings would tell about hidden score bins."""
        return any(start < score < end for start, end in self.spans.get(table, ()))

    def gap(self, key: Key, name: str) -> bool:
        """Whether this group is hidden in any of the metrics that the gap compares."""
        return any(self.metric(key, metric) for metric in GAPS[name].metrics)


def found(
    overall: Group,
    groups: Groups,
    calibrations: Calibrations,
    thresholds: Thresholds,
    cut: float | None = None,
) -> Hidden:
    """What must be hidden of these results so that nothing small can be computed back.

    Everybody's numbers count as known. ``cut`` is the score from which on the plan decides
    favourably. Deterministic.
    """
    members = {
        (table, value): group for table, values in groups.items() for value, group in values.items()
    }
    sizes = {key: _sized(group, ()) for key, group in members.items()}
    tiers = {SIZE: protected(sums(sizes), lambda group: group.n < thresholds.publish_minimum)}
    tells = _tells(thresholds)
    for tier, names in TIERS.items():
        known = sums({key: _sized(group, names) for key, group in members.items()})
        # The last tier comes after those that must lie within it.
        before = frozenset().union(*tiers.values()) if tier == "outcome" else tiers[SIZE]
        every = members if tells(_sized(overall, names)) else ()
        tiers[tier] = protected(known, tells, {*before, *every})
    bins = _bins(sizes, calibrations, tiers, thresholds, cut)
    tradeoffs = {table for keys in tiers.values() for table, _ in keys}
    if len(calibrations) > 1:
        tradeoffs |= {table for table in calibrations if _is_partial(groups[table], thresholds)}
    return Hidden(tiers, bins, _spans(calibrations, bins), frozenset(tradeoffs))


def _is_partial(groups: Mapping[str, Group], thresholds: Thresholds) -> bool:
    """Whether a tradeoff leaves out groups: those with too few people of an outcome."""
    judged = [
        group.metrics[name].of or 0
        for group in groups.values()
        for name in ("true_positive_rate", "false_positive_rate")
        if name in group.metrics
    ]
    return any(of < thresholds.assess_minimum for of in judged)


def _spans(
    calibrations: Calibrations, hidden: frozenset[Place]
) -> dict[str, tuple[tuple[float, float], ...]]:
    """Per attribute and group with hidden bins, where the first starts and the last ends."""
    spans: dict[str, tuple[tuple[float, float], ...]] = {}
    for table, values in calibrations.items():
        for value, bins in values.items():
            gone = [one for place, one in enumerate(bins) if (table, value, place) in hidden]
            if gone:
                spans[table] = (*spans.get(table, ()), (gone[0].start, gone[-1].end))
    return spans


def _tells(thresholds: Thresholds) -> Small:
    """Whether shares of a group tell of one or two people, or of everybody in a small group."""

    def tells(group: Sized) -> bool:
        if group.n >= thresholds.certain_minimum:
            return False
        counted = [(top, of) for top, of in group.counts.values() if of]
        parts = [count for top, of in counted for count in (top, of - top)]
        least = 0 if group.n < thresholds.assess_minimum else 1
        return any(least <= count <= FEW for count in parts)

    return tells


def _sized(group: Group, names: tuple[str, ...]) -> Sized:
    counts = {name: _count(group.metrics[name]) for name in names if name in group.metrics}
    return Sized(group.n or 0, group.parts, counts)


def _count(measure: Measure) -> tuple[int, int]:
    """How many of how many; with weights, as many as the weighted share would be."""
    of = measure.of or 0
    return round((measure.value or 0.0) * of), of


def _bins(
    sizes: Mapping[Key, Sized],
    calibrations: Calibrations,
    tiers: Mapping[str, frozenset[Key]],
    thresholds: Thresholds,
    cut: float | None,
) -> frozenset[Place]:
    """The score bins to hide; each is a value of one more attribute, whose sums nobody shows."""
    places = {
        (f"{table}{SCORE}", f"{value}{SCORE}{place}"): (table, value, place)
        for table, values in calibrations.items()
        for value, bins in values.items()
        for place, one in enumerate(bins)
        if one.share.of
    }
    tells = _tells(thresholds)
    groups = dict(sizes)
    for key, (table, value, place) in places.items():
        one = calibrations[table][value][place]
        parts = {table: value, SCORE: f"{one.start} {one.end}"}
        groups[key] = Sized(one.share.of or 0, parts, {"share": _count(one.share)})
        latent = (SCORE, parts[SCORE])
        groups[latent] = Sized(0, {SCORE: parts[SCORE]}, {"share": (0, 0)})

    def is_small(bin_: Sized) -> bool:
        return bin_.n < thresholds.publish_minimum or tells(bin_)

    known = sums(groups, frozenset(key for key in groups if key[0] == SCORE))
    hidden = {*tiers[SIZE], *(key for key, at in places.items() if at[:2] in tiers["outcome"])}
    while True:
        hidden |= protected(known, is_small, hidden, places.__contains__)
        gone = frozenset(places[key] for key in hidden if key in places)
        company = _company(gone, calibrations, is_small, cut)
        if not company:
            return gone
        hidden |= {key for key, at in places.items() if at in company}


def _company(
    gone: frozenset[Place], calibrations: Calibrations, is_small: Small, cut: float | None
) -> set[Place]:
    """Further bins to hide where a hidden one is alone, or small in all, on its side of the cut."""
    found: set[Place] = set()
    if cut is None:
        return found
    for table, values in calibrations.items():
        for value, bins in values.items():
            inhabited = [place for place, one in enumerate(bins) if one.share.of]
            for side in (
                [place for place in inhabited if bins[place].end <= cut],
                [place for place in inhabited if bins[place].start >= cut],
            ):
                hidden = [place for place in side if (table, value, place) in gone]
                shown = [place for place in side if place not in hidden]
                counts = [_count(bins[place].share) for place in hidden]
                top, of = sum(count[0] for count in counts), sum(count[1] for count in counts)
                rest = Sized(of, {}, {"share": (top, of)})
                if hidden and shown and (len(hidden) == 1 or is_small(rest)):
                    least = min(shown, key=lambda place: (bins[place].share.of or 0, place))
                    found.add((table, value, least))
    return found
