"""Audits computed elsewhere, reasons for a changed plan, reports, comparisons

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEW_CHECKS = {
    "ck_audit_origin": "origin in ('computed', 'imported')",
    "ck_audit_dataset": "(origin = 'computed') = (dataset_id is not null)",
    "ck_audit_file": "(origin = 'imported') = (file <> '')",
}
NEW_TEXTS = {"origin": "computed", "file": "", "change": ""}


def upgrade() -> None:
    with op.batch_alter_table("audit") as batch_op:
        for name, value in NEW_TEXTS.items():
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=value))
        batch_op.add_column(sa.Column("documents", sa.Text(), nullable=True))
        batch_op.alter_column("dataset_id", existing_type=sa.String(), nullable=True)
        for name, rule in NEW_CHECKS.items():
            batch_op.create_check_constraint(op.f(name), sa.text(rule))
    op.create_table(
        "comparison",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("before_id", sa.String(), nullable=False),
        sa.Column("after_id", sa.String(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("charts", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.CheckConstraint("before_id <> after_id", name=op.f("ck_comparison_two")),
        sa.CheckConstraint(
            "(state = 'done') = (result is not null)", name=op.f("ck_comparison_result")
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (refusal is not null)", name=op.f("ck_comparison_refusal")
        ),
        sa.CheckConstraint(
            "state in ('waiting', 'done', 'refused')", name=op.f("ck_comparison_state")
        ),
        sa.ForeignKeyConstraint(["before_id"], ["audit.id"], name=op.f("fk_comparison_before_id")),
        sa.ForeignKeyConstraint(["after_id"], ["audit.id"], name=op.f("fk_comparison_after_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_comparison_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison")),
        sa.UniqueConstraint("before_id", "after_id", name=op.f("uq_comparison_before_id")),
    )
    op.create_index(op.f("ix_comparison_after_id"), "comparison", ["after_id"], unique=False)


def downgrade() -> None:
    """What the first schema cannot hold is lost: comparisons, and audits computed elsewhere."""
    op.drop_index(op.f("ix_comparison_after_id"), table_name="comparison")
    op.drop_table("comparison")
    op.execute("delete from audit where origin = 'imported'")
    with op.batch_alter_table("audit") as batch_op:
        for name in NEW_CHECKS:
            batch_op.drop_constraint(op.f(name), type_="check")
        batch_op.alter_column("dataset_id", existing_type=sa.String(), nullable=False)
        for name in (*NEW_TEXTS, "documents"):
            batch_op.drop_column(name)
