"""Register and describe systems, and say who works on them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.basics.errors import InvalidInput
from workbench.basics.phases import PHASES
from workbench.basics.text import later
from workbench.governance import roles
from workbench.governance.deadlines import KINDS
from workbench.services import systems
from workbench.web.context import actor, workspace
from workbench.web.forms.errors import adopt
from workbench.web.forms.systems import Colleague, SystemForm

blueprint = Blueprint("systems", __name__)


@blueprint.route("/systems/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Register a system."""
    form = SystemForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        try:
            system_id = systems.create(workspace(), actor(), **form.data)
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("The system is registered. Its assessment has begun."))
            return redirect(url_for("systems.show", system_id=system_id), 303)
    return render_template("systems/edit.html", form=form, system=None)


@blueprint.get("/systems/<id:system_id>")
def show(system_id: str) -> ResponseReturnValue:
    """The state of one system."""
    return _page(system_id, Colleague())


def _page(system_id: str, form: Colleague) -> str:
    view = systems.view(workspace(), actor(), system_id)
    return render_template(
        "systems/show.html",
        view=view,
        due_here=[(view.system, one) for one in view.due],
        form=form,
        names=PHASES,
        kinds=KINDS,
        may_change=roles.allowed(actor().role, "system.change"),
    )


@blueprint.route("/systems/<id:system_id>/edit", methods=["GET", "POST"])
def edit(system_id: str) -> ResponseReturnValue:
    """Change a system's description."""
    system = systems.view(workspace(), actor(), system_id).system
    form = SystemForm(request.form if request.method == "POST" else None, obj=system)
    if request.method == "POST" and form.validate():
        try:
            systems.change(workspace(), actor(), system_id, **form.data)
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("The description was saved."))
            return redirect(url_for("systems.show", system_id=system_id), 303)
    return render_template("systems/edit.html", form=form, system=system)


@blueprint.post("/systems/<id:system_id>/people")
def share(system_id: str) -> ResponseReturnValue:
    """Let a colleague work on the system."""
    form = Colleague(request.form)
    if form.validate():
        try:
            systems.share(workspace(), actor(), system_id, form.email.data or "")
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("Your colleague can now work on this system."))
            return redirect(url_for("systems.show", system_id=system_id), 303)
    return _page(system_id, form)
