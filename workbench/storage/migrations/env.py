"""Alembic's entry: runs on the connection that ``schema`` opened."""

from alembic import context

from workbench.storage.tables import METADATA

connection = context.config.attributes["connection"]
# SQLite can change tables only by copying them.
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
