"""Rules for questionnaire.yaml that one key alone cannot show; each gives the mistakes it finds."""

from collections.abc import Iterable, Iterator, Mapping

from workbench.basics.errors import BrokenContent
from workbench.questionnaire.definition import QuestionType
from workbench.questionnaire.file_format import FieldFile, QuestionFile, QuestionnaireFile
from workbench.questionnaire.reading import Document, Key, line_of

Structure = Document[QuestionnaireFile]
CHOICES = (QuestionType.CHOICE_ONE, QuestionType.CHOICE_MANY, QuestionType.JUDGEMENT)
WRITTEN = (QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT, QuestionType.LINK)
# Which key belongs to which types; those of the second table are also needed there.
ALLOWED: Mapping[str, tuple[QuestionType, ...]] = {
    "options": CHOICES,
    "exclusive": (QuestionType.CHOICE_MANY,),
    "at_most": (QuestionType.CHOICE_MANY,),
    "fields": (QuestionType.GROUP,),
    "minimum": (QuestionType.NUMBER,),
    "maximum": (QuestionType.NUMBER,),
    "max_length": (*WRITTEN, QuestionType.JUDGEMENT),
    "registered": (QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT),
}
NEEDED = ("options", "fields")
WHOLE = (QuestionType.GROUP, QuestionType.JUDGEMENT)


def placed(structure: Structure) -> Iterator[tuple[Key, QuestionFile]]:
    """Every question with its place in the file."""
    for s, section in enumerate(structure.content.sections):
        for q, question in enumerate(section.questions):
            yield ("sections", str(s), "questions", str(q)), question


def unique_names(structure: Structure) -> Iterator[BrokenContent]:
    """No two sections, questions, gate conditions, options or fields share an id."""
    sections: list[tuple[Key, str]] = [
        (("sections", str(n), "id"), section.id)
        for n, section in enumerate(structure.content.sections)
    ]
    questions: list[tuple[Key, str]] = [((*key, "id"), q.id) for key, q in placed(structure)]
    gates: list[tuple[Key, str]] = [
        (("gate", str(n), "id"), gate.id) for n, gate in enumerate(structure.content.gate)
    ]
    lists: list[list[tuple[Key, str]]] = [sections, questions, gates]
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
    first: dict[str, Key] = {}
    for key, name in named:
        if first.setdefault(name, key) is not key:
            line = line_of(structure.lines, first[name])
            wanted = f"an id of its own, {name} is taken: it stands in line {line} already"
            yield structure.problem(key, wanted)


def keys_fit_types(structure: Structure) -> Iterator[BrokenContent]:
    """Options belong to choices, fields to groups, bounds to numbers, a length to texts.

    Bounds fit each other; an option that stands alone is one of the options.
    """
    for key, question in placed(structure):
        yield from _misplaced(structure, key, question)
        yield from _limited(structure, key, question)
        for n, field in enumerate(question.fields):
            place = (*key, "fields", str(n))
            yield from _misplaced(structure, place, field)
            yield from _limited(structure, place, field)
            if field.type in WHOLE:
                wanted = "any type but group and judgement within a group"
                yield structure.problem((*place, "type"), wanted)


def _misplaced(structure: Structure, key: Key, question: FieldFile) -> Iterator[BrokenContent]:
    for name, types in ALLOWED.items():
        given = getattr(question, name, None)
        if given not in (None, ()) and question.type not in types:
            yield structure.problem((*key, name), f"no {name} with type {question.type}")
        if given == () and name in NEEDED and question.type in types:
            yield structure.problem((*key, name), f"{name} with type {question.type}")


def _limited(structure: Structure, key: Key, question: FieldFile) -> Iterator[BrokenContent]:
    for n, option in enumerate(question.exclusive):
        if option not in question.options:
            place = (*key, "exclusive", str(n))
            yield structure.problem(place, f"one of the options, not {option}")
    together = len(question.options) - len(question.exclusive)
    if question.at_most is not None and question.at_most >= together:
        yield structure.problem((*key, "at_most"), "fewer than the options that go together")
    low, high = question.minimum, question.maximum
    if low is not None and high is not None and low > high:
        yield structure.problem((*key, "maximum"), "no less than the minimum")


def feeds_are_single(structure: Structure) -> Iterator[BrokenContent]:
    """The product reads each thing from one question."""
    feeds = [((*key, "feeds"), q.feeds) for key, q in placed(structure) if q.feeds]
    yield from _repeated(structure, feeds)


def quick_scan_stands_first(structure: Structure) -> Iterator[BrokenContent]:
    """The quick scan decides about the rest, so nothing stands before it."""
    ended = False
    for n, section in enumerate(structure.content.sections):
        if section.quick_scan and ended:
            key = ("sections", str(n), "quick_scan")
            yield structure.problem(key, "the sections of the quick scan before all others")
        ended = ended or not section.quick_scan


# Not among them: ``unique_names``. Where an id stands twice, no other rule can tell what is meant.
RULES = (keys_fit_types, feeds_are_single, quick_scan_stands_first)
