"""How an audit departs from the plan that was agreed on before: one caveat, nothing if it keeps it.

Fields are called as in the plan file, and their values are written as there.
"""

from collections.abc import Iterator, Mapping

from workbench.audit.parts import Finding
from workbench.audit.plan import AuditPlan, changed_fields
from workbench.audit.results import AuditResult
from workbench.audit.words.telling import finding
from workbench.basics.text import later

CHANGED = later(
    "Changed against the plan file: {changes}. So this is another plan than the one that was "
    "agreed."
)
NOTHING = "–"


def findings(result: AuditResult) -> Iterator[Finding]:
    """``plan/changed``: each field that is not as agreed, with both values."""
    origin = result.provenance
    if origin.agreed_plan is not None:
        changes = "; ".join(_changes(origin.agreed_plan, origin.plan))
        yield finding("plan/changed", "caveat", CHANGED, changes=changes)


def _changes(agreed: AuditPlan, plan: AuditPlan) -> Iterator[str]:
    before, after = agreed.model_dump(mode="json"), plan.model_dump(mode="json")
    for name in changed_fields(agreed, plan):
        was, now = before[name], after[name]
        yield f"{name}: {_written(_besides(was, now))} → {_written(_besides(now, was))}"


def _besides(value: object, other: object) -> object:
    """Of a mapping, only the entries that the other one does not have so."""
    if not (isinstance(value, Mapping) and isinstance(other, Mapping)):
        return value
    return {key: one for key, one in value.items() if key not in other or other[key] != one}


def _written(value: object) -> str:
    if isinstance(value, Mapping):
        said = ", ".join(f"{key}: {_written(one)}" for key, one in value.items())
    elif isinstance(value, list):
        said = ", ".join(map(str, value))
    else:
        said = "" if value is None else str(value)
    return said or NOTHING
