"""Fields to choose from: one option, several, yes or no."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import JsonValue
from werkzeug.datastructures import MultiDict

from workbench.basics.text import later
from workbench.questionnaire.accepting import cleaned, length_limit
from workbench.questionnaire.conditions import CHOICE, REASON
from workbench.web.forms.fields import AnswerField


@dataclass(frozen=True)
class Choice:
    """One radio button or checkbox."""

    id: str
    value: str
    label: str
    checked: bool


class OneAnswer(AnswerField):
    """One of the options; the last one takes the answer back."""

    template = "questions/choice_one.html"

    @property
    def offered(self) -> list[tuple[str, str]]:
        """The options as (posted value, words)."""
        options = self.question.options
        return [(option.id, option.title.in_language(self.language)) for option in options]

    @property
    def choices(self) -> list[Choice]:
        """The radio buttons; the last says that the question is still open."""
        offered = [*self.offered, ("", self.said(later("Still open")))]
        return [
            Choice(f"{self.id}-{index}", value, label, checked=value == self.typed)
            for index, (value, label) in enumerate(offered)
        ]

    @property
    def target(self) -> str:
        """The first radio button."""
        return f"{self.id}-0"


class YesNoAnswer(OneAnswer):
    """Yes or no."""

    template = "questions/yes_no.html"

    @property
    def offered(self) -> list[tuple[str, str]]:
        """Yes and no."""
        return [("yes", self.said(later("Yes"))), ("no", self.said(later("No")))]

    def read(self, typed: list[str]) -> JsonValue:
        """True, False or nothing; anything else is left for the check."""
        answers: Mapping[str, JsonValue] = {"yes": True, "no": False, "": None}
        return answers.get(typed[0], typed[0])

    def shown(self, value: JsonValue) -> str:
        """The posted form of a stored answer."""
        return "yes" if value is True else "no"


class JudgementAnswer(OneAnswer):
    """One of the options and the reason for it, in an input called ``<id>-reason``."""

    template = "questions/judgement.html"

    def gathered(self, formdata: Any) -> Any:
        """Choice and reason as one list."""
        if formdata is None or not {self.name, self.reason_name} & set(formdata):
            return formdata
        names = (self.name, self.reason_name)
        return MultiDict([(self.name, formdata.get(name, "")) for name in names])

    def read(self, typed: list[str]) -> JsonValue:
        """What is given of both; nothing when neither is."""
        pairs = zip((CHOICE, REASON), typed, strict=False)
        return {name: value for name, value in pairs if value} or None

    def shown(self, value: JsonValue) -> str:
        """The option of a stored answer."""
        return str(value.get(CHOICE, "")) if isinstance(value, dict) else ""

    @property
    def reason_name(self) -> str:
        """The name and id of the input for the reason."""
        return f"{self.name}-{REASON}"

    @property
    def reason_limit(self) -> int | None:
        """How many characters the reason may have."""
        return length_limit(self.question)

    @property
    def reason(self) -> str:
        """The reason as typed, cleaned, or the stored one."""
        if self.raw_data:
            return cleaned(str(self.raw_data[-1]))
        return str(self.data.get(REASON, "")) if isinstance(self.data, dict) else ""


class ManyAnswer(AnswerField):
    """Several of the options."""

    template = "questions/choice_many.html"

    def read(self, typed: list[str]) -> JsonValue:
        """The chosen options; an empty marker says that the field was there."""
        return [value for value in typed if value]

    @property
    def choices(self) -> list[Choice]:
        """The checkboxes."""
        chosen = self.data if isinstance(self.data, list) else []
        return [
            Choice(
                f"{self.id}-{index}",
                option.id,
                option.title.in_language(self.language),
                checked=option.id in chosen,
            )
            for index, option in enumerate(self.question.options)
        ]

    @property
    def target(self) -> str:
        """The first checkbox."""
        return f"{self.id}-0"
