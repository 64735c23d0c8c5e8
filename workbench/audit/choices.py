"""What a plan chooses beside columns and gaps, each with the plain question for its reason.

Each is a key of ``AuditPlan.reasons``, as each gap is. Where a plan chooses nothing, the workbench
says what holds instead, and why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.audit.catalogue import tested_gaps
from workbench.audit.screens import SCREENS
from workbench.basics.text import later

if TYPE_CHECKING:  # a plan is checked against these choices
    from workbench.audit.plan import AuditPlan

PAIRS = 2


@dataclass(frozen=True)
class Choice:
    """One choice of a plan: what it is called, how its reason is asked for, what else holds.

    ``is_own``: the plan departs from the default, or decides what has none, so a reason is due.
    ``has_default``: the ``default`` holds, a sentence with its own reason (and source).
    ``fields`` of the plan state the choice; none named: the one of the same name.
    """

    name: str
    title: str
    question: str
    hint: str
    is_own: Callable[[AuditPlan], bool]
    default: str = ""
    has_default: Callable[[AuditPlan], bool] = lambda _plan: False
    fields: tuple[str, ...] = ()

    @property
    def stated_by(self) -> tuple[str, ...]:
        """The fields of the plan that state it."""
        return self.fields or (self.name,)


def _has_reasons_by_gap(plan: AuditPlan) -> bool:
    """Each gap has a reason of its own, or a limit, with which it was chosen."""
    return {*plan.gaps} <= {*plan.reasons, *plan.limits}


CHOICES: dict[str, Choice] = {
    choice.name: choice
    for choice in (
        Choice(
            "threshold",
            later("Who counts as chosen by the score"),
            later("Why from this score on, or why so many people?"),
            later(
                "Needed for a score. Any other number refuses or picks other people: say why this "
                "one is right. The reason will be public."
            ),
            lambda p: p.threshold is not None or p.top_k is not None,
            fields=("threshold", "top_k"),
        ),
        Choice(
            "edges",
            later("Where groups of numbers begin"),
            later("Why do the groups begin at these numbers?"),
            later(
                "Needed if you stated numbers. Other edges can hide a gap or show one. For "
                "example: the support ends at 25. The reason will be public."
            ),
            lambda p: bool(p.edges),
        ),
        Choice(
            "references",
            later("Reference groups"),
            later("Why are the others compared with this group?"),
            later(
                "Needed if you named a group. For example: it was favoured so far. The reason "
                "will be public."
            ),
            lambda p: bool(p.references),
            later(
                "All groups are compared with each other and with everybody, because no group is "
                "the measure of the others."
            ),
            lambda p: not p.references,
        ),
        Choice(
            "depth",
            later("At most so many attributes are combined"),
            later("Why not pairs?"),
            later(
                "Needed for anything but pairs. More attributes find more, but leave fewer people "
                "per group. The reason will be public."
            ),
            lambda p: p.depth != PAIRS,
            later(
                "Pairs of attributes are combined, because a disadvantage can lie in a "
                "combination and show in no single attribute (Crenshaw 1989; Kearns et al. 2018)."
            ),
            lambda p: p.depth == PAIRS and len(p.attributes) > 1,
        ),
        Choice(
            "gaps",
            later("Gaps that are tested"),
            later("Who is hurt by which error?"),
            "",
            lambda p: bool(p.gaps) and ("gaps" in p.reasons or not _has_reasons_by_gap(p)),
            later(
                "All usual gaps that the columns allow are tested, because no single number shows "
                "every harm, and not all gaps can be small at once (Kleinberg et al. 2017; "
                "Chouldechova 2017)."
            ),
            lambda p: not p.gaps,
        ),
        Choice(
            "limits",
            later("Limits"),
            later("Why these limits?"),
            later(
                "Needed for a limit of your own. Say what a gap of this size means for people. "
                "The reason will be public."
            ),
            lambda p: bool(p.limits),
            later(
                "Limits are conventions, where there is one, because German and European law know "
                "no fixed limit (29 CFR 1607.4(D), USA; AI Fairness 360)."
            ),
            lambda p: not p.limits and not SCREENS.keys().isdisjoint(tested_gaps(p)),
        ),
        Choice(
            "thresholds",
            later("Small groups"),
            later("Why these numbers of people?"),
            later(
                "Needed if you changed one of the three numbers. Lower ones show more and protect "
                "less. The reason will be public."
            ),
            lambda p: bool(p.thresholds.model_dump(exclude_defaults=True)),
            later(
                "Groups of fewer than 10 people are not published, numbers about fewer than 30 "
                "not assessed, about fewer than 100 called uncertain. This is a proposal of the "
                "workbench: no German or European rule states such numbers for checks. Official "
                "statistics hide cells of fewer than 3."
            ),
            lambda p: not p.thresholds.model_dump(exclude_defaults=True),
        ),
    )
}


def stated(plan: AuditPlan) -> dict[str, str]:
    """The reasons that the plan states for its choices, by name; none for what it leaves open."""
    return {
        name: plan.reasons[name]
        for name, choice in CHOICES.items()
        if plan.reasons.get(name, "").strip() and (choice.is_own(plan) or choice.has_default(plan))
    }


def unstated(plan: AuditPlan) -> list[Choice]:
    """The choices that the plan makes of its own and states no reason for."""
    given = stated(plan)
    return [one for name, one in CHOICES.items() if one.is_own(plan) and name not in given]


def defaults(plan: AuditPlan) -> list[Choice]:
    """The choices that the plan leaves to the workbench."""
    given = stated(plan)
    return [one for name, one in CHOICES.items() if one.has_default(plan) and name not in given]
