"""Rules for what the product computes from answers: scores, answers that knock out, feeds."""

from collections.abc import Iterator, Set
from itertools import pairwise

from workbench.basics.errors import BrokenContent
from workbench.questionnaire.conditions import holds, unknown
from workbench.questionnaire.definition import CheckName, FeedName, QuestionType
from workbench.questionnaire.feeds import SHAPES, TASKS, Shape
from workbench.questionnaire.file_format import FieldFile, QuestionFile, ScoreFile
from workbench.questionnaire.phase_rules import possible
from workbench.questionnaire.reading import Key
from workbench.questionnaire.structure_rules import CHOICES, Structure, placed

YES_NO = ("yes", "no")


def scores_fit(structure: Structure, indicators: Set[str]) -> Iterator[BrokenContent]:
    """Points belong to options, steps to numbers; the indicator is known, alternatives share it."""
    measured: dict[str, str] = {}
    for key, question in placed(structure):
        if question.score is None:
            continue
        place = (*key, "score")
        if question.score.indicator not in indicators:
            yield structure.problem((*place, "indicator"), "an id from indicators.yaml")
        alternative, indicator = question.score.alternative, question.score.indicator
        if alternative and measured.setdefault(alternative, indicator) != indicator:
            wanted = f"the indicator {measured[alternative]}, as its alternatives have"
            yield structure.problem((*place, "indicator"), wanted)
        for part, wanted in _misscored(question, question.score):
            yield structure.problem((*place, *part), wanted)


def _misscored(question: QuestionFile, score: ScoreFile) -> Iterator[tuple[Key, str]]:
    offered = YES_NO if question.type is QuestionType.YES_NO else question.options
    counted = question.type in (QuestionType.YES_NO, *CHOICES)
    if not counted and question.type is not QuestionType.NUMBER:
        yield (), f"no score with type {question.type}"
    elif counted and (not score.points or score.steps):
        yield (), f"points, and no steps, with type {question.type}"
    elif not counted and (not score.steps or score.points):
        yield (), f"steps, and no points, with type {question.type}"
    for option in score.points if counted else ():
        if option not in offered:
            yield ("points", option), f"one of {', '.join(offered)}"
    starts = [start for start, _ in score.steps]
    if any(first >= second for first, second in pairwise(starts)):
        yield ("steps",), "ascending numbers"


def knock_outs_fit(structure: Structure) -> Iterator[BrokenContent]:
    """An answer that knocks out is one that the question can have."""
    for key, question in placed(structure):
        for n, value in enumerate(question.knock_out):
            if question.type is QuestionType.NUMBER or not possible(question, value):
                wanted = f"a value that {question.id} can have, not {value!r}"
                yield structure.problem((*key, "knock_out", str(n)), wanted)


def feeds_have_their_shape(structure: Structure) -> Iterator[BrokenContent]:
    """A question that feeds something has the type, options and fields that this needs."""
    for key, question in placed(structure):
        if question.feeds:
            shape = SHAPES[question.feeds]
            for part, wanted in _misshaped(question, question.fields, shape):
                yield structure.problem((*key, *part), f"{wanted} for {question.feeds}")


def _misshaped(
    question: FieldFile, fields: tuple[FieldFile, ...], shape: Shape
) -> Iterator[tuple[Key, str]]:
    if question.type is not shape.type:
        yield ("type",), f"type {shape.type}"
        return
    if set(question.options) != set(shape.options):
        yield ("options",), f"the options {', '.join(shape.options)}"
    if shape.internal and question.public:
        yield ("public",), "public: false"
    places = {field.id: (str(n), field) for n, field in enumerate(fields)}
    for name, inner in shape.fields.items():
        if name not in places:
            yield ("fields",), f"a field {name}"
            continue
        number, field = places[name]
        for part, wanted in _misshaped(field, (), inner):
            yield ("fields", number, *part), wanted


def wanted_tasks_exist(structure: Structure) -> Iterator[BrokenContent]:
    """Tasks are wanted only of a chain of responsibility, and each is one of its tasks, once."""
    for key, question in placed(structure):
        if question.wanted and question.feeds is not FeedName.RESPONSIBILITY:
            wanted = f"wanted only with feeds: {FeedName.RESPONSIBILITY}"
            yield structure.problem((*key, "wanted"), wanted)
        named = [one.task for one in question.wanted]
        for n, task in enumerate(named):
            if task not in TASKS or task in named[:n]:
                wanted = f"one of {', '.join(TASKS)}, each once"
                yield structure.problem((*key, "wanted", str(n), "task"), wanted)


def chains_can_be_checked(structure: Structure) -> Iterator[BrokenContent]:
    """A gate that looks for responsibilities needs the question that names them."""
    feeds = {question.feeds for _, question in placed(structure)}
    for n, gate in enumerate(structure.content.gate):
        if gate.check is CheckName.RESPONSIBILITIES and FeedName.RESPONSIBILITY not in feeds:
            wanted = f"a question with feeds: {FeedName.RESPONSIBILITY}"
            yield structure.problem(("gate", str(n), "check"), wanted)


def gaps_rest_on_answers(structure: Structure) -> Iterator[BrokenContent]:
    """No lack is claimed of a system of which nothing is known yet."""
    for key, question in placed(structure):
        for n, one in enumerate(question.wanted):
            if one.when and not unknown(one.when) and holds(one.when, {}):
                wanted = "a condition that does not hold without any answer"
                yield structure.problem((*key, "wanted", str(n), "when"), wanted)


RULES = (
    knock_outs_fit,
    feeds_have_their_shape,
    wanted_tasks_exist,
    gaps_rest_on_answers,
    chains_can_be_checked,
)
