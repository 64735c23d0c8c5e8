"""Forms around a phase: who sees to a section until when, why a condition is waived."""

from collections.abc import Iterable

from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired

from workbench.basics.text import later
from workbench.services.gates import LONGEST
from workbench.web.forms.days import DayField
from workbench.web.forms.fixed import FixedForm
from workbench.web.forms.options import offer
from workbench.web.forms.validators import AtMost


class OwnerForm(FixedForm):
    """A person of the team and a day."""

    person_id = SelectField(later("Who sees to it?"))
    due_on = DayField(later("Until when?"))

    def choose_from(self, people: Iterable[tuple[str, str]]) -> None:
        """Put the people of the team (id, name) up for choice, and nobody."""
        self.person_id.choices = offer([("", later("Nobody yet")), *people])


class WaiverForm(FixedForm):
    """Why the phase may be left all the same."""

    reason = TextAreaField(
        later("Reason"),
        [
            InputRequired(later("Give the reason.")),
            AtMost(LONGEST),
        ],
        description=later(
            "The reason will be public, without your name. Team and board see it with your name."
        ),
    )
