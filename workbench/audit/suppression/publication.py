"""The parts of a result as they may be published: what is hidden is taken out or marked."""

from collections.abc import Iterator, Mapping, Sequence

from workbench.audit.parts import ChartText, Finding, Gap, Group, Measure, ScoreBin
from workbench.audit.parts_explanation import Explanation, Proxy, Spread
from workbench.audit.suppression.hiding import Hidden
from workbench.audit.suppression.secondary import Key

SUPPRESSED = Measure(status="suppressed")
NO_GAP = Gap(status="suppressed")
# The kinds of charts in which each mark is one person.
OF_SINGLE_PEOPLE = ("swarm", "row")

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
    gone = {"mean_score": None, "share": SUPPRESSED, "low": None, "high": None}
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


def shown_charts(
    charts: Mapping[str, ChartText], hidden: Hidden, alone: Hidden
) -> dict[str, ChartText]:
    """The charts that show nothing hidden beside earlier results, and no single person.

    They were drawn of what may be shown without earlier results (``alone``), and are named
    "<kind>/<attribute>/…"; of the others, "spreads" tells about parts of everybody.
    """
    many = {
        name: chart for name, chart in charts.items() if name.split("/")[0] not in OF_SINGLE_PEOPLE
    }
    if hidden is alone:
        return many
    return {
        name: chart
        for name, chart in many.items()
        if name != "spreads"
        and not name.startswith("proxies/")
        and all(hidden.of(table) == alone.of(table) for table in name.split("/")[1:2])
    }


def shown_proxies(
    proxies: Mapping[str, tuple[Proxy, ...]],
    minimum: int,
    earlier: Sequence[Mapping[str, tuple[Proxy, ...]]] = (),
) -> dict[str, tuple[Proxy, ...]]:
    """The proxies that rest on enough rows, and not on a few others than earlier ones."""
    known = {
        attribute: {proxy.n for found in earlier for proxy in found.get(attribute, ())}
        for attribute in proxies
    }
    return {
        attribute: tuple(
            proxy
            for proxy in found
            if proxy.n >= minimum
            and not any(0 < abs(proxy.n - n) < minimum for n in known[attribute])
        )
        for attribute, found in proxies.items()
    }


def shown_explanation(
    explanation: Explanation,
    hidden: Hidden,
    minimum: int,
    earlier: Sequence[Explanation | None] = (),
) -> Explanation:
    """What drives the model, without hidden groups, small spreads and single people."""
    before = [one.spreads for one in earlier if one]
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
            "spreads": _shown_spreads(explanation.spreads, hidden, minimum, before),
            "swarms": (),
            "row_explanations": (),
        }
    )


def _shown_spreads(
    spreads: tuple[Spread, ...],
    hidden: Hidden,
    minimum: int,
    earlier: Sequence[tuple[Spread, ...]],
) -> tuple[Spread, ...]:
    """The spreads of columns all of whose parts are large enough.

    The parts of a column add up to the rows explained, so one left out would be known; and a
    column that is an attribute has its groups as parts. A column of which earlier spreads are
    shown must have the same parts, and none that differs by a few people.
    """
    small = {spread.feature for spread in spreads if spread.n < minimum}
    small |= {table for table, _ in hidden.groups}
    sizes = _sizes(spreads)
    for before in map(_sizes, earlier):
        for feature in sizes.keys() & before.keys():
            now, then = sizes[feature], before[feature]
            if now.keys() != then.keys() or any(
                0 < abs(n - then[part]) < minimum for part, n in now.items()
            ):
                small.add(feature)
    return tuple(spread for spread in spreads if spread.feature not in small)


def _sizes(spreads: tuple[Spread, ...]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for spread in spreads:
        found.setdefault(spread.feature, {})[spread.part] = spread.n
    return found


def shown_findings(findings: tuple[Finding, ...], hidden: Hidden) -> Iterator[Finding]:
    """The sentences that tell nothing hidden; which numbers they tell about, their id says."""
    tables = {table for table, _, _ in hidden.bins}
    costs = {
        f"tradeoff/{table}/{policy.notion}"
        for table, tradeoff in hidden.tradeoffs.items()
        for policy in tradeoff.by_group
    }
    # That nothing is told of a notion, or of all, shows in the tradeoff itself.
    nothing = {f"tradeoff/{table}/none" for table in hidden.tradeoffs}
    for told in findings:
        subject, *rest = told.id.split("/")
        if subject == "gap":
            keep = not any(hidden.gap(key, rest[-1]) for key in told.groups)
        elif subject in {"small", "missing"}:
            keep = hidden.groups.isdisjoint(told.groups)
        elif subject == "calibration":
            keep = hidden.anything.isdisjoint(told.groups) and told.attribute not in tables
        elif subject == "tradeoff":
            keep = told.id in costs | nothing or (not rest and bool(costs))
        else:
            keep = hidden.anything.isdisjoint(told.groups)
        if keep:
            yield told
