"""All tables: a process that knows only some of them cannot write, as they refer to each other."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from workbench.storage import (
    assessments,
    audits,
    conditions,
    decisions,
    dissents,
    evidence,
    jobs,
    journal,
    people,
    publications,
    reviews,
    systems,
    tasks,
)

AGGREGATES = (
    people, systems, assessments, decisions, dissents, tasks, evidence, audits, reviews,
    conditions, publications, journal, jobs,
)  # fmt: skip
METADATA: MetaData = SQLModel.metadata
