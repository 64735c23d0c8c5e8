"""The area under the ROC curve with its 95 % interval.

DeLong, DeLong and Clarke-Pearson 1988, https://doi.org/10.2307/2531595: the area is the mean over
all pairs of a person inside and one outside the group of "the score inside is higher" (a tie
counts half), so every person's influence on it can be counted, and the variance follows.
"""

import numpy as np
from scipy.stats import norm, rankdata

from workbench.audit.arrays import Flags, Reals

NORMAL = float(norm.ppf(0.975))


def area(scores: Reals, inside: Flags) -> tuple[float, Reals]:
    """The area (0.5 no better than chance, 1 perfect) and each row's influence on it.

    The influences add up to 0; the sum of their squares is the variance of the area. There must be
    somebody inside and outside.
    """
    influence = np.zeros(len(scores))
    here, there = scores[inside], scores[~inside]
    ranks = rankdata(np.concatenate([here, there]))
    # How many outside lie below each one inside, and how many inside above each one outside.
    below = (ranks[: len(here)] - rankdata(here)) / len(there)
    above = 1 - (ranks[len(here) :] - rankdata(there)) / len(here)
    found = float(below.mean())
    influence[inside] = (below - found) / len(here)
    influence[~inside] = (above - found) / len(there)
    return found, influence


def interval(value: float, variance: float) -> tuple[float, float]:
    """The 95 % interval of an area, within 0 and 1."""
    reach = NORMAL * float(np.sqrt(variance))
    return max(0.0, value - reach), min(1.0, value + reach)
