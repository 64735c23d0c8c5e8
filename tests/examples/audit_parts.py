"""The parts of made-up results: rates, gaps, scores and an explanation, small and consistent."""

from math import sqrt
from typing import Literal

from workbench.audit.catalogue import GAPS
from workbench.audit.metrics import MEANS
from workbench.audit.parts import Gap, Group, Measure, Policy, ScoreBin, Status, Tradeoff
from workbench.audit.parts_explanation import (
    Agreement,
    Contribution,
    Decomposition,
    Effect,
    Explanation,
    Proxy,
    RowExplanation,
    Spread,
    Swarm,
)


def status(n: int) -> Status:
    return "not_assessable" if n < 30 else "uncertain" if n < 100 else "ok"


def share(top: int, bottom: int, weight: float | None = None) -> Measure:
    """A rate with Wilson's interval."""
    if bottom == 0:
        return Measure(status="not_defined", of=0)
    value, z = top / bottom, 1.96
    middle = (value + z * z / (2 * bottom)) / (1 + z * z / bottom)
    spread = value * (1 - value) / bottom + z * z / (4 * bottom**2)
    half = z / (1 + z * z / bottom) * sqrt(spread)
    effective = None if weight is None else bottom * weight
    return Measure(
        value=value,
        low=max(0.0, middle - half),
        high=min(1.0, middle + half),
        status=status(bottom),
        of=bottom,
        effective=effective,
    )


def mean(value: float, n: int, spread: float = 0.05) -> Measure:
    half = abs(value) * spread
    return Measure(value=value, low=value - half, high=value + half, status=status(n), of=n)


def gap(name: str, groups: dict[str, Group], p: float = 0.001) -> Gap:
    """The widest gap among groups of at least 30 people."""
    compared = {value: one for value, one in groups.items() if (one.n or 0) >= 30}
    kind = GAPS[name]
    widest: Gap | None = None
    extreme = 0.0
    for metric in kind.metrics:
        values = {
            value: one.metrics[metric].value or 0.0
            for value, one in compared.items()
            if one.metrics[metric].value is not None
        }
        if len(values) < 2:
            continue
        high, low = max(values, key=lambda v: values[v]), min(values, key=lambda v: values[v])
        ratio = kind.form == "ratio"
        size = values[low] / values[high] if ratio else values[high] - values[low]
        half = 0.06 if metric not in MEANS else 0.5 * abs(size)
        wider = -size if ratio else size
        if widest is None or wider > extreme:
            extreme = wider
            widest = Gap(
                value=size,
                low=size - half,
                high=size + half,
                status="ok",
                compared=tuple(compared),
                highest=high,
                lowest=low,
                metric=metric,
                pair_low=size - half,
                pair_high=size + half,
                p_value=p / 10,
                p_adjusted=p,
                detectable=0.08 if metric not in MEANS else 12.5,
            )
    return widest or Gap(status="not_assessable")


def versus(one: Group, other: Group, compared: tuple[str, ...]) -> dict[str, Gap]:
    """A group's metrics minus, and by, another's."""
    found: dict[str, Gap] = {}
    for name, measure in one.metrics.items():
        beside = other.metrics[name].value
        if measure.value is None or beside is None:
            found[f"{name}_difference"] = Gap(status="not_defined", compared=compared)
            continue
        size = measure.value - beside
        half = 0.05 if name not in MEANS else 0.4 * abs(size)
        found[f"{name}_difference"] = Gap(
            value=size,
            low=size - half,
            high=size + half,
            status=measure.status,
            compared=compared,
        )
        if name not in MEANS:
            found[f"{name}_ratio"] = Gap(
                value=measure.value / beside if beside else None,
                low=(measure.value - half) / beside if beside else None,
                high=(measure.value + half) / beside if beside else None,
                status=measure.status if beside else "not_defined",
                compared=compared,
            )
    return found


Compared = dict[Literal["reference", "overall"], dict[str, dict[str, dict[str, Gap]]]]


def compared(
    groups: dict[str, dict[str, Group]], overall: Group, references: dict[str, str]
) -> Compared:
    return {
        "reference": {
            name: {
                value: versus(one, groups[name][other], (value, other))
                for value, one in groups[name].items()
            }
            for name, other in references.items()
        },
        "overall": {
            name: {value: versus(one, overall, (value,)) for value, one in values.items()}
            for name, values in groups.items()
        },
    }


def bins(shift: float) -> tuple[ScoreBin, ...]:
    """Ten score ranges of 40 people, whose real share lies ``shift`` above what the score says."""
    made = []
    for place in range(10):
        said = (place + 0.5) / 10
        top = round(40 * min(1.0, max(0.0, said + shift)))
        real = share(top, 40)
        made.append(
            ScoreBin(
                start=place / 10,
                end=(place + 1) / 10,
                mean_score=said,
                share=real,
                low=real.low,
                high=real.high,
            )
        )
    return tuple(made)


def tradeoff() -> Tradeoff:
    """A curve over nine thresholds, and what three notions would take."""
    common = tuple(
        Policy(
            notion="",
            thresholds={"": step / 10},
            accuracy=0.79 - 0.9 * (step / 10 - 0.5) ** 2,
            gaps={
                "demographic_parity_difference": 0.02 + 0.3 * (step / 10) * (1 - step / 10),
                "equal_opportunity_difference": 0.18 - 0.16 * abs(step / 10 - 0.6),
                "equalized_odds_difference": 0.2 - 0.1 * abs(step / 10 - 0.5),
            },
        )
        for step in range(1, 10)
    )
    by_group = tuple(
        Policy(
            notion=notion,
            thresholds={"female": 0.42, "male": 0.55},
            accuracy=accuracy,
            gaps={name: 0.02 if name == notion else 0.07 for name in common[0].gaps},
        )
        for notion, accuracy in zip(common[0].gaps, (0.771, 0.78, 0.764), strict=True)
    )
    return Tradeoff(common=common, by_group=by_group, tolerance=0.02)


def explanation() -> Explanation:
    """Of a model whose score women get 0.4 less of, most of it by their part-time work."""
    return Explanation(
        model_kind="LightGBM",
        explainer="LightGBM pred_contrib",
        scale="log-odds",
        background="all 1,200 rows",
        rows=1000,
        rows_in_table=1200,
        seed=1,
        base_value=0.2,
        agreement=Agreement(share=0.993, n=1000, reversed=False),
        features={
            "hours": Effect(mean=-0.02, mean_absolute=0.61),
            "income": Effect(mean=0.04, mean_absolute=0.35),
            "debts": Effect(mean=0.01, mean_absolute=0.2),
            "years": Effect(mean=0.0, mean_absolute=0.1),
        },
        groups={
            "sex": {
                "female": {
                    "hours": Effect(mean=-0.3, mean_absolute=0.5),
                    "income": Effect(mean=-0.02, mean_absolute=0.31),
                    "debts": Effect(mean=-0.01, mean_absolute=0.22),
                    "years": Effect(mean=0.0, mean_absolute=0.1),
                },
                "male": {
                    "hours": Effect(mean=0.03, mean_absolute=0.7),
                    "income": Effect(mean=0.03, mean_absolute=0.38),
                    "debts": Effect(mean=0.01, mean_absolute=0.19),
                    "years": Effect(mean=0.01, mean_absolute=0.11),
                },
            }
        },
        spreads=(
            Spread(feature="hours", part="low", n=330, quantiles=(-1.2, -0.9, -0.7, -0.3, 0.1)),
            Spread(feature="hours", part="high", n=330, quantiles=(-0.1, 0.3, 0.6, 0.8, 1.1)),
        ),
        swarms=(
            Swarm(
                feature="hours",
                effects=(-1.1, -0.9, -0.7, 0.0, 0.1, 0.7, 0.8, -0.2),
                places=(0.0, 0.1, 0.2, 0.5, 0.5, 0.9, 1.0, None),
            ),
            Swarm(feature="income", effects=(0.1, -0.1, 0.2, 0.0) * 2, places=(None,) * 8),
        ),
        decompositions=(
            Decomposition(
                attribute="sex",
                group="female",
                reference="male",
                gap=-0.41,
                shares={"hours": -0.33, "income": -0.05, "debts": -0.02, "years": -0.01},
                additivity_error=1e-15,
            ),
        ),
        row_explanations=(
            RowExplanation(
                row=17,
                score=-0.35,
                base_value=0.2,
                contributions=(
                    Contribution(feature="hours", value="18", effect=-0.7),
                    Contribution(feature="income", value="1450", effect=0.1),
                    Contribution(feature="debts", value="0", effect=0.04),
                    Contribution(feature="years", value="7", effect=0.01),
                ),
                additivity_error=2e-16,
            ),
        ),
        max_additivity_error=3.1e-15,
    )


def proxies() -> tuple[Proxy, ...]:
    """The hours of work give the sex away in 78 of 100 pairs."""
    return (
        Proxy(features=("income",), area=0.61, low=0.57, high=0.65, n=1200),
        Proxy(features=("hours",), area=0.78, low=0.75, high=0.81, n=1200),
        Proxy(features=("income", "hours"), area=0.8, low=0.77, high=0.83, n=1200),
    )
