"""The database itself refuses to change an audit's plan; charts of single rows for the team

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# What was fixed, and for which data; what comes of it is added later.
FIXED = "system_id, dataset_id, origin, file, number, plan, change, planned_at, planned_by"
REFUSED = "the plan of an audit is fixed"


def upgrade() -> None:
    op.add_column("audit", sa.Column("row_charts", sa.Text(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        then = f"begin select raise(abort, '{REFUSED}'); end"
    else:
        op.execute(
            "create function fixed_plan() returns trigger language plpgsql as "
            f"$$ begin raise exception '{REFUSED}'; end $$"
        )
        then = "for each row execute function fixed_plan()"
    op.execute(f"create trigger audit_no_update before update of {FIXED} on audit {then}")
    op.execute(f"create trigger audit_no_delete before delete on audit {then}")


def downgrade() -> None:
    """What the earlier schema cannot hold is lost: charts of single rows."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for act in ("update", "delete"):
        op.execute(f"drop trigger audit_no_{act}{'' if sqlite else ' on audit'}")
    if not sqlite:
        op.execute("drop function fixed_plan()")
    # In place: made anew, the table would first have to lose what refers to it.
    op.drop_column("audit", "row_charts")
