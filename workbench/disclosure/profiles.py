"""Forms of other bodies filled from what the town has stated: the profiles of ``reports/exports``.

A profile names, field by field, the questions whose answers fill it, or what is derived. A field
that nobody filled stays empty and is counted; nothing is invented.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workbench.basics.errors import BrokenContent, NotFound
from workbench.basics.text import later
from workbench.questionnaire.definition import Text
from workbench.questionnaire.file_format import Prose, QuestionName, Slug
from workbench.questionnaire.reading import read
from workbench.questionnaire.summary import SummaryAnswer

Audience = Literal["public", "authority"]


class Derived(StrEnum):
    """What the product knows without a question."""

    ADDRESS = "address"
    AUDITS = "audits"
    CLASSIFICATION = "classification"
    CONTACT = "contact"
    DECISIONS = "decisions"
    DEPARTMENT = "department"
    EDITION = "edition"
    FORMAT = "format"
    IDENTIFIER = "identifier"
    LANGUAGE = "language"
    NAME = "name"
    PHASE = "phase"
    PUBLISHED_ON = "published_on"
    PURPOSE = "purpose"
    TOWN = "town"


class ProfileField(BaseModel):
    """One field of the other body's form: exactly one of ``answers`` and ``derived``."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    id: Prose
    """Its name in the other form."""
    title: Text
    """What it asks: language: text."""
    answers: tuple[QuestionName, ...] = ()
    """The questions whose answers fill it, in this order."""
    derived: Derived | None = None
    """What fills it without a question."""
    limit: int | None = Field(default=None, gt=0)
    """Most characters that the other form takes."""
    required: bool = False
    """Whether the other form needs it."""

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if bool(self.answers) is (self.derived is not None):
            raise ValueError("exactly one of answers and derived")
        return self


class Profile(BaseModel):
    """reports/exports/<id>.yaml: the form of another body."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    id: Slug
    """Name of the profile, as its file."""
    title: Text
    """Name of the form: language: text."""
    note: Text
    """What it is for and what to do with it: language: text."""
    source: Slug
    """Law or standard behind it: name of a file in questionnaires/sources/."""
    audience: Audience
    """public: only what may be published; authority: internal answers too."""
    fields: tuple[ProfileField, ...] = Field(min_length=1)
    """The fields, in the order of the form."""


@dataclass(frozen=True)
class Filled:
    """A field with its text; None when nothing was stated. ``too_long`` by so many characters."""

    field: ProfileField
    text: str | None
    too_long: int


@dataclass(frozen=True)
class FilledProfile:
    """A profile filled in one language."""

    profile: Profile
    language: str
    fields: tuple[Filled, ...]

    @property
    def missing(self) -> tuple[Filled, ...]:
        """The fields that the other form needs and nobody filled."""
        return tuple(one for one in self.fields if one.field.required and one.text is None)


def load(folder: Path) -> tuple[Profile, ...]:
    """The profiles of the folder ``reports/exports``, by name.

    Raises BrokenContent for the first mistake: file, line, key and what was expected.
    """
    problems: list[BrokenContent] = []
    found = [read(path, folder, Profile, problems) for path in sorted(folder.glob("*.yaml"))]
    if problems:
        raise problems[0]
    return tuple(document.content for document in found if document)


def profile(profiles: Sequence[Profile], identifier: str) -> Profile:
    """The profile of that name; NotFound when there is none."""
    for one in profiles:
        if one.id == identifier:
            return one
    raise NotFound(later("There is no such form."))


def filled(
    profile: Profile,
    answers: Mapping[str, SummaryAnswer],
    facts: Mapping[Derived, str],
    language: str,
) -> FilledProfile:
    """The profile with the words of the answers (by question id) and of what is derived.

    For the public, answers that are internal are left out. Nothing is cut to a field's limit.
    """
    return FilledProfile(
        profile, language, tuple(_filled(field, profile, answers, facts, language)
                                 for field in profile.fields)
    )  # fmt: skip


def _filled(
    field: ProfileField,
    profile: Profile,
    answers: Mapping[str, SummaryAnswer],
    facts: Mapping[Derived, str],
    language: str,
) -> Filled:
    if field.derived is not None:
        text = facts.get(field.derived, "")
    else:
        given = [answers[name] for name in field.answers if name in answers]
        told = [one for one in given if one.stated and (one.public or profile.audience != "public")]
        text = "\n".join(_words(one, language, alone=len(told) == 1) for one in told)
    too_long = max(0, len(text) - field.limit) if field.limit else 0
    return Filled(field, text or None, too_long)


def _words(answer: SummaryAnswer, language: str, *, alone: bool) -> str:
    """The answer; with its question before it where several answers fill one field."""
    said = "\n".join(answer.words[language])
    return said if alone else f"{answer.title.in_language(language)} {said}"


def as_json(made: FilledProfile) -> bytes:
    """The fields by their names in the other form; null is not stated."""
    content = {
        "profile": made.profile.id,
        "language": made.language,
        "fields": {one.field.id: one.text for one in made.fields},
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def as_csv(made: FilledProfile) -> bytes:
    """One row per field: name, question, text; UTF-8 with a mark so that spreadsheets read it."""
    written = io.StringIO(newline="")
    rows = csv.writer(written, delimiter=";")
    rows.writerow(["field", "question", "answer"])
    for one in made.fields:
        title = one.field.title.in_language(made.language)
        rows.writerow([harmless(text) for text in (one.field.id, title, one.text or "")])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
