"""Pages import the light half of the audit; it must never pull in what reads tables."""

import subprocess
import sys

LIGHT = """
    bins catalogue choices comparison intake.content intake.inspection metrics parts
    parts_explanation plan planfile plan_rules provenance resultfile results screens
    suppression.earlier suppression.hiding suppression.secondary
    words.caveats words.changes words.findings words.harms words.phrases
"""
HEAVY = """
    duckdb fairlearn ibis lightgbm matplotlib numpy pandas pyarrow scipy shap sklearn skops
"""
LOADED = "import sys; print([name for name in {heavy} if name in sys.modules])"


def loaded_by(modules: list[str]) -> str:
    imports = "; ".join(f"import workbench.audit.{name}" for name in modules)
    code = f"{imports}; {LOADED.format(heavy=HEAVY.split())}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_light_half_is_light() -> None:
    """Importing every light module loads no heavy library."""
    assert loaded_by(LIGHT.split()) == "[]"


def test_the_heavy_half_is_noticed() -> None:
    """The twin: the same question about a heavy module names what it loads."""
    assert "pyarrow" in loaded_by(["intake.look"])
