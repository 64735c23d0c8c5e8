"""Gaps → findings, one each, passed checks too; never a verdict such as fair or unfair.

See ``telling`` for the ids, ``sentences`` and ``judgements`` for the words.
"""

from collections.abc import Iterator
from functools import partial

from workbench.audit import choices
from workbench.audit.catalogue import GAPS, tested_gaps
from workbench.audit.parts import Finding
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.audit.screens import NO_EUROPEAN_LIMIT, SCREENS
from workbench.audit.words.harms import harms_of, own_reasons
from workbench.audit.words.judgements import Limit, checks, kind_of, limit_words, remarks
from workbench.audit.words.phrases import column_words, quoted
from workbench.audit.words.sentences import gap_sentence, gap_weakness
from workbench.audit.words.telling import finding, per_language
from workbench.basics.text import later, translate

LIMITS = {
    "difference": later("Limit for gaps: {limit}, after {source}."),
    "ratio": later("Limit for ratios: {limit}, after {source}."),
}
REASON = later("Why {gap} was tested: {reason}")
CHOICE_REASON = later("{choice}: {reason}")
DEFAULTS = later("What the plan leaves open: {defaults}")
UNSTATED = later("The plan states no reason for: {choices}.")
HARM_REASON = later("{question} {explanation} This leads to: {gaps}.")
# The same two groups in the same rate as in another gap of the plan: said once.
SAME = {
    "difference": later(
        "{attribute}: The larger gap of the two kinds of error is the one of recognised favourable "
        "cases, see there."
    ),
    "ratio": later(
        "{attribute}: The smaller ratio of the two kinds of error is the one of recognised "
        "favourable cases, see there."
    ),
}
BOTH_ERRORS, RECOGNISED = "equalized_odds", "equal_opportunity"
METHOD = later(
    "The intervals of the gaps take into account that chance alone makes some group the highest "
    "and some the lowest. What is called more than chance was corrected (Holm) for all checks of "
    "this plan ({checks})."
)


def gap_findings(result: AuditResult) -> Iterator[Finding]:
    """One finding per gap: ``gap/<attribute>/<gap>``."""
    plan = result.provenance.plan
    for table, gaps in result.gaps.items():
        for name, gap in gaps.items():
            yield Finding(
                id=f"gap/{table}/{name}",
                kind=kind_of(plan, name, gap),
                attribute=table,
                groups=tuple((table, value) for value in gap.compared),
                text=per_language(partial(_gap_text, result, table, name)),
            )


def _gap_text(result: AuditResult, table: str, name: str, language: str) -> str:
    if other := _same_gap(result, table, name):
        return " ".join(_seen_there(result, table, name, other, language))
    said = [
        gap_sentence(result, table, name, language),
        *remarks(result, table, name, language),
    ]
    gap = result.gaps[table][name]
    if gap.value is not None:
        said.append(gap_weakness(result, table, name, language))
    return " ".join(filter(None, said))


def _same_gap(result: AuditResult, table: str, name: str) -> str:
    """The gap that tells the same rate of the same groups; "" for none."""
    other = name.replace(BOTH_ERRORS, RECOGNISED)
    gap, there = result.gaps[table][name], result.gaps[table].get(other)
    if other == name or there is None or gap.value is None or there.value is None:
        return ""
    ours = (gap.metric, gap.highest, gap.lowest)
    return other if ours == (GAPS[other].metrics[0], there.highest, there.lowest) else ""


def _seen_there(
    result: AuditResult, table: str, name: str, other: str, language: str
) -> Iterator[str]:
    """Where the gap is told, and what of limit and chance is not the same there."""
    named = {"attribute": column_words(result.provenance.plan, table, language)}
    yield translate(language, SAME[GAPS[name].form], named)
    there = set(remarks(result, table, other, language))
    yield from (said for said in remarks(result, table, name, language) if said not in there)


def basis(result: AuditResult) -> Iterator[Finding]:
    """Why and how the gaps were tested: the plan's reasons, the conventions, the method."""
    plan = result.provenance.plan
    yield from _reasons(plan)
    yield from _choices(plan)
    if any(name in SCREENS and name not in plan.limits for name in tested_gaps(plan)):
        yield Finding(
            id="limits",
            kind="note",
            text=per_language(partial(_conventions, result)),
        )
    if (count := checks(result)) > 0:
        yield finding("method", "note", METHOD, checks=count)


def _reasons(plan: AuditPlan) -> Iterator[Finding]:
    """Each harm that the plan is about, with the gaps it leads to; then reasons of one's own."""
    for harm in harms_of(plan):
        yield finding(
            f"reason/{harm.id}",
            "note",
            HARM_REASON,
            question=per_language(partial(translate, message=harm.question)),
            explanation=per_language(partial(translate, message=harm.explanation)),
            gaps=per_language(
                partial(_titles, [name for name in tested_gaps(plan) if name in harm.gaps])
            ),
        )
    for reason, names in own_reasons(plan).items():
        titles = per_language(partial(_titles, names))
        yield finding(f"reason/{names[0]}", "note", REASON, gap=titles, reason=reason)


def _choices(plan: AuditPlan) -> Iterator[Finding]:
    """The reason for each choice of the plan, for what it leaves open, and where one is missing."""
    for name, reason in choices.stated(plan).items():
        title = per_language(partial(translate, message=choices.CHOICES[name].title))
        yield finding(f"reason/{name}", "note", CHOICE_REASON, choice=title, reason=reason)
    if left := [one.default for one in choices.defaults(plan)]:
        words = per_language(partial(_said, left, " "))
        yield finding("reason/defaults", "note", DEFAULTS, defaults=words)
    if missing := [one.title for one in choices.unstated(plan)]:
        words = per_language(partial(_said, missing, "; "))
        yield finding("plan/unstated", "caveat", UNSTATED, choices=words)


def _said(messages: list[str], between: str, language: str) -> str:
    return between.join(translate(language, message) for message in messages)


def _titles(names: list[str], language: str) -> str:
    return ", ".join(quoted(translate(language, GAPS[name].title), language) for name in names)


def _conventions(result: AuditResult, language: str) -> str:
    """The conventions that the gaps were held against, each once."""
    plan = result.provenance.plan
    said = {
        translate(
            language,
            LIMITS[GAPS[name].form],
            {
                "limit": limit_words(name, Limit(SCREENS[name].limit, own=False), language),
                "source": translate(language, SCREENS[name].source),
            },
        ): None
        for name in tested_gaps(plan)
        if name in SCREENS and name not in plan.limits
    }
    return " ".join([*said, translate(language, NO_EUROPEAN_LIMIT)])
