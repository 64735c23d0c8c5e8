"""The frozen parts of an audit's result; every number comes with how many people it rests on."""

import operator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from workbench.audit.plan import AuditPlan

# ok: at least ``certain_minimum`` people, or people's worth (``effective``) if that is less;
# uncertain: fewer, or a few of them decide the number; not_assessable: fewer than
# ``assess_minimum``; not_defined: nobody to count (0/0); suppressed: not for publication.
Status = Literal["ok", "uncertain", "not_assessable", "not_defined", "suppressed"]
Kind = Literal["attention", "open", "passed", "caveat", "note"]
Texts = dict[str, str]  # language → text


def is_missing(value: object) -> bool:
    """Whether a value is not there."""
    return value is None


# A field that results of earlier versions lack: published ones must keep their very bytes.
Added: None = Field(default=None, exclude_if=is_missing)


class Frozen(BaseModel):
    """What all parts of a result have in common: unchangeable, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Measure(Frozen):
    """A rate between 0 and 1, or a mean in its own unit, with its 95 % interval.

    ``of`` people were counted. With weights, ``effective`` is how many equally weighted people
    would be as certain, which may be more than were counted; interval and status rest on it.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: Status
    of: int | None = None
    effective: float | None = None


class Group(Frozen):
    """Some people: how many, which value of which attribute they share, their metrics by name."""

    n: int | None
    label: Texts
    parts: dict[str, str]
    status: Status
    metrics: dict[str, Measure]


class Gap(Frozen):
    """How far ``highest`` and ``lowest`` of the ``compared`` groups lie apart.

    ``low`` to ``high`` is the 95 % interval of the largest gap among all compared groups, which
    takes into account that chance picks the highest and the lowest among those that may be. Below
    0 (difference) or above 1 (ratio) it allows that the order is in truth another one.
    ``pair_low`` to ``pair_high`` is that of these two groups, as wide as it takes for the
    intervals of all pairs to hold at once.
    ``p_value`` is the probability of such differences if all groups were equal; ``p_adjusted`` the
    same, corrected by Holm for all tests of the plan. ``detectable`` is the smallest difference
    that these numbers of people would have shown with a probability of 80 %, in the same test and
    corrected for as many (always a difference, in a ratio too). ``metric`` is the one that lies
    widest apart where several are compared.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: Status
    compared: tuple[str, ...] = ()
    highest: str | None = None
    lowest: str | None = None
    metric: str | None = None
    pair_low: float | None = Added
    pair_high: float | None = Added
    p_value: float | None = None
    p_adjusted: float | None = None
    detectable: float | None = None


class ScoreBin(Frozen):
    """People whose score lies from ``start`` to under ``end`` (the last one: up to it).

    ``mean_score`` is what the system says, ``share`` how many of them really had the favourable
    outcome: a calibrated score says the same. The interval from ``low`` to ``high`` is that of the
    share, so wide that with 95 % all of the attribute (of the combined ones, of everybody) that can
    be assessed hold at once (Bonferroni).
    """

    start: float
    end: float
    mean_score: float | None
    share: Measure
    low: float | None = Added
    high: float | None = Added


class Policy(Frozen):
    """One way to turn scores into decisions, and what it brings.

    ``thresholds`` goes by group; "" stands for everybody. ``accuracy`` and ``gaps`` (a difference
    by gap name) are what the rows would have given.
    """

    notion: str
    thresholds: dict[str, float]
    accuracy: float
    gaps: dict[str, float | None]


class Tradeoff(Frozen):
    """What each notion of fairness costs in accuracy, for one attribute.

    ``common`` holds one policy per threshold that is the same for everybody, ascending;
    ``by_group`` the most accurate policy with a threshold per group for which a notion's gap is at
    most ``tolerance``. Both are computed on the audited rows, so new rows will do a little worse.
    Between any two thresholds of a group lie enough of its people of either outcome, so there may
    be few thresholds: with others, more might be right. A notion that none of them reach sensibly
    is left out; both are empty where too few are left.
    """

    common: tuple[Policy, ...]
    by_group: tuple[Policy, ...]
    tolerance: float


class Guard(Frozen):
    """What must be hidden beside small groups so that no number follows from what is shown.

    Groups of which nothing is shown (``sizes``), groups of which only the size is shown
    (``shares``), and score bins: attribute, value, position. See ``suppression.guarding``.
    """

    sizes: tuple[tuple[str, str], ...] = ()
    shares: tuple[tuple[str, str], ...] = ()
    bins: tuple[tuple[str, str, int], ...] = ()


class Crosscheck(Frozen):
    """How far an independent calculation of the same numbers differs, at most.

    Rates as they are, means relative to the largest of their parts in size. ``numbers`` were
    compared; 0 says that nothing was.
    """

    library: str
    version: str
    numbers: int
    max_abs_difference: float


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


class Change(Frozen):
    """How one gap changed from an earlier audit to a later one.

    ``value`` is later minus earlier, with its 95 % interval; below 0 a difference became smaller.
    ``p_adjusted`` is corrected by Holm for all changes that are tested. Interval and probability
    are None where chance is not tested: see ``Comparison.untested``; and where one of the two gaps
    has no interval. ``worst_case``: who was judged how both times is unknown, so the interval is
    wide enough for whatever it was.
    """

    attribute: str
    gap: str
    before: float
    after: float
    value: float
    low: float | None = None
    high: float | None = None
    p_adjusted: float | None = None
    worst_case: bool = Field(default=False, exclude_if=operator.not_)


class Comparison(Frozen):
    """Two audits side by side: what changed, and what keeps them from being comparable.

    ``untested`` says why no change is tested against chance, though both rest on the same rows.
    """

    changes: tuple[Change, ...]
    left_out: tuple[tuple[str, str], ...]
    obstacles: tuple[Texts, ...]
    same_data: bool
    untested: Texts | None = None


class Provenance(Frozen):
    """Enough to repeat the run: hashes, sizes, versions, the plan with its seed.

    ``lines_added``: in a table of counts, how many of its ``rows`` were added to another line of
    the same group, and ``lines_empty``, how many groups nobody is in; 0 where each group has one
    line with people, and for rows of people. ``agreed_plan`` is the
    plan as agreed on before, where another one was carried out instead. ``engine`` counted the
    cells. The background is the sample that was handed in for explanations: hash and size of the
    file, and its rows. ``seconds`` is how long the run took; it is the only part that differs from
    run to run.
    """

    data_sha256: str
    data_size: int
    rows: int
    lines_added: int = Field(default=0, exclude_if=operator.not_)
    lines_empty: int = Field(default=0, exclude_if=operator.not_)
    model_sha256: str | None
    model_size: int | None
    background_sha256: str | None = Added
    background_size: int | None = Added
    background_rows: int | None = Added
    plan: AuditPlan
    plan_sha256: str
    agreed_plan: AuditPlan | None = Field(default=None, exclude_if=operator.not_)
    versions: dict[str, str]
    engine: str = "duckdb"
    seconds: float | None = None
