"""Several minority opinions on a value decision, each an entry of its own; evidence of decisions

The one opinion that a decision held moves there with all its versions; in which capacity it was
said is not known. The text that named the evidence stays in the decision.

Revision ID: 0009
Revises: 0007
"""

import json
import uuid
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ACTS = ("update", "delete")
OPINION = "minority_opinion"
CAPACITIES = (
    "affected_people", "data_protection", "equality", "it", "law", "politics", "staff_council",
    "subject_department", "vendor",
)  # fmt: skip
BACKS = "(question_id = '') <> (decision_id = '')"


def upgrade() -> None:
    listed = ", ".join(f"'{name}'" for name in CAPACITIES)
    table = op.create_table(
        "dissent_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dissent_id", sa.String(), nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("phase_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("holder_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_dissent_entry_words")),
        sa.CheckConstraint(f"capacity in ('', {listed})", name=op.f("ck_dissent_entry_capacity")),
        sa.CheckConstraint(
            "speaker = '' or holder_id = person_id", name=op.f("ck_dissent_entry_speaker")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["person.id"], name=op.f("fk_dissent_entry_holder_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_dissent_entry_person_id")
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_dissent_entry_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissent_entry")),
        sa.UniqueConstraint("dissent_id", "number", name=op.f("uq_dissent_entry_dissent_id")),
    )
    op.create_index(op.f("ix_dissent_entry_holder_id"), "dissent_entry", ["holder_id"])
    op.create_index(op.f("ix_dissent_entry_phase_id"), "dissent_entry", ["phase_id"])
    if moved := list(dissents()):
        op.bulk_insert(table, moved)
    sqlite = op.get_bind().dialect.name == "sqlite"
    # The function append_only() of the first schema serves PostgreSQL's triggers.
    then = (
        "begin select raise(abort, 'dissent_entry is append-only'); end"
        if sqlite
        else "for each row execute function append_only()"
    )
    for act in ACTS:
        op.execute(f"create trigger dissent_entry_no_{act} before {act} on dissent_entry {then}")
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.add_column(
            sa.Column("decision_id", sa.String(), nullable=False, server_default="")
        )
        batch_op.create_check_constraint(op.f("ck_evidence_backs"), sa.text(BACKS))


def dissents() -> Iterator[dict[str, Any]]:
    """Every version of every minority opinion that decisions hold, in the order of its save."""
    rows = op.get_bind().execute(
        sa.text(
            "select decision_id, phase_id, number, body, person_id, saved_at from decision_entry "
            "order by decision_id, number"
        )
    )
    made = [
        entry
        for _, saved in groupby(rows.mappings(), key=lambda row: row["decision_id"])
        for entry in of_decision(list(saved))
    ]
    yield from sorted(made, key=lambda entry: (entry["saved_at"], entry["decision_id"]))


def of_decision(saved: list[Any]) -> Iterator[dict[str, Any]]:
    """The opinion of one decision: in the hands of who wrote it first, until it is emptied."""
    present: dict[str, Any] | None = None
    for row in saved:
        body = json.loads(row["body"])
        if OPINION not in body:  # from after this migration, which was taken back in between
            continue
        words = body[OPINION]
        if words == (present["words"] if present else ""):
            continue
        present = {
            "dissent_id": present["dissent_id"] if present else uuid.uuid4().hex,
            "decision_id": row["decision_id"],
            "phase_id": row["phase_id"],
            "number": present["number"] + 1 if present else 1,
            "words": words or (present["words"] if present else ""),
            "capacity": "",
            "speaker": "",
            "withdrawn": not words,
            "holder_id": present["holder_id"] if present else row["person_id"],
            "person_id": row["person_id"],
            "saved_at": row["saved_at"],
        }
        yield present
        if not words:
            present = None


def downgrade() -> None:
    """What the earlier schema cannot hold is lost: minority opinions and evidence from since."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for act in ACTS:
        op.execute(f"drop trigger dissent_entry_no_{act}{'' if sqlite else ' on dissent_entry'}")
    op.drop_index(op.f("ix_dissent_entry_phase_id"), table_name="dissent_entry")
    op.drop_index(op.f("ix_dissent_entry_holder_id"), table_name="dissent_entry")
    op.drop_table("dissent_entry")
    op.execute("delete from evidence where decision_id <> ''")
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.drop_constraint(op.f("ck_evidence_backs"), type_="check")
        batch_op.drop_column("decision_id")
