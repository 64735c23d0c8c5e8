"""How much is asked in all phases, and why: what the quick scan decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from pydantic import JsonValue

from workbench.basics.phases import Phase
from workbench.questionnaire import path
from workbench.questionnaire.definition import Questionnaire, Text
from workbench.questionnaire.path import Path


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
