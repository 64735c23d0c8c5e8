"""Rules for what all questionnaires share: sources, values, indicators, conditions, duties."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbench.basics.errors import BrokenContent
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import CheckedAgainst, Source
from workbench.questionnaire.feeds import FACTORS
from workbench.questionnaire.list_files import ListFiles
from workbench.questionnaire.phase_rules import Known, fulfilled, misfits
from workbench.questionnaire.reading import Document, Key
from workbench.questionnaire.vocabulary_format import (
    ConditionsFile,
    DutiesFile,
    DutyFile,
    FactorFile,
    FactorsFile,
    IndicatorFile,
    NamedConditionFile,
    ValueFile,
)

SOURCES = "sources"
# Without any date nobody can tell which text is meant.
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# A copy can change; its commit tells for good which words were read.
COMMIT = re.compile(r"\b[0-9a-f]{40}\b")


@dataclass(frozen=True)
class Vocabulary:
    """What stands beside the questionnaires; ``lists`` and ``calendars`` by version."""

    sources: Mapping[str, Document[Source]]
    lists: Mapping[str, ListFiles]
    calendars: Mapping[str, Document[DutiesFile]]
    factors: Document[FactorsFile] | None


def sources_named_as_files(vocabulary: Vocabulary) -> Iterator[BrokenContent]:
    """A source is found by the name of its file, has a date and its time, and is on the web."""
    for name, document in vocabulary.sources.items():
        source = document.content
        if source.id != name:
            yield document.problem(("id",), f"{name}, the name of the file")
        if not (source.applies_from or source.checked_on or YEAR.search(source.version)):
            yield document.problem(("version",), "a year in it, or a day in applies_from")
        if not source.link.startswith("https://"):
            yield document.problem(("link",), "an address that begins with https://")
        if _swapped(source.applies_from, source.applies_to):
            yield document.problem(("applies_to",), "a day after applies_from")


def checks_say_what_was_done(vocabulary: Vocabulary) -> Iterator[BrokenContent]:
    """A check has its day and what was compared with; a copy or a collection can be found again."""
    for document in vocabulary.sources.values():
        source = document.content
        against, text = source.checked_against, source.checked_text
        if source.checked_on and not against:
            kinds = ", ".join(CheckedAgainst)
            yield document.problem(("checked_on",), f"checked_against beside it: {kinds}")
        if against and not source.checked_on:
            yield document.problem(("checked_against",), "checked_on beside it, the day")
        if (against in {CheckedAgainst.COPY, CheckedAgainst.COLLECTION}) != bool(text):
            yield document.problem(
                ("checked_text" if text else "checked_against",),
                "checked_text exactly where a copy or a collection was compared",
            )
        elif against is CheckedAgainst.COPY and not COMMIT.search(text or ""):
            yield document.problem(("checked_text",), "the commit of the copy, 40 characters")


def checks_have_happened(vocabulary: Vocabulary, today: date) -> Iterator[BrokenContent]:
    """Nobody has compared anything on a day to come.

    Not among the rules for loading: a wrong clock must not keep the product from starting.
    """
    for document in vocabulary.sources.values():
        checked = document.content.checked_on
        if checked and checked > today:
            yield document.problem(("checked_on",), "a day that has come")


def lists_are_sound(vocabulary: Vocabulary) -> Iterator[BrokenContent]:
    """Values, indicators, duties and factors have ids of their own and known sources.

    A factor has one for each year.
    """
    for key, document, one, taken in _listed(vocabulary):
        if taken:
            yield document.problem((*key, "id"), f"an id of its own, {one.id} is taken")
        if one.source not in vocabulary.sources:
            yield document.problem((*key, "source"), f"the name of a file in {SOURCES}/")


Item = ValueFile | IndicatorFile | DutyFile | FactorFile


def _listed(vocabulary: Vocabulary) -> Iterator[tuple[Key, Document[Any], Item, bool]]:
    """Every entry with its place and whether its id was there before in the same file."""
    files: list[tuple[str, Document[Any] | None]] = [
        *(("values", one.values) for one in vocabulary.lists.values()),
        *(("indicators", one.indicators) for one in vocabulary.lists.values()),
        ("factors", vocabulary.factors),
        *(("duties", calendar) for calendar in vocabulary.calendars.values()),
    ]
    for name, document in files:
        seen = set()
        for n, one in enumerate(getattr(document.content, name) if document else ()):
            identity = (one.id, getattr(one, "year", None))
            if document:
                yield (name, str(n)), document, one, identity in seen
            seen.add(identity)


def ranges_hold_their_value(vocabulary: Vocabulary) -> Iterator[BrokenContent]:
    """The number to count with lies between the smallest and the largest."""
    factors = vocabulary.factors
    for n, one in enumerate(factors.content.factors if factors else ()):
        low, high = one.low or one.value, one.high or one.value
        if factors and not low <= one.value <= high:
            yield factors.problem(("factors", str(n), "value"), "a number from low to high")


def factors_are_known(vocabulary: Vocabulary) -> Iterator[BrokenContent]:
    """The product counts with certain factors, each in its unit."""
    factors = vocabulary.factors
    for n, one in enumerate(factors.content.factors if factors else ()):
        key = ("factors", str(n))
        if factors and one.id not in FACTORS:
            yield factors.problem((*key, "id"), f"one of {', '.join(FACTORS)}")
        elif factors and one.unit != FACTORS[one.id]:
            yield factors.problem((*key, "unit"), f"the unit {FACTORS[one.id]}")


def calendars_fit(vocabulary: Vocabulary) -> Iterator[BrokenContent]:
    """A calendar is named as its file; a duty ends after it begins."""
    for name, document in vocabulary.calendars.items():
        if document.content.version != name:
            yield document.problem(("version",), f"{name}, the name of the file")
        for n, duty in enumerate(document.content.duties):
            source = vocabulary.sources.get(duty.source)
            since = duty.applies_from or (source.content.applies_from if source else None)
            if _swapped(since, duty.applies_to):
                yield document.problem(("duties", str(n), "applies_to"), "a day after its first")


def conditions_fit(vocabulary: Vocabulary, everything: Known) -> Iterator[BrokenContent]:
    """Named conditions and duties look at known questions and at answers these can have."""
    for named, key, one, _ in named_conditions(vocabulary):
        # As written, with names: what these stand for is checked where it stands.
        for wanted in misfits(one.holds_if, everything.questions, set()):
            yield named.problem(key, wanted)
    for calendar, key, condition in _of_duties(vocabulary):
        for wanted in misfits(condition, everything.questions, set()):
            yield calendar.problem(key, wanted)


def conditions_can_hold(vocabulary: Vocabulary, everything: Known) -> Iterator[BrokenContent]:
    """Some answers fulfil every named condition and every duty's; meant for sound files."""
    for named, key, _, condition in named_conditions(vocabulary):
        wanted = fulfilled([condition], everything.nodes)
        if wanted:
            yield named.problem(key, wanted)
    for calendar, key, condition in _of_duties(vocabulary):
        wanted = fulfilled([condition], everything.nodes)
        if wanted:
            yield calendar.problem(key, wanted)


def named_conditions(
    vocabulary: Vocabulary,
) -> Iterator[tuple[Document[ConditionsFile], Key, NamedConditionFile, Condition]]:
    """Every named condition with its place, as written and without names."""
    for lists in vocabulary.lists.values():
        named = lists.conditions
        for n, one in enumerate(named.content.conditions if named else ()):
            if named:
                yield named, ("conditions", str(n), "holds_if"), one, lists.names[one.id]


def _of_duties(vocabulary: Vocabulary) -> Iterator[tuple[Document[DutiesFile], Key, Condition]]:
    for calendar in vocabulary.calendars.values():
        for n, duty in enumerate(calendar.content.duties):
            if duty.when:
                yield calendar, ("duties", str(n), "when"), duty.when


def _swapped(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and last < first


RULES = (
    sources_named_as_files,
    checks_say_what_was_done,
    lists_are_sound,
    ranges_hold_their_value,
    factors_are_known,
    calendars_fit,
)
