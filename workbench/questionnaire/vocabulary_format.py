"""What the files hold that all questionnaires share: values, conditions, duties, factors."""

from datetime import date

from pydantic import Field

from workbench.basics.capacities import Capacity
from workbench.basics.phases import Phase
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import Dimension, Text
from workbench.questionnaire.file_parts import FileModel, Name, Prose, Slug, Version


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

    version: Version
    """Year and number in quotes, as the folder."""
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

    version: Version
    """Year and number in quotes, as the folder."""
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

    version: Version
    """Year and number in quotes, as the folder."""
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
    after_end: bool = False
    """Whether it goes on after the use of the system has ended."""


class DutiesFile(FileModel):
    """duties/<version>.yaml: a legal calendar; an assessment keeps the one it was made under."""

    version: Version
    """Year and number in quotes, as the file."""
    lists: Version
    """The version of the shared lists whose named conditions it uses."""
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
