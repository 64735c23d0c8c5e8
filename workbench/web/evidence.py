"""Evidence of an answer or a value decision: add a file or a link, remove it, download a file."""

from typing import Any, BinaryIO, cast

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from workbench.basics.errors import InvalidInput, TooLarge
from workbench.basics.text import later
from workbench.services import decisions, evidence
from workbench.services.evidence import Backed
from workbench.web import decisions as decision_pages
from workbench.web import question as question_pages
from workbench.web.context import actor, workspace
from workbench.web.forms.errors import adopt
from workbench.web.forms.evidence import FileForm, LinkForm

blueprint = Blueprint("evidence", __name__)
PIECE = "/assess/<id:phase_id>/evidence/<id:evidence_id>"


@blueprint.post(f"{question_pages.ADDRESS}/files")
def attach(phase_id: str, question_id: str) -> ResponseReturnValue:
    """Back an answer with a file."""
    return _attach(phase_id, Backed(question_id=question_id))


@blueprint.post(f"{decision_pages.ADDRESS}/files")
def attach_to_decision(decision_id: str) -> ResponseReturnValue:
    """Back a value decision with a file."""
    return _attach(_phase(decision_id), Backed(decision_id=decision_id))


def _attach(phase_id: str, backed: Backed) -> ResponseReturnValue:
    form = FileForm(cast("MultiDict[str, Any]", request.files))
    file = request.files.get("file")
    if not form.validate() or file is None:
        return _page(phase_id, backed, form)
    source = cast("BinaryIO", file.stream)
    try:
        evidence.add_file(
            workspace(), actor(), phase_id, backed, source=source, name=file.filename or ""
        )
    except InvalidInput as error:
        adopt(form, error)
        return _page(phase_id, backed, form)
    except TooLarge as error:
        return _page(phase_id, backed, form, error), 413
    flash(later("The file was added."))
    return _back(phase_id, backed)


@blueprint.post(f"{question_pages.ADDRESS}/links")
def link(phase_id: str, question_id: str) -> ResponseReturnValue:
    """Back an answer with a web address."""
    return _link(phase_id, Backed(question_id=question_id))


@blueprint.post(f"{decision_pages.ADDRESS}/links")
def link_to_decision(decision_id: str) -> ResponseReturnValue:
    """Back a value decision with a web address."""
    return _link(_phase(decision_id), Backed(decision_id=decision_id))


def _link(phase_id: str, backed: Backed) -> ResponseReturnValue:
    form = LinkForm(request.form)
    if form.validate():
        given = {"link": form.link.data or "", "name": form.name.data or ""}
        try:
            evidence.add_link(workspace(), actor(), phase_id, backed, **given)
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("The link was added."))
            return _back(phase_id, backed)
    return _page(phase_id, backed, form)


@blueprint.post(f"{PIECE}/remove")
def detach(phase_id: str, evidence_id: str) -> ResponseReturnValue:
    """Take a piece of evidence away."""
    backed = evidence.remove(workspace(), actor(), phase_id, evidence_id)
    flash(later("The evidence was removed."))
    return _back(phase_id, backed)


@blueprint.get(PIECE)
def file(phase_id: str, evidence_id: str) -> ResponseReturnValue:
    """A file to download: the browser never shows it as a page of ours."""
    found = evidence.read(workspace(), actor(), phase_id, evidence_id)
    answer = Response(found.content, mimetype=found.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    return answer


def _phase(decision_id: str) -> str:
    return decisions.phase_of(workspace(), decision_id)


def _page(
    phase_id: str, backed: Backed, form: FileForm | LinkForm, refusal: TooLarge | None = None
) -> str:
    """The page from which the form was sent, with what is wrong."""
    if backed.decision_id:
        return decision_pages.page(backed.decision_id, form, refusal=refusal)
    return question_pages.page(phase_id, backed.question_id, form, refusal=refusal)


def _back(phase_id: str, backed: Backed) -> ResponseReturnValue:
    if backed.decision_id:
        return redirect(decision_pages.address(backed.decision_id, "evidence-pieces"), 303)
    return redirect(question_pages.address(phase_id, backed.question_id, "evidence"), 303)
