"""The tables of counts and sums from which every number of an audit follows, exactly."""

from dataclasses import dataclass, field

from workbench.audit.arrays import Counts, Reals

# Columns of a frame's tables; see ``metrics`` for their meaning.
COLUMNS = ("tp", "fp", "fn", "tn", "other")


@dataclass(frozen=True)
class Moments:
    """Sums of one number per person (a score, an error), weighted, per group: shape (groups,).

    ``heavy`` are the same two sums by the squared weights; None without weights.
    """

    total: Reals
    squares: Reals
    heavy: tuple[Reals, Reals] | None = None


@dataclass(frozen=True)
class Histogram:
    """How scores spread: shape (groups, bins, 2), the last axis people whose real
    outcome is favourable, then the others.

    ``edges`` has one more entry than there are bins, ascending; a bin holds scores from its edge
    to under the next, the last one up to its end. ``totals`` are the sums of the scores per bin,
    shape (groups, bins). Without an outcome all are others. ``cut`` is the score from
    which on people were chosen, always one of the edges; None beside a prediction.
    """

    edges: Reals
    people: Counts
    weights: Reals
    totals: Reals
    cut: float | None = None


@dataclass(frozen=True)
class Frame:
    """The tables of every group of one attribute or of several combined ("a & b").

    ``counts`` are people, shape (groups, 5), columns COLUMNS. ``weights`` are the sums of their
    weights and ``squares`` of the squared weights, of the same shape; without weights both equal
    the counts. Without an outcome, people stand under fp and tn; for regression all under tn.
    ``moments`` goes by variable (see ``metrics.Variable``). Groups without people are left out.
    """

    name: str
    attributes: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    counts: Counts
    weights: Reals
    squares: Reals
    moments: dict[str, Moments] = field(default_factory=dict)
    scores: Histogram | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """What each group is called in results: "female", or "female & 25 to 34"."""
        return tuple(" & ".join(group) for group in self.groups)
