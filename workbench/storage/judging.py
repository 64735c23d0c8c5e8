"""The classification at a glance: each of its judgements, with who gave it and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from workbench.disclosure import concluding
from workbench.questionnaire import summary
from workbench.questionnaire.library import Named
from workbench.questionnaire.summary import SummaryAnswer
from workbench.storage.sheets import Answered


@dataclass(frozen=True)
class Node:
    """One judgement that is asked for; ``person_id`` (internal) and ``at`` are None without one."""

    answer: SummaryAnswer
    phase_id: str
    person_id: str | None
    at: datetime | None


def of(conditions: Iterable[Named], everything: Sequence[Answered]) -> tuple[Node, ...]:
    """The judgements that a named condition looks at, as they are asked in these phases."""
    asked = [question for one in everything for question in one.questionnaire.questions()]
    wanted = set(concluding.judgements(conditions, asked))
    return tuple(
        _node(one, answer)
        for one in everything
        for section in summary.of(one.questionnaire, one.sheet, one.before, wanted)
        for answer in section.answers
    )


def _node(one: Answered, answer: SummaryAnswer) -> Node:
    saved = one.current.get(answer.question) if answer.stated else None
    return Node(
        answer=answer,
        phase_id=one.phase.id,
        person_id=saved.person_id if saved else None,
        at=saved.saved_at if saved else None,
    )


def people(nodes: Iterable[Node]) -> set[str]:
    """The ids of everybody who gave one of them."""
    return {one.person_id for one in nodes if one.person_id}
