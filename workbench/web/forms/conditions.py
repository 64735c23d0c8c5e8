"""Forms about a condition of the board: the team reports, the board answers."""

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from workbench.basics.text import later
from workbench.services.conditions import LONGEST
from workbench.web.forms.days import DayField
from workbench.web.forms.fixed import FixedForm
from workbench.web.forms.options import offer
from workbench.web.forms.validators import AtMost

LIMIT = AtMost(LONGEST)


class ReportForm(FixedForm):
    """How a condition is fulfilled, and since when."""

    words = TextAreaField(
        later("How is the condition fulfilled?"),
        [InputRequired(later("Say it in a sentence.")), LIMIT],
        description=later("One or two sentences. They will be public, without your name."),
    )
    fulfilled_on = DayField(
        later("Since when?"),
        [InputRequired(later("Give the day since when it is fulfilled, today or earlier."))],
    )


class AnswerForm(FixedForm):
    """What the board says to it."""

    answer = RadioField(
        later("What does the board say?"), [InputRequired(later("Choose an answer."))]
    )
    words = TextAreaField(
        later("In a sentence"),
        [LIMIT],
        description=later(
            "You can leave it out when the condition is fulfilled. It will be public, without "
            "your name."
        ),
    )

    def choose_from(self, answers: dict[str, str]) -> None:
        """Put the answers that fit now up for choice."""
        self.answer.choices = offer(answers)
