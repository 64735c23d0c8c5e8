"""Forms for describing a system and for sharing it with colleagues."""

from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import InputRequired

from workbench.basics.text import later
from workbench.services.systems import LENGTHS
from workbench.web.forms.fixed import FixedForm
from workbench.web.forms.validators import AtMost

REQUIRED = InputRequired(later("Fill in this field."))


def limit(field: str) -> AtMost:
    """The length the service allows for the field."""
    return AtMost(LENGTHS[field])


class SystemForm(FixedForm):
    """What a system is called, what it is for, who answers for it."""

    name = StringField(
        later("Name of the system"),
        [REQUIRED, limit("name")],
        description=later("Use a name that says what it does. It will be public."),
    )
    purpose = TextAreaField(
        later("What is it for?"),
        [REQUIRED, limit("purpose")],
        description=later("One or two sentences without technical words. They will be public."),
    )
    department = StringField(
        later("Responsible office"),
        [REQUIRED, limit("department")],
        description=later("The office that answers for the content, not a person."),
    )
    contact = StringField(
        later("Contact for the public"),
        [REQUIRED, limit("contact")],
        description=later("A shared mailbox or a telephone number, not a person."),
    )


class Colleague(FixedForm):
    """A colleague who shall work on the system."""

    email = EmailField(
        later("E-mail address of a colleague"),
        [REQUIRED],
        description=later("The person needs an account with the role project team."),
    )
