"""Two audits side by side: how each gap changed, and whether by more than chance.

Where both rest on the same rows, chance moves both; how much alike, ``measures.pairs`` counts.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from workbench.audit import chance
from workbench.audit.catalogue import GAPS
from workbench.audit.chance import Place
from workbench.audit.parts import Change, Comparison, Gap, Texts
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words, value_words
from workbench.basics.text import LANGUAGES, later, translate

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
READ_DIFFERENTLY = later(
    "The audits read the file in two ways, so the changes are not tested against chance."
)
NO_TABLE = later(
    "The table of these audits is not kept here, so the changes are not tested against chance."
)


def compared(
    before: AuditResult, after: AuditResult, correlations: Mapping[Place, float] | None = None
) -> Comparison:
    """What changed from one audit to a later one, for every gap that both have.

    A change is the later gap minus the earlier one, whichever groups are highest and lowest: below
    0, a difference became smaller; for a ratio, above 0 means closer to 1. Its 95 % interval
    follows from both gaps' own and their correlation (MOVER: Zou 2007, Zou and Donner 2008; of two
    shares it is method 10 of Newcombe 1998), its probability from the end that points to no
    change, as if it were normal. Audits of different tables are taken to be independent. Where
    one rests on counts, nobody knows whether these are the same people, nor who was judged how
    both times: then the correlation is taken to be the worst one. For audits of the same rows
    ``correlations`` come from ``measures.pairs.correlations``; without
    them a change has neither interval nor probability, and ``untested`` says why. Gaps of several
    groups have intervals wider than ordinary ones, so their changes are more certain than said.
    ``obstacles`` are reasons to distrust the changes; ``left_out`` are gaps that only one audit
    states.

    Of published results nothing hidden is told: a change is the difference of two published
    numbers. Its interval adds the correlation, from which follows at most how many people of a
    published group, large enough to be assessed, were predicted otherwise; never who, and nothing
    about a hidden group.

    >>> from pathlib import Path
    >>> from workbench.audit import AuditPlan, audited, compared
    >>> table, plan = Path("docs/example/decisions.csv"), AuditPlan(
    ...     outcome="paid", score="score", threshold=0.5, positive="1", attributes=("sex",),
    ...     gaps=("demographic_parity_difference",), reason="A loan decides.")
    >>> later = plan.model_copy(update={"threshold": 0.7})
    >>> found = compared(audited(table, plan), audited(table, later))
    >>> [(one.gap, round(one.before, 3), round(one.after, 3)) for one in found.changes]
    [('demographic_parity_difference', 0.144, 0.206)]
    >>> print(found.obstacles[0]["en"])
    The score was turned into a decision in another way. Part of the changes may come from this.
    """
    first, second = _stated(before), _stated(after)
    changes = {
        place: _change(place, first[place], second[place]) for place in first if place in second
    }
    same_data = before.provenance.data_sha256 == after.provenance.data_sha256
    counts = _holds_counts(before, after)
    same_rows = same_data and not counts
    untested = _untested(before, after, correlations) if same_rows else None
    alike: Mapping[Place, float | None] = dict.fromkeys(changes, None if counts else 0.0)
    if same_rows:
        alike = correlations or {}
    tested = {} if untested else chance.tested(alike, first, second)
    return Comparison(
        changes=tuple(
            change.model_copy(update=tested.get(place, {})) for place, change in changes.items()
        ),
        left_out=tuple(place for place in (first | second) if place not in changes),
        obstacles=tuple(_obstacles(before, after)),
        same_data=same_data,
        untested=untested,
    )


def can_be_paired(before: AuditResult, after: AuditResult) -> bool:
    """Whether both audits rest on the same rows in a way that correlations can be counted."""
    first, second = before.provenance, after.provenance
    same_data = first.data_sha256 == second.data_sha256
    alike = first.plan.dialect == second.plan.dialect
    return same_data and alike and not _holds_counts(before, after)


def _holds_counts(before: AuditResult, after: AuditResult) -> bool:
    """Whether one of the tables holds counts, which do not say who was judged how."""
    return any(result.provenance.plan.counts for result in (before, after))


def _untested(
    before: AuditResult, after: AuditResult, correlations: Mapping[Place, float] | None
) -> Texts | None:
    """Why the same rows are not put side by side; None when they are."""
    if before.provenance.plan.dialect != after.provenance.plan.dialect:
        return _said(READ_DIFFERENTLY)
    return _said(NO_TABLE) if correlations is None else None


def _stated(result: AuditResult) -> dict[Place, Gap]:
    """All gaps of a result that have a value."""
    return {
        (attribute, name): gap
        for attribute, gaps in result.gaps.items()
        for name, gap in gaps.items()
        if gap.value is not None
    }


def _change(place: Place, before: Gap, after: Gap) -> Change:
    """One change, not tested against chance."""
    old, new = before.value or 0.0, after.value or 0.0
    return Change(attribute=place[0], gap=place[1], before=old, after=new, value=new - old)


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
    # Counts and numbers name no favourable value; that they differ is said by what follows.
    if first.positive and second.positive and first.positive != second.positive:
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
