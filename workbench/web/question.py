"""Everything beside one question: comments, history with restore, evidence."""

from typing import Any, BinaryIO, cast

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import Form

from workbench.basics.errors import InvalidInput, StaleSave, TooLarge
from workbench.basics.text import later
from workbench.questionnaire import types
from workbench.services import comments, evidence, questions
from workbench.web import seen
from workbench.web.context import actor, workspace
from workbench.web.forms.errors import adopt
from workbench.web.forms.question import FileForm, LinkForm
from workbench.web.forms.review import CommentForm
from workbench.web.locale import language

blueprint = Blueprint("question", __name__)
ADDRESS = "/assess/<id:phase_id>/questions/<word:question_id>"
CHANGED = later("Somebody has changed the answer in the meantime. Look at it and choose again.")


@blueprint.get(ADDRESS)
def show(phase_id: str, question_id: str) -> ResponseReturnValue:
    """The question with all that belongs to its answer."""
    return _page(phase_id, question_id)


def _page(
    phase_id: str, question_id: str, *wrong: Form, refusal: TooLarge | InvalidInput | None = None
) -> str:
    view = questions.view(workspace(), actor(), phase_id, question_id)
    forms = {type(form): form for form in (CommentForm(), FileForm(), LinkForm(), *wrong)}
    return render_template(
        "assess/question.html",
        view=view,
        words=lambda value: types.words(view.question, value, language()),
        comment_form=forms[CommentForm],
        file_form=forms[FileForm],
        link_form=forms[LinkForm],
        wrong=wrong,
        refusal=refusal,
    )


def _back(phase_id: str, question_id: str, part: str) -> ResponseReturnValue:
    address = url_for("question.show", phase_id=phase_id, question_id=question_id, _anchor=part)
    return redirect(address, 303)


@blueprint.post(f"{ADDRESS}/comments")
def comment(phase_id: str, question_id: str) -> ResponseReturnValue:
    """Say something about the question."""
    form = CommentForm(request.form)
    if form.validate():
        try:
            body = form.body.data or ""
            comments.write(workspace(), actor(), phase_id, body, question_id=question_id)
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("Your comment was saved."))
            return _back(phase_id, question_id, "comments")
    return _page(phase_id, question_id, form)


@blueprint.post("/assess/<id:phase_id>/comments/<number:comment_id>")
def settle(phase_id: str, comment_id: int) -> ResponseReturnValue:
    """Mark a comment as resolved, or open it again."""
    resolved = request.form.get("state") != "open"
    question = comments.settle(workspace(), actor(), phase_id, comment_id, resolved=resolved)
    flash(later("The comment is resolved.") if resolved else later("The comment is open again."))
    return _back(phase_id, question, "comments")


@blueprint.post(f"{ADDRESS}/history")
def restore(phase_id: str, question_id: str) -> ResponseReturnValue:
    """Save an earlier answer anew."""
    number, shown = (seen.number(request.form.get(name)) for name in ("number", "seen"))
    try:
        questions.restore(workspace(), actor(), phase_id, question_id, number, shown)
    except StaleSave:
        flash(CHANGED)
    else:
        flash(later("The earlier answer is back. The one that stood there is in the history."))
    return _back(phase_id, question_id, "history")


@blueprint.post(f"{ADDRESS}/files")
def attach(phase_id: str, question_id: str) -> ResponseReturnValue:
    """Back the answer with a file."""
    form = FileForm(cast("MultiDict[str, Any]", request.files))
    file = request.files.get("file")
    if not form.validate() or file is None:
        return _page(phase_id, question_id, form)
    try:
        evidence.add_file(
            workspace(),
            actor(),
            phase_id,
            question_id,
            source=cast("BinaryIO", file.stream),
            name=file.filename or "",
        )
    except InvalidInput as error:
        adopt(form, error)
        return _page(phase_id, question_id, form)
    except TooLarge as error:
        return _page(phase_id, question_id, form, refusal=error), 413
    flash(later("The file was added."))
    return _back(phase_id, question_id, "evidence")


@blueprint.post(f"{ADDRESS}/links")
def link(phase_id: str, question_id: str) -> ResponseReturnValue:
    """Back the answer with a web address."""
    form = LinkForm(request.form)
    if form.validate():
        try:
            evidence.add_link(
                workspace(),
                actor(),
                phase_id,
                question_id,
                link=form.link.data or "",
                name=form.name.data or "",
            )
        except InvalidInput as error:
            adopt(form, error)
        else:
            flash(later("The link was added."))
            return _back(phase_id, question_id, "evidence")
    return _page(phase_id, question_id, form)


@blueprint.post("/assess/<id:phase_id>/evidence/<id:evidence_id>/remove")
def detach(phase_id: str, evidence_id: str) -> ResponseReturnValue:
    """Take a piece of evidence away."""
    question = evidence.remove(workspace(), actor(), phase_id, evidence_id)
    flash(later("The evidence was removed."))
    return _back(phase_id, question, "evidence")


@blueprint.get("/assess/<id:phase_id>/evidence/<id:evidence_id>")
def file(phase_id: str, evidence_id: str) -> ResponseReturnValue:
    """A file to download: the browser never shows it as a page of ours."""
    found = evidence.read(workspace(), actor(), phase_id, evidence_id)
    answer = Response(found.content, mimetype=found.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    return answer
