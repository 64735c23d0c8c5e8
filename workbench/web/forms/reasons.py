"""The fields that ask why something was chosen; see ``audit.choices`` for the questions."""

from typing import Any

from wtforms import Field, TextAreaField, ValidationError

from workbench.audit.choices import CHOICES
from workbench.basics.text import later
from workbench.web.forms.validators import AtMost

REASON_LENGTH = 1000
NO_REASON = later("Say why you chose this. The reason will be public.")


class Because:
    """A reason is given where one of the fields says something else than at the beginning."""

    def __init__(self, *fields: str) -> None:
        self.fields = fields

    def __call__(self, form: Any, field: Field) -> None:
        """Raises ValidationError where it is missing."""
        if form.is_used(*self.fields) and not (field.data or "").strip():
            raise ValidationError(NO_REASON)


def why(choice: str, *fields: str) -> TextAreaField:
    """The question for the reason of a choice that the fields of the form state."""
    asked = CHOICES[choice]
    checks = [AtMost(REASON_LENGTH), Because(*fields)]
    return TextAreaField(asked.question, checks, description=asked.hint)


def reason_field(choice: str) -> str:
    """The name of the field for a choice's reason."""
    return f"reason_{choice}"
