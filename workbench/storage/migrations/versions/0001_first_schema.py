"""First schema, with what must never change guarded by triggers

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Rows that are only ever added.
IMMUTABLE = ("answer_entry", "decision_entry", "edition", "edition_file", "journal", "review")


def guard(table: str, act: str) -> None:
    name = f"{table}_no_{act}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"create trigger {name} before {act} on {table} "
            f"begin select raise(abort, '{table} is append-only'); end"
        )
    else:
        op.execute(
            f"create trigger {name} before {act} on {table} "
            "for each row execute function append_only()"
        )


def guard_all() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "create function append_only() returns trigger language plpgsql as "
            "$$ begin raise exception '% is append-only', tg_table_name; end $$"
        )
    for table in IMMUTABLE:
        for act in ("update", "delete"):
            guard(table, act)


def unguard_all() -> None:
    for table in IMMUTABLE:
        for act in ("update", "delete"):
            on = "" if op.get_bind().dialect.name == "sqlite" else f" on {table}"
            op.execute(f"drop trigger {table}_no_{act}{on}")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("drop function append_only()")


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window", name=op.f("pk_attempt")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.Float(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state in ('queued', 'running', 'done', 'dead')", name=op.f("ck_job_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_state"), ["state"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.CheckConstraint("email = lower(email) and email <> ''", name=op.f("ck_person_email")),
        sa.CheckConstraint(
            "role in ('administration', 'board', 'team')", name=op.f("ck_person_role")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_journal_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_subject"), ["subject"], unique=False)

    op.create_table(
        "system",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_system_name")),
        sa.CheckConstraint("slug <> ''", name=op.f("ck_system_slug")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_system_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_system")),
        sa.UniqueConstraint("slug", name=op.f("uq_system_slug")),
    )
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_web_session_person_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_session")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("system_id", sa.String(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_assessment_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("system_id", name=op.f("uq_assessment_system_id")),
    )
    op.create_table(
        "dataset",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("system_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("model_name", sa.String(), nullable=False),
        sa.Column("model_sha256", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("inspection", sa.Text(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'ready') = (inspection is not null)", name=op.f("ck_dataset_inspection")
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (refusal is not null)", name=op.f("ck_dataset_refusal")
        ),
        sa.CheckConstraint(
            "state in ('waiting', 'ready', 'refused')", name=op.f("ck_dataset_state")
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["person.id"], name=op.f("fk_dataset_received_by")
        ),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_dataset_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset")),
    )
    with op.batch_alter_table("dataset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dataset_system_id"), ["system_id"], unique=False)

    op.create_table(
        "edition",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("system_id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("published_at", sa.Text(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_edition_sha256")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_edition_number")),
        sa.ForeignKeyConstraint(
            ["published_by"], ["person.id"], name=op.f("fk_edition_published_by")
        ),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_edition_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("slug", "number", name=op.f("uq_edition_slug")),
        sa.UniqueConstraint("system_id", "number", name=op.f("uq_edition_system_id")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_system_id"), ["system_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("system_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_membership_system_id")),
        sa.PrimaryKeyConstraint("system_id", "person_id", name=op.f("pk_membership")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("system_id", sa.String(), nullable=False),
        sa.Column("dataset_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("planned_at", sa.Text(), nullable=False),
        sa.Column("planned_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("charts", sa.Text(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'done') = (result is not null)", name=op.f("ck_audit_result")),
        sa.CheckConstraint(
            "(state = 'refused') = (refusal is not null)", name=op.f("ck_audit_refusal")
        ),
        sa.CheckConstraint("state in ('waiting', 'done', 'refused')", name=op.f("ck_audit_state")),
        sa.ForeignKeyConstraint(["dataset_id"], ["dataset.id"], name=op.f("fk_audit_dataset_id")),
        sa.ForeignKeyConstraint(["planned_by"], ["person.id"], name=op.f("fk_audit_planned_by")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_audit_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("system_id", "number", name=op.f("uq_audit_system_id")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_system_id"), ["system_id"], unique=False)

    op.create_table(
        "edition_file",
        sa.Column("edition_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_file_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "name", name=op.f("pk_edition_file")),
    )
    op.create_table(
        "phase",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("questionnaire", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.Text(), nullable=True),
        sa.Column("submitted_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') or (submitted_at is not null and submitted_by is not null)",
            name=op.f("ck_phase_submitted"),
        ),
        sa.CheckConstraint(
            "state in ('approved', 'changes_requested', 'open', 'submitted')",
            name=op.f("ck_phase_state"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_phase_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["person.id"], name=op.f("fk_phase_submitted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint("assessment_id", "name", name=op.f("uq_phase_assessment_id")),
    )
    op.create_table(
        "answer_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_answer_entry_person_id")
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_answer_entry_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_entry")),
        sa.UniqueConstraint(
            "phase_id", "question_id", "number", name=op.f("uq_answer_entry_phase_id")
        ),
    )
    with op.batch_alter_table("answer_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_entry_phase_id"), ["phase_id"], unique=False)

    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("said_at", sa.Text(), nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_comment_body")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_person_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_comment_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_phase_id"), ["phase_id"], unique=False)

    op.create_table(
        "decision_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("phase_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_decision_entry_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["phase_id"], ["phase.id"], name=op.f("fk_decision_entry_phase_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_entry")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_decision_entry_decision_id")),
    )
    with op.batch_alter_table("decision_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decision_entry_decision_id"), ["decision_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decision_entry_phase_id"), ["phase_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("phase_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("minority_opinion", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=False),
        sa.CheckConstraint("reasons <> ''", name=op.f("ck_review_reasons")),
        sa.CheckConstraint(
            "verdict in ('approve', 'request_changes')", name=op.f("ck_review_verdict")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_person_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_review_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("phase_id", "round", name=op.f("uq_review_phase_id")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_phase_id"), ["phase_id"], unique=False)

    guard_all()


def downgrade() -> None:
    unguard_all()
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_phase_id"))

    op.drop_table("review")
    with op.batch_alter_table("decision_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_entry_phase_id"))
        batch_op.drop_index(batch_op.f("ix_decision_entry_decision_id"))

    op.drop_table("decision_entry")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_phase_id"))

    op.drop_table("comment")
    with op.batch_alter_table("answer_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_entry_phase_id"))

    op.drop_table("answer_entry")
    op.drop_table("phase")
    op.drop_table("edition_file")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_system_id"))

    op.drop_table("audit")
    op.drop_table("membership")
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_system_id"))

    op.drop_table("edition")
    with op.batch_alter_table("dataset", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dataset_system_id"))

    op.drop_table("dataset")
    op.drop_table("assessment")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_session_person_id"))

    op.drop_table("web_session")
    op.drop_table("system")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_subject"))

    op.drop_table("journal")
    op.drop_table("person")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_state"))

    op.drop_table("job")
    op.drop_table("attempt")
