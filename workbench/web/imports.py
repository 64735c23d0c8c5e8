"""Import the result of an audit that was computed elsewhere."""

from typing import Any, BinaryIO, cast

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from workbench.basics.errors import InvalidInput, TooLarge
from workbench.services import audit_imports, audits
from workbench.web.context import actor, workspace
from workbench.web.forms.audit import ResultForm
from workbench.web.forms.errors import adopt

blueprint = Blueprint("imports", __name__)


@blueprint.get("/systems/<id:system_id>/audits/import")
def new(system_id: str) -> ResponseReturnValue:
    """Choose the result file."""
    return _page(system_id, ResultForm())


def _page(system_id: str, form: ResultForm, refusal: TooLarge | None = None) -> str:
    view = audits.overview(workspace(), actor(), system_id)
    return render_template("audits/import.html", system=view.system, form=form, refusal=refusal)


@blueprint.post("/systems/<id:system_id>/audits/import")
def receive(system_id: str) -> ResponseReturnValue:
    """Keep the result and let the worker put it into words."""
    form = ResultForm(cast("MultiDict[str, Any]", request.files))
    file = request.files.get("result")
    if not form.validate() or file is None:
        return _page(system_id, form)
    try:
        source = cast("BinaryIO", file.stream)
        audit_id = audit_imports.receive(workspace(), actor(), system_id, source)
    except InvalidInput as error:
        adopt(form, error)
        return _page(system_id, form)
    except TooLarge as error:
        return _page(system_id, form, error), 413
    return redirect(url_for("audits.show", audit_id=audit_id), 303)
