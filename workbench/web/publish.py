"""Preview an edition, and publish it as a second person."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workbench.basics.text import later
from workbench.disclosure import reading
from workbench.services import publications
from workbench.web.context import actor, workspace
from workbench.web.locale import language

blueprint = Blueprint("publish", __name__)


@blueprint.get("/publish/<id:system_id>")
def preview(system_id: str) -> ResponseReturnValue:
    """What the public would get now."""
    draft = publications.preview(workspace(), actor(), system_id)
    told = reading.context(
        draft.record,
        language(),
        fingerprint="",
        chart_url=lambda sha256: url_for("publish.chart", system_id=system_id, sha256=sha256),
        links={},
    )
    return render_template("publish/preview.html", draft=draft, **told)


@blueprint.post("/publish/<id:system_id>")
def publish(system_id: str) -> ResponseReturnValue:
    """Publish the next edition."""
    publications.publish(workspace(), actor(), system_id)
    flash(later("The edition is published. Its PDF follows in a moment."))
    return redirect(url_for("systems.show", system_id=system_id, _anchor="editions"), 303)


@blueprint.get("/publish/<id:system_id>/charts/<word:sha256>.svg")
def chart(system_id: str, sha256: str) -> ResponseReturnValue:
    """A chart of the preview."""
    content = publications.chart(workspace(), actor(), system_id, sha256)
    return Response(content, mimetype="image/svg+xml")
