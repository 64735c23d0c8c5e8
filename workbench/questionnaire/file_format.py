"""What the files in ``questionnaires/`` may hold. ``questionnaires/schema.json`` is made from this.

The structure (``questionnaire.yaml``) and the texts (``text.<language>.yaml``) meet by their ids.
"""

import json
from typing import Annotated, Any

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from workbench.basics.capacities import Capacity
from workbench.basics.phases import Phase
from workbench.questionnaire.conditions import Condition, Scalar
from workbench.questionnaire.definition import (
    CheckName,
    FeedName,
    QuestionType,
    Registered,
    Source,
    Wanted,
)
from workbench.questionnaire.file_parts import FileModel, Name, Prose, QuestionName, Slug, Version
from workbench.questionnaire.vocabulary_format import (
    ConditionsFile,
    DutiesFile,
    FactorsFile,
    IndicatorsFile,
    ValuesFile,
)


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
    exclusive: tuple[Name, ...] = ()
    """Options that cannot be chosen beside others, such as none (choice_many only)."""
    at_most: int | None = Field(default=None, gt=1)
    """How many options may be chosen (choice_many only)."""
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
    alternative: Name | None = None
    """Of the questions with the same name here only the answer with the most points counts."""
    points: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
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
    wanted: tuple[Wanted, ...] = ()
    """Further tasks of the chain whose lack is shown, and when (feeds: responsibility only)."""
    registered: Registered | None = None
    """What stands in the registration already and is offered as the answer (texts only)."""
    capacity: tuple[Capacity, ...] = Field(min_length=1)
    """Who should answer."""
    minutes: float = Field(ge=0.5, le=120, multiple_of=0.5)
    """How long answering takes; half a minute for a tick."""
    source: Slug
    """Law or standard behind the question: name of a file in sources/."""
    further_sources: tuple[Slug, ...] = ()
    """Others that stand behind it as well: names of files in sources/."""
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
    when: Condition | None = None
    """Only systems for which this holds must meet it; all without it."""
    need: Condition | None = None
    """What must hold for the answers."""
    check: CheckName | None = None
    """What must be there beside the answers."""
    link: QuestionName | None = None
    """The question that leads to what is missing."""
    waivable: bool = True
    """False: nobody can waive it, for example a prohibition by law."""


class QuestionnaireFile(FileModel):
    """questionnaire.yaml: what is asked, in which order, under which condition."""

    id: Slug
    """Name of the questionnaire, as its folder."""
    version: Version
    """Year and number in quotes, as its folder."""
    lists: Version
    """The version of the shared lists it uses: a folder in lists/."""
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
    options: dict[str, Prose] = Field(default_factory=dict)
    """Option id: its words."""


class QuestionText(FieldText):
    """The words of a question."""

    why: Prose
    """Why we ask; shown on request."""
    example: Prose
    """An answer as it could be; shown on request."""
    knock_out: Prose | None = None
    """What follows from an answer that knocks out."""
    fields: dict[str, FieldText] = Field(default_factory=dict)
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
    gates: dict[str, GateText] = Field(default_factory=dict)
    """Gate condition id: its words."""


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
