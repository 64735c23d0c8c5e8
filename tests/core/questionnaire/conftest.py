"""A small questionnaire with every type of question, as objects and as files; all made up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.basics.errors import BrokenContent
from workbench.questionnaire import checking, loading
from workbench.questionnaire.definition import Questionnaire

SOURCE = {
    "id": "road-act",
    "title": {"de": "Straßengesetz", "en": "Roads act"},
    "version": "1",
    "link": "https://law.example/roads",
    "checked_on": "2026-11-23",
}
VALUE = {"id": "equality", "title": {"de": "Gleichheit", "en": "Equality"}, "source": SOURCE}


def text(german: str, english: str) -> dict[str, str]:
    """A text in both languages."""
    return {"de": german, "en": english}


def question(identifier: str, kind: str, **more: Any) -> dict[str, Any]:
    """A question with everything it needs."""
    return {
        "id": identifier,
        "type": kind,
        "title": text(f"Frage {identifier}", f"Question {identifier}"),
        "why": text("Darum.", "Because."),
        "example": text("Etwa so.", "Like this."),
        "capacity": ["it"],
        "minutes": 2,
        "source": SOURCE,
        "value": VALUE,
        **more,
    }


@pytest.fixture
def sample() -> Questionnaire:
    """Two sections, all ten types, a chain of two conditions."""
    options = [
        {"id": "road", "title": text("Straße", "Road")},
        {"id": "path", "title": text("Weg", "Path")},
    ]
    fields = [
        {"id": "who", "type": "short_text", "required": True, "title": text("Wer", "Who")},
        {"id": "since", "type": "date", "title": text("Seit", "Since")},
    ]
    return Questionnaire.model_validate(
        {
            "id": "sample",
            "version": "2026.1",
            "phase": "conception",
            "title": text("Muster", "Sample"),
            "sections": [
                {
                    "id": "first",
                    "title": text("Zuerst", "First"),
                    "intro": text("Los.", "Go."),
                    "questions": [
                        question("first.name", "short_text", required=True),
                        question("first.story", "long_text"),
                        question("first.open", "yes_no", required=True),
                        question(
                            "first.kind",
                            "choice_one",
                            options=options,
                            ask_if={"equals": ["first.open", True]},
                        ),
                        question(
                            "first.length",
                            "number",
                            unit=text("Meter", "metres"),
                            minimum=0,
                            maximum=5000,
                            ask_if={"equals": ["first.kind", "road"]},
                        ),
                    ],
                },
                {
                    "id": "second",
                    "title": text("Danach", "Then"),
                    "intro": text("Weiter.", "On."),
                    "questions": [
                        question("second.places", "choice_many", options=options),
                        question(
                            "second.day",
                            "date",
                            required=True,
                            public=False,
                            ask_if={"any_of": ["second.places", ["path"]]},
                        ),
                        question("second.people", "group", required=True, fields=fields),
                        question("second.page", "link"),
                        question(
                            "second.verdict",
                            "judgement",
                            required=True,
                            options=options,
                            ask_if={"answered": "second.page"},
                        ),
                    ],
                },
            ],
        }
    )


FILES = {
    "sources/road-act.yaml": """\
id: road-act
title: {de: Straßengesetz, en: Roads act}
version: "1"
link: https://law.example/roads
checked_on: 2026-11-23
checked_against: official
""",
    "lists/2026.1/values.yaml": """\
values:
  - id: equality
    title: {de: Gleichheit, en: Equality}
    source: road-act
version: "2026.1"
""",
    "roads/2026.1/questionnaire.yaml": """\
id: roads
version: "2026.1"
phase: conception
sections:
  - id: start
    questions:
      - id: start.open
        type: choice_one
        options: [road, path]
        capacity: [it]
        minutes: 1
        source: road-act
        value: equality
      - id: start.length
        type: number
        ask_if: {equals: [start.open, road]}
        capacity: [it]
        minutes: 1
        source: road-act
        value: equality
      - id: start.people
        type: group
        fields:
          - {id: who, type: short_text}
        capacity: [it]
        minutes: 1
        source: road-act
        value: equality
lists: "2026.1"
""",
    "roads/2026.1/text.de.yaml": """\
title: Straßen
sections:
  start: {title: Anfang, intro: Los.}
questions:
  start.open:
    title: Was?
    why: Darum.
    example: Straße
    options: {road: Straße, path: Weg}
  start.length:
    title: Wie lang?
    why: Darum.
    example: "5"
    unit: Meter
  start.people:
    title: Wer?
    why: Darum.
    example: Alle
    fields: {who: {title: Name}}
""",
    "roads/2026.1/text.en.yaml": """\
title: Roads
sections:
  start: {title: Start, intro: Go.}
questions:
  start.open:
    title: What?
    why: Because.
    example: Road
    options: {road: Road, path: Path}
  start.length:
    title: How long?
    why: Because.
    example: "5"
    unit: metres
  start.people:
    title: Who?
    why: Because.
    example: Everybody
    fields: {who: {title: Name}}
""",
}
PHASES = {
    "lists/2026.1/conditions.yaml": """\
conditions:
  - id: on_road
    title: {de: Auf der Straße, en: On the road}
    holds_if: {equals: [start.open, road]}
  - id: long_road
    title: {de: Lange Straße, en: Long road}
    holds_if: {all: [{is: on_road}, {equals: [start.length, 5]}]}
version: "2026.1"
""",
    "lists/2026.1/indicators.yaml": """\
indicators:
  - id: reach
    dimension: impact
    title: {de: Reichweite, en: Reach}
    help: {de: Viele Punkte heißen viel., en: Many points mean much.}
    source: road-act
  - id: depth
    dimension: impact
    title: {de: Tiefe, en: Depth}
    help: {de: Viele Punkte heißen tief., en: Many points mean deep.}
    source: road-act
version: "2026.1"
""",
    "factors.yaml": """\
factors:
  - id: grid_co2
    value: 400
    low: 300
    high: 500
    unit: g/kWh
    year: 2025
    title: {de: Strom, en: Electricity}
    source: road-act
""",
    "duties/2026.1.yaml": """\
version: "2026.1"
as_of: 2026-11-23
note: {de: Anfang, en: Start}
duties:
  - id: sign
    title: {de: Ein Schild aufstellen., en: Put up a sign.}
    help: {de: Am Rand., en: At the side.}
    source: road-act
    applies_from: 2026-12-01
    when: {is: on_road}
    phase: design
    capacity: [it]
lists: "2026.1"
""",
    "build/2026.1/questionnaire.yaml": """\
id: build
version: "2026.1"
phase: design
gate:
  - {id: named, check: responsibilities}
  - {id: done, need: {answered: plan.verdict}, link: plan.verdict}
sections:
  - id: plan
    ask_if: {is: on_road}
    questions:
      - id: plan.verdict
        type: judgement
        options: [good, bad]
        earlier: [start.length]
        score: {indicator: reach, alternative: road, points: {good: 1, bad: 3}}
        knock_out: [bad]
        capacity: [it]
        minutes: 1
        source: road-act
        value: equality
      - id: plan.uses
        type: number
        ask_if: {is: long_road}
        score: {indicator: reach, alternative: road, steps: [[10, 1], [100, 2]]}
        feeds: uses_per_year
        capacity: [it]
        minutes: 1
        source: road-act
        value: equality
      - id: plan.chain
        type: group
        feeds: responsibility
        fields:
          - {id: task, type: choice_one, options: [content, technology, deputy, vendor, operator]}
          - {id: office, type: short_text}
          - {id: person, type: short_text, public: false}
          - {id: since, type: date}
          - {id: until, type: date}
        wanted: [{task: vendor, when: {is: long_road}}, {task: operator}]
        capacity: [it]
        minutes: 1
        source: road-act
        value: equality
lists: "2026.1"
""",
}
WORDS = """\
title: Build
gates:
  named: {title: Named., help: Name them.}
  done: {title: Done., help: Do it.}
sections:
  plan: {title: Plan, intro: Go., because: Road., because_not: No road.}
questions:
  plan.verdict:
    title: Verdict?
    why: Because.
    example: Good
    knock_out: Stop.
    options: {good: Good, bad: Bad}
  plan.uses:
    title: Uses?
    why: Because.
    example: "5"
  plan.chain:
    title: Who?
    why: Because.
    example: Everybody
    fields:
      task:
        title: Task
        options: {content: Content, technology: IT, deputy: Deputy, vendor: V, operator: O}
      office: {title: Office}
      person: {title: Person}
      since: {title: Since}
      until: {title: Until}
"""
PHASES |= {f"build/2026.1/text.{language}.yaml": WORDS for language in ("de", "en")}
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the folder; ``write(file, old, new)`` with one passage replaced.

    ``phases=True`` adds a second phase and all that questionnaires share.
    """

    def folder(file: str = "", old: str = "", new: str = "", *, phases: bool = False) -> Path:
        root = tmp_path / "questionnaires"
        for name, content in (FILES | PHASES if phases else FILES).items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if name == file:
                assert old in content, f"{old!r} is not in {name}"
                path.write_text(content.replace(old, new, 1), encoding="utf-8")
            else:
                path.write_text(content, encoding="utf-8")
        return root

    return folder


def require_problem(folder: Path, told: tuple[str | None, int, str, str]) -> None:
    """The check tells file (None: any), line, key and what is expected; load refuses."""
    file, line, key, expected = told

    found = checking.problems(folder)

    assert [
        problem
        for problem in found
        if problem.file.startswith("questionnaires/")
        and file in (None, problem.file.removeprefix("questionnaires/"))
        and problem.line == line
        and problem.key.endswith(key)
        and expected in problem.expected
    ], [str(problem) for problem in found]
    with pytest.raises(BrokenContent):
        loading.load(folder)
