"""What is published must not tell an answer that is not.

That a question is asked is published, and so are named conditions, duties, knock-outs and the
balance. An internal answer may therefore decide about none of them. Whether there *is* an answer
may: that a question was answered says nothing of what was said.
"""

from collections.abc import Iterable, Iterator, Set
from typing import Any

from workbench.basics.errors import BrokenContent
from workbench.questionnaire.conditions import Condition, comparisons
from workbench.questionnaire.definition import QuestionType
from workbench.questionnaire.expanding import placed_conditions
from workbench.questionnaire.feeds import SHAPES
from workbench.questionnaire.reading import Document, Key
from workbench.questionnaire.structure_rules import Structure, placed
from workbench.questionnaire.vocabulary_rules import Vocabulary, named_conditions


def told(condition: Condition, internal: Set[str]) -> tuple[str, ...]:
    """The internal questions whose answer shows from whether the condition holds."""
    compared = (name for name, values in comparisons(condition) if values)
    return tuple(dict.fromkeys(name for name in compared if name in internal))


def conditions_tell_nothing(
    structures: Iterable[Structure], vocabulary: Vocabulary
) -> Iterator[BrokenContent]:
    """No condition looks at an answer that some version of its questionnaire keeps internal."""
    documents = tuple(structures)
    internal = {
        question.id for one in documents for _, question in placed(one) if not question.public
    }
    for document, key, condition in everywhere(documents, vocabulary):
        for name in told(condition, internal):
            wanted = f"a question whose answer is public: {name} is internal, and this tells it"
            yield document.problem(key, wanted)


def everywhere(
    structures: Iterable[Structure], vocabulary: Vocabulary
) -> Iterator[tuple[Document[Any], Key, Condition]]:
    """Every condition with its place; what a named one is made of is checked where it stands."""
    for structure in structures:
        for key, condition in placed_conditions(structure.content):
            yield structure, key, condition
    for named, key, one, _ in named_conditions(vocabulary):
        yield named, key, one.holds_if
    for calendar in vocabulary.calendars.values():
        for n, duty in enumerate(calendar.content.duties):
            if duty.when:
                yield calendar, ("duties", str(n), "when"), duty.when


def conclusions_are_public(structure: Structure) -> Iterator[BrokenContent]:
    """What knocks out, or goes into the balance, is published, so its answer is public too."""
    for key, question in placed(structure):
        computed = question.feeds and SHAPES[question.feeds].type is not QuestionType.GROUP
        if not question.public and (computed or question.knock_out):
            yield structure.problem((*key, "public"), "public: true, what follows is published")
