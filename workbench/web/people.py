"""Accounts, for the administration."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.services import people
from workbench.web.context import actor, workspace
from workbench.web.forms.account import NewPerson
from workbench.web.forms.errors import adopt

blueprint = Blueprint("people", __name__)


@blueprint.get("/people")
def index() -> ResponseReturnValue:
    """Everybody with an account."""
    return render_template("people/index.html", people=people.everybody(workspace(), actor()))


@blueprint.route("/people/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add a person."""
    form = NewPerson(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        try:
            people.add(workspace(), by=actor(), **form.data)
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("The account was added."))
            return redirect(url_for("people.index"), 303)
    return render_template("people/new.html", form=form)


@blueprint.post("/people/<id:person_id>/activity")
def activity(person_id: str) -> ResponseReturnValue:
    """Allow or forbid somebody to sign in."""
    active = request.form.get("active") == "yes"
    people.set_active(workspace(), actor(), person_id, active=active)
    flash(later("The account can be used again.") if active else later("The account is disabled."))
    return redirect(url_for("people.index"), 303)
