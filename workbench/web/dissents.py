"""Minority opinions on a value decision: record one, change or confirm one's own, take it back."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.services import decisions, dissents
from workbench.web import decisions as decision_pages
from workbench.web.context import actor, workspace
from workbench.web.forms.dissent import DissentForm, new_form
from workbench.web.forms.errors import adopt

blueprint = Blueprint("dissents", __name__)


@blueprint.post(f"{decision_pages.ADDRESS}/dissents")
def add(decision_id: str) -> ResponseReturnValue:
    """Put one beside a decision."""
    phase_id = decisions.phase_of(workspace(), decision_id)
    members = decisions.view(workspace(), actor(), phase_id).members
    form = new_form(members, actor().id, request.form)
    if form.validate():
        try:
            dissents.add(
                workspace(),
                actor(),
                decision_id,
                words=form.words.data or "",
                capacity=form.capacity.data,
                holder_id=form.holder_id.data,
                speaker=form.speaker.data or "",
            )
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("The other opinion was recorded."))
            return redirect(decision_pages.address(decision_id, "dissents"), 303)
    return decision_pages.page(decision_id, form)


@blueprint.get("/dissents/<id:dissent_id>")
def show(dissent_id: str) -> ResponseReturnValue:
    """One minority opinion: to change for whoever holds it, else to read."""
    found = dissents.view(workspace(), actor(), dissent_id).dissent
    return _page(dissent_id, DissentForm(data={"words": found.words, "capacity": found.capacity}))


@blueprint.post("/dissents/<id:dissent_id>")
def save(dissent_id: str) -> ResponseReturnValue:
    """Change it, confirm it as it stands, or bring it back."""
    view = dissents.view(workspace(), actor(), dissent_id)
    form = DissentForm(request.form)
    if form.validate():
        said = {"words": form.words.data or "", "capacity": form.capacity.data}
        try:
            dissents.change(workspace(), actor(), dissent_id, **said)
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("The other opinion was saved."))
            return redirect(decision_pages.address(view.decision.id, "dissents"), 303)
    return _page(dissent_id, form)


@blueprint.post("/dissents/<id:dissent_id>/withdraw")
def withdraw(dissent_id: str) -> ResponseReturnValue:
    """Take it back."""
    view = dissents.view(workspace(), actor(), dissent_id)
    dissents.withdraw(workspace(), actor(), dissent_id)
    flash(later("The other opinion was taken back. It stays in the history."))
    return redirect(decision_pages.address(view.decision.id, "dissents"), 303)


def _page(dissent_id: str, form: DissentForm) -> str:
    view = dissents.view(workspace(), actor(), dissent_id)
    return render_template("decisions/dissent.html", view=view, form=form)
