"""Energy and CO2 of a system per year and per 1,000 uses, against the procedure it replaces.

Formulas, as Green Algorithms (doi 10.1002/advs.202100707) and CodeCarbon use them: energy [kWh] =
power [W] · time [h] / 1000 · overhead of the data centre; CO2 [kg] = energy · grid factor [g/kWh]
/ 1000. Stated energy, of training and of use, is that of the computers alone: the overhead is added
to it in the same way. A range comes from the ranges of the dated factors only. What is not known is
None: not stated, never zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

from pydantic import JsonValue

from workbench.basics.text import later
from workbench.governance import energy_origin
from workbench.governance.amounts import ONE, Amount, Footprint, difference, together
from workbench.questionnaire.dated import Factor
from workbench.questionnaire.definition import FeedName, Questionnaire
from workbench.questionnaire.feeds import CAR, GRID, OWN_ROOM, PROFESSIONAL, latest

INPUTS = (
    FeedName.USES_PER_YEAR,
    FeedName.LIFETIME_YEARS,
    FeedName.TRAINING_ENERGY,
    FeedName.USE_ENERGY,
    FeedName.DEVICE_POWER,
    FeedName.DEVICE_HOURS,
    FeedName.REPLACED_ENERGY,
    FeedName.REPLACED_TRAVEL,
)
DEVICE = frozenset({FeedName.DEVICE_POWER, FeedName.DEVICE_HOURS})
OVERHEADS: Mapping[str, tuple[str, ...]] = {
    "own_room": (OWN_ROOM,),
    "professional": (PROFESSIONAL,),
    "not_known": (PROFESSIONAL, OWN_ROOM),
}
ADDED = later(
    "The stated energy is that of the computers alone; the overhead of the data centre is added."
)
ESTIMATED = later(
    "The energy of use is estimated: power of the device times hours times the overhead of the"
    " data centre."
)
WIDE = later(
    "Where the system runs is not known. The range covers both kinds of data centre; the figure is"
    " that of an own server room."
)
SAME_PLACE = later("Training is taken to have run in the same kind of data centre as the system.")
SPREAD = later("The energy of training is spread evenly over the planned years of use.")
PARTLY = later("Of the replaced procedure only part is stated; the saving may be larger.")
WITHOUT_TRAVEL = later(
    "The CO2 saved is without the journeys by car: there is no dated number for a kilometre yet."
    " The saving may be larger."
)
APART = later("Lowest and highest of the difference assume that the factors differ independently.")


@dataclass(frozen=True)
class Balance:
    """The balance; every figure is None when what it needs is not stated (``missing``).

    ``lacking``: ids of dated numbers that were needed and that factors.yaml does not hold.
    Without that of a car the CO2 of journeys is left out of what is saved, and of nothing else.

    ``training`` once, ``training_per_year`` spread over the lifetime, ``per_thousand`` for 1,000
    uses, ``use_per_year``; ``per_year`` both together, ``saved_per_year`` by the procedure that is
    replaced, ``difference`` what remains (below zero: the system saves). ``basis``: measured,
    vendor, estimated or not_known. ``assumptions`` are messages, ``factors`` the numbers used.
    """

    training: Footprint | None
    training_per_year: Footprint | None
    per_thousand: Footprint | None
    use_per_year: Footprint | None
    per_year: Footprint | None
    saved_per_year: Footprint | None
    difference: Footprint | None
    basis: str | None
    missing: tuple[FeedName, ...]
    assumptions: tuple[str, ...]
    factors: tuple[Factor, ...]
    lacking: tuple[str, ...] = ()


@dataclass
class Ledger:
    """The inputs of one balance; notes what was assumed, which factors were used or lack."""

    numbers: Mapping[FeedName, float]
    known: Mapping[str, Factor]
    assumed: list[str] = field(default_factory=list)
    used: dict[str, Factor] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)

    def factor(self, identifier: str) -> Amount | None:
        """The dated number with its range; None when there is none."""
        factor = self.known.get(identifier)
        if factor is None:
            self.lacking.add(identifier)
            return None
        self.used[identifier] = factor
        low = factor.value if factor.low is None else factor.low
        return Amount(low, factor.value, factor.value if factor.high is None else factor.high)

    def assume(self, message: str) -> None:
        """Note the assumption, once."""
        self.assumed.extend([] if message in self.assumed else [message])

    def electric(self, energy: Amount) -> Footprint:
        """That much energy from the grid."""
        grid = self.factor(GRID)
        return Footprint(energy, energy.times(grid, 1 / 1000) if grid else None)

    def amount(self, feed: FeedName) -> Amount | None:
        """A stated number, without a range."""
        number = self.numbers.get(feed)
        return None if number is None else Amount(number, number, number)


def of(
    questionnaires: Sequence[Questionnaire],
    counting: Mapping[str, JsonValue],
    factors: Iterable[Factor],
    day: date,
) -> Balance:
    """The balance with the newest factors of the day's year or earlier.

    ``counting`` are answers that count (``path.counting_in_all``); a later phase's number replaces
    an earlier one's.
    """
    ledger = Ledger(_numbers(questionnaires, counting), _newest(factors, day))
    basis = latest(questionnaires, counting, FeedName.ENERGY_BASIS)
    centre = latest(questionnaires, counting, FeedName.DATA_CENTRE)
    overhead = _overhead(ledger, str(centre) if centre else "not_known")
    training, yearly = _training(ledger, overhead)
    ledger.assumed.extend(energy_origin.of_training(questionnaires, counting) if training else [])
    thousand, computed = _thousand(ledger, overhead)
    use = _use(ledger, thousand)
    per_year, saved = together(yearly, use), _saved(ledger)
    remaining = difference(per_year, saved)
    ledger.assumed.extend([APART] if remaining else [])
    return Balance(
        training=training,
        training_per_year=yearly,
        per_thousand=thousand,
        use_per_year=use,
        per_year=per_year,
        saved_per_year=saved,
        difference=remaining,
        basis="estimated" if computed else (str(basis) if basis else None),
        missing=_missing(ledger),
        assumptions=tuple(ledger.assumed),
        factors=tuple(ledger.used.values()),
        lacking=tuple(sorted(ledger.lacking)),
    )


def _numbers(
    questionnaires: Sequence[Questionnaire], counting: Mapping[str, JsonValue]
) -> dict[FeedName, float]:
    given = {feed: latest(questionnaires, counting, feed) for feed in INPUTS}
    return {
        feed: float(number)
        for feed, number in given.items()
        if isinstance(number, int | float) and not isinstance(number, bool)
    }


def _newest(factors: Iterable[Factor], day: date) -> dict[str, Factor]:
    known = sorted((one for one in factors if one.year <= day.year), key=lambda one: one.year)
    return {one.id: one for one in known}


def _training(ledger: Ledger, overhead: Amount | None) -> tuple[Footprint | None, Footprint | None]:
    """Once, and per year of the planned lifetime."""
    energy = ledger.amount(FeedName.TRAINING_ENERGY)
    years = ledger.numbers.get(FeedName.LIFETIME_YEARS)
    if energy is None or overhead is None:
        return None, None
    ledger.assume(ADDED)
    ledger.assumed.extend([SAME_PLACE] if energy.value else [])
    once = ledger.electric(energy.times(overhead))
    if not years:
        return once, None
    ledger.assumed.append(SPREAD)
    return once, ledger.electric(energy.times(overhead, 1 / years))


def _thousand(ledger: Ledger, overhead: Amount | None) -> tuple[Footprint | None, bool]:
    """Energy of 1,000 uses, stated or else estimated, and whether it was estimated here."""
    if overhead is None:
        return None, False
    stated = ledger.amount(FeedName.USE_ENERGY)
    if stated:
        ledger.assume(ADDED)
        return ledger.electric(stated.times(overhead)), False
    power, hours = ledger.amount(FeedName.DEVICE_POWER), ledger.amount(FeedName.DEVICE_HOURS)
    if power is None or hours is None:
        return None, False
    ledger.assumed.append(ESTIMATED)
    return ledger.electric(power.times(hours, 1 / 1000).times(overhead)), True


def _overhead(ledger: Ledger, centre: str) -> Amount | None:
    """What the data centre adds; when it is not known, anything from the best to the worst.

    None where nothing is stated that it would be added to, or where its number lacks.
    """
    stated = ledger.numbers.keys()
    if not ({FeedName.TRAINING_ENERGY, FeedName.USE_ENERGY} & stated or stated >= DEVICE):
        return None
    known = [amount for one in OVERHEADS[centre] if (amount := ledger.factor(one))]
    if len(known) < len(OVERHEADS[centre]):
        return None
    ledger.assumed.extend([WIDE] if len(known) > 1 else [])
    low, high = min(one.low for one in known), max(one.high for one in known)
    return Amount(low, known[-1].value, high)


def _use(ledger: Ledger, thousand: Footprint | None) -> Footprint | None:
    uses = ledger.amount(FeedName.USES_PER_YEAR)
    if thousand is None or uses is None:
        return None
    return ledger.electric(thousand.energy.times(uses, 1 / 1000)) if thousand.energy else None


def _saved(ledger: Ledger) -> Footprint | None:
    """What the replaced procedure needed: electricity, and journeys by car (CO2 only)."""
    energy = ledger.amount(FeedName.REPLACED_ENERGY)
    travel = ledger.amount(FeedName.REPLACED_TRAVEL)
    if energy is None and travel is None:
        return None
    if energy is None or travel is None:
        ledger.assumed.append(PARTLY)
    electric = ledger.electric(energy).co2 if energy else None
    driven = _driven(ledger, travel) if travel else None
    if electric and travel and driven is None:
        ledger.assumed.append(WITHOUT_TRAVEL)
    unknown = energy is not None and electric is None
    co2 = [one for one in (electric, driven) if one]
    return Footprint(energy, reduce(Amount.plus, co2) if co2 and not unknown else None)


def _driven(ledger: Ledger, travel: Amount) -> Amount | None:
    """The CO2 of so many kilometres by car; none at all needs no number."""
    car = ledger.factor(CAR) if travel.value else ONE
    return travel.times(car, 1 / 1000) if car else None


def _missing(ledger: Ledger) -> tuple[FeedName, ...]:
    """The inputs that are not stated; of use either its energy or the device's is enough."""
    enough = DEVICE if FeedName.USE_ENERGY in ledger.numbers else frozenset()
    if ledger.numbers.keys() >= DEVICE:
        enough = frozenset({FeedName.USE_ENERGY})
    return tuple(feed for feed in INPUTS if feed not in ledger.numbers and feed not in enough)
