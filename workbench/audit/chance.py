"""Whether a gap changed by more than chance: interval and probability of each change."""

import math
from collections.abc import Mapping
from statistics import NormalDist

from workbench.audit.catalogue import GAPS
from workbench.audit.measures.multiplicity import holm
from workbench.audit.parts import Gap

Z = NormalDist().inv_cdf(0.975)
Place = tuple[str, str]  # attribute, gap
Numbers = tuple[float, float, float]


def tested(
    correlations: Mapping[Place, float | None],
    first: Mapping[Place, Gap],
    second: Mapping[Place, Gap],
) -> dict[Place, dict[str, float]]:
    """``low``, ``high``, ``p_adjusted`` and ``worst_case`` of changes whose gaps have intervals.

    ``correlations`` are those of a gap before and after, from −1 to 1; 0 for other people. None is
    the worst case, where nobody knows it: whatever it is, the standard error of a difference is at
    most the sum of both (Cauchy and Schwarz). That holds for the same people, for some of them and
    for others; Fréchet's bounds of two shares are narrower, but only for exactly the same people.
    The probability is corrected for all changes (Holm).
    """
    tests = {
        place: _test(old, new, correlation, ratio=GAPS[place[1]].form == "ratio")
        for place, correlation in correlations.items()
        if (old := _numbers(place[1], first.get(place)))
        and (new := _numbers(place[1], second.get(place)))
    }
    corrected = holm({place: probability for place, (*_, probability) in tests.items()})
    return {
        place: {
            "low": low,
            "high": high,
            "p_adjusted": corrected[place],
            "worst_case": correlations[place] is None,
        }
        for place, (low, high, _) in tests.items()
    }


def _test(before: Numbers, after: Numbers, correlation: float | None, *, ratio: bool) -> Numbers:
    """Both ends of a change's interval, and its probability without correction."""
    # The true gap is the larger difference of both orders (the smaller ratio), so the true change
    # is the largest, over the later orders, of the smallest over the earlier ones; so are its ends.
    lows, highs = [], []
    for sign, new in _orders(after, ratio=ratio):
        ends = [
            _ends(old, new, -1.0 if correlation is None else sign * other * correlation)
            for other, old in _orders(before, ratio=ratio)
        ]
        inner = max if ratio else min
        lows.append(inner(low for low, _ in ends))
        highs.append(inner(high for _, high in ends))
    outer = min if ratio else max
    low, high, value = outer(lows), outer(highs), after[0] - before[0]
    error = (value - low if value > 0 else high - value) / Z
    probability = 2 * NormalDist().cdf(-abs(value) / error) if error > 0 else float(value == 0)
    return low, high, probability


def _orders(gap: Numbers, *, ratio: bool) -> list[tuple[int, Numbers]]:
    """The gap as it is, and as it would be the other way round if its interval allows that.

    The larger one of these differences, or the smaller one of these ratios, is the true gap.
    """
    value, low, high = gap
    if ratio:
        turned = [(-1, (1 / value, 1 / high, 1 / low))] if high > 1 and low > 0 else []
    else:
        turned = [(-1, (-value, -high, -low))] if low < 0 else []
    return [(1, gap), *turned]


def _ends(before: Numbers, after: Numbers, correlation: float) -> tuple[float, float]:
    """The interval of the difference of two numbers from their own and their correlation."""
    (old, old_low, old_high), (new, new_low, new_high) = before, after
    down = _width(new - new_low, old_high - old, correlation)
    up = _width(new_high - new, old - old_low, correlation)
    return new - old - down, new - old + up


def _width(one: float, other: float, correlation: float) -> float:
    """How far a difference reaches in one direction, when its two numbers reach that far."""
    return math.sqrt(max(0.0, one**2 + other**2 - 2 * correlation * one * other))


def _numbers(name: str, gap: Gap | None) -> Numbers | None:
    """Value and both ends of a gap that has them all.

    The near end (towards no gap) is that of the pair, which holds for all pairs at once: between
    two audits chance has more to choose from than in one, so the gap's own would be too narrow.
    Earlier results state only the gap's own, which were as wide.
    """
    if gap is None or gap.value is None or gap.low is None or gap.high is None:
        return None
    if gap.pair_low is None:
        return gap.value, gap.low, gap.high
    if GAPS[name].form == "difference":
        return gap.value, gap.pair_low, gap.high
    return None if gap.pair_high is None else (gap.value, gap.low, gap.pair_high)
