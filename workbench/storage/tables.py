"""All tables, for whoever needs the whole schema (migrations)."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from workbench.storage import (
    assessments,
    audits,
    decisions,
    jobs,
    journal,
    people,
    publications,
    reviews,
    systems,
)

AGGREGATES = (
    people, systems, assessments, decisions, audits, reviews, publications, journal, jobs,
)  # fmt: skip
METADATA: MetaData = SQLModel.metadata
