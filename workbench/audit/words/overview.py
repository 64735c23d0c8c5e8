"""How much an audit found, and how much of it is hidden: the sentences before any single one."""

from collections.abc import Iterator

from workbench.audit.catalogue import GAPS
from workbench.audit.parts import Finding, Group
from workbench.audit.results import AuditResult
from workbench.audit.words import judgements
from workbench.audit.words.judgements import judgement
from workbench.audit.words.phrases import column_words
from workbench.basics.text import later, translate

BEYOND = later(
    "Tested gaps beyond their limit: {beyond} of {tests}. More than chance: {sure} of these."
)
NOTHING_BEYOND = later(
    "No gap lies beyond its limit. That does not prove equal treatment: please read what weakens "
    "these results."
)
NOTHING_JUDGED = later(
    "No gap could be held against a limit: there is none, or too few people were counted."
)
GAPS_HIDDEN = later(
    "Tested gaps not published, to protect small groups: {n}, namely {names}. Whether any lies "
    "beyond its limit does not stand here."
)
ALL_OF = later("{attribute} (all)")
SOME_OF = later("{attribute} ({gaps})")
NUMBERS_HIDDEN = later(
    "Not published, to protect small groups: {list}. These are groups of fewer than {minimum} "
    "people, numbers about one or two people in a group of fewer than {certain}, and whatever "
    "would allow one of them to be computed."
)
COUNTS = (
    later("groups: {n}"),
    later("groups without some of their numbers: {n}"),
    later("score ranges: {n}"),
)


def told(result: AuditResult, language: str) -> Iterator[str]:
    """How many gaps lie beyond their limit and how many are hidden.

    That nothing lies beyond is never said while a tested gap is hidden.
    """
    beyond = [one for one in _judged(result) if one[0] == "attention"]
    if beyond:
        counts = {"beyond": len(beyond), "tests": len(_judged(result))}
        sure = sum(sure for _, sure in beyond)
        yield translate(language, BEYOND, {**counts, "sure": sure})
    hidden = hidden_gaps(result)
    if hidden:
        names = "; ".join(_names(result, table, language) for table in hidden)
        count = sum(map(len, hidden.values()))
        yield translate(language, GAPS_HIDDEN, {"n": count, "names": names})
    elif not beyond:
        yield translate(language, NOTHING_BEYOND if _judged(result) else NOTHING_JUDGED)


def _judged(result: AuditResult) -> list[tuple[str, bool]]:
    """Every gap with a value and a limit: its kind, and whether its two groups surely differ."""
    plan = result.provenance.plan
    return [
        (found[0], judgements.is_sure(name, gap))
        for gaps in result.gaps.values()
        for name, gap in gaps.items()
        if (found := judgement(plan, name, gap))
    ]


def hidden_gaps(result: AuditResult) -> dict[str, list[str]]:
    """The tested gaps that are not published, by attribute; attributes without any are left out."""
    found = {
        table: [name for name, gap in gaps.items() if gap.status == "suppressed"]
        for table, gaps in result.gaps.items()
    }
    return {table: names for table, names in found.items() if names}


def _names(result: AuditResult, table: str, language: str) -> str:
    names = hidden_gaps(result)[table]
    titles = ", ".join(translate(language, GAPS[name].title) for name in names)
    message = ALL_OF if len(names) == len(result.gaps[table]) else SOME_OF
    attribute = column_words(result.provenance.plan, table, language)
    return translate(language, message, {"attribute": attribute, "gaps": titles})


def is_sure(result: AuditResult, finding: Finding) -> bool:
    """Whether the finding is about two groups that differ by more than chance."""
    name = finding.id.rsplit("/", 1)[-1]
    gap = result.gaps.get(finding.attribute or "", {}).get(name)
    return finding.id.startswith("gap/") and gap is not None and judgements.is_sure(name, gap)


def hidden_numbers(result: AuditResult, language: str) -> str:
    """How many groups, numbers and score ranges are hidden, in one sentence; "" for none."""
    plan = result.provenance.plan
    listed = []
    for table in result.groups:
        counts = zip(COUNTS, _hidden(result, table), strict=True)
        said = [translate(language, message, {"n": n}) for message, n in counts if n]
        if said:
            listed.append(f"{column_words(plan, table, language)} ({', '.join(said)})")
    if not listed:
        return ""
    values = {
        "list": "; ".join(listed),
        "minimum": plan.thresholds.publish_minimum,
        "certain": plan.thresholds.certain_minimum,
    }
    return translate(language, NUMBERS_HIDDEN, values)


def _hidden(result: AuditResult, table: str) -> tuple[int, int, int]:
    """How many groups, how many others' numbers, how many score ranges of others."""
    groups = result.groups[table].values()
    gone = [group for group in groups if group.status == "suppressed"]
    some = [group for group in groups if group.status != "suppressed" and _lacks(group)]
    bins = [
        one
        for found in result.calibration.get(table, {}).values()
        for one in found
        if one.share.status == "suppressed"
    ]
    return len(gone), len(some), len(bins)


def _lacks(group: Group) -> bool:
    return any(measure.status == "suppressed" for measure in group.metrics.values())
