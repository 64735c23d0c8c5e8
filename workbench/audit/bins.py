"""Names of the groups that stated edges make of a numeric attribute."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from babel.numbers import format_decimal

from workbench.basics.text import later, translate

UNDER = later("under {edge}")
WHOLE_RANGE = later("{first} to {last}")
RANGE = later("{first} to under {last}")
AND_OVER = later("{edge} and over")


def bin_names(edges: Sequence[float], *, whole: bool, language: str = "en") -> list[str]:
    """One name per group, from below the first edge to above the last.

    ``whole`` says that the column holds whole numbers, so that 25 up to 35 reads "25 to 34".

    >>> bin_names([25, 35], whole=True)
    ['under 25', '25 to 34', '35 and over']
    """
    middle = [_between(low, high, whole, language) for low, high in pairwise(edges)]
    first = translate(language, UNDER, {"edge": _edge(edges[0], language)})
    return [first, *middle, translate(language, AND_OVER, {"edge": _edge(edges[-1], language)})]


def translated_bin(name: str, edges: Sequence[float], language: str) -> str:
    """The group that is called ``name`` in English, in the language; other names unchanged."""
    return _translations(tuple(edges), language).get(name, name)


@lru_cache(maxsize=64)  # asked once per group and language: combined, that is a hundred times
def _translations(edges: tuple[float, ...], language: str) -> Mapping[str, str]:
    """The names of all groups in the language by those in English."""
    found: dict[str, str] = {}
    for whole in (False, True):
        names = (bin_names(edges, whole=whole, language=each) for each in ("en", language))
        found |= dict(zip(*names, strict=True))
    return found


def _between(low: float, high: float, whole: bool, language: str) -> str:  # noqa: FBT001
    if not (whole and float(low).is_integer() and float(high).is_integer()):
        ends = {"first": _edge(low, language), "last": _edge(high, language)}
        return translate(language, RANGE, ends)
    if high - low == 1:
        return _edge(low, language)
    ends = {"first": _edge(low, language), "last": _edge(high - 1, language)}
    return translate(language, WHOLE_RANGE, ends)


def _edge(edge: float, language: str) -> str:
    """An edge with all of its digits: rounded, two groups could have the same name."""
    digits = Decimal(int(edge)) if float(edge).is_integer() else Decimal(repr(float(edge)))
    return str(format_decimal(digits, locale=language, decimal_quantization=False))
