"""The forms of a minority opinion: to record one, and to change one's own."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from workbench.basics.capacities import CAPACITIES
from workbench.basics.text import later, translate
from workbench.governance.dissents import LENGTHS
from workbench.web.forms.fixed import FixedForm
from workbench.web.forms.options import PLEASE_CHOOSE, offer
from workbench.web.forms.validators import AtMost
from workbench.web.locale import language


class DissentForm(FixedForm):
    """What is said, and in which capacity."""

    words = TextAreaField(
        later("The other opinion, word for word"),
        [InputRequired(later("Write down the other opinion.")), AtMost(LENGTHS["words"])],
        description=later("In the words of whoever holds it. It will be public, without a name."),
    )
    capacity = SelectField(
        later("In which capacity is it said?"),
        [InputRequired(later("Choose the capacity in which it is said."))],
        choices=offer({**PLEASE_CHOOSE, **CAPACITIES}),
        description=later("It will be public."),
    )


class NewDissentForm(DissentForm):
    """Also whose it is; ``holder_id`` is "" for somebody without an account."""

    holder_id = SelectField(
        later("Who says it?"),
        description=later(
            "Only the account chosen here can change it later. Somebody else’s account will be "
            "asked to confirm it. For somebody without an account you keep the minutes: then only "
            "you can correct it."
        ),
    )
    speaker = StringField(
        later("Name, if there is no account"),
        [AtMost(LENGTHS["speaker"])],
        description=later("For your files only, never published."),
    )


def new_form(
    members: Mapping[str, str], me: str, formdata: MultiDict[str, str] | None = None
) -> NewDissentForm:
    """The form to record one, by a person with the id ``me``; ``members`` are id → name."""
    form = NewDissentForm(formdata, data={"holder_id": me})
    others = {key: name for key, name in members.items() if key != me}
    form.holder_id.choices = offer(
        {
            me: translate(language(), later("I myself")),
            **others,
            "": translate(language(), later("Somebody without an account")),
        }
    )
    return form
