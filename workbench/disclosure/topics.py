"""What everybody looks for in a record, and which questions say it: ids as data, in one place."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.basics.text import later
from workbench.disclosure.record import Item, TransparencyRecord
from workbench.questionnaire.definition import FeedName

# Parts of the page: anchor, title, partial under templates/public/record/.
Part = tuple[str, str, str]
SHORT: Part = ("in-short", later("In short"), "in_short")
PROCEDURE: Part = ("procedure", later("How it came about"), "procedure")
DECISIONS: Part = ("decisions", later("Value decisions and dissent"), "decisions")
CLASS: Part = ("class", later("What the law says about it"), "class")
FIGURES: Part = ("figures", later("Impact and safeguards"), "figures")
CHECKS: Part = ("checks", later("Checks for discrimination"), "checks")
BALANCE: Part = ("balance", later("Sustainability balance"), "balance")
BOARD: Part = ("board", later("Decision of the ethics board and conditions"), "board")
NOT_PUBLISHED: Part = ("not-published", later("What we do not publish, and why"), "not_published")
EDITION: Part = ("edition", later("This edition, and how to check it"), "edition")
RESPONSIBLE: Part = ("responsible", later("Who is responsible"), "chapter")
AFFECTED: Part = ("affected", later("Who is affected"), "chapter")
DIFFICULTIES: Part = ("difficulties", later("Difficulties and open questions"), "chapter")


@dataclass(frozen=True)
class Topic:
    """Which answers move to a part: those of ``questions``, and the newest answer of ``feed``."""

    questions: tuple[str, ...] = ()
    feed: FeedName | None = None


TOPICS: dict[Part, Topic] = {
    RESPONSIBLE: Topic(
        ("decision.content_office", "decision.technology_office"), FeedName.RESPONSIBILITY
    ),
    AFFECTED: Topic(("people.groups",), FeedName.AFFECTED_GROUPS),
    DIFFICULTIES: Topic(
        (
            "people.difficulties",
            "release.residual_risk",
            "incident.any",
            "incident.list",
            "lesson.learned",
            "lesson.open",
        )
    ),
}

# What a reader in a hurry wants: a title, then questions; of each tuple the first that is stated.
IN_SHORT: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (later("What is it meant to achieve?"), (("purpose.goal", "scan.purpose"),)),
    (later("Why does the town want it?"), (("purpose.problem",),)),
    (
        later("What does it mean for me?"),
        (
            ("scan.influence", "decision.automation"),
            ("staff.oversight_practice", "decision.oversight"),
        ),
    ),
    (later("Where can I object?"), (("complaint.office", "people.contact"),)),
)
ANSWERS = later("Answers: {phase}")
ASK = later("Whom can I ask?")


def items(record: TransparencyRecord) -> Iterator[Item]:
    """Every question of the record, in the order of the phases."""
    for phase in record.phases:
        for chapter in phase.chapters:
            yield from chapter.items


def moved(record: TransparencyRecord) -> dict[Part, tuple[Item, ...]]:
    """The questions that stand in a part of their own, in the order of the phases."""
    found = tuple(items(record))
    parts = {part: _of_topic(topic, found) for part, topic in TOPICS.items()}
    judged = {one.question for one in record.conclusions.judged_by}
    parts[CLASS] = tuple(item for item in found if item.id in judged)
    return parts


def _of_topic(topic: Topic, found: tuple[Item, ...]) -> tuple[Item, ...]:
    """What a later phase says replaces what an earlier one did; that stays with its phase."""
    fed = [item for item in found if topic.feed and item.feeds == topic.feed]
    newest = [item for item in fed if item.answer][-1:] or fed[-1:]
    return tuple(item for item in found if item.id in topic.questions or item in newest)
