"""Thresholds of groups and of everybody, of all attributes together, tell about nobody alone."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples.frames import histogram_of
from workbench.audit.measures.grid import bin_ends, own_thresholds, thresholds
from workbench.audit.plan import AuditPlan

PLAN = AuditPlan(
    outcome="o", positive="1", score="s", threshold=0.5, attributes=("g", "h"), reason="test"
)
STEPS = 40
# Values of two attributes × steps of the score × outcome.
People = npt.NDArray[np.int64]
Vector = npt.NDArray[np.float64]


def people_of(seed: int) -> People:
    """People of two times two groups; some are far fewer, and most have low or high scores."""
    draw = np.random.default_rng(seed)
    middle = draw.uniform(0.3, 0.7)
    steps = (np.arange(STEPS) + 0.5) / STEPS
    likely = np.exp(-((steps - middle) ** 2) / 0.2)
    people = np.zeros((2, 2, STEPS, 2), dtype=np.int64)
    for place in np.ndindex(2, 2):
        size = draw.uniform(2, 60) * likely[:, None]
        people[place] = draw.poisson(size * np.stack([steps, 1 - steps], axis=1))
    return people


def grids(people: People, *, alone: bool = False) -> list[tuple[list[int], list[list[int]]]]:
    """The thresholds in common and of each group, of both attributes; or chosen each ``alone``."""
    tables = [histogram_of(people.sum(axis=1)), histogram_of(people.sum(axis=0))]
    common: list[list[int]] = []
    for table in tables:
        taken = [float(table.edges[place]) for places in common for place in places]
        common.append(thresholds(table, [0, 1], PLAN, taken))
    found = []
    for table, places, others in zip(tables, common, common[::-1], strict=True):
        taken = [] if alone else [float(table.edges[place]) for place in others]
        own = own_thresholds(table, [0, 1], PLAN, places, taken) if places else [[], []]
        found.append((places, own))
    return found


def span(attribute: int, row: int, start: int, end: int) -> Vector:
    """The people of a group with a score in these steps."""
    found = np.zeros((2, 2, STEPS))
    found.swapaxes(0, attribute)[row, :, start:end] = 1
    return found.ravel()


def said(
    found: Sequence[tuple[list[int], list[list[int]]]], ends: Sequence[int]
) -> Iterator[Vector]:
    """All that a reader knows, at most, of one outcome; score bins and the cut among it."""
    for attribute, (common, own) in enumerate(found):
        for row in range(2):
            for place in {*ends, *common, *own[row]}:
                yield span(attribute, row, place, STEPS)


def learned(people: People, found: Sequence[tuple[list[int], list[list[int]]]]) -> list[str]:
    """The ranges of scores with few people of a group that follow, but for bins and the cut."""
    ends = [*bin_ends(histogram_of(people.sum(axis=1))), STEPS // 2]
    known = np.array(list(said(found, ends)))
    _, sizes, space = np.linalg.svd(known)
    free = space[(sizes > 1e-8 * sizes.max()).sum() :]
    told = []
    for attribute, row in np.ndindex(2, 2):
        group = people.sum(axis=1 - attribute)[row]
        for start, end in combinations(range(STEPS + 1), 2):
            few = group[start:end].sum(axis=0).min() < 10
            follows = np.abs(free @ span(attribute, row, start, end)).max() < 1e-7
            if few and follows and not {start, end} <= set(ends):
                told.append(f"{'gh'[attribute]}{row}: {start} to {end}")
    return told


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100_000))
def test_nothing_follows_about_few(seed: int) -> None:
    """For any scores: even if all counts at all thresholds are known, of no range with few."""
    people = people_of(seed)

    assert learned(people, grids(people)) == []


def test_groups_thresholds_chosen_for_each_attribute_alone_would_tell() -> None:
    """The twin: everybody at another attribute's threshold, less one group, is the other group."""
    assert any(learned(people, grids(people, alone=True)) for people in map(people_of, range(20)))


def test_groups_have_thresholds_of_their_own() -> None:
    """The larger group has more between those in common, but none is one of both groups."""
    people = np.full((2, 100, 2), 30)
    people[0] = 3
    table = histogram_of(people)
    common = thresholds(table, [0, 1], PLAN, [])

    small, large = own_thresholds(table, [0, 1], PLAN, common, [])

    assert common
    assert small == []
    assert len(large) > len(common)
    assert set(large).isdisjoint({*common, *bin_ends(table)})


@pytest.mark.parametrize("top_k", [None, 100])
def test_neither_everybody_nor_one_person_is_a_threshold(top_k: int | None) -> None:
    """The lowest edge is none, nor the score of the last one chosen; a stated threshold is one."""
    table = histogram_of(np.full((2, 100, 2), 30))
    table = type(table)(table.edges, table.people, table.weights, table.totals, cut=0.55)
    cut = {"threshold": 0.55} if top_k is None else {"threshold": None, "top_k": top_k}

    found = thresholds(table, [0, 1], PLAN.model_copy(update=cut), [])

    assert 0 not in found
    assert (55 in found) is (top_k is None)
    assert {54, 56} <= set(found)
