"""How the numbers of an audit come about, for the report: method, what it does, source."""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.audit.metrics import MEANS, RATES
from workbench.audit.results import AuditResult
from workbench.basics.text import later


@dataclass(frozen=True)
class Method:
    """One method in plain words, where it is described, and whether it was used for a result."""

    title: str
    what: str
    source: str
    is_used: Callable[[AuditResult], bool] = lambda _result: True


def _has_rates(result: AuditResult) -> bool:
    return not RATES.keys().isdisjoint(result.overall.metrics)


def _has_means(result: AuditResult) -> bool:
    return not MEANS.keys().isdisjoint(result.overall.metrics)


def _has_weights(result: AuditResult) -> bool:
    return bool(result.provenance.plan.weight)


def _has_explanation(result: AuditResult) -> bool:
    return result.explanation is not None


def used(result: AuditResult) -> list[Method]:
    """The methods that the numbers of a result come from."""
    return [method for method in METHODS if method.is_used(result)]


# Not of one audit but of two.
CHANGES = Method(
    later("Changes between two audits"),
    later(
        "The interval of a change follows from the intervals of both gaps. Where both audits "
        "rest on the same rows, it takes into account how many people were predicted alike "
        "both times, or by how much their numbers changed. Where this is unknown, because a table "
        "holds counts, both intervals are put end to end: a change cannot be less certain than "
        "that (Cauchy and Schwarz)."
    ),
    "Newcombe 1998; Zou 2007, doi:10.1037/1082-989X.12.4.399; Agresti & Min 2005; "
    "Särndal, Swensson & Wretman 1992, 5.5; Steele 2004, chapter 1",
)
METHODS: tuple[Method, ...] = (
    Method(
        later("Shares and their intervals"),
        later(
            "Each share is counted, not estimated. Its 95 % interval (Wilson) says which true "
            "shares fit what was counted. 0 of 0 is called not defined, never 0."
        ),
        "Wilson 1927, doi:10.1080/01621459.1927.10502953",
        _has_rates,
    ),
    Method(
        later("Means and their intervals"),
        later("The 95 % interval of a mean follows Student's t distribution."),
        "Student 1908, doi:10.1093/biomet/6.1.1",
        _has_means,
    ),
    Method(
        later("Weights"),
        later(
            "Where people are weighted, intervals rest on how many equally weighted people would "
            "be as certain: the smaller number of two formulas, one for weights that have nothing "
            "to do with what is measured, one for weights that do."
        ),
        "Kish 1965, Survey Sampling; Särndal, Swensson & Wretman 1992, 5.5",
        _has_weights,
    ),
    Method(
        later("Gaps and their intervals"),
        later(
            "A gap lies between the highest and the lowest group that can be assessed. Chance "
            "picks these two and so makes the gap larger than it is. Its 95 % interval therefore "
            "holds those true gaps beside which the observed one is not unusual: the groups are "
            "moved to lie so far apart, and people drawn anew many times, with a stated start "
            "number."
        ),
        "Newcombe 1998; Zou & Donner 2008, doi:10.1002/sim.3095; "
        "Chuang & Lai 2000, Statistica Sinica 10",
    ),
    Method(
        later("More than chance"),
        later(
            "The probability of such differences if all groups were equal: chi-square, with few "
            "people an exact test; for means Welch's analysis of variance. Corrected for all "
            "checks of the plan (Holm), so that among all of them at most 5 % of audits without "
            "any difference would say “more than chance”."
        ),
        "Holm 1979; Welch 1951, doi:10.1093/biomet/38.3-4.330",
    ),
    Method(
        later("Exact tests"),
        later(
            "Where fewer than 5 people are expected in a part of the table: Fisher's exact test "
            "for two groups, 9,999 drawn tables with the same totals for more. Beside more than "
            "a million people the exact binomial test: how many of the few would get the "
            "prediction if each got it with the same probability."
        ),
        later("Cochran 1954; Fisher 1935; Patefield 1981; Conover 1999, chapter 3 (binomial test)"),
        _has_rates,
    ),
    Method(
        later("The smallest gap that would have shown"),
        later(
            "With these numbers of people, a gap of this size would have been noticed in 80 % of "
            "samples. A smaller one may exist and stay unseen."
        ),
        later("Fleiss, Levin & Paik 2003, chapter 4"),
    ),
    Method(
        later("Small groups"),
        later(
            "Below the stated number of people a group is not published, and as many others with "
            "it as are needed so that nobody can compute it back."
        ),
        "Hundepool et al. 2012, Statistical Disclosure Control",
    ),
    Method(
        later("Effects of columns on the model"),
        later(
            "SHAP shares out the model's score among its columns. The effects add up to the score; "
            "the error of this sum is stated. They describe the model, not causes."
        ),
        "Lundberg & Lee 2017, arXiv:1705.07874",
        _has_explanation,
    ),
)
