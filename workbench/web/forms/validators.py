"""Validators with our own messages, in the language of the field."""

from typing import TYPE_CHECKING

from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from workbench.basics import text
from workbench.basics.errors import InvalidInput

if TYPE_CHECKING:
    from workbench.web.forms.fields import AnswerField


class Accepted:
    """What was entered fits the question; the questionnaire's own check decides."""

    def __call__(self, _form: BaseForm, field: "AnswerField") -> None:
        """Raises StopValidation with the reason, or silently when reading it failed already."""
        if field.process_errors:
            raise StopValidation
        try:
            field.accepted()
        except InvalidInput as error:
            message = text.translate(field.language, error.message, error.values)
            raise StopValidation(message) from error
