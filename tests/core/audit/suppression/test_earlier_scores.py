"""Scores that were published before, under another threshold or of fewer people, stay safe."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.examples.frames import PLAN, frame_of, histogram_of, result_of
from workbench.audit.results import AuditResult, Guard, is_too_near, published

STEPS = 40
# Groups × steps of the score × outcome (favourable, not).
People = npt.NDArray[np.int64]
Vector = npt.NDArray[np.float64]


def people_of(seed: int) -> People:
    """Two groups with scores in steps; in some places there are few people."""
    draw = np.random.default_rng(seed)
    people = np.zeros((2, STEPS, 2), dtype=np.int64)
    for group in range(2):
        size = int(draw.integers(150, 1500))
        steps = np.minimum(
            draw.beta(draw.uniform(0.6, 2.5), draw.uniform(0.6, 2.5), size) * STEPS, STEPS - 1
        )
        missed = draw.random(size) > (steps + 0.5) / STEPS
        places = np.full(size, group), steps.astype(int), missed.astype(int)
        np.add.at(people, places, 1)
    return people


def audit_of(people: People, cut: int) -> AuditResult:
    """The audit of these people under a threshold of so many steps."""
    high, low = people[:, cut:].sum(axis=1), people[:, :cut].sum(axis=1)
    table = {key: (*high[row], *low[row]) for row, key in enumerate("ab")}
    frame = replace(frame_of(table), scores=histogram_of(people))
    plan = PLAN.model_copy(update={"threshold": cut / STEPS, "draws": 100})
    made = result_of([frame], plan)
    plan = plan.model_copy(update={"prediction": "", "score": "points"})
    return made.model_copy(update={"provenance": made.provenance.model_copy(update={"plan": plan})})


def span(group: int, start: float, end: float, outcomes: Sequence[int] = (0, 1)) -> Vector:
    """The people of a group with a score from ``start`` to under ``end``."""
    found = np.zeros((2, STEPS, 2))
    found[group, round(start * STEPS) : round(end * STEPS), list(outcomes)] = 1
    return found.ravel()


def said(shown: AuditResult) -> Iterator[Vector]:
    """All sums that a published result tells, at most."""
    for row, value in enumerate("ab"):
        yield from said_of_rates(shown, row, value)
        for one in shown.calibration["g"].get(value, ()):
            if one.share.of is not None:
                yield from (span(row, one.start, one.end, [outcome]) for outcome in (0, 1))
        for tradeoff in shown.tradeoffs.values():
            for policy in (*tradeoff.common, *tradeoff.by_group):
                # A threshold of one group alone tells of no other.
                for score in (policy.thresholds.get(key) for key in ("", value)):
                    if score is not None:
                        yield from (span(row, score, 1, [outcome]) for outcome in (0, 1))


def said_of_rates(shown: AuditResult, row: int, value: str) -> Iterator[Vector]:
    cut, metrics = shown.provenance.plan.threshold or 0.0, shown.groups["g"][value].metrics
    if shown.groups["g"][value].n is not None:
        yield span(row, 0, 1)
    if metrics["selection_rate"].of is not None:
        yield span(row, cut, 1)
    if metrics["accuracy"].of is not None:
        yield span(row, cut, 1, [0]) + span(row, 0, cut, [1])
    if metrics["true_positive_rate"].of is not None:
        yield from (span(row, 0, 1, [0]), span(row, cut, 1, [0]))


def learned(people: People, shown: Sequence[AuditResult]) -> list[str]:
    """The ranges of scores with few people that follow from all these results together.

    But for who is above and who below a threshold: these are the groups' own rates; so are ranges
    that hold the same people because nobody is in the rest.
    """
    cuts = [round((one.provenance.plan.threshold or 0.0) * STEPS) for one in shown]
    sides = {side for cut in cuts for side in ((0, cut), (cut, STEPS))}
    known = np.array([vector for one in shown for vector in said(one)])
    _, sizes, space = np.linalg.svd(known)
    free = space[(sizes > 1e-8 * sizes.max()).sum() :]
    found = []
    for row in range(2):
        for start in range(STEPS):
            for end in range(start + 1, STEPS + 1):
                number = int(people[row, start:end].sum())
                range_ = span(row, start / STEPS, end / STEPS)
                is_few = 0 < number < 10 and not any(
                    first <= start and end <= last and people[row, first:last].sum() == number
                    for first, last in sides
                )
                if is_few and np.allclose(free @ range_, 0, atol=1e-8):
                    found.append(f"{'ab'[row]}: {number} people from {start} to {end}")
    return found


def edition(result: AuditResult, before: Sequence[AuditResult]) -> list[AuditResult]:
    return [] if is_too_near(result, before) else [published(result, before, Guard())]


# The new threshold, or that of the first result, lies few people away from where a bin begins.
@example(100_000, (30, 10))
@example(22_521, (9, 31))
@settings(max_examples=20, deadline=None)
@given(st.integers(0, 100_000), st.sampled_from([(20, 20), (20, 21), (20, 24), (18, 22), (30, 10)]))
def test_two_thresholds_give_no_range_of_few(seed: int, cuts: tuple[int, int]) -> None:
    """For any scores: under one threshold, then another, no range of scores with few follows."""
    people = people_of(seed)
    shown = edition(audit_of(people, cuts[0]), [])

    shown += edition(audit_of(people, cuts[1]), shown)

    assert learned(people, shown) == []


def test_two_thresholds_alone_do() -> None:
    """The twin: each published as if the other were not, they give ranges of few people away."""
    found = []
    for seed in range(4):
        people = people_of(seed)
        shown = [published(audit_of(people, cut)) for cut in (20, 21)]
        found += learned(people, shown)

    assert found


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 100_000), st.sampled_from([0.01, 0.05, 0.3]))
def test_who_came_is_in_no_range_of_few(seed: int, share: float) -> None:
    """For any scores: where people came, no range shown in both tells about few of them."""
    people = people_of(seed)
    fewer = np.random.default_rng(seed).binomial(people, 1 - share)
    shown = edition(audit_of(fewer, 20), [])

    shown += edition(audit_of(people, 20), shown)

    for row, value in enumerate("ab") if len(shown) == 2 else ():
        both = [one.calibration["g"].get(value, ()) for one in shown]
        hidden = 0
        for one, other in zip(*both, strict=False):
            start, end = (round(STEPS * edge) for edge in (one.start, one.end))
            came = int((people - fewer)[row, start:end].sum())
            if one.share.of is None or other.share.of is None:
                hidden += came
            else:
                assert came == 0 or came >= 10
        assert not hidden or hidden >= 10 or shown[1].groups["g"][value].n is None
    assert not any(tradeoff.common for one in shown[1:] for tradeoff in one.tradeoffs.values())
