"""What people can choose from in a list, as WTForms takes it."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

PLEASE_CHOOSE = {"": ""}


def offer(words: Mapping[str, str] | Iterable[tuple[str, str]]) -> list[Any]:
    """Value → words, in their order."""
    pairs = words.items() if isinstance(words, Mapping) else words
    return [SelectChoice(value=value, label=label) for value, label in pairs]
