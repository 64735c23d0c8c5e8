"""In 2,000 simulated audits of the same rows, intervals of changes hold the truth as they say."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pytest

from tests.examples.frames import PLAN, frame_of, result_of
from workbench.audit.comparison import compared
from workbench.audit.measures import pairs
from workbench.audit.measures.gaps import gap_results
from workbench.audit.measures.rates import group_results

AUDITS = 2_000
# How often outcome 1 occurs, then how often 1 is predicted for outcome 1 and 0, before and after.
APART = ((0.4, 0.75, 0.25, 0.85, 0.2), (0.4, 0.5, 0.1, 0.7, 0.1))
TURNED = ((0.4, 0.6, 0.2, 0.75, 0.2), (0.4, 0.75, 0.2, 0.6, 0.2))


def chances(outcome: float, *predicted: float, alike: float) -> npt.NDArray[np.float64]:
    """How often a person stands where before and after; ``alike``: how closely models agree."""
    table = np.zeros((5, 5))
    sides = ((0, 2, outcome, predicted[0::2]), (1, 3, 1 - outcome, predicted[1::2]))
    for hit, miss, share, (one, other) in sides:
        both = alike * min(one, other) + (1 - alike) * one * other
        parts = [[both, one - both], [other - both, 1 - one - other + both]]
        table[np.ix_((hit, miss), (hit, miss))] = share * np.array(parts)
    return table


@pytest.mark.parametrize("alike", [0.0, 0.8])
@pytest.mark.parametrize("rates", [APART, TURNED])
def test_2000_simulated_audits(rates: tuple[tuple[float, ...], ...], alike: float) -> None:
    """The intervals of changes in the same rows contain the true change in 93 to 97 %."""
    names = ("equal_opportunity_difference", "equal_opportunity_ratio")
    plan = PLAN.model_copy(update={"gaps": names})
    draw, hits = np.random.default_rng(7), dict.fromkeys(names, 0)
    old, new = (np.array(rates)[:, place] for place in (1, 3))
    true = dict(zip(names, (np.ptp(new) - np.ptp(old), ratio(new) - ratio(old)), strict=True))
    template = result_of([frame_of({"a": (300, 200, 200, 400), "b": (300, 200, 200, 400)})], plan)
    for _ in range(AUDITS):
        drawn = {
            key: draw.multinomial(900, chances(*row, alike=alike).ravel()).reshape(5, 5)
            for key, row in zip("ab", rates, strict=True)
        }
        gaps = []
        for axis in (1, 0):
            frame = frame_of({key: table.sum(axis=axis) for key, table in drawn.items()})
            groups = {"g": group_results(frame, plan)}
            gaps.append(gap_results([frame], groups, plan))
        first, second = (template.model_copy(update={"gaps": each}) for each in gaps)
        found = compared(first, second, pairs.related(first, second, {"g": joint(drawn)}))
        for change in found.changes:
            assert change.low is not None
            assert change.high is not None
            hits[change.gap] += change.low <= true[change.gap] <= change.high
    for name, count in hits.items():
        assert 0.93 <= count / AUDITS <= 0.97, (name, count)


def ratio(rates: npt.NDArray[np.float64]) -> float:
    return float(rates.min() / rates.max())


def joint(drawn: Mapping[str, npt.NDArray[np.int64]]) -> dict[str, pairs.Joint]:
    found = {}
    for key, table in drawn.items():
        people = table.astype(float)
        found[key] = pairs.Joint(
            people, (people, people), dict.fromkeys(((0, 0), (0, 1), (1, 1)), people)
        )
    return found


@pytest.mark.parametrize("rates", [APART, TURNED])
def test_audits_of_other_people(rates: tuple[tuple[float, ...], ...]) -> None:
    """The intervals of changes from one table to another contain the truth as often."""
    name = "equal_opportunity_difference"
    plan = PLAN.model_copy(update={"gaps": (name,)})
    draw, held, audits = np.random.default_rng(8), 0, AUDITS // 2
    old, new = (np.array(rates)[:, place] for place in (1, 3))
    true = np.ptp(new) - np.ptp(old)
    lines = {"a": (300, 200, 200, 400), "b": (300, 200, 200, 400)}
    templates = [result_of([frame_of(lines)], plan, data * 64) for data in "ab"]
    for _ in range(audits):
        made = []
        for axis, template in zip((1, 0), templates, strict=True):
            people = {
                key: draw.multinomial(900, chances(*row, alike=0).sum(axis=axis)).tolist()
                for key, row in zip("ab", rates, strict=True)
            }
            frame = frame_of(people)
            gaps = gap_results([frame], {"g": group_results(frame, plan)}, plan)
            made.append(template.model_copy(update={"gaps": gaps}))
        (change,) = compared(made[0], made[1]).changes
        assert change.low is not None
        assert change.high is not None
        held += change.low <= true <= change.high
    assert 0.93 <= held / audits <= 0.97


COUNTS = PLAN.model_copy(
    update={
        "counts": "confusion",
        "outcome": "",
        "positive": "",
        "prediction": "",
        "gaps": ("demographic_parity_difference",),
        "draws": 100,
    }
)


def against(share: float, *, alike: bool) -> npt.NDArray[np.float64]:
    """How often selected before (rows) and after: against each other or alike."""
    both = share if alike else max(0.0, 2 * share - 1)
    return np.array([[both, share - both], [share - both, 1 - 2 * share + both]])


@pytest.mark.parametrize(("alike", "least", "most"), [(False, 0.93, 0.97), (True, 1.0, 1.0)])
def test_counts_hold_however_people_were_judged(alike: bool, least: float, most: float) -> None:
    """95 % at a correlation of −0.96, as bad as it gets; always where nobody's decision changed."""
    audits, people, shares = 100 if alike else 400, 200_000, {"a": 0.51, "b": 0.49}
    draw, held = np.random.default_rng(12), 0
    template = result_of([frame_of({"a": (300, 200, 200, 400), "b": (300, 200, 200, 400)})], COUNTS)
    for _ in range(audits):
        drawn = {
            key: draw.multinomial(people, against(share, alike=alike).ravel()).reshape(2, 2)
            for key, share in shares.items()
        }
        results = []
        for axis in (1, 0):
            sums = {key: table.sum(axis=axis).tolist() for key, table in drawn.items()}
            frame = frame_of({key: (chosen, 0, 0, rest) for key, (chosen, rest) in sums.items()})
            gaps = gap_results([frame], {"g": group_results(frame, COUNTS)}, COUNTS)
            results.append(template.model_copy(update={"gaps": gaps}))
        (change,) = compared(results[0], results[1]).changes
        assert change.worst_case
        assert change.low is not None
        assert change.high is not None
        held += change.low <= 0 <= change.high
    assert least <= held / audits <= most
