"""Who is hurt by which error? Plain questions that lead to the gaps that an audit tests.

No single number shows every harm, and not all gaps can be small at once: so the people who know
the case choose, before any result is visible. The explanation says why a gap fits a harm; it is
kept in the plan as the reason for the gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.audit.catalogue import tested_gaps
from workbench.audit.plan import AuditPlan
from workbench.basics.text import LANGUAGES, later, translate


@dataclass(frozen=True)
class Harm:
    """One way in which a system's errors hurt people, and the gaps that show it.

    ``question`` is answered with yes or no; ``explanation`` says what is compared then, and why;
    ``gaps`` are names in ``catalogue.GAPS``.
    """

    id: str
    question: str
    explanation: str
    gaps: tuple[str, ...]


HARMS: dict[str, Harm] = {
    harm.id: harm
    for harm in (
        Harm(
            "wrongly_refused",
            later("Does it hurt people when a favourable result is wrongly refused to them?"),
            later(
                "Then people miss what they were entitled to. We compare how many of those with a "
                "favourable outcome are recognised in each group."
            ),
            ("equal_opportunity_difference", "equal_opportunity_ratio"),
        ),
        Harm(
            "given_without_reason",
            later("Does it hurt people, or others, when somebody gets the result without reason?"),
            later(
                "For a check, a suspicion or a sanction, the one who is picked without reason is "
                "hurt; for a benefit, those who go without. We compare how often it happens in "
                "each group."
            ),
            ("false_positive_rate_difference", "false_positive_rate_ratio"),
        ),
        Harm(
            "both_errors",
            later("Do both errors hurt: to be wrongly refused, and to be picked without reason?"),
            later(
                "Then neither error may fall on one group more than on another. We compare both, "
                "and the wider gap counts."
            ),
            ("equalized_odds_difference", "equalized_odds_ratio"),
        ),
        Harm(
            "scarce_or_doubtful",
            later(
                "Is something scarce given out, or does the recorded outcome itself carry old "
                "disadvantages?"
            ),
            later(
                "Then it is no use to ask whether a prediction agrees with the record. We compare "
                "how often each group gets the favourable result at all."
            ),
            ("demographic_parity_difference", "demographic_parity_ratio"),
        ),
        Harm(
            "relied_on_favourable",
            later("Do people rely on a favourable prediction, and are they hurt when it is wrong?"),
            later(
                "Then a favourable prediction must be worth the same for everybody. We compare how "
                "often it is right in each group."
            ),
            ("predictive_parity_difference", "predictive_parity_ratio"),
        ),
        Harm(
            "relied_on_unfavourable",
            later("Does an unfavourable prediction end the matter, without anybody looking again?"),
            later(
                "Then nobody notices when it was wrong. We compare how often an unfavourable "
                "prediction is wrong in each group."
            ),
            ("false_omission_rate_difference", "false_omission_rate_ratio"),
        ),
        Harm(
            "any_error",
            later("Does every error hurt about equally, whichever way it goes?"),
            later(
                "Then the number of errors counts. We compare how often predictions are right in "
                "each group."
            ),
            ("accuracy_difference", "accuracy_ratio"),
        ),
        Harm(
            "rated_lower",
            later("Does the score itself matter, for example for the order of a waiting list?"),
            later(
                "Then a lower score hurts even without a threshold. We compare the mean score of "
                "each group."
            ),
            ("mean_score_difference",),
        ),
        Harm(
            "too_much_or_little",
            later("Is a number predicted, and does it hurt when it is too high or too low?"),
            later(
                "Then no group may be overestimated or underestimated. We compare the mean error, "
                "with its sign, of each group."
            ),
            ("mean_error_difference",),
        ),
        Harm(
            "imprecise",
            later("Is a number predicted, and does it hurt when it is far off, whichever way?"),
            later(
                "Then the size of the errors counts. We compare the mean size of the error of each "
                "group, and how far large errors raise it."
            ),
            ("mean_absolute_error_difference", "root_mean_squared_error_difference"),
        ),
    )
}


def harms_of(plan: AuditPlan) -> list[Harm]:
    """The harms that the plan's reasons name, in whichever language they were kept."""
    return [harm for harm in HARMS.values() if any(gives(harm, why) for why in _reasons(plan))]


def own_reasons(plan: AuditPlan) -> dict[str, list[str]]:
    """The reasons in the plan's own words, each with the tested gaps that it is given for."""
    found: dict[str, list[str]] = {}
    for name in tested_gaps(plan):
        reason = plan.reasons.get(name, "")
        if reason and not any(gives(harm, reason) for harm in HARMS.values()):
            found.setdefault(reason, []).append(name)
    return found


def gives(harm: Harm, reason: str) -> bool:
    """Whether a plan's reason is the explanation of this harm."""
    return any(reason == translate(language, harm.explanation) for language in LANGUAGES)


def _reasons(plan: AuditPlan) -> set[str]:
    return {plan.reasons[name] for name in tested_gaps(plan) if name in plan.reasons}


def gaps_of(chosen: Iterable[str]) -> tuple[str, ...]:
    """The gaps that show the chosen harms (ids), each once; an unknown id raises KeyError."""
    return tuple(dict.fromkeys(gap for harm in chosen for gap in HARMS[harm].gaps))
