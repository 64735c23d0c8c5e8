"""A record as somebody reads it: parts in order, gaps marked, labels in one language.

Gives plain values only (text, numbers, dates, lists, maps), so that web page, preview and PDF can
share ``templates/public/record.html``, whose only input this is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from workbench.basics import clock, text
from workbench.basics.capacities import CAPACITIES
from workbench.basics.phases import PHASES
from workbench.disclosure import checks, following, topics
from workbench.disclosure.pieces import Lines
from workbench.disclosure.record import Item, PhasePart, TransparencyRecord
from workbench.disclosure.topics import Part
from workbench.governance.conditions import STATES as CONDITION_STATES
from workbench.governance.dissents import ORIGINS
from workbench.governance.lifecycle import STATES

FIRST = (
    topics.SHORT,
    topics.PROCEDURE,
    topics.DECISIONS,
    topics.RESPONSIBLE,
    topics.AFFECTED,
    topics.CLASS,
    topics.FIGURES,
    topics.CHECKS,
    topics.BALANCE,
    topics.DIFFICULTIES,
    topics.BOARD,
)
LAST = (topics.NOT_PUBLISHED, topics.EDITION)


def context(
    record: TransparencyRecord,
    language: str,
    *,
    fingerprint: str,
    chart_url: checks.ChartUrl,
    links: Mapping[str, str],
) -> dict[str, Any]:
    """Everything ``public/record.html`` needs.

    ``fingerprint`` is the SHA-256 of the record's canonical JSON, ``chart_url`` turns the hash of
    a chart into its address, ``links`` may name the addresses ``json`` and ``pdf``.
    """
    return {
        "record": record.model_dump(exclude={"conclusions"}),
        "language": language,
        "fingerprint": fingerprint,
        "links": dict(links),
        "published_on": text.day(language, clock.day(record.published_at)),
        "phase": text.translate(language, PHASES.get(record.phase, record.phase)),
        "phase_names": dict(PHASES),
        "in_work": [
            {"phase": PHASES.get(one.phase, one.phase), "state": STATES.get(one.state, one.state)}
            for one in record.in_work
        ],
        "outline": outline(record, language),
        "in_short": in_short(record, language),
        "follows": following.reading(record, language),
        "checks": [checks.reading(audit, language, chart_url=chart_url) for audit in record.audits],
        "capacities": CAPACITIES,
        "origins": ORIGINS,
        "condition_states": CONDITION_STATES,
    }


def outline(record: TransparencyRecord, language: str) -> list[dict[str, Any]]:
    """The parts of the page in order: ``anchor``, ``title``, ``part``; ``questions`` of a part
    that has some; ``chapters`` (anchor, title, questions) of a phase.

    Every question of the record stands in it exactly once; a part that everybody looks for stands
    in it even when nothing was asked about it.
    """
    moved = topics.moved(record)
    taken = {item.id for found in moved.values() for item in found}
    return [
        *(_part(part, language, moved.get(part)) for part in FIRST),
        *_phases(record, taken, language),
        *(_part(part, language) for part in LAST),
    ]


def _part(part: Part, language: str, found: Iterable[Item] | None = None) -> dict[str, Any]:
    anchor, title, partial = part
    entry = {"anchor": anchor, "title": text.translate(language, title), "part": partial}
    asked = {} if found is None else {"questions": [item.model_dump() for item in found]}
    return entry | asked


def _phases(record: TransparencyRecord, taken: set[str], language: str) -> Iterator[dict[str, Any]]:
    """The answers of each phase, without the questions that stand elsewhere."""
    for phase in record.phases:
        name = text.translate(language, PHASES.get(phase.phase, phase.phase))
        yield {
            "anchor": f"phase-{phase.phase}",
            "title": text.translate(language, topics.ANSWERS, {"phase": name}),
            "part": "phase",
            "approved_on": phase.approved_on,
            "chapters": list(_chapters(phase, taken, language)),
        }


def _chapters(phase: PhasePart, taken: set[str], language: str) -> Iterator[dict[str, Any]]:
    for chapter in phase.chapters:
        left = [item.model_dump() for item in chapter.items if item.id not in taken]
        if left:
            yield {
                "anchor": f"chapter-{phase.phase}-{chapter.id}",
                "title": getattr(chapter.title, language),
                "questions": left,
            }


def in_short(record: TransparencyRecord, language: str) -> list[dict[str, Any]]:
    """What a reader in a hurry wants: ``title`` and ``lines``; no lines means "not stated".

    ``written`` says for each line whether the town wrote it (it then reads the same in all
    languages) or the questionnaire did.
    """
    answers = {item.id: item.answer for item in topics.items(record)}
    entries = [
        _short(title, list(_first_stated(answers, wanted)), language)
        for title, wanted in topics.IN_SHORT
    ]
    system = record.system
    asked = tuple(line for line in (system.department, system.contact) if line)
    entries.insert(-1, _short(topics.ASK, [Lines(de=asked, en=asked)], language))
    return entries


def _first_stated(
    answers: Mapping[str, Lines | None], wanted: Iterable[tuple[str, ...]]
) -> Iterator[Lines]:
    for alternatives in wanted:
        stated = [answer for answer in map(answers.get, alternatives) if answer]
        yield from stated[:1]


def _short(title: str, answers: Sequence[Lines], language: str) -> dict[str, Any]:
    return {
        "title": text.translate(language, title),
        "lines": [line for answer in answers for line in getattr(answer, language)],
        "written": [answer.de == answer.en for answer in answers for _ in answer.de],
    }
