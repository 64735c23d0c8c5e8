"""Which numbers of a group tell about too few people.

- A group of fewer than ``publish_minimum`` people is small.
- In a group of fewer than ``certain_minimum`` people no share may tell of exactly one or two people
  (in it or missing from it); of fewer than ``assess_minimum`` also none that tells the same of
  everybody (0 or 100 %). In larger groups one or two people cannot be told from the many others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from workbench.audit.metrics import MEANS, RATES
from workbench.audit.parts import Group, Measure, ScoreBin, Tradeoff
from workbench.audit.plan import AuditPlan, Thresholds
from workbench.audit.suppression.secondary import Key, Sized, Small

FEW = 2
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

Place = tuple[str, str, int]  # attribute, value, number of the score bin
Groups = Mapping[str, Mapping[str, Group]]
Calibrations = Mapping[str, Mapping[str, tuple[ScoreBin, ...]]]


@dataclass(frozen=True)
class Numbers:
    """The numbers of a result from which small groups could be computed."""

    plan: AuditPlan
    overall: Group
    groups: Groups
    calibrations: Calibrations = field(default_factory=dict)
    tradeoffs: Mapping[str, Tradeoff] = field(default_factory=dict)

    @cached_property
    def cut(self) -> float | None:
        """The score from which on the plan decides favourably; None where no score decides.

        Where the highest scores are chosen, the score bins tell it: where one begins, or else any
        score within the bin that is divided; None where bins are hidden.
        """
        if self.plan.top_k is None or self.plan.weight:
            return self.plan.threshold
        chosen, _ = count(self.overall.metrics["selection_rate"])
        borders = (_border(list(values.values()), chosen) for values in self.calibrations.values())
        return next((score for score in borders if score is not None), None)

    @cached_property
    def members(self) -> dict[Key, Group]:
        """All groups by attribute and value."""
        return {
            (table, value): group
            for table, values in self.groups.items()
            for value, group in values.items()
        }


def _border(groups: Sequence[tuple[ScoreBin, ...]], chosen: int) -> float | None:
    """Down to which score so many people with the highest scores reach, of all groups."""
    above = 0
    columns: list[tuple[ScoreBin, ...]] = list(zip(*groups, strict=True))
    for parts in reversed(columns):
        sizes = [one.share.of for one in parts if one.share.of is not None]
        if len(sizes) < len(parts):
            return None
        above += sum(sizes)
        if above >= chosen:
            start, end = parts[0].start, parts[0].end
            return start if above == chosen else (start + end) / 2
    return None


def tells(thresholds: Thresholds) -> Small:
    """Whether shares of a group tell of one or two people, or of everybody in a small group."""

    def is_telling(group: Sized) -> bool:
        if group.n >= thresholds.certain_minimum:
            return False
        counted = [(top, of) for top, of in group.counts.values() if of]
        parts = [count for top, of in counted for count in (top, of - top)]
        least = 0 if group.n < thresholds.assess_minimum else 1
        return any(least <= count <= FEW for count in parts)

    return is_telling


def small_bin(thresholds: Thresholds) -> Small:
    """Whether a score bin holds too few people, or its share tells of too few."""
    is_telling = tells(thresholds)
    return lambda one: one.n < thresholds.publish_minimum or is_telling(one)


def sized(group: Group, names: tuple[str, ...]) -> Sized:
    """How many people the group has, and the counts behind these metrics."""
    counts = {name: count(group.metrics[name]) for name in names if name in group.metrics}
    return Sized(group.n or 0, group.parts, counts)


def count(measure: Measure) -> tuple[int, int]:
    """How many of how many; with weights, as many as the weighted share would be."""
    of = measure.of or 0
    return round((measure.value or 0.0) * of), of
