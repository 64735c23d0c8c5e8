"""Two audits side by side: how each gap changed, and whether by more than chance.

Only audits of different tables are tested against chance.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from statistics import NormalDist

from workbench.audit.catalogue import GAPS
from workbench.audit.measures.multiplicity import holm
from workbench.audit.parts import Change, Comparison, Gap, Texts
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words, value_words
from workbench.basics.text import LANGUAGES, later, translate

Z = NormalDist().inv_cdf(0.975)
Place = tuple[str, str]  # attribute, gap

OTHER_TASK = later("One audit compares decisions, the other numbers. They have nothing in common.")
OTHER_POSITIVE = later(
    "Another value counts as favourable: first “{before}”, later “{after}”. The changes do not "
    "show what became better or worse."
)
OTHER_COLUMNS = later(
    "Outcome, prediction or score were other columns. Check that they mean the same before you "
    "rely on the changes."
)
OTHER_CUT = later(
    "The score was turned into a decision in another way. Part of the changes may come from this."
)
OTHER_WEIGHTS = later(
    "One audit counts weighted people, the other does not, or by another weight. Part of the "
    "changes may come from this."
)
OTHER_EDGES = later(
    "The groups of “{attribute}” have other edges, so they are other people. Do not rely on the "
    "changes there."
)
OTHER_GROUPS = later(
    "In “{attribute}”, other groups were compared: only first {before}; only later {after}. Part "
    "of the changes may come from this."
)
NONE = later("none")


def compared(before: AuditResult, after: AuditResult) -> Comparison:
    """What changed from one audit to a later one, for every gap that both have.

    A change is the later gap minus the earlier one, whichever groups are highest and lowest: below
    0, a difference became smaller; for a ratio, above 0 means closer to 1. Its 95 % interval
    follows from both gaps' own (MOVER: Zou and Donner 2008) and its probability from the end that
    points to no change, as if it were normal; both assume that different people were audited.
    Audits of the same rows are not independent, so there a change has neither: it is exact for
    these rows. Gaps of several groups have intervals wider than ordinary ones, so their changes
    are more certain than said. ``obstacles`` are reasons to distrust the changes; ``left_out`` are
    gaps that only one audit states.
    """
    first, second = _stated(before), _stated(after)
    changes = {
        place: _change(place, first[place], second[place]) for place in first if place in second
    }
    same_data = before.provenance.data_sha256 == after.provenance.data_sha256
    return Comparison(
        changes=tuple((changes if same_data else _tested(changes, first, second)).values()),
        left_out=tuple(place for place in (first | second) if place not in changes),
        obstacles=tuple(_obstacles(before, after)),
        same_data=same_data,
    )


def _stated(result: AuditResult) -> dict[Place, Gap]:
    """All gaps of a result that have a value and both ends."""
    return {
        (attribute, name): gap
        for attribute, gaps in result.gaps.items()
        for name, gap in gaps.items()
        if None not in (gap.value, gap.low, gap.high)
    }


def _change(place: Place, before: Gap, after: Gap) -> Change:
    """One change, not tested against chance."""
    (old, *_), (new, *_) = _numbers(before), _numbers(after)
    return Change(attribute=place[0], gap=place[1], before=old, after=new, value=new - old)


def _tested(
    changes: Mapping[Place, Change], first: Mapping[Place, Gap], second: Mapping[Place, Gap]
) -> dict[Place, Change]:
    """The changes between audits of different people, with interval and corrected probability."""
    tests = {place: _test(first[place], second[place]) for place in changes}
    corrected = holm({place: probability for place, (*_, probability) in tests.items()})
    return {
        place: change.model_copy(
            update={
                "low": tests[place][0],
                "high": tests[place][1],
                "p_adjusted": corrected[place],
            }
        )
        for place, change in changes.items()
    }


def _test(before: Gap, after: Gap) -> tuple[float, float, float]:
    """Both ends of a change's interval, and its probability without correction."""
    old, old_low, old_high = _numbers(before)
    new, new_low, new_high = _numbers(after)
    value = new - old
    down = ((new - new_low) ** 2 + (old_high - old) ** 2) ** 0.5
    up = ((new_high - new) ** 2 + (old - old_low) ** 2) ** 0.5
    error = (down if value > 0 else up) / Z
    probability = 2 * NormalDist().cdf(-abs(value) / error) if error > 0 else float(value == 0)
    return value - down, value + up, probability


def _numbers(gap: Gap) -> tuple[float, float, float]:
    numbers = [number for number in (gap.value, gap.low, gap.high) if number is not None]
    value, low, high = numbers
    return value, low, high


Differs = Callable[[AuditPlan], object]
# What must be the same in both plans, and what is said otherwise.
ALIKE: tuple[tuple[Differs, str], ...] = (
    (lambda plan: plan.task, OTHER_TASK),
    (lambda plan: (plan.outcome, plan.prediction, plan.score), OTHER_COLUMNS),
    (lambda plan: (plan.threshold, plan.top_k), OTHER_CUT),
    (lambda plan: plan.weight, OTHER_WEIGHTS),
)


def _obstacles(before: AuditResult, after: AuditResult) -> Iterator[Texts]:
    first, second = before.provenance.plan, after.provenance.plan
    if first.positive != second.positive:
        yield _said(OTHER_POSITIVE, before=first.positive, after=second.positive)
    for part, message in ALIKE:
        if part(first) != part(second):
            yield _said(message)
    for attribute in first.attributes:
        if attribute not in second.attributes:
            continue
        if first.edges.get(attribute) != second.edges.get(attribute):
            yield _texts(partial(_of_attribute, second, attribute, OTHER_EDGES, [], []))
        elif any(groups := _other_groups(attribute, before, after)):
            yield _texts(partial(_of_attribute, second, attribute, OTHER_GROUPS, *groups))


def _other_groups(
    attribute: str, before: AuditResult, after: AuditResult
) -> tuple[list[str], list[str]]:
    """The groups compared only before and only after, in any gap that both state.

    A gap that is hidden or could not be assessed does not say which groups there are.
    """
    lost, new = set[str](), set[str]()
    first, second = (
        {name: gap for name, gap in found.items() if gap.value is not None}
        for found in (result.gaps.get(attribute, {}) for result in (before, after))
    )
    for name in GAPS:
        if name in first and name in second:
            lost |= set(first[name].compared) - set(second[name].compared)
            new |= set(second[name].compared) - set(first[name].compared)
    return sorted(lost), sorted(new)


def _of_attribute(
    plan: AuditPlan,
    attribute: str,
    message: str,
    before: list[str],
    after: list[str],
    language: str,
) -> str:
    """The message about an attribute, and the groups before and after."""
    words = partial(value_words, plan, attribute, language=language)
    values = {
        "attribute": column_words(plan, attribute, language),
        "before": ", ".join(map(words, before)) or translate(language, NONE),
        "after": ", ".join(map(words, after)) or translate(language, NONE),
    }
    return translate(language, message, values)


def _said(message: str, **values: object) -> Texts:
    return _texts(lambda language: translate(language, message, values))


def _texts(words: Callable[[str], str]) -> Texts:
    return {language: words(language) for language in LANGUAGES}
