"""Checks of predictions and models for discrimination: pure, knows neither database nor web.

>>> from workbench.audit import AuditPlan, audited, published

Light, for pages: ``plan``, ``metrics``, ``catalogue``, ``screens``, ``results``, ``suppression``
(but for its ``guarding``), ``comparison``, ``provenance``, ``resultfile``, ``intake.inspection``
and ``words``. Heavy, only for the jailed process and the command line: ``intake``, ``measures``,
``models``, ``explanation``, ``charts``, ``auditing`` and ``tasks``. Imports only ``basics``. Start
reading at ``auditing.py`` (the way of one audit).
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
