"""The frozen result of an audit; every number comes with how many people it rests on.

``AuditResult`` as made is for those who may see everything. ``published`` gives what may leave
the house: the same type, with small groups hidden so that nobody can compute them back.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from workbench.audit.plan import AuditPlan
from workbench.audit.suppression import Key, Sized, hidden_keys
from workbench.basics.text import LANGUAGES, later, translate

# ok: at least ``certain_minimum`` people; uncertain: fewer; not_assessable: fewer than
# ``assess_minimum``; not_defined: nobody to count (0/0); suppressed: not for publication.
Status = Literal["ok", "uncertain", "not_assessable", "not_defined", "suppressed"]
Kind = Literal["attention", "open", "passed", "caveat", "note"]
Texts = dict[str, str]  # language → text


class Frozen(BaseModel):
    """What all parts of a result have in common: unchangeable, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Measure(Frozen):
    """A rate between 0 and 1 with its 95 % Wilson interval; ``of`` people were counted."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: Status
    of: int | None = None


class Group(Frozen):
    """Some people: how many, which value of which attribute they share, their rates by name."""

    n: int | None
    label: Texts
    parts: dict[str, str]
    status: Status
    metrics: dict[str, Measure]


class Gap(Frozen):
    """How far ``highest`` and ``lowest`` of the ``compared`` groups lie apart.

    ``low`` to ``high`` is the 95 % bootstrap interval for these two groups: below 0 (difference)
    or above 1 (ratio) it allows that the lowest is in truth the higher one.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: Status
    compared: tuple[str, ...] = ()
    highest: str | None = None
    lowest: str | None = None


class Crosscheck(Frozen):
    """How far an independent calculation of the same numbers differs, at most."""

    library: str
    version: str
    numbers: int
    max_abs_difference: float


class Agreement(Frozen):
    """For which share of the ``n`` rows the model repeats the given predictions."""

    share: float
    n: int
    reversed: bool


class Effect(Frozen):
    """A feature's contribution to the model's score, on average and in size."""

    mean: float
    mean_absolute: float


class Decomposition(Frozen):
    """The score gap between two groups as a sum of one share per feature.

    ``gap`` = mean score of ``group`` − mean score of ``reference``; the shares add up to it but
    for ``additivity_error``.
    """

    attribute: str
    group: str
    reference: str
    gap: float
    shares: dict[str, float]
    additivity_error: float


class Explanation(Frozen):
    """What drives the model: SHAP values, their explainer, sample and background named.

    ``scale`` is the unit of all effects: the model's log-odds or its probability.
    """

    model_kind: str
    explainer: str
    scale: Literal["log-odds", "probability"]
    background: str
    rows: int
    rows_in_table: int
    seed: int
    base_value: float
    agreement: Agreement
    features: dict[str, Effect]
    groups: dict[str, dict[str, dict[str, Effect]]]
    decompositions: tuple[Decomposition, ...]
    max_additivity_error: float


class Finding(Frozen):
    """One sentence of the audit with a stable id; ``groups`` are those that it tells about.

    attention: beyond a convention's limit. open: within, but the data also fit a gap beyond it.
    passed: clearly within. caveat: weakens the result. note: neither.
    """

    id: str
    kind: Kind
    text: Texts
    attribute: str | None = None
    groups: tuple[tuple[str, str], ...] = ()


class ChartText(Frozen):
    """A chart's title and its text alternative, per language."""

    title: Texts
    text: Texts


class Provenance(Frozen):
    """Enough to repeat the run: hashes, sizes, versions, the plan with its seed."""

    data_sha256: str
    data_size: int
    rows: int
    model_sha256: str | None
    model_size: int | None
    plan: AuditPlan
    plan_sha256: str
    versions: dict[str, str]


class AuditResult(Frozen):
    """All numbers and sentences of one audit.

    ``groups`` and ``gaps`` go by attribute, and by "a & b" for the groups of two attributes.
    ``comparisons[attribute][value][rate]`` is that group's rate minus its reference group's.
    """

    version: Literal[1] = 1
    is_published: bool = False
    overall: Group
    groups: dict[str, dict[str, Group]]
    gaps: dict[str, dict[str, Gap]]
    comparisons: dict[str, dict[str, dict[str, Gap]]]
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
