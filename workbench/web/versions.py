"""What became of a phase's questions, and what to do about it, on purpose and after a look."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.basics.text import later
from workbench.questionnaire import types
from workbench.services import moving
from workbench.web.context import actor, workspace

blueprint = Blueprint("versions", __name__)


@blueprint.get("/assess/<id:phase_id>/version")
def show(phase_id: str) -> ResponseReturnValue:
    """What the newest version would change, and what an edit of the present one has changed."""
    view = moving.preview(workspace(), actor(), phase_id)
    return render_template("assess/version.html", view=view, words=types.words)


@blueprint.post("/assess/<id:phase_id>/version")
def move(phase_id: str) -> ResponseReturnValue:
    """Use the version that was shown."""
    moving.move(workspace(), actor(), phase_id, request.form.get("version", ""))
    flash(later("The phase uses the newest questions now. All fitting answers are still there."))
    return redirect(url_for("assess.show", phase_id=phase_id), 303)


@blueprint.post("/assess/<id:phase_id>/wording")
def accept(phase_id: str) -> ResponseReturnValue:
    """Go on with the version as it was shown."""
    moving.accept(workspace(), actor(), phase_id, request.form.get("fingerprint", ""))
    flash(later("The phase goes on with the present wording. All fitting answers are still there."))
    return redirect(url_for("assess.show", phase_id=phase_id), 303)
