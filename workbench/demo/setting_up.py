"""Sets the example up step by step, through the services that the pages use."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml

from workbench import install, worker
from workbench.app import create_app
from workbench.audit.plan import planned
from workbench.basics.errors import BadSetting, WorkbenchError
from workbench.demo import model
from workbench.governance.decisions import ValueDecision
from workbench.governance.roles import ADMINISTRATION, BOARD, TEAM, Actor
from workbench.questionnaire.answers import accepted
from workbench.services import (
    Workspace,
    assessments,
    audits,
    decisions,
    open_workspace,
    people,
    publications,
    register,
    reviews,
    systems,
)
from workbench.settings import Settings

CONTENT = Path(__file__).with_name("musterstadt.yaml")
BEGUN, COMPLETE = "demo-begun", "demo-complete"
Say = Callable[[str], None]
T = TypeVar("T")


def set_up(settings: Settings, say: Say) -> None:
    """Make the example in the settings' data folder, or say that it is there already.

    Raises BadSetting when the folder holds something else than a demo.
    """
    content = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    if not (settings.data / COMPLETE).exists():
        _clear(settings.data)
        install.prepare(settings)
        (settings.data / BEGUN).touch()
        _make(open_workspace(settings), content, say)
        (settings.data / COMPLETE).touch()
    _show(settings, content, say)


def _clear(folder: Path) -> None:
    # Only what an interrupted demo left is deleted, never a town's data.
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / BEGUN).exists():
        raise BadSetting(f"{folder} holds something else. Choose an empty folder with --data.")
    shutil.rmtree(folder)


def _make(workspace: Workspace, content: dict[str, Any], say: Say) -> None:
    say("1/7  Three people and one system")
    cast = _cast(workspace, content)
    system_id = systems.create(workspace, cast[TEAM], example=True, **content["system"])
    phase_id = systems.view(workspace, cast[TEAM], system_id).phases[0].id
    say("2/7  The questions of the phase conception, two value decisions")
    _answer(workspace, cast[TEAM], phase_id, content)
    say("3/7  A model is trained on German credit data")
    made = model.train(workspace.settings.data)
    say(f"     {made.trained} rows for training, {made.audited} rows for the audit")
    say("4/7  The audit: look at the table, fix the plan, compute")
    _audit(workspace, cast[TEAM], system_id, made, content["audit"])
    say("5/7  The ethics board comments and decides")
    assessments.submit(workspace, cast[TEAM], phase_id)
    for comment in content["comments"]:
        reviews.comment(workspace, cast[comment["by"]], phase_id, comment["body"])
    reviews.decide(workspace, cast[BOARD], phase_id, **content["review"])
    say("6/7  A second person publishes edition 1")
    publications.publish(workspace, cast[ADMINISTRATION], system_id)
    say("7/7  The PDF of the edition")
    worker.drain(workspace)


def _cast(workspace: Workspace, content: dict[str, Any]) -> dict[str, Actor]:
    return {
        role: people.add(workspace, role=role, password=content["password"], **person)
        for role, person in content["people"].items()
    }


def _answer(workspace: Workspace, team: Actor, phase_id: str, content: dict[str, Any]) -> None:
    questionnaire = assessments.overview(workspace, team, phase_id).questionnaire
    values = accepted(questionnaire, content["answers"])
    assessments.save_section(workspace, team, phase_id, values, seen={})
    for decision in content["decisions"]:
        decisions.save(workspace, team, phase_id, ValueDecision.model_validate(decision))


def _audit(
    workspace: Workspace, team: Actor, system_id: str, made: model.Made, plan: dict[str, Any]
) -> None:
    with made.table.open("rb") as table, made.model.open("rb") as trained:
        dataset_id = audits.receive(
            workspace,
            team,
            system_id,
            data=table,
            name=made.table.name,
            model=trained,
            model_name=made.model.name,
        )
    worker.drain(workspace)
    seen = audits.dataset(workspace, team, dataset_id)
    inspection = _done(seen.inspection, seen.dataset.refusal)
    fixed = planned(
        {
            "outcome": model.OUTCOME,
            "positive": "1",
            "prediction": model.PREDICTION,
            "attributes": ("sex", "age"),
            "dialect": inspection.dialect and inspection.dialect.model_dump(),
            **plan,
        }
    )
    audit_id = audits.plan(workspace, team, dataset_id, fixed)
    worker.drain(workspace)
    view = audits.view(workspace, team, audit_id)
    _done(view.entry, view.audit.refusal)


def _done(value: T | None, refusal: dict[str, Any] | None) -> T:
    if value is None:
        told = refusal or {"message": "The worker gave up; see the log.", "values": {}}
        raise WorkbenchError(told["message"], **told["values"])
    return value


def _show(settings: Settings, content: dict[str, Any], say: Say) -> None:
    app = create_app(settings)
    database = app.extensions["database"]
    slug = register.entries(database)[0].record.system.slug
    page = f"/register/{slug}"
    files = {
        settings.data / f"{slug}-1.html": f"{page}/editions/1",
        settings.data / f"{slug}-1.json": f"{page}/editions/1.json",
        settings.data / f"{slug}-1.pdf": f"{page}/editions/1-de.pdf",
    }
    client = app.test_client()
    for file, address in files.items():
        file.write_bytes(client.get(address, base_url=settings.url).data)
    say("")
    say("Musterstadt is ready. The town and its people are made up.")
    say(f"  Public register   {settings.url}/register")
    say(f"  The system        {settings.url}{page}")
    say(f"  Sign in           {settings.url}/sign-in")
    for role, person in content["people"].items():
        say(f"    {role:15} {person['email']:32} {content['password']}")
    say("  Edition 1 as files")
    for file in files:
        say(f"    {file}")
