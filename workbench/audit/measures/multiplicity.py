"""Many tests at once: what each probability means when one of many was bound to be small."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Test = TypeVar("Test", bound=Hashable)


def holm(probabilities: Mapping[Test, float]) -> dict[Test, float]:
    """The probabilities corrected for their number, by Holm (1979); never above 1.

    Whoever calls "more than chance" what is below 0.05 here does so wrongly, anywhere among all
    tests, in at most 5 % of audits in which there is nothing to find.
    """
    left, reached, corrected = len(probabilities), 0.0, {}
    for test in sorted(probabilities, key=lambda test: probabilities[test]):
        reached = max(reached, min(1.0, left * probabilities[test]))
        corrected[test] = reached
        left -= 1
    return corrected
