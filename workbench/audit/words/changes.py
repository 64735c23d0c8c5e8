"""Two audits → sentences: how a gap changed, and whether that is more than chance."""

from workbench.audit.catalogue import GAPS
from workbench.audit.metrics import MEANS
from workbench.audit.parts import Change
from workbench.audit.plan import AuditPlan
from workbench.audit.words.judgements import SIGNIFICANCE
from workbench.audit.words.phrases import column_words, digits_for, figure
from workbench.basics.text import later, translate

SIZES = {
    "points": later("{gap}, by {attribute}: {before} percentage points before, {after} after."),
    "ratio": later("{gap}, by {attribute}: {before} of 100 before, {after} of 100 after."),
    "mean": later("{gap}, by {attribute}: {before} before, {after} after."),
}
CHANGE = later("Change: {change} (95 % interval: {low} to {high}).")
WORST_CHANGE = later("Change: {change} (95 % interval in the worst case: {low} to {high}).")
EXACT_CHANGE = later("Change: {change}.")
SMALLER = later("The groups are closer together, by more than chance.")
LARGER = later("The groups are further apart, by more than chance.")
CHANCE = later("The change may be chance.")
SMALLER_HERE = later("In these rows, the groups are closer together.")
LARGER_HERE = later("In these rows, the groups are further apart.")
SAME_HERE = later("In these rows, the gap is as large as before.")
UNCHANGED = later("unchanged")
# Less than this comes from the order in which a computer adds up.
ROUNDING = 1e-12


def change_numbers(change: Change, language: str) -> dict[str, str]:
    """``before``, ``after``, ``change``, ``low`` and ``high``: in points, of 100, or own unit.

    Where the change was not tested, ``low`` and ``high`` are missing, and a change of 0 is
    "unchanged".
    """
    stated = {
        "before": change.before,
        "after": change.after,
        "change": change.value,
        "low": change.low,
        "high": change.high,
    }
    numbers = {key: value for key, value in stated.items() if value is not None}
    mean = GAPS[change.gap].metrics[0] in MEANS
    scale, digits = (1, digits_for(*numbers.values())) if mean else (100, 1)
    words = {key: figure(language, scale * value, digits) for key, value in numbers.items()}
    return words | {"change": translate(language, UNCHANGED)} if _is_same(change) else words


def direction(change: Change) -> str:
    """The sentence on where the gap went, and whether by more than chance if that was tested."""
    closer = change.value > 0 if GAPS[change.gap].form == "ratio" else change.value < 0
    if _is_same(change):
        return SAME_HERE
    if change.p_adjusted is None:
        return SMALLER_HERE if closer else LARGER_HERE
    if change.p_adjusted >= SIGNIFICANCE:
        return CHANCE
    return SMALLER if closer else LARGER


def change_sentence(plan: AuditPlan, change: Change, language: str) -> str:
    """How one gap changed, with interval and whether by more than chance if that was tested."""
    kind = GAPS[change.gap]
    rate = "ratio" if kind.form == "ratio" else "points"
    values = {
        **change_numbers(change, language),
        "gap": translate(language, kind.title),
        "attribute": column_words(plan, change.attribute, language),
    }
    messages = [SIZES["mean" if kind.metrics[0] in MEANS else rate]]
    if not _is_same(change):
        tested = WORST_CHANGE if change.worst_case else CHANGE
        messages.append(EXACT_CHANGE if change.p_adjusted is None else tested)
    messages.append(direction(change))
    return " ".join(translate(language, message, values) for message in messages)


def _is_same(change: Change) -> bool:
    """Whether the same rows gave the same gap; between other rows, no change may be chance too."""
    return change.p_adjusted is None and abs(change.value) < ROUNDING
