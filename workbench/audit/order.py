"""The order in which groups and columns are read.

Groups: stated ranges ascending, other values by name. Columns: the strongest first.
"""

from collections.abc import Mapping

from workbench.audit.bins import bin_names
from workbench.audit.parts import Group
from workbench.audit.plan import MISSING, AuditPlan
from workbench.audit.results import AuditResult

# So many columns a picture shows, and one of spreads; the others unfold below its table.
MOST_DRAWN, MOST_SPREAD = 10, 5


def in_order(result: AuditResult, table: str) -> list[Group]:
    """The groups of an attribute, or of several combined ("a & b"); missing values last."""
    plan = result.provenance.plan
    return sorted(
        result.groups[table].values(),
        key=lambda group: [
            _place(plan, column, group.parts[column])
            for column in plan.attributes
            if column in group.parts
        ],
    )


def _place(plan: AuditPlan, column: str, value: str) -> tuple[bool, int, str]:
    edges = plan.edges.get(column, ())
    named = [bin_names(edges, whole=whole) for whole in (True, False)] if edges else []
    places = [found.index(value) for found in named if value in found]
    return value == MISSING, places[0] if places else 0, value


def strongest(sizes: Mapping[str, float]) -> list[str]:
    """The columns by the size of their number, whatever its sign; equal ones by name."""
    return sorted(sizes, key=lambda name: (-abs(sizes[name]), name))
