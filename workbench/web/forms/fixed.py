"""What all forms with fixed fields have in common."""

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form, PasswordField
from wtforms.fields.choices import SelectFieldBase
from wtforms.meta import DefaultMeta

from workbench.questionnaire.accepting import cleaned, printable

# A secret is what was typed, to the last blank; what is chosen was written by the product.
AS_SENT = (PasswordField, SelectFieldBase)


class FixedForm(Form):
    """A form whose typed texts are cleaned as answers are.

    ``quoted`` names fields that repeat words of a table: they have to stay as they stand there.
    """

    quoted: frozenset[str] = frozenset()

    class Meta(DefaultMeta):
        """How the form reads what was sent."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent, its typed texts cleaned, all else without control characters."""
            if formdata is None:
                return None
            kept = {field.name for field in form if isinstance(field, AS_SENT)} | form.quoted
            return MultiDict(
                (key, printable(text) if key in kept else cleaned(text))
                for key, text in formdata.items(multi=True)
            )
