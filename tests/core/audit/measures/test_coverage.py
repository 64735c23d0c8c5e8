"""In simulated audits of chosen scenes, intervals of 95 % hold the truth as often as they say.

Between 93 and 97 %; ``test_random_audits`` draws scenes at random, too. Only the largest gap of
many groups that lie apart, but not far enough to tell which of them are the highest and the lowest,
is held more often: in 93 to 98.5 %.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pytest

from tests.examples.frames import PLAN, everybody_of, frame_of, frame_of_means, sampled
from workbench.audit import catalogue
from workbench.audit.measures.comparisons import comparison_results
from workbench.audit.measures.estimates import estimated
from workbench.audit.measures.frames import Frame, Moments
from workbench.audit.measures.gaps import gap_results
from workbench.audit.measures.intervals import difference
from workbench.audit.measures.rates import group_results
from workbench.audit.parts import Gap, Measure
from workbench.audit.plan import AuditPlan

AUDITS = 2_000
Chances = npt.NDArray[np.float64]
Hits = dict[str, list[bool]]
GAPS = tuple(
    f"{name}_{form}"
    for name in ("demographic_parity", "equal_opportunity")
    for form in ("difference", "ratio")
)
RATES = {"demographic_parity": "selection_rate", "equal_opportunity": "true_positive_rate"}
# How often a person of a group is tp, fp, fn, tn.
TWO = np.array([[0.30, 0.20, 0.10, 0.40], [0.20, 0.10, 0.20, 0.50]])
SIX = np.array([[0.3, 0.2, 0.1, 0.4]] * 6)

# By how much six groups are selected more often than those of SIX; in how many audits; how often
# their gap is held.
SHIFTS: dict[str, tuple[Sequence[float], int, float, float]] = {
    # Whatever is not held here is a false alarm: 5 %, and three standard errors of 2,000 audits.
    "equal": ((0.0,) * 6, AUDITS, 0.935, 0.97),
    "near each other": ((-0.05, -0.03, -0.01, 0.01, 0.03, 0.05), AUDITS // 2, 0.93, 0.985),
    "two halves": ((-0.15, 0.15) * 3, AUDITS // 2, 0.93, 0.97),
    "one apart": ((0.0, 0.0, 0.3, 0.0, 0.0, 0.0), AUDITS // 2, 0.93, 0.97),
}


def drawn(generator: np.random.Generator, chances: Chances, sizes: list[int]) -> Frame:
    lines = [generator.multinomial(size, row) for size, row in zip(sizes, chances, strict=True)]
    return frame_of(dict(zip("abcdef", (line.tolist() for line in lines), strict=False)))


def truth(chances: Chances) -> dict[str, Chances]:
    """The rates that the people are drawn with, per group."""
    return {
        "demographic_parity": chances[:, [0, 1]].sum(axis=1),
        "equal_opportunity": chances[:, 0] / chances[:, [0, 2]].sum(axis=1),
    }


def holds(number: Gap | Measure, true: float) -> bool:
    assert number.low is not None
    return number.low <= true <= (np.inf if number.high is None else number.high)


def shares(hits: Mapping[str, list[bool]], least: int = 1) -> dict[str, float]:
    return {name: float(np.mean(each)) for name, each in hits.items() if len(each) >= least}


@pytest.mark.parametrize(("people", "rate"), [(40, 0.3), (150, 0.1), (1000, 0.02), (500, 0.6)])
def test_rates(people: int, rate: float) -> None:
    """Wilson's interval of a single rate."""
    generator = np.random.default_rng(people)
    hits = generator.binomial(people, rate, AUDITS)
    frame = frame_of({f"{place}": (hit, 0, people - hit, 0) for place, hit in enumerate(hits)})

    found = group_results(frame, PLAN)

    held = [holds(group.metrics["true_positive_rate"], rate) for group in found.values()]
    assert 0.93 <= shares({f"{rate} of {people}": held})[f"{rate} of {people}"] <= 0.97


def test_two_groups() -> None:
    """Differences and ratios of two groups, of a group to the reference, and to everybody."""
    sizes = [120, 90]
    generator = np.random.default_rng(sum(sizes))
    plan = PLAN.model_copy(update={"gaps": GAPS, "draws": 100, "references": {"g": "a"}})
    rates, portions = truth(TWO), np.array(sizes) / sum(sizes)
    good = portions * TWO[:, [0, 2]].sum(axis=1)
    whole = {
        "demographic_parity": portions @ rates["demographic_parity"],
        "equal_opportunity": (good / good.sum()) @ rates["equal_opportunity"],
    }
    hits: Hits = defaultdict(list)
    for _ in range(AUDITS // 2):
        frame = drawn(generator, TWO, sizes)
        groups = {"g": group_results(frame, plan)}
        gaps = gap_results([frame], groups, plan)["g"]
        beside = comparison_results([frame], everybody_of(frame), groups, plan)
        for name, metric in RATES.items():
            true = dict(zip("ab", rates[name], strict=True))
            difference, ratio = (gaps[f"{name}_{form}"] for form in ("difference", "ratio"))
            if difference.value is None or ratio.value is None:
                continue
            high, low = difference.highest or "", difference.lowest or ""
            hits[f"gap {metric}"].append(holds(difference, true[high] - true[low]))
            hits[f"ratio {metric}"].append(holds(ratio, true[low] / true[high]))
            for side, other in (("reference", true["a"]), ("overall", whole[name])):
                found = beside["reference" if side == "reference" else "overall"]["g"]["b"]
                apart = found[f"{metric}_difference"]
                hits[f"{side} {metric}"].append(holds(apart, true["b"] - other))
                times = found[f"{metric}_ratio"]
                hits[f"{side} ratio {metric}"].append(holds(times, true["b"] / other))

    for share in shares(hits, least=AUDITS // 4).values():
        assert 0.93 <= share <= 0.97


WEIGHED = PLAN.model_copy(update={"weight": "w", "draws": 200})
# tp, fp, fn, tn: how many people one row of each stands for.
WEIGHTS = {
    "the selected were drawn rarely": (5, 5, 1, 1),
    "the selected were drawn often": (1, 1, 5, 5),
    "the favourable outcome was drawn often": (1, 10, 1, 10),
}


@pytest.mark.parametrize("name", [*WEIGHTS, "unrelated"])
def test_weights(name: str) -> None:
    """Weights that go with what is measured, and such that do not: intervals hold, tests too."""
    generator = np.random.default_rng(300)
    plan = WEIGHED.model_copy(update={"gaps": ("demographic_parity_difference",)})
    held: Hits = defaultdict(list)
    for _ in range(AUDITS // 2):
        lines = [_weighed(generator, TWO[0], 300, WEIGHTS.get(name)) for _ in "ab"]
        counts, weights, squares = (np.array(each) for each in zip(*lines, strict=True))
        frame = Frame("g", ("g",), (("a",), ("b",)), counts.astype(np.int64), weights, squares)
        groups = {"g": group_results(frame, plan)}
        gap = gap_results([frame], groups, plan)["g"]["demographic_parity_difference"]
        held["gap"].append(holds(gap, 0))
        held["no false alarm"].append((gap.p_value or 0) >= 0.05)
        for metric, true in (("selection_rate", 0.5), ("true_positive_rate", 0.75)):
            held[metric].append(holds(groups["g"]["a"].metrics[metric], true))
    for what, share in shares(held).items():
        assert 0.93 <= share <= 0.97, what


def _weighed(
    generator: np.random.Generator, chances: Chances, size: int, worth: tuple[int, ...] | None
) -> tuple[list[float], list[float], list[float]]:
    """Rows of a group, drawn the more rarely the more they stand for: counts, sums, squares."""
    worths = np.array(worth or (1, 1, 1, 1), dtype=float)
    drawn_as = chances / worths
    places = generator.choice(4, size, p=drawn_as / drawn_as.sum())
    weights = worths[places] if worth else generator.lognormal(0, 1, size)
    sums = [np.bincount(places, weights**power, minlength=5).tolist() for power in (0, 1, 2)]
    return sums[0], sums[1], sums[2]


def test_equalized_odds() -> None:
    """The larger of two gaps, which may be either: about as often as the gap of one metric."""
    generator = np.random.default_rng(11)
    name = "equalized_odds_difference"
    plan = PLAN.model_copy(update={"gaps": (name,), "draws": 400})
    false_alarm = TWO[:, 1] / TWO[:, [1, 3]].sum(axis=1)
    true = max(np.ptp(truth(TWO)["equal_opportunity"]), np.ptp(false_alarm))
    held = []
    for _ in range(AUDITS):
        frame = drawn(generator, TWO, [400, 300])
        gaps = gap_results([frame], {"g": group_results(frame, plan)}, plan)
        held.append(holds(gaps["g"][name], float(true)))
    assert 0.93 <= float(np.mean(held)) <= 0.97


@pytest.mark.parametrize("scene", SHIFTS)
def test_six_groups(scene: str) -> None:
    """The largest gap of six groups, equal ones and unequal ones."""
    generator = np.random.default_rng(6)
    shifts, audits, least, most = SHIFTS[scene]
    chances = SIX + np.outer(shifts, [1, 0, 0, -1])
    plan = PLAN.model_copy(update={"gaps": GAPS if scene == "equal" else GAPS[:2], "draws": 400})
    rates = truth(chances)
    hits: Hits = defaultdict(list)
    for _ in range(audits):
        frame = drawn(generator, chances, [200, 150, 400, 100, 300, 250])
        groups = {"g": group_results(frame, plan)}
        for name, gap in gap_results([frame], groups, plan)["g"].items():
            true = rates[name.removesuffix("_difference").removesuffix("_ratio")]
            is_ratio = name.endswith("ratio")
            true = true[[frame.keys.index(key) for key in gap.compared]]
            hits[name].append(holds(gap, true.min() / true.max() if is_ratio else np.ptp(true)))

    for share in shares(hits).values():
        assert least <= share <= most


def test_means() -> None:
    """Means of errors, their gap between two groups, and the root of the mean square."""
    generator = np.random.default_rng(8)
    plan = AuditPlan(
        task="regression", outcome="o", prediction="p", attributes=("g",), reason="t", draws=100
    )
    sizes, middles, spreads = (150, 80), np.array([0.5, 0.0]), np.array([1.0, 2.0])
    errors = [
        generator.normal(middle, spread, (AUDITS, size))
        for size, middle, spread in zip(sizes, middles, spreads, strict=True)
    ]
    roots = np.sqrt(middles**2 + spreads**2)
    hits: Hits = defaultdict(list)
    for audit in range(AUDITS):
        found = _regression([part[audit] for part in errors])
        groups = {"g": group_results(found, plan)}
        gaps = gap_results([found], groups, plan)["g"]
        error, root = gaps["mean_error_difference"], gaps["root_mean_squared_error_difference"]
        order = 1 if error.highest == "a" else -1
        hits["mean"].append(holds(groups["g"]["a"].metrics["mean_error"], middles[0]))
        hits["root"].append(holds(groups["g"]["b"].metrics["root_mean_squared_error"], roots[1]))
        hits["gap of means"].append(holds(error, order * (middles[0] - middles[1])))
        hits["gap of roots"].append(holds(root, roots[1] - roots[0]))
        beside = comparison_results([found], everybody_of(found), groups, plan)["overall"]["g"]["b"]
        whole = np.average(middles, weights=sizes), np.average(roots**2, weights=sizes) ** 0.5
        apart = beside["mean_error_difference"], beside["root_mean_squared_error_difference"]
        hits["mean to everybody"].append(holds(apart[0], middles[1] - whole[0]))
        hits["root to everybody"].append(holds(apart[1], roots[1] - whole[1]))

    for share in shares(hits).values():
        assert 0.93 <= share <= 0.97


def _regression(errors: list[Chances]) -> Frame:
    frame = frame_of({key: (0, 0, 0, len(part)) for key, part in zip("ab", errors, strict=True)})
    powers = {"prediction": 1, "error": 1, "absolute_error": 1, "squared_error": 2}
    for variable, power in powers.items():
        numbers = [abs(part) if variable == "absolute_error" else part**power for part in errors]
        frame.moments[variable] = Moments(
            np.array([part.sum() for part in numbers]),
            np.array([(part**2).sum() for part in numbers]),
        )
    return frame


@pytest.mark.parametrize(
    ("small", "large"),
    # How many people a row stands for where the error is below 90, and above.
    [(1, 4), (2, 2), (4, 1)],
    ids=["large errors were drawn rarely", "unrelated", "large errors were drawn often"],
)
def test_weighted_means(small: int, large: int) -> None:
    """Weights that go with the error, and such that do not."""
    generator = np.random.default_rng(4)
    people = generator.gamma(4, 20, (AUDITS, 1_500))
    worth = np.where(people > 90, float(large), small)
    errors, weights = sampled(generator, people, worth, 300)
    if small == large:
        weights = generator.uniform(1, 5, errors.shape)

    found = estimated("mean_error", frame_of_means(errors, weights))

    low, high = found.ends()
    ones, others = (found.chosen(list(range(side, AUDITS, 2))) for side in (0, 1))
    down, up = difference(ones.value, ones.ends(), others.value, others.ends())
    assert 0.93 <= ((low <= 80) & (high >= 80)).mean() <= 0.97
    assert 0.93 <= ((down <= 0) & (up >= 0)).mean() <= 0.97


def test_nothing_to_find() -> None:
    """Among twenty tests without anything to find, Holm calls one more than chance in 5 %."""
    generator = np.random.default_rng(20)
    plan = PLAN.model_copy(update={"draws": 100})
    # A difference and its ratio are one test: each is wanted once.
    apart = tuple(name for name in catalogue.tested_gaps(plan) if name.endswith("_difference"))
    plan = plan.model_copy(update={"gaps": apart})
    alarms, audits = 0, AUDITS // 4
    for _ in range(audits):
        frames = [
            Frame(name, (name,), frame.groups, frame.counts, frame.weights, frame.squares)
            for name in "wxyz"
            for frame in [drawn(generator, SIX[:3], [120, 200, 90])]
        ]
        groups = {frame.name: group_results(frame, plan) for frame in frames}
        found = gap_results(frames, groups, plan)
        assert sum(len(gaps) for gaps in found.values()) == 20
        tests = [gap.p_adjusted for gaps in found.values() for gap in gaps.values()]
        alarms += min(each for each in tests if each is not None) < 0.05

    assert alarms / audits <= 0.05 + 3 * (0.05 * 0.95 / audits) ** 0.5
