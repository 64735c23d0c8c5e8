"""Names of the groups that stated edges make of a numeric attribute."""

from collections.abc import Sequence
from itertools import pairwise

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
    tidy = [int(edge) if float(edge).is_integer() else edge for edge in edges]
    middle = [_between(low, high, whole, language) for low, high in pairwise(tidy)]
    first = translate(language, UNDER, {"edge": tidy[0]})
    return [first, *middle, translate(language, AND_OVER, {"edge": tidy[-1]})]


def translated_bin(name: str, edges: Sequence[float], language: str) -> str:
    """The group that is called ``name`` in English, in the language; other names unchanged."""
    for whole in (True, False):
        names = bin_names(edges, whole=whole)
        if name in names:
            return bin_names(edges, whole=whole, language=language)[names.index(name)]
    return name


def _between(low: float, high: float, whole: bool, language: str) -> str:  # noqa: FBT001
    if not (whole and isinstance(low, int) and isinstance(high, int)):
        return translate(language, RANGE, {"first": low, "last": high})
    if high - low == 1:
        return translate(language, "{edge}", {"edge": low})
    return translate(language, WHOLE_RANGE, {"first": low, "last": high - 1})
