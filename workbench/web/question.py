"""Everything beside one question: comments, history with restore, and evidence to see."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from workbench.basics.errors import InvalidInput, StaleSave, TooLarge
from workbench.basics.text import later
from workbench.questionnaire import types
from workbench.services import comments, questions
from workbench.web import seen
from workbench.web.context import actor, workspace
from workbench.web.forms.errors import adopt
from workbench.web.forms.evidence import FileForm, LinkForm
from workbench.web.forms.review import CommentForm
from workbench.web.locale import language

blueprint = Blueprint("question", __name__)
ADDRESS = "/assess/<id:phase_id>/questions/<word:question_id>"
CHANGED = later("Somebody has changed the answer in the meantime. Look at it and choose again.")


@blueprint.get(ADDRESS)
def show(phase_id: str, question_id: str) -> ResponseReturnValue:
    """The question with all that belongs to its answer."""
    return page(phase_id, question_id)


def page(phase_id: str, question_id: str, *wrong: Form, refusal: TooLarge | None = None) -> str:
    """The page, with forms that were not taken and what was too large."""
    view = questions.view(workspace(), actor(), phase_id, question_id)
    forms = {type(form): form for form in (CommentForm(), FileForm(), LinkForm(), *wrong)}
    return render_template(
        "assess/question.html",
        view=view,
        words=lambda value: types.words(view.question, value, language()),
        comment_form=forms[CommentForm],
        file_form=forms[FileForm],
        link_form=forms[LinkForm],
        wrong=wrong,
        refusal=refusal,
    )


def address(phase_id: str, question_id: str, part: str) -> str:
    """Where a part of the page is."""
    return url_for("question.show", phase_id=phase_id, question_id=question_id, _anchor=part)


def _back(phase_id: str, question_id: str, part: str) -> ResponseReturnValue:
    return redirect(address(phase_id, question_id, part), 303)


@blueprint.post(f"{ADDRESS}/comments")
def comment(phase_id: str, question_id: str) -> ResponseReturnValue:
    """Say something about the question."""
    form = CommentForm(request.form)
    if form.validate():
        try:
            body = form.body.data or ""
            comments.write(workspace(), actor(), phase_id, body, question_id=question_id)
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("Your comment was saved."))
            return _back(phase_id, question_id, "comments")
    return page(phase_id, question_id, form)


@blueprint.post("/assess/<id:phase_id>/comments/<number:comment_id>")
def settle(phase_id: str, comment_id: int) -> ResponseReturnValue:
    """Mark a comment as resolved, or open it again."""
    resolved = request.form.get("state") != "open"
    question = comments.settle(workspace(), actor(), phase_id, comment_id, resolved=resolved)
    flash(later("The comment is resolved.") if resolved else later("The comment is open again."))
    return _back(phase_id, question, "comments")


@blueprint.post(f"{ADDRESS}/history")
def restore(phase_id: str, question_id: str) -> ResponseReturnValue:
    """Save an earlier answer anew."""
    number, shown = (seen.number(request.form.get(name)) for name in ("number", "seen"))
    try:
        questions.restore(workspace(), actor(), phase_id, question_id, number, shown)
    except StaleSave:
        flash(CHANGED)
    else:
        flash(later("The earlier answer is back. The one that stood there is in the history."))
    return _back(phase_id, question_id, "history")
