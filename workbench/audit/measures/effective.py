"""How many equally weighted people would be as certain of a weighted share or mean as those there.

Two numbers are known. (Σ w)² / Σ w² (Kish 1965) takes weights for unrelated to what is measured.
Variance / v, with v = Σ w² (x − mean)² / (Σ w)² (linearisation: Särndal, Swensson, Wretman 1992,
section 5.5; for shares Korn and Graubard 1998), does not, as where the selected were drawn more
rarely and weigh more; but it takes the weights that happened to occur for all there are.

The second counts where it is the smaller one. Where it is larger, it counts as far as the data
show that the weights do go with what is measured: by the part of a difference that is not chance,
max(0, 1 − 1/Q), where Q is the difference squared over its variance (I² of Higgins and Thompson
2002, for two groups). This blend is our own; tests simulate how often intervals hold the truth.
"""

from dataclasses import dataclass

import numpy as np

from workbench.audit.arrays import Reals

# With fewer people of one kind, it is not known what such people weigh.
LEAST = 10
# A difference below this, beside the mean weight, is what rounding leaves of equal weights.
NO_DIFFERENCE = 1e-9


@dataclass(frozen=True)
class Weighed:
    """Some people of each group: how many, the sums of their weights and of the squared ones."""

    people: Reals
    weights: Reals
    squares: Reals

    @property
    def kish(self) -> Reals:
        """(Σ w)² / Σ w²; 0 without weights."""
        nobody = np.zeros(np.shape(self.weights))
        return np.divide(self.weights**2, self.squares, out=nobody, where=self.squares > 0)

    def besides(self, part: "Weighed") -> "Weighed":
        """All but this part of them."""
        return Weighed(
            self.people - part.people,
            np.maximum(self.weights - part.weights, 0),
            np.maximum(self.squares - part.squares, 0),
        )


def of_share(hits: Weighed, everyone: Weighed) -> Reals:
    """The effective number of people of a share, per group; 0 where nobody has a weight.

    For v, half an average person is added on either side, so that a share of 0 has a variance.
    Weights go with what is counted where hits weigh on average more or less than misses; the
    variance of that difference is the usual one of two means with equal variances.
    """
    misses = everyone.besides(hits)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight, square = everyone.weights / everyone.people, everyone.squares / everyone.people
        whole = everyone.weights + weight
        p = (hits.weights + weight / 2) / whole
        spread = (1 - p) ** 2 * (hits.squares + square / 2) + p**2 * (misses.squares + square / 2)
        linear = p * (1 - p) * whole**2 / spread
        means = hits.weights / hits.people, misses.weights / misses.people
        within = sum(
            np.maximum(side.squares - side.people * mean**2, 0)
            for side, mean in zip((hits, misses), means, strict=True)
        ) / (everyone.people - 2)
        chance = within * (1 / hits.people + 1 / misses.people)
        apart = means[0] - means[1]
        known = (np.minimum(hits.people, misses.people) >= LEAST) & (
            np.abs(apart) > NO_DIFFERENCE * weight
        )
    return _blended(everyone.kish, linear, np.where(known, apart, 0), chance)


def of_mean(
    everyone: Weighed, mean: Reals, variance: Reals, linear: Reals, heavy_mean: Reals
) -> Reals:
    """The effective number of people of a mean, per group; 0 where nobody has a weight.

    ``variance`` is that of one person's number, ``linear`` the second effective number of people,
    ``heavy_mean`` the mean by the squared weights. Weights go with what is measured where it
    differs from ``mean``; the variance of that difference, variance · Σ (w² / Σ w² − w / Σ w)²,
    takes Σ w³ and Σ w⁴ for those of a lognormal distribution with the same Kish number.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = everyone.people / everyone.kish
        chance = variance / everyone.people * (ratio**4 - 2 * ratio**2 + ratio)
        return _blended(everyone.kish, linear, heavy_mean - mean, chance)


def _blended(kish: Reals, linear: Reals, difference: Reals, chance: Reals) -> Reals:
    """Between both numbers; ``chance`` is the variance that the difference has by chance alone."""
    square = difference**2
    told = np.divide(square - chance, square, out=np.zeros_like(kish), where=square > chance)
    with np.errstate(divide="ignore", invalid="ignore"):
        more = kish / (1 - told + told * kish / linear)
    return np.where(kish > 0, np.where(linear > kish, more, np.fmin(kish, linear)), 0.0)
