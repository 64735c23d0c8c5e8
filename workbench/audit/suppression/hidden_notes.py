"""What is said about what a published result hides: how much, where, and why."""

from collections.abc import Iterator, Mapping

from workbench.audit.parts import Finding
from workbench.audit.plan import AuditPlan
from workbench.audit.suppression.hiding import Hidden
from workbench.audit.words.phrases import column_words
from workbench.basics.text import LANGUAGES, later, translate

GROUPS_HIDDEN = later(
    "Groups of {attribute} that are not published: {count}. They have fewer than {minimum} people, "
    "or would allow a smaller group to be computed back."
)
METRICS_HIDDEN = later(
    "Groups of {attribute} of which some numbers are not published: {count}. These numbers would "
    "tell about one or two people in a group of fewer than {certain}, or allow this to be computed."
)
BINS_HIDDEN = later(
    "Score ranges of groups of {attribute} that are not published: {count}. They hold fewer than "
    "{minimum} people, tell about one or two, or would allow this to be computed. Mean scores are "
    "left out with them."
)
EARLIER_HIDDEN = later(
    "Some numbers by {attribute} are not published because of an earlier published check of this "
    "system: they differ from it by only a few people, or show the same people in other groups. "
    "Both together would tell about individual people."
)
# How the id of such a note ends.
EARLIER = "earlier"


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
                yield _note(name, message, table, plan, count)


def notes_beside(
    hidden: Hidden, alone: Hidden, plan: AuditPlan, tables: Mapping[str, object]
) -> Iterator[Finding]:
    """Where earlier results are the reason: ``hidden/<attribute>/earlier``."""
    for table in tables:
        if hidden.of(table) != alone.of(table):
            yield _note(f"hidden/{table}/{EARLIER}", EARLIER_HIDDEN, table, plan)


def _note(name: str, message: str, table: str, plan: AuditPlan, count: int = 0) -> Finding:
    values = {
        "count": count,
        "minimum": plan.thresholds.publish_minimum,
        "certain": plan.thresholds.certain_minimum,
    }
    text = {
        language: translate(
            language, message, {**values, "attribute": column_words(plan, table, language)}
        )
        for language in LANGUAGES
    }
    return Finding(id=name, kind="note", attribute=table, text=text)
