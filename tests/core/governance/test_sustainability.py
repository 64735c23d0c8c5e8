"""Energy and CO2, all worked out by hand with round made-up factors."""

from datetime import date
from typing import Any

import pytest

from workbench.governance import sustainability
from workbench.governance.amounts import Amount, Footprint
from workbench.governance.energy_origin import ORIGINS
from workbench.governance.sustainability import Balance
from workbench.questionnaire.dated import Factor
from workbench.questionnaire.definition import FeedName, Questionnaire

DAY = date(2026, 11, 23)
STATED: dict[str, Any] = {
    "a.use_energy": 5,  # kWh per 1,000 uses
    "b.uses": 20_000,
    "b.years": 4,
    "b.basis": "measured",
    "b.centre": "professional",
    "b.training": 200,  # kWh once
    "b.saved": 300,  # kWh a year
    "b.travel": 1000,  # km a year
}
ESTIMATED: dict[str, Any] = {"b.power": 500, "b.hours": 10, "b.uses": 2000}


def near(footprint: Footprint | None, energy: list[float], co2: list[float]) -> bool:
    """Whether low, figure and high of both are these."""
    assert footprint is not None
    assert footprint.energy is not None
    assert footprint.co2 is not None
    figures = [[one.low, one.value, one.high] for one in (footprint.energy, footprint.co2)]
    return figures == [pytest.approx(energy), pytest.approx(co2)]


@pytest.fixture
def balance(phases: list[Questionnaire], factors: list[Factor]) -> Any:
    """The balance of some answers that count."""

    def made(counting: dict[str, Any], known: list[Factor] = factors) -> Balance:
        return sustainability.of(phases, counting, known, DAY)

    return made


def test_stated_figures(balance: Any) -> None:
    """200 kWh over 4 years are 50; 5 kWh · 20 are 100 a year; cooling on top of both."""
    found = balance(STATED)

    # overhead 1.2 (1.1 to 1.4), 400 g/kWh (300 to 500)
    assert near(found.training, [220, 240, 280], [66, 96, 140])
    assert near(found.training_per_year, [55, 60, 70], [16.5, 24, 35])
    assert near(found.per_thousand, [5.5, 6, 7], [1.65, 2.4, 3.5])
    assert near(found.use_per_year, [110, 120, 140], [33, 48, 70])
    assert near(found.per_year, [165, 180, 210], [49.5, 72, 105])
    # 300 kWh: 90, 120, 150 kg; 1,000 km with 100, 150, 200 g: 100, 150, 200 kg
    assert near(found.saved_per_year, [300, 300, 300], [190, 270, 350])
    # 49.5 - 350, 72 - 270, 105 - 190
    assert near(found.difference, [-135, -120, -90], [-300.5, -198, -85])
    assert found.basis == "measured"
    assert found.missing == ()
    assert found.assumptions.count(sustainability.ADDED) == 1
    assert sustainability.SAME_PLACE in found.assumptions
    assert ORIGINS["measured"] in found.assumptions
    used = [("pue_professional", 2025), ("grid_co2", 2025), ("car_co2", 2025)]
    assert [(one.id, one.year) for one in found.factors] == used


def test_stated_and_estimated_energy_follow_one_rule(balance: Any) -> None:
    """What was measured as 5 kWh, and 500 W for 10 hours, come to the same with cooling."""
    estimated = balance({**ESTIMATED, "b.centre": "own_room"})
    stated = balance({"a.use_energy": 5, "b.uses": 2000, "b.centre": "own_room"})

    assert stated.per_thousand == estimated.per_thousand
    assert near(stated.per_thousand, [7.5, 10, 12.5], [2.25, 4, 6.25])


@pytest.mark.parametrize(
    ("centre", "energy"),
    [
        # 500 W · 10 h / 1000 = 5 kWh for 1,000 uses, times the overhead
        ("own_room", [7.5, 10, 12.5]),
        ("professional", [5.5, 6, 7]),
        ("not_known", [5.5, 10, 12.5]),
        (None, [5.5, 10, 12.5]),
    ],
)
def test_estimated_figures(balance: Any, centre: str | None, energy: list[float]) -> None:
    """Power times hours times overhead; an unknown place has the whole range."""
    found = balance({**ESTIMATED, "b.centre": centre})

    co2 = [energy[0] * 0.3, energy[1] * 0.4, energy[2] * 0.5]
    assert near(found.per_thousand, energy, co2)
    assert near(found.use_per_year, [2 * one for one in energy], [2 * one for one in co2])
    assert found.basis == "estimated"
    assert sustainability.ESTIMATED in found.assumptions
    assert (sustainability.WIDE in found.assumptions) is (centre in (None, "not_known"))


def test_what_is_missing_is_not_stated(balance: Any) -> None:
    """No figure is made up, and the inputs that lack are named."""
    found = balance({})

    assert (found.training, found.per_thousand, found.per_year) == (None, None, None)
    assert (found.saved_per_year, found.difference, found.basis) == (None, None, None)
    assert set(found.missing) == set(sustainability.INPUTS)
    assert found.assumptions == ()
    assert found.factors == ()


def test_a_year_needs_training_and_use(balance: Any) -> None:
    """Use alone is shown as such, never as the whole."""
    found = balance({"a.use_energy": 5, "b.uses": 1000})

    assert found.use_per_year is not None
    assert found.per_year is None
    assert FeedName.TRAINING_ENERGY in found.missing
    assert FeedName.DEVICE_POWER not in found.missing


def test_training_without_a_lifetime_is_stated_once(balance: Any) -> None:
    """It cannot be spread over years that nobody planned."""
    found = balance({"b.training": 200})

    assert found.training is not None
    assert found.training_per_year is None


def test_a_part_of_the_saving_is_said_to_be_one(balance: Any) -> None:
    """Journeys alone save CO2; how much electricity is not stated, not zero."""
    found = balance({"b.travel": 1000})

    assert found.saved_per_year == Footprint(None, Amount(100, 150, 200))
    assert sustainability.PARTLY in found.assumptions


def test_without_factors_there_is_no_co2(balance: Any) -> None:
    """Without the number for cooling no energy is whole; what was replaced stays, without CO2."""
    found = balance(STATED, [])

    assert (found.training, found.per_thousand, found.difference) == (None, None, None)
    assert found.saved_per_year == Footprint(Amount(300, 300, 300), None)
    assert balance(ESTIMATED, []).per_thousand is None
    assert found.lacking == ("car_co2", "grid_co2", "pue_professional")
    assert balance(STATED).lacking == ()


def test_without_a_number_for_cars_the_rest_of_the_saving_stays(
    balance: Any, factors: list[Factor]
) -> None:
    """600 km cannot be counted: the CO2 of 300 kWh stays, and what lacks is named."""
    known = [one for one in factors if one.id != "car_co2"]
    found = balance({**STATED, "b.travel": 600}, known)

    assert near(found.saved_per_year, [300, 300, 300], [90, 120, 150])
    # 49.5 - 150, 72 - 120, 105 - 90
    assert near(found.difference, [-135, -120, -90], [-100.5, -48, 15])
    assert found.lacking == ("car_co2",)
    assert sustainability.WITHOUT_TRAVEL in found.assumptions


def test_journeys_alone_without_a_number_save_nothing_known(
    balance: Any, factors: list[Factor]
) -> None:
    """Twin: no part of the CO2 is known, so none is stated."""
    known = [one for one in factors if one.id != "car_co2"]
    found = balance({"b.travel": 600}, known)

    assert found.saved_per_year == Footprint(None, None)
    assert found.lacking == ("car_co2",)
    assert sustainability.WITHOUT_TRAVEL not in found.assumptions


def test_no_journey_needs_no_number(balance: Any, factors: list[Factor]) -> None:
    """Twin: 0 km are 0 kg, whatever a kilometre costs."""
    known = [one for one in factors if one.id != "car_co2"]
    found = balance({**STATED, "b.travel": 0}, known)

    assert near(found.saved_per_year, [300, 300, 300], [90, 120, 150])
    assert found.lacking == ()
    assert sustainability.WITHOUT_TRAVEL not in found.assumptions


def test_zero_is_stated(balance: Any) -> None:
    """A system that needs no training of its own says so with 0."""
    found = balance({**STATED, "b.training": 0})

    assert near(found.per_year, [110, 120, 140], [33, 48, 70])
    assert sustainability.SAME_PLACE not in found.assumptions


def test_an_excuse_is_no_number(balance: Any) -> None:
    """What does not apply is not stated."""
    found = balance({**STATED, "b.training": {"not_applicable": "Gekauft."}})

    assert found.training is None
    assert FeedName.TRAINING_ENERGY in found.missing
