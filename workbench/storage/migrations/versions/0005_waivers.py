"""A waiver says what was missing, and a condition can be waived again when more is

What was missing for earlier waivers is not known. They hold only where nothing is named, so most
have to be given again.

Revision ID: 0005
Revises: 0004
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ACTS = ("update", "delete")
UNIQUE = "uq_waiver_phase_id"


@contextmanager
def unguarded() -> Iterator[None]:
    """Without the triggers that keep the rows as they are: SQLite makes the table anew."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for act in ACTS:
        op.execute(f"drop trigger waiver_no_{act}{'' if sqlite else ' on waiver'}")
    yield
    then = (
        "begin select raise(abort, 'waiver is append-only'); end"
        if sqlite
        else "for each row execute function append_only()"
    )
    for act in ACTS:
        op.execute(f"create trigger waiver_no_{act} before {act} on waiver {then}")


def upgrade() -> None:
    with unguarded(), op.batch_alter_table("waiver") as batch_op:
        batch_op.add_column(sa.Column("missing", sa.Text(), nullable=False, server_default="[]"))
        batch_op.drop_constraint(op.f(UNIQUE), type_="unique")


def downgrade() -> None:
    """What the earlier schema cannot hold is lost: all but the newest waiver of a condition."""
    with unguarded():
        op.execute(
            "delete from waiver where id not in "
            "(select max(id) from waiver group by phase_id, condition)"
        )
        with op.batch_alter_table("waiver") as batch_op:
            batch_op.drop_column("missing")
            batch_op.create_unique_constraint(op.f(UNIQUE), ["phase_id", "condition"])
