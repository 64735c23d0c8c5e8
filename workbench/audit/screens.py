"""From where on a gap asks for a justification: conventions with their source, no verdict."""

from dataclasses import dataclass

from workbench.audit.catalogue import GAPS
from workbench.audit.metrics import RATES
from workbench.basics.text import later


@dataclass(frozen=True)
class Screen:
    """From where on a gap asks for a justification: a convention with its source, no verdict."""

    id: str
    version: str
    gap: str
    limit: float
    source: str
    link: str
    remark: str


NO_EUROPEAN_LIMIT = later(
    "German and European law know no fixed limit. A convention only says from where on a gap asks "
    "for a justification."
)
AIF360 = "https://aif360.readthedocs.io/en/stable/modules/generated/aif360.metrics.html"
SCREENS: dict[str, Screen] = {
    screen.gap: screen
    for screen in (
        Screen(
            "four-fifths",
            "1978",
            "demographic_parity_ratio",
            0.8,
            "29 CFR 1607.4(D), Uniform Guidelines on Employee Selection Procedures (USA)",
            "https://www.ecfr.gov/current/title-29/section-1607.4",
            NO_EUROPEAN_LIMIT,
        ),
        *(
            Screen(
                f"ten-points-{name}",
                "0.6",
                name,
                0.1,
                later("AI Fairness 360: differences of at most 0.1 in size"),
                AIF360,
                NO_EUROPEAN_LIMIT,
            )
            for name, gap in GAPS.items()
            if gap.form == "difference" and RATES.keys() >= set(gap.metrics)
        ),
    )
}
