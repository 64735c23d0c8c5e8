"""The action each route needs, and the only list of routes that need none.

``complete`` refuses to start an app with a route that stands in neither.
"""

from flask import Flask, abort, request

from workbench.governance import roles
from workbench.web.context import actor, visitor

PUBLIC = frozenset(
    {
        "static",
        "account.sign_in",
        "account.sign_out",
        "public.start",
        "public.register",
        "public.register_json",
        "public.system",
        "public.edition",
        "public.edition_json",
        "public.edition_pdf",
        "public.chart",
        "public.audit_schema",
        "public.guide",
        "public.about",
    }
)

ACTIONS = {
    "account.settings": "account.change",
    "desk.show": "desk.read",
    "systems.new": "system.create",
    "systems.show": "system.read",
    "systems.edit": "system.change",
    "systems.share": "system.change",
    "assess.show": "answers.read",
    "assess.section": "answers.read",
    "assess.check": "answers.read",
    "assess.scope": "answers.read",
    "assess.news": "answers.read",
    "assess.save": "answers.write",
    "assess.submit": "assessment.submit",
    "assess.reopen": "assessment.submit",
    "phases.begin": "assessment.open",
    "phases.assign": "answers.assign",
    "phases.waive": "gate.waive",
    "profile.show": "assessment.profile",
    "profile.renew": "calendar.renew",
    "question.show": "answers.trace",
    "question.comment": "review.comment",
    "question.settle": "review.comment",
    "question.restore": "answers.write",
    "evidence.attach": "evidence.change",
    "evidence.attach_to_decision": "evidence.change",
    "evidence.link": "evidence.change",
    "evidence.link_to_decision": "evidence.change",
    "evidence.detach": "evidence.change",
    "evidence.file": "answers.trace",
    "decisions.index": "answers.read",
    "decisions.log": "values.read",
    "decisions.new": "answers.write",
    "decisions.create": "answers.write",
    "decisions.show": "answers.read",
    "decisions.history": "answers.trace",
    "decisions.news": "answers.trace",
    "decisions.save": "answers.write",
    "decisions.withdraw": "answers.write",
    "decisions.restore": "answers.write",
    "dissents.add": "answers.write",
    "dissents.show": "answers.read",
    "dissents.save": "answers.write",
    "dissents.withdraw": "answers.write",
    "versions.show": "answers.read",
    "versions.move": "answers.write",
    "versions.accept": "answers.write",
    "other_forms.index": "answers.read",
    "other_forms.show": "answers.read",
    "other_forms.take_json": "answers.read",
    "other_forms.take_csv": "answers.read",
    "offline.show": "answers.read",
    "offline.take": "answers.read",
    "offline.agenda": "answers.read",
    "offline.bring": "answers.write",
    "offline.apply": "answers.write",
    "audits.index": "audit.read",
    "audits.new": "audit.run",
    "audits.receive": "audit.run",
    "audits.data": "audit.run",
    "audits.plan": "audit.run",
    "audits.discard": "audit.run",
    "audits.show": "audit.read",
    "audits.chart": "audit.read",
    "audits.report": "audit.read",
    "audits.ask_for_report": "audit.read",
    "audits.result": "audit.run",
    "audits.reread": "audit.run",
    "comparisons.show": "audit.read",
    "comparisons.ask": "audit.read",
    "imports.new": "audit.run",
    "imports.receive": "audit.run",
    "review.index": "review.list",
    "review.show": "review.read",
    "review.comment": "review.comment",
    "review.decide": "review.decide",
    "review.withdraw": "assessment.submit",
    "conditions.index": "condition.read",
    "conditions.show": "condition.read",
    "conditions.report": "condition.report",
    "conditions.settle": "condition.settle",
    "publish.preview": "edition.prepare",
    "publish.chart": "edition.prepare",
    "publish.publish": "edition.publish",
    "people.index": "people.manage",
    "people.new": "people.manage",
    "people.activity": "people.manage",
}

# Asked by a page again and again by itself: that is no sign of a person being there.
BY_ITSELF = frozenset({"assess.news", "decisions.news"})
SAME_SITE = frozenset({"same-origin", "none"})


def install(app: Flask) -> None:
    """Check every request before its view runs."""
    app.before_request(check)


def complete(app: Flask) -> None:
    """Raises RuntimeError when a route has no rule, or a rule no route."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    known = PUBLIC | set(ACTIONS)
    if endpoints != known:
        raise RuntimeError(
            f"web/guards.py: routes without a rule {sorted(endpoints - known)}, "
            f"rules without a route {sorted(known - endpoints)}"
        )


def check() -> None:
    """Refuse what comes from another site, who is not signed in, and whose role is wrong."""
    origin = request.headers.get("Sec-Fetch-Site")
    if request.method == "POST" and origin is not None and origin not in SAME_SITE:
        abort(403)
    if request.endpoint is None or request.endpoint in PUBLIC:
        return
    visitor().unattended = request.endpoint in BY_ITSELF
    roles.require(actor(), ACTIONS[request.endpoint])
