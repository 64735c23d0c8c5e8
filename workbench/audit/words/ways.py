"""How and against whom effects were computed: stored in English, said in the reader's language.

A result is data, so it names its explainer and its background in one language. What is stored is
recognised by the messages below; anything else, such as a library's name, is shown as it is.
"""

import re
from functools import cache
from typing import NamedTuple

from workbench.basics.text import later, translate

CLOSED_FORM = later(
    "TreeSHAP, path-dependent, in closed form ({unit}; checked against {peer} on {rows} rows)"
)
BY_LIBRARY = later("{peer} (TreeSHAP, path-dependent; {unit})")
UNITS = {
    "log-odds": later("exact for the log-odds, not for the probability"),
    "score": later("exact for the raw score, not for what is made of it"),
    "probability": later("exact for the probability, which these trees add up to"),
    "prediction": later("exact for the prediction, which these trees add up to"),
}
TRAINED = later("the training rows counted in the model’s trees")


class Against(NamedTuple):
    """How the rows behind an explanation are named: all, some of them, or counted in trees."""

    every: str
    some: str
    counted: str


AUDITED = Against(
    later("all {rows} audited rows of the sample"),
    later("{rows} of the audited rows"),
    later("{rows} of the audited rows, counted in the model’s trees"),
)
HANDED_IN = Against(
    later("{rows} rows of the background sample that was handed in"),
    later("{rows} rows of the background sample that was handed in"),
    later("{rows} rows of the background sample that was handed in, counted in the model’s trees"),
)
STORED = (
    CLOSED_FORM,
    BY_LIBRARY,
    *UNITS.values(),
    later("shap.LinearExplainer (exact)"),
    later("permutations of columns ({count} and back; an estimate)"),
    TRAINED,
    later("the training rows weighed in the model’s trees (sums of second derivatives)"),
    *AUDITED,
    *HANDED_IN,
)
PLACE = re.compile(r"\\{(\w+)\\}")


def spoken(stored: str, language: str) -> str:
    """The stored words in the language; unchanged where no message is recognised in them."""
    for message in STORED:
        if found := _pattern(message).fullmatch(stored):
            values = {name: _value(part, language) for name, part in found.groupdict().items()}
            return translate(language, message, values)
    return stored


def is_handed_in(stored: str) -> bool:
    """Whether a stored background is a sample that was handed in, not the audited rows."""
    return any(_pattern(message).fullmatch(stored) for message in HANDED_IN)


def _value(part: str, language: str) -> object:
    return int(part) if part.isdecimal() else spoken(part, language)


@cache
def _pattern(message: str) -> re.Pattern[str]:
    return re.compile(PLACE.sub(r"(?P<\1>.+)", re.escape(message)))
