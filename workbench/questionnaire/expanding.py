"""Replaces ``{is: name}`` by the condition of that name wherever a file uses it."""

from collections.abc import Mapping

from workbench.basics.errors import BrokenContent
from workbench.questionnaire.conditions import Condition, expanded, unknown
from workbench.questionnaire.file_format import (
    GateFile,
    QuestionFile,
    QuestionnaireFile,
    SectionFile,
)
from workbench.questionnaire.reading import Document, Key
from workbench.questionnaire.vocabulary_format import ConditionsFile, DutiesFile

Names = Mapping[str, Condition]


def names_of(
    document: Document[ConditionsFile] | None, problems: list[BrokenContent]
) -> dict[str, Condition]:
    """Name → condition without names; a name that does not stand before its use is a problem."""
    names: dict[str, Condition] = {}
    for n, named in enumerate(document.content.conditions if document else ()):
        key = ("conditions", str(n))
        if document and named.id in names:
            problems.append(
                document.problem((*key, "id"), f"an id of its own, {named.id} is taken")
            )
        holds_if = expanded(named.holds_if, names)
        if document:
            problems.extend(
                document.problem((*key, "holds_if"), f"a name that stands before it, not {name}")
                for name in unknown(holds_if)
            )
        names[named.id] = holds_if
    return names


def questionnaire(
    document: Document[QuestionnaireFile], names: Names, problems: list[BrokenContent]
) -> Document[QuestionnaireFile]:
    """The questionnaire without names."""
    content = document.content
    for key, condition in placed_conditions(content):
        problems.extend(_unknown(document, key, condition, names))
    update = {
        "sections": tuple(_section(one, names) for one in content.sections),
        "gate": tuple(_gate(one, names) for one in content.gate),
    }
    return Document(document.file, content.model_copy(update=update), document.lines)


def calendar(
    document: Document[DutiesFile], names: Names, problems: list[BrokenContent]
) -> Document[DutiesFile]:
    """The duties without names."""
    duties = []
    for n, duty in enumerate(document.content.duties):
        if duty.when:
            key = ("duties", str(n), "when")
            problems.extend(_unknown(document, key, duty.when, names))
        duties.append(duty.model_copy(update={"when": _maybe(duty.when, names)}))
    content = document.content.model_copy(update={"duties": tuple(duties)})
    return Document(document.file, content, document.lines)


def placed_conditions(content: QuestionnaireFile) -> list[tuple[Key, Condition]]:
    """Every condition of the questionnaire with its place."""
    found: list[tuple[Key, Condition | None]] = []
    for s, section in enumerate(content.sections):
        key = ("sections", str(s))
        found.append(((*key, "ask_if"), section.ask_if))
        for q, question in enumerate(section.questions):
            found.extend(of_question((*key, "questions", str(q)), question))
    for n, gate in enumerate(content.gate):
        found += [(("gate", str(n), "when"), gate.when), (("gate", str(n), "need"), gate.need)]
    return [(key, condition) for key, condition in found if condition]


def of_question(key: Key, question: QuestionFile) -> list[tuple[Key, Condition | None]]:
    """When the question is asked, and when it wants a task, each with its place."""
    wanted = enumerate(question.wanted)
    return [
        ((*key, "ask_if"), question.ask_if),
        *(((*key, "wanted", str(n), "when"), one.when) for n, one in wanted),
    ]


def _unknown(
    document: Document[QuestionnaireFile] | Document[DutiesFile],
    key: Key,
    condition: Condition,
    names: Names,
) -> list[BrokenContent]:
    return [
        document.problem(key, f"a name from conditions.yaml, not {name}")
        for name in unknown(expanded(condition, names))
    ]


def _section(section: SectionFile, names: Names) -> SectionFile:
    questions = tuple(_question(one, names) for one in section.questions)
    return section.model_copy(
        update={"ask_if": _maybe(section.ask_if, names), "questions": questions}
    )


def _question(question: QuestionFile, names: Names) -> QuestionFile:
    wanted = tuple(
        one.model_copy(update={"when": _maybe(one.when, names)}) for one in question.wanted
    )
    return question.model_copy(update={"ask_if": _maybe(question.ask_if, names), "wanted": wanted})


def _gate(gate: GateFile, names: Names) -> GateFile:
    return gate.model_copy(
        update={"when": _maybe(gate.when, names), "need": _maybe(gate.need, names)}
    )


def _maybe(condition: Condition | None, names: Names) -> Condition | None:
    return expanded(condition, names) if condition else None
