"""What an audit found, sorted for reading: first what a councillor needs, then the rest by kind."""

from collections.abc import Iterable
from typing import Any

from workbench.audit.parts import Finding, Kind
from workbench.audit.results import AuditResult
from workbench.audit.words import overview
from workbench.audit.words.judgements import judgement
from workbench.audit.words.phrases import column_words
from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure import pressing, tables

KINDS: dict[Kind, str] = {
    "attention": later("Needs a response"),
    "open": later("Undecided"),
    "passed": later("Within the limit"),
}
GROUPS: dict[Kind, str] = {**KINDS, "note": later("Notes"), "caveat": later("What weakens this")}
FOUND = later("What was found")
FURTHER = later(
    "Further results that need a response or are undecided stand below, with their groups: {n}."
)
CHECKED = later(
    "Cases in the table: {n}. Compared are the groups by {attributes}. Gaps tested between them: "
    "{gaps}."
)
WITH_OUTCOME = later(
    "The check knows what really happened. So it also compares how often the system is wrong."
)
WITHOUT_OUTCOME = later(
    "The check does not know what really happened. So it compares only how often the groups get "
    "the favourable prediction, and no errors."
)
CANNOT_SAY = (
    later(
        "It does not say why a gap exists, and not whether it is justified or lawful. People "
        "decide that, with reasons."
    ),
    later(
        "It sees only the people and attributes in this table. It says nothing about whoever is "
        "missing there."
    ),
    later("Where no gap was found, equal treatment is not proven."),
)
# How the ids of findings begin that are told in other places than by their kind.
REASONS, HIDDEN = "reason/", "hidden/"
METHOD = ("limits", "method", "crosscheck", "model/")
MOST_FIRST = 3  # sentences on gaps at the top; all others unfold
Told = list[dict[str, str]]
Block = dict[str, Any]  # title, entries; counts, see there


def blocks(result: AuditResult, language: str) -> list[Block]:
    """The sentences by weight: what was found, what weakens it, what it cannot say."""
    singles = set(result.provenance.plan.attributes)
    weak = [
        one
        for one in _elsewhere_not(result)
        if one.kind == "caveat"
        and (one.attribute is None or one.attribute in singles)
        and not one.id.startswith("gap/")
    ]
    made = (
        (later("What was checked"), _plain(_checked(result, language))),
        (FOUND, _found(result, language)),
        (later("What weakens these results"), say(weak, language)),
        (
            later("What this check cannot say"),
            _plain(text.translate(language, one) for one in CANNOT_SAY),
        ),
    )
    return [
        {
            "title": text.translate(language, title),
            "entries": told,
            "counts": counts(result, language) if title == FOUND else [],
        }
        for title, told in made
    ]


def further(result: AuditResult, language: str) -> list[Block]:
    """What unfolds below: the other gaps that need a response, then what is good to know."""
    notes = [
        one
        for one in _elsewhere_not(result)
        if one.attribute is None and one.kind in {"passed", "note"}
    ]
    hidden = overview.hidden_numbers(result, language)
    made = (
        (
            later("Further gaps that need a response"),
            say(pressing.first(result)[MOST_FIRST:], language),
        ),
        (later("Also good to know"), say(notes, language) + _plain(filter(None, [hidden]))),
    )
    return [
        {"title": text.translate(language, title), "entries": told} for title, told in made if told
    ]


def counts(result: AuditResult, language: str) -> list[dict[str, Any]]:
    """How many gaps of which kind each attribute has: ``title``, ``groups`` and ``cells``.

    The cells tell how many: needs a response, undecided, within the limit, and without judgement
    (no limit, too few people, or not published).
    """
    plan, rows = result.provenance.plan, []
    for name in tables.names(result):
        gaps = result.gaps.get(name, {})
        judged = [judgement(plan, kind, gap) for kind, gap in gaps.items()]
        kinds = [found[0] if found else None for found in judged]
        rows.append(
            {
                "title": column_words(plan, name, language),
                "single": name in plan.attributes,
                "groups": text.number(language, len(result.groups[name])),
                "cells": [text.number(language, kinds.count(kind)) for kind in (*KINDS, None)],
            }
        )
    return rows


def by_kind(findings: Iterable[Finding], language: str) -> list[Block]:
    """The findings in groups that say what they ask for, the most pressing group first."""
    found = list(findings)
    groups = [(kind, [one for one in found if one.kind == kind]) for kind in GROUPS]
    return [
        {
            "title": text.translate(language, GROUPS[kind]),
            "entries": _plain(one.text[language] for one in told),
        }
        for kind, told in groups
        if told
    ]


def below(result: AuditResult, name: str) -> list[Finding]:
    """What is told about an attribute below its name: all but what stands at the top.

    A gap's ratio beside its difference says nothing new in words; it stands in the table.
    """
    ids = {one.id for one in result.findings}
    return [
        one
        for one in result.findings
        if one.attribute == name
        and one.kind != "attention"
        and not one.id.startswith(HIDDEN)
        and not (one.kind in {"open", "note"} and pressing.said_before(one, ids))
        and not (one.kind == "caveat" and not one.id.startswith("gap/"))
    ]


def combined(result: AuditResult, name: str) -> list[Finding]:
    """What needs a response, or is undecided, about several attributes combined."""
    urgent = [one for one in result.findings if one.kind in {"attention", "open"}]
    ids = {one.id for one in urgent}
    return [one for one in urgent if one.attribute == name and not pressing.said_before(one, ids)]


def named(result: AuditResult, beginnings: tuple[str, ...]) -> list[Finding]:
    """The findings whose ids begin so."""
    return [one for one in result.findings if one.id.startswith(beginnings)]


def say(findings: Iterable[Finding], language: str) -> Told:
    """Each finding with what it asks for."""
    return [
        {
            "label": text.translate(language, KINDS.get(finding.kind, "")),
            "text": finding.text[language],
        }
        for finding in findings
    ]


def _elsewhere_not(result: AuditResult) -> list[Finding]:
    """The findings that have no place of their own."""
    return [one for one in result.findings if not one.id.startswith((REASONS, *METHOD))]


def _checked(result: AuditResult, language: str) -> list[str]:
    plan = result.provenance.plan
    values = {
        "n": result.overall.n or result.provenance.rows,
        "attributes": ", ".join(column_words(plan, name, language) for name in plan.attributes),
        "gaps": sum(map(len, result.gaps.values())),
    }
    said = [text.translate(language, CHECKED, values)]
    if plan.task == "classification" and plan.counts != "confusion":
        outcome = WITH_OUTCOME if plan.outcome else WITHOUT_OUTCOME
        said.append(text.translate(language, outcome))
    return said


def _found(result: AuditResult, language: str) -> Told:
    """How much was found; the first that needs a response; how much there is besides."""
    shown = pressing.first(result)[:MOST_FIRST]
    urgent = [one for one in result.findings if one.kind in {"attention", "open"}]
    rest = len(urgent) - len(shown)
    after = [text.translate(language, FURTHER, {"n": rest})] if rest else []
    return [*_plain(overview.told(result, language)), *say(shown, language), *_plain(after)]


def _plain(texts: Iterable[str]) -> Told:
    """Sentences that ask for nothing."""
    return [{"label": "", "text": one} for one in texts]
