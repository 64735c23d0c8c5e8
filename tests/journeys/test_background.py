"""A background sample on its whole way: form, jail, result, report, published edition."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from tests.examples import behind, pages
from tests.examples import cast as examples
from tests.examples.browser import Browser
from tests.examples.cast import PASSWORD, Cast, email
from tests.examples.running import Running
from workbench import worker
from workbench.reporting import edition as document
from workbench.services import Workspace, people, reviews

FILES = {
    "table": (behind.files().table, "kredite.csv"),
    "model": (behind.files().model, "modell.skops"),
    "background": (behind.files().background, "training.csv"),
}
WITHOUT = {**FILES, "background": (b"", "")}
SHA256 = hashlib.sha256(behind.files().background).hexdigest()
ROWS = f"{behind.BEHIND} Zeilen der mitgegebenen Hintergrund-Stichprobe"
SECONDS = 120


def names_it(words: str) -> bool:
    """Whether a text says from whom effects are counted, and the fingerprint of the file."""
    plain = re.sub(r"<wbr>|\s", "", words)
    return SHA256 in plain and ROWS.replace(" ", "") in plain


def test_from_the_form_to_the_edition(
    workspace: Workspace,
    app: Flask,
    cast: Cast,
    client_of: Callable[[str], FlaskClient],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Team, report and public read from whom effects are counted; of the twin, nothing of it.

    The edition is read as page and as data; nobody opens its PDF here, so none is drawn.
    """
    monkeypatch.setattr(document, "edition_pdf", lambda *_: b"%PDF-")
    alice, frida, anybody = (
        *(Browser(client_of(email(name))) for name in ("alice", "frida")),
        Browser(app.test_client()),
    )
    system_id = examples.register(workspace, cast)
    audit, twin = (when_it_is_audited(alice, workspace, system_id, one) for one in (FILES, WITHOUT))
    for page in (audit, f"{audit}?as=public"):
        assert pages.problems(alice.page(page)) == []
        assert names_it(alice.page(page))
    assert "Hintergrund-Stichprobe" not in alice.page(twin)
    assert "Hintergrund" in alice.page(twin)  # that of the audited rows
    for page in (audit, twin):
        assert alice.post(f"{page}/report").status_code == 303
    when_it_is_approved(workspace, cast, system_id)
    assert frida.post(f"/publish/{system_id}").status_code == 303
    worker.drain(workspace)
    assert [names_it(printed(alice, page)) for page in (audit, twin)] == [True, False]
    (listed,) = json.loads(anybody.page("/register.json"))["systems"]
    page = listed["page"].removeprefix(anybody.url)
    assert names_it(anybody.page(page))
    record = json.loads(anybody.page(f"{page}/editions/1.json"))
    origins = [one["result"]["provenance"] for one in record["audits"]]
    assert {one.get("background_sha256") for one in origins} == {SHA256, None}
    assert {one.get("background_rows") for one in origins} == {behind.BEHIND, None}


def when_it_is_audited(
    alice: Browser, workspace: Workspace, system_id: str, files: dict[str, tuple[bytes, str]]
) -> str:
    """The files are handed in, planned and computed; returns the result's page."""
    data = alice.upload(f"/systems/{system_id}/audits/new", **files).location
    worker.drain(workspace)
    assert ("training.csv" in alice.page(data)) is (files is FILES)
    answer = alice.post(data, {**behind.PLAN, "change": "Anderer Hintergrund."})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    worker.drain(workspace)
    return str(answer.location)


def when_it_is_approved(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """The questions are answered, and the board agrees."""
    phase_id = examples.phase_of(workspace, cast, system_id)
    examples.answer(workspace, cast, phase_id)
    examples.hand_over(workspace, cast, phase_id)
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut begründet.")


def printed(alice: Browser, audit: str) -> str:
    """The words of the report."""
    content = alice.get(f"{audit}/report.pdf").data
    document: Any = pymupdf.open(stream=content)  # type: ignore[no-untyped-call]
    return "".join(page.get_text() for page in document)


def test_without_javascript(chromium: Chromium, running: Running, tmp_path: Path) -> None:
    """Refused without a model, refused by the worker, mended, read: in a browser without scripts.

    What the page refuses is sent again with all files, as a browser keeps none.
    """
    alice = people.sign_in(running.workspace, email("alice"), PASSWORD, "test")
    system_id = examples.register(running.workspace, Cast(alice, *[alice] * 5))
    page = chromium.new_context(
        locale="de-DE", java_script_enabled=False, viewport={"width": 390, "height": 844}
    ).new_page()
    page.goto(f"{running.url}/sign-in")
    page.fill("[name=email]", email("alice"))
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"{running.url}/systems/{system_id}/audits/new")
    page.click("details:has-text('Hintergrund-Stichprobe?') summary")
    assert page.get_by_text("500 Zeilen der Trainingsdaten").last.is_visible()
    without_model = {name: one for name, one in FILES.items() if name != "model"}
    when_files_are_sent(page, tmp_path, without_model)
    page.click("#error-summary a[href='#background']")
    assert "Senden Sie auch das Modell" in page.inner_text("#background-error")
    few = b"\n".join(behind.files().background.splitlines()[:10])
    when_files_are_sent(page, tmp_path, {**FILES, "background": (few, "wenige.csv")})
    when_it_is_planned(page)
    assert "Die Hintergrund-Stichprobe ist nicht verwendbar" in page.inner_text("[role=alert]")
    assert "zu wenige Zeilen (9)" in page.inner_text("[role=alert]")
    page.click("main a:has-text('Alle Dateien noch einmal einreichen')")
    when_files_are_sent(page, tmp_path, FILES)
    when_it_is_planned(page)
    beside = "Mit dem Modell modell.skops. Mit der Hintergrund-Stichprobe training.csv."
    assert f"Tabelle: kredite.csv. {beside}" in page.inner_text("main")
    assert names_it(page.content())
    page.context.close()


def when_files_are_sent(page: Page, folder: Path, files: dict[str, tuple[bytes, str]]) -> None:
    """The form is filled and sent."""
    for field, (content, name) in files.items():
        (folder / name).write_bytes(content)
        page.set_input_files(f"[name={field}]", folder / name)
    page.click("main form.form button[type=submit]")


def when_it_is_planned(page: Page) -> None:
    """The few fields that every plan needs, once the table is read; until there is a result."""
    when_the_worker_is_done(page)
    page.select_option("[name=prediction]", behind.PLAN["prediction"])
    page.fill("[name=positive]", behind.PLAN["positive"])
    page.check(f"[name=attributes][value={behind.PLAN['attributes']}]")
    page.fill("[name=reason]", behind.PLAN["reason"])
    page.click("main form:has([name=reason]) button[type=submit]")
    when_the_worker_is_done(page)


def when_the_worker_is_done(page: Page) -> None:
    """The page is asked again, by its link, until nothing is waited for."""
    for _ in range(SECONDS):
        if not page.locator("#progress").count():
            return
        page.wait_for_timeout(1_000)
        page.click("#progress a")
    raise AssertionError(page.inner_text("main"))
