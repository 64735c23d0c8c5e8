"""Is this the model that made the predictions? Only then does explaining it say anything."""

import numpy as np
import pyarrow as pa

from workbench.audit.arrays import Flags, Reals
from workbench.audit.intake.sample import Sample
from workbench.audit.models.model import Model
from workbench.audit.parts_explanation import Agreement
from workbench.audit.plan import AuditPlan
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

LOW_AGREEMENT = later(
    "The model repeats only {share} of 100 predictions in the table ({n} rows were compared), so "
    "it is not the one that made them, and explaining it would mislead. Send exactly this version "
    "of the model, with its columns as it reads them, or run the audit without a model."
)
OTHER_CLASSES = later(
    "This model decides between {count} classes. Read for the favourable one, it repeats only "
    "{share} of 100 predictions in the table ({n} rows were compared). Check whether the table "
    "holds predictions of this model, and the favourable value; or run the audit without a model."
)
PREDICTS_NUMBER = later(
    "This model predicts a number, but the table holds decisions. Read as a probability, it "
    "repeats only {share} of 100 of them ({n} rows were compared). Send the model that decides, "
    "state the number as the score with its threshold, or run the audit without a model."
)
NO_BETTER = later(
    "The model repeats {share} of 100 predictions in the table ({n} rows were compared). A model "
    "that always says the same would repeat {common}, so it is not the one that made them, and "
    "explaining it would mislead. Send exactly this version of the model, or run the audit "
    "without a model."
)
NUMBERS_NEEDED = later(
    "The plan compares numbers, but this model decides between classes ({kind}). Send the model "
    "that predicts the numbers."
)
UNKNOWN_CLASS = later(
    "The model does not know the favourable value “{positive}”: it decides between {classes}. "
    "Name the favourable value as the model does."
)

# Below this share of repeated predictions there is no explanation.
LEAST_SHARE = 0.9
# Two numbers are the same within this part of how far the middle 90 % of all numbers spread, so
# that a table rounded for people still fits.
TOLERANCE = 0.01
# A model that gives one number for a yes-or-no decision is read as a probability.
HALF = 0.5


def judged(model: Model, sample: Sample, plan: AuditPlan) -> tuple[int, Agreement]:
    """The place of the favourable class in the model, and how far it repeats the predictions.

    A model that only says 0 or 1, or does not know the plan's favourable value, is read in the way
    that fits the predictions better, which ``reversed`` tells. Raises DataRefused when it repeats
    fewer than 90 % of them, or cannot be what the plan speaks of.
    """
    if plan.task == "regression" and model.classes:
        raise DataRefused(NUMBERS_NEEDED, kind=model.kind)
    tolerance = _tolerance(sample.given) if by_number(plan) else None
    first, *others = _readings(model, plan.positive)
    shares = {
        place: float(np.mean(_repeats(model, sample, place, tolerance)))
        for place in (first, *others)
    }
    best = max(shares, key=lambda place: shares[place])
    _require_same(model, sample, shares[best], tolerance)
    return best, Agreement(
        share=shares[best], n=len(sample.given), reversed=best != first, tolerance=tolerance
    )


def _require_same(model: Model, sample: Sample, share: float, tolerance: float | None) -> None:
    """Raises DataRefused for a model that repeats too few predictions, or as many as a constant."""
    n = len(sample.given)
    if share < LEAST_SHARE:
        message = LOW_AGREEMENT if len(model.classes) == 2 or tolerance else OTHER_CLASSES
        message = message if model.classes or tolerance else PREDICTS_NUMBER
        raise DataRefused(message, share=int(100 * share), n=n, count=len(model.classes))
    chosen = float(np.mean(sample.given > HALF))
    common = max(chosen, 1 - chosen)
    if tolerance is None and share <= common < 1:
        raise DataRefused(NO_BETTER, share=int(100 * share), n=n, common=int(100 * common))


def by_number(plan: AuditPlan) -> bool:
    """Whether the table gives a number per row to compare with, not a decision."""
    return plan.task == "regression" or not plan.prediction


def _readings(model: Model, positive: str) -> tuple[int, ...]:
    """The places that may be the favourable class, the likelier first."""
    classes = model.classes
    if not classes:
        return (0,)
    known = positive in classes
    if len(classes) > 2:
        if not known:
            raise DataRefused(UNKNOWN_CLASS, positive=positive, classes=", ".join(classes))
        return (classes.index(positive),)
    place = classes.index(positive) if known else 1
    return (place,) if known and model.named else (place, 1 - place)


def _repeats(model: Model, sample: Sample, place: int, tolerance: float | None) -> Flags:
    """Per row, whether the model says what the table says."""
    if tolerance is None:
        chosen: Flags = _favourable(model, sample.rows, place) == (sample.given > HALF)
        return chosen
    numbers: Reals = model.output(sample.rows)[:, place]
    near: Flags = np.abs(numbers - sample.given) <= tolerance
    return near


def _favourable(model: Model, rows: pa.Table, place: int) -> Flags:
    if not model.classes:
        number: Flags = model.output(rows)[:, 0] > HALF
        return number
    chosen: Flags = model.choice(rows) == place
    return chosen


def _tolerance(given: Reals) -> float:
    low, high = np.quantile(given, [0.05, 0.95])
    rounding = 1e-6 * max(1.0, float(np.abs(given).max()))
    return max(TOLERANCE * float(high - low), rounding)
