"""A day in a condition is law, and law stands in the sources with its version."""

from collections.abc import Iterable, Iterator

from workbench.basics.errors import BrokenContent
from workbench.questionnaire.conditions import DAY, Condition, comparisons
from workbench.questionnaire.publicity_rules import everywhere
from workbench.questionnaire.structure_rules import Structure
from workbench.questionnaire.vocabulary_rules import Vocabulary


def days_have_sources(
    structures: Iterable[Structure], vocabulary: Vocabulary
) -> Iterator[BrokenContent]:
    """Every day that a condition names is the first or last day on which some source applies."""
    sources = [document.content for document in vocabulary.sources.values()]
    limits = {str(day) for one in sources for day in (one.applies_from, one.applies_to) if day}
    for document, key, condition in everywhere(structures, vocabulary):
        for day in days(condition):
            if day not in limits:
                yield document.problem(key, f"a day on which a source begins or ends, not {day}")


def days(condition: Condition) -> tuple[str, ...]:
    """The days that the condition names."""
    values = (str(value) for _, given in comparisons(condition) for value in given)
    return tuple(dict.fromkeys(value for value in values if DAY.fullmatch(value)))
