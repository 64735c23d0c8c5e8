"""The board's conditions: what is open, what the team reports, what the board answers."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.services import conditions
from workbench.services.conditions import ConditionView
from workbench.web.context import actor, workspace
from workbench.web.forms.conditions import AnswerForm, ReportForm
from workbench.web.forms.errors import adopt

blueprint = Blueprint("conditions", __name__)
HERE = "/conditions/<id:review_id>/<number:position>"


@blueprint.get("/systems/<id:system_id>/conditions")
def index(system_id: str) -> ResponseReturnValue:
    """Every condition of a system with all that was said about it."""
    view = conditions.of_system(workspace(), actor(), system_id)
    return render_template("conditions/index.html", view=view)


@blueprint.get(HERE)
def show(review_id: str, position: int) -> ResponseReturnValue:
    """One condition, with the form of whoever has to act."""
    view = conditions.one(workspace(), actor(), review_id, position)
    return _page(view, ReportForm(), _answer_form(view))


def _answer_form(view: ConditionView) -> AnswerForm:
    form = AnswerForm(request.form)
    form.choose_from(dict(view.answers))
    return form


def _page(view: ConditionView, report_form: ReportForm, answer_form: AnswerForm) -> str:
    return render_template(
        "conditions/show.html", view=view, report_form=report_form, answer_form=answer_form
    )


@blueprint.post(f"{HERE}/report")
def report(review_id: str, position: int) -> ResponseReturnValue:
    """Say for the team that it is fulfilled."""
    view = conditions.one(workspace(), actor(), review_id, position)
    form = ReportForm(request.form)
    if form.validate():
        try:
            system_id = conditions.report(
                workspace(),
                actor(),
                review_id,
                position,
                words=form.words.data or "",
                fulfilled_on=form.fulfilled_on.data,
            )
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("Your report was saved. The ethics board sees it on its desk."))
            return redirect(url_for("conditions.index", system_id=system_id), 303)
    return _page(view, form, AnswerForm())


@blueprint.post(f"{HERE}/answer")
def settle(review_id: str, position: int) -> ResponseReturnValue:
    """Answer for the board."""
    view = conditions.one(workspace(), actor(), review_id, position)
    form = _answer_form(view)
    if form.validate():
        try:
            system_id = conditions.settle(
                workspace(),
                actor(),
                review_id,
                position,
                answer=form.answer.data,
                words=form.words.data or "",
            )
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("The board’s answer was saved."))
            return redirect(url_for("conditions.index", system_id=system_id), 303)
    return _page(view, ReportForm(), form)
