"""The board's cases: read, comment, decide; and the team takes one back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.disclosure import briefly
from workbench.governance import value_log
from workbench.governance.decisions import present
from workbench.questionnaire import types
from workbench.services import cases, comments, profiles, reviews
from workbench.web.context import actor, workspace
from workbench.web.forms.errors import adopt
from workbench.web.forms.review import CommentForm, VerdictForm, WithdrawalForm
from workbench.web.locale import language
from workbench.web.profile import DIMENSIONS

blueprint = Blueprint("review", __name__)


@blueprint.get("/board")
def index() -> ResponseReturnValue:
    """What waits for the board, and what it has decided."""
    return render_template("review/index.html", cases=cases.every(workspace(), actor()))


@blueprint.get("/review/<id:phase_id>")
def show(phase_id: str) -> ResponseReturnValue:
    """One case."""
    return _page(phase_id)


def _page(
    phase_id: str,
    comment_form: CommentForm | None = None,
    verdict_form: VerdictForm | None = None,
    withdrawal_form: WithdrawalForm | None = None,
) -> str:
    case = cases.one(workspace(), actor(), phase_id)
    return render_template(
        "review/show.html",
        case=case,
        profile=profiles.view(workspace(), actor(), case.system.id),
        dimensions=DIMENSIONS,
        never_asked=value_log.never_asked(case.log),
        technical=[row.entry for row in value_log.matrix(case.log) if row.flagged],
        told=[(audit, briefly.audit(result, language())) for audit, result in case.audits],
        words=types.words,
        present=present,
        comment_form=comment_form or CommentForm(),
        verdict_form=verdict_form or VerdictForm(),
        withdrawal_form=withdrawal_form or WithdrawalForm(),
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
    return _page(phase_id, comment_form=form)


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
    return _page(phase_id, verdict_form=form)


@blueprint.post("/review/<id:phase_id>/withdrawal")
def withdraw(phase_id: str) -> ResponseReturnValue:
    """Take the phase back before the board has decided."""
    form = WithdrawalForm(request.form)
    if form.validate():
        try:
            reviews.withdraw(workspace(), actor(), phase_id, form.reason.data or "")
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("The phase is with you again. You can change it and submit it anew."))
            return redirect(url_for("assess.show", phase_id=phase_id), 303)
    return _page(phase_id, withdrawal_form=form)
