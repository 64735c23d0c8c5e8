"""The smallest visible difference is one that is really seen in 80 % of samples."""

import numpy as np
import pytest
from scipy import stats

from tests.examples.frames import frame_from, frame_of
from workbench.audit.measures.estimates import estimated
from workbench.audit.measures.power import detectable


def test_two_groups_by_hand() -> None:
    """Two groups of 100 around one half: (1.960 + 0.842) · √(0.25 · 2 / 100) = 0.198."""
    found = estimated("true_positive_rate", frame_of({"a": (50, 0, 50, 0), "b": (50, 0, 50, 0)}))

    assert detectable(found, [0, 1], (1, 0)) == pytest.approx(0.19810, abs=1e-5)


@pytest.mark.parametrize(("sizes", "rate"), [((400, 300), 0.4), ((2000, 150), 0.2)])
def test_it_is_seen_in_four_of_five(sizes: tuple[int, int], rate: float) -> None:
    """Where the rates really differ by so much, the test finds it in about 80 % of samples."""
    hits = [round(rate * size) for size in sizes]
    table = {key: (hit, 0, size - hit, 0) for key, hit, size in zip("ab", hits, sizes, strict=True)}
    difference = detectable(estimated("true_positive_rate", frame_of(table)), [0, 1], (0, 1))
    assert difference is not None
    generator = np.random.default_rng(4)
    low = rate - difference * sizes[1] / sum(sizes)
    drawn = [
        generator.binomial(size, share, 4000)
        for size, share in zip(sizes, (low, low + difference), strict=True)
    ]
    middle = sum(drawn) / sum(sizes)
    errors = np.sqrt(middle * (1 - middle) * sum(1 / size for size in sizes))
    z = (drawn[1] / sizes[1] - drawn[0] / sizes[0]) / errors

    assert (abs(z) > stats.norm.ppf(0.975)).mean() == pytest.approx(0.8, abs=0.04)


@pytest.mark.parametrize("tests", [1, 30])
def test_several_groups_and_checks(tests: int) -> None:
    """Six groups, chi-square at 5 % by as many checks: seen in about 80 % of samples."""
    size, rate, audits = 400, 0.4, 2_000
    table = dict.fromkeys("abcdef", (round(rate * size), 0, round((1 - rate) * size), 0))
    frame = frame_of(table)
    difference = detectable(estimated("true_positive_rate", frame), list(range(6)), (0, 1), tests)
    assert difference is not None
    generator = np.random.default_rng(9)
    # The four others lie in the middle of the two that differ.
    chances = rate + difference * np.array([0.5, -0.5, 0, 0, 0, 0])
    called = 0
    for _ in range(audits):
        hits = generator.binomial(size, chances)
        found = stats.chi2_contingency([hits, size - hits], correction=False)
        called += bool(found.pvalue < 0.05 / tests)
    assert called / audits == pytest.approx(0.8, abs=0.04)


def test_means_have_their_own_spread() -> None:
    """Scores 0 and 1 in both groups of 8: standard deviation √(2/7), in the score's unit."""
    scores = [0.0, 1.0] * 8
    frame = frame_from("a" * 8 + "b" * 8, [0] * 16, [0] * 16, None, {"score": scores})

    found = detectable(estimated("mean_score", frame), [0, 1], (0, 1))

    assert found == pytest.approx(2.80159 * (2 * 2 / 7 / 8) ** 0.5, abs=1e-5)


def test_without_spread() -> None:
    """Groups that do not vary show any difference; no number is stated."""
    frame = frame_from("aabb", [0] * 4, [0] * 4, None, {"score": [1.0] * 4})

    assert detectable(estimated("mean_score", frame), [0, 1], (0, 1)) is None
