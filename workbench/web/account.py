"""Sign in, sign out, one's own password."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.basics.errors import Forbidden, InvalidInput
from workbench.basics.text import later
from workbench.services import people
from workbench.web.context import actor, visitor, workspace
from workbench.web.forms.account import NewPassword, SignIn
from workbench.web.forms.errors import adopt
from workbench.web.urls import safe_next

blueprint = Blueprint("account", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """The door for people with an account."""
    target = safe_next(request.args.get("next"))
    form = SignIn(request.form if request.method == "POST" else None)
    refusal = None
    if request.method == "POST" and form.validate():
        try:
            found = people.sign_in(
                workspace(),
                form.email.data or "",
                form.password.data or "",
                request.remote_addr or "",
            )
        except Forbidden as error:
            refusal = error
        else:
            visitor().begin(found)
            return redirect(target or url_for("desk.show"), 303)
    return render_template("account/sign_in.html", form=form, refusal=refusal, target=target)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session for good."""
    visitor().end()
    return redirect(url_for("public.register"), 303)


@blueprint.route("/account", methods=["GET", "POST"])
def settings() -> ResponseReturnValue:
    """One's own account: change the password."""
    form = NewPassword(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        try:
            people.change_password(workspace(), actor(), form.old.data or "", form.new.data or "")
        except InvalidInput as error:
            adopt(form, error)
        else:
            visitor().end()
            flash(later("Your password was changed. Please sign in with it."))
            return redirect(url_for("account.sign_in"), 303)
    return render_template("account/settings.html", form=form)
