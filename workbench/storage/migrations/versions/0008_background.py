"""A background sample beside a model; what was handed in for an audit is never exchanged

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# What an audit rests on; what the worker finds in it is added later.
FIXED = (
    "system_id, name, sha256, model_name, model_sha256, background_name, background_sha256, "
    "received_at, received_by"
)
REFUSED = "the files of a data set are fixed"


def upgrade() -> None:
    # In place and in words of both databases: made anew, the table would lose what refers to it.
    op.add_column(
        "dataset", sa.Column("background_name", sa.String(), nullable=False, server_default="")
    )
    op.execute(
        "alter table dataset add column background_sha256 varchar not null default '' "
        "constraint ck_dataset_background check (background_sha256 = '' or model_sha256 <> '')"
    )
    if op.get_bind().dialect.name == "sqlite":
        then = f"begin select raise(abort, '{REFUSED}'); end"
    else:
        op.execute(
            "create function fixed_files() returns trigger language plpgsql as "
            f"$$ begin raise exception '{REFUSED}'; end $$"
        )
        then = "for each row execute function fixed_files()"
    op.execute(f"create trigger dataset_no_update before update of {FIXED} on dataset {then}")


def downgrade() -> None:
    """What the earlier schema cannot hold is lost: which background sample was handed in."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(f"drop trigger dataset_no_update{'' if sqlite else ' on dataset'}")
    if not sqlite:
        op.execute("drop function fixed_files()")
    for column in ("background_sha256", "background_name"):
        op.drop_column("dataset", column)
