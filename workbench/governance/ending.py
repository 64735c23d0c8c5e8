"""Whether and when the use of a system has ended."""

from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import JsonValue

from workbench.questionnaire import feeds
from workbench.questionnaire.definition import FeedName, Questionnaire


def ended_on(
    questionnaires: Iterable[Questionnaire],
    counting: Mapping[str, JsonValue],
    day: date,
    *,
    for_public: bool = False,
) -> date | None:
    """The day on which the use ended, if that is not after ``day``; None while it goes on.

    ``counting`` are answers that count (``path.counting_in_all``): a day that stands behind a “no”
    is no end. ``for_public``: only an answer that is published tells of it.
    """
    for told in feeds.fed(questionnaires, counting, FeedName.ENDED_ON):
        if isinstance(told.value, str) and (told.question.public or not for_public):
            ended = date.fromisoformat(told.value)
            return ended if ended <= day else None
    return None
