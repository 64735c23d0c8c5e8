"""Gaps → findings, one each, passed checks too; never a verdict such as fair or unfair.

See ``telling`` for the ids, ``sentences`` and ``judgements`` for the words.
"""

from collections.abc import Iterator
from functools import partial

from workbench.audit.catalogue import GAPS, tested_gaps
from workbench.audit.parts import Finding
from workbench.audit.results import AuditResult
from workbench.audit.screens import NO_EUROPEAN_LIMIT, SCREENS
from workbench.audit.words.judgements import Limit, checks, kind_of, limit_words, remarks
from workbench.audit.words.phrases import quoted
from workbench.audit.words.sentences import gap_sentence, weakness
from workbench.audit.words.telling import finding, per_language
from workbench.basics.text import later, translate

LIMITS = {
    "difference": later("Limit for gaps: {limit}, after {source}."),
    "ratio": later("Limit for ratios: {limit}, after {source}."),
}
REASON = later("Why {gap} was tested: {reason}")
METHOD = later(
    "The intervals of the gaps take into account that chance alone makes some group the highest "
    "and some the lowest. What is called more than chance was corrected (Holm) for all {checks} "
    "checks of this plan."
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
    said = [
        gap_sentence(result, table, name, language),
        *remarks(result, table, name, language),
    ]
    gap = result.gaps[table][name]
    if gap.value is not None:
        said.append(weakness(gap, result.provenance.plan, language))
    return " ".join(filter(None, said))


def basis(result: AuditResult) -> Iterator[Finding]:
    """Why and how the gaps were tested: the plan's reasons, the conventions, the method."""
    plan = result.provenance.plan
    for name in tested_gaps(plan):
        if name in plan.reasons:
            yield finding(
                f"reason/{name}",
                "note",
                REASON,
                gap=per_language(partial(_quoted_title, name)),
                reason=plan.reasons[name],
            )
    if any(name in SCREENS and name not in plan.limits for name in tested_gaps(plan)):
        yield Finding(
            id="limits",
            kind="note",
            text=per_language(partial(_conventions, result)),
        )
    if (count := checks(result)) > 0:
        yield finding("method", "note", METHOD, checks=count)


def _quoted_title(name: str, language: str) -> str:
    return quoted(translate(language, GAPS[name].title), language)


def _conventions(result: AuditResult, language: str) -> str:
    """The conventions that the gaps were held against, each once."""
    plan = result.provenance.plan
    said = {
        translate(
            language,
            LIMITS[GAPS[name].form],
            {
                "limit": limit_words(name, Limit(SCREENS[name].limit, own=False), language),
                "source": SCREENS[name].source,
            },
        ): None
        for name in tested_gaps(plan)
        if name in SCREENS and name not in plan.limits
    }
    return " ".join([*said, translate(language, NO_EUROPEAN_LIMIT)])
