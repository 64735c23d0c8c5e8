"""One WTForms field per question type, with all that its template shows.

The markup stands in ``templates/questions/``; here are only values for it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from pydantic import JsonValue
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.utils import unset_value

from workbench.basics import text
from workbench.basics.capacities import CAPACITIES
from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.questionnaire import accepting, types, wording
from workbench.questionnaire.conditions import NOT_APPLICABLE, Scalar
from workbench.questionnaire.definition import Question, QuestionType
from workbench.web.forms.validators import Accepted


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: where to go, which question, what is wrong."""

    target: str
    label: str
    message: str


class AnswerField(Field):
    """A question as a field: ``data`` is its JSON value, ``typed`` what the input shows.

    ``escapable``: it can be said not to apply, and ``excuse`` is why. ``condition`` is the sentence
    that says when it is asked, if that depends on answers of the same page; ``ask_if`` the same for
    a script that hides it meanwhile. ``known``: the text comes from the registration. ``sent``:
    whether the posted form had this field at all.
    """

    template = "questions/short_text.html"
    data: JsonValue
    sent = False
    excuse = ""

    def __init__(
        self,
        *,
        question: Question,
        language: str,
        condition: str = "",
        escapable: bool = False,
        known: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label=question.title.in_language(language), **options)
        self.validators = (Accepted(),)
        self.question = question
        self.language = language
        self.condition = condition
        self.escapable = escapable
        self.known = known

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the reason for "does not apply" apart from the answer, then go on as usual."""
        self.excuse = types.excuse(data) if self.escapable else ""
        typed = formdata.get(self.excuse_name) if self.escapable and formdata is not None else None
        if typed is not None:
            self.excuse = accepting.cleaned(str(typed))
        super().process(
            self.gathered(formdata), None if types.excuse(data) else data, extra_filters
        )

    def gathered(self, formdata: Any) -> Any:
        """What was posted, with all inputs of the field under its name."""
        return formdata

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take over what was posted; a field that was not in the form keeps its value."""
        self.sent = bool(valuelist)
        if self.sent:
            self.data = self.read([str(value) for value in valuelist])

    def read(self, typed: list[str]) -> JsonValue:
        """What was typed as JSON value; raises ValueError with a message for the person."""
        return typed[0]

    def accepted(self) -> JsonValue:
        """The value to store; raises InvalidInput, also for both an answer and an excuse."""
        answer = types.accept(self.question, self.data)
        if not self.excuse:
            return answer
        if answer is not None:
            raise InvalidInput(accepting.EITHER)
        return types.accept(self.question, {NOT_APPLICABLE: self.excuse})

    @property
    def internal(self) -> tuple[str, ...]:
        """The titles of those fields of a group that are never published."""
        fields = self.question.fields
        return tuple(one.title.in_language(self.language) for one in fields if not one.public)

    @property
    def excuse_name(self) -> str:
        """The name of the input for the reason why the question does not apply."""
        return f"{self.name}-{NOT_APPLICABLE}"

    @property
    def excuse_limit(self) -> int:
        """How many characters that reason may have."""
        return accepting.LONGEST_EXCUSE

    def unsaid(self) -> None:
        """Forget what was posted: it is not asked, and it does not fit."""
        self.sent = False
        self.errors = ()

    def said(self, message: str, **values: object) -> str:
        """A message in the language of the field."""
        return text.translate(self.language, message, values)

    @property
    def typed(self) -> str:
        """What the input shows: what was typed, cleaned, or the stored answer."""
        if self.raw_data:
            return accepting.cleaned(str(self.raw_data[0]))
        return "" if self.data is None else self.shown(self.data)

    def shown(self, value: JsonValue) -> str:
        """A stored value as it is typed."""
        return str(value)

    @property
    def target(self) -> str:
        """The id of the first input."""
        return self.id

    @property
    def problems(self) -> list[Problem]:
        """What is wrong here, for the error summary."""
        return [Problem(self.target, self.label.text, message) for message in self.errors]

    @property
    def ask_if(self) -> str:
        """For a script: ``{"question": …, "values": […]}`` as posted; "" when it cannot tell."""
        if not self.condition or self.question.ask_if is None:
            return ""
        operator, operand = self.question.ask_if.operator()
        if operator not in {"equals", "any_of"}:
            return ""
        name, expected = operand
        wanted = expected if operator == "any_of" else (expected,)
        return json.dumps({"question": name, "values": [posted(value) for value in wanted]})

    @property
    def help(self) -> str:
        """The hint under the question; "" when there is none."""
        return self.question.help.in_language(self.language) if self.question.help else ""

    @property
    def limit(self) -> int | None:
        """How many characters fit; None where nobody has to count, or only at the reason."""
        at_reason = self.question.type is QuestionType.JUDGEMENT
        return None if at_reason else accepting.length_limit(self.question)

    @property
    def wraps(self) -> bool:
        """Whether a short text may be longer than one line can show."""
        return (self.limit or 0) > accepting.LIMITS[QuestionType.SHORT_TEXT]

    @property
    def unit(self) -> str:
        """The unit of a number; "" when there is none."""
        return self.question.unit.in_language(self.language) if self.question.unit else ""

    @property
    def capacities(self) -> str:
        """Who should answer, in words."""
        return ", ".join(self.said(CAPACITIES[capacity]) for capacity in self.question.capacity)

    @property
    def described_by(self) -> str:
        """The ids of the texts that belong to the input."""
        given = {
            "condition": self.condition,
            "hint": self.help,
            "known": self.known,
            "limit": self.limit,
            "most": self.question.at_most,
            "unit": self.unit,
            "error": self.errors,
        }
        return " ".join(f"{self.id}-{part}" for part, there in given.items() if there)


class LongTextAnswer(AnswerField):
    """Paragraphs."""

    template = "questions/long_text.html"


class LinkAnswer(AnswerField):
    """A web address."""

    template = "questions/link.html"


class NumberAnswer(AnswerField):
    """A number, read and shown with the separators of the language."""

    template = "questions/number.html"

    def read(self, typed: list[str]) -> JsonValue:
        """The number; blanks between digits are allowed."""
        written = "".join(accepting.cleaned(typed[0]).split()).replace("\N{MINUS SIGN}", "-")
        if not written:
            return None
        wrong = self.said(later("Please enter a number, for example {example}."), example=1234.5)
        # The library would also take 1_000, 1e5 and NaN.
        if not re.fullmatch(r"-?[\d.,]+", written):
            raise ValueError(wrong)
        try:
            value = float(parse_decimal(written, locale=self.language, strict=True))
        except NumberFormatError as error:
            raise ValueError(wrong) from error
        return value

    def shown(self, value: JsonValue) -> str:
        """The number with all its decimals."""
        return wording.figure(value, self.language) if isinstance(value, int | float) else ""


def posted(value: Scalar) -> str:
    """An expected answer as a form sends it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def answers_of(form: BaseForm) -> Iterator[AnswerField]:
    """The question fields of a form."""
    return (field for field in form if isinstance(field, AnswerField))
