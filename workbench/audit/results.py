"""The frozen result of an audit; every number comes with how many people it rests on.

``AuditResult`` as made is for those who may see everything. ``published`` gives what may leave
the house: the same type, with small groups hidden so that nobody can compute them back.
All names of ``parts`` can be imported from here.
"""

from collections.abc import Mapping
from typing import Literal

from workbench.audit.parts import (
    Change,
    ChartText,
    Comparison,
    Crosscheck,
    Finding,
    Frozen,
    Gap,
    Group,
    Kind,
    Measure,
    Policy,
    Provenance,
    ScoreBin,
    Status,
    Texts,
    Tradeoff,
)
from workbench.audit.parts_explanation import (
    Agreement,
    Contribution,
    Decomposition,
    Effect,
    Explanation,
    Proxy,
    RowExplanation,
    Spread,
)
from workbench.audit.suppression import Key, Sized, hidden_keys
from workbench.basics.text import LANGUAGES, later, translate

__all__ = [
    "Agreement",
    "AuditResult",
    "Change",
    "ChartText",
    "Comparison",
    "Contribution",
    "Crosscheck",
    "Decomposition",
    "Effect",
    "Explanation",
    "Finding",
    "Frozen",
    "Gap",
    "Group",
    "Kind",
    "Measure",
    "Policy",
    "Provenance",
    "Proxy",
    "RowExplanation",
    "ScoreBin",
    "Spread",
    "Status",
    "Texts",
    "Tradeoff",
    "published",
]


class AuditResult(Frozen):
    """All numbers and sentences of one audit.

    Everything goes by attribute, and by "a & b" for the groups of several attributes:
    ``groups[attribute][value]``, ``gaps[attribute][gap]``,
    ``comparisons["reference" or "overall"][attribute][value][metric_difference or _ratio]`` (the
    group's metric minus, or by, the reference group's or everybody's),
    ``calibration[attribute][value]`` (score bins, ascending), ``tradeoffs[attribute]``,
    ``proxies[attribute]``.
    """

    version: Literal[1] = 1
    is_published: bool = False
    overall: Group
    groups: dict[str, dict[str, Group]]
    gaps: dict[str, dict[str, Gap]]
    comparisons: dict[Literal["reference", "overall"], dict[str, dict[str, dict[str, Gap]]]]
    calibration: dict[str, dict[str, tuple[ScoreBin, ...]]] = {}
    tradeoffs: dict[str, Tradeoff] = {}
    proxies: dict[str, tuple[Proxy, ...]] = {}
    crosscheck: Crosscheck
    explanation: Explanation | None
    charts: dict[str, ChartText]
    findings: tuple[Finding, ...]
    provenance: Provenance


HIDDEN = later(
    "{count} groups of {attribute} are not published: they have fewer than {minimum} people, or "
    "would allow a smaller group to be computed back."
)


def published(result: AuditResult) -> AuditResult:
    """What may leave the house: no number, gap or sentence about a hidden group.

    Hides each group below ``publish_minimum`` and as many others as it takes that no hidden
    count follows from the shown ones. Applied twice, it changes nothing more.
    """
    if result.is_published:
        return result
    minimum = result.provenance.plan.thresholds.publish_minimum
    hidden = hidden_keys(_sizes(result.groups), minimum)
    return result.model_copy(
        update={
            "is_published": True,
            "groups": {
                table: {
                    value: _hide_group(group) if (table, value) in hidden else group
                    for value, group in groups.items()
                }
                for table, groups in result.groups.items()
            },
            "gaps": {
                table: {name: _shown_gap(table, gap, hidden) for name, gap in gaps.items()}
                for table, gaps in result.gaps.items()
            },
            "comparisons": {
                table: {
                    value: {name: _shown_gap(table, gap, hidden) for name, gap in gaps.items()}
                    for value, gaps in values.items()
                }
                for table, values in result.comparisons.items()
            },
            "explanation": result.explanation and _shown_explanation(result.explanation, hidden),
            "findings": (
                *(told for told in result.findings if hidden.isdisjoint(told.groups)),
                *_hidden_notes(result, hidden, minimum),
            ),
        }
    )


def _sizes(groups: Mapping[str, Mapping[str, Group]]) -> dict[Key, Sized]:
    return {
        (table, value): Sized(group.n or 0, group.parts)
        for table, values in groups.items()
        for value, group in values.items()
    }


def _hide_group(group: Group) -> Group:
    hidden = {name: Measure(status="suppressed") for name in group.metrics}
    return group.model_copy(update={"n": None, "status": "suppressed", "metrics": hidden})


def _shown_gap(table: str, gap: Gap, hidden: frozenset[Key]) -> Gap:
    if any((table, value) in hidden for value in gap.compared):
        return Gap(status="suppressed")
    return gap


def _shown_explanation(explanation: Explanation, hidden: frozenset[Key]) -> Explanation:
    return explanation.model_copy(
        update={
            "groups": {
                table: {
                    value: effects
                    for value, effects in values.items()
                    if (table, value) not in hidden
                }
                for table, values in explanation.groups.items()
            },
            "decompositions": tuple(
                part
                for part in explanation.decompositions
                if hidden.isdisjoint(
                    {(part.attribute, part.group), (part.attribute, part.reference)}
                )
            ),
        }
    )


def _hidden_notes(result: AuditResult, hidden: frozenset[Key], minimum: int) -> list[Finding]:
    counts = {table: sum(key[0] == table for key in hidden) for table in result.groups}
    names = result.provenance.plan.names
    return [
        Finding(
            id=f"hidden/{table}",
            kind="note",
            attribute=table,
            text={
                language: translate(
                    language,
                    HIDDEN,
                    {
                        "count": count,
                        "attribute": names.get(table, {}).get(language, table),
                        "minimum": minimum,
                    },
                )
                for language in LANGUAGES
            },
        )
        for table, count in counts.items()
        if count
    ]
