"""Shapley values by their definition: counting out every coalition."""

from collections.abc import Callable
from itertools import combinations
from math import factorial

Value = Callable[[frozenset[int]], float]


def counted_out(value: Value, count: int) -> list[float]:
    """The Shapley value of each of ``count`` features: the mean over all orders, in 2^count steps.

    ``value`` says what a coalition of known features is worth.
    """
    found = []
    for feature in range(count):
        others = [other for other in range(count) if other != feature]
        total = 0.0
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for chosen in map(frozenset, combinations(others, size)):
                total += weight * (value(chosen | {feature}) - value(chosen))
        found.append(total)
    return found
