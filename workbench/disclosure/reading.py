"""A record as somebody reads it: chapters in order, gaps marked, labels in one language.

Gives plain values only (text, numbers, dates, lists, maps), so that web page, preview and PDF can
share ``templates/public/record.html``, whose only input this is.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbench.basics import text
from workbench.basics.capacities import CAPACITIES
from workbench.basics.phases import PHASES
from workbench.basics.text import later
from workbench.disclosure import checks
from workbench.disclosure.record import Item, Lines, TransparencyRecord

# Parts of the page: anchor, title, partial under templates/public/record/.
Part = tuple[str, str, str]
SHORT: Part = ("in-short", later("In short"), "in_short")
PROCEDURE: Part = ("procedure", later("How it came about"), "procedure")
DECISIONS: Part = ("decisions", later("Value decisions and dissent"), "decisions")
CHECKS: Part = ("checks", later("Checks for discrimination"), "checks")
BOARD: Part = ("board", later("Decision of the ethics board and conditions"), "board")
NOT_PUBLISHED: Part = ("not-published", later("What we do not publish, and why"), "not_published")
EDITION: Part = ("edition", later("This edition, and how to check it"), "edition")

# Chapters that everybody looks for, and the questions that move there from their own section.
RESPONSIBLE: Part = ("responsible", later("Who is responsible"), "chapter")
AFFECTED: Part = ("affected", later("Who is affected"), "chapter")
DIFFICULTIES: Part = ("difficulties", later("Difficulties and open questions"), "chapter")
TOPICS: dict[Part, tuple[str, ...]] = {
    RESPONSIBLE: ("decision.content_office", "decision.technology_office"),
    AFFECTED: ("people.groups",),
    DIFFICULTIES: ("people.difficulties",),
}
MOVED = {identifier for questions in TOPICS.values() for identifier in questions}

# What a reader in a hurry wants, and the questions whose stated answers say it.
IN_SHORT: tuple[tuple[str, tuple[str, ...]], ...] = (
    (later("What is it meant to achieve?"), ("purpose.goal",)),
    (later("Why does the town want it?"), ("purpose.problem",)),
    (later("What does it mean for me?"), ("decision.automation", "decision.oversight")),
    (later("Where can I object?"), ("people.contact",)),
)
ASK = later("Whom can I ask?")


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
        "record": record.model_dump(),
        "language": language,
        "fingerprint": fingerprint,
        "links": dict(links),
        "published_on": text.day(language, record.published_at.astimezone(text.ZONE).date()),
        "phase": text.translate(language, PHASES.get(record.phase, record.phase)),
        "outline": outline(record, language),
        "in_short": in_short(record, language),
        "checks": [checks.reading(audit, language, chart_url=chart_url) for audit in record.audits],
        "capacities": CAPACITIES,
    }


def outline(record: TransparencyRecord, language: str) -> list[dict[str, Any]]:
    """The parts of the page in order: ``anchor``, ``title``, ``part``; ``questions`` of a chapter.

    Every question of the record stands in it exactly once; a chapter that everybody looks for
    stands in it even when nothing was asked about it.
    """
    return [
        *(_part(part, language) for part in (SHORT, PROCEDURE, DECISIONS)),
        *(_topic(record, part, language) for part in (RESPONSIBLE, AFFECTED)),
        _part(CHECKS, language),
        _topic(record, DIFFICULTIES, language),
        _part(BOARD, language),
        *_chapters(record, language),
        *(_part(part, language) for part in (NOT_PUBLISHED, EDITION)),
    ]


def _part(part: Part, language: str) -> dict[str, Any]:
    anchor, title, partial = part
    return {"anchor": anchor, "title": text.translate(language, title), "part": partial}


def _topic(record: TransparencyRecord, part: Part, language: str) -> dict[str, Any]:
    items = [item.model_dump() for item in _items(record) if item.id in TOPICS[part]]
    return {**_part(part, language), "questions": items}


def _chapters(record: TransparencyRecord, language: str) -> Iterator[dict[str, Any]]:
    """The sections of the questionnaire, without the questions that stand elsewhere."""
    for chapter in record.chapters:
        items = [item.model_dump() for item in chapter.items if item.id not in MOVED]
        if items:
            yield {
                "anchor": f"chapter-{chapter.id}",
                "title": getattr(chapter.title, language),
                "part": "chapter",
                "questions": items,
            }


def _items(record: TransparencyRecord) -> Iterator[Item]:
    return (item for chapter in record.chapters for item in chapter.items)


def in_short(record: TransparencyRecord, language: str) -> list[dict[str, Any]]:
    """What a reader in a hurry wants: ``title`` and ``lines``; no lines means "not stated".

    ``written`` says for each line whether the town wrote it (it then reads the same in all
    languages) or the questionnaire did.
    """
    answers = {item.id: item.answer for item in _items(record)}
    entries = [
        _short(title, [answer for answer in map(answers.get, wanted) if answer], language)
        for title, wanted in IN_SHORT
    ]
    system = record.system
    asked = tuple(line for line in (system.department, system.contact) if line)
    entries.insert(-1, _short(ASK, [Lines(de=asked, en=asked)], language))
    return entries


def _short(title: str, answers: Sequence[Lines], language: str) -> dict[str, Any]:
    return {
        "title": text.translate(language, title),
        "lines": [line for answer in answers for line in getattr(answer, language)],
        "written": [answer.de == answer.en for answer in answers for _ in answer.de],
    }
