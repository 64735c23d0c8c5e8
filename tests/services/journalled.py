"""Every act that the journal has to know: how it is done, and how it is refused."""

import io
from functools import partial

from tests.examples import cast as examples
from tests.examples import five_phases
from tests.examples.cast import DECISION, PASSWORD, email
from tests.examples.newer import VERSION, newer
from tests.services.scenes import (
    APPROVAL,
    BACKED,
    DESCRIBED,
    DIALECT,
    GOAL,
    LINK,
    QUESTION,
    REPORT,
    Act,
    Stage,
    answered,
    open_phase,
    opinion,
    person,
    piece,
    result,
    task,
    under_conditions,
    upload,
)
from tests.services.test_audits import PLAN, TABLE
from workbench.services import (
    assessments,
    audit_files,
    audit_imports,
    audits,
    calendars,
    comments,
    comparisons,
    conditions,
    datasets,
    decisions,
    dissents,
    evidence,
    gates,
    moving,
    people,
    phases,
    publications,
    questions,
    reviews,
    systems,
    tasks,
)

# Service → how far the system is, the act, the same act refused. An act is prepared first and done
# later, so that only its own lines are counted.
ACTS: dict[str, tuple[Stage, Act, Act]] = {
    "people.add": (
        open_phase,
        lambda s: partial(people.add, s.workspace, **person(), by=s.cast.frida),
        lambda s: partial(people.add, s.workspace, **person(name=""), by=s.cast.frida),
    ),
    "people.sign_in": (
        open_phase,
        lambda s: partial(people.sign_in, s.workspace, email("alice"), PASSWORD, ""),
        lambda s: partial(people.sign_in, s.workspace, email("alice"), "wrong", ""),
    ),
    "people.set_active": (
        open_phase,
        lambda s: partial(
            people.set_active, s.workspace, s.cast.frida, s.cast.bob.id, active=False
        ),
        lambda s: partial(
            people.set_active, s.workspace, s.cast.alice, s.cast.bob.id, active=False
        ),
    ),
    "people.change_password": (
        open_phase,
        lambda s: partial(people.change_password, s.workspace, s.cast.bob, PASSWORD, "x" * 12),
        lambda s: partial(people.change_password, s.workspace, s.cast.bob, "wrong", "x" * 12),
    ),
    "systems.create": (
        open_phase,
        lambda s: partial(systems.create, s.workspace, s.cast.alice, **DESCRIBED),
        lambda s: partial(systems.create, s.workspace, s.cast.dora, **DESCRIBED),
    ),
    "systems.change": (
        open_phase,
        lambda s: partial(systems.change, s.workspace, s.cast.alice, s.system, **DESCRIBED),
        lambda s: partial(systems.change, s.workspace, s.cast.charlie, s.system, **DESCRIBED),
    ),
    "systems.share": (
        open_phase,
        lambda s: partial(systems.share, s.workspace, s.cast.bob, s.system, email("charlie")),
        lambda s: partial(systems.share, s.workspace, s.cast.bob, s.system, email("dora")),
    ),
    "assessments.save_section": (
        open_phase,
        lambda s: partial(assessments.save_section, s.workspace, s.cast.bob, s.phase, GOAL, {}),
        lambda s: partial(assessments.save_section, s.workspace, s.cast.dora, s.phase, GOAL, {}),
    ),
    "phases.submit": (
        answered,
        lambda s: partial(phases.submit, s.workspace, s.cast.bob, s.phase),
        lambda s: partial(phases.submit, s.workspace, s.cast.charlie, s.phase),
    ),
    "phases.reopen": (
        examples.approve,
        lambda s: partial(phases.reopen, s.workspace, s.cast.bob, s.phase),
        lambda s: partial(phases.reopen, s.workspace, s.cast.dora, s.phase),
    ),
    "decisions.save": (
        open_phase,
        lambda s: partial(decisions.save, s.workspace, s.cast.bob, s.phase, DECISION),
        lambda s: partial(decisions.save, s.workspace, s.cast.frida, s.phase, DECISION),
    ),
    "decisions.withdraw": (
        open_phase,
        lambda s: partial(
            decisions.withdraw, s.workspace, s.cast.bob, s.decision, 1, withdrawn=True
        ),
        lambda s: partial(
            decisions.withdraw, s.workspace, s.cast.bob, s.decision, 7, withdrawn=True
        ),
    ),
    "dissents.add": (
        open_phase,
        lambda s: partial(
            dissents.add, s.workspace, s.cast.bob, s.decision, **opinion(s.cast.bob.id)
        ),
        lambda s: partial(
            dissents.add, s.workspace, s.cast.bob, s.decision, **opinion(s.cast.charlie.id)
        ),
    ),
    "dissents.change": (
        open_phase,
        lambda s: partial(
            dissents.change, s.workspace, s.cast.bob, s.dissent(), words="Doch.", capacity="it"
        ),
        lambda s: partial(
            dissents.change, s.workspace, s.cast.alice, s.dissent(), words="Doch.", capacity="it"
        ),
    ),
    "dissents.withdraw": (
        open_phase,
        lambda s: partial(dissents.withdraw, s.workspace, s.cast.bob, s.dissent()),
        lambda s: partial(dissents.withdraw, s.workspace, s.cast.alice, s.dissent()),
    ),
    "comments.write": (
        examples.submit,
        lambda s: partial(comments.write, s.workspace, s.cast.dora, s.phase, "Gut."),
        lambda s: partial(comments.write, s.workspace, s.cast.charlie, s.phase, "Gut."),
    ),
    "comments.settle": (
        open_phase,
        lambda s: partial(
            comments.settle, s.workspace, s.cast.bob, s.phase, s.comment, resolved=True
        ),
        lambda s: partial(
            comments.settle, s.workspace, s.cast.charlie, s.phase, s.comment, resolved=True
        ),
    ),
    "questions.restore": (
        open_phase,
        lambda s: partial(questions.restore, s.workspace, s.cast.bob, s.twice(), QUESTION, 1, 2),
        lambda s: partial(questions.restore, s.workspace, s.cast.bob, s.twice(), QUESTION, 1, 1),
    ),
    "tasks.assign": (
        open_phase,
        lambda s: partial(
            tasks.assign, s.workspace, s.cast.bob, s.phase, "law", **task(s.cast.alice.id)
        ),
        lambda s: partial(
            tasks.assign, s.workspace, s.cast.bob, s.phase, "law", **task(s.cast.dora.id)
        ),
    ),
    "evidence.add_file": (
        open_phase,
        lambda s: partial(
            evidence.add_file, s.workspace, s.cast.bob, s.phase, BACKED, **piece(b"%PDF-1")
        ),
        lambda s: partial(
            evidence.add_file, s.workspace, s.cast.bob, s.phase, BACKED, **piece(b"")
        ),
    ),
    "evidence.add_link": (
        open_phase,
        lambda s: partial(evidence.add_link, s.workspace, s.cast.bob, s.phase, BACKED, **LINK),
        lambda s: partial(evidence.add_link, s.workspace, s.cast.dora, s.phase, BACKED, **LINK),
    ),
    "evidence.remove": (
        open_phase,
        lambda s: partial(evidence.remove, s.workspace, s.cast.bob, s.phase, s.evidence()),
        lambda s: partial(evidence.remove, s.workspace, s.cast.frida, s.phase, s.evidence()),
    ),
    "phases.open_next": (
        examples.approve,
        lambda s: partial(phases.open_next, s.workspace, s.cast.bob, s.system),
        lambda s: partial(phases.open_next, s.workspace, s.cast.frida, s.system),
    ),
    "moving.move": (
        open_phase,
        lambda s: partial(moving.move, newer(s.workspace), s.cast.bob, s.phase, VERSION),
        lambda s: partial(moving.move, s.workspace, s.cast.bob, s.phase, VERSION),
    ),
    "moving.accept": (
        open_phase,
        lambda s: partial(moving.accept, s.edited, s.cast.bob, s.phase, s.wording),
        lambda s: partial(moving.accept, s.edited, s.cast.bob, s.phase, "0" * 64),
    ),
    "gates.waive": (
        open_phase,
        lambda s: partial(gates.waive, s.workspace, s.cast.frida, s.phase, "required", "Eilt."),
        lambda s: partial(gates.waive, s.workspace, s.cast.bob, s.phase, "required", "Eilt."),
    ),
    "calendars.renew": (
        open_phase,
        lambda s: partial(
            calendars.renew, five_phases.renewed(s.workspace), s.cast.bob, s.system, "2026.2"
        ),
        lambda s: partial(calendars.renew, s.workspace, s.cast.bob, s.system, "2026.1"),
    ),
    "reviews.decide": (
        examples.submit,
        lambda s: partial(reviews.decide, s.workspace, s.cast.dora, s.phase, **APPROVAL),
        lambda s: partial(reviews.decide, s.workspace, s.cast.alice, s.phase, **APPROVAL),
    ),
    "reviews.withdraw": (
        examples.submit,
        lambda s: partial(reviews.withdraw, s.workspace, s.cast.bob, s.phase, "Ein Fehler."),
        lambda s: partial(reviews.withdraw, s.workspace, s.cast.dora, s.phase, "Ein Fehler."),
    ),
    "conditions.report": (
        under_conditions,
        lambda s: partial(conditions.report, s.workspace, s.cast.bob, s.review, 1, **REPORT),
        lambda s: partial(conditions.report, s.workspace, s.cast.dora, s.review, 1, **REPORT),
    ),
    "conditions.settle": (
        under_conditions,
        lambda s: partial(
            conditions.settle, s.workspace, s.cast.dora, s.reported(), 1, answer="confirm", words=""
        ),
        lambda s: partial(
            conditions.settle, s.workspace, s.cast.bob, s.reported(), 1, answer="confirm", words=""
        ),
    ),
    "datasets.receive": (
        open_phase,
        lambda s: partial(
            datasets.receive,
            s.workspace,
            s.cast.bob,
            s.system,
            data=io.BytesIO(TABLE),
            name="x.csv",
        ),
        lambda s: partial(datasets.receive, s.workspace, s.cast.bob, s.system, **upload(b"")),
    ),
    "datasets.discard": (
        open_phase,
        lambda s: partial(datasets.discard, s.workspace, s.cast.bob, s.dataset()),
        lambda s: partial(datasets.discard, s.workspace, s.cast.charlie, s.dataset()),
    ),
    "datasets.reread": (
        open_phase,
        lambda s: partial(datasets.reread, s.workspace, s.cast.bob, s.dataset(), DIALECT),
        lambda s: partial(
            datasets.reread, s.workspace, s.cast.bob, s.dataset(ready=False), DIALECT
        ),
    ),
    "audit_imports.receive": (
        open_phase,
        lambda s: partial(audit_imports.receive, s.workspace, s.cast.bob, s.system, result()),
        lambda s: partial(
            audit_imports.receive, s.workspace, s.cast.bob, s.system, io.BytesIO(b"{}")
        ),
    ),
    "audit_files.ask_for_report": (
        open_phase,
        lambda s: partial(audit_files.ask_for_report, s.workspace, s.cast.dora, s.audits()[0]),
        lambda s: partial(audit_files.ask_for_report, s.workspace, s.cast.charlie, s.audits()[0]),
    ),
    "comparisons.ask": (
        open_phase,
        lambda s: partial(comparisons.ask, s.workspace, s.cast.dora, *s.audits()),
        lambda s: partial(comparisons.ask, s.workspace, s.cast.charlie, *s.audits()),
    ),
    "audits.plan": (
        open_phase,
        lambda s: partial(audits.plan, s.workspace, s.cast.bob, s.dataset(), PLAN),
        lambda s: partial(audits.plan, s.workspace, s.cast.bob, s.dataset(ready=False), PLAN),
    ),
    "publications.publish": (
        examples.approve,
        lambda s: partial(publications.publish, s.workspace, s.cast.bob, s.system),
        lambda s: partial(publications.publish, s.workspace, s.cast.alice, s.system),
    ),
}
