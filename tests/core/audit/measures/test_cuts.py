"""A threshold or a number of places says who is chosen, exactly, and the bins show it."""

from contextlib import closing

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tests.examples.counting import cells_of, frames_of, plan_of
from workbench.audit.intake.engines import connect
from workbench.audit.measures.cuts import SLACK, Cut, bins_of
from workbench.audit.measures.facts import Range

TOP = {"prediction": "", "score": "points"}


def table(points: list[float]) -> dict[str, list[object]]:
    rows = len(points)
    return {
        "repaid": ["yes", "no"] * rows,
        "sex": ["m", "f"] * rows,
        "points": [*points, *points],
    }


@pytest.mark.parametrize(
    ("points", "top_k", "score", "tied"),
    [
        ([1, 2, 3, 4], 4, 3.0, 0),
        ([1, 2, 3, 4], 8, 1.0, 0),
        ([1, 2, 3, 4], 3, 4.0, 2),
        ([0.5, 0.5, 0.5, 0.9], 4, 0.9, 6),
        ([7, 7], 4, 7.0, 0),
    ],
)
def test_the_highest(points: list[float], top_k: int, score: float, tied: int) -> None:
    """People tied at the border are all chosen if they fit, else none of them."""
    cells = cells_of(table(points), plan_of(**TOP, top_k=top_k))

    assert cells.cut == Cut(score, tied)


@settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    points=st.lists(st.one_of(st.integers(-3, 3), st.floats(-1e9, 1e9)), min_size=2, max_size=30),
    part=st.floats(0, 1),
)
def test_as_many_as_fit(points: list[float], part: float) -> None:
    """Never more than asked for; all others who have as high a score are chosen, too."""
    points = [float(x) for x in points] + [2e9]
    ordered = sorted(points * 2, reverse=True)
    top_k = max(2, int(part * len(ordered)))

    cells = cells_of(table(points), plan_of(**TOP, top_k=top_k))

    assert cells.cut is not None
    chosen = [x for x in ordered if x >= cells.cut.score]
    assert len(chosen) <= top_k
    assert len(chosen) + cells.cut.tied >= top_k
    assert cells.people[np.isin(cells.judged, (0, 1))].sum() == len(chosen)


@pytest.mark.parametrize(
    ("low", "high", "cut", "count", "ends"),
    [
        (0.2, 0.7, None, 101, (0.0, 1.0)),
        (0.2, 0.7, 0.5, 101, (0.0, 1.0)),
        (0.2, 0.7, 0.505, 102, (0.0, 1.0)),
        (0.2, 0.7, 0.7, 101, (0.0, 1.0)),
        (-5, 5, 0.0, 101, (-5, 5)),
        (-5, 5, 6, 102, (-5, 6)),
        (-5, 5, 5, 102, (-5, np.nextafter(5, 6))),
        (3, 3, 3, 2, (3, np.nextafter(3, 4))),
        (3, 3, None, 2, (3, np.nextafter(3, 4))),
        (1e9, 1e9 + 0.5, None, 2, (1e9, 1e9 + 0.5)),
        (0, 1, 1, 102, (0, np.nextafter(1, 2))),
    ],
)
def test_edges(
    low: float, high: float, cut: float | None, count: int, ends: tuple[float, float]
) -> None:
    """Probabilities in hundredths, other scores in 100 equal parts, the cut always an edge."""
    edges = bins_of(Range(low, high), None if cut is None else Cut(cut)).edges

    assert (len(edges), edges[0], edges[-1]) == (count, *ends)
    assert bool(np.all(np.diff(edges) > 0))
    assert cut is None or cut in edges


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.505, 1.0])
def test_bins_tell_who_is_chosen(threshold: float) -> None:
    """People in bins from the cut on are those whom the confusion table calls chosen."""
    points = [0.0, 0.29, 0.3, 0.505, 0.5, 0.99, 1.0]

    *_, frame = frames_of(table(points), plan_of(**TOP, threshold=threshold))

    scores = frame.scores
    assert scores is not None
    above = scores.edges[:-1] >= threshold
    assert (
        scores.people[0, above].sum()
        == frame.counts[0, :2].sum()
        == 2 * sum(x >= threshold for x in points)
    )


SCORES = st.one_of(
    st.floats(-1e3, 1e3), st.integers(0, 100).map(lambda n: n / 100), st.floats(0, 1)
)


@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(points=st.lists(SCORES, min_size=1, max_size=60), cut=st.one_of(st.none(), SCORES))
@example(points=[-259.99392385429223], cut=None)
@example(points=[7.5, 7.5], cut=7.5)
@example(points=[7.5], cut=3.0)
@example(points=[7.5, 2.5], cut=9.0)
@example(points=[0.1, 0.9], cut=0.9)
@example(points=[0.1, 0.905], cut=0.905)
@example(points=[0.1, 0.9], cut=1.0)
@example(points=[-1e-310, 0.0], cut=None)
def test_places_follow_the_edges(points: list[float], cut: float | None) -> None:
    """Each score stands in the bin whose edges enclose it, the last one in the last bin.

    Only one that is hardly below an edge may count as at it, and never one below the cut.
    """
    bins = bins_of(Range(min(points), max(points)), None if cut is None else Cut(cut))
    with closing(connect()) as engine:
        table = engine.memory(pa.table({"x": pa.array(points, pa.float64())}))
        found = engine.answer(table.select(place=bins.place(table.x, engine)))

    places, reaches = bins.read(np.asarray(found["place"]))
    assert reaches.tolist() == [cut is not None and x >= cut for x in points]
    edges, last = bins.edges, len(bins.edges) - 2
    hardly = 2 * SLACK * max(abs(bins.low), abs(bins.high))
    for place, score in zip(places.tolist(), points, strict=True):
        higher = score + hardly
        if cut is not None and score < cut <= higher:
            higher = score
        least, most = (np.searchsorted(edges, x, side="right") - 1 for x in (score, higher))
        assert min(least, last) <= place <= min(most, last)


@pytest.mark.parametrize("ends", [(0.0, 1.0), (-3.0, 7.0), (1e9, 1e9 + 250), (-0.001, 0.0)])
def test_a_score_at_an_edge_is_above_it(ends: tuple[float, float]) -> None:
    """Of every edge, the score itself belongs to the bin that begins there, its neighbours to
    that bin and the one below; without a nudge, rounding would put some edges below themselves.
    """
    low, high = ends
    bins = bins_of(Range(low, high), None)
    edges = bins.edges[1:-1]
    hardly = 4 * SLACK * max(abs(low), abs(high))
    scores = np.concatenate([edges, np.nextafter(edges, np.inf), edges - hardly])
    with closing(connect()) as engine:
        table = engine.memory(pa.table({"x": scores}))
        found = engine.answer(table.select(place=bins.place(table.x, engine)))

    places, _ = bins.read(np.asarray(found["place"]))
    assert places.tolist() == [*range(1, 100), *range(1, 100), *range(99)]
    products = np.floor((edges - bins.low) * (100 / (bins.high - bins.low)))
    assert low == 1e9 or (products < np.arange(1, 100)).any()
