"""What to keep in mind for an answer, as a spreadsheet says it beside the question."""

from collections.abc import Mapping

from workbench.basics.text import later, translate
from workbench.questionnaire import accepting, asking, wording
from workbench.questionnaire.conditions import comparisons
from workbench.questionnaire.definition import Option, Question, QuestionType
from workbench.questionnaire.types import ESCAPABLE

ON_SHEET = later("Answer on the sheet “{sheet}”, one row per entry.")
ONE_OF = later("One of these:")
SOME_OF = later("One or more of these, each on a line of its own (Alt and Enter begin a line):")
ALONE, MOST = later("{answer} (only by itself)"), later("Answers at most: {n}")
WITH_REASON = later("And the reason in the last column. Without it the answer is incomplete.")
AT_MOST = later("At most {limit} characters.")
DAY = later("A day, for example 31.12.2026.")
NUMBER = later("A number")
FROM, UNTIL = later("A number from {low} on"), later("A number up to {high}")
BETWEEN = later("A number from {low} to {high}")


def note(question: Question, language: str, *, condition: str = "", tab: str = "") -> str:
    """Under which ``condition`` it is asked, hint, and what fits; ``tab``: the sheet of a group."""
    hint = question.help.in_language(language) if question.help else ""
    place = translate(language, ON_SHEET, {"sheet": tab}) if tab else ""
    return "\n".join(filter(None, [condition, hint, place, *expected(question, language)]))


def condition(question: Question, questions: Mapping[str, Question], language: str) -> str:
    """When it is asked; "" where other phases decide."""
    asked_if = question.ask_if
    known = asked_if and {name for name, _ in comparisons(asked_if)} <= questions.keys()
    return asking.sentence(asked_if, questions, language) if asked_if and known else ""


def expected(question: Question, language: str) -> tuple[str, ...]:
    """What fits, in lines: the answers offered, length, bounds and unit; () for a group."""
    if question.options:
        message = SOME_OF if question.type is QuestionType.CHOICE_MANY else ONE_OF
        offered = [f"– {_option(question, option, language)}" for option in question.options]
        most = translate(language, MOST, {"n": question.at_most}) if question.at_most else ""
        judged = question.type is QuestionType.JUDGEMENT
        reason = translate(language, WITH_REASON) if judged else ""
        return tuple(filter(None, (translate(language, message), *offered, most, reason)))
    if question.type is QuestionType.NUMBER:
        return (_number(question, language),)
    if question.type is QuestionType.DATE:
        return (translate(language, DAY),)
    limit = accepting.length_limit(question)
    return (translate(language, AT_MOST, {"limit": limit}),) if limit else ()


def _option(question: Question, option: Option, language: str) -> str:
    title = option.title.in_language(language)
    alone = option.id in question.exclusive
    return translate(language, ALONE, {"answer": title}) if alone else title


def takes_reason(question: Question) -> bool:
    """Whether a reason can stand beside the answer, or instead of it."""
    return question.type in ESCAPABLE or question.type is QuestionType.JUDGEMENT


def _number(question: Question, language: str) -> str:
    low, high = question.minimum, question.maximum
    given = {"low": low, "high": high}
    message = {(True, True): BETWEEN, (True, False): FROM, (False, True): UNTIL}.get(
        (low is not None, high is not None), NUMBER
    )
    said = {name: wording.figure(end, language) for name, end in given.items() if end is not None}
    unit = f" ({question.unit.in_language(language)})" if question.unit else ""
    return translate(language, message, said) + unit
