"""The sustainability balance in words: what its lines, inputs and factors are called."""

from collections.abc import Collection, Mapping
from typing import Any

from workbench.audit.words.phrases import figure
from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure.conclusions import Balance, Footprint, Range, UsedFactor
from workbench.questionnaire import feeds

NOT_STATED = later("not stated")
LINES: Mapping[str, str] = {
    "training": later("Training, once"),
    "training_per_year": later("Training, per year of use"),
    "per_thousand": later("1,000 uses"),
    "use_per_year": later("Use, per year"),
    "per_year": later("Training and use, per year"),
    "saved_per_year": later("Saved by the procedure it replaces, per year"),
    "difference": later("What remains per year; below zero the system saves"),
}
# What these two are called while journeys by car cannot be counted.
WITHOUT_TRAVEL: Mapping[str, str] = {
    "saved_per_year": later(
        "Saved by the procedure it replaces, per year, without journeys by car"
    ),
    "difference": later(
        "What remains per year, without journeys by car; below zero the system saves"
    ),
}
INPUTS: Mapping[str, str] = {
    "uses_per_year": later("uses per year"),
    "lifetime_years": later("years of use"),
    "training_energy": later("energy of training"),
    "use_energy": later("energy of use"),
    "device_power": later("power of the device"),
    "device_hours": later("hours of the device"),
    "replaced_energy": later("energy of the procedure it replaces"),
    "replaced_travel": later("journeys by car of the procedure it replaces"),
    feeds.GRID: later("CO2 per kilowatt hour (the workbench has no dated number yet)"),
    feeds.CAR: later("CO2 per kilometre by car (the workbench has no dated number yet)"),
    feeds.OWN_ROOM: later("overhead of a server room (the workbench has no dated number yet)"),
    feeds.PROFESSIONAL: later("overhead of a data centre (the workbench has no dated number yet)"),
}
BASIS: Mapping[str, str] = {
    "measured": later("measured"),
    "vendor": later("stated by the vendor"),
    "estimated": later("estimated"),
    "not_known": later("not known"),
}
RANGE = later("{value} ({low} to {high})")
BASED = later("Basis of the energy of use:")


def lines(missing: Collection[str]) -> Mapping[str, str]:
    """What each line of the balance is called; ``missing``: inputs and factors that lack."""
    return {**LINES, **WITHOUT_TRAVEL} if feeds.CAR in missing else LINES


def reading(balance: Balance, language: str) -> dict[str, Any]:
    """``lines`` are empty when nothing is stated; ``exact``: no figure has a range."""
    called = lines(balance.missing)
    known = [found for one in balance.lines for found in (one.energy, one.co2) if found]
    return {
        "lines": [_line(one, called, language) for one in balance.lines] if known else [],
        "exact": all(one.low == one.high for one in known),
        "basis": text.translate(language, BASIS.get(balance.basis or "", NOT_STATED)),
        "assumptions": [getattr(one, language) for one in balance.assumptions],
        "factors": [_factor(one, language) for one in balance.factors],
        "missing": [text.translate(language, INPUTS.get(one, one)) for one in balance.missing],
    }


def sentences(balance: Balance, language: str) -> list[str]:
    """The lines that are stated, each in one sentence, then what they rest on; [] without any."""
    called = lines(balance.missing)
    told = [
        f"{text.translate(language, called.get(one.id, one.id))}: {', '.join(amounts)}"
        for one in balance.lines
        if (amounts := _amounts(one, language))
    ]
    basis = text.translate(language, BASIS.get(balance.basis or "", NOT_STATED))
    rest = [f"{text.translate(language, BASED)} {basis}"]
    rest += [getattr(one, language) for one in balance.assumptions]
    return [*told, *rest] if told else []


def _amounts(line: Footprint, language: str) -> list[str]:
    both = ((line.energy, "kWh"), (line.co2, "kg CO2"))
    return [f"{_range(found, language)} {unit}" for found, unit in both if found]


def _factor(factor: UsedFactor, language: str) -> dict[str, str]:
    return {
        "title": getattr(factor.title, language),
        "value": f"{_range(_span(factor), language)} {factor.unit}",
        "year": str(factor.year),
        "source": getattr(factor.source.title, language),
        "link": factor.source.link,
    }


def _span(factor: UsedFactor) -> Range:
    low = factor.value if factor.low is None else factor.low
    high = factor.value if factor.high is None else factor.high
    return Range(low=low, value=factor.value, high=high)


def _line(line: Footprint, called: Mapping[str, str], language: str) -> dict[str, str]:
    return {
        "title": text.translate(language, called.get(line.id, line.id)),
        "energy": _range(line.energy, language),
        "co2": _range(line.co2, language),
    }


def _range(found: Range | None, language: str) -> str:
    """The figure with its range, which is left out where lowest and highest are the same."""
    if found is None:
        return text.translate(language, NOT_STATED)
    shown = {name: _number(getattr(found, name), language) for name in ("low", "value", "high")}
    if found.low == found.high:
        return shown["value"]
    return text.translate(language, RANGE, shown)


def _number(value: float, language: str) -> str:
    """Whole from 100 on, one decimal from 1 on, else three."""
    digits = next((digits for start, digits in ((100, 0), (1, 1)) if abs(value) >= start), 3)
    return figure(language, value, digits if value else 0)
