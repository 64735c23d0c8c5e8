"""What is published hides small groups everywhere: rates, gaps, scores, explanation, sentences."""

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.examples.frames import PLAN, frame_of, histogram_of, result_of
from workbench.audit.measures.frames import Frame
from workbench.audit.parts import ChartText, Finding
from workbench.audit.parts_explanation import (
    Decomposition,
    Effect,
    Explanation,
    Proxy,
    RowExplanation,
    Spread,
    Swarm,
)
from workbench.audit.results import AuditResult, Unguarded, published

REFERENCE = PLAN.model_copy(update={"references": {"g": "b"}})
# c is too small to publish and takes d with it; in e only one person was missed.
LINES = {
    "a": (300, 200, 200, 400),
    "b": (200, 150, 250, 400),
    "c": (2, 2, 2, 2),
    "d": (20, 20, 22, 20),
    "e": (40, 20, 1, 30),
}
LARGE = {key: LINES[key] for key in "ab"}
EFFECT = {"income": Effect(mean=0.1, mean_absolute=0.2)}


def told(id_: str, *groups: str) -> Finding:
    return Finding(
        id=id_,
        kind="note",
        text={"de": id_, "en": id_},
        attribute="g",
        groups=tuple(("g", group) for group in groups),
    )


def spread(feature: str, part: str, n: int) -> Spread:
    return Spread(feature=feature, part=part, n=n, quantiles=(0, 0, 0, 0, 0))


EXPLANATION = Explanation(
    model_kind="LightGBM",
    explainer="tree",
    scale="log-odds",
    background="rows",
    rows=100,
    rows_in_table=100,
    seed=1,
    base_value=0,
    agreement=None,
    features=EFFECT,
    groups={"g": dict.fromkeys(LINES, EFFECT)},
    spreads=(
        spread("income", "low", 50),
        spread("income", "high", 50),
        spread("job", "clerk", 95),
        spread("job", "diver", 5),
        spread("g", "a", 100),
    ),
    swarms=(Swarm(feature="income", effects=(0.1, -0.2), places=(1.0, 0.0)),),
    decompositions=tuple(
        Decomposition(
            attribute="g", group=group, reference="b", gap=0.1, shares={}, additivity_error=0
        )
        for group in "ac"
    ),
    row_explanations=(
        RowExplanation(row=1, score=0.5, base_value=0, contributions=(), additivity_error=0),
    ),
    max_additivity_error=0,
)


@pytest.fixture(scope="module")
def result() -> AuditResult:
    """An audit with a group too small to publish, and one in which one person was missed."""
    found = result_of([frame_of(LINES)], REFERENCE)
    return found.model_copy(
        update={
            "explanation": EXPLANATION,
            "proxies": {
                "g": (
                    Proxy(features=("income",), area=0.6, low=0.5, high=0.7, n=100),
                    Proxy(features=("rare",), area=0.6, low=0.5, high=0.7, n=5),
                )
            },
            "findings": (
                told("gap/g/demographic_parity_ratio", "a", "b", "e"),
                told("gap/g/equal_opportunity_ratio", "a", "b", "e"),
                told("small/g/c", "c"),
                told("small/g/e", "e"),
                told("reference/g/a", "a", "b"),
                told("reference/g/e", "e", "b"),
                told("weights"),
            ),
        }
    )


def test_small_groups_show_nothing(result: AuditResult) -> None:
    """A group below the minimum and its cover show neither size nor metric, only their names."""
    shown = published(result).groups["g"]

    for key in "cd":
        assert (shown[key].n, shown[key].status) == (None, "suppressed")
        assert shown[key].parts == {"g": key}
        for measure in shown[key].metrics.values():
            assert measure.model_dump(exclude_none=True) == {"status": "suppressed"}
    assert shown["a"] == result.groups["g"]["a"]


def test_one_person_is_not_shown(result: AuditResult) -> None:
    """Where one person was missed in a small group, sizes and selection stay, outcomes go."""
    shown = published(result).groups["g"]["e"]

    assert shown.n == 91
    assert {name for name, one in shown.metrics.items() if one.status != "suppressed"} == {
        "selection_rate",
        "accuracy",
    }


def test_gaps_and_comparisons(result: AuditResult) -> None:
    """What rests on a hidden number is hidden: value, probability and the smallest visible gap."""
    shown = published(result)

    for name, gap in shown.gaps["g"].items():
        assert gap.model_dump(exclude_none=True, exclude_defaults=True) == {"status": "suppressed"}
        assert result.gaps["g"][name].value is not None
    overall, reference = (shown.comparisons[side]["g"] for side in ("overall", "reference"))
    assert overall["d"]["selection_rate_ratio"].status == "suppressed"
    assert overall["e"]["selection_rate_ratio"].value is not None
    assert overall["e"]["precision_difference"].status == "suppressed"
    assert reference["a"]["precision_difference"].value is not None
    assert reference["e"]["precision_difference"].status == "suppressed"


def test_explanation_and_proxies(result: AuditResult) -> None:
    """Hidden groups, single rows and columns with a rare part leave no trace."""
    shown = published(result)

    explanation = shown.explanation
    assert explanation is not None
    assert set(explanation.groups["g"]) == {"a", "b", "e"}
    assert [part.group for part in explanation.decompositions] == ["a"]
    assert {one.feature for one in explanation.spreads} == {"income"}
    assert explanation.row_explanations == ()
    assert explanation.swarms == ()
    assert "swarms" not in explanation.model_dump()
    assert result.explanation is not None
    assert result.explanation.model_dump()["swarms"]  # twin: the whole result has them
    assert [proxy.features for proxy in shown.proxies["g"]] == [("income",)]


@pytest.mark.parametrize("is_first", [True, False])
def test_charts_of_single_people(result: AuditResult, is_first: bool) -> None:
    """Their words go too, whether or not there are earlier results; other charts stay."""
    words = ChartText(title={"en": "t"}, text={"en": "t"})
    charts = dict.fromkeys(("drivers", "swarm", "row/1"), words)
    drawn = result.model_copy(update={"charts": charts})
    earlier = () if is_first else [published(result)]

    assert set(published(drawn, earlier, result.guard).charts) == {"drivers"}


def test_sentences(result: AuditResult) -> None:
    """A sentence goes when a number that it tells is hidden; a note says how much is hidden."""
    shown = published(result)

    assert [finding.id for finding in shown.findings] == [
        "gap/g/demographic_parity_ratio",
        "small/g/e",
        "reference/g/a",
        "weights",
        "hidden/g",
        "hidden/g/metrics",
    ]
    assert shown.findings[-2].text["en"].startswith("Groups of g that are not published: 2.")


def test_large_groups_are_not_touched() -> None:
    """The twin: where every group is large enough, only the mark changes."""
    result = result_of([frame_of(LARGE)], REFERENCE)

    assert published(result) == result.model_copy(update={"is_published": True, "guard": None})


def scored(sizes: tuple[int, ...]) -> Frame:
    people = np.stack([np.full((100, 2), size) for size in sizes])
    lines = {key: (50 * size,) * 4 for key, size in zip("abc", sizes, strict=False)}
    return replace(frame_of(lines), scores=histogram_of(people))


def test_tradeoffs() -> None:
    """A trade-off is rounded, and left out when a compared group is hidden."""
    frame = scored((3, 4, 3))
    result = result_of([frame], PLAN)
    large = published(result)

    policies = [*large.tradeoffs["g"].common, *large.tradeoffs["g"].by_group]
    assert policies
    assert all(round(policy.accuracy, 3) == policy.accuracy for policy in policies)
    assert all(
        gap is None or round(gap, 3) == gap for policy in policies for gap in policy.gaps.values()
    )
    one = result.groups["g"]["c"]
    small = one.model_copy(update={"n": 4})
    fewer = result.model_copy(update={"groups": {"g": result.groups["g"] | {"c": small}}})
    assert published(fewer).tradeoffs == {}


def test_score_bins_of_hidden_groups() -> None:
    """A hidden group has no score bins; of a hidden bin only the edges are shown."""
    lines = dict.fromkeys("ab", (50, 50, 50, 50)) | {"c": (2, 1, 1, 2), "d": (25, 25, 25, 25)}
    people = np.full((4, 10, 2), 10)
    people[0, 4], people[2], people[3] = 2, [[1, 0], *[[0, 0]] * 8, [2, 3]], 5
    frame = replace(frame_of(lines), scores=histogram_of(people))

    shown = published(result_of([frame], PLAN)).calibration["g"]

    assert set(shown) == {"a", "b"}
    hidden = shown["a"][4]
    assert hidden.share.status == "suppressed"
    assert (hidden.mean_score, hidden.share.of, hidden.share.value) == (None, None, None)
    assert (round(hidden.start, 9), round(hidden.end, 9)) == (0.4, 0.5)


def test_twice_is_once(result: AuditResult) -> None:
    """Publishing what is published changes nothing."""
    assert published(published(result)) == published(result)


def test_it_survives_json(result: AuditResult) -> None:
    """A result is the same after a way through JSON, and JSON knows its numbers."""
    text = result.model_dump_json()

    assert AuditResult.model_validate_json(text) == result
    assert json.loads(text)["groups"]["g"]["a"]["n"] == 1100


def test_what_nobody_guarded_is_not_published() -> None:
    """Without a guard nothing leaves the house; beside earlier results, the alone one is none."""
    result = result_of([frame_of(LARGE)], PLAN)
    with pytest.raises(Unguarded):
        published(result.model_copy(update={"guard": None}))
    with pytest.raises(Unguarded):
        published(result, [published(result)])
