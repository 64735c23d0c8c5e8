"""The newest migration can be taken back, and done again, where a town has worked already."""

from alembic import command
from sqlalchemy import func
from sqlmodel import SQLModel, select

from tests.examples.cast import Cast, approve
from tests.examples.rows import rows
from workbench.basics import clock
from workbench.services import Workspace, conditions
from workbench.storage import schema
from workbench.storage.assessments import AnswerEntry, Assessment, Phase
from workbench.storage.conditions import ConditionStep
from workbench.storage.reviews import Review
from workbench.storage.tasks import Waiver


def count(workspace: Workspace, kind: type[SQLModel]) -> int:
    """How many rows there are."""
    with workspace.database.reading() as session:
        return session.exec(select(func.count()).select_from(kind)).one()


def test_down_and_up_again_with_rows(anywhere: Workspace, cast: Cast) -> None:
    """Assessments and the board's decisions stay; what became of conditions had no place before.

    Of several waivers of one condition the newest stays; what was missing is not known any more.
    """
    workspace = anywhere
    _, phase_id = approve(workspace, cast, ["Nach einem Jahr prüfen."])
    with workspace.database.transaction() as session:
        for reason in ("Eine fehlt.", "Zwei fehlen."):
            session.add(
                Waiver(
                    phase_id=phase_id,
                    condition="required",
                    missing=["x"],
                    reason=reason,
                    person_id=cast.frida.id,
                    waived_at=clock.now(),
                )
            )
    (review,) = rows(workspace, Review)
    conditions.report(
        workspace, cast.bob, review.id, 1, words="Ist geprüft.", fulfilled_on=clock.today()
    )
    kept = {kind: count(workspace, kind) for kind in (Assessment, Phase, AnswerEntry, Review)}
    with workspace.database.engine.begin() as connection:
        command.downgrade(schema._config(connection), "0003")
    schema.upgrade(workspace.database)
    assert {kind: count(workspace, kind) for kind in kept} == kept
    assert kept[Review] == 1
    assert count(workspace, ConditionStep) == 0
    (waiver,) = rows(workspace, Waiver)
    assert (waiver.reason, waiver.missing) == ("Zwei fehlen.", [])
