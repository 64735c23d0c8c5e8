"""Validators with our own messages, in the language of the field."""

from collections.abc import Sequence
from typing import Any, Protocol

from pydantic import JsonValue
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from workbench.basics import text
from workbench.basics.errors import InvalidInput
from workbench.questionnaire import accepting
from workbench.web.forms import lines
from workbench.web.locale import language


class Answering(Protocol):
    """What the check needs of a field."""

    language: str
    process_errors: Sequence[str]

    def accepted(self) -> JsonValue:
        """The value to store; raises InvalidInput when the entry does not fit."""


class Accepted:
    """What was entered fits the question; the questionnaire's own check decides."""

    def __call__(self, _form: BaseForm, field: Answering) -> None:
        """Raises StopValidation with the reason, or silently when reading it failed already."""
        if field.process_errors:
            raise StopValidation
        try:
            field.accepted()
        except InvalidInput as error:
            message = text.translate(field.language, error.message, error.values)
            raise StopValidation(message) from error


class AtMost:
    """The text has at most ``limit`` characters; templates find it as ``flags.maxlength``."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.field_flags = {"maxlength": limit}

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Raises ValidationError naming the limit, in the language of the page."""
        try:
            accepting.require_length(field.data or "", self.limit)
        except InvalidInput as error:
            message = text.translate(language(), error.message, error.values)
            raise ValidationError(message) from error


class Readable:
    """What was typed has the shape that its reader takes."""

    def __init__(self, read: lines.Reader) -> None:
        self.read = read

    def __call__(self, form: Any, field: Field) -> None:
        """Raises ValidationError with the reader's message, in the language of the page."""
        try:
            self.read(field.data or "", form.columns)
        except InvalidInput as error:
            raise ValidationError(
                text.translate(language(), error.message, error.values)
            ) from error
