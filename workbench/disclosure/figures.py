"""One number of an audit as the cell of a table: value, interval, and what weakens it, as text."""

from collections.abc import Callable

from workbench.audit.catalogue import GAPS
from workbench.audit.metrics import MEANS
from workbench.audit.parts import Gap, Measure
from workbench.audit.words.phrases import digits_for, figure
from workbench.basics import text
from workbench.basics.text import later

STATUS = {
    "ok": "",
    "uncertain": later("uncertain"),
    "not_assessable": later("too uncertain to assess"),
    "not_defined": later("nobody to count"),
    "suppressed": later("not published"),
}
RANGE = later("{low} to {high}")  # a dash between negative numbers reads like one more minus
Written = Callable[[float], str]
Cell = dict[str, str]  # value, interval, remark


def measure(name: str, found: Measure, language: str) -> Cell:
    """A rate in percent, or a mean in its own unit."""
    written: Written = lambda value: text.percent(language, value)  # noqa: E731
    if name in MEANS:
        written = _own_unit(language, found.value, found.low, found.high)
    return _cell(found, written, language)


def gap(name: str, found: Gap, language: str) -> Cell:
    """A difference or a ratio, see there."""
    kind = GAPS[name]
    if kind.form == "ratio":
        return ratio(found, language)
    return difference(kind.metrics[0], found, language)


def ratio(found: Gap, language: str) -> Cell:
    """A ratio as a number; 1 means equal."""
    return _cell(found, lambda value: figure(language, value, 2), language)


def difference(metric: str, found: Gap, language: str) -> Cell:
    """The difference of a rate in percentage points (without the unit), or of a mean in its own."""
    if metric in MEANS:
        written = _own_unit(language, found.value, found.low, found.high)
        return _cell(found, written, language)
    return _cell(found, lambda value: figure(language, 100 * value, 1), language)


def interval(low: float | None, high: float | None, written: Written, language: str) -> str:
    """Both ends; ∞ for an upper end that does not exist, "" without an interval."""
    if low is None:
        return ""
    return between(written(low), "∞" if high is None else written(high), language)


def between(low: str, high: str, language: str) -> str:
    """Two numbers that are text already, as a range in words."""
    return text.translate(language, RANGE, {"low": low, "high": high})


def _own_unit(language: str, *values: float | None) -> Written:
    digits = digits_for(*values)
    return lambda value: figure(language, value, digits)


def _cell(found: Measure | Gap, written: Written, language: str) -> Cell:
    value = found.value
    return {
        "value": "" if value is None else written(value),
        "interval": "" if value is None else interval(found.low, found.high, written, language),
        "remark": text.translate(language, STATUS[found.status]),
    }


def stated(name: str, value: float | None, language: str) -> str:
    """A limit of a gap, or a difference for it, as ``gap`` writes it; "" for None."""
    if value is None:
        return ""
    kind = GAPS[name]
    in_points = kind.form == "difference" and kind.metrics[0] not in MEANS
    return text.number(language, round(100 * value, 1) if in_points else value)


def smallest(name: str, value: float | None, language: str) -> str:
    """The smallest difference that would have shown: in points, or in a mean's unit.

    "" for a ratio, beside which a difference would be misread.
    """
    if value is None or GAPS[name].form == "ratio":
        return ""
    if GAPS[name].metrics[0] in MEANS:
        return figure(language, value, digits_for(value))
    return figure(language, 100 * value, 1)
