"""Options that say several things at once: NAME=VALUE, NAME=NUMBER, GAP=LIMIT; and numbers.

Callbacks for click; each raises click.BadParameter with an example of what is expected.
"""

import click

from workbench.audit.catalogue import GAPS

Stated = tuple[str, ...]
DELIMITERS = (";", ",", "tab", "|")
ENCODINGS = ("utf-8", "cp1252", "utf-16")


def number(_context: object, _option: object, stated: str | None) -> float | None:
    """One number, with a decimal point."""
    if stated is None:
        return None
    try:
        return float(stated)
    except ValueError as error:
        pointed = stated.replace(",", ".")
        example = pointed if stated.count(",") == 1 and _is_number(pointed) else "0.5"
        message = f"“{stated}” is no number with a decimal point. Write {example}."
        raise click.BadParameter(message) from error


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdecimal()


def pairs(_context: object, _option: object, stated: Stated) -> dict[str, str]:
    """NAME=VALUE, several times, as a mapping."""
    parts = [text.partition("=") for text in stated]
    for text, (name, sign, value) in zip(stated, parts, strict=True):
        if not (name and sign and value):
            raise click.BadParameter(f"“{text}” should read NAME=VALUE, for example sex=female.")
    return {name: value for name, _, value in parts}


def numbers_of(context: object, option: object, stated: Stated) -> dict[str, list[float]]:
    """NAME=NUMBER,NUMBER, several times, as a mapping."""
    try:
        return {
            name: [float(number) for number in numbers.split(",")]
            for name, numbers in pairs(context, option, stated).items()
        }
    except ValueError as error:
        raise click.BadParameter(f"{error}; it should read NAME=25,35,50.") from error


def limits(context: object, option: object, stated: Stated) -> dict[str, float]:
    """GAP=NUMBER, several times, as a mapping."""
    found = numbers_of(context, option, stated)
    for name, numbers in found.items():
        if name not in GAPS:
            raise click.BadParameter(f"“{name}” is no gap. Choose from: {', '.join(GAPS)}.")
        if len(numbers) > 1:
            raise click.BadParameter(f"“{name}” has one limit, with a decimal point: {name}=0.05.")
    return {name: numbers[0] for name, numbers in found.items()}
