"""What all forms with fixed fields have in common."""

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.meta import DefaultMeta

from workbench.questionnaire.accepting import UNPRINTABLE


def printable(text: str) -> str:
    """The text without control characters: no person types them, databases refuse some."""
    return UNPRINTABLE.sub("", text)


class FixedForm(Form):
    """A form whose texts hold no control characters."""

    class Meta(DefaultMeta):
        """How the form reads what was sent."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:  # noqa: ARG002
            """What was sent, made printable."""
            if formdata is None:
                return None
            return MultiDict((key, printable(text)) for key, text in formdata.items(multi=True))
