"""A small questionnaire with every type of question, as objects and as files; all made up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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
    """Two sections, all nine types, a chain of two conditions."""
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
""",
    "values.yaml": """\
values:
  - id: equality
    title: {de: Gleichheit, en: Equality}
    source: road-act
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
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the folder; ``write(file, old, new)`` with one passage replaced."""

    def folder(file: str = "", old: str = "", new: str = "") -> Path:
        root = tmp_path / "questionnaires"
        for name, content in FILES.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if name == file:
                assert old in content, f"{old!r} is not in {name}"
                path.write_text(content.replace(old, new, 1), encoding="utf-8")
            else:
                path.write_text(content, encoding="utf-8")
        return root

    return folder
