"""The frozen parts of an audit's result; every number comes with how many people it rests on."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from workbench.audit.plan import AuditPlan

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
