"""All that can be asked and what is needed to judge the answers, as the product works with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workbench.basics.errors import NotFound
from workbench.basics.phases import Phase
from workbench.basics.text import later
from workbench.questionnaire import versions
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.dated import Calendar, Factor
from workbench.questionnaire.definition import (
    Frozen,
    Indicator,
    Question,
    Questionnaire,
    Source,
    Text,
    Value,
)


class Named(Frozen):
    """A condition with a name: what can be said of a system."""

    id: str
    title: Text
    holds_if: Condition


@dataclass(frozen=True)
class Lists:
    """What questionnaires share, by id, as it stood in one version."""

    values: Mapping[str, Value]
    indicators: Mapping[str, Indicator]
    conditions: Mapping[str, Named]


@dataclass(frozen=True)
class Library:
    """``sources`` by id, ``lists`` and ``calendars`` by version.

    ``fingerprints`` keeps what ``fingerprint.of`` has worked out.
    """

    questionnaires: tuple[Questionnaire, ...]
    sources: Mapping[str, Source]
    lists: Mapping[str, Lists] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    factors: tuple[Factor, ...] = ()
    fingerprints: dict[tuple[str, str], str] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def questionnaire(self, identifier: str, version: str) -> Questionnaire:
        """That version; NotFound when there is none."""
        for questionnaire in self.questionnaires:
            if (questionnaire.id, questionnaire.version) == (identifier, version):
                return questionnaire
        raise NotFound(
            later("There is no questionnaire {id} {version}."), id=identifier, version=version
        )

    def current(self, phase: str) -> Questionnaire:
        """The newest version for the phase; NotFound when nothing is asked in it yet."""
        of_phase = [one for one in self.questionnaires if one.phase == phase]
        if not of_phase:
            raise NotFound(later("There is no questionnaire for the phase {phase}."), phase=phase)
        return max(of_phase, key=lambda one: versions.order(one.version))

    def former(self, questionnaire: Questionnaire) -> tuple[Question, ...]:
        """The questions of other versions that it does not ask, each as it was worded last."""
        now = {question.id for question in questionnaire.questions()}
        others = [one for one in self.questionnaires if one.id == questionnaire.id]
        found = {
            question.id: question
            for other in sorted(others, key=lambda one: versions.order(one.version))
            for question in other.questions()
        }
        return tuple(question for key, question in found.items() if key not in now)

    def before(self, phase: str) -> tuple[Questionnaire, ...]:
        """The newest questionnaires of the earlier phases, in order; none for the first phase."""
        asked = {one.phase for one in self.questionnaires}
        return tuple(self.current(one) for one in versions.earlier(phase) if one in asked)

    def newest(self) -> tuple[Questionnaire, ...]:
        """The newest questionnaire of each phase that has one, in order."""
        asked = {one.phase for one in self.questionnaires}
        return tuple(self.current(phase) for phase in Phase if phase in asked)

    def conditions_for(self, asked: Iterable[Questionnaire]) -> Mapping[str, Named]:
        """What can be said of a system by the newest lists that one of its questionnaires uses."""
        used = self._used(asked)
        return used[-1].conditions if used else {}

    def values_for(
        self, asked: Iterable[Questionnaire], weighed: Iterable[str] = ()
    ) -> dict[str, Value]:
        """The values of all lists that these questionnaires use, each as the newest words it.

        ``weighed``: what decisions named; a value that these lists gave up keeps its last words.
        """
        offered = {key: value for one in self._used(asked) for key, value in one.values.items()}
        ever = {
            key: value
            for version in sorted(self.lists, key=versions.order)
            for key, value in self.lists[version].values.items()
        }
        gone = {key: ever[key] for key in weighed if key in ever and key not in offered}
        return offered | gone

    def _used(self, asked: Iterable[Questionnaire]) -> list[Lists]:
        named = {one.lists for one in asked if one.lists}
        return [self.lists[one] for one in sorted(named, key=versions.order)]

    def source(self, identifier: str) -> Source:
        """The source of that id; NotFound when there is none."""
        if identifier not in self.sources:
            raise NotFound(later("There is no source {id}."), id=identifier)
        return self.sources[identifier]

    def calendar(self, version: str) -> Calendar:
        """The legal calendar of that version; NotFound when there is none."""
        if version not in self.calendars:
            raise NotFound(later("There is no legal calendar {version}."), version=version)
        return self.calendars[version]

    def newest_calendar(self) -> Calendar:
        """The legal calendar for new assessments; NotFound when there is none at all."""
        if not self.calendars:
            raise NotFound(later("There is no legal calendar."))
        return self.calendars[max(self.calendars, key=versions.order)]
