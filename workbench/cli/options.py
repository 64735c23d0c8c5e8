"""What options of ``workbench audit`` may say: numbers, choices, files, NAME=VALUE.

Click's own sentences are English only. So each type raises InvalidInput under the option's name,
with what is expected, and the command tells it in its language.
"""

import math
from collections.abc import Iterable
from pathlib import Path

import click

from workbench.audit.catalogue import GAPS
from workbench.audit.intake.files import NO_FILE
from workbench.basics.errors import InvalidInput
from workbench.basics.text import later

Stated = tuple[str, ...]
DELIMITERS = (";", ",", "tab", "|")
ENCODINGS = ("utf-8", "cp1252", "utf-16")

NO_NUMBER = later("“{stated}” is no number with a decimal point. Write for example {example}.")
NOT_FROM = later("“{stated}” is no whole number from {low} on.")
NOT_BETWEEN = later("“{stated}” is no whole number from {low} to {high}.")
NONE_OF = later("“{stated}” is not known. Choose one of: {choices}.")
NO_PAIR = later("“{stated}” should read NAME=VALUE, for example {example}.")
TWICE = later("“{name}” is stated twice. State it once.")
ONE_LIMIT = later("“{name}” has one limit, with a decimal point: {name}=0.05.")
IS_FOLDER = later("“{path}” is a folder. Name a file.")
IS_FILE = later("“{path}” is a file. Name a folder.")


def refused(option: click.Parameter | None, message: str, **values: object) -> InvalidInput:
    """The refusal of what was said for an option, under its name."""
    name = str(option.opts[0]) if isinstance(option, click.Option) else "FILE"
    return InvalidInput(message, {name: message}, **values)


def none_of(option: click.Parameter | None, stated: object, choices: Iterable[str]) -> InvalidInput:
    """The refusal of a word that is none of the choices."""
    listed = ", ".join(f"“{choice}”" for choice in choices)
    return refused(option, NONE_OF, stated=str(stated), choices=listed)


class Whole(click.ParamType[int]):
    """A whole number from ``low`` on, up to ``high`` where there is an end."""

    name = "integer"

    def __init__(self, low: int, high: int | None = None) -> None:
        self.low, self.high = low, high

    def convert(
        self, value: object, param: click.Parameter | None, _ctx: click.Context | None
    ) -> int:
        """Raises InvalidInput."""
        message = NOT_FROM if self.high is None else NOT_BETWEEN
        said = {"stated": str(value), "low": str(self.low), "high": str(self.high)}
        try:
            number = int(str(value))
        except ValueError as error:
            raise refused(param, message, **said) from error
        if not self.low <= number <= (number if self.high is None else self.high):
            raise refused(param, message, **said)
        return number


class Number(click.ParamType[float]):
    """A finite number with a decimal point."""

    name = "float"

    def convert(
        self, value: object, param: click.Parameter | None, _ctx: click.Context | None
    ) -> float:
        """Raises InvalidInput."""
        return _finite(str(value), param)


class OneOf(click.Choice[str]):
    """One of several words."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Raises InvalidInput."""
        if value not in self.choices:
            raise none_of(param, value, self.choices)
        return super().convert(value, param, ctx)


class Place(click.Path):
    """A file or folder; see click.Path."""

    def convert(
        self, value: object, param: click.Parameter | None, _ctx: click.Context | None
    ) -> Path:
        """Raises InvalidInput."""
        path = Path(str(value))
        for message, is_so in (
            (NO_FILE, self.exists and not path.exists()),
            (IS_FOLDER, not self.dir_okay and path.is_dir()),
            (IS_FILE, not self.file_okay and path.is_file()),
        ):
            if is_so:
                raise refused(param, message, path=str(path))
        return path


def pairs(
    _context: object, option: click.Parameter, stated: Stated, example: str = "sex=female"
) -> dict[str, str]:
    """NAME=VALUE, several times, as a mapping; a callback, as are the two below."""
    parts = [text.partition("=") for text in stated]
    for text, (name, sign, value) in zip(stated, parts, strict=True):
        if not (name and sign and value):
            raise refused(option, NO_PAIR, stated=text, example=example)
    found = {name: value for name, _, value in parts}
    names = [name for name, _, _ in parts]
    for name in found:
        if names.count(name) > 1:
            raise refused(option, TWICE, name=name)
    return found


def numbers_of(
    context: object, option: click.Parameter, stated: Stated, example: str = "age=25,35,50"
) -> dict[str, list[float]]:
    """NAME=NUMBER,NUMBER, several times, as a mapping."""
    return {
        name: [_finite(number, option) for number in numbers.split(",")]
        for name, numbers in pairs(context, option, stated, example).items()
    }


def limits(context: object, option: click.Parameter, stated: Stated) -> dict[str, float]:
    """GAP=NUMBER, several times, as a mapping."""
    found = numbers_of(context, option, stated, "demographic_parity_difference=0.05")
    for name, numbers in found.items():
        if name not in GAPS:
            raise none_of(option, name, GAPS)
        if len(numbers) > 1:
            raise refused(option, ONE_LIMIT, name=name)
    return {name: numbers[0] for name, numbers in found.items()}


def _finite(stated: str, option: click.Parameter | None) -> float:
    """A finite number; where a comma stands for the point, the refusal says how to write it."""
    try:
        number = float(stated)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise refused(option, NO_NUMBER, stated=stated, example=_example(stated))
    return number


def _example(stated: str) -> str:
    pointed = stated.replace(",", ".")
    is_number = pointed.replace(".", "", 1).removeprefix("-").isdecimal()
    return pointed if stated.count(",") == 1 and is_number else "0.5"
