"""From phase to phase: opened in order, with the earlier answers that count, left by its gate."""

import pytest

from tests.examples import cast as examples
from tests.examples import five_phases
from tests.examples.cast import Cast
from workbench.basics.errors import Forbidden, InvalidInput, NotFound, WrongState
from workbench.services import (
    Workspace,
    assessments,
    cases,
    decisions,
    gates,
    phases,
    reviews,
    scopes,
    systems,
)

GOAL, START = "design.goal", "effect.planned_start"
AIM, BASIS = "purpose.goal", "law.legal_basis"


@pytest.fixture
def approved(workspace: Workspace, cast: Cast) -> tuple[str, str]:
    """A system whose conception is approved."""
    return examples.approve(workspace, cast)


@pytest.fixture
def design(workspace: Workspace, cast: Cast, approved: tuple[str, str]) -> str:
    """Its phase design, just opened."""
    return phases.open_next(workspace, cast.alice, approved[0])


def unmet(workspace: Workspace, cast: Cast, phase_id: str) -> list[str]:
    """The conditions that keep the phase from being submitted."""
    missing = phases.overview(workspace, cast.alice, phase_id).missing
    return [one.unmet.id for one in missing]


def changed(workspace: Workspace, cast: Cast, phase_id: str, question: str, value: object) -> None:
    """Alice reopens the phase, changes an answer, and it is approved again."""
    phases.reopen(workspace, cast.alice, phase_id)
    number = phases.overview(workspace, cast.alice, phase_id)
    assert number.writable
    assessments.save_section(
        workspace,
        cast.alice,
        phase_id,
        {question: value},  # type: ignore[dict-item]
        {question: 0},
    )
    phases.submit(workspace, cast.alice, phase_id)
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")


def test_the_next_phase_opens_after_the_approval(
    workspace: Workspace, cast: Cast, approved: tuple[str, str]
) -> None:
    """Design follows conception, bound to the newest version of its questionnaire."""
    system_id, _ = approved
    assert systems.view(workspace, cast.alice, system_id).next_phase == "design"
    phase_id = phases.open_next(workspace, cast.bob, system_id)
    view = systems.view(workspace, cast.alice, system_id)
    assert [(one.name, one.state) for one in view.phases] == [
        ("conception", "approved"),
        ("design", "open"),
    ]
    assert (view.phases[1].id, view.phases[1].version) == (phase_id, "9999.1")
    assert view.next_phase is None


def test_no_phase_is_skipped_or_opened_twice(
    workspace: Workspace, cast: Cast, system_id: str, approved: tuple[str, str]
) -> None:
    """Before the approval and a second time there is nothing to open."""
    with pytest.raises(WrongState):
        phases.open_next(workspace, cast.alice, system_id)
    phases.open_next(workspace, cast.alice, approved[0])
    with pytest.raises(WrongState):
        phases.open_next(workspace, cast.alice, approved[0])


def test_all_five_phases_can_be_walked(workspace: Workspace, cast: Cast, design: str) -> None:
    """Each is answered, submitted, approved; after the last there is no next."""
    names, phase_id = [], design
    system_id = phases.overview(workspace, cast.alice, design).system.id
    while True:
        view = phases.overview(workspace, cast.alice, phase_id)
        names.append(view.phase.name)
        values = dict.fromkeys(view.progress.open, "Ja.")
        if view.phase.name == "design":
            values["design.tool"] = "Keines."
        assessments.save_section(workspace, cast.alice, phase_id, values, {})
        for one in phases.overview(workspace, cast.alice, phase_id).missing:
            gates.waive(workspace, cast.frida, phase_id, one.unmet.id, "Im Test.")
        phases.submit(workspace, cast.alice, phase_id)
        reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")
        if systems.view(workspace, cast.alice, system_id).next_phase is None:
            break
        phase_id = phases.open_next(workspace, cast.alice, system_id)
    assert names == ["design", "construction", "first_use", "operation"]
    with pytest.raises(WrongState, match="last phase"):
        phases.open_next(workspace, cast.alice, system_id)


@pytest.mark.parametrize(
    ("name", "error"), [("charlie", NotFound), ("dora", Forbidden), ("frida", Forbidden)]
)
def test_who_may_not_open(
    workspace: Workspace,
    cast: Cast,
    approved: tuple[str, str],
    name: str,
    error: type[Exception],
) -> None:
    """Only the team of the system goes on."""
    with pytest.raises(error):
        phases.open_next(workspace, getattr(cast, name), approved[0])


def test_earlier_answers_decide_what_is_asked(
    workspace: Workspace, cast: Cast, approved: tuple[str, str], design: str
) -> None:
    """The tool is asked once conception says when it begins, and not before."""
    assert (
        "design.tool"
        not in assessments.section(workspace, cast.alice, design, "goals").path.visible
    )
    changed(workspace, cast, approved[1], START, "2027-09-01")
    view = assessments.section(workspace, cast.alice, design, "goals")
    assert view.path.visible == ("design.goal", "design.tool")


def test_earlier_answers_stand_beside_the_question(
    workspace: Workspace, cast: Cast, design: str
) -> None:
    """What was answered before about the goal is shown at the question that refers to it."""
    view = assessments.section(workspace, cast.alice, design, "goals")
    beside = assessments.beside(workspace, cast.alice, view).beside
    (earlier,) = beside[GOAL].earlier
    assert (earlier.question.id, earlier.value) == (
        "purpose.problem",
        five_phases.ANSWERS["purpose.problem"],
    )
    assert beside["design.tool"].earlier == []


def test_what_is_not_asked_says_why(workspace: Workspace, cast: Cast, design: str) -> None:
    """A part that does not apply has its reason, counts nothing, and is no next section."""
    view = phases.overview(workspace, cast.alice, design)
    part = view.progress.sections["more"]
    assert (part.asked, part.total) == (False, 0)
    assert part.because is not None
    assert part.because.in_language("de") == "Das Ziel verlangt es nicht."
    assert [one.id for one in view.tasks.sections] == ["goals"]
    section = assessments.section(workspace, cast.alice, design, "goals")
    assert section.onward({}).section is None
    assert not assessments.section(workspace, cast.alice, design, "more").asked


def test_the_next_open_question(workspace: Workspace, cast: Cast, design: str) -> None:
    """First what is required, then what is not answered yet, then nothing."""
    overview = phases.overview(workspace, cast.alice, design)
    assert overview.next_open == ("goals", GOAL)
    assessments.save_section(workspace, cast.alice, design, {GOAL: "Ja."}, {})
    assert phases.overview(workspace, cast.alice, design).next_open is None


def test_the_scope_covers_all_phases(workspace: Workspace, cast: Cast, design: str) -> None:
    """Every part of every phase with minutes and reason, also of those not opened yet."""
    view = scopes.whole(workspace, cast.alice, design)
    assert view.names == ("conception", "design", "construction", "first_use", "operation")
    parts = {(str(part.phase), part.section): part for part in view.parts}
    assert parts["design", "goals"].minutes == 3
    assert not parts["design", "more"].asked
    assert view.minutes == sum(part.minutes for part in view.parts if part.asked)
    assert view.length.least <= view.minutes <= view.length.most


def test_a_gate_says_what_is_missing_and_where(
    workspace: Workspace, cast: Cast, approved: tuple[str, str], design: str
) -> None:
    """The questionnaire's own condition keeps the phase, and leads to its question."""
    assessments.save_section(workspace, cast.alice, design, {GOAL: "Ja."}, {})
    (obstacle,) = phases.overview(workspace, cast.alice, design).missing
    assert (obstacle.unmet.id, obstacle.section, obstacle.phase_id) == (
        "tool_named",
        "goals",
        design,
    )
    with pytest.raises(InvalidInput) as caught:
        phases.submit(workspace, cast.alice, design)
    assert set(caught.value.fields) == {"tool_named"}
    changed(workspace, cast, approved[1], START, "2027-09-01")
    assessments.save_section(workspace, cast.alice, design, {"design.tool": "Hammer"}, {})
    phases.submit(workspace, cast.alice, design)


def test_an_earlier_phase_must_be_approved(
    workspace: Workspace, cast: Cast, approved: tuple[str, str], design: str
) -> None:
    """Whoever reopens conception cannot submit design until it is approved again."""
    assert "approved_conception" not in unmet(workspace, cast, design)
    phases.reopen(workspace, cast.alice, approved[1])
    assert "approved_conception" in unmet(workspace, cast, design)


def test_the_administration_waives_with_a_reason(
    workspace: Workspace, cast: Cast, design: str
) -> None:
    """The reason is kept with name and day, shown to team and board, and the phase can be left."""
    assessments.save_section(workspace, cast.alice, design, {GOAL: "Ja."}, {})
    gates.waive(workspace, cast.frida, design, "tool_named", "  Der Vertrag läuft schon. ")
    view = phases.overview(workspace, cast.alice, design)
    assert view.missing == ()
    (waived,) = view.obstacles
    assert waived.waiver is not None
    assert (waived.waiver.reason, waived.waiver.person_id) == (
        "Der Vertrag läuft schon.",
        cast.frida.id,
    )
    phases.submit(workspace, cast.alice, design)
    (shown,) = cases.one(workspace, cast.dora, design).obstacles
    assert shown.waiver is not None


def test_a_waiver_needs_a_condition_and_a_reason(
    workspace: Workspace, cast: Cast, design: str
) -> None:
    """Not for what is met, not twice, not without words, not by the team."""
    for reason in ("", " ", "x" * 2001):
        with pytest.raises(InvalidInput):
            gates.waive(workspace, cast.frida, design, "required", reason)
    with pytest.raises(NotFound):
        gates.waive(workspace, cast.frida, design, "value_decisions", "Eilt.")
    with pytest.raises(Forbidden):
        gates.waive(workspace, cast.alice, design, "required", "Eilt.")
    gates.waive(workspace, cast.frida, design, "required", "Eilt.")
    with pytest.raises(NotFound):
        gates.waive(workspace, cast.frida, design, "required", "Eilt.")


def test_a_waiver_covers_no_more_than_what_was_missing(
    workspace: Workspace, cast: Cast, phase_id: str
) -> None:
    """With one more question open it lapses and can be given again; with one less it holds."""
    examples.answer(workspace, cast, phase_id)
    assessments.save_section(workspace, cast.alice, phase_id, {AIM: None}, {AIM: 1})
    gates.waive(workspace, cast.frida, phase_id, "required", "Nur die eine Frage.")
    assert unmet(workspace, cast, phase_id) == []

    assessments.save_section(workspace, cast.alice, phase_id, {BASIS: None}, {BASIS: 1})
    (lapsed,) = phases.overview(workspace, cast.frida, phase_id).missing
    assert (lapsed.unmet.missing, lapsed.waiver) == ((AIM, BASIS), None)
    assert lapsed.lapsed is not None
    with pytest.raises(InvalidInput):
        phases.submit(workspace, cast.alice, phase_id)

    gates.waive(workspace, cast.frida, phase_id, "required", "Jetzt beide.")
    assessments.save_section(workspace, cast.alice, phase_id, {AIM: "Ja."}, {AIM: 2})
    (kept,) = phases.overview(workspace, cast.alice, phase_id).obstacles
    assert kept.waiver is not None
    assert kept.waiver.reason == "Jetzt beide."
    phases.submit(workspace, cast.alice, phase_id)


@pytest.mark.parametrize("capacity", ["it", "vendor"])
def test_nobody_waives_the_reason_of_the_technical_side(
    workspace: Workspace, cast: Cast, phase_id: str, capacity: str
) -> None:
    """What IT or the vendor decided alone is submitted with its public reason, or not at all."""
    examples.answer(workspace, cast, phase_id)
    alone = {"capacities": (capacity,), "decided_by": capacity}
    decision = examples.DECISION.model_copy(update={**alone, "alone_reason": ""})
    decision_id = decisions.save(workspace, cast.alice, phase_id, decision)
    assert unmet(workspace, cast, phase_id) == ["value_decisions_alone"]
    with pytest.raises(NotFound):
        gates.waive(workspace, cast.frida, phase_id, "value_decisions_alone", "Eilt.")
    with pytest.raises(NotFound):
        gates.waive(workspace, cast.frida, phase_id, "value_decisions_complete", "Eilt.")
    told = decision.model_copy(update={"alone_reason": "Nur die Technik ist betroffen."})
    decisions.save(workspace, cast.alice, phase_id, told, decision_id=decision_id, seen=1)
    assert unmet(workspace, cast, phase_id) == []


def test_hidden_answers_of_an_earlier_phase_do_not_count(
    workspace: Workspace, cast: Cast, approved: tuple[str, str], design: str
) -> None:
    """An answer to a question that is no longer asked is kept, and no gate or page sees it."""
    changed(workspace, cast, approved[1], START, "2027-09-01")
    assessments.save_section(
        workspace, cast.alice, design, {GOAL: "Ja.", "design.tool": "Hammer"}, {}
    )
    assert unmet(workspace, cast, design) == []
    phases.reopen(workspace, cast.alice, approved[1])
    assessments.save_section(
        workspace,
        cast.alice,
        approved[1],
        {START: None},
        {START: 1},
    )
    assert "tool_named" in unmet(workspace, cast, design)
    kept = assessments.section(workspace, cast.alice, design, "goals")
    assert kept.sheet["design.tool"] == "Hammer"
    assert kept.path.inactive == ("design.tool",)
