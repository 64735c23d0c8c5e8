"""Every group beside the reference group that the plan names, in one sentence.

Nothing is tested here, the tests belong to the gaps: so nothing is called more than chance.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from workbench.audit.metrics import MEANS, METRICS
from workbench.audit.parts import Finding, Gap
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import digits_for, figure, group_words
from workbench.audit.words.telling import finding, per_language
from workbench.basics.text import later, translate

APART = later(
    "Compared with {reference}, {group} differ in: {list}. Each of these intervals excludes no "
    "difference, but stands for itself: of many such intervals, 1 of 20 does so by chance."
)
NOT_APART = later(
    "Compared with {reference}: the interval of every number of {group} allows no difference too. "
    "That does not prove that there is none."
)
ENTRY = later("{title} ({difference} percentage points, 95 % interval: {low} to {high})")
MEAN_ENTRY = later("{title} ({difference}, 95 % interval: {low} to {high})")
DIFFERENCE = "_difference"


def reference_findings(result: AuditResult) -> Iterator[Finding]:
    """One finding per group of an attribute for which the plan names a reference group."""
    plan = result.provenance.plan
    compared = result.comparisons.get("reference", {})
    for attribute, reference in plan.references.items():
        for value, gaps in compared.get(attribute, {}).items():
            known = {name: gap for name, gap in gaps.items() if _has_value(name, gap)}
            if value == reference or not known:
                continue
            apart = {name: gap for name, gap in known.items() if _is_apart(gap)}
            yield finding(
                f"reference/{attribute}/{value}",
                "note",
                APART if apart else NOT_APART,
                about=attribute,
                groups=((attribute, value), (attribute, reference)),
                group=per_language(partial(group_words, plan, {attribute: value})),
                reference=per_language(partial(group_words, plan, {attribute: reference})),
                list=per_language(partial(_listed, apart)),
            )


def _has_value(name: str, gap: Gap) -> bool:
    return name.endswith(DIFFERENCE) and None not in (gap.value, gap.low, gap.high)


def _is_apart(gap: Gap) -> bool:
    return not (gap.low or 0.0) <= 0.0 <= (gap.high or 0.0)


def _listed(gaps: Mapping[str, Gap], language: str) -> str:
    return "; ".join(_entry(name, gap, language) for name, gap in gaps.items())


def _entry(name: str, gap: Gap, language: str) -> str:
    metric = name.removesuffix(DIFFERENCE)
    numbers = {"difference": gap.value or 0.0, "low": gap.low or 0.0, "high": gap.high or 0.0}
    is_mean = metric in MEANS
    digits = digits_for(*numbers.values()) if is_mean else 1
    said = {
        key: figure(language, value if is_mean else 100 * value, digits)
        for key, value in numbers.items()
    }
    values = {"title": translate(language, METRICS[metric].title), **said}
    return translate(language, MEAN_ENTRY if is_mean else ENTRY, values)
