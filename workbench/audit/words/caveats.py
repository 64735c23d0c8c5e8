"""What weakens a result, and what the explanation says: the findings beside the gaps."""

from collections.abc import Iterator

from workbench.audit.catalogue import GAPS, NO_EUROPEAN_LIMIT, SCREENS
from workbench.audit.plan import MISSING
from workbench.audit.results import AuditResult, Explanation, Finding, Kind
from workbench.audit.words import findings
from workbench.audit.words.phrases import column_words, group_words, per_hundred
from workbench.basics.text import LANGUAGES, later, number, percent, translate

SMALL = {
    "uncertain": later("Numbers about {group} are uncertain: the table holds {n} of them."),
    "not_assessable": later(
        "Numbers about {group} cannot be assessed: the table holds only {n} of them."
    ),
}
MISSING_SHARE = later(
    "{attribute} is not stated for {share} of the people ({n}). They are a group of their own."
)
CONSTANT = later(
    "Every person in the table has the same prediction. Rates of errors then say nothing about how "
    "the system tells people apart."
)
MANY_CHECKS = later(
    "This audit looks at {count} gaps. The more gaps are looked at, the more likely one of them is "
    "large by chance; the intervals do not take this into account."
)
PICKED = later(
    "Where more than two groups are compared, the gap is the one between the highest and the "
    "lowest. Chance alone makes some group the highest; the interval does not take this into "
    "account."
)
LIMITS = {
    "difference": later("Limit for gaps: {limit}, after {source}."),
    "ratio": later("Limit for ratios: {limit}, after {source}."),
}
CROSSCHECK = later(
    "A second calculation with {library} {version} compared {numbers} numbers; the largest "
    "difference is {difference}."
)
AGREES = later("The model repeats the given predictions for {share} of {n} people.")
DISAGREES = later(
    "The model repeats the given predictions for only {share} of {n} people. The explanation "
    "describes the model, not the predictions that people received."
)
REVERSED = later("The model's score was read the other way round, because it then fits better.")
SAMPLED = later("The explanation rests on {rows} of {all} people, drawn at random (seed {seed}).")
DRIVERS = later(
    "On average, these columns move the model's score most: {features}. This describes the model; "
    "it is no proof of a cause."
)
SHARES = later(
    "Score gap, {group} minus {reference}: {gap} (unit: {scale}). These columns account for most "
    "of it: {features}."
)
SCALES = {"log-odds": later("log-odds"), "probability": later("probability")}
# Below this share of repeated predictions, the model is not the one that made them.
AGREEMENT_LIMIT = 0.99
MOST_FEATURES = 4


def described(result: AuditResult) -> AuditResult:
    """The result with all its findings: gaps first, then caveats, then the explanation."""
    told = (
        *findings.gap_findings(result),
        *_limits(),
        *_small(result),
        *_missing(result),
        *_whole(result),
        *(_explained(result, result.explanation) if result.explanation else ()),
    )
    return result.model_copy(update={"findings": told})


def _limits() -> Iterator[Finding]:
    """Which conventions the gaps were held against: one note, as they are the same for all."""
    text = {}
    for language in LANGUAGES:
        said = {
            translate(
                language,
                LIMITS[GAPS[name].form],
                {
                    "limit": findings.limit_words(GAPS[name], screen, language),
                    "source": screen.source,
                },
            ): None
            for name, screen in SCREENS.items()
        }
        text[language] = " ".join([*said, translate(language, NO_EUROPEAN_LIMIT)])
    yield Finding(id="limits", kind="note", text=text)


def _finding(id_: str, kind: Kind, message: str, **values: object) -> Finding:
    """A finding whose values are the same in both languages, or a dict per language."""
    text = {
        language: translate(
            language,
            message,
            {
                key: value[language] if isinstance(value, dict) else value
                for key, value in values.items()
            },
        )
        for language in LANGUAGES
    }
    return Finding(id=id_, kind=kind, text=text)


def _small(result: AuditResult) -> Iterator[Finding]:
    plan = result.provenance.plan
    for table, value, group in findings.small_groups(result.groups):
        words = {language: group_words(plan, group.parts, language) for language in LANGUAGES}
        told = _finding(
            f"small/{table}/{value}", "caveat", SMALL[group.status], group=words, n=group.n
        )
        yield told.model_copy(update={"attribute": table, "groups": ((table, value),)})


def _missing(result: AuditResult) -> Iterator[Finding]:
    plan, everybody = result.provenance.plan, result.overall.n or 0
    for attribute in plan.attributes:
        group = result.groups[attribute].get(MISSING)
        if group is None or group.n is None:
            continue
        share = {language: percent(language, group.n / everybody) for language in LANGUAGES}
        name = {language: column_words(plan, attribute, language) for language in LANGUAGES}
        told = _finding(
            f"missing/{attribute}",
            "caveat",
            MISSING_SHARE,
            attribute=name,
            share=share,
            n=group.n,
        )
        about = ((attribute, MISSING),)
        yield told.model_copy(update={"attribute": attribute, "groups": about})


def _whole(result: AuditResult) -> Iterator[Finding]:
    if result.overall.metrics["selection_rate"].value in {0.0, 1.0}:
        yield _finding("prediction/constant", "caveat", CONSTANT)
    yield _finding("gaps/count", "caveat", MANY_CHECKS, count=sum(map(len, result.gaps.values())))
    if any(len(gap.compared) > 2 for gaps in result.gaps.values() for gap in gaps.values()):
        yield _finding("gaps/picked", "caveat", PICKED)
    check = result.crosscheck
    yield _finding(
        "crosscheck",
        "passed" if check.max_abs_difference <= findings.EXACT else "attention",
        CROSSCHECK,
        library=check.library,
        version=check.version,
        numbers=check.numbers,
        difference=f"{check.max_abs_difference:.1g}",
    )


def _explained(result: AuditResult, explanation: Explanation) -> Iterator[Finding]:
    agreement = explanation.agreement
    good = agreement.share >= AGREEMENT_LIMIT
    share = {
        language: translate(
            language, later("{share} of 100"), {"share": per_hundred(agreement.share, language)}
        )
        for language in LANGUAGES
    }
    yield _finding(
        "model/agreement",
        "passed" if good else "caveat",
        AGREES if good else DISAGREES,
        share=share,
        n=agreement.n,
    )
    if agreement.reversed:
        yield _finding("model/reversed", "note", REVERSED)
    if explanation.rows < explanation.rows_in_table:
        yield _finding(
            "model/sample",
            "note",
            SAMPLED,
            rows=explanation.rows,
            all=explanation.rows_in_table,
            seed=explanation.seed,
        )
    sizes = {name: effect.mean_absolute for name, effect in explanation.features.items()}
    yield _finding("model/features", "note", DRIVERS, features=_listed(result, sizes))
    yield from _shares(result, explanation)


def _shares(result: AuditResult, explanation: Explanation) -> Iterator[Finding]:
    plan = result.provenance.plan
    for part in explanation.decompositions:
        words = {
            name: {
                language: group_words(plan, {part.attribute: value}, language)
                for language in LANGUAGES
            }
            for name, value in (("group", part.group), ("reference", part.reference))
        }
        gap = {language: number(language, part.gap, 2) for language in LANGUAGES}
        told = _finding(
            f"shares/{part.attribute}/{part.group}",
            "note",
            SHARES,
            **words,
            gap=gap,
            scale={
                language: translate(language, SCALES[explanation.scale]) for language in LANGUAGES
            },
            features=_listed(result, part.shares),
        )
        about = ((part.attribute, part.group), (part.attribute, part.reference))
        yield told.model_copy(update={"attribute": part.attribute, "groups": about})


def _listed(result: AuditResult, sizes: dict[str, float]) -> dict[str, str]:
    """The largest of them by size, with their numbers, per language."""
    plan = result.provenance.plan
    largest = sorted(sizes.items(), key=lambda item: (-abs(item[1]), item[0]))[:MOST_FEATURES]
    return {
        language: ", ".join(
            f"{column_words(plan, name, language)} ({number(language, size, 2)})"
            for name, size in largest
        )
        for language in LANGUAGES
    }
