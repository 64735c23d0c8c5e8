"""Two audits side by side: choose the earlier one, read what changed."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.basics.errors import InvalidInput
from workbench.basics.text import later, translate
from workbench.disclosure import comparing
from workbench.services import comparisons
from workbench.services.comparisons import ComparisonView
from workbench.web.context import actor, workspace
from workbench.web.forms.audit import CompareForm, compare_form
from workbench.web.forms.errors import adopt
from workbench.web.locale import address_in, language

blueprint = Blueprint("comparisons", __name__)

CHOICE = later("Audit {n}, {at}")
CHOICE_IMPORTED = later("Audit {n}, imported, {at}")


@blueprint.get("/audits/<id:audit_id>/compare")
def show(audit_id: str) -> ResponseReturnValue:
    """What changed since the earlier audit that ``?with=`` names; without it, the choice."""
    view = comparisons.view(workspace(), actor(), audit_id, request.args.get("with", ""))
    if "HX-Request" in request.headers:
        return render_template("audits/waiting.html", job=view.job, here=address_in(language()))
    return _page(view, _form(view))


def _form(view: ComparisonView) -> CompareForm:
    words = {one.id: _words(view, one) for one in view.others}
    chosen = view.other.id if view.other else ""
    return compare_form(words, chosen, request.form if request.method == "POST" else None)


def _words(view: ComparisonView, one: Any) -> str:
    """An audit to choose; one of another system names it."""
    message = CHOICE_IMPORTED if one.origin == "imported" else CHOICE
    said = translate(language(), message, {"n": one.number, "at": one.planned_at})
    if one.system_id == view.system.id:
        return said
    return f"{view.names[one.system_id]}: {said}"


def _page(view: ComparisonView, form: CompareForm) -> str:
    return render_template("audits/compare.html", view=view, form=form, told=_told(view))


def _told(view: ComparisonView) -> dict[str, Any] | None:
    if view.comparison is None or view.before is None or view.after is None:
        return None

    def chart_url(sha256: str) -> str:
        return url_for("audits.chart", audit_id=view.audit.id, sha256=sha256)

    return comparing.reading(
        view.comparison,
        view.before,
        view.after,
        language(),
        charts=view.charts,
        chart_url=chart_url,
    )


@blueprint.post("/audits/<id:audit_id>/compare")
def ask(audit_id: str) -> ResponseReturnValue:
    """Have the two audits compared."""
    view = comparisons.view(workspace(), actor(), audit_id)
    form = _form(view)
    if form.validate():
        before = str(form.before.data)
        there: dict[str, Any] = {"audit_id": audit_id, "with": before}
        try:
            comparisons.ask(workspace(), actor(), audit_id, before)
            return redirect(url_for("comparisons.show", **there), 303)
        except InvalidInput as error:
            adopt(form, error)
    return _page(view, form)
