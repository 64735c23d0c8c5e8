"""Every table has a key, and every constraint a name that an error message can show."""

import pytest
from sqlalchemy import CheckConstraint, Column, MetaData, PrimaryKeyConstraint, String, Table

from workbench.storage.tables import METADATA

TABLES = list(METADATA.tables.values())


def faults(table: Table) -> list[str]:
    """What is missing at a table."""
    missing = [] if table.primary_key.columns else ["no primary key"]
    return missing + [
        f"a nameless {type(one).__name__}"
        for one in table.constraints
        if one.name is None and not (isinstance(one, PrimaryKeyConstraint) and not one.columns)
    ]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_has_a_key_and_named_constraints(table: Table) -> None:
    """So that a row can be told from others, and a refusal traced to its rule."""
    assert faults(table) == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_foreign_key_is_one(table: Table) -> None:
    """A column that holds the id of another thing says so to the database."""
    # The rows that share it; words of the questionnaire.
    known = {"decision_id", "dissent_id", "question_id", "section_id"}
    loose = {
        column.name
        for column in table.columns
        if column.name.endswith(("_id", "_by")) and not column.foreign_keys
    }
    assert loose <= known


def test_a_fault_is_noticed() -> None:
    """Twin: a table without key and name is found."""
    bad = Table("bad", MetaData(), Column("x", String), CheckConstraint("x <> ''"))
    assert faults(bad) == ["no primary key", "a nameless CheckConstraint"]
