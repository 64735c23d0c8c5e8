"""Assembles the web app, nothing else."""

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from workbench import resources, settings
from workbench.services import Workspace, open_workspace
from workbench.settings import Settings
from workbench.web import (
    account,
    assess,
    audits,
    comparisons,
    conditions,
    decisions,
    desk,
    dissents,
    errors,
    evidence,
    filters,
    guards,
    headers,
    imports,
    locale,
    offline,
    other_forms,
    people,
    phases,
    profile,
    public,
    publish,
    question,
    review,
    sessions,
    static_files,
    systems,
    uploads,
    urls,
    versions,
)

BLUEPRINTS = (
    account, assess, audits, comparisons, conditions, decisions, desk, dissents, evidence, imports,
    offline, other_forms, people, phases, profile, public, publish, question, review, systems,
    versions,
)  # fmt: skip
# Uploads raise this limit for their own request (uploads.allow_files).
FORM_LIMIT = 1_000_000


def create_app(chosen: Settings, workspace: Workspace | None = None) -> Flask:
    """The web app for these settings.

    Raises BadSetting or BrokenContent when the installation is not fit to serve.
    """
    app = Flask(
        __name__,
        template_folder=str(resources.folder("templates")),
        static_folder=str(resources.PACKAGE / "web" / "static"),
    )
    app.config.update(
        SECRET_KEY=settings.secret_key(chosen),
        MAX_CONTENT_LENGTH=FORM_LIMIT,
        MAX_FORM_MEMORY_SIZE=FORM_LIMIT,
        TRUSTED_HOSTS=[chosen.host],
        PREFERRED_URL_SCHEME="https" if chosen.https else "http",
        # An assessment form may stay open for hours: its token lives as long as the session.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_I18N_ENABLED=False,
    )
    opened = workspace or open_workspace(chosen)
    app.extensions["workspace"] = opened
    app.extensions["database"] = opened.database
    app.extensions["town"] = chosen.town
    app.session_interface = sessions.Interface(opened, https=chosen.https)
    urls.install(app)
    locale.install(app)
    filters.install(app)
    guards.install(app)
    app.before_request(uploads.allow_files)
    CSRFProtect(app)
    headers.install(app, https=chosen.https)
    static_files.install(app)
    errors.install(app)
    for module in BLUEPRINTS:
        app.register_blueprint(module.blueprint)
    guards.complete(app)
    if chosen.proxies:
        count = chosen.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app
