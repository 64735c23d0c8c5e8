"""When a conditional question is asked, as a sentence."""

from collections.abc import Mapping

from workbench.basics import text
from workbench.basics.text import later
from workbench.questionnaire import types
from workbench.questionnaire.conditions import Condition, Scalar
from workbench.questionnaire.definition import Question, QuestionType


def sentence(condition: Condition, questions: Mapping[str, Question], language: str) -> str:
    """The condition in words; for a nested one only that earlier answers decide.

    ``questions`` maps ids to questions and holds at least those the condition names.
    """
    operator, operand = condition.operator()
    if operator not in {"equals", "any_of"}:
        return text.translate(
            language, later("Whether this question applies depends on your other answers.")
        )
    identifier, expected = operand
    question = questions[identifier]
    values = expected if operator == "any_of" else (expected,)
    either = text.translate(language, later("or"))
    answers = f" {either} ".join(_quoted(question, value, language) for value in values)
    return text.translate(
        language,
        later("Only if you answer “{question}” with {answers}."),
        {"question": question.title.in_language(language), "answers": answers},
    )


def _quoted(question: Question, value: Scalar, language: str) -> str:
    single = question.type is QuestionType.CHOICE_MANY
    words = types.words(question, [value] if single else value, language)
    return text.translate(language, later("“{answer}”"), {"answer": ", ".join(words)})
