"""The parts of a result as they may be published: what is hidden is taken out or marked."""

from collections.abc import Iterator, Mapping
from functools import partial

from workbench.audit.hiding import LEAST_THRESHOLDS, Hidden
from workbench.audit.parts import Finding, Gap, Group, Measure, Policy, ScoreBin, Tradeoff
from workbench.audit.parts_explanation import Explanation, Proxy, Spread
from workbench.audit.plan import AuditPlan
from workbench.audit.suppression import Key
from workbench.audit.words.phrases import column_words
from workbench.basics.text import LANGUAGES, later, translate

SUPPRESSED = Measure(status="suppressed")
NO_GAP = Gap(status="suppressed")
# Of a policy, so many decimals: more would only look exact. They hide nothing: see ``hiding``.
DECIMALS = 3

GROUPS_HIDDEN = later(
    "{count} groups of {attribute} are not published: they have fewer than {minimum} people, or "
    "would allow a smaller group to be computed back."
)
METRICS_HIDDEN = later(
    "Groups of {attribute} of which some numbers are not published: {count}. These numbers would "
    "tell about one or two people in a group of fewer than {certain}, or allow this to be computed."
)
BINS_HIDDEN = later(
    "Score ranges of groups of {attribute} that are not published: {count}. They hold fewer than "
    "{minimum} people, tell about one or two, or would allow this to be computed."
)

Gaps = Mapping[str, Mapping[str, Gap]]


def shown_groups(
    tables: Mapping[str, Mapping[str, Group]], hidden: Hidden
) -> dict[str, dict[str, Group]]:
    """All groups, without what is hidden of them."""
    return {
        table: {value: _shown(group, (table, value), hidden) for value, group in groups.items()}
        for table, groups in tables.items()
    }


def _shown(group: Group, key: Key, hidden: Hidden) -> Group:
    metrics = {
        name: SUPPRESSED if hidden.metric(key, name) else measure
        for name, measure in group.metrics.items()
    }
    if key not in hidden.groups:
        return group.model_copy(update={"metrics": metrics})
    return group.model_copy(update={"n": None, "status": "suppressed", "metrics": metrics})


def shown_gaps(tables: Gaps, hidden: Hidden) -> dict[str, dict[str, Gap]]:
    """All gaps, without those that rest on a hidden number."""
    return {
        table: {
            name: NO_GAP if any(hidden.gap((table, each), name) for each in gap.compared) else gap
            for name, gap in gaps.items()
        }
        for table, gaps in tables.items()
    }


def shown_comparisons(
    tables: Mapping[str, Gaps], hidden: Hidden
) -> dict[str, dict[str, dict[str, Gap]]]:
    """Each group beside another one, without what rests on a hidden number."""
    return {
        table: {
            value: {
                name: NO_GAP if _is_touched(table, (value, *gap.compared), name, hidden) else gap
                for name, gap in gaps.items()
            }
            for value, gaps in values.items()
        }
        for table, values in tables.items()
    }


def _is_touched(table: str, values: tuple[str, ...], name: str, hidden: Hidden) -> bool:
    """Whether a comparison of this name rests on a hidden number of one of these groups."""
    metric = name.removesuffix("_difference").removesuffix("_ratio")
    return any(hidden.metric((table, value), metric) for value in values)


def shown_bins(
    tables: Mapping[str, Mapping[str, tuple[ScoreBin, ...]]], hidden: Hidden
) -> dict[str, dict[str, tuple[ScoreBin, ...]]]:
    """The score bins of groups that are shown; of hidden bins the edges only."""
    gone = {"mean_score": None, "share": SUPPRESSED}
    return {
        table: {
            value: tuple(
                one.model_copy(update=gone) if (table, value, place) in hidden.bins else one
                for place, one in enumerate(bins)
            )
            for value, bins in values.items()
            if (table, value) not in hidden.groups
        }
        for table, values in tables.items()
    }


def shown_tradeoffs(tradeoffs: Mapping[str, Tradeoff], hidden: Hidden) -> dict[str, Tradeoff]:
    """The tradeoffs of attributes of which nothing is hidden, rounded.

    Without the thresholds that would tell about hidden score bins. Where the most accurate one is
    among these, or fewer than LEAST_THRESHOLDS are left, nothing remains to be compared.
    """
    found = {
        table: _told(table, tradeoff, hidden)
        for table, tradeoff in tradeoffs.items()
        if table not in hidden.tradeoffs
    }
    return {
        table: tradeoff
        for table, tradeoff in found.items()
        if not tradeoffs[table].common
        or (
            len(tradeoff.common) >= LEAST_THRESHOLDS
            and tradeoff.by_group[:1] == tuple(map(_rounded, tradeoffs[table].by_group[:1]))
        )
    }


def _told(table: str, tradeoff: Tradeoff, hidden: Hidden) -> Tradeoff:
    """The policies all of whose thresholds may be shown, rounded."""
    common, by_group = (
        tuple(
            _rounded(policy)
            for policy in policies
            if not any(hidden.threshold(table, score) for score in policy.thresholds.values())
        )
        for policies in (tradeoff.common, tradeoff.by_group)
    )
    return tradeoff.model_copy(update={"common": common, "by_group": by_group})


def _rounded(policy: Policy) -> Policy:
    gaps = {
        name: None if gap is None else round(gap, DECIMALS) for name, gap in policy.gaps.items()
    }
    return policy.model_copy(update={"accuracy": round(policy.accuracy, DECIMALS), "gaps": gaps})


def shown_proxies(
    proxies: Mapping[str, tuple[Proxy, ...]], minimum: int
) -> dict[str, tuple[Proxy, ...]]:
    """The proxies that rest on enough rows."""
    return {
        attribute: tuple(proxy for proxy in found if proxy.n >= minimum)
        for attribute, found in proxies.items()
    }


def shown_explanation(explanation: Explanation, hidden: Hidden, minimum: int) -> Explanation:
    """What drives the model, without hidden groups, small spreads and single rows."""
    return explanation.model_copy(
        update={
            "groups": {
                table: {
                    value: effects
                    for value, effects in values.items()
                    if (table, value) not in hidden.groups
                }
                for table, values in explanation.groups.items()
            },
            "decompositions": tuple(
                part
                for part in explanation.decompositions
                if hidden.groups.isdisjoint(
                    {(part.attribute, part.group), (part.attribute, part.reference)}
                )
            ),
            "spreads": _shown_spreads(explanation.spreads, hidden, minimum),
            "row_explanations": (),
        }
    )


def _shown_spreads(spreads: tuple[Spread, ...], hidden: Hidden, minimum: int) -> tuple[Spread, ...]:
    """The spreads of columns all of whose parts are large enough.

    The parts of a column add up to the rows explained, so one left out would be known; and a
    column that is an attribute has its groups as parts.
    """
    small = {spread.feature for spread in spreads if spread.n < minimum}
    small |= {table for table, _ in hidden.groups}
    return tuple(spread for spread in spreads if spread.feature not in small)


def shown_findings(findings: tuple[Finding, ...], hidden: Hidden) -> Iterator[Finding]:
    """The sentences that tell nothing hidden; which numbers they tell about, their id says."""
    tables = {table for table, _, _ in hidden.bins}
    for told in findings:
        subject, *rest = told.id.split("/")
        if subject == "gap":
            keep = not any(hidden.gap(key, rest[-1]) for key in told.groups)
        elif subject in {"small", "missing"}:
            keep = hidden.groups.isdisjoint(told.groups)
        elif subject == "calibration":
            keep = hidden.anything.isdisjoint(told.groups) and told.attribute not in tables
        elif subject == "tradeoff":
            keep = told.attribute not in hidden.tradeoffs | tables
        else:
            keep = hidden.anything.isdisjoint(told.groups)
        if keep:
            yield told


def notes(hidden: Hidden, plan: AuditPlan, tables: Mapping[str, object]) -> Iterator[Finding]:
    """How much is hidden where: ``hidden/<attribute>``, ``…/metrics`` and ``…/scores``."""
    for table in tables:
        groups = sum(key[0] == table for key in hidden.groups)
        some = sum(key[0] == table for key in hidden.anything - hidden.groups)
        bins = sum(place[0] == table and place[:2] not in hidden.groups for place in hidden.bins)
        for name, message, count in (
            (f"hidden/{table}", GROUPS_HIDDEN, groups),
            (f"hidden/{table}/metrics", METRICS_HIDDEN, some),
            (f"hidden/{table}/scores", BINS_HIDDEN, bins),
        ):
            if count:
                said = partial(_note, message, table, count, plan)
                yield Finding(
                    id=name,
                    kind="note",
                    attribute=table,
                    text={language: said(language) for language in LANGUAGES},
                )


def _note(message: str, table: str, count: int, plan: AuditPlan, language: str) -> str:
    values = {
        "count": count,
        "attribute": column_words(plan, table, language),
        "minimum": plan.thresholds.publish_minimum,
        "certain": plan.thresholds.certain_minimum,
    }
    return translate(language, message, values)
