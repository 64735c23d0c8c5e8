"""Which audit plans make sense: one line per rule, with the sentence when it breaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.audit import catalogue
from workbench.audit.choices import CHOICES
from workbench.basics.text import later

if TYPE_CHECKING:  # a plan is checked by these rules, so it imports them
    from workbench.audit.plan import AuditPlan, Thresholds

# The columns beside the groups in a table of counts.
COUNT_COLUMNS = {"confusion": ("tp", "fp", "tn", "fn"), "selection": ("selected", "total")}

NO_PREDICTION = later("Choose the column that holds the prediction, the decision or the score.")
SAME_COLUMN = later(
    "One column cannot have two of these roles: outcome, prediction, score, weight. Choose another "
    "column for one of them."
)
NO_POSITIVE = later("Say which value is the favourable one.")
NO_ATTRIBUTE = later("Choose at least one attribute whose groups are compared.")
DOUBLE_ATTRIBUTE = later("Each attribute can be chosen only once.")
ROLE_CLASH = later(
    "An attribute cannot be outcome, prediction, score, weight or count at the same time. Choose "
    "another column."
)
BAD_EDGES = later("Give the edges of the groups in ascending order, for example 25, 35, 50.")
UNKNOWN_EDGES = later(
    "Edges were stated for an attribute that is not compared. Add the attribute or leave out its "
    "edges."
)
UNKNOWN_REFERENCE = later(
    "A reference group was stated for an attribute that is not compared. Add the attribute or "
    "leave out its reference group."
)
UNKNOWN_REASON = later(
    "A reason was stated for something else than a gap or one of these: threshold, edges, "
    "references, depth, gaps, limits, thresholds. Correct the name or leave the reason out."
)
NO_REASON = later("Say why you check these columns and groups. The reason is published.")
BAD_THRESHOLDS = later("The three numbers must ascend: publish, assess, certain.")
NO_CUT = later(
    "A score alone is no decision. Say from which value on it counts as favourable, or how many "
    "people with the highest scores are chosen."
)
TWO_CUTS = later("State either a threshold or how many are chosen, not both.")
CUT_WITHOUT_SCORE = later(
    "A threshold or a number of chosen people needs a score. Name the column with the score, or "
    "leave the number out."
)
CUT_BESIDE_PREDICTION = later(
    "Choose a prediction, or a score with a threshold; with both it is unclear what was decided."
)
REGRESSION_NEEDS = later("To compare numbers, choose an outcome and a prediction, both numbers.")
REGRESSION_ONLY = later(
    "Comparing numbers knows no favourable value, score or threshold. Leave them out, or compare "
    "decisions instead."
)
COUNTS_ONLY = later("A table of counts has its own columns; choose only the attributes.")
COUNTS_PLAIN = later(
    "A table of counts has no individual people, so it takes no edges, no other columns and no "
    "rows to be explained. Leave them out, or send the rows."
)
DOUBLE_FEATURE = later("A column is named twice among the features. Name each once.")
UNKNOWN_GAP = later(
    "This gap is not in the catalogue, or these columns do not allow it. Remove it or add the "
    "column that it needs."
)
UNKNOWN_LIMIT = later(
    "A limit was stated for a gap that is not tested. Test the gap too, or leave its limit out."
)
BAD_LIMIT = later(
    "A limit for a difference of shares lies above 0 and below 1: 0.1 means 10 percentage points. "
    "One for a ratio lies above 0 and is at most 1, one for a difference of means lies above 0."
)

Rule = tuple[str, Callable[["AuditPlan"], bool], str]


def _roles(plan: AuditPlan) -> list[str]:
    return [name for name in (plan.outcome, plan.prediction, plan.score, plan.weight) if name]


def _counted(plan: AuditPlan) -> tuple[str, ...]:
    return COUNT_COLUMNS[plan.counts] if plan.counts else ()


def _by_value(plan: AuditPlan) -> bool:
    return plan.task == "classification" and plan.counts is None


# Field, what must not be, what is then said.
RULES: tuple[Rule, ...] = (
    ("prediction", lambda p: not (p.prediction or p.score or p.counts), NO_PREDICTION),
    ("prediction", lambda p: len(set(_roles(p))) < len(_roles(p)), SAME_COLUMN),
    (
        "positive",
        lambda p: _by_value(p) and not p.positive and bool(p.outcome or p.prediction),
        NO_POSITIVE,
    ),
    ("attributes", lambda p: not all(p.attributes) or not p.attributes, NO_ATTRIBUTE),
    ("attributes", lambda p: len(set(p.attributes)) < len(p.attributes), DOUBLE_ATTRIBUTE),
    ("attributes", lambda p: bool({*_roles(p), *_counted(p)} & set(p.attributes)), ROLE_CLASH),
    ("features", lambda p: len(set(p.features)) < len(p.features), DOUBLE_FEATURE),
    ("references", lambda p: not p.references.keys() <= set(p.attributes), UNKNOWN_REFERENCE),
    ("edges", lambda p: not p.edges.keys() <= set(p.attributes), UNKNOWN_EDGES),
    ("edges", lambda p: not all(map(_ascend, p.edges.values())), BAD_EDGES),
    ("reason", lambda p: not p.reason.strip(), NO_REASON),
    ("thresholds", lambda p: not _thresholds_ascend(p.thresholds), BAD_THRESHOLDS),
    (
        "threshold",
        lambda p: bool(p.score) and not p.prediction and p.threshold is None and p.top_k is None,
        NO_CUT,
    ),
    ("threshold", lambda p: p.threshold is not None and p.top_k is not None, TWO_CUTS),
    (
        "threshold",
        lambda p: not p.score and (p.threshold, p.top_k) != (None, None),
        CUT_WITHOUT_SCORE,
    ),
    (
        "threshold",
        lambda p: bool(p.prediction) and (p.threshold, p.top_k) != (None, None),
        CUT_BESIDE_PREDICTION,
    ),
    (
        "outcome",
        lambda p: p.task == "regression" and not (p.outcome and p.prediction),
        REGRESSION_NEEDS,
    ),
    (
        "task",
        lambda p: p.task == "regression" and bool(p.positive or p.score or p.counts),
        REGRESSION_ONLY,
    ),
    ("counts", lambda p: p.counts is not None and bool(_roles(p)), COUNTS_ONLY),
    (
        "counts",
        lambda p: p.counts is not None and bool(p.edges or p.features or p.explained_rows),
        COUNTS_PLAIN,
    ),
    ("gaps", lambda p: not set(p.gaps) <= set(catalogue.possible_gaps(p)), UNKNOWN_GAP),
    ("reasons", lambda p: not p.reasons.keys() <= {*catalogue.GAPS, *CHOICES}, UNKNOWN_REASON),
    ("limits", lambda p: not set(p.limits) <= set(catalogue.tested_gaps(p)), UNKNOWN_LIMIT),
    ("limits", lambda p: not all(_in_range(p.limits)), BAD_LIMIT),
)


def _in_range(limits: dict[str, float]) -> list[bool]:
    """Whether each limit can ever be crossed, and can ever be kept."""
    return [
        0 < value <= 1
        if catalogue.GAPS[name].form == "ratio"
        else 0 < value < catalogue.widest(name)
        for name, value in limits.items()
        if name in catalogue.GAPS
    ]


def _ascend(edges: Sequence[float]) -> bool:
    return bool(edges) and all(low < high for low, high in pairwise(edges))


def _thresholds_ascend(thresholds: Thresholds) -> bool:
    return thresholds.publish_minimum <= thresholds.assess_minimum <= thresholds.certain_minimum
