"""Puts what a service refused beside the fields it speaks of."""

from wtforms import Form

from workbench.basics.errors import InvalidInput


def adopt(form: Form, error: InvalidInput) -> None:
    """Add the service's messages to the form's fields; the rest becomes a message of the form."""
    for name, message in error.fields.items():
        field = form._fields.get(name)
        if field is not None:
            field.errors = [*field.errors, message]
    if not any(name in form._fields for name in error.fields):
        form.form_errors.append(error.message)
