"""Rules over all questionnaires: what one refers to in an earlier phase, and whether it can be."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workbench.basics.errors import BrokenContent
from workbench.questionnaire import conditions, versions
from workbench.questionnaire.conditions import DAY, Condition, Scalar
from workbench.questionnaire.definition import QuestionType
from workbench.questionnaire.expanding import of_question, placed_conditions
from workbench.questionnaire.file_format import QuestionFile
from workbench.questionnaire.reading import Key
from workbench.questionnaire.satisfying import Node, TooHard, satisfiable
from workbench.questionnaire.structure_rules import CHOICES, Structure, placed

# A day is compared with a day, or with the answer to another question.
QUESTION = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")


@dataclass(frozen=True)
class Known:
    """The questions that a place may refer to, by id, and what it takes to be asked them."""

    questions: Mapping[str, QuestionFile]
    nodes: Mapping[str, Node]


def known(structures: Iterable[Structure]) -> Known:
    """The union of the questionnaires; of a question in several versions the newest counts."""
    questions: dict[str, QuestionFile] = {}
    nodes: dict[str, Node] = {}
    for structure in sorted(structures, key=lambda one: versions.order(one.content.version)):
        for section in structure.content.sections:
            for question in section.questions:
                when = tuple(one for one in (section.ask_if, question.ask_if) if one)
                questions[question.id] = question
                nodes[question.id] = Node(
                    question.type, question.options, when, question.exclusive, question.at_most
                )
    return Known(questions, nodes)


def before(structure: Structure, structures: Iterable[Structure]) -> Known:
    """What the questionnaires of earlier phases ask."""
    phases = versions.earlier(structure.content.phase)
    return known(one for one in structures if one.content.phase in phases)


def ids_have_one_home(structures: Iterable[Structure]) -> Iterator[BrokenContent]:
    """A question id belongs to one questionnaire: answers of all phases stand side by side."""
    homes: dict[str, str] = {}
    for structure in structures:
        for key, question in placed(structure):
            home = homes.setdefault(question.id, structure.content.id)
            if home != structure.content.id:
                wanted = f"an id of its own, {question.id} is taken by {home}"
                yield structure.problem((*key, "id"), wanted)


def references_fit(structure: Structure, past: Known) -> Iterator[BrokenContent]:
    """A condition looks at an earlier question and at an answer which that question can have.

    So does what is shown beside a question; a gate looks at all questions of the phase.
    """
    everything = {question.id for _, question in placed(structure)}
    earlier = dict(past.questions)
    for s, section in enumerate(structure.content.sections):
        key: Key = ("sections", str(s))
        yield from _compared(structure, (*key, "ask_if"), section.ask_if, earlier, everything)
        for q, question in enumerate(section.questions):
            place = (*key, "questions", str(q))
            for at, condition in of_question(place, question):
                yield from _compared(structure, at, condition, earlier, everything)
            for n, name in enumerate(question.earlier):
                if name not in earlier:
                    yield structure.problem((*place, "earlier", str(n)), _missing(name, everything))
            earlier[question.id] = question
    yield from _gates_fit(structure, earlier, everything)


def _gates_fit(
    structure: Structure, earlier: Mapping[str, QuestionFile], everything: set[str]
) -> Iterator[BrokenContent]:
    for n, gate in enumerate(structure.content.gate):
        place: Key = ("gate", str(n))
        yield from _compared(structure, (*place, "when"), gate.when, earlier, everything)
        yield from _compared(structure, (*place, "need"), gate.need, earlier, everything)
        if gate.link and gate.link not in earlier:
            yield structure.problem((*place, "link"), _missing(gate.link, everything))
        if (gate.need is None) is (gate.check is None):
            yield structure.problem(place, "exactly one of need and check")


def _compared(
    structure: Structure,
    key: Key,
    condition: Condition | None,
    earlier: Mapping[str, QuestionFile],
    everything: set[str],
) -> Iterator[BrokenContent]:
    for wanted in misfits(condition, earlier, everything):
        yield structure.problem(key, wanted)


def misfits(
    condition: Condition | None, earlier: Mapping[str, QuestionFile], everything: set[str]
) -> Iterator[str]:
    """What is expected instead of each wrong reference of the condition."""
    compared = conditions.comparisons(condition) if condition else []
    for name, values in dict.fromkeys(compared):
        if name not in earlier:
            yield _missing(name, everything)
            continue
        for value in values:
            if not possible(earlier[name], value):
                yield f"a value that {name} can have, not {value!r}"


def _missing(name: str, everything: set[str]) -> str:
    fault = "an earlier question than" if name in everything else "a known question, not"
    return f"{fault} {name}"


def possible(question: QuestionFile, value: Scalar) -> bool:
    """Whether a condition can find this value in the question's answer."""
    if question.type is QuestionType.YES_NO:
        return isinstance(value, bool)
    if question.type is QuestionType.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if question.type is QuestionType.DATE:
        return isinstance(value, str) and bool(DAY.fullmatch(value) or QUESTION.fullmatch(value))
    return question.type in CHOICES and value in question.options


def reachable(structure: Structure, past: Known) -> Iterator[BrokenContent]:
    """Some answers fulfil every condition; meant for files without other mistakes."""
    nodes = {**past.nodes, **known([structure]).nodes}
    for key, condition in placed_conditions(structure.content):
        around: tuple[Condition, ...] = ()
        if "questions" in key:
            section = structure.content.sections[int(key[1])]
            around = (section.ask_if,) if section.ask_if else ()
        wanted = fulfilled([*around, condition], nodes)
        if wanted:
            yield structure.problem(key, wanted)


def fulfilled(together: Iterable[Condition], nodes: Mapping[str, Node]) -> str:
    """What is expected instead of conditions that contradict themselves; "" when they do not."""
    try:
        return "" if satisfiable(together, nodes) else "a condition that some answers fulfil"
    except TooHard:
        return "a simpler condition"
