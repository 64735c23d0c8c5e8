"""Answer the questions of a phase, see what others write, look everything over, submit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import JsonValue
from werkzeug.datastructures import MultiDict

from workbench.basics import clock, text
from workbench.basics.errors import InvalidInput
from workbench.basics.text import later
from workbench.questionnaire import types
from workbench.questionnaire.definition import Registered
from workbench.services import assessments, phases, scopes
from workbench.services import news as recent
from workbench.services.assessments import Saved, SectionView
from workbench.web import seen
from workbench.web.context import actor, workspace
from workbench.web.forms import build, former
from workbench.web.forms.former import Typed
from workbench.web.locale import language

blueprint = Blueprint("assess", __name__)


@dataclass(frozen=True)
class Clash:
    """Another person's text for a question this person was answering, in words."""

    words: tuple[str, ...]
    name: str
    at: object


@blueprint.get("/assess/<id:phase_id>")
def show(phase_id: str) -> ResponseReturnValue:
    """The task list of a phase."""
    view = phases.overview(workspace(), actor(), phase_id)
    newest = workspace().library.current(view.phase.name).version
    return render_template("assess/show.html", view=view, newest=newest, today=clock.today())


@blueprint.get("/assess/<id:phase_id>/scope")
def scope(phase_id: str) -> ResponseReturnValue:
    """Which parts of all phases apply, and why: what the quick scan leads to."""
    view = scopes.whole(workspace(), actor(), phase_id)
    return render_template("assess/scope.html", view=view)


@blueprint.get("/assess/<id:phase_id>/sections/<word:section_id>")
def section(phase_id: str, section_id: str) -> ResponseReturnValue:
    """The questions of one section."""
    view = assessments.section(workspace(), actor(), phase_id, section_id)
    known = {
        Registered.PURPOSE: view.system.purpose,
        Registered.CONTACT: view.system.contact,
    }
    form = build.form_for(view.section, view.sheet, view.path, language(), registered=known)
    return _page(view, form)


@blueprint.post("/assess/<id:phase_id>/sections/<word:section_id>")
def save(phase_id: str, section_id: str) -> ResponseReturnValue:
    """Save a section: by its button, or by itself while somebody writes."""
    try:
        return _save(phase_id, section_id)
    except InvalidInput:
        # The phase moved to newer questions between the look at them and the save: look again.
        return _save(phase_id, section_id)


def _save(phase_id: str, section_id: str) -> ResponseReturnValue:
    view = assessments.section(workspace(), actor(), phase_id, section_id)
    typed = build.group_action(request.form)
    form = build.form_for(view.section, view.sheet, view.path, language(), typed or request.form)
    if typed is not None:
        return _page(view, form, numbers=_shown(view))
    values = _values(form) if form.validate() else None
    saved = None if values is None else _store(phase_id, values)
    lost = _lost(view)
    if "HX-Request" in request.headers:  # the page saves itself while somebody writes
        return render_template("assess/saved.html", saved=saved, lost=lost)
    if values is None or saved is None:
        return _page(view, form, numbers=_shown(view), lost=lost)
    if saved.contested or lost:
        return _conflict(view, saved, lost), 409
    return redirect(_after(view, values), 303)


def _values(form: build.QuestionForm) -> dict[str, JsonValue]:
    taken = set(request.form.getlist("take-theirs"))
    return {key: value for key, value in build.values(form).items() if key not in taken}


def _store(phase_id: str, values: Mapping[str, JsonValue]) -> Saved:
    return assessments.save_section(workspace(), actor(), phase_id, values, _seen(request.form))


def _lost(view: SectionView) -> list[Typed]:
    # The page may be older than the phase's move to newer questions.
    missing = _seen(request.form).keys() - view.numbers.keys()
    if not missing:
        return []
    known = [*view.questionnaire.questions(), *workspace().library.former(view.questionnaire)]
    questions = tuple(one for one in known if one.id in missing)
    section = view.section.model_copy(update={"questions": questions})
    return former.typed(section, view.sheet, language(), request.form)


def _after(view: SectionView, values: Mapping[str, JsonValue]) -> str:
    phase_id, wanted = view.phase.id, request.form.get("beside")
    if wanted in view.numbers:
        return url_for("question.show", phase_id=phase_id, question_id=wanted)
    onward = view.onward(values)
    if onward.appeared:
        flash(later("Your answers lead to further questions. They stand on this page now."))
    if onward.quick_scan_ends:
        return url_for("assess.scope", phase_id=phase_id)
    if onward.section is None:
        return url_for("assess.check", phase_id=phase_id)
    return url_for("assess.section", phase_id=phase_id, section_id=onward.section)


@blueprint.get("/assess/<id:phase_id>/sections/<word:section_id>/news")
def news(phase_id: str, section_id: str) -> ResponseReturnValue:
    """What others have saved since the page was shown; nothing when the page says so already."""
    found = recent.of_section(workspace(), actor(), phase_id, section_id, _seen(request.args))
    told = ",".join(f"{one.question.id}-{one.number}" for one in found)
    if told == request.args.get("told", ""):
        return "", 204
    shown = [(one, types.words(one.question, one.value, language()) or ("–",)) for one in found]
    return render_template("assess/news.html", news=shown, told=told)


def _seen(sent: MultiDict[str, str]) -> dict[str, int]:
    # Which save of each answer the page showed.
    return {
        name.removeprefix("seen-"): seen.number(sent_number)
        for name, sent_number in sent.items()
        if name.startswith("seen-")
    }


def _shown(view: SectionView) -> dict[str, int]:
    # A page that shows again what was typed must not claim to have seen what others saved since.
    sent = _seen(request.form)
    return {key: sent.get(key, 0) for key in view.numbers}


def _conflict(view: SectionView, saved: Saved, lost: Sequence[Typed]) -> str:
    # Their text stands beside ours, with the newest numbers: saving again is then a decision.
    form = build.form_for(view.section, view.sheet, view.path, language(), request.form)
    clashes = {
        key: Clash(
            words=types.words(view.questionnaire.question(key), theirs.value, language()),
            name=theirs.name,
            at=theirs.saved_at,
        )
        for key, theirs in saved.contested.items()
    }
    theirs_now = {key: theirs.number for key, theirs in saved.contested.items()}
    newest = _shown(view) | saved.numbers | theirs_now
    return _page(view, form, clashes, newest, lost)


def _page(
    view: SectionView,
    form: build.QuestionForm,
    clashes: Mapping[str, Clash] | None = None,
    numbers: Mapping[str, int] | None = None,
    lost: Sequence[Typed] = (),
) -> str:
    return render_template(
        "assess/section.html",
        view=view,
        surroundings=assessments.beside(workspace(), actor(), view),
        form=form,
        clashes=clashes or {},
        numbers=numbers or view.numbers,
        lost=lost,
        words=lambda earlier: types.words(earlier.question, earlier.value, language()),
    )


@blueprint.get("/assess/<id:phase_id>/check")
def check(phase_id: str) -> ResponseReturnValue:
    """All answers on one page, before they are submitted and after."""
    view = phases.overview(workspace(), actor(), phase_id)
    return render_template("assess/check.html", view=view)


@blueprint.post("/assess/<id:phase_id>/submit")
def submit(phase_id: str) -> ResponseReturnValue:
    """Hand the phase to the board."""
    try:
        phases.submit(workspace(), actor(), phase_id)
    except InvalidInput as error:
        flash(text.translate(language(), error.message, error.values))
        return redirect(url_for("assess.check", phase_id=phase_id), 303)
    flash(later("Submitted. The ethics board can read everything now."))
    return redirect(url_for("assess.show", phase_id=phase_id), 303)


@blueprint.post("/assess/<id:phase_id>/reopen")
def reopen(phase_id: str) -> ResponseReturnValue:
    """Open an approved phase again."""
    phases.reopen(workspace(), actor(), phase_id)
    flash(later("The phase is open again. The board has to approve it anew."))
    return redirect(url_for("assess.show", phase_id=phase_id), 303)
