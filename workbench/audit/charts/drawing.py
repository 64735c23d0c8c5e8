"""All charts of a result; how they look is in ``canvas``."""

from workbench.audit.charts import calibration, explanation, group_effects, means, rates, tradeoff
from workbench.audit.charts.canvas import Chart
from workbench.audit.results import AuditResult

KINDS = (rates, means, calibration, tradeoff, explanation, group_effects)


def draw(result: AuditResult) -> dict[str, Chart]:
    """All charts of a result, by name: "<kind>/<attribute>/<detail>"; only what it has."""
    return {name: chart for kind in KINDS for name, chart in kind.draw(result).items()}
