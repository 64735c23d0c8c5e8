"""Forms of other bodies: what of them is filled already, and their files."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from workbench.basics.text import later
from workbench.services import other_forms
from workbench.web.context import actor, workspace
from workbench.web.locale import language

blueprint = Blueprint("other_forms", __name__)
AUDIENCES = {
    "public": later("For everybody: internal answers are left out."),
    "authority": later("For authorities: internal answers are in it."),
}


@blueprint.get("/systems/<id:system_id>/forms")
def index(system_id: str) -> ResponseReturnValue:
    """All forms, each with how much of it is filled."""
    system, forms = other_forms.overview(workspace(), actor(), system_id, language())
    return render_template(
        "other_forms/index.html", system=system, forms=forms, audiences=AUDIENCES
    )


@blueprint.get("/systems/<id:system_id>/forms/<word:slug>")
def show(system_id: str, slug: str) -> ResponseReturnValue:
    """One form, what is missing first."""
    view = other_forms.view(workspace(), actor(), system_id, slug, language())
    return render_template("other_forms/show.html", view=view, audiences=AUDIENCES)


@blueprint.get("/systems/<id:system_id>/forms/<word:slug>/<any(de,en):tongue>.json")
def take_json(system_id: str, slug: str, tongue: str) -> ResponseReturnValue:
    """One form for programs."""
    return _file(system_id, slug, "json", tongue)


@blueprint.get("/systems/<id:system_id>/forms/<word:slug>/<any(de,en):tongue>.csv")
def take_csv(system_id: str, slug: str, tongue: str) -> ResponseReturnValue:
    """One form as a spreadsheet."""
    return _file(system_id, slug, "csv", tongue)


def _file(system_id: str, slug: str, kind: str, tongue: str) -> Response:
    file = other_forms.file(workspace(), actor(), system_id, slug, kind, tongue)
    answer = Response(file.content, mimetype=file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    return answer
