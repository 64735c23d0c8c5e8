"""The forms of other bodies as data: the profiles of ``reports/exports``.

A profile says field by field which answers fill it, what is derived, or why nothing can fill it.
``filling`` fills it, ``profile_files`` writes it down.
"""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from workbench.basics.errors import BrokenContent, NotFound
from workbench.basics.phases import Phase
from workbench.basics.text import later
from workbench.questionnaire.conditions import Condition, comparisons
from workbench.questionnaire.definition import Text
from workbench.questionnaire.file_parts import Prose, Slug
from workbench.questionnaire.reading import read

Audience = Literal["public", "authority"]
Shown = Literal["always", "filled", "never"]
Written = Literal["words", "value", "month"]
ANSWER = r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)?$"
AnswerName = Annotated[str, StringConstraints(pattern=ANSWER)]


class Derived(StrEnum):
    """What the product knows without a question."""

    ADDRESS = "address"  # the public page
    AUDITS = "audits"
    BALANCE = "balance"  # energy and CO2
    CONDITIONS = "conditions"  # the named conditions that hold
    CONTACT = "contact"
    DATA_ADDRESS = "data_address"  # the newest edition for programs
    DECISIONS = "decisions"
    DECISIONS_SHORT = "decisions_short"  # without reasons
    DEPARTMENT = "department"
    EDITION = "edition"
    FIGURES = "figures"  # impact and safeguards, over the answers that are not internal
    FIRST_PUBLISHED_ON = "first_published_on"
    HASH = "hash"
    IDENTIFIER = "identifier"
    LANGUAGE = "language"  # ISO 639-3
    NAME = "name"
    PHASE = "phase"
    PUBLISHED_ON = "published_on"
    PURPOSE = "purpose"
    SCHEMA = "schema"  # of our own record
    TOWN = "town"
    VERSION = "version"  # of the other body's form


class Part(BaseModel):
    """Anything in a profile."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True
    )


class Case(Part):
    """One value that the other form knows, and when it is the right one."""

    text: Prose | None = None
    """What to write; without it, nothing can be stated yet."""
    condition: Condition | None = Field(default=None, alias="if")
    """Holds for the answers of all phases."""
    phases: tuple[Phase, ...] = ()
    """The newest phase is one of these."""


class ProfileField(Part):
    """One field of the other body's form."""

    id: Prose
    """Its name or number in the other form."""
    key: Prose | None = None
    """Its name in the other body's data files, where they have one."""
    title: Text
    """What it asks: language: text."""
    answers: tuple[AnswerName, ...] = ()
    """The questions whose answers fill it, in this order; ``group/field``: one field of a group."""
    derived: tuple[Derived, ...] = ()
    """What fills it without a question, before the answers."""
    cases: tuple[Case, ...] = ()
    """A closed list of values: the first whose conditions hold fills it."""
    absent: Text | None = None
    """Why the product has nothing for it: language: text."""
    write: Written = "words"
    """As a person reads it, as it is stored (dates, addresses), or a date as year and month."""
    limit: int | None = Field(default=None, gt=0)
    """Most characters that the other form takes."""
    required: bool = False
    """Whether the other form is refused without it."""
    shown: Shown = "always"
    """Whether the other body shows it: also empty, only filled, never."""

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        origins = (self.answers or self.derived, self.cases, self.absent)
        if sum(map(bool, origins)) != 1:
            raise ValueError("exactly one of answers and derived, cases, absent")
        return self

    @property
    def questions(self) -> tuple[str, ...]:
        """Every question whose answer decides on the text, each once."""
        looked_at = [
            name for case in self.cases if case.condition for name, _ in comparisons(case.condition)
        ]
        asked = [name.partition("/")[0] for name in self.answers]
        return tuple(dict.fromkeys([*asked, *looked_at]))


class Profile(Part):
    """reports/exports/<id>.yaml: the form of another body."""

    id: Slug
    """Name of the profile, as its file."""
    title: Text
    """Name of the form: language: text."""
    note: Text
    """What it is for and what to do with it: language: text."""
    source: Slug | None = None
    """Law or standard behind it: name of a file in questionnaires/sources/; none for several."""
    version: Prose | None = None
    """Version of the form, where it has one."""
    audience: Audience
    """public: only what may be published; authority: internal answers too."""
    applies_if: Condition | None = None
    """Which systems it is for; without it, for all."""
    fields: tuple[ProfileField, ...] = Field(min_length=1)
    """The fields, in the order of the form."""

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for names in ([one.id for one in self.fields], [one.key for one in self.fields if one.key]):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"each field once, not {', '.join(twice)} again")
        return self


def load(folder: Path) -> tuple[Profile, ...]:
    """The profiles of the folder ``reports/exports``, by name.

    Raises BrokenContent for the first mistake: file, line, key and what was expected.
    """
    problems: list[BrokenContent] = []
    found = []
    for path in sorted(folder.glob("*.yaml")):
        document = read(path, folder, Profile, problems)
        if document and document.content.id != path.stem:
            problems.append(document.problem(("id",), f"{path.stem}, the name of the file"))
        elif document:
            found.append(document.content)
    if problems:
        raise problems[0]
    return tuple(found)


def profile(profiles: Sequence[Profile], identifier: str) -> Profile:
    """The profile of that name; NotFound when there is none."""
    for one in profiles:
        if one.id == identifier:
            return one
    raise NotFound(later("There is no such form."))
