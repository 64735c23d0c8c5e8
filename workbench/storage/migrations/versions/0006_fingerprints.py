"""A phase knows what the version of its questionnaire was when it was opened

Of phases that are there already nobody knows: their fingerprint stays empty.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without batches: a table made anew would take away what other tables refer to.
    column = sa.Column("fingerprint", sa.String(), nullable=False, server_default="")
    op.add_column("phase", column)


def downgrade() -> None:
    op.drop_column("phase", "fingerprint")
