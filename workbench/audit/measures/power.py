"""How small a difference the data could have shown at all."""

import numpy as np
from scipy.special import ndtri

from workbench.audit.measures.estimates import Estimates
from workbench.audit.measures.intervals import Z
from workbench.audit.metrics import Rate

# How often a difference of this size would have been noticed.
POWER = 0.8


def detectable(found: Estimates, rows: list[int], pair: tuple[int, int]) -> float | None:
    """The smallest difference that two groups of these sizes show in 80 % of samples.

    (z₀.₉₇₅ + z₀.₈) · √(v₁/n₁ + v₂/n₂), the usual formula of sample sizes for two groups solved
    for the difference (Cohen 1988; Fleiss, Levin and Paik 2003, chapter 4), for a two-sided test
    at 5 % that is not corrected for other tests. For a rate both variances are p(1 − p), p the
    rate of all compared groups together, pulled towards one half by two people on either side
    (Agresti and Coull 1998), so that a rate of 0 does not promise certainty. For a mean they are
    the groups' own; for a root, those of the mean under it over 2 · root. In the metric's own
    unit, above 0; a larger true difference would have been missed even less often. None where a
    group does not vary.
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
    return float((Z + ndtri(POWER)) * error) if 0 < error < np.inf else None
