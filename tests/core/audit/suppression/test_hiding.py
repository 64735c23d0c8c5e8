"""From all that is published, no hidden number of people can be computed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples.frames import PLAN, frame_of, histogram_of, result_of
from workbench.audit.measures.frames import COLUMNS, Frame
from workbench.audit.metrics import RATES
from workbench.audit.parts import Group, Guard, ScoreBin, Tradeoff
from workbench.audit.results import AuditResult, published
from workbench.audit.suppression import hiding
from workbench.audit.suppression.smallness import SIZE, TIER_OF, TIERS

BINS = 4
PLAIN = PLAN.model_copy(update={"attributes": ("a", "b"), "draws": 100})
Vector = npt.NDArray[np.float64]
# Per person: the values of a and b, tp/fp/fn/tn, the bin of the score.
Person = tuple[str, str, int, int]
PEOPLE = st.integers(0, 100_000)


def people_of(seed: int) -> list[Person]:
    """People of three times two groups of very different sizes."""
    generator = np.random.default_rng(seed)
    size = int(generator.integers(40, 900))
    chances = [generator.dirichlet(np.full(count, shape)) for count, shape in ((3, 0.7), (2, 2))]
    first, second = (
        generator.choice(list(values), size, p=chance)
        for values, chance in zip(("xyz", "kl"), chances, strict=True)
    )
    cells = generator.choice(4, size, p=generator.dirichlet(np.full(4, 0.8)))
    bins = generator.choice(BINS, size, p=generator.dirichlet(np.full(BINS, 0.8)))
    found = [
        (str(a), str(b), int(cell), int(place))
        for a, b, cell, place in zip(first, second, cells, bins, strict=True)
    ]
    # Two groups at least, whatever was drawn.
    return [*found, ("x", "k", 0, 0), ("y", "l", 3, 1)]


def frames_of(people: list[Person]) -> list[Frame]:
    """Both attributes with their scores, and the pair."""
    made = []
    for places in ((0,), (1,), (0, 1)):
        groups = sorted({tuple(str(one[place]) for place in places) for one in people})
        table = np.zeros((len(groups), 5), dtype=np.int64)
        scores = np.zeros((len(groups), BINS, 2), dtype=np.int64)
        for one in people:
            row = groups.index(tuple(str(one[place]) for place in places))
            table[row, one[2]] += 1
            scores[row, one[3], int(one[2] in {1, 3})] += 1
        names = tuple("ab"[place] for place in places)
        values = table.astype(float)
        histogram = histogram_of(scores) if len(places) == 1 else None
        key = " & ".join(names)
        made.append(Frame(key, names, tuple(groups), table, values, values, {}, histogram))
    return made


@dataclass(frozen=True)
class Reader:
    """Somebody who knows all shown sums over ``cells``, the finest groups that there are."""

    cells: list[tuple[dict[str, str], str, int]]
    known: list[Vector]

    def about(
        self, parts: dict[str, str], columns: tuple[str, ...], place: int | None = None
    ) -> Vector:
        """What adds up to a number: of this group, in these columns, in this score bin."""
        return np.array(
            [
                parts.items() <= group.items()
                and column in columns
                and (place is None or place == bin_)
                for group, column, bin_ in self.cells
            ],
            dtype=float,
        )

    def knows(self, number: Vector) -> bool:
        """Whether the number follows from what is known."""
        return bool(np.allclose(self.free @ number, 0, atol=1e-8))

    @cached_property
    def free(self) -> Vector:
        """All ways in which the people could be others without any shown number changing."""
        _, sizes, space = np.linalg.svd(np.array(self.known))
        return space[(sizes > 1e-8 * sizes.max()).sum() :]


def reader_of(shown: AuditResult, groups: list[dict[str, str]]) -> Reader:
    cells = [
        (group, column, bin_) for group in groups for column in COLUMNS[:4] for bin_ in range(BINS)
    ]
    reader = Reader(cells, [])
    members: list[Group] = [shown.overall]
    members += [group for table in shown.groups.values() for group in table.values()]
    for group in members:
        reader.known.extend(said_of(reader, group))
    for table, values in shown.calibration.items():
        for value, bins in values.items():
            reader.known.extend(said_of_bins(reader, {table: value}, bins))
    for table, tradeoff in shown.tradeoffs.items():
        compared = [group for group in shown.groups[table].values() if is_compared(group)]
        for score in thresholds_of(tradeoff):
            for group in compared:
                reader.known.extend(said_of_threshold(reader, group.parts, score))
    return reader


def is_compared(group: Group) -> bool:
    """Whether a tradeoff is about this group: it has 30 people of either outcome."""
    rates = ("true_positive_rate", "false_positive_rate")
    return all(name in group.metrics and (group.metrics[name].of or 0) >= 30 for name in rates)


def thresholds_of(tradeoff: Tradeoff) -> set[float]:
    policies = [*tradeoff.common, *tradeoff.by_group]
    return {score for policy in policies for score in policy.thresholds.values()}


def said_of_threshold(reader: Reader, parts: dict[str, str], score: float) -> Iterator[Vector]:
    """The most that accuracy and gaps could tell: how many lie above, by group and outcome."""
    for columns in (("tp", "fn"), ("fp", "tn")):
        bins = range(round(score * BINS), BINS)
        yield sum(
            (reader.about(parts, columns, bin_) for bin_ in bins), np.zeros(len(reader.cells))
        )


def said_of(reader: Reader, group: Group) -> Iterator[Vector]:
    if group.n is not None:
        yield reader.about(group.parts, COLUMNS)
    for name, rate in RATES.items():
        measure = group.metrics.get(name)
        if measure is not None and measure.of is not None:
            yield reader.about(group.parts, rate.bottom)
            yield reader.about(group.parts, rate.top)


def said_of_bins(
    reader: Reader, parts: dict[str, str], bins: tuple[ScoreBin, ...]
) -> Iterator[Vector]:
    for place, one in enumerate(bins):
        if one.share.of is not None:
            yield reader.about(parts, COLUMNS, place)
            yield reader.about(parts, ("tp", "fn"), place)


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_nothing_hidden_can_be_computed(seed: int) -> None:
    """For any people: no hidden size, count or score bin follows from all shown numbers."""
    result = result_of(frames_of(people_of(seed)), PLAIN)
    shown = published(result)
    reader = reader_of(shown, [group.parts for group in shown.groups["a & b"].values()])

    groups = [group for values in shown.groups.values() for group in values.values()]
    for group in groups:
        if group.n is None:
            assert not reader.knows(reader.about(group.parts, COLUMNS)), group.parts
        else:
            assert group.n >= 10
    for group in groups:
        for name, measure in group.metrics.items():
            if measure.status == "suppressed":
                top = reader.about(group.parts, RATES[name].top)
                assert not reader.knows(top), (group.parts, name)


@settings(max_examples=40, deadline=None)
@given(PEOPLE)
def test_no_score_bin_can_be_computed(seed: int) -> None:
    """For any people: the size of no hidden score bin follows, and shown ones are large enough."""
    result = result_of(frames_of(people_of(seed)), PLAIN)
    shown = published(result)
    reader = reader_of(shown, [group.parts for group in shown.groups["a & b"].values()])

    for table, values in shown.calibration.items():
        for value, bins in values.items():
            for place, one in enumerate(bins):
                real = result.calibration[table][value][place].share.of
                if one.share.status != "suppressed":
                    assert not one.share.of or one.share.of >= 10
                # All people of a group in one bin are known from the group itself.
                elif real != result.groups[table][value].n:
                    number = reader.about({table: value}, COLUMNS, place)
                    assert not reader.knows(number), (table, value, place)


def test_the_reader_is_clever() -> None:
    """The twin: with one hidden number alone, the reader computes it."""
    people = [*people_of(1), *people_of(2)]
    result = result_of(frames_of(people), PLAIN)
    groups = [group.parts for group in result.groups["a & b"].values()]
    hidden = result.groups["a"]["x"].model_copy(update={"n": None, "metrics": {}})
    only = result.model_copy(
        update={"groups": result.groups | {"a": result.groups["a"] | {"x": hidden}}}
    )

    reader = reader_of(only, groups)

    assert reader.knows(reader.about({"a": "x"}, COLUMNS))
    assert reader.knows(reader.about({"a": "x"}, ("tp",)))


def test_score_bins_of_large_groups_are_shown() -> None:
    """One small bin takes a neighbour and the same two of another group; the others are shown."""
    people = [
        ("xyz"[place % 3], "kl"[place % 2], place % 4, place // 7 % BINS) for place in range(3000)
    ]
    small = [one for one in people if (one[0], one[3]) != ("x", 2)]
    result = result_of(frames_of([*small, *[("x", "k", 0, 2), ("x", "l", 3, 2)] * 4]), PLAIN)

    shown = published(result)

    hidden = [
        (table, value, place)
        for table, values in shown.calibration.items()
        for value, bins in values.items()
        for place, one in enumerate(bins)
        if one.share.status == "suppressed"
    ]
    assert ("a", "x", 2) in hidden
    assert len(hidden) == 4
    assert {finding.id for finding in shown.findings} == {"hidden/a/scores"}


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ((40, 30, 30, 40), set()),
        ((40, 30, 2, 20), {"outcome"}),  # two people were missed
        ((40, 30, 28, 1), {"outcome"}),  # one person was refused rightly
        ((45, 45, 1, 1), {"selection", "outcome"}),  # only two people were refused
        ((45, 1, 1, 45), {"accuracy", "outcome"}),  # only two people were judged wrongly
        ((1, 500, 2, 600), set()),  # in a large group, two people cannot be told from the others
        ((0, 20, 30, 40), set()),  # nobody, in a group of a middling size
        ((0, 10, 8, 8), {"outcome"}),  # nobody, in a small group
        ((1, 2, 2, 2), {SIZE, "selection", "accuracy", "outcome"}),
    ],
)
def test_what_tells_too_much(line: tuple[int, ...], hidden: set[str]) -> None:
    """One or two people in a group under 100, all or none in one under 30, hide what tells so."""
    table = {"a": line, "b": (300, 300, 300, 300), "c": (301, 301, 301, 301)}
    result = result_of([frame_of(table)], PLAN)

    found = hiding.found(result.numbers, (), Guard())

    assert {tier for tier, keys in found.tiers.items() if ("g", "a") in keys} == hidden
    for keys in found.tiers.values():
        assert not keys or len(keys) >= 2


def test_every_metric_has_its_tier() -> None:
    """No metric is forgotten; and every pair of a tier is hidden together."""
    assert set(TIER_OF) >= set(RATES)
    names = [name for names in TIERS.values() for name in names]
    assert sorted(names) == sorted(RATES)
    for one, other in combinations(TIERS["outcome"], 2):
        assert TIER_OF[one] == TIER_OF[other]


@pytest.mark.parametrize(("chosen", "is_shown"), [(0, False), (9, True)])
def test_nobody_of_several_is_nobody_of_each(chosen: int, is_shown: bool) -> None:
    """Where nobody of all hidden groups was chosen, nobody of the small one was: hide one more.

    The twin: where some were, it is not known of which group they are.
    """
    table = {
        "a": (0, 0, 4, 5),
        "b": (chosen, 0, 10, 21),
        "c": (60, 40, 80, 100),
        "d": (150, 160, 100, 90),
    }
    shown = published(result_of([frame_of(table)], PLAN)).groups["g"]

    assert [shown[key].n for key in "ab"] == [None, None]
    assert (shown["c"].metrics["selection_rate"].of is not None) == is_shown
    assert shown["d"].metrics["selection_rate"].of is not None
