"""What the files in ``questionnaires/`` may hold. ``questionnaires/schema.json`` is made from this.

The structure (``questionnaire.yaml``) and the texts (``text.<language>.yaml``) meet by their ids.
"""

import json
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import models_json_schema

from workbench.basics.capacities import Capacity
from workbench.basics.phases import Phase
from workbench.questionnaire.conditions import Condition, Scalar
from workbench.questionnaire.definition import (
    CheckName,
    Dimension,
    FeedName,
    QuestionType,
    Source,
    Text,
)

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
    """Kind of answer; every kind but group and judgement."""
    required: bool = False
    """Whether every row needs it."""
    options: tuple[Name, ...] = ()
    """Ids to choose from (choice_one, choice_many and judgement only)."""
    minimum: float | None = None
    """Smallest number (number only)."""
    maximum: float | None = None
    """Largest number (number only)."""
    max_length: int | None = Field(default=None, gt=0)
    """Most characters (short_text, long_text, link and judgement only)."""
    public: bool = True
    """False: the answer is never published, for example a person's name."""


class ScoreFile(FileModel):
    """How an answer counts for an indicator."""

    indicator: Name
    """The indicator: an id from indicators.yaml."""
    points: dict[str, Annotated[int, Field(ge=0)]] = {}
    """Option id, or "yes" and "no": its points. With choice_many the points add up."""
    steps: tuple[tuple[float, Annotated[int, Field(ge=0)]], ...] = ()
    """Number from which on: its points (number only), ascending."""


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
    earlier: tuple[QuestionName, ...] = ()
    """Earlier answers, also of earlier phases, that are shown beside the question."""
    score: ScoreFile | None = None
    """How the answer counts for an indicator of impact or safeguards."""
    knock_out: tuple[Scalar, ...] = ()
    """Answers with which no score counts any more (yes_no, choice_one, choice_many, judgement)."""
    feeds: FeedName | None = None
    """What the product computes or shows from the answer, see the README."""
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
    ask_if: Condition | None = None
    """Asked only if this holds for earlier answers; its texts say why and why not."""
    quick_scan: bool = False
    """True: belongs to the quick scan, which decides how much else is asked."""
    questions: tuple[QuestionFile, ...] = Field(min_length=1)
    """Asked in this order; two to six read well on a page."""


class GateFile(FileModel):
    """One condition for leaving the phase: exactly one of need and check."""

    id: Name
    """Name of the condition."""
    need: Condition | None = None
    """What must hold for the answers."""
    check: CheckName | None = None
    """What must be there beside the answers."""
    link: QuestionName | None = None
    """The question that leads to what is missing."""


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
    gate: tuple[GateFile, ...] = ()
    """Further conditions for leaving the phase."""
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
    knock_out: Prose | None = None
    """What follows from an answer that knocks out."""
    fields: dict[str, FieldText] = {}
    """Field id: its words (group only)."""


class SectionText(FileModel):
    """The words of a section."""

    title: Prose
    """Heading of the page."""
    intro: Prose
    """One or two sentences under the heading."""
    because: Prose | None = None
    """Why the section is asked (sections with ask_if only)."""
    because_not: Prose | None = None
    """Why the section is not asked (sections with ask_if only)."""


class GateText(FileModel):
    """The words of a condition for leaving the phase."""

    title: Prose
    """What must hold, as a sentence."""
    help: Prose
    """What to do when it does not."""


class TextFile(FileModel):
    """text.<language>.yaml: the words of a questionnaire in one language."""

    title: Prose
    """Name of the questionnaire."""
    sections: dict[str, SectionText]
    """Section id: its words."""
    questions: dict[str, QuestionText]
    """Question id: its words."""
    gates: dict[str, GateText] = {}
    """Gate condition id: its words."""


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


class NamedConditionFile(FileModel):
    """A condition that several files need, with a name."""

    id: Name
    """Its name, used as {is: name}."""
    title: Text
    """What it says about the system: language: text."""
    holds_if: Condition
    """The condition, over answers of any phase; may use names that stand before it."""


class ConditionsFile(FileModel):
    """conditions.yaml: what can be said of a system, for all questionnaires and duties."""

    conditions: tuple[NamedConditionFile, ...] = Field(min_length=1)
    """The conditions; each may refer to those before it."""


class IndicatorFile(FileModel):
    """One thing that answers give points for."""

    id: Name
    """Name of the indicator."""
    dimension: Dimension
    """Whether it measures the impact or the safeguards."""
    title: Text
    """Its words: language: text."""
    help: Text
    """What many points mean: language: text."""
    source: Slug
    """Where the idea comes from: name of a file in sources/."""


class IndicatorsFile(FileModel):
    """indicators.yaml: what impact and safeguards are measured by."""

    indicators: tuple[IndicatorFile, ...] = Field(min_length=1)
    """The indicators, in the order in which they are shown."""


class DutyFile(FileModel):
    """One duty of the town and when it applies."""

    id: Name
    """Name of the duty; never changes its meaning."""
    title: Text
    """What is to be done, as a sentence: language: text."""
    help: Text
    """How, and where the workbench helps: language: text."""
    source: Slug
    """The rule: name of a file in sources/."""
    applies_from: date | None = None
    """First day, where it differs from that of the source."""
    applies_to: date | None = None
    """Last day, where it differs from that of the source."""
    when: Condition | None = None
    """For which answers of any phase; for every system without it."""
    phase: Phase
    """In which phase it is due."""
    capacity: tuple[Capacity, ...] = Field(min_length=1)
    """Who should see to it."""


class DutiesFile(FileModel):
    """duties/<version>.yaml: a legal calendar; an assessment keeps the one it was made under."""

    version: Version
    """Year and number in quotes, as the file."""
    as_of: date
    """The day whose law it holds."""
    note: Text
    """What is new in it: language: text."""
    duties: tuple[DutyFile, ...] = Field(min_length=1)
    """The duties, in the order of the phases."""


class FactorFile(FileModel):
    """One number of the sustainability balance."""

    id: Name
    """Name of the factor."""
    value: float = Field(gt=0)
    """The number to count with."""
    low: float | None = Field(default=None, gt=0)
    """The smallest it may be, where that is known."""
    high: float | None = Field(default=None, gt=0)
    """The largest it may be, where that is known."""
    unit: Prose
    """Its unit."""
    year: int = Field(ge=1990, le=2199)
    """The year it holds for."""
    title: Text
    """What it is and how certain: language: text."""
    source: Slug
    """Where it comes from: name of a file in sources/."""


class FactorsFile(FileModel):
    """factors.yaml: the dated numbers of the sustainability balance."""

    factors: tuple[FactorFile, ...] = Field(min_length=1)
    """The factors; each id once per year."""


FILES: tuple[type[BaseModel], ...] = (
    QuestionnaireFile,
    TextFile,
    ValuesFile,
    ConditionsFile,
    IndicatorsFile,
    DutiesFile,
    FactorsFile,
    Source,
)


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
