"""Fields to choose from: one option, several, yes or no."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from workbench.basics.text import later
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
