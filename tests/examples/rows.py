"""What stands in a table, for tests that look behind the services."""

from typing import TypeVar

from sqlmodel import SQLModel, select

from workbench.services import Workspace

Row = TypeVar("Row", bound=SQLModel)


def rows(workspace: Workspace, table: type[Row]) -> list[Row]:
    """All rows of a table."""
    with workspace.database.reading() as session:
        return list(session.exec(select(table)))
