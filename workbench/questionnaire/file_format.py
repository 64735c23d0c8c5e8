"""What the files in ``questionnaires/`` may hold. ``questionnaires/schema.json`` is made from this.

The structure (``questionnaire.yaml``) and the texts (``text.<language>.yaml``) meet by their ids.
"""

import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import models_json_schema

from workbench.basics.capacities import Capacity
from workbench.basics.phases import Phase
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import QuestionType, Source, Text

Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# No hyphen within an id: in a form it separates question, row and field.
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
QuestionName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}\.[0-9]+$")]


class FileModel(BaseModel):
    """A part of a file; a key it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class FieldFile(FileModel):
    """One field of a question of type group."""

    id: Name
    """Name of the field; never changes its meaning."""
    type: QuestionType
    """Kind of answer; every kind but group."""
    required: bool = False
    """Whether every row needs it."""
    options: tuple[Name, ...] = ()
    """Ids to choose from (choice_one and choice_many only)."""
    minimum: float | None = None
    """Smallest number (number only)."""
    maximum: float | None = None
    """Largest number (number only)."""
    max_length: int | None = Field(default=None, gt=0)
    """Most characters (short_text, long_text and link only)."""


class QuestionFile(FieldFile):
    """One question without its texts."""

    id: QuestionName
    """Two names with a dot; never changes its meaning, also not in a later version."""
    type: QuestionType
    """Kind of answer."""
    required: bool = False
    """Whether the phase can be submitted without it."""
    ask_if: Condition | None = None
    """Asked only if this holds for earlier answers."""
    fields: tuple[FieldFile, ...] = ()
    """What each row asks (group only)."""
    public: bool = True
    """False: the answer is never published, for example a person's name."""
    capacity: tuple[Capacity, ...] = Field(min_length=1)
    """Who should answer."""
    minutes: int = Field(ge=1, le=120)
    """How long answering takes."""
    source: Slug
    """Law or standard behind the question: name of a file in sources/."""
    value: Name
    """The value of the constitution at stake: an id from values.yaml."""


class SectionFile(FileModel):
    """The questions of one page."""

    id: Name
    """Name of the section; part of the page's address."""
    questions: tuple[QuestionFile, ...] = Field(min_length=1)
    """Asked in this order; two to six read well on a page."""


class QuestionnaireFile(FileModel):
    """questionnaire.yaml: what is asked, in which order, under which condition."""

    id: Slug
    """Name of the questionnaire, as its folder."""
    version: Version
    """Year and number in quotes, as its folder."""
    phase: Phase
    """The phase it belongs to."""
    minimum_value_decisions: int = Field(default=0, ge=0)
    """How many value decisions the phase needs before it can be submitted."""
    sections: tuple[SectionFile, ...] = Field(min_length=1)
    """The pages, in order."""


class FieldText(FileModel):
    """The words of a field."""

    title: Prose
    """The question itself."""
    help: Prose | None = None
    """What to keep in mind while answering."""
    unit: Prose | None = None
    """Unit of the number, as read after it (number only)."""
    options: dict[str, Prose] = {}
    """Option id: its words."""


class QuestionText(FieldText):
    """The words of a question."""

    why: Prose
    """Why we ask; shown on request."""
    example: Prose
    """An answer as it could be; shown on request."""
    fields: dict[str, FieldText] = {}
    """Field id: its words (group only)."""


class SectionText(FileModel):
    """The words of a section."""

    title: Prose
    """Heading of the page."""
    intro: Prose
    """One or two sentences under the heading."""


class TextFile(FileModel):
    """text.<language>.yaml: the words of a questionnaire in one language."""

    title: Prose
    """Name of the questionnaire."""
    sections: dict[str, SectionText]
    """Section id: its words."""
    questions: dict[str, QuestionText]
    """Question id: its words."""


class ValueFile(FileModel):
    """One value of the constitution."""

    id: Name
    """Name of the value."""
    title: Text
    """Its words: language: text."""
    norm: Text | None = None
    """The article it stands in: language: text."""
    source: Slug
    """Where it comes from: name of a file in sources/."""


class ValuesFile(FileModel):
    """values.yaml: the vocabulary of values."""

    values: tuple[ValueFile, ...] = Field(min_length=1)
    """The values, in the order in which they are offered."""


FILES: tuple[type[BaseModel], ...] = (QuestionnaireFile, TextFile, ValuesFile, Source)


def schema() -> dict[str, Any]:
    """The JSON Schema of all files; an editor picks ``#/$defs/QuestionnaireFile`` or another."""
    references, definitions = models_json_schema([(model, "validation") for model in FILES])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Files of the folder questionnaires",
        "anyOf": [references[(model, "validation")] for model in FILES],
        **definitions,
    }


def schema_text() -> str:
    """The content of ``questionnaires/schema.json``."""
    return json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
