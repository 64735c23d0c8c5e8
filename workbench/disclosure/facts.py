"""What the product knows of a system without a question, in words for the forms of other bodies."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from workbench.basics import text
from workbench.basics.capacities import CAPACITIES
from workbench.basics.phases import PHASES, Phase
from workbench.basics.text import later
from workbench.disclosure import balance_words, following
from workbench.disclosure.conclusions import Conclusions
from workbench.disclosure.profiles import Derived
from workbench.disclosure.record import SCHEMA_ID, Audit, Withheld
from workbench.governance.decisions import ValueDecision, chosen_text
from workbench.governance.dissents import Dissent
from workbench.governance.value_log import Logged
from workbench.questionnaire.conditions import holds
from workbench.questionnaire.definition import Text
from workbench.questionnaire.library import Named

# ISO 639-3, as registers of other countries name languages.
ISO_639_3 = {"de": "deu", "en": "eng"}
# Kinds of sentences that say what an audit found, as against how it was made.
FOUND = frozenset({"attention", "open", "passed", "caveat"})
CHECKED = later("Check for discrimination of {day}, {n} cases:")
CHOSEN = later("Chosen: {words}")
GAVE_WAY = later("Gave way: {words}")
MORE: tuple[tuple[str, Callable[[ValueDecision], str]], ...] = (
    (later("Reasons: {words}"), lambda one: one.reasons),
    (later("Protection: {words}"), lambda one: one.protection),
)
DISSENT = later("Other opinion: {words}")
DISSENT_AS = later("Other opinion ({capacity}): {words}")


@dataclass(frozen=True)
class Newest:
    """The newest edition and where it stands."""

    number: int
    sha256: str
    published_on: date
    first_published_on: date
    address: str
    data_address: str


@dataclass(frozen=True)
class Known:
    """What the words are made of.

    ``audits``, ``withheld`` and ``conclusions`` are as in an edition.
    """

    town: str
    slug: str
    name: str
    purpose: str
    department: str
    contact: str
    phase: Phase
    conditions: Iterable[Named]
    counting: Mapping[str, JsonValue]
    decisions: Sequence[Logged]
    values: Mapping[str, Text]
    audits: Sequence[Audit]
    withheld: Sequence[Withheld]
    conclusions: Conclusions
    newest: Newest | None


def facts(known: Known, language: str) -> dict[Derived, str]:
    """Each derived thing in words; what is not known is missing or empty."""
    holding = [one for one in known.conditions if holds(one.holds_if, known.counting)]
    return {
        Derived.TOWN: known.town,
        Derived.IDENTIFIER: known.slug,
        Derived.NAME: known.name,
        Derived.PURPOSE: known.purpose,
        Derived.DEPARTMENT: known.department,
        Derived.CONTACT: known.contact,
        Derived.PHASE: text.translate(language, PHASES[known.phase]),
        Derived.CONDITIONS: "\n".join(one.title.in_language(language) for one in holding),
        Derived.DECISIONS: "\n\n".join(
            _decision(one, known.values, language) for one in known.decisions if one.body.question
        ),
        Derived.DECISIONS_SHORT: "\n".join(
            _choice(one.body, known.values, language)
            for one in known.decisions
            if one.body.question
        ),
        Derived.AUDITS: "\n\n".join(_audits(known, language)),
        Derived.FIGURES: "\n".join(following.sentences(known.conclusions, language)),
        Derived.BALANCE: "\n".join(balance_words.sentences(known.conclusions.balance, language)),
        Derived.LANGUAGE: ISO_639_3[language],
        Derived.SCHEMA: SCHEMA_ID,
        **(_edition(known.newest, language) if known.newest else {}),
    }


def _edition(newest: Newest, language: str) -> dict[Derived, str]:
    return {
        Derived.EDITION: text.translate(language, later("Edition {n}"), {"n": newest.number}),
        Derived.HASH: newest.sha256,
        Derived.PUBLISHED_ON: text.day(language, newest.published_on),
        Derived.FIRST_PUBLISHED_ON: text.day(language, newest.first_published_on),
        Derived.ADDRESS: newest.address,
        Derived.DATA_ADDRESS: newest.data_address,
    }


def _decision(entry: Logged, values: Mapping[str, Text], language: str) -> str:
    """What was chosen, and why, with what protects the value that gave way and who disagreed."""
    more = [
        text.translate(language, message, {"words": part(entry.body)})
        for message, part in MORE
        if part(entry.body)
    ]
    dissents = [_dissent(one, language) for one in entry.dissents]
    return "\n".join([_choice(entry.body, values, language), *more, *dissents])


def _dissent(dissent: Dissent, language: str) -> str:
    if not dissent.capacity:
        return text.translate(language, DISSENT, {"words": dissent.words})
    capacity = text.translate(language, CAPACITIES[dissent.capacity])
    return text.translate(language, DISSENT_AS, {"capacity": capacity, "words": dissent.words})


def _choice(decision: ValueDecision, values: Mapping[str, Text], language: str) -> str:
    """The question, what was chosen, and what gave way."""
    said = [decision.question]
    if chosen := chosen_text(decision):
        said.append(text.translate(language, CHOSEN, {"words": chosen}))
    if decision.yielding in values:
        words = values[decision.yielding].in_language(language)
        said.append(text.translate(language, GAVE_WAY, {"words": words}))
    return "\n".join(said)


def _audits(known: Known, language: str) -> Iterator[str]:
    """The sentences of what was found, and why others are kept back."""
    for audit in known.audits:
        result = audit.result
        n = result.overall.n or result.provenance.rows
        head = text.translate(language, CHECKED, {"day": audit.on, "n": n})
        said = (one.text[language] for one in result.findings if one.kind in FOUND)
        yield "\n".join([head, *said])
    for one in known.withheld:
        yield f"{getattr(one.what, language)}: {getattr(one.ground, language)}"
