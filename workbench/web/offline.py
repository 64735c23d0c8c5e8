"""Take the questions along, bring the answers back, print the agenda of a workshop."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.basics import clock
from workbench.basics.errors import DataRefused, TooLarge
from workbench.basics.text import later
from workbench.questionnaire.offline import bundle
from workbench.questionnaire.offline.bundle import Bundle
from workbench.questionnaire.offline.notes import expected
from workbench.services import agenda as agendas
from workbench.services import assessments, offline, phases
from workbench.services.offline import Preview
from workbench.web.context import actor, workspace
from workbench.web.locale import language

blueprint = Blueprint("offline", __name__)
CHOOSE = later("Choose a file.")


@blueprint.get("/assess/<id:phase_id>/offline")
def show(phase_id: str) -> ResponseReturnValue:
    """The files to take along, and where to bring one back."""
    return _page(phase_id)


@blueprint.get("/assess/<id:phase_id>/answers/<word:form>")
def take(phase_id: str, form: str) -> ResponseReturnValue:
    """The questions and answers as a file."""
    file = offline.take_along(workspace(), actor(), phase_id, form, language())
    answer = Response(file.content, mimetype=file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    return answer


@blueprint.post("/assess/<id:phase_id>/offline")
def bring(phase_id: str) -> ResponseReturnValue:
    """Show what a filled-in file would change."""
    file = request.files.get("answers")
    data = file.stream.read(bundle.LARGEST + 1) if file else b""
    if not data:
        return _page(phase_id, DataRefused(CHOOSE))
    try:
        found = offline.preview(workspace(), actor(), phase_id, data)
    except (DataRefused, TooLarge) as error:
        return _page(phase_id, error)
    return _look(found)


@blueprint.post("/assess/<id:phase_id>/offline/apply")
def apply(phase_id: str) -> ResponseReturnValue:
    """Take the shown changes over; what somebody changed meanwhile stays, and is shown again."""
    sent = request.form.get("bundle", "").encode()
    try:
        found = offline.preview(workspace(), actor(), phase_id, sent)
    except (DataRefused, TooLarge) as error:
        return _page(phase_id, error)
    if found.mistakes:
        return _look(found)
    saved = assessments.save_section(workspace(), actor(), phase_id, found.values, found.seen)
    if not saved.contested:
        flash(later("The answers of the file are saved."))
        return redirect(url_for("assess.show", phase_id=phase_id), 303)
    if found.values.keys() - saved.contested.keys():
        flash(later("The other answers of the file are saved."))
    # Both texts, as the file's would be lost otherwise.
    return _look(offline.preview(workspace(), actor(), phase_id, sent)), 409


@blueprint.get("/assess/<id:phase_id>/agenda")
def agenda(phase_id: str) -> ResponseReturnValue:
    """The open questions as the agenda of a workshop, to print."""
    view = agendas.agenda(workspace(), actor(), phase_id)
    return render_template("offline/agenda.html", view=view, today=clock.today())


def _page(phase_id: str, refusal: DataRefused | TooLarge | None = None) -> ResponseReturnValue:
    view = phases.overview(workspace(), actor(), phase_id)
    status = 413 if isinstance(refusal, TooLarge) else 200
    return render_template("offline/show.html", view=view, refusal=refusal), status


def _look(found: Preview) -> str:
    carried = _carried(found)
    return render_template("offline/preview.html", view=found, carried=carried, expected=expected)


def _carried(found: Preview) -> str:
    """The changed answers as the next request brings them."""
    return Bundle(
        questionnaire=found.questionnaire.id,
        version=found.questionnaire.version,
        fingerprint=found.fingerprint,
        phase_id=found.phase.id,
        seen=found.seen,
        answers=found.values,
    ).model_dump_json()
