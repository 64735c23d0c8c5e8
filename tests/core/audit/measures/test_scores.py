"""Calibration and trade-off follow from the scores' histogram."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples.frames import frame_of, histogram_of
from workbench.audit.measures.frames import Frame
from workbench.audit.measures.intervals import wilson
from workbench.audit.measures.scores import calibration, tradeoffs
from workbench.audit.parts import Tradeoff
from workbench.audit.plan import AuditPlan

PLAN = AuditPlan(
    outcome="o", positive="1", score="s", threshold=0.5, attributes=("g",), reason="test"
)


def scored(people: np.ndarray, edges: list[float] | None = None) -> Frame:
    """Groups a, b, … with these people per bin; favourable is what lies in the upper half."""
    half = people.shape[1] // 2
    table = {
        key: (*some[half:].sum(axis=0), *some[:half].sum(axis=0))
        for key, some in zip("abcdef", people, strict=False)
    }
    return replace(frame_of(table), scores=histogram_of(people, edges))


def tradeoff(frame: Frame, plan: AuditPlan) -> Tradeoff:
    """What fairness costs by one attribute alone."""
    return tradeoffs([frame], plan)[frame.name]


def test_ten_bins_of_equal_width() -> None:
    """A hundred narrow bins become ten, each with its mean score and its share."""
    people = np.random.default_rng(1).integers(0, 9, (2, 100, 2))

    bins = calibration(scored(people), PLAN)["b"]

    assert [(round(one.start, 9), round(one.end, 9)) for one in bins] == [
        (place / 10, (place + 1) / 10) for place in range(10)
    ]
    third = people[1, 20:30]
    middles = np.arange(20, 30) / 100 + 0.005
    assert bins[2].share.of == third.sum()
    assert bins[2].share.value == third[:, 0].sum() / third.sum()
    assert bins[2].mean_score == pytest.approx(np.average(middles, weights=third.sum(axis=1)))
    low, high = wilson(third[:, 0].sum() / third.sum(), third.sum())
    assert (bins[2].share.low, bins[2].share.high) == pytest.approx((float(low), float(high)))


def test_deciles_where_scores_are_no_shares() -> None:
    """Scores from 0 to 100 are cut where a tenth of all people lies between."""
    people = np.ones((2, 50, 2), dtype=np.int64)
    people[:, :10] = 5

    bins = calibration(scored(people, list(np.linspace(0, 100, 51))), PLAN)

    assert bins["a"][0].start == 0
    assert bins["a"][-1].end == 100
    sizes = [one.share.of or 0 for one in bins["a"]]
    assert sum(sizes) == people[0].sum()
    assert max(sizes) - min(sizes) <= 10
    assert [one.start for one in bins["a"]] == [one.start for one in bins["b"]]


def test_an_empty_bin() -> None:
    """A bin without people has edges, but neither mean nor share."""
    people = np.full((2, 10, 2), 5)
    people[0, 3] = 0

    bins = calibration(scored(people), PLAN)

    assert (bins["a"][3].mean_score, bins["a"][3].share.status) == (None, "not_defined")
    assert bins["b"][3].share.status == "not_assessable"


def test_weights_count_for_less() -> None:
    """A bin's share rests on as many people as the group's weights are worth."""
    frame = scored(np.full((2, 10, 2), 50))
    weighted = replace(frame, squares=frame.squares * 1.25)

    share = calibration(weighted, PLAN.model_copy(update={"weight": "w"}))["a"][0].share

    assert (share.of, share.effective) == (100, 80)


def test_the_common_threshold() -> None:
    """Accuracy and gaps of a threshold are those of the decisions that it makes."""
    people = np.random.default_rng(5).integers(20, 60, (2, 10, 2))

    found = tradeoff(scored(people), PLAN)

    assert [policy.thresholds[""] for policy in found.common] == pytest.approx(
        list(np.arange(1, 10) / 10)
    )
    policy = found.common[4]
    hits, passed = people[:, 5:].sum(axis=1).T
    good, bad = people.sum(axis=1).T
    assert policy.accuracy == pytest.approx((hits + bad - passed).sum() / people.sum())
    expected = {
        "demographic_parity_difference": np.ptp((hits + passed) / (good + bad)),
        "equal_opportunity_difference": np.ptp(hits / good),
        "equalized_odds_difference": max(np.ptp(hits / good), np.ptp(passed / bad)),
        "predictive_parity_difference": np.ptp(hits / (hits + passed)),
        "accuracy_difference": np.ptp((hits + bad - passed) / (good + bad)),
    }
    assert policy.gaps == pytest.approx(expected)


def test_what_fairness_costs() -> None:
    """The best common threshold comes first; each notion keeps its gap within the tolerance."""
    people = np.random.default_rng(6).integers(5, 60, (3, 100, 2))

    found = tradeoff(scored(people), PLAN)

    anchor, *notions = found.by_group
    assert anchor.notion == "accuracy"
    assert anchor.accuracy == max(policy.accuracy for policy in found.common)
    for policy in notions:
        assert set(policy.thresholds) == {"a", "b", "c"}
        assert (policy.gaps[policy.notion] or 0) <= 0.01 + 1e-12
    assert "equalized_odds_difference" in {policy.notion for policy in notions}


def test_only_groups_that_can_be_assessed() -> None:
    """Too small a group has no threshold; with one group left there is nothing to trade."""
    people = np.full((3, 10, 2), 20)
    people[2] = 2

    assert set(tradeoff(scored(people), PLAN).by_group[1].thresholds) == {"a", "b"}
    assert tradeoff(scored(people[1:]), PLAN).common == ()


def test_neighbouring_thresholds_have_people_between() -> None:
    """Thresholds with fewer than ten of an outcome between them are not both shown."""
    people = np.full((2, 100, 2), 3)

    common = tradeoff(scored(people), PLAN).common

    cuts = [round(100 * policy.thresholds[""]) for policy in common]
    assert 50 in cuts
    assert min(np.diff(cuts)) == 4
    assert cuts[-1] == 94


def fewest(people: np.ndarray, places: list[int]) -> int:
    """The fewest people of one outcome and group between two of these places, or the ends."""
    every = sorted({0, *places, people.shape[1]})
    return int(np.add.reduceat(people, every[:-1], axis=1).min())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 40), st.sampled_from([None, 0.25, 0.5, 0.99]))
def test_every_step_is_about_enough_people(seed: int, most: int, own: float | None) -> None:
    """For any scores: ten people of each outcome between thresholds, bins' ends and the own cut."""
    people = np.random.default_rng(seed).integers(0, most, (3, 100, 2))
    plan = PLAN.model_copy(update={"threshold": own})

    found = tradeoff(scored(people), plan)

    common = [round(100 * policy.thresholds[""]) for policy in found.common]
    assert len(common) == 0 or 3 <= len(common) <= 101
    if common:
        assert fewest(people, common) >= 10
    for row, key in enumerate("abc"):
        of_group = {
            round(100 * policy.thresholds[key])
            for policy in found.by_group
            if key in policy.thresholds
        }
        assert not common or fewest(people[[row]], [*common, *of_group]) >= 10
        for place in of_group - set(common):
            ends = [place // 10 * 10, place, place // 10 * 10 + 10]
            assert np.add.reduceat(people[row], ends[:2], axis=0)[0].min() >= 10
            assert people[row, place : ends[2]].sum(axis=0).min() >= 10
    for cut in range(10, 101, 10):
        # The own cut is known from the groups' rates, so wherever it lies.
        inside = [place for place in common if cut - 10 < place < cut and place != 100 * (own or 0)]
        for place in inside:
            assert people[:, cut - 10 : place].sum(axis=1).min() >= 10
            assert people[:, place:cut].sum(axis=1).min() >= 10
    places = [place for place in common if own is not None and place != round(100 * own)]
    for place in places:
        low, high = sorted((place, round(100 * (own or 0))))
        assert people[:, low:high].sum(axis=1).min() >= 10


def test_even_steps_would_be_about_too_few() -> None:
    """The twin: among all thresholds, steps with fewer people are found."""
    people = np.full((2, 100, 2), 30)
    people[1, 45, 0] = 9

    assert fewest(people, list(range(100))) == 9
    assert fewest(people, [place for place in range(100) if place != 45]) == 30
    common = [
        round(100 * policy.thresholds[""]) for policy in tradeoff(scored(people), PLAN).common
    ]
    assert 44 in common
    assert 45 not in common
    assert 46 in common


def test_at_most_a_hundred_and_one_thresholds() -> None:
    """Of very many thresholds, even steps from the own one are shown."""
    plan = PLAN.model_copy(update={"threshold": 0.5})
    common = tradeoff(scored(np.full((2, 1000, 2), 30)), plan).common

    assert len(common) == 99
    assert 0.5 in [policy.thresholds[""] for policy in common]


def test_thresholds_avoid_the_ends_of_score_bins() -> None:
    """Where whole bins would add up there is no threshold, but for the own one.

    The twin: scores that are counted no finer than the bins leave no other place.
    """
    fine, coarse = np.full((2, 100, 2), 30), np.full((2, 10, 2), 30)
    plan = PLAN.model_copy(update={"threshold": 0.5})

    def at_ends(people: np.ndarray) -> list[float]:
        found = tradeoff(scored(people), plan).common
        cuts = [round(100 * policy.thresholds[""]) for policy in found]
        return [cut / 100 for cut in cuts if cut % 10 == 0]

    assert at_ends(fine) == [0.5]
    assert len(at_ends(coarse)) == 9


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 12))
def test_thresholds_of_two_attributes_have_people_between(seed: int, most: int) -> None:
    """For any scores: everybody's counts at thresholds of different attributes differ clearly.

    The same people stand in both attributes; each threshold of one is one of the other, or ten
    people of either outcome lie between both.
    """
    people = np.random.default_rng(seed).integers(0, most, (4, 100, 2))
    first = scored(people)
    second = replace(scored(people.reshape(2, 2, 100, 2).sum(axis=1)), name="h")

    found = tradeoffs([first, second], PLAN)

    cuts = [{round(100 * policy.thresholds[""]) for policy in found[name].common} for name in "gh"]
    for one in cuts[0]:
        for other in cuts[1] - {one}:
            low, high = sorted((one, other))
            between = people[:, low:high].sum(axis=(0, 1))
            assert between.min() >= 10 or between.max() == 0


def test_each_attribute_alone_would_come_too_near() -> None:
    """The twin: thresholds chosen for each attribute alone lie too near each other."""
    people = np.full((4, 100, 2), 2)
    cuts = [
        {round(100 * policy.thresholds[""]) for policy in tradeoff(scored(table), PLAN).common}
        for table in (people, people.reshape(2, 2, 100, 2).sum(axis=1))
    ]
    between = [
        people[:, min(one, other) : max(one, other)].sum(axis=(0, 1)).min()
        for one in cuts[0]
        for other in cuts[1] - {one}
    ]

    assert min(between) < 10


def test_without_scores_or_outcome() -> None:
    """Without scores or without an outcome there is nothing to say."""
    frame = scored(np.full((2, 10, 2), 50))
    without = PLAN.model_copy(update={"outcome": ""})

    assert calibration(frame, without) == {}
    assert calibration(replace(frame, scores=None), PLAN) == {}
    assert tradeoff(frame, without).by_group == ()
    assert tradeoff(replace(frame, scores=None), PLAN).common == ()
