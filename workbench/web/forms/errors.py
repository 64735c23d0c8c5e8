"""Puts what a service refused beside the fields it speaks of."""

from wtforms import Form

from workbench.basics import text
from workbench.basics.errors import InvalidInput
from workbench.web.locale import language


def adopt(form: Form, error: InvalidInput) -> None:
    """Add the service's messages to the form's fields; the rest becomes a message of the form.

    A field that already says what is wrong with it is not told so again.
    """
    for name, message in error.fields.items():
        field = form._fields.get(name)
        if field is not None and not field.errors:
            field.errors = [_told(message, error)]
    if not any(name in form._fields for name in error.fields):
        form.form_errors.append(_told(error.message, error))


def _told(message: str, error: InvalidInput) -> str:
    # Templates translate without values: what has some is put into words here.
    return text.translate(language(), message, error.values) if error.values else message
