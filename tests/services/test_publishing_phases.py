"""An edition covers every approved phase, and nothing of the answers of any other."""

import pytest

from tests.examples import cast as examples
from tests.examples import five_phases
from tests.examples.cast import Cast
from workbench.basics.errors import Forbidden, WrongState
from workbench.disclosure.record import TransparencyRecord
from workbench.services import (
    Workspace,
    assessments,
    gates,
    phases,
    publications,
    register,
    reviews,
)

SECRET = "Nur im Entwurf."
REASON = "Der Vertrag läuft schon."


@pytest.fixture
def conception(workspace: Workspace, cast: Cast) -> tuple[str, str]:
    """A system whose conception is approved."""
    return examples.approve(workspace, cast)


@pytest.fixture
def design(workspace: Workspace, cast: Cast, conception: tuple[str, str]) -> str:
    """Its phase design: answered by Bob, a condition waived, not handed to the board."""
    phase_id = phases.open_next(workspace, cast.bob, conception[0])
    answers = {"design.goal": SECRET}
    assessments.save_section(workspace, cast.bob, phase_id, answers, {"design.goal": 0})
    gates.waive(workspace, cast.frida, phase_id, "tool_named", REASON)
    return phase_id


def approved(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """The team hands the phase over, and the board approves."""
    phases.submit(workspace, cast.bob, phase_id)
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Auch gut.")


def published(workspace: Workspace, cast: Cast, system_id: str) -> TransparencyRecord:
    """The edition that the administration publishes now."""
    slug, _ = publications.publish(workspace, cast.frida, system_id)
    return register.edition(workspace.database, slug).record


@pytest.mark.usefixtures("design")
def test_a_phase_in_work_is_named_without_its_answers(
    workspace: Workspace, cast: Cast, conception: tuple[str, str]
) -> None:
    """Design is open: conception can be published, and of design only the state is told."""
    record = published(workspace, cast, conception[0])

    assert [one.phase for one in record.phases] == ["conception"]
    assert [(one.phase, one.state) for one in record.in_work] == [("design", "open")]
    content = record.model_dump_json()
    assert SECRET not in content
    assert REASON not in content


def test_all_approved_phases_are_covered(
    workspace: Workspace, cast: Cast, conception: tuple[str, str], design: str
) -> None:
    """The twin: once approved, design is in it with its answers, its review and its waiver."""
    approved(workspace, cast, design)
    record = published(workspace, cast, conception[0])

    assert (record.phase, record.in_work) == ("design", ())
    assert [(one.phase, one.questionnaire.version) for one in record.phases] == [
        ("conception", "2026.1"),
        ("design", five_phases.VERSION),
    ]
    assert all(one.approved_on for one in record.phases)
    assert [[said.reasons for said in one.reviews] for one in record.phases] == [
        ["Gut begründet."],
        ["Auch gut."],
    ]
    assert SECRET in record.phases[1].model_dump_json()


def test_a_waived_condition_is_part_of_the_procedure(
    workspace: Workspace, cast: Cast, conception: tuple[str, str], design: str
) -> None:
    """With the words of the condition and the reason, but without the person."""
    approved(workspace, cast, design)
    steps = published(workspace, cast, conception[0]).procedure

    (waived,) = [step for step in steps if step.reason]
    assert waived.reason == REASON
    assert waived.what.en.endswith("Das Werkzeug steht fest.")
    assert [step.what.en for step in steps if "began" in step.what.en] == [
        "The phase “Conception” began.",
        "The phase “Design” began.",
    ]


def test_an_author_of_any_covered_phase_cannot_publish(
    workspace: Workspace, cast: Cast, conception: tuple[str, str], design: str
) -> None:
    """Bob wrote design, Alice conception: while design is open, Bob may; later neither."""
    system_id, _ = conception
    assert publications.preview(workspace, cast.bob, system_id).obstacle == ""
    approved(workspace, cast, design)
    for author in (cast.alice, cast.bob):
        assert "second person" in publications.preview(workspace, author, system_id).obstacle
        with pytest.raises(Forbidden, match="second person"):
            publications.publish(workspace, author, system_id)


def test_what_rests_on_a_reopened_phase_is_not_covered(
    workspace: Workspace, cast: Cast, conception: tuple[str, str], design: str
) -> None:
    """Conception is open again, so what design asks may change: nothing can be published."""
    system_id, phase_id = conception
    approved(workspace, cast, design)
    phases.reopen(workspace, cast.alice, phase_id)
    with pytest.raises(WrongState):
        publications.publish(workspace, cast.frida, system_id)
    phases.submit(workspace, cast.alice, phase_id)
    reviews.decide(workspace, cast.emil, phase_id, verdict="approve", reasons="Weiter gut.")
    assert len(published(workspace, cast, system_id).phases) == 2


def test_duties_follow_the_calendar_of_the_assessment(
    workspace: Workspace, cast: Cast, conception: tuple[str, str]
) -> None:
    """The assessment keeps its legal calendar; a newer one changes no edition by itself."""
    record = published(five_phases.renewed(workspace), cast, conception[0])

    assert record.conclusions.duties is not None
    assert record.conclusions.duties.calendar == "2026.1"
    assert {one.id for one in record.conclusions.duties.duties} == {"gone", "moved", "same"}
