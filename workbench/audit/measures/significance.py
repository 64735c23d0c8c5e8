"""How probable such differences are if all groups are equal: one test per metric and frame."""

import zlib
from collections.abc import Sequence

import numpy as np
from scipy import stats

from workbench.audit.arrays import Counts, Reals
from workbench.audit.measures.estimates import Estimates
from workbench.audit.measures.frames import Frame
from workbench.audit.metrics import Rate
from workbench.audit.plan import AuditPlan

# Under this expected number of people chi-square is not to be trusted (Cochran 1954).
FEW = 5
PERMUTATIONS = 9_999
# Beyond this many people, the exact test and drawn tables would take minutes.
MANY = 1_000_000


def homogeneity(
    found: Sequence[Estimates], rows: Sequence[int], frame: Frame, plan: AuditPlan
) -> float | None:
    """The probability of such differences between these groups if none differs, from 0 to 1.

    Shares by chi-square; with few people by Fisher's exact test (two groups) or by drawing tables
    with the same margins, seeded; with few people beside more than a million others by the
    binomial test. Means by Welch's analysis of variance (1951), roots of squares not at all.
    Several metrics by Bonferroni: the smallest probability times their number. With weights, the
    shares of the effective numbers of people are tested (design effect). None where no test is
    defined.
    """
    chosen = [estimates.chosen(list(rows)) for estimates in found]
    probabilities = [_one(estimates, frame, plan) for estimates in chosen]
    stated = [probability for probability in probabilities if probability is not None]
    return min(1.0, len(stated) * min(stated)) if stated else None


def _one(found: Estimates, frame: Frame, plan: AuditPlan) -> float | None:
    if not isinstance(found.metric, Rate):
        # A few very large errors decide the mean of squares, so its distribution is never near t.
        return None if found.metric.root else welch(found.mean, found.spread, found.effective)
    table = np.stack([found.value * found.effective, (1 - found.value) * found.effective], axis=1)
    if not table.sum(axis=0).all():
        return 1.0  # everybody has the same: nothing differs
    seed = [plan.seed, zlib.crc32(f"{frame.name}/{found.metric.name}".encode())]
    return table_probability(table, seed)


def table_probability(table: Reals, seed: Sequence[int]) -> float:
    """Whether the share of the first column is the same in all rows: the p-value."""
    expected = stats.contingency.expected_freq(table)
    if expected.min() >= FEW:
        degrees = len(table) - 1
        return float(stats.chi2.sf(_distance(table, expected), degrees))
    whole = np.rint(table).astype(np.int64)
    if not (whole.sum(axis=0).all() and whole.sum(axis=1).all()):
        return 1.0
    if whole.sum() > MANY:
        return _beside_many(whole, seed)
    if len(whole) == 2:
        return float(stats.fisher_exact(whole).pvalue)
    return _permuted(whole, seed)


def _beside_many(table: Counts, seed: Sequence[int]) -> float:
    """The test where some cells are expected to be nearly empty and others are huge.

    Of two groups, the rarest kind of people (a group, or all with one prediction) is so small a
    part that they fall to one side or the other independently: Fisher's hypergeometric
    distribution is then a binomial one (off by less than 0.3 % above a million). More groups are
    each tested against all the others, by Bonferroni.
    """
    if len(table) > 2:
        pairs = (np.stack([row, table.sum(axis=0) - row]).astype(float) for row in table)
        return min(1.0, len(table) * min(table_probability(pair, seed) for pair in pairs))
    if table.sum(axis=0).min() < table.sum(axis=1).min():
        table = table.T
    rare = table[table.sum(axis=1).argmin()]
    share = table[:, 0].sum() / table.sum()
    return float(stats.binomtest(int(rare[0]), int(rare.sum()), float(share)).pvalue)


def _permuted(table: Counts, seed: Sequence[int]) -> float:
    margins = stats.random_table(table.sum(axis=1), table.sum(axis=0))
    drawn = margins.rvs(PERMUTATIONS, random_state=np.random.default_rng(list(seed)))
    expected = stats.contingency.expected_freq(table)
    # Tables as far apart as the given one must not be missed by rounding.
    reached = _distance(drawn, expected) >= _distance(table, expected) * (1 - 1e-9)
    return float((1 + reached.sum()) / (1 + PERMUTATIONS))


def _distance(tables: Counts | Reals, expected: Reals) -> Reals:
    """Pearson's chi-square of one table or of many."""
    return np.asarray(((tables - expected) ** 2 / expected).sum(axis=(-2, -1)))


def welch(mean: Reals, spread: Reals, of: Reals) -> float | None:
    """Whether all means are the same, without assuming equal variances (Welch 1951): the p-value.

    None where a group's numbers do not vary: then it is not defined.
    """
    if not (spread > 0).all() or (of <= 1).any():
        return None
    groups = len(mean)
    weights = of / spread**2
    shares = weights / weights.sum()
    between = (weights * (mean - (shares * mean).sum()) ** 2).sum() / (groups - 1)
    unsure = ((1 - shares) ** 2 / (of - 1)).sum()
    ratio = between / (1 + 2 * (groups - 2) / (groups**2 - 1) * unsure)
    return float(stats.f.sf(ratio, groups - 1, (groups**2 - 1) / (3 * unsure)))
