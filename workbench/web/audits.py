"""Audits: hand in data, say what the columns mean, read the result."""

from typing import Any, BinaryIO, cast

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage, MultiDict

from workbench.audit.catalogue import GAPS
from workbench.audit.results import AuditResult
from workbench.audit.screens import SCREENS
from workbench.audit.words.harms import HARMS
from workbench.basics.errors import InvalidInput, NotFound, TooLarge
from workbench.basics.text import later
from workbench.disclosure import checks
from workbench.questionnaire.accepting import cleaned
from workbench.services import audit_files, audits, datasets
from workbench.services.audits import AuditView, DatasetView
from workbench.web import plan_words
from workbench.web.context import actor, workspace
from workbench.web.forms.audit import (
    DECIMALS,
    DELIMITERS,
    ENCODINGS,
    DialectForm,
    UploadForm,
    dialect_form,
    dialect_of,
)
from workbench.web.forms.errors import adopt
from workbench.web.forms.plan import PlanForm, limit_field, plan_form, suggested
from workbench.web.forms.planning import plan_of, start_from
from workbench.web.locale import address_in, language

blueprint = Blueprint("audits", __name__)

DIALECT_WORDS = {"encoding": ENCODINGS, "delimiter": DELIMITERS, "decimal": DECIMALS}


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
    table, model, background = map(request.files.get, ("table", "model", "background"))
    if not form.validate() or table is None:
        return _upload_page(system_id, form)
    try:
        dataset_id = datasets.receive(
            workspace(),
            actor(),
            system_id,
            data=cast("BinaryIO", table.stream),
            name=_name(table),
            model=_stream(model),
            model_name=_name(model),
            background=_stream(background),
            background_name=_name(background),
        )
    except InvalidInput as error:
        adopt(form, error)
        return _upload_page(system_id, form)
    except TooLarge as error:
        fields = {str(error.values["field"]): error.message}
        adopt(form, InvalidInput(error.message, fields, **error.values))
        return _upload_page(system_id, form), 413
    return redirect(url_for("audits.data", dataset_id=dataset_id), 303)


def _stream(file: FileStorage | None) -> BinaryIO | None:
    return cast("BinaryIO", file.stream) if file and file.filename else None


def _name(file: FileStorage | None) -> str:
    return cleaned(file.filename or "") if file else ""


@blueprint.get("/audits/data/<id:dataset_id>")
def data(dataset_id: str) -> ResponseReturnValue:
    """Step two: see how the table was read, and say what its columns mean.

    ``?from=`` names an audit of the same system: the new plan begins with its plan.
    """
    view = audits.dataset(workspace(), actor(), dataset_id)
    if asks_how_far():
        return progress(view)
    begun = request.args.get("from")
    former = next((one for one in view.plans if one.audit.id == begun), None)
    if begun and former is None:
        raise NotFound(later("There is no such plan to begin with."))
    start = start_from(former.plan) if former else None
    form = plan_form(view.inspection, start=start) if view.inspection else None
    return _data_page(view, form)


def asks_how_far() -> bool:
    """Whether a waiting page asks by itself: it wants the progress and no page in return."""
    return "HX-Request" in request.headers


def progress(view: Any) -> str:
    """How far the job of a data set, an audit or a comparison is."""
    return render_template("audits/waiting.html", job=view.job, here=address_in(language()))


def _data_page(view: DatasetView, form: PlanForm | None, dialect: DialectForm | None = None) -> str:
    seen = view.inspection
    return render_template(
        "audits/data.html",
        view=view,
        form=form,
        dialect=dialect or dialect_form(seen.dialect if seen else None),
        dialect_words=DIALECT_WORDS,
        suggested=suggested(seen) if seen else [],
        harms=HARMS,
        screens=SCREENS,
        limit_names=[limit_field(gap) for gap in GAPS],
    )


@blueprint.post("/audits/data/<id:dataset_id>")
def plan(dataset_id: str) -> ResponseReturnValue:
    """Fix the plan and start the run; all that does not fit is told at once."""
    view = audits.dataset(workspace(), actor(), dataset_id)
    if view.inspection is None:
        return redirect(url_for("audits.data", dataset_id=dataset_id), 303)
    form = plan_form(view.inspection, request.form)
    is_valid = form.validate()
    try:
        fixed = plan_of(form, view.inspection)
        if is_valid:
            change = str(form.change.data or "")
            audit_id = audits.plan(workspace(), actor(), dataset_id, fixed, change)
            return redirect(url_for("audits.show", audit_id=audit_id), 303)
    except InvalidInput as error:
        adopt(form, error)
    return _data_page(view, form)


@blueprint.post("/audits/data/<id:dataset_id>/dialect")
def reread(dataset_id: str) -> ResponseReturnValue:
    """Have a table that was read wrongly read in another way."""
    view = audits.dataset(workspace(), actor(), dataset_id)
    form = dialect_form(None, request.form)
    if not form.validate():
        return _data_page(view, plan_form(view.inspection) if view.inspection else None, form)
    datasets.reread(workspace(), actor(), dataset_id, dialect_of(form))
    return redirect(url_for("audits.data", dataset_id=dataset_id), 303)


@blueprint.post("/audits/data/<id:dataset_id>/discard")
def discard(dataset_id: str) -> ResponseReturnValue:
    """Delete data that no audit uses."""
    system_id = datasets.discard(workspace(), actor(), dataset_id)
    flash(later("The data were deleted."))
    return redirect(url_for("audits.index", system_id=system_id), 303)


@blueprint.get("/audits/<id:audit_id>")
def show(audit_id: str) -> ResponseReturnValue:
    """The result below its plan, or how far it is; for the team whole unless ``?as=public``."""
    view = audits.view(workspace(), actor(), audit_id)
    if asks_how_far():
        return progress(view)
    # A result that was imported as published holds nothing that could be kept back.
    whole = view.whole if view.whole and not view.whole.is_published else None
    is_internal = whole is not None and request.args.get("as") != "public"
    told = _told(view, whole if is_internal else None)
    return render_template(
        "audits/show.html",
        view=view,
        plan=plan_words.told(view.plan, language()),
        changes=plan_words.changes(view.former, view.plan, language()),
        checks=told,
        rows=[row for one in told for row in (one["explanation"] or {}).get("people", ())],
        is_internal=is_internal,
        has_more=whole is not None,
    )


def _told(view: AuditView, whole: AuditResult | None) -> list[dict[str, Any]]:
    """The result as published, or the whole one where it is given; nothing while there is none."""

    def picture(name: str) -> str | None:
        drawn = view.charts.get(name)
        if drawn is None:
            return None
        return url_for("audits.chart", audit_id=view.audit.id, sha256=drawn[language()])

    if (entry := view.entry) is None:
        return []
    read = checks.result_reading(whole or entry.result, language(), picture)
    return [{"anchor": f"check-{entry.id}", "on": entry.on, "purpose": entry.purpose, **read}]


@blueprint.get("/audits/<id:audit_id>/charts/<word:sha256>.svg")
def chart(audit_id: str, sha256: str) -> ResponseReturnValue:
    """A chart of an audit."""
    content = audit_files.chart(workspace(), actor(), audit_id, sha256)
    return Response(content, mimetype="image/svg+xml")


@blueprint.get("/audits/<id:audit_id>/result.json")
def result(audit_id: str) -> ResponseReturnValue:
    """The whole result as data, for whoever may see small groups."""
    return _download(audit_files.result(workspace(), actor(), audit_id), "application/json")


@blueprint.post("/audits/<id:audit_id>/report")
def ask_for_report(audit_id: str) -> ResponseReturnValue:
    """Have the report made."""
    audit_files.ask_for_report(workspace(), actor(), audit_id)
    return redirect(url_for("audits.show", audit_id=audit_id, _anchor="hand-on"), 303)


@blueprint.get("/audits/<id:audit_id>/report.pdf")
def report(audit_id: str) -> ResponseReturnValue:
    """The report as PDF, in the language of the page."""
    file = audit_files.report(workspace(), actor(), audit_id, language())
    return _download(file, "application/pdf")


def _download(file: audit_files.AuditFile, kind: str) -> Response:
    answer = Response(file.content, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    return answer
