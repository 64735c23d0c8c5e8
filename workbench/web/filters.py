"""What templates may call: translation, numbers and dates in the language of the page."""

from collections.abc import Mapping
from datetime import date, datetime
from math import ceil

from flask import Flask, current_app

from workbench.basics import text
from workbench.basics.capacities import CAPACITIES
from workbench.basics.phases import PHASES
from workbench.basics.text import later
from workbench.governance.conditions import STATES as CONDITION_STATES
from workbench.governance.dissents import ORIGINS
from workbench.governance.lifecycle import STATES
from workbench.governance.roles import ROLES
from workbench.web.locale import language

# Id → words, for whatever a template shows that is stored as an id.
WORDS: dict[str, Mapping[str, str]] = {
    "state": STATES,
    "role": ROLES,
    "capacity": CAPACITIES,
    "phase": PHASES,
    "condition": CONDITION_STATES,
    "origin": ORIGINS,
}


def translated(message: str, **values: object) -> str:
    """The message in the language of the page, placeholders filled."""
    return text.translate(language(), message, values)


def word(identifier: str, kind: str) -> str:
    """The words of a stored id: ``"board"|word("role")``."""
    return translated(WORDS[kind][identifier])


def number(value: float, digits: int | None = None) -> str:
    """A number in the language of the page."""
    return text.number(language(), value, digits)


def percent(share: float, digits: int = 1) -> str:
    """A share as percent."""
    return text.percent(language(), share, digits)


def day(value: date) -> str:
    """A date in words."""
    return text.day(language(), value)


def moment(value: datetime) -> str:
    """An instant in words."""
    return text.moment(language(), value)


def clock_time(value: datetime) -> str:
    """The time of an instant."""
    return text.clock_time(language(), value)


def minutes(value: float) -> int:
    """Minutes without a fraction, rather too many than too few."""
    return ceil(value)


def file_size(size: int) -> str:
    """The size of a file: bytes, kilobytes of 1,000 bytes, or megabytes."""
    for unit, worth in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= worth:
            return f"{number(size / worth, 1)} {unit}"
    return translated(later("{n} bytes"), n=size)


def install(app: Flask) -> None:
    """Make them known to all templates."""
    app.jinja_env.globals["_"] = translated
    for function in (word, number, percent, day, moment, clock_time, file_size, minutes):
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def town() -> dict[str, object]:
        return {"town": current_app.extensions["town"]}
