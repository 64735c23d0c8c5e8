"""Two audits → sentences: how a gap changed, and whether that is more than chance."""

from workbench.audit.catalogue import GAPS
from workbench.audit.metrics import MEANS
from workbench.audit.parts import Change
from workbench.audit.plan import AuditPlan
from workbench.audit.words.judgements import SIGNIFICANCE
from workbench.audit.words.phrases import column_words, digits_for, figure
from workbench.basics.text import later, translate

SIZES = {
    "points": later(
        "{gap}, by {attribute}: {before} percentage points before, {after} after. Change: {change} "
        "(95 % interval: {low} to {high})."
    ),
    "ratio": later(
        "{gap}, by {attribute}: {before} of 100 before, {after} of 100 after. Change: {change} "
        "(95 % interval: {low} to {high})."
    ),
    "mean": later(
        "{gap}, by {attribute}: {before} before, {after} after. Change: {change} (95 % interval: "
        "{low} to {high})."
    ),
}
SMALLER = later("The groups are closer together, by more than chance.")
LARGER = later("The groups are further apart, by more than chance.")
CHANCE = later("The change may be chance.")


def change_numbers(change: Change, language: str) -> dict[str, str]:
    """``before``, ``after``, ``change``, ``low`` and ``high``: in points, of 100, or own unit."""
    numbers = {
        "before": change.before,
        "after": change.after,
        "change": change.value,
        "low": change.low,
        "high": change.high,
    }
    if GAPS[change.gap].metrics[0] in MEANS:
        digits = digits_for(*numbers.values())
        return {key: figure(language, value, digits) for key, value in numbers.items()}
    return {key: figure(language, 100 * value, 1) for key, value in numbers.items()}


def direction(change: Change) -> str:
    """The sentence on where the gap went; that of chance when the change may be chance."""
    if change.p_adjusted >= SIGNIFICANCE:
        return CHANCE
    closer = change.value > 0 if GAPS[change.gap].form == "ratio" else change.value < 0
    return SMALLER if closer else LARGER


def change_sentence(plan: AuditPlan, change: Change, language: str) -> str:
    """How one gap changed, with interval, and whether that is more than chance."""
    kind = GAPS[change.gap]
    rate = "ratio" if kind.form == "ratio" else "points"
    size = SIZES["mean" if kind.metrics[0] in MEANS else rate]
    values = {
        **change_numbers(change, language),
        "gap": translate(language, kind.title),
        "attribute": column_words(plan, change.attribute, language),
    }
    return f"{translate(language, size, values)} {translate(language, direction(change))}"
