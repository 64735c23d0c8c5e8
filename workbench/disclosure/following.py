"""What follows from the answers, as somebody reads it: duties, figures and balance in words."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from workbench.audit.words.phrases import figure
from workbench.basics import text
from workbench.basics.capacities import CAPACITIES
from workbench.basics.phases import PHASES
from workbench.basics.text import later
from workbench.disclosure import topics
from workbench.disclosure.conclusions import (
    Balance,
    Duties,
    Figure,
    Footprint,
    Indicator,
    Range,
    UsedFactor,
)
from workbench.disclosure.record import Item, TransparencyRecord
from workbench.questionnaire import feeds
from workbench.questionnaire.definition import QuestionType
from workbench.questionnaire.scoring import BAND_RULE

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
FIGURES = {
    "impact": (later("Impact: more points mean more impact"), later("Highest indicator")),
    "safeguards": (
        later("Safeguards: more points mean more safeguards"),
        later("Weakest indicator"),
    ),
}
POINTS = later("{n} of {total} points ({share})")
RANGE = later("{value} ({low} to {high})")
FROM, UNTIL = later("from {day}"), later("until {day}")
TIMES = {"now": later("now"), "later": later("later")}
ANY_TIME = later("at any time")


def reading(record: TransparencyRecord, language: str) -> dict[str, Any]:
    """``holding`` (sentences), ``duties`` (None without a calendar), ``figures``, ``balance``.

    Knock-outs name the answer that overrides every figure: ``question``, ``lines``, ``means``.
    """
    told = record.conclusions
    items = {item.id: item for item in topics.items(record)}
    return {
        "holding": [getattr(one.text, language) for one in told.holding],
        "duties": _duties(told.duties, language) if told.duties else None,
        "knock_outs": [
            {**_answer(items, one.question, language), "means": getattr(one.means, language)}
            for one in told.knock_outs
        ],
        "figures": [
            _figure(name, measured, items, language)
            for name, measured in (("impact", told.impact), ("safeguards", told.safeguards))
        ],
        "rule": text.translate(language, BAND_RULE),
        "balance": _balance(told.balance, language),
    }


def _answer(items: Mapping[str, Item], question: str, language: str) -> dict[str, Any]:
    item = items.get(question)
    answer = item.answer if item else None
    return {
        "question": getattr(item.question, language) if item else question,
        "lines": list(getattr(answer, language)) if answer else [],
        "written": bool(answer and answer.de == answer.en),
    }


def _brief(items: Mapping[str, Item], question: str, language: str) -> dict[str, Any]:
    """The answer without the reason of a judgement, which stands elsewhere on the page."""
    told, item = _answer(items, question, language), items.get(question)
    judged = item is not None and item.kind == QuestionType.JUDGEMENT
    return {**told, "lines": told["lines"][:1] if judged else told["lines"]}


def _duties(duties: Duties, language: str) -> dict[str, Any]:
    rows = [
        {
            "title": getattr(one.title, language),
            "time": text.translate(language, TIMES[one.time]),
            "dates": _dates(one.applies_from, one.applies_to, language),
            "phase": text.translate(language, PHASES.get(one.phase, one.phase)),
            "who": [text.translate(language, CAPACITIES.get(c, c)) for c in one.capacities],
            "source": getattr(one.source.title, language),
            "link": one.source.link,
        }
        for one in duties.duties
    ]
    return {
        "calendar": duties.calendar,
        "as_of": text.day(language, duties.as_of),
        "on": text.day(language, duties.on),
        "rows": rows,
        "now": sum(one.time == "now" for one in duties.duties),
    }


def _dates(start: date | None, end: date | None, language: str) -> str:
    given = [
        text.translate(language, words, {"day": day})
        for words, day in ((FROM, start), (UNTIL, end))
        if day
    ]
    return ", ".join(given) or text.translate(language, ANY_TIME)


def _figure(
    name: str, measured: Figure, items: Mapping[str, Item], language: str
) -> dict[str, Any]:
    title, worst_title = FIGURES[name]
    rated = [one for one in measured.indicators if one.share is not None]
    sign = 1 if name == "impact" else -1
    worst = max(rated, key=lambda one: sign * (one.share or 0), default=None)
    can_rise = measured.share is not None and measured.highest != measured.share
    return {
        "title": text.translate(language, title),
        "band": getattr(measured.band, language) if measured.band else "",
        "points": _points(measured, language),
        "highest": text.percent(language, measured.highest or 0, 0) if can_rise else "",
        "not_counted": measured.not_counted,
        "worst_title": text.translate(language, worst_title),
        "worst": getattr(worst.title, language) if worst else "",
        "indicators": [_indicator(one, items, language) for one in measured.indicators],
    }


def _points(found: Figure | Indicator, language: str) -> str:
    if found.share is None:
        return text.translate(language, NOT_STATED)
    share = text.percent(language, found.share, 0)
    values = {"n": found.points, "total": found.possible, "share": share}
    return text.translate(language, POINTS, values)


def _indicator(one: Indicator, items: Mapping[str, Item], language: str) -> dict[str, Any]:
    return {
        "title": getattr(one.title, language),
        "help": getattr(one.help, language),
        "points": _points(one, language),
        "trace": [
            {
                **_brief(items, entry.question, language),
                "n": entry.points,
                "total": entry.possible,
            }
            for entry in one.trace
        ],
    }


def lines(missing: Collection[str]) -> Mapping[str, str]:
    """What each line of the balance is called; ``missing``: inputs and factors that lack."""
    return {**LINES, **WITHOUT_TRAVEL} if feeds.CAR in missing else LINES


def _balance(balance: Balance, language: str) -> dict[str, Any]:
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
