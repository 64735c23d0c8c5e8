"""Which numbers a published result hides because they tell about few people.

A number is asked for as the counts that make it up: sizes of small groups, and counts of few people
behind the shares of groups and score bins.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.audit.arrays import Places
from workbench.audit.metrics import EVERYBODY, RATES, Count
from workbench.audit.plan import Thresholds
from workbench.audit.suppression.hiding import Hidden
from workbench.audit.suppression.reader import FAVOURABLE, World
from workbench.audit.suppression.secondary import Key
from workbench.audit.suppression.smallness import FEW, Numbers, count

UNFAVOURABLE: tuple[Count, ...] = ("fp", "tn", "other")
# A group, and which of its score bins.
Subject = tuple[Key, int | None]


@dataclass(frozen=True, eq=False)
class Asked:
    """A hidden number of a group, or of its score bin; told, it matters up to ``most``."""

    key: Key
    places: Places
    is_size: bool = False
    bin: int | None = None
    most: float = float("inf")

    @property
    def of(self) -> Subject:
        """What the number is about."""
        return self.key, self.bin


def of_groups(world: World, numbers: Numbers, hidden: Hidden, editions: slice) -> Iterator[Asked]:
    """Sizes and counts of groups that are hidden because they tell about few people."""
    thresholds = numbers.plan.thresholds
    for key, group in numbers.members.items():
        if not world.has(group.parts):
            continue
        n = group.n or 0
        if key in hidden.groups and n < thresholds.publish_minimum:
            yield Asked(key, world.places(group.parts, editions=editions), is_size=True)
        if numbers.plan.weight:
            continue
        counts = {
            columns: people
            for name in group.metrics.keys() & RATES.keys()
            if hidden.metric(key, name)
            for columns, people in _sides(name, count(group.metrics[name]))
        }
        for columns in sorted(
            one for one, people in counts.items() if matters(people, n, thresholds)
        ):
            places = world.places(group.parts, columns, editions=editions)
            yield Asked(key, places)


def _sides(name: str, counted: tuple[int, int]) -> Iterator[tuple[tuple[Count, ...], int]]:
    """Whom a rate counts, and whom it leaves out, each with how many they are."""
    rate, (top, of) = RATES[name], counted
    yield rate.top, top
    yield tuple(column for column in rate.bottom if column not in rate.top), of - top


def matters(people: int, n: int, thresholds: Thresholds) -> bool:
    """Whether so many people of a group of ``n`` are too few to be told; see ``smallness``."""
    least = 0 if n < thresholds.assess_minimum else 1
    is_few = n < thresholds.certain_minimum and least <= people <= FEW
    return is_few or n < thresholds.publish_minimum


def of_bins(world: World, numbers: Numbers, hidden: Hidden, editions: slice) -> Iterator[Asked]:
    """Sizes and counts of hidden score bins; where scores are not told apart, none."""
    thresholds = numbers.plan.thresholds
    for table, value, place in sorted(hidden.bins if world.bins > 1 else ()):
        top, n = count(numbers.calibrations[table][value][place].share)
        if not n or not world.has({table: value}):
            continue
        sides = ((EVERYBODY, n), (FAVOURABLE, top), (UNFAVOURABLE, n - top))
        for columns, people in sides:
            is_size = columns is EVERYBODY
            if n < thresholds.publish_minimum or (not is_size and matters(people, n, thresholds)):
                here = slice(place, place + 1)
                places = world.places({table: value}, columns, here, editions)
                yield Asked((table, value), places, is_size, place)


def before(world: World, old: Numbers, editions: slice) -> Iterator[Asked]:
    """What the earlier result hides of its groups: it must stay so."""
    for key, group in old.members.items():
        if not world.has(group.parts):
            continue
        if group.n is None:
            places = world.places(group.parts, editions=editions)
            yield Asked(key, places, is_size=True, most=old.plan.thresholds.publish_minimum - 1)
        for name, measure in group.metrics.items():
            if name in RATES and measure.status == "suppressed":
                for columns, _ in _sides(name, (0, 0)):
                    places = world.places(group.parts, columns, editions=editions)
                    yield Asked(key, places, most=FEW)
