"""The tables behind the charts on scores and proxies: calibration, trade-off, proxies, as text."""

from typing import Any

from workbench.audit.order import in_order
from workbench.audit.parts import Policy, ScoreBin, Tradeoff
from workbench.audit.results import AuditResult
from workbench.audit.words.phrases import column_words, figure, per_hundred
from workbench.audit.words.scores import best, notion_words, own_policies
from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure import figures

# So many thresholds for everybody are shown first; all unfold.
MOST_THRESHOLDS = 9
FOR_ALL = later("one threshold for all: {threshold}")
MOST_ACCURATE = later("one threshold for all, the most accurate: {threshold}")
BY_GROUP = later("own thresholds, to keep small: {gap} ({thresholds})")


def calibration(result: AuditResult, attribute: str, language: str) -> list[dict[str, Any]]:
    """What scores say and what really happened by score range: one table per group."""
    found = result.calibration.get(attribute, {})
    name = column_words(result.provenance.plan, attribute, language)
    return [
        {
            "title": f"{name}, {group.label[language]}",
            "rows": [_range(one, language) for one in found[group.parts[attribute]]],
        }
        for group in in_order(result, attribute)
        if found.get(group.parts[attribute])
    ]


def combined_calibration(result: AuditResult, name: str, language: str) -> list[dict[str, Any]]:
    """The same of attributes combined ("a & b") in one table; ranges without people left out.

    Each row has its ``group``. Empty for a published result, as such ranges are not published.
    """
    found, columns = result.calibration.get(name, {}), result.provenance.plan.attributes
    return [
        {"group": group.label[language], **_range(one, language)}
        for group in in_order(result, name)
        for one in found.get(" & ".join(group.parts[at] for at in columns if at in group.parts), ())
        if one.share.of
    ]


def overall_calibration(result: AuditResult, language: str) -> list[dict[str, Any]]:
    """The same of everybody, one row per range; empty for a published result."""
    return [_range(one, language) for one in result.calibration_overall]


def _range(one: ScoreBin, language: str) -> dict[str, Any]:
    said, real = one.mean_score, figures.measure("precision", one.share, language)
    # In one line, because there are many rows.
    interval = f"({real['interval']})" if real["interval"] else ""
    return {
        "label": figures.between(
            figure(language, one.start, 2), figure(language, one.end, 2), language
        ),
        "n": "" if one.share.of is None else text.number(language, one.share.of),
        "said": "–" if said is None else figure(language, said, 2),
        "real": " ".join(filter(None, (real["value"], interval, real["remark"]))),
    }


def tradeoff(result: AuditResult, attribute: str, language: str) -> dict[str, Any] | None:
    """Some common thresholds, then the thresholds per group, each with accuracy and gaps.

    ``more`` has every common threshold, where not all of them are among the ``rows``.
    """
    found = result.tradeoffs.get(attribute)
    if not found or not found.common:
        return None
    gaps = list(dict.fromkeys(name for policy in found.common for name in policy.gaps))
    labels = {value: group.label[language] for value, group in result.groups[attribute].items()}
    every = {
        policy.thresholds.get("", 0.0): _policy(
            policy, _common_words(found, policy, language), gaps, language
        )
        for policy in found.common
    }
    some = _some(found)
    rows = [every[policy.thresholds.get("", 0.0)] for policy in some]
    rows += [
        _policy(policy, _own_words(policy, labels, language), gaps, language)
        for policy in own_policies(found)
    ]
    return {
        "title": column_words(result.provenance.plan, attribute, language),
        "columns": [
            (text.translate(language, later("Thresholds")), False),
            (text.translate(language, later("Right, of 100")), True),
            *((notion_words(name, language), True) for name in gaps),
        ],
        "rows": rows,
        "more": list(every.values()) if len(some) < len(every) else [],
    }


def _some(found: Tradeoff) -> list[Policy]:
    """Evenly chosen common thresholds, with the most accurate one among them."""
    step = max(1, -(-len(found.common) // MOST_THRESHOLDS))
    chosen = best(found)
    return [
        policy for place, policy in enumerate(found.common) if place % step == 0 or policy is chosen
    ]


def _common_words(found: Tradeoff, policy: Policy, language: str) -> str:
    message = MOST_ACCURATE if policy is best(found) else FOR_ALL
    threshold = text.number(language, policy.thresholds.get("", 0.0))
    return text.translate(language, message, {"threshold": threshold})


def _own_words(policy: Policy, labels: dict[str, str], language: str) -> str:
    stated = ", ".join(
        f"{labels.get(value, value)} {text.number(language, threshold)}"
        for value, threshold in policy.thresholds.items()
    )
    values = {"gap": notion_words(policy.notion, language), "thresholds": stated}
    return text.translate(language, BY_GROUP, values)


def _policy(policy: Policy, label: str, gaps: list[str], language: str) -> dict[str, Any]:
    points = [policy.gaps.get(name) for name in gaps]
    return {
        "label": label,
        "cells": [
            figure(language, 100 * policy.accuracy, 1),
            *("–" if value is None else figure(language, 100 * value, 1) for value in points),
        ],
    }


def proxies(result: AuditResult, attribute: str, language: str) -> dict[str, Any] | None:
    """How well columns give an attribute away: the strongest first, all together last."""
    found = result.proxies.get(attribute)
    if not found:
        return None
    plan, together = result.provenance.plan, found[-1]
    rows = []
    for proxy in (*sorted(found[:-1], key=lambda one: -one.area), together):
        named = [column_words(plan, name, language) for name in proxy.features]
        every = text.translate(language, later("all columns together"))
        low, high = (per_hundred(end, language) for end in (proxy.low, proxy.high))
        rows.append(
            {
                "label": every if proxy is together and len(found) > 1 else " & ".join(named),
                "area": {
                    "value": per_hundred(proxy.area, language),
                    "interval": figures.between(low, high, language),
                    "remark": "",
                },
                "n": text.number(language, proxy.n),
            }
        )
    return {"title": column_words(plan, attribute, language), "rows": rows}
