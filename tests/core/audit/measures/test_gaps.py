"""Gaps are those of fairlearn, with an interval of all contrasts and a probability each."""

import numpy as np
import pytest
from fairlearn import metrics as fairlearn
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from tests.examples.frames import PLAN, frame_from, frame_of
from workbench.audit import catalogue
from workbench.audit.catalogue import GAPS
from workbench.audit.measures import intervals, inversion
from workbench.audit.measures.frames import Frame
from workbench.audit.measures.gaps import gap_results
from workbench.audit.measures.rates import group_results
from workbench.audit.parts import Gap
from workbench.audit.plan import AuditPlan

ALL = PLAN.model_copy(update={"gaps": tuple(GAPS)})
TWO = frame_of({"a": (60, 20, 20, 100), "b": (30, 20, 40, 110)})
LINE = st.tuples(*[st.integers(10, 60)] * 4)


def gaps_of(frame: Frame, plan: AuditPlan = PLAN) -> dict[str, Gap]:
    groups = {frame.name: group_results(frame, plan)}
    return gap_results([frame], groups, plan)[frame.name]


@settings(max_examples=15, deadline=None)
@given(st.lists(LINE, min_size=2, max_size=5))
def test_any_table_equals_fairlearn(lines: list[tuple[int, int, int, int]]) -> None:
    """Differences and ratios equal fairlearn's on the rows, for any number of groups."""
    frame = frame_of(dict(zip("abcde", lines, strict=False)))
    true = np.concatenate([np.repeat([1, 0, 1, 0], line) for line in lines])
    said = np.concatenate([np.repeat([1, 1, 0, 0], line) for line in lines])
    group = np.repeat(list(frame.keys), [sum(line) for line in lines])
    plan = PLAN.model_copy(
        update={"thresholds": PLAN.thresholds.model_copy(update={"assess_minimum": 10})}
    )

    found = gaps_of(frame, plan)

    for name in ("demographic_parity", "equal_opportunity", "equalized_odds"):
        for form in ("difference", "ratio"):
            gap = found[f"{name}_{form}"]
            theirs = getattr(fairlearn, f"{name}_{form}")(true, said, sensitive_features=group)
            assert gap.value is not None
            assert gap.low is not None
            assert gap.high is not None
            assert gap.value == pytest.approx(theirs, abs=1e-12)
            assert gap.low <= gap.value + 1e-12
            assert gap.value <= gap.high + 1e-12
            assert 0 <= (gap.p_value or 0) <= (gap.p_adjusted or 0) <= 1


def test_two_groups_have_the_ordinary_interval() -> None:
    """Between two groups the interval is Newcombe's, and a ratio's follows from the same shares."""
    gap = gaps_of(TWO)["equal_opportunity_difference"]

    high, low = np.array([60 / 80]), np.array([30 / 70])
    ends = intervals.difference(high, intervals.wilson(high, 80), low, intervals.wilson(low, 70))
    assert (gap.value, gap.highest, gap.lowest) == (60 / 80 - 30 / 70, "a", "b")
    assert (gap.low, gap.high) == (ends[0][0], ends[1][0])
    assert gap.metric is None


def test_more_groups_make_it_wider() -> None:
    """The same two groups among four need a wider interval, as chance has more to choose from."""
    lines = {"a": (60, 20, 20, 100), "b": (30, 20, 40, 110)}
    near_a = dict.fromkeys("cd", (59, 20, 21, 100))

    middle = dict.fromkeys("cd", (48, 20, 30, 100))
    two, four, between = (
        gaps_of(frame_of(table))["equal_opportunity_difference"]
        for table in (lines, lines | near_a, lines | middle)
    )

    assert (two.value, two.highest, two.lowest) == (four.value, four.highest, four.lowest)
    assert (four.low or 0) < (two.low or 0)
    # More groups lie near the highest: by chance alone, the widest pair is wider than the true one.
    assert four.value is not None
    assert four.value < (four.high or 0) < (two.high or 0)
    assert (four.pair_high or 0) > (two.pair_high or 0)
    assert (between.p_value or 0) > (two.p_value or 0)


@pytest.mark.parametrize("form", ["difference", "ratio"])
def test_a_pair_that_stands_out_has_the_ordinary_interval(form: str) -> None:
    """Where it is sure who is highest and who lowest, chance picked neither of them."""
    out = {"a": (900, 0, 100, 0), "b": (100, 0, 900, 0)}
    between = {"c": (480, 0, 520, 0), "d": (520, 0, 480, 0)}

    two, four = (
        gaps_of(frame_of(table))[f"equal_opportunity_{form}"] for table in (out, out | between)
    )

    assert (four.low, four.high) == (two.low, two.high)
    assert four.pair_low != two.pair_low  # that of all pairs


def test_chance_picks_among_those_that_may_be_extremes() -> None:
    """Three groups may be the highest and three the lowest: nine pairs hold at once, not fifteen.

    The near end is that of the largest of three normal numbers minus the smallest of three others,
    for 5 % of audits less those in which the far end misses the truth.
    """
    many = 1_000_000
    table = dict.fromkeys("abc", (7 * many, 0, 3 * many, 0)) | dict.fromkeys(
        "def", (3 * many, 0, 7 * many, 0)
    )
    plan = PLAN.model_copy(update={"gaps": ("equal_opportunity_difference",), "draws": 20_000})

    gap = gaps_of(frame_of(table), plan)["equal_opportunity_difference"]

    def within(wide: float) -> float:
        """How often the largest of three is at most so far above the smallest of the others."""
        step = np.linspace(-8, 8, 4001)
        largest = 3 * stats.norm.pdf(step) * stats.norm.cdf(step) ** 2
        held = stats.norm.sf(step - wide) ** 3  # no other lies further below
        return float(np.trapezoid(largest * held, step))

    error = np.sqrt(2 * 0.7 * 0.3 / (10 * many))
    missed = within(-inversion.LEAST * np.sqrt(2))
    nine = optimize.brentq(lambda z: within(z * np.sqrt(2)) - 0.95 - missed, 1, 5)
    fifteen = stats.studentized_range.ppf(0.95, 6, np.inf) / np.sqrt(2)
    assert gap.value is not None
    assert gap.low is not None
    assert gap.pair_low is not None
    assert (gap.value - gap.low) / error == pytest.approx(nine, abs=0.03)
    assert (gap.value - gap.pair_low) / error == pytest.approx(fifteen, abs=0.03)
    assert nine < fifteen - 0.3


def test_the_wider_of_two_rates() -> None:
    """Equalized odds names the rate that lies widest apart, as difference and as ratio."""
    found = gaps_of(frame_of({"a": (90, 30, 10, 170), "b": (75, 12, 25, 188)}))

    # True positives: 0.90 and 0.75; false positives: 0.15 and 0.06.
    difference, ratio = (found[f"equalized_odds_{form}"] for form in ("difference", "ratio"))
    assert (difference.value, ratio.value) == pytest.approx((0.15, 0.4))
    assert (difference.metric, ratio.metric) == ("true_positive_rate", "false_positive_rate")
    assert difference.detectable != ratio.detectable


def test_difference_and_ratio_share_their_probability() -> None:
    """One test stands behind both, and is counted once in Holm's correction."""
    found = gaps_of(TWO)

    for name in ("demographic_parity", "predictive_parity"):
        difference, ratio = (found[f"{name}_{form}"] for form in ("difference", "ratio"))
        assert difference.p_value == ratio.p_value
        assert difference.p_adjusted == ratio.p_adjusted
    probabilities = {GAPS[name].metrics: gap.p_value or 0 for name, gap in found.items()}
    smallest = min(found.values(), key=lambda gap: gap.p_value or 0)
    assert len(probabilities) == 5
    assert smallest.p_adjusted == pytest.approx(5 * (smallest.p_value or 0))


def test_all_frames_are_corrected_together() -> None:
    """Twice as many tests make the smallest probability twice as large."""
    other = frame_of({"x": (45, 20, 30, 105), "y": (45, 20, 30, 105)}, "h")
    groups = {frame.name: group_results(frame, PLAN) for frame in (TWO, other)}

    both = gap_results([TWO, other], groups, PLAN)["g"]["equal_opportunity_difference"]

    alone = gaps_of(TWO)["equal_opportunity_difference"]
    assert both.p_value == alone.p_value
    assert both.p_adjusted == pytest.approx(2 * (alone.p_adjusted or 0))
    assert (both.low, both.high) == (alone.low, alone.high)


def test_small_groups_are_left_out() -> None:
    """A group that cannot be assessed is not compared; one group alone is no comparison."""
    small = frame_of({"a": (60, 20, 20, 100), "b": (30, 20, 40, 110), "c": (5, 4, 3, 9)})

    found = gaps_of(small)["equal_opportunity_difference"]
    alone = gaps_of(frame_of({"a": (60, 20, 20, 100), "c": (5, 4, 3, 9)}))

    assert found.compared == ("a", "b")
    assert found.status == "uncertain"
    gap = alone["demographic_parity_ratio"]
    assert (gap.status, gap.value, gap.compared) == ("not_assessable", None, ("a",))


@pytest.mark.parametrize(
    ("third", "status"), [((25, 10, 15, 32), "ok"), ((40, 30, 2, 10), "uncertain")]
)
def test_the_two_named_groups_decide_how_sure_a_gap_is(third: tuple[int, ...], status: str) -> None:
    """A small group between two large ones leaves the gap certain; as the highest, it does not."""
    table = {"a": (1200, 200, 300, 403), "b": (100, 60, 150, 138), "c": third}

    gap = gaps_of(frame_of(table))["demographic_parity_difference"]

    assert gap.compared == ("a", "b", "c")
    assert ("c" in (gap.highest, gap.lowest)) == (status == "uncertain")
    assert gap.status == status


def test_equal_groups_are_two_groups() -> None:
    """Where two groups have the same rate, the gap between both is 0, with an interval."""
    gap = gaps_of(frame_of({"a": (20, 20, 20, 20), "b": (20, 20, 20, 20)}))[
        "demographic_parity_difference"
    ]

    assert {gap.highest, gap.lowest} == {"a", "b"}
    assert (gap.value, gap.p_value) == (0, 1)
    assert (gap.low or 0) < 0 < (gap.high or 0)


def test_a_ratio_of_nothing() -> None:
    """Where no group has any, there is no ratio; the difference is 0."""
    found = gaps_of(frame_of({"a": (0, 0, 50, 50), "b": (0, 0, 60, 60)}))

    assert found["demographic_parity_ratio"].status == "not_defined"
    assert found["demographic_parity_difference"].value == 0
    assert found["equalized_odds_ratio"].status == "not_defined"
    assert found["predictive_parity_ratio"].status == "not_assessable"


def test_the_seed_decides() -> None:
    """The same seed gives the same intervals, another seed others; values never change."""
    table = frame_of({key: (50 + place, 20, 30, 100) for place, key in enumerate("abcd")})
    name = "accuracy_difference"

    first, same, other = (
        gaps_of(table, PLAN.model_copy(update={"seed": seed}))[name] for seed in (1, 1, 2)
    )

    assert first == same
    assert first.value == other.value
    assert (first.low, first.high) != (other.low, other.high)


def test_the_other_gaps() -> None:
    """Gaps that are tested only on request follow from the same rates."""
    found = gaps_of(TWO, PLAN.model_copy(update={"gaps": ("false_omission_rate_difference",)}))

    assert tuple(found) == ("false_omission_rate_difference",)
    assert found["false_omission_rate_difference"].value == pytest.approx(40 / 150 - 20 / 120)
    assert "false_omission_rate_difference" not in catalogue.tested_gaps(PLAN)


def test_means() -> None:
    """Means have gaps too: of two groups close to Welch's interval, in the number's own unit."""
    generator = np.random.default_rng(3)
    scores = [*generator.normal(10, 2, 80), *generator.normal(12, 5, 60)]
    frame = frame_from("a" * 80 + "b" * 60, [0] * 140, [0] * 140, None, {"score": scores})
    plan = AuditPlan(
        score="s", threshold=1, attributes=("g",), reason="test", gaps=("mean_score_difference",)
    )

    gap = gaps_of(frame, plan)["mean_score_difference"]

    one, other = np.array(scores[:80]), np.array(scores[80:])
    theirs = stats.ttest_ind(other, one, equal_var=False)
    ends = theirs.confidence_interval()
    assert gap.value == pytest.approx(other.mean() - one.mean())
    assert (gap.low, gap.high) == pytest.approx((ends.low, ends.high), abs=0.01)
    assert gap.p_value == pytest.approx(theirs.pvalue)


def test_the_named_pair_has_ends_of_its_own() -> None:
    """Two large groups differ surely, a tiny one lies highest: its own ends allow no difference."""
    plan = PLAN.model_copy(update={"gaps": ("demographic_parity_difference",), "draws": 2000})
    frame = frame_of(
        {"a": (5000, 5000, 5000, 5000), "b": (4700, 4700, 5300, 5300), "tiny": (11, 9, 7, 8)}
    )

    gap = gaps_of(frame, plan)["demographic_parity_difference"]

    assert (gap.highest, gap.lowest) == ("tiny", "b")
    assert gap.p_adjusted is not None
    assert gap.p_adjusted < 1e-6
    assert gap.low is not None
    assert gap.low > 0  # that of a and b
    assert gap.pair_low is not None
    assert gap.pair_low < 0
