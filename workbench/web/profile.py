"""The profile of a system's assessment, and the renewal of its legal calendar."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.basics.text import later
from workbench.disclosure.balance_words import BASIS, INPUTS, lines
from workbench.governance import roles
from workbench.questionnaire.definition import Dimension
from workbench.questionnaire.scoring import BAND_RULE
from workbench.services import calendars, profiles
from workbench.web.context import actor, workspace

blueprint = Blueprint("profile", __name__)

DIMENSIONS = {
    Dimension.IMPACT: (later("Impact"), later("Highest indicator")),
    Dimension.SAFEGUARDS: (later("Safeguards"), later("Weakest indicator")),
}


@blueprint.get("/systems/<id:system_id>/profile")
def show(system_id: str) -> ResponseReturnValue:
    """What all answers say together."""
    view = profiles.view(workspace(), actor(), system_id)
    missing = (*view.balance.missing, *view.balance.lacking)
    return render_template(
        "assess/profile.html",
        view=view,
        dimensions=DIMENSIONS,
        rule=BAND_RULE,
        balance={words: getattr(view.balance, name) for name, words in lines(missing).items()},
        missing=[INPUTS[one] for one in missing],
        basis=BASIS.get(view.balance.basis or ""),
        may_renew=roles.allowed(actor().role, "calendar.renew")
        and view.newest is not None
        and view.newest != view.calendar,
    )


@blueprint.route("/systems/<id:system_id>/calendar", methods=["GET", "POST"])
def renew(system_id: str) -> ResponseReturnValue:
    """See what a newer legal calendar changes, and renew."""
    if request.method == "POST":
        calendars.renew(workspace(), actor(), system_id, request.form.get("version", ""))
        flash(later("The legal calendar is renewed."))
        return redirect(url_for("profile.show", system_id=system_id, _anchor="duties"), 303)
    view = calendars.preview(workspace(), actor(), system_id)
    return render_template("assess/calendar.html", view=view)
