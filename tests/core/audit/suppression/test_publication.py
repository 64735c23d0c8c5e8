"""The thresholds that are published give no hidden score bin back."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tests.examples.frames import PLAN, frame_of, histogram_of, result_of
from workbench.audit.parts import Guard, Policy, Tradeoff
from workbench.audit.plan import AuditPlan, Thresholds
from workbench.audit.results import AuditResult, published
from workbench.audit.suppression import hiding
from workbench.audit.suppression.smallness import SIZE, TIERS, Numbers


def thresholds_of(tradeoff: Tradeoff) -> set[float]:
    policies = [*tradeoff.common, *tradeoff.by_group]
    return {score for policy in policies for score in policy.thresholds.values()}


def scored(seed: int, size: int) -> AuditResult:
    """Two groups with scores in hundredths that tell rightly how likely an outcome is."""
    generator = np.random.default_rng(seed)
    steps = np.minimum(generator.beta(1.5, 1.5, size) * 100, 99).astype(int)
    groups = generator.integers(0, 2, size)
    missed = (generator.random(size) > steps / 100).astype(int)
    people = np.zeros((2, 100, 2), dtype=np.int64)
    np.add.at(people, (groups, steps, missed), 1)
    low, high = people[:, :50].sum(axis=1), people[:, 50:].sum(axis=1)
    table = {key: (*high[row], *low[row]) for row, key in enumerate("ab")}
    frame = replace(frame_of(table), scores=histogram_of(people))
    return result_of([frame], PLAN.model_copy(update={"draws": 100}))


def recovered(shown: AuditResult) -> list[tuple[str, int]]:
    """The hidden bins between two scores up to which the people of the group are known."""
    found = []
    for value, bins in shown.calibration["g"].items():
        known = {round(100 * score) for score in thresholds_of(shown.tradeoffs["g"])} | {0, 100}
        spans = [(round(100 * one.start), round(100 * one.end)) for one in bins]
        hidden = [one.share.status == "suppressed" for one in bins]
        for way in (1, -1):
            for (start, end), gone in list(zip(spans, hidden, strict=True))[::way]:
                if not gone and known & {start, end}:
                    known |= {start, end}
        found += [
            (value, place)
            for place, (start, end) in enumerate(spans)
            if hidden[place] and {start, end} <= known
        ]
    return found


def test_no_bin_follows_from_the_thresholds() -> None:
    """Even if every count at every threshold is known, no hidden bin follows."""
    told = 0
    for seed in range(12):
        for size in (240, 1000, 4000):
            shown = published(scored(seed, size))
            if "g" in shown.tradeoffs:
                told += len(shown.tradeoffs["g"].common)
                assert recovered(shown) == []

    assert told > 0


def test_all_thresholds_give_bins_away() -> None:
    """The twin: with all thresholds of the audit shown, hidden bins do follow."""
    result = scored(0, 1000)
    shown = published(result).model_copy(update={"tradeoffs": result.tradeoffs})

    assert recovered(shown)


def test_a_tradeoff_beside_hidden_metrics_is_hidden() -> None:
    """A group of which one number is hidden, or one left out beside other tradeoffs, hides it."""
    even = (300, 300, 300, 300)
    shown, hidden, partial = (
        result_of([frame_of({"a": line, "b": even, "c": even})], PLAN)
        for line in (even, (40, 30, 2, 20), (30, 30, 5, 5 + 90))
    )
    assert set(told(shown, "g")) == {"g"}
    assert set(told(hidden, "g")) == set()

    strict = PLAN.model_copy(update={"thresholds": Thresholds(assess_minimum=400)})
    assert set(told(shown, "g", plan=strict)) == {"g"}
    assert set(told(partial, "g", "h", plan=strict)) == set()
    assert set(told(shown, "g", "h")) == {"g", "h"}


def told(result: AuditResult, *tables: str, plan: AuditPlan = PLAN) -> Mapping[str, Tradeoff]:
    """The tradeoffs shown of a result whose groups stand in these tables, each with a tradeoff."""
    common = tuple(
        Policy(notion="accuracy", thresholds={"": score}, accuracy=0.5, gaps={})
        for score in (0.3, 0.5, 0.7)
    )
    tradeoff = Tradeoff(common=common, by_group=common[:1], tolerance=0.01)
    groups = dict.fromkeys(tables, result.groups["g"])
    numbers = Numbers(plan, result.overall, groups, {}, dict.fromkeys(tables, tradeoff))
    return hiding.found(numbers, (), Guard()).tradeoffs


def alone(shown: AuditResult) -> list[tuple[str, int]]:
    """Hidden bins with no hidden one beside them on their side of the threshold 0.5."""
    found = []
    for value, bins in shown.calibration["g"].items():
        hidden = [
            place
            for place, one in enumerate(bins)
            if one.share.status == "suppressed" and one.share.of != 0
        ]
        for side in (range(5), range(5, 10)):
            there = [place for place in hidden if place in side]
            found += [(value, place) for place in there if len(there) == 1]
    return found


def by_score(made: AuditResult, **changes: object) -> AuditResult:
    """The same check where the score decides."""
    plan = PLAN.model_copy(update={"prediction": "", "score": "points", "draws": 100, **changes})
    origin = made.provenance.model_copy(update={"plan": plan})
    return made.model_copy(update={"provenance": origin})


def test_no_bin_follows_from_the_rates() -> None:
    """Rates say how many lie above the threshold: a hidden bin is never alone on its side.

    The same holds where as many of the highest scores are chosen. The twin is the same table where
    the score does not decide.
    """
    lonely = 0
    for seed in range(12):
        made = scored(seed, 3000)
        selected = made.overall.metrics["selection_rate"]
        chosen = round((selected.value or 0) * (selected.of or 0))
        for decided in ({"threshold": 0.5}, {"top_k": chosen}):
            assert alone(published(by_score(made, **decided))) == []
        lonely += len(alone(published(made)))
    assert lonely > 0


def test_no_mean_score_beside_hidden_bins() -> None:
    """Where score bins of shown groups are hidden, their sum of scores must not be known either.

    The twin: bins of a group that is hidden as a whole tell nothing of the others.
    """
    tiers = dict.fromkeys((SIZE, *TIERS), frozenset({("g", "tiny")}))
    beside = hiding.Hidden(tiers, frozenset({("g", "a", 3)}), {})
    alone = hiding.Hidden(tiers, frozenset({("g", "tiny", 3)}), {})
    keys = (("g", "b"), ("g & h", "b & k"), ("h", "k"))
    assert [beside.metric(key, "mean_score") for key in keys] == [True, True, False]
    assert [alone.metric(key, "mean_score") for key in keys] == [False, False, False]
    assert not beside.metric(keys[0], "accuracy")
