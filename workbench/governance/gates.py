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

    ``decisions``: how many value decisions are recorded; ``incomplete``: ids of those that lack
    something; ``alone``: ids of those that only the technical side took, without a reason;
    ``audits``: finished checks of the system; ``not_approved``: earlier phases without approval.
    """

    day: date
    decisions: int = 0
    incomplete: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    audits: int = 0
    not_approved: tuple[Phase, ...] = ()


@dataclass(frozen=True)
class Unmet:
    """One condition that does not hold: what it asks, what to do, and where.

    ``phase`` and ``question`` lead to what is missing; ``question`` is None where it is no answer.
    ``missing`` names all of it: a waiver covers what was missing when it was given, and no more.
    Without ``waivable`` no reason helps. ``check`` says what was looked at beside answers.
    """

    id: str
    message: Text
    help: Text
    phase: Phase
    question: str | None = None
    missing: tuple[str, ...] = ()
    waivable: bool = True
    check: CheckName | None = None


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
        question = (gate.need and conditions.decisive(gate.need, counting)) or gate.link
        if gate.check:
            missing = CHECKS[gate.check](standing)
        else:
            missing = () if holds(gate.need, counting) else (question or gate.id,)
        if missing:
            found.append(_of_author(gate, standing, question, missing))
    return tuple(found)


def _of_author(
    gate: Gate, standing: Standing, question: str | None, missing: tuple[str, ...]
) -> Unmet:
    home = standing.questionnaire
    for questionnaire in standing.questionnaires:
        if any(one.id == question for one in questionnaire.questions()):
            home = questionnaire
    return Unmet(
        id=gate.id,
        message=gate.title,
        help=gate.help,
        phase=home.phase,
        question=question,
        missing=missing,
        waivable=gate.waivable,
        check=gate.check,
    )


def _answered(standing: Standing) -> Iterator[Unmet]:
    still = progress.of(standing.questionnaire, standing.sheet, standing.before).open
    if still:
        yield _own(
            standing,
            "required",
            later("Every required question is answered."),
            later("Still open: {n}. Answer them, or say why they do not apply."),
            still,
            question=still[0],
        )


def _decided(standing: Standing) -> Iterator[Unmet]:
    least = standing.questionnaire.minimum_value_decisions
    if standing.beside.decisions < least:
        yield _own(
            standing,
            "value_decisions",
            later("Enough value decisions are recorded."),
            later("Still missing: {n}. Write down which value you put first, and why."),
            tuple(str(number) for number in range(standing.beside.decisions + 1, least + 1)),
        )
    if standing.beside.incomplete:
        yield _own(
            standing,
            "value_decisions_complete",
            later("Every value decision is complete."),
            later("Incomplete: {n}. Open the value decisions and add what is missing."),
            standing.beside.incomplete,
        )
    if standing.beside.alone:
        yield _own(
            standing,
            "value_decisions_alone",
            later("Where only IT or the vendor decided, the reason stands beside it."),
            later("Without a reason: {n}. Open the value decisions and give it; it is published."),
            standing.beside.alone,
            waivable=False,
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
    missing: tuple[str, ...],
    question: str | None = None,
    *,
    waivable: bool = True,
) -> Unmet:
    count = {"n": len(missing)}
    return Unmet(
        id=name,
        message=Text({lang: text.translate(lang, message) for lang in LANGUAGES}),
        help=Text({lang: text.translate(lang, advice, count) for lang in LANGUAGES}),
        phase=standing.questionnaire.phase,
        question=question,
        missing=missing,
        waivable=waivable,
    )


def _text(message: str, phase: Mapping[str, str]) -> Text:
    return Text({lang: text.translate(lang, message, {"phase": phase[lang]}) for lang in LANGUAGES})


def _unnamed(standing: Standing) -> tuple[str, ...]:
    chains = responsibility.of([standing.questionnaire], standing.counting, standing.beside.day)
    return tuple(task for chain in chains for task, _ in chain.needed)


def _unchecked(standing: Standing) -> tuple[str, ...]:
    return () if standing.beside.audits else ("audit",)


BUILT_IN: tuple[Callable[[Standing], Iterator[Unmet]], ...] = (_answered, _decided, _approved)
# What each check finds missing.
CHECKS: Mapping[CheckName, Callable[[Standing], tuple[str, ...]]] = {
    CheckName.RESPONSIBILITIES: _unnamed,
    CheckName.AUDIT: _unchecked,
}
