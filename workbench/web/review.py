"""The board's cases: read, comment, decide."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.services import comments, reviews
from workbench.web.context import actor, workspace
from workbench.web.forms.errors import adopt
from workbench.web.forms.review import CommentForm, VerdictForm

blueprint = Blueprint("review", __name__)


@blueprint.get("/board")
def index() -> ResponseReturnValue:
    """What waits for the board, and what it has decided."""
    return render_template("review/index.html", cases=reviews.cases(workspace(), actor()))


@blueprint.get("/review/<id:phase_id>")
def show(phase_id: str) -> ResponseReturnValue:
    """One case."""
    return _page(phase_id, CommentForm(), VerdictForm())


def _page(phase_id: str, comment_form: CommentForm, verdict_form: VerdictForm) -> str:
    return render_template(
        "review/show.html",
        case=reviews.case(workspace(), actor(), phase_id),
        comment_form=comment_form,
        verdict_form=verdict_form,
    )


@blueprint.post("/review/<id:phase_id>/comments")
def comment(phase_id: str) -> ResponseReturnValue:
    """Say something about the case."""
    form = CommentForm(request.form)
    if form.validate():
        try:
            comments.write(workspace(), actor(), phase_id, form.body.data or "")
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("Your comment was saved."))
            return redirect(url_for("review.show", phase_id=phase_id, _anchor="comments"), 303)
    return _page(phase_id, form, VerdictForm())


@blueprint.post("/review/<id:phase_id>/decision")
def decide(phase_id: str) -> ResponseReturnValue:
    """Approve, or request changes."""
    form = VerdictForm(request.form)
    if form.validate():
        try:
            reviews.decide(
                workspace(),
                actor(),
                phase_id,
                verdict=form.verdict.data,
                reasons=form.reasons.data or "",
                conditions=(form.conditions.data or "").splitlines(),
                minority_opinion=form.minority_opinion.data or "",
            )
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("The board’s decision was saved."))
            return redirect(url_for("review.show", phase_id=phase_id), 303)
    return _page(phase_id, CommentForm(), form)
