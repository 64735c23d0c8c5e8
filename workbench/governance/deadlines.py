"""Days that nobody may miss: what has passed, and what comes due soon."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import JsonValue

from workbench.basics.phases import Phase
from workbench.basics.text import later
from workbench.governance import ending, responsibility, value_log
from workbench.governance.responsibility import Chain
from workbench.governance.value_log import Logged
from workbench.questionnaire import feeds
from workbench.questionnaire.definition import FeedName, Questionnaire, Text

SOON = timedelta(days=30)
TERM, DECISION = "term", "decision"
KINDS = {
    TERM: later("A term of responsibility ends"),
    DECISION: later("A value decision is to be looked at again"),
    FeedName.USE_UNTIL: later("The planned period of use ends"),
    FeedName.ACCEPTED_UNTIL: later("The remaining risk is accepted no longer"),
    FeedName.NEXT_REVIEW: later("The system is to be looked at again"),
}


@dataclass(frozen=True)
class Deadline:
    """Something that is due ``on`` a day, and the office that sees to it ("" when none is named).

    ``kind`` is a key of KINDS. ``place`` is the question or the decision where it stands, in the
    ``phase``; ``task`` the task of a term, ``words`` the question of a decision.
    """

    kind: str
    on: date
    passed: bool
    office: str
    phase: Phase
    place: str
    task: Text | None = None
    words: str = ""


def of(
    questionnaires: Sequence[Questionnaire],
    counting: Mapping[str, JsonValue],
    log: Sequence[Logged],
    day: date,
) -> tuple[Deadline, ...]:
    """What had to be done before ``day``, or must be within 30 days; the earliest first.

    ``counting`` are answers that count (``path.counting_in_all``), ``log`` the value decisions of
    all phases. Of responsibilities only those of the newest phase that names any count. Nothing is
    due for a system whose use has ended: all these days are days of its use.
    """
    if ending.ended_on(questionnaires, counting, day):
        return ()
    chains = [one for one in responsibility.of(questionnaires, counting, day) if one.terms]
    newest = chains[-1] if chains else None
    found = (
        *_answered(questionnaires, counting, newest, day),
        *(_terms(newest, day) if newest else ()),
        *_decided(log, day),
    )
    return tuple(sorted((one for one in found if one.on <= day + SOON), key=lambda one: one.on))


def _answered(
    questionnaires: Iterable[Questionnaire],
    counting: Mapping[str, JsonValue],
    chain: Chain | None,
    day: date,
) -> Iterator[Deadline]:
    kept = tuple(questionnaires)
    for feed in (FeedName.USE_UNTIL, FeedName.ACCEPTED_UNTIL, FeedName.NEXT_REVIEW):
        for one in feeds.fed(kept, counting, feed):
            if isinstance(one.value, str):
                on = date.fromisoformat(one.value)
                office = chain.office("content") if chain else ""
                phase = one.questionnaire.phase
                yield Deadline(feed, on, on < day, office, phase, one.question.id)


def _terms(chain: Chain, day: date) -> Iterator[Deadline]:
    """Terms that end, unless another office has the task afterwards."""
    for term in chain.terms:
        on = term.until
        if on is None or any(one.task == term.task and one.outlasts(on) for one in chain.terms):
            continue
        yield Deadline(TERM, on, on < day, term.office, chain.phase, chain.question, term.title)


def _decided(log: Sequence[Logged], day: date) -> Iterator[Deadline]:
    replaced = value_log.replaced(log)
    for entry in log:
        on = entry.body.review_on
        if on is not None and entry.id not in replaced:
            yield Deadline(
                kind=DECISION,
                on=on,
                passed=on < day,
                office=entry.body.office,
                phase=Phase(entry.phase),
                place=entry.id,
                words=entry.body.question,
            )
