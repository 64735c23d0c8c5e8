"""The way through the phases: open the next one, assign sections, waive a condition."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.services import gates, phases, tasks
from workbench.web.context import actor, workspace
from workbench.web.forms.errors import adopt
from workbench.web.forms.phases import OwnerForm, WaiverForm

blueprint = Blueprint("phases", __name__)


@blueprint.post("/systems/<id:system_id>/phases")
def begin(system_id: str) -> ResponseReturnValue:
    """Open the next phase."""
    phase_id = phases.open_next(workspace(), actor(), system_id)
    flash(later("The phase is open. Your earlier answers are there already."))
    return redirect(url_for("assess.show", phase_id=phase_id), 303)


@blueprint.route("/assess/<id:phase_id>/sections/<word:section_id>/owner", methods=["GET", "POST"])
def assign(phase_id: str, section_id: str) -> ResponseReturnValue:
    """Say who sees to a section, and until when."""
    view = phases.overview(workspace(), actor(), phase_id)
    section = view.questionnaire.section(section_id)
    present = view.assignments.get(section_id)
    form = OwnerForm(request.form if request.method == "POST" else None, obj=present)
    form.choose_from((one.id, one.name) for one in view.members)
    if request.method == "POST" and form.validate():
        try:
            tasks.assign(
                workspace(),
                actor(),
                phase_id,
                section_id,
                person_id=form.person_id.data or "",
                due_on=form.due_on.data,
            )
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("The task list is up to date."))
            return redirect(url_for("assess.show", phase_id=phase_id), 303)
    return render_template("assess/owner.html", view=view, section=section, form=form)


@blueprint.route(
    "/assess/<id:phase_id>/conditions/<word:condition>/waiver", methods=["GET", "POST"]
)
def waive(phase_id: str, condition: str) -> ResponseReturnValue:
    """Let the phase be left without one condition, with a reason."""
    view = phases.overview(workspace(), actor(), phase_id)
    obstacle = view.obstacle(condition)
    form = WaiverForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        try:
            gates.waive(workspace(), actor(), phase_id, condition, form.reason.data or "")
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("The condition is waived. Your reason stands beside it."))
            return redirect(url_for("assess.check", phase_id=phase_id, _anchor="gate"), 303)
    return render_template("assess/waiver.html", view=view, obstacle=obstacle, form=form)
