"""Where a result comes from: enough to repeat the run and to see that nothing was exchanged."""

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version

from workbench import __version__
from workbench.audit.plan import AuditPlan
from workbench.audit.results import Provenance

# What the numbers depend on.
LIBRARIES = (
    "fairlearn",
    "ibis-framework",
    "lightgbm",
    "numpy",
    "pandas",
    "pyarrow",
    "onnxruntime",
    "scikit-learn",
    "scipy",
    "shap",
    "skops",
    "xgboost-cpu",
)
ENGINES = {"duckdb": ("duckdb",), "spark": ("pyspark",)}


def describe(
    plan: AuditPlan,
    *,
    rows: int,
    data: tuple[str, int],
    model: tuple[str, int] | None,
    engine: str,
    lines: tuple[int, int] = (0, 0),
) -> Provenance:
    """The provenance of a run; ``data`` and ``model`` are SHA-256 and size in bytes.

    ``lines``: how many lines of counts were added to others, and how many groups nobody is in.

    It holds no time, so that the same data, model, plan and versions give the same result.
    """
    return Provenance(
        data_sha256=data[0],
        data_size=data[1],
        rows=rows,
        lines_added=lines[0],
        lines_empty=lines[1],
        model_sha256=model[0] if model else None,
        model_size=model[1] if model else None,
        plan=plan,
        plan_sha256=plan_hash(plan),
        versions=versions(engine),
        engine=engine,
    )


def plan_hash(plan: AuditPlan) -> str:
    """The SHA-256 of the plan as JSON with sorted keys."""
    text = json.dumps(plan.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def versions(engine: str) -> dict[str, str]:
    """The versions of Python, the workbench and every library that a number depends on."""
    own = {"python": platform.python_version(), "workbench": __version__}
    return own | {name: _version(name) for name in (*LIBRARIES, *ENGINES[engine])}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
