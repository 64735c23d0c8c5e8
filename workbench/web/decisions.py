"""Value decisions: record, change, withdraw, bring back."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from workbench.basics.capacities import CAPACITIES
from workbench.basics.errors import InvalidInput, StaleSave, TooLarge, WrongState
from workbench.basics.text import later, translate
from workbench.governance import value_log
from workbench.governance.decisions import gaps, present
from workbench.questionnaire import types
from workbench.services import decision_log, decisions
from workbench.services.decisions import DecisionsView
from workbench.web import seen
from workbench.web.context import actor, workspace
from workbench.web.forms.decision import PEOPLE, DecisionForm, decision_of, form_for
from workbench.web.forms.dissent import NewDissentForm, new_form
from workbench.web.forms.errors import adopt
from workbench.web.forms.evidence import FileForm, LinkForm
from workbench.web.locale import language

blueprint = Blueprint("decisions", __name__)
ADDRESS = "/decisions/<id:decision_id>"
NOT_OPEN = later("This phase is not open for changes.")


@blueprint.get("/assess/<id:phase_id>/decisions")
def index(phase_id: str) -> ResponseReturnValue:
    """The value decisions of a phase."""
    view = decisions.view(workspace(), actor(), phase_id)
    missing = {entry.id: gaps(entry.body) for entry in view.decisions}
    return render_template("decisions/index.html", view=view, missing=missing)


@blueprint.get("/systems/<id:system_id>/decisions")
def log(system_id: str) -> ResponseReturnValue:
    """The value decisions of all phases in order, by capacity, by value; and linked answers."""
    view = decision_log.log(workspace(), actor(), system_id)
    return render_template(
        "decisions/log.html",
        view=view,
        matrix=value_log.matrix(view.log),
        never_asked=value_log.never_asked(view.log),
        by_value=value_log.by_value(view.log),
        replaced=value_log.replaced(view.log),
        capacities=CAPACITIES,
        phase_ids={phase.name: phase.id for phase in view.phases},
        words=types.words,
    )


@blueprint.get("/assess/<id:phase_id>/decisions/new")
def new(phase_id: str) -> ResponseReturnValue:
    """An empty form."""
    view = decisions.view(workspace(), actor(), phase_id)
    if not view.writable:
        raise WrongState(NOT_OPEN)
    return _page(view, form_for(view.vocabulary, language(), earlier=view.log), None)


@blueprint.post("/assess/<id:phase_id>/decisions")
def create(phase_id: str) -> ResponseReturnValue:
    """Record a decision."""
    return _save(decisions.view(workspace(), actor(), phase_id), None)


@blueprint.get(ADDRESS)
def show(decision_id: str) -> ResponseReturnValue:
    """One decision: to change while the phase is open, else to read."""
    return page(decision_id)


def page(decision_id: str, *wrong: Form, refusal: TooLarge | None = None) -> str:
    """The page, with forms beside the decision that were not taken and what was too large."""
    view = _view(decision_id)
    entry = view.find(decision_id)
    earlier = [one for one in view.log if one.id != decision_id]
    form = form_for(view.vocabulary, language(), decision=entry.body, earlier=earlier)
    form.seen.data = str(entry.number)
    return _page(view, form, decision_id, wrong=wrong, refusal=refusal)


def address(decision_id: str, part: str) -> str:
    """Where a part of the decision's page is."""
    return url_for("decisions.show", decision_id=decision_id, _anchor=part)


@blueprint.get(f"{ADDRESS}/history")
def history(decision_id: str) -> ResponseReturnValue:
    """Every version of a decision: who wrote it when, and what it changed; the newest first."""
    view = decision_log.history(workspace(), actor(), decision_id)
    earlier = [one for one in view.log if one.id != decision_id]
    forms = [
        form_for(view.vocabulary, language(), decision=one.body, earlier=earlier)
        for one in view.versions
    ]
    empty = form_for(view.vocabulary, language(), earlier=earlier)
    steps = list(zip(view.versions, [empty, *forms], forms, strict=False))
    return render_template("decisions/history.html", view=view, steps=steps[::-1])


@blueprint.get(f"{ADDRESS}/news")
def news(decision_id: str) -> ResponseReturnValue:
    """What somebody else saved since the page was shown; nothing when the page says so already."""
    view = decision_log.history(workspace(), actor(), decision_id)
    newest, shown = view.versions[-1], seen.number(request.args.get("seen"))
    told = request.args.get("told") == str(newest.number)
    if told or newest.number <= shown or newest.person_id == actor().id:
        return "", 204
    before = next((one for one in view.versions if one.number == shown), view.versions[0])
    earlier = [one for one in view.log if one.id != decision_id]
    forms = (
        form_for(view.vocabulary, language(), decision=one.body, earlier=earlier)
        for one in (before, newest)
    )
    return render_template(
        "decisions/news.html",
        decision_id=decision_id,
        newest=newest,
        name=view.names[newest.person_id],
        **dict(zip(("before", "now"), forms, strict=True)),
    )


@blueprint.post(ADDRESS)
def save(decision_id: str) -> ResponseReturnValue:
    """Change a decision."""
    return _save(_view(decision_id), decision_id)


def _view(decision_id: str) -> DecisionsView:
    phase_id = decisions.phase_of(workspace(), decision_id)
    return decisions.view(workspace(), actor(), phase_id)


def _save(view: DecisionsView, decision_id: str | None) -> ResponseReturnValue:
    earlier = [one for one in view.log if one.id != decision_id]
    form = form_for(view.vocabulary, language(), request.form, earlier=earlier)
    if not form.validate():
        return _page(view, form, decision_id)
    try:
        decisions.save(
            workspace(),
            actor(),
            view.phase.id,
            decision_of(form),
            decision_id=decision_id,
            seen=seen.number(form.seen.data),
        )
    except InvalidInput as error:
        adopt(form, error)
        return _page(view, form, decision_id)
    except StaleSave:
        # Their text is shown beside ours; saving again is then a decision, not an accident.
        newest = _view(decision_id or "").find(decision_id or "")
        form.seen.data = str(newest.number)
        theirs = form_for(view.vocabulary, language(), decision=newest.body)
        return _page(view, form, decision_id, theirs), 409
    flash(later("The value decision was saved."))
    return redirect(url_for("decisions.index", phase_id=view.phase.id), 303)


def _page(
    view: DecisionsView,
    form: DecisionForm,
    decision_id: str | None,
    theirs: DecisionForm | None = None,
    wrong: Sequence[Form] = (),
    refusal: TooLarge | None = None,
) -> str:
    entry = view.find(decision_id) if decision_id else None
    beside = (new_form(view.members, actor().id), FileForm(), LinkForm(), *wrong)
    forms = {type(one): one for one in beside}
    return render_template(
        "decisions/edit.html",
        view=view,
        form=form,
        entry=entry,
        theirs=theirs,
        people=list(PEOPLE),
        present=present,
        dissent_form=forms[NewDissentForm],
        file_form=forms[FileForm],
        link_form=forms[LinkForm],
        wrong=wrong,
        refusal=refusal,
        replaces=next((one for one in view.log if entry and one.id == entry.body.supersedes), None),
    )


@blueprint.post(f"{ADDRESS}/withdraw")
def withdraw(decision_id: str) -> ResponseReturnValue:
    """Take a decision out; it can be brought back."""
    return _withdrawn(decision_id, withdrawn=True)


@blueprint.post(f"{ADDRESS}/restore")
def restore(decision_id: str) -> ResponseReturnValue:
    """Bring a withdrawn decision back."""
    return _withdrawn(decision_id, withdrawn=False)


def _withdrawn(decision_id: str, *, withdrawn: bool) -> ResponseReturnValue:
    shown = seen.number(request.form.get("seen"))
    try:
        phase_id = decisions.withdraw(workspace(), actor(), decision_id, shown, withdrawn=withdrawn)
    except InvalidInput as error:
        flash(translate(language(), error.message, error.values))
        phase_id = decisions.phase_of(workspace(), decision_id)
        return redirect(url_for("decisions.index", phase_id=phase_id), 303)
    done = later("The value decision was taken out. You can bring it back below.")
    flash(done if withdrawn else later("The value decision is back."))
    return redirect(url_for("decisions.index", phase_id=phase_id), 303)
