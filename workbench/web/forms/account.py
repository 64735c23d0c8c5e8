"""Forms for signing in, for one's own password, and for adding people."""

from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from workbench.basics.text import later
from workbench.governance.roles import ROLES
from workbench.web.forms.fixed import FixedForm
from workbench.web.forms.options import offer
from workbench.web.forms.validators import AtMost

REQUIRED = InputRequired(later("Fill in this field."))


class SignIn(FixedForm):
    """Address and password."""

    email = EmailField(later("E-mail address"), [REQUIRED, AtMost(254)])
    password = PasswordField(later("Password"), [REQUIRED, AtMost(256)])


class NewPassword(FixedForm):
    """The old and the new password."""

    old = PasswordField(later("Present password"), [REQUIRED])
    new = PasswordField(
        later("New password"),
        [REQUIRED, Length(min=12, message=later("The password needs 12 to 256 characters."))],
        description=later("At least 12 characters. A sentence is easy to remember."),
    )


class NewPerson(FixedForm):
    """A person to add."""

    name = StringField(later("Name"), [REQUIRED, AtMost(100)])
    email = EmailField(later("E-mail address"), [REQUIRED, AtMost(254)])
    office = StringField(
        later("Office"),
        [AtMost(100)],
        description=later("For example “Data protection officer”."),
    )
    role = SelectField(later("Role"), choices=offer(ROLES))
    password = PasswordField(
        later("First password"),
        [REQUIRED],
        description=later("At least 12 characters. The person should change it at once."),
    )
