"""Which error becomes which page: one table."""

import logging

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from workbench.basics import errors
from workbench.basics.errors import WorkbenchError
from workbench.basics.text import later

log = logging.getLogger(__name__)

STATUS: dict[type[WorkbenchError], int] = {
    errors.NotFound: 404,
    errors.Forbidden: 403,
    errors.WrongState: 409,
    errors.StaleSave: 409,
    errors.InvalidInput: 422,
    errors.DataRefused: 422,
    errors.TooLarge: 413,
    errors.Busy: 503,
    errors.Unavailable: 503,
}

TITLES = {
    400: later("This request was not understood"),
    403: later("This is not possible for you"),
    404: later("Page not found"),
    405: later("This request was not understood"),
    409: later("Something has changed in the meantime"),
    413: later("The file is too large"),
    422: later("Something does not fit yet"),
    500: later("An error of the workbench"),
    503: later("Please try again in a moment"),
}
TEXTS = {
    400: later("Go back to the previous page and try again. What is saved stays saved."),
    403: later("Ask your administration if you think you should be allowed to do this."),
    404: later("The page does not exist, or it is not meant for you. Check the address."),
    405: later("Go back to the previous page and try again. What is saved stays saved."),
    413: later("At most {limit} MB can be sent here. Send a smaller file."),
    500: later(
        "The error was logged. What is saved stays saved. Try again; if it happens again, tell "
        "your administration what you did."
    ),
}
SIGN_IN = later("Please sign in first.")
SIGNED_OUT = later("You are signed out. Copy what you wrote last, sign in again, and paste it.")
HOST = later("This address does not belong to the workbench. Check the name of the server.")
CSRF = later("The page was open for too long or you have signed out. Reload it and send again.")


def install(app: Flask) -> None:
    """Answer every error with a page in the reader's language."""
    app.register_error_handler(errors.NotSignedIn, sign_in_first)
    app.register_error_handler(WorkbenchError, foreseen)
    app.register_error_handler(CSRFError, lambda _: page(400, CSRF))
    app.register_error_handler(SecurityError, foreign_host)
    app.register_error_handler(HTTPException, standard)
    app.register_error_handler(Exception, unforeseen)


def sign_in_first(_: Exception) -> ResponseReturnValue:
    """Lead to the sign-in, and back afterwards if it was a page and not a form."""
    if wants_a_piece():
        return page(403, SIGNED_OUT if request.method == "POST" else SIGN_IN)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.sign_in", next=wanted), 303)


def foreseen(error: WorkbenchError) -> ResponseReturnValue:
    """An error of the product's own tree."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return page(STATUS[kind], error.message, error.values)
    log.exception("unexpected", exc_info=error)
    return page(500, TEXTS[500])


def foreign_host(_: Exception) -> ResponseReturnValue:
    """A request for a host that is not ours: no address can be made there, so no link is shown."""
    return render_template("errors/host.html", title=TITLES[400], message=HOST), 400


def standard(error: HTTPException) -> ResponseReturnValue:
    """An error of HTTP itself: wrong method, unknown address, too large."""
    code = error.code or 500
    if code < 400:  # a redirect is no error
        return error
    limit = (request.max_content_length or 0) // 1_000_000
    return page(code, TEXTS.get(code, TEXTS[400]), {"limit": limit} if code == 413 else {})


def unforeseen(error: Exception) -> ResponseReturnValue:
    """A fault of the program: logged whole, told without detail."""
    log.exception("unforeseen", exc_info=error)
    return page(500, TEXTS[500])


def wants_a_piece() -> bool:
    """Whether a page asks by itself, to save or for news: it wants no page in return."""
    return "HX-Request" in request.headers


def page(status: int, message: str, values: dict[str, object] | None = None) -> ResponseReturnValue:
    """The error page with what happened and what to do."""
    answer = render_template(
        "errors/piece.html" if wants_a_piece() else "errors/error.html",
        title=TITLES.get(status, TITLES[400]),
        message=message,
        values=values or {},
    )
    return answer, status, {"Retry-After": "5"} if status == 503 else {}
