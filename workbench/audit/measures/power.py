"""How small a difference the data could have shown at all."""

from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.stats import chi2, ncx2

from workbench.audit.measures.estimates import Estimates
from workbench.audit.measures.intervals import CONFIDENCE
from workbench.audit.metrics import Rate

# How often a difference of this size would have been noticed.
POWER = 0.8
MOST = 10_000.0


def detectable(
    found: Estimates, rows: list[int], pair: tuple[int, int], tests: int = 1
) -> float | None:
    """The smallest difference of two of the groups in ``rows`` that 80 % of samples would show.

    √(λ · (v₁/n₁ + v₂/n₂)), where a chi-square test of all groups at 5 % / ``tests`` (Bonferroni, a
    bound for Holm) has this power at the noncentrality λ and the other groups lie in between
    (Cohen 1988, chapter 7); for two groups and one test it is the usual formula of sample sizes,
    (z₀.₉₇₅ + z₀.₈)². For a rate both variances are p(1 − p), p the
    rate of all compared groups together, pulled towards one half by two people on either side
    (Agresti and Coull 1998), so that a rate of 0 does not promise certainty. For a mean they are
    the groups' own; for a root, those of the mean under it over 2 · root. In the metric's own
    unit, above 0; a smaller true difference would have been missed more often. Where one group is
    far smaller than the others it is a rough number. None where a group does not vary.
    """
    chosen = found.chosen(list(pair))
    if isinstance(found.metric, Rate):
        everybody = found.chosen(rows)
        hits, of = (everybody.value * everybody.effective).sum(), everybody.effective.sum()
        middle = (hits + 2) / (of + 4)
        variances = np.full(2, middle * (1 - middle))
    else:
        variances = chosen.spread**2
        if found.metric.root:
            variances = variances / np.maximum(4 * chosen.mean, np.finfo(float).tiny)
    error = float(np.sqrt((variances / chosen.effective).sum()))
    if not 0 < error < np.inf:
        return None
    return float(np.sqrt(_noncentrality(len(rows) - 1, tests)) * error)


@lru_cache
def _noncentrality(degrees: int, tests: int) -> float:
    """At which noncentrality chi-square exceeds its critical value with the wanted power."""
    critical = chi2.isf((1 - CONFIDENCE) / tests, degrees)
    return float(brentq(lambda at: ncx2.sf(critical, degrees, at) - POWER, 1e-9, MOST))
