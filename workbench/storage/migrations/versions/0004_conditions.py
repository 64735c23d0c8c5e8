"""What becomes of each condition of the board

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ACTS = ("update", "delete")


def upgrade() -> None:
    op.create_table(
        "condition_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("fulfilled_on", sa.Date(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("said_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state in ('confirmed', 'lifted', 'open', 'reported')",
            name=op.f("ck_condition_step_state"),
        ),
        sa.CheckConstraint(
            "words <> '' or state = 'confirmed'", name=op.f("ck_condition_step_words")
        ),
        sa.CheckConstraint(
            "(fulfilled_on is not null) = (state = 'reported')",
            name=op.f("ck_condition_step_fulfilled"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_condition_step_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_condition_step_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_step")),
        sa.UniqueConstraint(
            "review_id", "position", "number", name=op.f("uq_condition_step_review_id")
        ),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    # The function append_only() of the first schema serves PostgreSQL's triggers.
    then = (
        "begin select raise(abort, 'condition_step is append-only'); end"
        if sqlite
        else "for each row execute function append_only()"
    )
    for act in ACTS:
        op.execute(f"create trigger condition_step_no_{act} before {act} on condition_step {then}")


def downgrade() -> None:
    """What the earlier schema cannot hold is lost: what became of the conditions."""
    on = "" if op.get_bind().dialect.name == "sqlite" else " on condition_step"
    for act in ACTS:
        op.execute(f"drop trigger condition_step_no_{act}{on}")
    op.drop_table("condition_step")
