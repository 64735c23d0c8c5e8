"""The frozen result of an audit; every number comes with how many people it rests on.

``AuditResult`` as made is for those who may see everything. ``published`` gives what may leave
the house: the same type, with small groups hidden so that nobody can compute them back.
All names of ``parts`` can be imported from here.
"""

import operator
from collections.abc import Sequence
from typing import Literal

from pydantic import ConfigDict, Field

from workbench.audit.parts import (
    Change,
    ChartText,
    Comparison,
    Crosscheck,
    Finding,
    Frozen,
    Gap,
    Group,
    Guard,
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
    Swarm,
)
from workbench.audit.plan import without_example
from workbench.audit.suppression import hidden_notes, publication
from workbench.audit.suppression.earlier import Earlier
from workbench.audit.suppression.hiding import found
from workbench.audit.suppression.smallness import Numbers
from workbench.basics.errors import WrongState
from workbench.basics.text import later

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
    "Guard",
    "Kind",
    "Measure",
    "Policy",
    "Provenance",
    "Proxy",
    "RowExplanation",
    "ScoreBin",
    "Spread",
    "Status",
    "Swarm",
    "Texts",
    "Tradeoff",
    "is_too_near",
    "published",
]


UNGUARDED = later(
    "This check was made with an earlier version of the workbench, which did not look for all that "
    "its numbers tell about small groups. Run the check again."
)


class AuditResult(Frozen):
    """All numbers and sentences of one audit.

    Everything goes by attribute, and by "a & b" for the groups of several attributes:
    ``groups[attribute][value]``, ``gaps[attribute][gap]``,
    ``comparisons["reference" or "overall"][attribute][value][metric_difference or _ratio]`` (the
    group's metric minus, or by, the reference group's or everybody's),
    ``calibration[attribute][value]`` (score bins, ascending; ``calibration_overall`` are those of
    everybody), ``tradeoffs[attribute]``, ``proxies[attribute]``. Of ``tradeoffs`` and ``proxies``
    there are none for "a & b"; once published, also none of ``calibration`` and none of everybody.
    ``guard`` says what only bounds would tell; None while nobody looked.

    >>> from pathlib import Path
    >>> from workbench.audit import AuditPlan, audited
    >>> plan = AuditPlan(outcome="paid", prediction="granted", positive="1", attributes=("sex",),
    ...                  gaps=("accuracy_difference",), reason="A loan decides.")
    >>> result = audited(Path("docs/example/decisions.csv"), plan)
    >>> {value: group.n for value, group in result.groups["sex"].items()}
    {'female': 307, 'male': 293}
    >>> [(finding.id, finding.kind) for finding in result.findings][0]
    ('gap/sex/accuracy_difference', 'passed')
    >>> result.provenance.rows, result.provenance.plan.dialect.delimiter  # how it was read
    (600, ',')
    """

    model_config = ConfigDict(json_schema_extra=without_example)

    version: Literal[1] = 1
    is_published: bool = False
    overall: Group
    groups: dict[str, dict[str, Group]]
    gaps: dict[str, dict[str, Gap]]
    comparisons: dict[Literal["reference", "overall"], dict[str, dict[str, dict[str, Gap]]]]
    calibration: dict[str, dict[str, tuple[ScoreBin, ...]]] = Field(default_factory=dict)
    calibration_overall: tuple[ScoreBin, ...] = Field(default=(), exclude_if=operator.not_)
    tradeoffs: dict[str, Tradeoff] = Field(default_factory=dict)
    proxies: dict[str, tuple[Proxy, ...]] = Field(default_factory=dict)
    crosscheck: Crosscheck
    explanation: Explanation | None
    charts: dict[str, ChartText]
    findings: tuple[Finding, ...]
    guard: Guard | None = Field(default=None, exclude_if=operator.not_)
    provenance: Provenance

    @property
    def calibration_alone(self) -> dict[str, dict[str, tuple[ScoreBin, ...]]]:
        """The score bins by single attributes: all that may be published, drawn and told."""
        single = self.provenance.plan.attributes
        return {name: bins for name, bins in self.calibration.items() if name in single}

    @property
    def numbers(self) -> Numbers:
        """The numbers of what may be published from which small groups could be computed."""
        return Numbers(
            plan=self.provenance.plan,
            overall=self.overall,
            groups=self.groups,
            calibrations=self.calibration_alone,
            tradeoffs=self.tradeoffs,
        )


class Unguarded(WrongState):
    """The result has not been through ``suppression.guarding``, so it cannot be published."""

    def __init__(self) -> None:
        super().__init__(UNGUARDED)


def published(
    result: AuditResult, earlier: Sequence[AuditResult] = (), guard: Guard | None = None
) -> AuditResult:
    """What may leave the house: no number, gap or sentence about too few people.

    Hides each group below ``publish_minimum``, shares that tell of one or two people in a small
    group, score bins likewise, and as many others as it takes that nothing hidden follows from
    what is shown (see ``suppression``). What tells about individual people is left out, and the
    score bins of combined attributes and of everybody: hidden bins are sums of them. ``earlier``
    are results of the same system as they were published: what would tell about few people beside
    them is hidden too; first ask ``is_too_near``. Applied twice, it changes nothing more.

    ``guard`` is what ``suppression.guarding`` finds for the same result and ``earlier``; without
    earlier results it is in the result. Raises Unguarded where there is none.

    >>> from pathlib import Path
    >>> from workbench.audit import AuditPlan, audited, published
    >>> plan = AuditPlan(outcome="paid", prediction="granted", positive="1", attributes=("age",),
    ...                  edges={"age": (25, 50)}, gaps=("accuracy_difference",), reason="A loan.")
    >>> result = audited(Path("docs/example/decisions.csv"), plan)
    >>> for one in (result, published(result)):  # it would tell about one or two people
    ...     found = one.groups["age"]["under 25"].metrics["true_positive_rate"]
    ...     print(found.status, found.value)
    uncertain 0.8
    suppressed None
    """
    if result.is_published and not earlier:
        return result
    guard = guard if earlier else result.guard
    if guard is None:
        raise Unguarded
    plan = result.provenance.plan
    hidden = found(result.numbers, [one.numbers for one in earlier], guard)
    alone = found(result.numbers, (), result.guard or Guard()) if earlier else hidden
    explanation, minimum = result.explanation, plan.thresholds.publish_minimum
    return result.model_copy(
        update={
            "is_published": True,
            "guard": None,
            "groups": publication.shown_groups(result.groups, hidden),
            "gaps": publication.shown_gaps(result.gaps, hidden),
            "comparisons": {
                side: publication.shown_comparisons(tables, hidden)
                for side, tables in result.comparisons.items()
            },
            "calibration": publication.shown_bins(result.calibration_alone, hidden),
            "calibration_overall": (),
            "tradeoffs": dict(hidden.tradeoffs),
            "proxies": publication.shown_proxies(
                result.proxies, minimum, [one.proxies for one in earlier]
            ),
            "explanation": explanation
            and publication.shown_explanation(
                explanation, hidden, minimum, [one.explanation for one in earlier]
            ),
            "charts": publication.shown_charts(result.charts, hidden, alone),
            "findings": (
                *publication.shown_findings(result.findings, hidden),
                *hidden_notes.notes(hidden, plan, result.groups),
                *hidden_notes.notes_beside(hidden, alone, plan, result.groups),
            ),
        }
    )


def is_too_near(result: AuditResult, earlier: Sequence[AuditResult]) -> bool:
    """Whether nothing of the result can be published beside these published ones.

    That is so where everybody's numbers differ from earlier ones by so little that both together
    would tell about a few people.
    """
    minimum, rows = result.provenance.plan.thresholds.publish_minimum, result.provenance.rows
    return any(
        0 < abs(rows - one.provenance.rows) < minimum
        or Earlier(result.numbers, one.numbers).is_telling
        for one in earlier
    )
