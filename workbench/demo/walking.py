"""Takes one example through its phases, by the services that the pages use."""

from collections.abc import Callable, Generator, Iterator, Mapping
from datetime import date

from workbench.basics import text
from workbench.basics.phases import PHASES
from workbench.demo import checking
from workbench.demo.example import Decided, Example, Settled, Step
from workbench.governance.roles import ADMINISTRATION, BOARD, TEAM, Actor
from workbench.questionnaire.answers import accepted
from workbench.services import (
    Workspace,
    assessments,
    comments,
    conditions,
    decisions,
    dissents,
    evidence,
    gates,
    phases,
    reviews,
    systems,
)
from workbench.services.evidence import Backed
from workbench.storage.conditions import Condition

Say = Callable[[str], None]
Cast = Mapping[str, Actor]


def walk(
    workspace: Workspace, cast: Cast, example: Example, say: Say
) -> Generator[date, None, str]:
    """Register the system and go through every phase that it has reached; returns its id.

    Yields each day before it does what happened then, see ``days.in_order``.
    """
    system_id = ""
    for name, step in example.phases.items():
        yield step.opened_on
        if system_id:
            phases.open_next(workspace, cast[TEAM], system_id)
        else:
            system_id = systems.create(
                workspace, cast[TEAM], example=True, **example.system.model_dump(mode="python")
            )
        phase_id = systems.view(workspace, cast[TEAM], system_id).phases[-1].id
        yield step.submitted_on
        phase = text.translate("en", PHASES[name])
        say(f"  {step.submitted_on}  {example.system.name}, {phase}: {_told(step)}")
        _fill(workspace, cast, phase_id, step)
        if example.audit.after == name:
            say("              The audit: look at the table, fix the plan, compute")
            checking.check(workspace, cast[TEAM], system_id, example.audit)
        _report(workspace, cast, system_id, step)
        _submit(workspace, cast, phase_id, step)
        if step.review:
            yield step.review.decided_on
        _review(workspace, cast, phase_id, step)
        _confirm(workspace, cast, system_id, step)
    return system_id


def _told(step: Step) -> str:
    left = "" if step.review else ", the board has not decided yet"
    return f"answers: {len(step.answers)}, value decisions: {len(step.decisions)}{left}"


def _fill(workspace: Workspace, cast: Cast, phase_id: str, step: Step) -> None:
    questionnaire = phases.overview(workspace, cast[TEAM], phase_id).questionnaire
    values = accepted(questionnaire, step.answers)
    assessments.save_section(workspace, cast[TEAM], phase_id, values, seen={})
    for decision in step.decisions:
        _decide(workspace, cast[TEAM], phase_id, decision)


def _decide(workspace: Workspace, team: Actor, phase_id: str, decision: Decided) -> None:
    key = decisions.save(workspace, team, phase_id, decision.body)
    for one in decision.dissents:
        dissents.add(
            workspace,
            team,
            key,
            words=one.words,
            capacity=one.capacity,
            holder_id="" if one.speaker else team.id,
            speaker=one.speaker,
        )
    for source in decision.sources:
        backed = Backed(decision_id=key)
        evidence.add_link(workspace, team, phase_id, backed, name=source.name, link=source.link)


def _report(workspace: Workspace, cast: Cast, system_id: str, step: Step) -> None:
    for one, found in _settled(workspace, cast, system_id, step):
        conditions.report(
            workspace,
            cast[TEAM],
            found.review_id,
            found.position,
            words=one.words,
            fulfilled_on=one.fulfilled_on,
        )


def _confirm(workspace: Workspace, cast: Cast, system_id: str, step: Step) -> None:
    for one, found in _settled(workspace, cast, system_id, step):
        if step.review and one.confirmed:
            place = found.review_id, found.position
            conditions.settle(workspace, cast[BOARD], *place, answer="confirm", words="")


def _settled(
    workspace: Workspace, cast: Cast, system_id: str, step: Step
) -> Iterator[tuple[Settled, Condition]]:
    """The conditions that the step settles, each with what the example says of it."""
    known = conditions.of_system(workspace, cast[TEAM], system_id).conditions
    for one in step.settled:
        for found in known:
            if (found.phase.name, found.position) == (one.phase, one.condition):
                yield one, found


def _submit(workspace: Workspace, cast: Cast, phase_id: str, step: Step) -> None:
    for one in step.waivers:
        gates.waive(workspace, cast[ADMINISTRATION], phase_id, one.gate, one.reason)
    phases.submit(workspace, cast[TEAM], phase_id)


def _review(workspace: Workspace, cast: Cast, phase_id: str, step: Step) -> None:
    for said in step.comments:
        comments.write(workspace, cast[said.by], phase_id, said.body, question_id=said.question)
    if step.review:
        verdict = step.review.model_dump(exclude={"decided_on"})
        reviews.decide(workspace, cast[BOARD], phase_id, **verdict)
