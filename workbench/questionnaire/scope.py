"""How much is asked in all phases, and why: what the quick scan decides."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from pydantic import JsonValue

from workbench.basics.phases import Phase
from workbench.questionnaire import path
from workbench.questionnaire.conditions import decided, joined
from workbench.questionnaire.definition import Question, Questionnaire, Text
from workbench.questionnaire.path import Path
from workbench.questionnaire.progress import Progress


@dataclass(frozen=True)
class Part:
    """One section: ``asked`` says whether any of its questions is, ``because`` why or why not.

    ``because`` is None where the section always applies.

    ``questions`` and ``minutes`` count what is asked as far as the answers tell now; minutes are
    rounded up, so that what a page shows of several sections adds up.
    """

    phase: Phase
    section: str
    title: Text
    asked: bool
    because: Text | None
    quick_scan: bool
    questions: int
    minutes: int


@dataclass(frozen=True)
class Length:
    """About how many minutes it takes: what is certain, and what it may become.

    Certain is what is asked whatever the open questions are answered with; both are rounded up.
    """

    least: int
    most: int

    def around(self, minutes: int) -> "Length":
        """The same, stretched to hold ``minutes``: what is asked as far as the answers tell now."""
        return Length(min(self.least, minutes), max(self.most, minutes))

    @property
    def depends(self) -> bool:
        """Whether the open questions matter so much that one number would mislead: by a fifth."""
        return self.most > 1.2 * self.least


def length(questionnaires: Iterable[Questionnaire], answers: Mapping[str, JsonValue]) -> Length:
    """How long the questionnaires take, which come in the order of the phases."""
    return _length(_possible(questionnaires, answers))


def left(
    questionnaires: Sequence[Questionnaire], answers: Mapping[str, JsonValue], progress: Progress
) -> Length:
    """How long what is not answered of the last of them takes; the others are earlier phases.

    ``progress`` is that of the last; of its sections that are complete nothing is left to do.
    """
    done = {name for name, one in progress.sections.items() if one.total and not one.open}
    sections = (one for one in questionnaires[-1].sections if one.id not in done)
    here = {question.id for one in sections for question in one.questions} - answers.keys()
    asked = _possible(questionnaires, answers)
    return _length((question, certain) for question, certain in asked if question.id in here)


def _length(asked: Iterable[tuple[Question, bool]]) -> Length:
    found = list(asked)
    certain = sum(question.minutes for question, certain in found if certain)
    return Length(ceil(certain), ceil(sum(question.minutes for question, _ in found)))


def _possible(
    questionnaires: Iterable[Questionnaire], answers: Mapping[str, JsonValue]
) -> Iterator[tuple[Question, bool]]:
    """Every question that is or may be asked, and whether that is certain.

    A question is open that has no answer yet, or one that counts only if an open question asks for
    it. What depends on an open question may be asked or not.
    """
    counting: dict[str, JsonValue] = {}
    still_open: set[str] = set()
    for questionnaire in questionnaires:
        for section in questionnaire.sections:
            around = decided(section.ask_if, counting, still_open)
            for question in section.questions:
                own = decided(question.ask_if, counting, still_open)
                asked = joined((around, own), decisive=False)
                if asked is False:
                    continue
                yield question, bool(asked)
                if asked and question.id in answers:
                    counting[question.id] = answers[question.id]
                else:
                    still_open.add(question.id)


def of(
    questionnaires: Iterable[Questionnaire], answers: Mapping[str, JsonValue]
) -> tuple[Part, ...]:
    """Every section of the questionnaires, which come in the order of the phases.

    ``answers`` may hold those of all phases together: no two questionnaires share an id.
    """
    before: Mapping[str, JsonValue] = {}
    parts: list[Part] = []
    for questionnaire in questionnaires:
        way = path.walk(questionnaire, answers, before)
        parts.extend(_parts(questionnaire, way))
        before = way.counting
    return tuple(parts)


def _parts(questionnaire: Questionnaire, way: Path) -> Iterable[Part]:
    for section in questionnaire.sections:
        questions = [one for one in section.questions if one.id in way.visible]
        asked = bool(questions)
        # A section can apply although none of its questions does: nobody wrote a reason for that.
        spared = None if section.id in way.sections else section.because_not
        yield Part(
            phase=questionnaire.phase,
            section=section.id,
            title=section.title,
            asked=asked,
            because=section.because if asked else spared,
            quick_scan=section.quick_scan,
            questions=len(questions),
            minutes=ceil(sum(one.minutes for one in questions)),
        )
