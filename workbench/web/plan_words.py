"""A stored audit plan on its page: all that it says, also what the report has no need of."""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.audit.plan import AuditPlan
from workbench.audit.words.phrases import column_words
from workbench.basics import text
from workbench.basics.text import later
from workbench.disclosure import plan_words

NOTHING, TESTED = "–", later("tested")
DRAWN = later("{draws} times, with start number {seed}")


def told(plan: AuditPlan, language: str) -> dict[str, Any]:
    """``entries`` (title, value, reason), ``reason`` and ``tests`` (title, limit, reason)."""
    reading = plan_words.reading(plan, language)
    further = [
        {"title": text.translate(language, title), "value": value, "reason": ""}
        for title, value in _further(plan, language)
        if value
    ]
    return {**reading, "entries": [*reading["entries"], *further]}


def changes(former: AuditPlan | None, plan: AuditPlan, language: str) -> list[dict[str, str]]:
    """What the plan says otherwise than the former one, its reasons too: title, before, after."""
    if former is None:
        return []
    first, second = _lines(former, language), _lines(plan, language)
    return [
        {"title": title, "before": first.get(title, NOTHING), "after": second.get(title, NOTHING)}
        for title in first | second
        if first.get(title) != second.get(title)
    ]


def _lines(plan: AuditPlan, language: str) -> dict[str, str]:
    """Everything that the plan says, by its title; what is told in several lines is put in one."""
    read = told(plan, language)
    purpose = text.translate(language, later("Why these columns and groups"))
    found = [(purpose, plan.reason)]
    found += [(one["title"], _joined(one["value"], one["reason"])) for one in read["entries"]]
    tested = text.translate(language, TESTED)
    found += [
        (one["title"], _joined(one["limit"], one["reason"]) or tested) for one in read["tests"]
    ]
    lines: dict[str, str] = {}
    for title, said in found:
        lines[title] = f"{lines[title]}; {said}" if title in lines else said
    return lines


def _joined(said: str, reason: str) -> str:
    return " – ".join(filter(None, (said, reason)))


def _further(plan: AuditPlan, language: str) -> Iterator[tuple[str, str]]:
    rows = ", ".join(text.number(language, row) for row in plan.explained_rows)
    yield later("Words for the favourable value"), plan.positive_words.get(language, "")
    yield later("Words for the columns"), _spoken(plan.names, language)
    for name, values in plan.labels.items():
        said = _spoken(values, language)
        yield (
            later("Words for the values"),
            f"{column_words(plan, name, language)}: {said}" if said else "",
        )
    yield later("Rows explained one by one"), rows
    yield (
        later("Drawn at random"),
        text.translate(language, DRAWN, {"draws": plan.draws, "seed": str(plan.seed)}),
    )


def _spoken(words: Mapping[str, Mapping[str, str]], language: str) -> str:
    return "; ".join(f"{value} = {said.get(language, value)}" for value, said in words.items())
