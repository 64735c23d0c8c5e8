"""Which functions may run in the jail, and what such a function looks like."""

from collections.abc import Callable, Mapping
from pathlib import Path

# How far a task is, between 0 and 1, and the step it is at (an English text for the catalogue).
Report = Callable[[float, str], None]
# A task gets the only folder it can read, plain values, and a way to say how far it is.
Task = Callable[[Path, Mapping[str, object], Report], dict[str, object]]

# module:function; nothing else is ever imported by name.
ALLOWED = frozenset(
    {
        "workbench.audit.intake.look:inspect",
        "workbench.audit.tasks:compared",
        "workbench.audit.tasks:described",
        "workbench.audit.tasks:guarded",
        "workbench.audit.tasks:run",
        "workbench.isolation.probes:attempt",
    }
)
