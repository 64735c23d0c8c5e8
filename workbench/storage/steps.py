"""The steps of the procedure that an edition tells, from the journal and from waived conditions."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlmodel import Session

from workbench.basics import clock, text
from workbench.basics.phases import PHASES, Phase
from workbench.basics.text import later
from workbench.disclosure.pieces import Words, named, words
from workbench.disclosure.record import Step
from workbench.questionnaire.definition import Questionnaire
from workbench.storage import journal, tasks
from workbench.storage.sheets import Answered
from workbench.storage.tasks import Waiver

OPENED = later("The phase “{phase}” began.")
STEPS = {
    "assessment.submit": later("The project team handed “{phase}” to the ethics board."),
    "assessment.withdraw": later("The project team took “{phase}” back from the ethics board."),
    "review.request_changes": later("The ethics board requested changes to “{phase}”."),
    "review.approve": later("The ethics board approved “{phase}”."),
    "assessment.reopen": later("The project team opened “{phase}” again for changes."),
}
WAIVED = later("The administration waived a condition for leaving “{phase}”: {condition}")
PUBLISHED = later("The town published this edition.")
# The product's own conditions by id, as governance.gates words them; others have a title.
OWN = {
    "required": later("Every required question is answered."),
    "value_decisions": later("Enough value decisions are recorded."),
    "value_decisions_complete": later("Every value decision is complete."),
}
EARLIER, EARLIER_ID = later("The phase “{phase}” is approved."), "approved_"


def of(session: Session, covered: Iterable[Answered], now: datetime) -> list[Step]:
    """What happened on the way through these phases, in any order; the last is the edition."""
    found = [step for one in covered for step in _of_phase(session, one)]
    return [*found, Step(on=clock.day(now), what=words(PUBLISHED))]


def _of_phase(session: Session, answered: Answered) -> Iterator[Step]:
    phase = answered.phase
    yield Step(on=clock.day(phase.opened_at), what=_about(OPENED, phase.name))
    for waiver in tasks.waivers(session, phase.id):
        yield _waived(waiver, answered.questionnaire)
    for entry in journal.of(session, phase.id):
        if entry.action in STEPS:
            yield Step(on=clock.day(entry.at), what=_about(STEPS[entry.action], phase.name))


def _about(message: str, phase: str, condition: Words | None = None) -> Words:
    told = {
        language: text.translate(
            language,
            message,
            {
                "phase": text.translate(language, PHASES[phase]),
                "condition": getattr(condition, language) if condition else "",
            },
        )
        for language in text.LANGUAGES
    }
    return Words(**told)


def _waived(waiver: Waiver, questionnaire: Questionnaire) -> Step:
    condition = condition_words(waiver.condition, questionnaire)
    what = _about(WAIVED, questionnaire.phase, condition)
    return Step(on=clock.day(waiver.waived_at), what=what, reason=waiver.reason)


def condition_words(identifier: str, questionnaire: Questionnaire) -> Words:
    """What a condition for leaving the phase asks for; its id when its questionnaire has none."""
    for gate in questionnaire.gate:
        if gate.id == identifier:
            return named(gate.title)
    earlier = identifier.removeprefix(EARLIER_ID)
    if earlier != identifier and earlier in set(Phase):
        return _about(EARLIER, earlier)
    return words(OWN[identifier]) if identifier in OWN else Words(de=identifier, en=identifier)
