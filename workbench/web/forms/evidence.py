"""Forms of evidence: a file or a link that backs an answer or a value decision."""

from wtforms import FileField, Form, StringField
from wtforms.validators import InputRequired

from workbench.basics.text import later
from workbench.services import evidence
from workbench.web.forms.fixed import FixedForm
from workbench.web.forms.validators import AtMost


class FileForm(Form):
    """One file."""

    file = FileField(
        later("File"),
        [InputRequired(later("Choose a file."))],
        description=later(
            "PDF, PNG, JPEG, Word, Excel or OpenDocument, at most 20 MB. It is never published."
        ),
    )


class LinkForm(FixedForm):
    """One web address with a name."""

    name = StringField(
        later("Name of the link"),
        [
            InputRequired(later("Give it a name.")),
            AtMost(evidence.NAME_LENGTH),
        ],
    )
    link = StringField(
        later("Web address"),
        [InputRequired(later("Enter a web address.")), AtMost(evidence.ADDRESS_LENGTH)],
    )
