"""Frames and results made by hand or from rows, without reading any table."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from workbench.audit.measures import gaps, rates, scores
from workbench.audit.measures.frames import Frame, Histogram, Moments
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult, Crosscheck, Guard, Provenance

PLAN = AuditPlan(
    outcome="outcome",
    positive="1",
    prediction="prediction",
    attributes=("g",),
    reason="test",
    draws=200,
)
# By outcome and prediction, 1 favourable: the place in a row of counts.
PLACES = {(1, 1): 0, (0, 1): 1, (1, 0): 2, (0, 0): 3}


def frame_of(table: Mapping[str, Sequence[int]], name: str = "g") -> Frame:
    """One group per line: its tp, fp, fn, tn (and other)."""
    counts = np.array([[*line, 0][:5] for line in table.values()], dtype=np.int64)
    values = counts.astype(float)
    return Frame(name, (name,), tuple((key,) for key in table), counts, values, values)


def everybody_of(frame: Frame) -> Frame:
    """All groups of the frame together."""
    return Frame(
        "",
        (),
        ((),),
        frame.counts.sum(axis=0, keepdims=True),
        frame.weights.sum(axis=0, keepdims=True),
        frame.squares.sum(axis=0, keepdims=True),
        {
            variable: Moments(
                part.total.sum(keepdims=True),
                part.squares.sum(keepdims=True),
                part.heavy and (part.heavy[0].sum(keepdims=True), part.heavy[1].sum(keepdims=True)),
            )
            for variable, part in frame.moments.items()
        },
    )


def frame_from(
    groups: Sequence[str],
    outcome: Sequence[int],
    prediction: Sequence[int],
    weights: Sequence[float] | None = None,
    numbers: Mapping[str, Sequence[float]] | None = None,
) -> Frame:
    """The frame of rows, one person each, added up person by person."""
    keys = sorted(set(groups))
    counts, weighted, squares = np.zeros((3, len(keys), 5))
    people = [1.0] * len(groups) if weights is None else list(weights)
    for row, group in enumerate(groups):
        place = keys.index(group), PLACES[outcome[row], prediction[row]]
        counts[place] += 1
        weighted[place] += people[row]
        squares[place] += people[row] ** 2
    member = np.array([[group == key for group in groups] for key in keys], dtype=float)
    moments = {
        variable: moments_of(
            member, np.array(values), None if weights is None else np.array(people)
        )
        for variable, values in (numbers or {}).items()
    }
    named = tuple((key,) for key in keys)
    return Frame("g", ("g",), named, counts.astype(np.int64), weighted, squares, moments)


def moments_of(
    member: npt.NDArray[np.float64],
    values: npt.NDArray[np.float64],
    weights: npt.NDArray[np.float64] | None = None,
) -> Moments:
    """The sums of one number; ``member`` is 1 where a person (column) is in a group (row)."""
    both = [values, values**2]
    if weights is None:
        return Moments(member @ both[0], member @ both[1])
    light, heavy = ([member @ (weights**power * each) for each in both] for power in (1, 2))
    return Moments(light[0], light[1], (heavy[0], heavy[1]))


def sampled(
    generator: np.random.Generator,
    numbers: npt.NDArray[np.float64],
    worth: npt.NDArray[np.float64],
    rows: int,
) -> list[npt.NDArray[np.float64]]:
    """Of each row of people, so many: the more rarely, the more a person stands for.

    Gives the numbers of the drawn and what they stand for.
    """
    missed = generator.random(numbers.shape) * worth > 1
    first = np.argsort(missed, axis=-1, kind="stable")[..., :rows]
    assert not np.take_along_axis(missed, first, axis=-1).any()
    return [np.take_along_axis(each, first, axis=-1) for each in (numbers, worth)]


def frame_of_means(
    numbers: npt.NDArray[np.float64], weights: npt.NDArray[np.float64], variable: str = "error"
) -> Frame:
    """One group per row of numbers, each of one person with a weight."""
    tables = np.zeros((3, len(numbers), 5))
    tables[:, :, 3] = [(weights**power).sum(axis=1) for power in (0, 1, 2)]
    light, heavy = (
        [(weights**by * numbers**power).sum(axis=1) for power in (1, 2)] for by in (1, 2)
    )
    groups = tuple((str(place),) for place in range(len(numbers)))
    moments = {variable: Moments(light[0], light[1], (heavy[0], heavy[1]))}
    counts = tables[0].astype(np.int64)
    return Frame("g", ("g",), groups, counts, tables[1], tables[2], moments)


def histogram_of(people: npt.NDArray[np.int64], edges: Sequence[float] | None = None) -> Histogram:
    """Scores in bins of equal width; everybody has the score in the middle of the bin."""
    count = people.shape[1]
    ends = np.linspace(0, 1, count + 1) if edges is None else np.array(edges, dtype=float)
    middles = (ends[:-1] + ends[1:]) / 2
    return Histogram(ends, people, people.astype(float), people.sum(axis=2) * middles)


def result_of(
    frames: Sequence[Frame], plan: AuditPlan, data: str = "a" * 64, **parts: object
) -> AuditResult:
    """The numbers of an audit of these frames, of which the first adds up to everybody.

    Its guard lets everything pass: see ``guarding`` for what bounds tell.
    """
    everybody = everybody_of(frames[0])
    groups = {frame.name: rates.group_results(frame, plan) for frame in frames}
    scored = [frame for frame in frames if frame.scores is not None]
    result = AuditResult(
        overall=rates.overall_result(everybody, plan),
        groups=groups,
        gaps=gaps.gap_results(frames, groups, plan),
        comparisons=gaps.comparison_results(frames, everybody, groups, plan),
        calibration={frame.name: scores.calibration(frame, plan) for frame in scored},
        tradeoffs=scores.tradeoffs(scored, plan),
        crosscheck=Crosscheck(library="none", version="0", numbers=0, max_abs_difference=0),
        explanation=None,
        charts={},
        findings=(),
        guard=Guard(),
        provenance=Provenance(
            data_sha256=data,
            data_size=1,
            rows=int(everybody.counts.sum()),
            model_sha256=None,
            model_size=None,
            plan=plan,
            plan_sha256="b" * 64,
            versions={},
        ),
    )
    return result.model_copy(update=parts)
