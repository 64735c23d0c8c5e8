"""Audits: hand in data, say what the columns mean, read the result."""

from typing import Any, BinaryIO, cast

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage, MultiDict

from workbench.audit.plan import planned
from workbench.basics.errors import InvalidInput, TooLarge
from workbench.basics.text import later
from workbench.disclosure import checks
from workbench.services import audits
from workbench.services.audits import AuditView, DatasetView
from workbench.web.context import actor, workspace
from workbench.web.forms.audit import PlanForm, UploadForm, plan_form, plan_values
from workbench.web.forms.errors import adopt
from workbench.web.forms.fixed import printable
from workbench.web.locale import address_in, language

blueprint = Blueprint("audits", __name__)

# The form around the two files.
MARGIN = 1_000_000


def allow_files() -> None:
    """Let an upload be as large as its files may be.

    To be called before anything reads the form, also before its token is checked.
    """
    if request.endpoint == "audits.receive":
        request.max_content_length = audits.DATA_LIMIT + audits.MODEL_LIMIT + MARGIN


@blueprint.get("/systems/<id:system_id>/audits")
def index(system_id: str) -> ResponseReturnValue:
    """The audits of a system."""
    return render_template(
        "audits/index.html", view=audits.overview(workspace(), actor(), system_id)
    )


@blueprint.get("/systems/<id:system_id>/audits/new")
def new(system_id: str) -> ResponseReturnValue:
    """Step one: choose the files."""
    return _upload_page(system_id, UploadForm())


def _upload_page(system_id: str, form: UploadForm) -> str:
    view = audits.overview(workspace(), actor(), system_id)
    return render_template("audits/new.html", system=view.system, form=form)


@blueprint.post("/systems/<id:system_id>/audits/new")
def receive(system_id: str) -> ResponseReturnValue:
    """Keep the files and let the worker look at them."""
    form = UploadForm(cast("MultiDict[str, Any]", request.files))
    table, model = request.files.get("table"), request.files.get("model")
    if not form.validate() or table is None:
        return _upload_page(system_id, form)
    try:
        dataset_id = audits.receive(
            workspace(),
            actor(),
            system_id,
            data=cast("BinaryIO", table.stream),
            name=_name(table),
            model=cast("BinaryIO", model.stream) if model and model.filename else None,
            model_name=_name(model),
        )
    except InvalidInput as error:
        adopt(form, error)
        return _upload_page(system_id, form)
    except TooLarge as error:
        return render_template(
            "audits/new.html",
            system=audits.overview(workspace(), actor(), system_id).system,
            form=form,
            refusal=error,
        ), 413
    return redirect(url_for("audits.data", dataset_id=dataset_id), 303)


def _name(file: FileStorage | None) -> str:
    return printable(file.filename or "") if file else ""


@blueprint.get("/audits/data/<id:dataset_id>")
def data(dataset_id: str) -> ResponseReturnValue:
    """Step two: see how the table was read, and say what its columns mean."""
    view = audits.dataset(workspace(), actor(), dataset_id)
    if asks_how_far():
        return _progress(view)
    form = plan_form(view.inspection) if view.inspection else None
    return _data_page(view, form)


def asks_how_far() -> bool:
    """Whether a waiting page asks by itself: it wants the progress and no page in return."""
    return "HX-Request" in request.headers


def _progress(view: DatasetView | AuditView) -> str:
    return render_template("audits/waiting.html", job=view.job, here=address_in(language()))


def _data_page(view: DatasetView, form: PlanForm | None) -> str:
    return render_template("audits/data.html", view=view, form=form)


@blueprint.post("/audits/data/<id:dataset_id>")
def plan(dataset_id: str) -> ResponseReturnValue:
    """Fix the plan and start the run."""
    view = audits.dataset(workspace(), actor(), dataset_id)
    if view.inspection is None:
        return redirect(url_for("audits.data", dataset_id=dataset_id), 303)
    form = plan_form(view.inspection, request.form)
    if form.validate():
        try:
            fixed = planned(plan_values(form, view.inspection))
            audit_id = audits.plan(workspace(), actor(), dataset_id, fixed)
        except InvalidInput as error:
            adopt(form, error)
        else:
            return redirect(url_for("audits.show", audit_id=audit_id), 303)
    return _data_page(view, form)


@blueprint.post("/audits/data/<id:dataset_id>/discard")
def discard(dataset_id: str) -> ResponseReturnValue:
    """Delete data that no audit uses."""
    system_id = audits.discard(workspace(), actor(), dataset_id)
    flash(later("The data were deleted."))
    return redirect(url_for("audits.index", system_id=system_id), 303)


@blueprint.get("/audits/<id:audit_id>")
def show(audit_id: str) -> ResponseReturnValue:
    """The result of an audit, or how far it is."""
    view = audits.view(workspace(), actor(), audit_id)
    if asks_how_far():
        return _progress(view)
    entry = view.entry

    def chart_url(sha256: str) -> str:
        return url_for("audits.chart", audit_id=audit_id, sha256=sha256)

    told = [checks.reading(entry, language(), chart_url=chart_url)] if entry else []
    return render_template("audits/show.html", view=view, checks=told)


@blueprint.get("/audits/<id:audit_id>/charts/<word:sha256>.svg")
def chart(audit_id: str, sha256: str) -> ResponseReturnValue:
    """A chart of an audit."""
    content = audits.chart(workspace(), actor(), audit_id, sha256)
    return Response(content, mimetype="image/svg+xml")
