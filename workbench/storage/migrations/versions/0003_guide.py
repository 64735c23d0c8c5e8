"""Five phases: comments on questions, assignments, evidence, waivers, the legal calendar

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COMMENT_CHECKS = {
    "ck_comment_resolved": "(resolved_at is null) = (resolved_by is null)",
    "ck_comment_question": "resolved_at is null or question_id <> ''",
}
ACTS = ("update", "delete")


def upgrade() -> None:
    with op.batch_alter_table("assessment") as batch_op:
        batch_op.add_column(sa.Column("calendar", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("comment") as batch_op:
        batch_op.add_column(
            sa.Column("question_id", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("resolved_at", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("resolved_by", sa.String(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_comment_resolved_by"), "person", ["resolved_by"], ["id"]
        )
        for name, rule in COMMENT_CHECKS.items():
            batch_op.create_check_constraint(op.f(name), sa.text(rule))
    create_assignment()
    create_evidence()
    create_waiver()


def create_assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("phase_id", sa.String(), nullable=False),
        sa.Column("section_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("set_at", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_assignment_phase_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_assignment_set_by")),
        sa.PrimaryKeyConstraint("phase_id", "section_id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_person_id"), "assignment", ["person_id"], unique=False)


def create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("phase_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("removed_by", sa.String(), nullable=True),
        sa.CheckConstraint("(sha256 = '') <> (link = '')", name=op.f("ck_evidence_either")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_evidence_name")),
        sa.CheckConstraint(
            "(removed_at is null) = (removed_by is null)", name=op.f("ck_evidence_removed")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_evidence_added_by")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_evidence_phase_id")),
        sa.ForeignKeyConstraint(["removed_by"], ["person.id"], name=op.f("fk_evidence_removed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_phase_id"), "evidence", ["phase_id"], unique=False)


def create_waiver() -> None:
    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.String(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("waived_at", sa.Text(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_waiver_reason")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_waiver_person_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_waiver_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sa.UniqueConstraint("phase_id", "condition", name=op.f("uq_waiver_phase_id")),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    # The function append_only() of the first schema serves PostgreSQL's triggers.
    then = (
        "begin select raise(abort, 'waiver is append-only'); end"
        if sqlite
        else "for each row execute function append_only()"
    )
    for act in ACTS:
        op.execute(f"create trigger waiver_no_{act} before {act} on waiver {then}")


def downgrade() -> None:
    """What the earlier schema cannot hold is lost: assignments, evidence, waivers, resolutions."""
    on = "" if op.get_bind().dialect.name == "sqlite" else " on waiver"
    for act in ACTS:
        op.execute(f"drop trigger waiver_no_{act}{on}")
    op.drop_table("waiver")
    op.drop_index(op.f("ix_evidence_phase_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_assignment_person_id"), table_name="assignment")
    op.drop_table("assignment")
    op.execute("delete from comment where question_id <> ''")
    with op.batch_alter_table("comment") as batch_op:
        for name in COMMENT_CHECKS:
            batch_op.drop_constraint(op.f(name), type_="check")
        batch_op.drop_constraint(op.f("fk_comment_resolved_by"), type_="foreignkey")
        for name in ("question_id", "resolved_at", "resolved_by"):
            batch_op.drop_column(name)
    # Not as a batch: that copies and drops the table, to which the rows of phases refer.
    op.drop_column("assessment", "calendar")
