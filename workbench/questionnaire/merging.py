"""What becomes of answers when several people write: saved, left alone, or contested. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue


@dataclass(frozen=True)
class Present:
    """The present answer to a question and how many saves led to it."""

    value: JsonValue
    number: int


@dataclass(frozen=True)
class Merged:
    """``saved``: question id → (value, number of the save); ``contested``: ids that wait for a
    choice; ``numbers``: question id → the save that the sender's page shows from now on.
    """

    saved: dict[str, tuple[JsonValue, int]]
    contested: tuple[str, ...]
    numbers: dict[str, int]


NOTHING = Present(None, 0)


def merge(
    sent: Mapping[str, JsonValue],
    seen: Mapping[str, int],
    present: Mapping[str, Present],
    shown: Callable[[str, int], JsonValue],
) -> Merged:
    """Sort what was sent by what happened since the page was shown.

    ``seen`` are the numbers that the page showed (0: no answer yet), ``shown`` gives the value of
    a question at such a number. An answer equal to the present one needs no save. One that the
    sender did not change is left alone, however new the present one is, and its number stays old:
    the page still shows the old text. One that both changed is contested.
    """
    saved: dict[str, tuple[JsonValue, int]] = {}
    contested: list[str] = []
    numbers = {key: seen.get(key, 0) for key in sent}
    for key, value in sent.items():
        now = present.get(key, NOTHING)
        if value == now.value:
            numbers[key] = now.number
        elif now.number == numbers[key]:
            numbers[key] += 1
            saved[key] = (value, numbers[key])
        elif value != shown(key, numbers[key]):
            contested.append(key)
    return Merged(saved, tuple(contested), numbers)
