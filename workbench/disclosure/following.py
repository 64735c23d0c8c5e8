"""What follows from the answers, as somebody reads it: duties and figures in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workbench.basics import text
from workbench.basics.capacities import CAPACITIES
from workbench.basics.phases import PHASES
from workbench.basics.text import later
from workbench.disclosure import balance_words, topics
from workbench.disclosure.conclusions import Conclusions, Duties, Figure, Indicator
from workbench.disclosure.record import Item, TransparencyRecord
from workbench.questionnaire.definition import QuestionType
from workbench.questionnaire.scoring import BAND_RULE

NOT_STATED = later("not stated")
FIGURES = {
    "impact": (later("Impact: more points mean more impact"), later("Highest indicator")),
    "safeguards": (
        later("Safeguards: more points mean more safeguards"),
        later("Weakest indicator"),
    ),
}
POINTS = later("{n} of {total} points ({share})")
FROM, UNTIL = later("from {day}"), later("until {day}")
TIMES = {"now": later("now"), "later": later("later")}
ANY_TIME = later("at any time")


def reading(record: TransparencyRecord, language: str) -> dict[str, Any]:
    """``holding`` (sentences), ``duties`` (None without a calendar), ``figures``, ``balance``.

    ``ended_on``: the day in words on which the use ended, "" while it goes on.

    ``judged_on``: question → day of the judgement, in words.

    Knock-outs name the answer that overrides every figure: ``question``, ``lines``, ``means``.
    """
    told = record.conclusions
    items = {item.id: item for item in topics.items(record)}
    return {
        "ended_on": text.day(language, told.ended_on) if told.ended_on else "",
        "holding": [getattr(one.text, language) for one in told.holding],
        "judged_on": {one.question: text.day(language, one.on) for one in told.judged_by if one.on},
        "duties": _duties(told.duties, language) if told.duties else None,
        "knock_outs": [
            {**_answer(items, one.question, language), "means": getattr(one.means, language)}
            for one in told.knock_outs
        ],
        "figures": [
            _figure(name, measured, items, language)
            for name, measured in (("impact", told.impact), ("safeguards", told.safeguards))
        ],
        "rule": text.translate(language, BAND_RULE),
        "balance": balance_words.reading(told.balance, language),
    }


def _answer(items: Mapping[str, Item], question: str, language: str) -> dict[str, Any]:
    item = items.get(question)
    answer = item.answer if item else None
    return {
        "question": getattr(item.question, language) if item else question,
        "lines": list(getattr(answer, language)) if answer else [],
        "written": bool(answer and answer.de == answer.en),
    }


def _brief(items: Mapping[str, Item], question: str, language: str) -> dict[str, Any]:
    """The answer without the reason of a judgement, which stands elsewhere on the page."""
    told, item = _answer(items, question, language), items.get(question)
    judged = item is not None and item.kind == QuestionType.JUDGEMENT
    return {**told, "lines": told["lines"][:1] if judged else told["lines"]}


def _duties(duties: Duties, language: str) -> dict[str, Any]:
    rows = [
        {
            "title": getattr(one.title, language),
            "time": text.translate(language, TIMES[one.time]),
            "dates": _dates(one.applies_from, one.applies_to, language),
            "phase": text.translate(language, PHASES.get(one.phase, one.phase)),
            "who": [text.translate(language, CAPACITIES.get(c, c)) for c in one.capacities],
            "source": getattr(one.source.title, language),
            "link": one.source.link,
        }
        for one in duties.duties
    ]
    return {
        "calendar": duties.calendar,
        "as_of": text.day(language, duties.as_of),
        "on": text.day(language, duties.on),
        "rows": rows,
        "now": sum(one.time == "now" for one in duties.duties),
    }


def _dates(start: date | None, end: date | None, language: str) -> str:
    given = [
        text.translate(language, words, {"day": day})
        for words, day in ((FROM, start), (UNTIL, end))
        if day
    ]
    return ", ".join(given) or text.translate(language, ANY_TIME)


def _figure(
    name: str, measured: Figure, items: Mapping[str, Item], language: str
) -> dict[str, Any]:
    title, worst_title = FIGURES[name]
    worst = _worst(name, measured)
    can_rise = measured.share is not None and measured.highest != measured.share
    return {
        "title": text.translate(language, title),
        "band": getattr(measured.band, language) if measured.band else "",
        "points": _points(measured, language),
        "highest": text.percent(language, measured.highest or 0, 0) if can_rise else "",
        "not_counted": measured.not_counted,
        "unasked": measured.unasked,
        "worst_title": text.translate(language, worst_title),
        "worst": getattr(worst.title, language) if worst else "",
        "indicators": [_indicator(one, items, language) for one in measured.indicators],
    }


def _worst(name: str, measured: Figure) -> Indicator | None:
    """The indicator of most impact, or of fewest safeguards; None when nothing is stated."""
    rated = [one for one in measured.indicators if one.share is not None]
    sign = 1 if name == "impact" else -1
    return max(rated, key=lambda one: sign * (one.share or 0), default=None)


def sentences(told: Conclusions, language: str) -> list[str]:
    """What overrides the figures, then each figure with its worst indicator; [] without any."""
    lines = [getattr(one.means, language) for one in told.knock_outs]
    for name, measured in (("impact", told.impact), ("safeguards", told.safeguards)):
        title, worst_title = (text.translate(language, words) for words in FIGURES[name])
        if measured.band:
            band, points = getattr(measured.band, language), _points(measured, language)
            lines.append(f"{title} – {band}, {points}")
        if worst := _worst(name, measured):
            lines.append(f"{worst_title}: {getattr(worst.title, language)}")
    return lines


def _points(found: Figure | Indicator, language: str) -> str:
    if found.share is None:
        return text.translate(language, NOT_STATED)
    share = text.percent(language, found.share, 0)
    values = {"n": found.points, "total": found.possible, "share": share}
    return text.translate(language, POINTS, values)


def _indicator(one: Indicator, items: Mapping[str, Item], language: str) -> dict[str, Any]:
    return {
        "title": getattr(one.title, language),
        "help": getattr(one.help, language),
        "points": _points(one, language),
        "trace": [
            {
                **_brief(items, entry.question, language),
                "n": entry.points,
                "total": entry.possible,
                "alternative": entry.alternative is not None,
            }
            for entry in one.trace
        ],
    }
