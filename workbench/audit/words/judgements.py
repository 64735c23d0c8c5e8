"""How a gap lies to its limit and to chance, in plain words; people judge, not the numbers.

The limit is the plan's own, else a convention's (``screens``); without either, none is made up.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbench.audit.catalogue import GAPS, tested_gaps
from workbench.audit.metrics import MEANS
from workbench.audit.parts import Gap, Kind
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.audit.screens import SCREENS
from workbench.audit.words.phrases import digits_for, figure, points, stated_points
from workbench.basics.text import later, number, translate

SURELY_BEYOND = later(
    "That is beyond the limit of {limit}, at both ends of the interval too, and asks for a "
    "justification."
)
BEYOND = later(
    "That is beyond the limit of {limit} and asks for a justification; at one end of the interval "
    "it would lie within."
)
WITHIN = later("That is within the limit of {limit}, but the data also fit a larger gap.")
SURELY_WITHIN = later("That is within the limit of {limit}, at both ends of the interval too.")
NO_LIMIT = later("Neither the plan nor a convention states a limit for it.")
OWN_LIMIT = later("{limit} (set by the plan)")
OF_HUNDRED = later("{share} of 100")
MORE_THAN_CHANCE = later(
    "Also after correcting for all checks of this plan ({checks}), this is more than chance."
)
NOT_THESE_TWO = later(
    "Also after correcting for all checks of this plan ({checks}), these groups differ by more "
    "than chance, but not necessarily the two named here."
)
MAY_BE_CHANCE = later("After correcting for all checks of this plan ({checks}), it may be chance.")
POWER = later(
    "With so many people and checks, a gap of {gap} or more would have been called more than "
    "chance in 8 of 10 cases."
)
# (the groups differ by more than chance, the two named ones do)
CHANCES = {
    (True, True): MORE_THAN_CHANCE,
    (True, False): NOT_THESE_TWO,
    (False, False): MAY_BE_CHANCE,
}
# From here on, chance alone would give such a result too often (see ``Gap.p_adjusted``).
SIGNIFICANCE = 0.05
# (beyond, at the near end of the interval beyond too, at the far end beyond) → kind and words
JUDGEMENTS: Mapping[tuple[bool, bool], tuple[Kind, str]] = {
    (True, True): ("attention", SURELY_BEYOND),
    (True, False): ("attention", BEYOND),
    (False, True): ("open", WITHIN),
    (False, False): ("passed", SURELY_WITHIN),
}


@dataclass(frozen=True)
class Limit:
    """From where on a gap asks for a justification; ``own``: the plan's, else a convention's."""

    value: float
    own: bool


def limit_of(plan: AuditPlan, name: str) -> Limit | None:
    """The limit for a gap; None when neither the plan nor a convention states one."""
    if name in plan.limits:
        return Limit(plan.limits[name], own=True)
    screen = SCREENS.get(name)
    return Limit(screen.limit, own=False) if screen else None


def judgement(plan: AuditPlan, name: str, gap: Gap) -> tuple[Kind, str, Limit] | None:
    """How a gap lies to its limit: kind, message, limit; None without a value or a limit."""
    limit = limit_of(plan, name)
    if limit is None or gap.value is None or gap.low is None:
        return None
    ratio, high = GAPS[name].form == "ratio", math.inf if gap.high is None else gap.high
    beyond = [
        end < limit.value if ratio else end > limit.value
        for end in (gap.value, *((high, gap.low) if ratio else (gap.low, high)))
    ]
    kind, message = JUDGEMENTS[beyond[0], beyond[1] if beyond[0] else beyond[2]]
    return kind, message, limit


def kind_of(plan: AuditPlan, name: str, gap: Gap) -> Kind:
    """What a gap is as a finding.

    Without a limit, more than chance is "open", because only people can say whether it is too
    much, unless the same gap is judged in its other form; anything else is a note. Without a
    value it weakens the audit.
    """
    if gap.value is None:
        return "caveat"
    judged = judgement(plan, name, gap)
    if judged is not None:
        return judged[0]
    return "open" if is_more_than_chance(gap) and not _judged_otherwise(plan, name) else "note"


def _judged_otherwise(plan: AuditPlan, name: str) -> bool:
    """Whether the plan tests the same gap as a difference instead of a ratio, with a limit."""
    other = name.removesuffix("_ratio") + "_difference"
    return name.endswith("_ratio") and other in tested_gaps(plan) and bool(limit_of(plan, other))


def is_more_than_chance(gap: Gap) -> bool | None:
    """Whether the compared groups differ by more than chance; None: not known.

    Corrected for all checks of the plan. Which of the groups differ, it does not say.
    """
    return None if gap.p_adjusted is None else gap.p_adjusted < SIGNIFICANCE


def is_sure(name: str, gap: Gap) -> bool:
    """Whether the very two groups that the gap names differ by more than chance.

    They were picked as the highest and the lowest, so where there are more groups or metrics, the
    test of all is not enough: their own interval must exclude that they are equal, too.
    """
    if not is_more_than_chance(gap):
        return False
    if len(gap.compared) == 2 and gap.metric is None:
        return True
    if GAPS[name].form == "ratio":
        return gap.pair_high is not None and gap.pair_high < 1
    return gap.pair_low is not None and gap.pair_low > 0


def checks(result: AuditResult) -> int:
    """How many checks against chance the plan makes; a difference and its ratio are one."""
    tests = {
        (table, GAPS[name].metrics)
        for table, gaps in result.gaps.items()
        for name, gap in gaps.items()
        if gap.p_value is not None
    }
    return len(tests)


def remarks(result: AuditResult, table: str, name: str, language: str) -> Iterator[str]:
    """The sentences after a gap's own: limit, chance, and what could have been seen at all."""
    plan, gap = result.provenance.plan, result.gaps[table][name]
    if gap.value is None:
        return
    judged = judgement(plan, name, gap)
    if judged is None:
        yield translate(language, NO_LIMIT)
    else:
        yield translate(language, judged[1], {"limit": limit_words(name, judged[2], language)})
    sure = is_more_than_chance(gap)
    if sure is None:
        return
    values = {"checks": checks(result)}
    yield translate(language, CHANCES[sure, is_sure(name, gap)], values)
    # The smallest gap is a difference: beside a ratio it would read as if it were one.
    if not sure and gap.detectable is not None and GAPS[name].form == "difference":
        said = {"gap": difference_words(name, gap.detectable, language)}
        yield translate(language, POWER, said)


def limit_words(name: str, limit: Limit, language: str) -> str:
    """A limit in words: "10 percentage points", "80 of 100 (set by the plan)"."""
    if GAPS[name].form == "ratio":
        share = number(language, 100 * limit.value)
        said = translate(language, OF_HUNDRED, {"share": share})
    else:
        said = _plain(name, limit.value, language)
    return translate(language, OWN_LIMIT, {"limit": said}) if limit.own else said


def _plain(name: str, value: float, language: str) -> str:
    """A stated number without more decimals than were stated."""
    if GAPS[name].metrics[0] in MEANS:
        return number(language, value)
    return stated_points(value, language)


def difference_words(name: str, difference: float, language: str) -> str:
    """A difference in percentage points, or in the unit of a mean."""
    if GAPS[name].metrics[0] in MEANS:
        return figure(language, difference, digits_for(difference))
    return points(language, difference)
