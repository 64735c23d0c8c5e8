"""Forms for what is said about a phase: a comment, the board's decision."""

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from workbench.basics.text import later
from workbench.services import comments
from workbench.services.reviews import LONGEST, LONGEST_REASON
from workbench.web.forms.fixed import FixedForm
from workbench.web.forms.options import offer
from workbench.web.forms.validators import AtMost

LIMIT = AtMost(LONGEST)


class CommentForm(FixedForm):
    """A remark or a question."""

    body = TextAreaField(
        later("Comment"),
        [
            InputRequired(later("Write a comment.")),
            AtMost(comments.LONGEST),
        ],
    )


class WithdrawalForm(FixedForm):
    """Why the team takes a phase back."""

    reason = TextAreaField(
        later("Reason"),
        [AtMost(LONGEST_REASON)],
        description=later("The board sees it. It is not published."),
    )


class VerdictForm(FixedForm):
    """The board's decision with its reasons."""

    verdict = RadioField(
        later("Decision of the board"),
        [InputRequired(later("Choose a decision."))],
        choices=offer({"approve": later("Approve"), "request_changes": later("Request changes")}),
    )
    reasons = TextAreaField(
        later("Reasons"),
        [InputRequired(later("Give the reasons for the decision.")), LIMIT],
        description=later("They will be public."),
    )
    conditions = TextAreaField(
        later("Conditions"),
        [LIMIT],
        description=later("One condition per line. They will be public."),
    )
    minority_opinion = TextAreaField(
        later("Was there another opinion on the board?"),
        [LIMIT],
        description=later(
            "In the words of those who hold it. It will be public, without their names."
        ),
    )
