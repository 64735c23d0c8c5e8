"""Rules for questionnaire.yaml that one key alone cannot show; each gives the mistakes it finds."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import compress, product
from math import prod

from pydantic import JsonValue

from workbench.basics.errors import BrokenContent
from workbench.questionnaire import conditions, path
from workbench.questionnaire.conditions import Scalar
from workbench.questionnaire.definition import QuestionType
from workbench.questionnaire.file_format import FieldFile, QuestionFile, QuestionnaireFile
from workbench.questionnaire.reading import Document, Key

Structure = Document[QuestionnaireFile]
CHOICES = (QuestionType.CHOICE_ONE, QuestionType.CHOICE_MANY)
WRITTEN = (QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT, QuestionType.LINK)
# Which key belongs to which types; those of the second table are also needed there.
ALLOWED: Mapping[str, tuple[QuestionType, ...]] = {
    "options": CHOICES,
    "fields": (QuestionType.GROUP,),
    "minimum": (QuestionType.NUMBER,),
    "maximum": (QuestionType.NUMBER,),
    "max_length": WRITTEN,
}
NEEDED = ("options", "fields")
# More combinations of answers than this are too many for a person to follow, too.
COMBINATIONS = 20_000
# So many options of one question are tried in every combination: 2 to the power of it.
TOGETHER = 14
# An answer of each other type that no condition names.
OTHERWISE: Mapping[QuestionType, tuple[JsonValue, ...]] = {
    **dict.fromkeys(QuestionType, ("…",)),
    QuestionType.YES_NO: (True, False),
    QuestionType.NUMBER: (0.123456789,),
}


def placed(structure: Structure) -> Iterator[tuple[Key, QuestionFile]]:
    """Every question with its place in the file."""
    for s, section in enumerate(structure.content.sections):
        for q, question in enumerate(section.questions):
            yield ("sections", str(s), "questions", str(q)), question


def unique_names(structure: Structure) -> Iterator[BrokenContent]:
    """No two sections, questions, options or fields share an id."""
    sections: list[tuple[Key, str]] = [
        (("sections", str(n), "id"), section.id)
        for n, section in enumerate(structure.content.sections)
    ]
    questions: list[tuple[Key, str]] = [((*key, "id"), q.id) for key, q in placed(structure)]
    lists: list[list[tuple[Key, str]]] = [sections, questions]
    for key, question in placed(structure):
        lists.append([((*key, "options", str(n)), o) for n, o in enumerate(question.options)])
        names = [((*key, "fields", str(n), "id"), f.id) for n, f in enumerate(question.fields)]
        lists.append(names)
        lists.extend(
            [((*key, "fields", str(n), "options", str(m)), o) for m, o in enumerate(f.options)]
            for n, f in enumerate(question.fields)
        )
    for named in lists:
        yield from _repeated(structure, named)


def _repeated(structure: Structure, named: Iterable[tuple[Key, str]]) -> Iterator[BrokenContent]:
    seen: set[str] = set()
    for key, name in named:
        if name in seen:
            yield structure.problem(key, f"an id of its own, {name} is taken")
        seen.add(name)


def keys_fit_types(structure: Structure) -> Iterator[BrokenContent]:
    """Options belong to choices, fields to groups, bounds to numbers, a length to texts."""
    for key, question in placed(structure):
        yield from _misplaced(structure, key, question)
        for n, field in enumerate(question.fields):
            place = (*key, "fields", str(n))
            yield from _misplaced(structure, place, field)
            if field.type is QuestionType.GROUP:
                yield structure.problem((*place, "type"), "any type but group within a group")


def _misplaced(structure: Structure, key: Key, question: FieldFile) -> Iterator[BrokenContent]:
    for name, types in ALLOWED.items():
        given = getattr(question, name, None)
        if given not in (None, ()) and question.type not in types:
            yield structure.problem((*key, name), f"no {name} with type {question.type}")
        if given == () and name in NEEDED and question.type in types:
            yield structure.problem((*key, name), f"{name} with type {question.type}")
    low, high = question.minimum, question.maximum
    if low is not None and high is not None and low > high:
        yield structure.problem((*key, "maximum"), "no less than the minimum")


def conditions_fit(structure: Structure) -> Iterator[BrokenContent]:
    """A condition looks at an earlier question and at an answer which that question can have."""
    everything = {question.id for _, question in placed(structure)}
    earlier: dict[str, QuestionFile] = {}
    for key, question in placed(structure):
        place = (*key, "ask_if")
        for name, values in conditions.comparisons(question.ask_if) if question.ask_if else ():
            if name not in earlier:
                fault = (
                    "an earlier question than" if name in everything else "a known question, not"
                )
                yield structure.problem(place, f"{fault} {name}")
                continue
            for value in values:
                if not _possible(earlier[name], value):
                    yield structure.problem(place, f"a value that {name} can have, not {value!r}")
        earlier[question.id] = question


def _possible(question: QuestionFile, value: Scalar) -> bool:
    if question.type is QuestionType.YES_NO:
        return isinstance(value, bool)
    if question.type is QuestionType.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return question.type in CHOICES and value in question.options


def reachable(structure: Structure) -> Iterator[BrokenContent]:
    """For every question some answers lead to it; meant for a file without other mistakes."""
    questions = {question.id: question for _, question in placed(structure)}
    for key, question in placed(structure):
        place = (*key, "ask_if")
        needed = _needed(question, questions)
        tries = [_tries(questions[name], questions) for name in needed]
        if prod(len(one) for one in tries) > COMBINATIONS:
            yield structure.problem(place, "a simpler condition")
        elif question.ask_if and not any(
            question.id
            in path.visible(
                [*(questions[name] for name in needed), question],
                dict(zip(needed, answers, strict=True)),
            )
            for answers in product(*tries)
        ):
            yield structure.problem(place, "a condition that some answers fulfil")


def _needed(question: QuestionFile, questions: Mapping[str, QuestionFile]) -> list[str]:
    """The questions the condition depends on, also through other conditions, in file order."""
    found: set[str] = set()
    waiting = [question]
    while waiting:
        condition = waiting.pop().ask_if
        names = {name for name, _ in conditions.comparisons(condition)} if condition else set()
        fresh = (names & questions.keys()) - found
        found |= fresh
        waiting.extend(questions[name] for name in fresh)
    return [name for name in questions if name in found]


def _tries(question: QuestionFile, questions: Mapping[str, QuestionFile]) -> list[JsonValue]:
    """Answers that stand for all others as far as conditions can tell them apart."""
    named = [
        value
        for other in questions.values()
        for name, values in (conditions.comparisons(other.ask_if) if other.ask_if else ())
        for value in values
        if name == question.id
    ]
    compared: list[JsonValue] = list(dict.fromkeys(named))
    unnamed = [option for option in question.options if option not in compared][:1]
    if question.type is QuestionType.CHOICE_MANY:
        some = [*compared, *unnamed][:TOGETHER]
        return [list(compress(some, picks)) or None for picks in product((0, 1), repeat=len(some))]
    if question.type is QuestionType.CHOICE_ONE:
        return [None, *compared, *unnamed]
    return [None, *compared, *OTHERWISE[question.type]]


RULES = (unique_names, keys_fit_types, conditions_fit)
