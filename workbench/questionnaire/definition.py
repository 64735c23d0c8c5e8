"""Frozen types of a questionnaire, as the rest of the product sees it: texts and sources joined."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, RootModel, field_validator

from workbench.basics.capacities import Capacity
from workbench.basics.errors import NotFound
from workbench.basics.phases import Phase
from workbench.basics.text import DEFAULT_LANGUAGE, LANGUAGES, later
from workbench.questionnaire.conditions import Condition, Scalar


class QuestionType(StrEnum):
    """The kinds of question; ``types.KINDS`` says what each accepts and how it reads."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    CHOICE_ONE = "choice_one"
    CHOICE_MANY = "choice_many"
    NUMBER = "number"
    DATE = "date"
    GROUP = "group"
    LINK = "link"
    JUDGEMENT = "judgement"  # one option and the reason for it


class Dimension(StrEnum):
    """What an indicator measures."""

    IMPACT = "impact"
    SAFEGUARDS = "safeguards"


class CheckName(StrEnum):
    """What a gate can ask for beside answers."""

    RESPONSIBILITIES = "responsibilities"
    AUDIT = "audit"


class FeedName(StrEnum):
    """What the product computes or shows from an answer; ``feeds.SHAPES`` says its form."""

    RESPONSIBILITY = "responsibility"
    AFFECTED_GROUPS = "affected_groups"
    DATA_SOURCES = "data_sources"
    USES_PER_YEAR = "uses_per_year"
    LIFETIME_YEARS = "lifetime_years"
    ENERGY_BASIS = "energy_basis"
    TRAINING_ENERGY = "training_energy"
    USE_ENERGY = "use_energy"
    DEVICE_POWER = "device_power"
    DEVICE_HOURS = "device_hours"
    DATA_CENTRE = "data_centre"
    REPLACED_ENERGY = "replaced_energy"
    REPLACED_TRAVEL = "replaced_travel"
    USE_UNTIL = "use_until"
    ACCEPTED_UNTIL = "accepted_until"
    NEXT_REVIEW = "next_review"
    ENDED_ON = "ended_on"


class Registered(StrEnum):
    """What was written down when the system was registered, and need not be typed again."""

    PURPOSE = "purpose"
    CONTACT = "contact"


class Frozen(BaseModel):
    """Cannot be changed and takes no key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(RootModel[dict[str, str]]):
    """One text in every language of the product, none of them empty."""

    model_config = ConfigDict(frozen=True)

    @field_validator("root")
    @classmethod
    def _every_language(cls, texts: dict[str, str]) -> dict[str, str]:
        missing = [language for language in LANGUAGES if not texts.get(language, "").strip()]
        if missing:
            raise ValueError(f"a text in {', '.join(missing)}")
        return texts

    def in_language(self, language: str) -> str:
        """The text in the language; in German when there is none."""
        return self.root.get(language, self.root[DEFAULT_LANGUAGE])


class CheckedAgainst(StrEnum):
    """What the details of a source were compared with."""

    OFFICIAL = "official"  # a person opened the link
    COPY = "copy"  # a stored copy of the text; the official page was not opened
    COLLECTION = "collection"  # a secondary collection of facts only


class Source(Frozen):
    """A law, standard or publication a question rests on.

    ``checked_on``: the day on which title, version, dates and the sentences that cite it were
    compared with what ``checked_against`` names; without it nobody has. ``checked_text`` says where
    a copy (with its commit) or a collection is found again.
    """

    id: str
    title: Text
    version: str
    applies_from: date | None = None
    applies_to: date | None = None
    link: str
    checked_on: date | None = None
    checked_against: CheckedAgainst | None = None
    checked_text: str | None = None


class Value(Frozen):
    """A value of the constitution; ``norm`` names its article where it has one."""

    id: str
    title: Text
    norm: Text | None = None
    source: Source


class Option(Frozen):
    """One thing to choose."""

    id: str
    title: Text


class Indicator(Frozen):
    """One thing that answers give points for."""

    id: str
    dimension: Dimension
    title: Text
    help: Text
    source: Source


class Score(Frozen):
    """How an answer counts: ``points`` by option id ("yes" and "no" for yes_no), or ``steps``.

    A step is a number and the points from it on, ascending; below the first there are none. Of the
    questions with the same ``alternative`` only the answer with the most points counts.
    """

    indicator: Indicator
    alternative: str | None = None
    points: Mapping[str, int] = {}
    steps: tuple[tuple[float, int], ...] = ()


class Wanted(Frozen):
    """A task that an office must have in every system, or in those for which ``when`` holds."""

    task: str
    when: Condition | None = None


class Question(Frozen):
    """One question, or one field of a question of type group (then without why and source).

    ``exclusive``: options that stand alone; ``at_most``: how many options may be chosen.
    """

    id: str
    type: QuestionType
    title: Text
    required: bool = False
    ask_if: Condition | None = None
    options: tuple[Option, ...] = ()
    exclusive: tuple[str, ...] = ()
    at_most: int | None = None
    unit: Text | None = None
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    fields: tuple["Question", ...] = ()
    public: bool = True
    earlier: tuple[str, ...] = ()
    score: Score | None = None
    knock_out: tuple[Scalar, ...] = ()
    knock_out_means: Text | None = None
    feeds: FeedName | None = None
    wanted: tuple[Wanted, ...] = ()
    registered: Registered | None = None
    capacity: tuple[Capacity, ...] = ()
    minutes: float = 0
    source: Source | None = None
    further_sources: tuple[Source, ...] = ()
    value: Value | None = None
    help: Text | None = None
    why: Text | None = None
    example: Text | None = None


class Section(Frozen):
    """The questions of one page."""

    id: str
    title: Text
    intro: Text
    questions: tuple[Question, ...]
    ask_if: Condition | None = None
    because: Text | None = None
    because_not: Text | None = None
    quick_scan: bool = False


class Gate(Frozen):
    """One condition for leaving a phase: ``need`` on answers, or ``check`` on something else.

    It binds every system, or those for which ``when`` holds. What is not ``waivable`` holds the
    phase whatever reason is given.
    """

    id: str
    title: Text
    help: Text
    when: Condition | None = None
    need: Condition | None = None
    check: CheckName | None = None
    link: str | None = None
    waivable: bool = True


class Questionnaire(Frozen):
    """One version of what is asked in a phase; a version never changes once it was answered.

    ``lists`` is the version of the shared lists it uses, "" when it uses none.
    """

    id: str
    version: str
    lists: str = ""
    phase: Phase
    title: Text
    minimum_value_decisions: int = Field(default=0, ge=0)
    gate: tuple[Gate, ...] = ()
    sections: tuple[Section, ...]

    def questions(self) -> Iterator[Question]:
        """All questions in the order in which they are asked."""
        return (question for section in self.sections for question in section.questions)

    def question(self, identifier: str) -> Question:
        """The question of that id; NotFound when there is none."""
        for question in self.questions():
            if question.id == identifier:
                return question
        raise NotFound(later("There is no question {id}."), id=identifier)

    def section(self, identifier: str) -> Section:
        """The section of that id; NotFound when there is none."""
        for section in self.sections:
            if section.id == identifier:
                return section
        raise NotFound(later("There is no section {id}."), id=identifier)
