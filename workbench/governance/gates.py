"""What must hold before a phase can be left: the product's own conditions, then the author's."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from workbench.basics import text
from workbench.basics.phases import PHASES, Phase
from workbench.basics.text import LANGUAGES, later
from workbench.governance import responsibility
from workbench.questionnaire import conditions, path, progress
from workbench.questionnaire.conditions import holds
from workbench.questionnaire.definition import CheckName, Gate, Questionnaire, Text


@dataclass(frozen=True)
class Beside:
    """What counts beside answers.

    ``decisions``: recorded value decisions, of which ``incomplete`` lack something; ``audits``:
    finished checks of the system; ``not_approved``: earlier phases without approval.
    """

    day: date
    decisions: int = 0
    incomplete: int = 0
    audits: int = 0
    not_approved: tuple[Phase, ...] = ()


@dataclass(frozen=True)
class Unmet:
    """One condition that does not hold: what it asks, what to do, and where.

    ``phase`` and ``question`` lead to what is missing; ``question`` is None where it is no answer.
    """

    id: str
    message: Text
    help: Text
    phase: Phase
    question: str | None = None


@dataclass(frozen=True)
class Standing:
    """The phase to be left, with everything its conditions look at."""

    questionnaires: Sequence[Questionnaire]
    sheet: Mapping[str, JsonValue]
    before: Mapping[str, JsonValue]
    beside: Beside

    @property
    def questionnaire(self) -> Questionnaire:
        """That of the phase."""
        return self.questionnaires[-1]

    @property
    def counting(self) -> dict[str, JsonValue]:
        """All answers that count at its end."""
        return path.counting(self.questionnaire, self.sheet, self.before)


def unmet(
    questionnaires: Sequence[Questionnaire],
    answers: Mapping[str, JsonValue],
    beside: Beside,
) -> tuple[Unmet, ...]:
    """The conditions that keep the last of the questionnaires' phases from being left.

    ``questionnaires``: those of the earlier phases, in order, then that of the phase. ``answers``
    may hold those of all phases together; hidden ones do not count.
    """
    before = path.counting_in_all(questionnaires[:-1], answers)
    standing = Standing(questionnaires, answers, before, beside)
    found = [one for rule in BUILT_IN for one in rule(standing)]
    counting = standing.counting
    for gate in standing.questionnaire.gate:
        if not holds(gate.when, counting):
            continue
        met = CHECKS[gate.check](standing) if gate.check else holds(gate.need, counting)
        if not met:
            found.append(_of_author(gate, standing, counting))
    return tuple(found)


def _of_author(gate: Gate, standing: Standing, counting: Mapping[str, JsonValue]) -> Unmet:
    question = (gate.need and conditions.decisive(gate.need, counting)) or gate.link
    home = standing.questionnaire
    for questionnaire in standing.questionnaires:
        if any(one.id == question for one in questionnaire.questions()):
            home = questionnaire
    return Unmet(gate.id, gate.title, gate.help, home.phase, question)


def _answered(standing: Standing) -> Iterator[Unmet]:
    still = progress.of(standing.questionnaire, standing.sheet, standing.before).open
    if still:
        yield _own(
            standing,
            "required",
            later("Every required question is answered."),
            later("Still open: {n}. Answer them, or say why they do not apply."),
            question=still[0],
            n=len(still),
        )


def _decided(standing: Standing) -> Iterator[Unmet]:
    least = standing.questionnaire.minimum_value_decisions
    if standing.beside.decisions < least:
        yield _own(
            standing,
            "value_decisions",
            later("Enough value decisions are recorded."),
            later("This phase needs {n} or more. Write down which value you put first, and why."),
            n=least,
        )
    if standing.beside.incomplete:
        yield _own(
            standing,
            "value_decisions_complete",
            later("Every value decision is complete."),
            later("Incomplete: {n}. Open the value decisions and add what is missing."),
            n=standing.beside.incomplete,
        )


def _approved(standing: Standing) -> Iterator[Unmet]:
    for phase in standing.beside.not_approved:
        named = {lang: text.translate(lang, PHASES[phase]) for lang in LANGUAGES}
        yield Unmet(
            id=f"approved_{phase}",
            message=_text(later("The phase “{phase}” is approved."), named),
            help=_text(later("Finish “{phase}” first and hand it to the ethics board."), named),
            phase=phase,
        )


def _own(
    standing: Standing,
    name: str,
    message: str,
    advice: str,
    question: str | None = None,
    n: int = 0,
) -> Unmet:
    message_text = Text({lang: text.translate(lang, message) for lang in LANGUAGES})
    help_text = Text({lang: text.translate(lang, advice, {"n": n}) for lang in LANGUAGES})
    return Unmet(name, message_text, help_text, standing.questionnaire.phase, question)


def _text(message: str, phase: Mapping[str, str]) -> Text:
    return Text({lang: text.translate(lang, message, {"phase": phase[lang]}) for lang in LANGUAGES})


def _named(standing: Standing) -> bool:
    chains = responsibility.of([standing.questionnaire], standing.counting, standing.beside.day)
    return all(not chain.needed for chain in chains)


BUILT_IN: tuple[Callable[[Standing], Iterator[Unmet]], ...] = (_answered, _decided, _approved)
CHECKS: Mapping[CheckName, Callable[[Standing], bool]] = {
    CheckName.RESPONSIBILITIES: _named,
    CheckName.AUDIT: lambda standing: standing.beside.audits > 0,
}
