"""What the explanation says about the model, and what gives an attribute away, in words."""

from collections.abc import Iterator, Mapping
from functools import partial

from workbench.audit.parts import Finding, Texts
from workbench.audit.parts_explanation import Agreement, Decomposition, Explanation, Proxy
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import (
    column_words,
    digits_for,
    figure,
    group_words,
    per_hundred,
)
from workbench.audit.words.telling import finding, per_language
from workbench.audit.words.ways import is_handed_in, spoken
from workbench.basics.text import later, translate

AGREES = later("The model repeats the given predictions for {share} of {n} people.")
DISAGREES = later(
    "The model repeats the given predictions for only {share} of {n} people. The explanation "
    "describes the model, not the predictions that people received."
)
OF_HUNDRED = later("{share} of 100")
WITHIN = later("A prediction counts as repeated when it is off by at most {tolerance}.")
REVERSED = later("The model's score was read the other way round, because it then fits better.")
SAMPLED = later("The explanation rests on {rows} of {all} people, drawn at random (seed {seed}).")
INEXACT = later(
    "The effects of the columns are not exact for the unit “{scale}”: {explainer} approximates "
    "them."
)
ESTIMATED = later(
    "The effects of the columns are estimated from random draws; the standard error of an effect "
    "is {error} ({scale})."
)
UNUSED = later(
    "The background that was handed in is not used, because the trees of this model carry the "
    "weights of their branches with them. Effects are counted from: {background}."
)
DRIVERS = later(
    "On average, these columns move the model's score most: {features}. This describes the model; "
    "it is no proof of a cause."
)
SHARES = later(
    "Score gap, {group} minus {reference}: {gap} (unit: {scale}). These columns account for most "
    "of it: {features}."
)
UNWEIGHTED = later(
    "Means of effects follow the weights. How effects spread, and how well columns give groups "
    "away, counts every row once."
)
PROXIES = later(
    "How well the columns give away {attribute}: of 100 pairs of people from different groups, all "
    "columns together tell {all} rightly apart (95 % interval: {low} to {high}; 50 would be "
    "guessing). The strongest single columns: {features}."
)
PROXY = later(
    "How well {features} gives away {attribute}: of 100 pairs of people from different groups, it "
    "tells {all} rightly apart (95 % interval: {low} to {high}; 50 would be guessing)."
)
SCALES = {
    "log-odds": later("log-odds"),
    "probability": later("probability"),
    "prediction": later("unit of the prediction"),
    "score": later("the model’s raw score"),
}
# Below this share of repeated predictions, the model is not the one that made them.
AGREEMENT_LIMIT = 0.99
MOST_FEATURES = 4


def findings(result: AuditResult) -> Iterator[Finding]:
    """The model first, then what makes up gaps in scores, then proxies."""
    explanation = result.explanation
    if result.provenance.plan.weight and (explanation is not None or result.proxies):
        yield finding("model/unweighted", "caveat", UNWEIGHTED)
    if explanation is not None:
        if explanation.agreement is not None:
            yield from _agreement(explanation.agreement)
        yield from _limits(explanation)
        if result.provenance.background_sha256 and not is_handed_in(explanation.background):
            said = per_language(partial(spoken, explanation.background))
            yield finding("model/background", "caveat", UNUSED, background=said)
        sizes = {name: effect.mean_absolute for name, effect in explanation.features.items()}
        listed = per_language(partial(_listed, result, sizes))
        yield finding("model/features", "note", DRIVERS, features=listed)
        for part in explanation.decompositions:
            yield _shares(result, explanation, part)
    for attribute, proxies in result.proxies.items():
        if proxies:
            yield _proxy(result, attribute, proxies)


def _agreement(agreement: Agreement) -> Iterator[Finding]:
    good = agreement.share >= AGREEMENT_LIMIT
    yield finding(
        "model/agreement",
        "note" if good else "caveat",
        AGREES if good else DISAGREES,
        share=per_language(partial(_of_hundred, agreement.share)),
        n=agreement.n,
    )
    tolerance = agreement.tolerance
    if tolerance is not None:
        said = per_language(lambda language: figure(language, tolerance, digits_for(tolerance)))
        yield finding("model/tolerance", "note", WITHIN, tolerance=said)
    if agreement.reversed:
        yield finding("model/reversed", "note", REVERSED)


def _of_hundred(share: float, language: str) -> str:
    return translate(language, OF_HUNDRED, {"share": per_hundred(share, language)})


def _limits(explanation: Explanation) -> Iterator[Finding]:
    """Why the explanation may be off."""
    scale = scale_words(explanation)
    if explanation.rows < explanation.rows_in_table:
        yield finding(
            "model/sample",
            "note",
            SAMPLED,
            rows=explanation.rows,
            all=explanation.rows_in_table,
            seed=str(explanation.seed),
        )
    if not explanation.exact:
        yield finding(
            "model/inexact",
            "caveat",
            INEXACT,
            scale=scale,
            explainer=per_language(partial(spoken, explanation.explainer)),
        )
    error = explanation.estimate_error
    if error is not None:
        said = per_language(lambda language: figure(language, error, digits_for(error)))
        yield finding("model/estimated", "caveat", ESTIMATED, error=said, scale=scale)


def scale_words(explanation: Explanation) -> Texts:
    """The unit of all effects, per language."""
    return per_language(lambda language: translate(language, SCALES[explanation.scale]))


def _shares(result: AuditResult, explanation: Explanation, part: Decomposition) -> Finding:
    plan = result.provenance.plan
    return finding(
        f"shares/{part.attribute}/{part.group}",
        "note",
        SHARES,
        about=part.attribute,
        groups=((part.attribute, part.group), (part.attribute, part.reference)),
        group=per_language(partial(group_words, plan, {part.attribute: part.group})),
        reference=per_language(partial(group_words, plan, {part.attribute: part.reference})),
        gap=per_language(lambda language: figure(language, part.gap, digits_for(part.gap))),
        scale=scale_words(explanation),
        features=per_language(partial(_listed, result, part.shares)),
    )


def _listed(result: AuditResult, sizes: Mapping[str, float], language: str) -> str:
    """The largest of them by size, with their numbers."""
    plan = result.provenance.plan
    largest = sorted(sizes.items(), key=lambda item: (-abs(item[1]), item[0]))[:MOST_FEATURES]
    digits = digits_for(*(size for _, size in largest))
    return ", ".join(
        f"{column_words(plan, name, language)} ({figure(language, size, digits)})"
        for name, size in largest
    )


def _proxy(result: AuditResult, attribute: str, proxies: tuple[Proxy, ...]) -> Finding:
    *singles, together = proxies
    plan = result.provenance.plan
    return finding(
        f"proxy/{attribute}",
        "note",
        PROXIES if singles else PROXY,
        about=attribute,
        attribute=per_language(partial(column_words, plan, attribute)),
        all=per_language(partial(per_hundred, together.area)),
        low=per_language(partial(per_hundred, together.low)),
        high=per_language(partial(per_hundred, together.high)),
        features=per_language(partial(_strongest, result, singles or [together])),
    )


def _strongest(result: AuditResult, proxies: list[Proxy], language: str) -> str:
    plan = result.provenance.plan
    strongest = sorted(proxies, key=lambda proxy: -proxy.area)[:MOST_FEATURES]
    said = [
        " & ".join(column_words(plan, name, language) for name in proxy.features)
        + ("" if len(proxies) == 1 else f" ({per_hundred(proxy.area, language)})")
        for proxy in strongest
    ]
    return ", ".join(said)
