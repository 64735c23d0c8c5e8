"""Checks of predictions and models for discrimination: pure, knows neither database nor web.

Plan before you see anything, audit, read what was found, publish without small groups, compare:

>>> from pathlib import Path
>>> from workbench.audit import audited, compared, planned, published
>>> plan = planned({"outcome": "paid", "prediction": "granted", "positive": "1",
...                 "attributes": ["sex"], "reason": "A loan decides about participation."})
>>> result = audited(Path("docs/example/decisions.csv"), plan)
>>> print(result.findings[0].text["en"].partition(" (")[0])
Of 100 people with sex: male, 71 get the favourable prediction; of 100 people with sex: female, \
58. Gap: 13.0 percentage points
>>> public = published(result)
>>> compared(public, public).changes[0].value  # 0.0: nothing changed from one to the other
0.0

Light, for pages: ``plan``, ``choices``, ``metrics``, ``catalogue``, ``screens``, ``results``,
``suppression`` (but for its ``guarding``), ``comparison``, ``provenance``, ``resultfile``,
``intake.inspection`` and ``words``. Heavy, only for the jailed process and the command line:
``intake``, ``measures``, ``models``, ``explanation``, ``charts``, ``auditing`` and ``tasks``.
Imports only ``basics``. Start reading at ``auditing.py`` (the way of one audit).
"""

from importlib import import_module
from typing import TYPE_CHECKING

from workbench.audit.comparison import compared
from workbench.audit.plan import AuditPlan, planned
from workbench.audit.results import AuditResult, published

if TYPE_CHECKING:
    from workbench.audit.auditing import audited

__all__ = ["AuditPlan", "AuditResult", "audited", "compared", "planned", "published"]


def __getattr__(name: str) -> object:
    """``audited`` loads pandas, SHAP and more, so only for who asks for it."""
    if name == "audited":
        return import_module("workbench.audit.auditing").audited
    raise AttributeError(name)
