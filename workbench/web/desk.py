"""What waits for me: the first page after signing in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from workbench.governance import roles
from workbench.governance.deadlines import KINDS
from workbench.services import comments, conditions, deadlines, dissents, systems, tasks
from workbench.web.context import actor, workspace

blueprint = Blueprint("desk", __name__)


@blueprint.get("/desk")
def show() -> ResponseReturnValue:
    """My tasks, deadlines, conditions, what others said or recorded as mine, my systems."""
    return render_template(
        "desk/show.html",
        tasks=tasks.mine(workspace(), actor()),
        conditions=conditions.waiting(workspace(), actor()),
        deadlines=[(one.system, one.due) for one in deadlines.mine(workspace(), actor())],
        kinds=KINDS,
        unconfirmed=dissents.unconfirmed(workspace(), actor()),
        talks=comments.new(workspace(), actor()),
        recent_days=comments.RECENT.days,
        entries=systems.desk(workspace(), actor()),
        may_create=roles.allowed(actor().role, "system.create"),
    )
