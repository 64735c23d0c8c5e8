"""Says where everything of the demo is, and keeps its editions as files."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from workbench.app import create_app
from workbench.basics.errors import WorkbenchError
from workbench.services import register
from workbench.settings import Settings

Say = Callable[[str], None]
BROKEN = "{address} answers {status}. The log says why; set the demo up anew afterwards."
# Ending of the file → ending of the address.
KINDS = {"html": "", "json": ".json", "pdf": "-de.pdf"}


def show(settings: Settings, town: dict[str, Any], say: Say) -> None:
    """Write page, data and PDF of every newest edition; tell addresses, logins and files.

    A PDF that no worker has made yet is left out.
    """
    app = create_app(settings)
    published = register.entries(app.extensions["database"])
    say("")
    say(f"{town['town']} is ready. The town, its people, figures and days are made up.")
    say(f"  Public register   {settings.url}/register")
    say(f"  Sign in           {settings.url}/sign-in")
    for role, person in town["people"].items():
        say(f"    {role:15} {person['email']:32} {town['password']}")
    client = app.test_client()
    for entry in published:
        slug, number = entry.record.system.slug, entry.record.number
        page = f"/register/{slug}"
        say(f"  {entry.record.system.name}")
        say(f"    {settings.url}{page}")
        for file in _written(settings, client, f"{page}/editions/{number}", f"{slug}-{number}"):
            say(f"    {file}")


def _written(settings: Settings, client: FlaskClient, address: str, name: str) -> Iterator[Path]:
    for kind, ending in KINDS.items():
        answer = client.get(f"{address}{ending}", base_url=settings.url)
        if kind == "pdf" and answer.status_code == HTTPStatus.NOT_FOUND:
            continue
        if answer.status_code != HTTPStatus.OK:
            raise WorkbenchError(BROKEN, address=address, status=answer.status_code)
        file = settings.data / f"{name}.{kind}"
        file.write_bytes(answer.data)
        yield file
