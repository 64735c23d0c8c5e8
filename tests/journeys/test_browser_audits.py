"""Plan, read, plan again, compare and import in a browser, by keyboard; axe looks at every page."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from tests.examples import audit_results, audited, cast
from tests.examples.cast import PASSWORD, email
from tests.examples.running import Running
from tests.examples.visit import BUTTON, WIDE, Visit, signed_in
from workbench.audit import resultfile
from workbench.audit.comparison import compared
from workbench.governance.roles import Actor
from workbench.isolation import runner
from workbench.reporting import audit as document
from workbench.services import people

CHART = "comparison/sex/points"
PLAN = "main form:has([name=reason]) button[type=submit]"


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the engine's place: a made-up result, really compared, with boxes as charts."""
    drawn = {"de": audited.SVG, "en": audited.SVG}
    result = audit_results.classification().model_dump(mode="json")

    def run(task: str, folder: Path, arguments: Mapping[str, object], **_: object) -> object:
        if task.endswith(":compared"):
            before, after = (
                resultfile.read((folder / str(arguments[side])).read_bytes())
                for side in ("before", "after")
            )
            words = {CHART: audited.WORDS.model_dump(mode="json")}
            found = compared(before, after).model_dump(mode="json")
            return {"result": found, "charts": {CHART: drawn}, "words": words}
        if task.endswith(":inspect"):
            return {**audited.INSPECTED, "dialect": arguments["dialect"]}
        return {"result": result, "charts": {audited.CHART: drawn}, "rows": {}}

    monkeypatch.setattr(runner, "run", run)
    monkeypatch.setattr(document, "audit_pdf", lambda *_, **__: b"%PDF-")


def alice_of(running: Running) -> Actor:
    """Alice, as services know her."""
    return people.sign_in(running.workspace, email("alice"), PASSWORD, "test")


@pytest.fixture
def system_id(running: Running) -> str:
    """Alice's system with a table that was read."""
    alice = alice_of(running)
    return cast.register(running.workspace, cast.Cast(alice, *[alice] * 5))


def test_an_audit_by_keyboard(
    chromium: Chromium, running: Running, system_id: str, tmp_path: Path
) -> None:
    """Correct the reading, make a mistake, mend it, read, plan again, compare, import."""
    alice = alice_of(running)
    dataset = audited.handed_in(running.workspace, alice, system_id)
    file = tmp_path / "result.json"
    file.write_bytes(resultfile.write(audit_results.classification(p=0.4)))
    with signed_in(chromium, running, "alice") as visit:
        visit.page.goto(f"{running.url}/audits/data/{dataset}")
        visit.look()
        when_the_reading_is_corrected(visit)
        when_a_plan_is_fixed(visit)
        when_the_result_is_there(visit)
        first = visit.page.url
        visit.go('main a[href*="from="]')
        assert visit.page.locator('[name="labels"]').input_value() == "sex: female = Frauen / women"
        visit.keys.write("change", "Nur ein anderer Start.")
        visit.go(PLAN)
        when_the_result_is_there(visit)
        visit.go('main a[href$="/compare"]')
        visit.keys.reach('select[name="before"]')
        visit.page.keyboard.press("ArrowDown")
        visit.go(BUTTON)
        when_the_result_is_there(visit)
        assert visit.page.locator("main table").count() >= 1
        visit.page.goto(f"{running.url}/systems/{system_id}/audits")
        visit.look()
        visit.go('main a[href$="/import"]')
        visit.page.set_input_files('[name="result"]', file)
        visit.go(BUTTON)
        when_the_result_is_there(visit)
        assert "Importiert" in visit.page.inner_text("main")
        visit.page.goto(first)


def when_the_reading_is_corrected(visit: Visit) -> None:
    """The folded form is opened by Enter, and the table is read anew."""
    visit.keys.reach("details:has([name=decimal]) summary")
    visit.keys.press("Enter")
    visit.keys.pick("decimal", "Punkt")
    visit.go("details form button[type=submit]")
    when_the_result_is_there(visit)


def when_a_plan_is_fixed(visit: Visit) -> None:
    """First with two mistakes: the page leads to them, also to one that is folded away."""
    keys = visit.keys
    keys.choose("kind", "decision")
    keys.pick("prediction", "prediction")
    keys.pick("outcome", "outcome")
    keys.write("positive", "1")
    keys.tick("attributes", "sex")
    keys.tick("harms", "wrongly_refused")
    keys.reach("details:has([name=labels]) summary")
    keys.press("Enter")
    keys.write("labels", "female = Frauen")
    visit.go(PLAN)
    expect(visit.page).to_have_title(re.compile("^Fehler:"))
    keys.reach('#error-summary a[href="#labels"]')
    keys.press("Enter")
    assert visit.page.evaluate("document.activeElement.name") == "labels"
    keys.press("Control+a")
    visit.page.keyboard.type("sex: female = Frauen / women")
    keys.write("reason", "Wer zu Unrecht abgelehnt wird, verliert Geld.")
    visit.go(PLAN)


def when_the_result_is_there(visit: Visit) -> None:
    """The page asks by itself until the worker is done, and then offers the result."""
    done = "#progress:not([hx-get]) a"
    if visit.page.locator("#progress").count():
        expect(visit.page.locator(done)).to_be_visible(timeout=30_000)
        visit.go(done)


def test_without_javascript(chromium: Chromium, running: Running, system_id: str) -> None:
    """The whole form works in a browser that runs no script, in one column at 390 pixels."""
    dataset = audited.handed_in(running.workspace, alice_of(running), system_id)
    for width in (WIDE["width"], 390):
        context = chromium.new_context(
            locale="de-DE",
            java_script_enabled=False,
            viewport={"width": width, "height": 800},
        )
        page = context.new_page()
        page.goto(f"{running.url}/sign-in")
        page.fill("[name=email]", email("alice"))
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.goto(f"{running.url}/audits/data/{dataset}")
        page.select_option("[name=prediction]", "prediction")
        page.fill("[name=positive]", "1")
        page.check("[name=attributes][value=sex]")
        page.click("details:has([name=depth]) summary")
        page.select_option("[name=depth]", "1")
        page.fill("[name=reason_depth]", "Für Paare sind es zu wenige Menschen.")
        page.fill("[name=reason]", "Weil.")
        if page.locator("[name=change]").count():
            page.fill("[name=change]", "Ohne Ergebnis.")
        page.click(PLAN)
        assert re.search(r"/audits/[0-9a-f]{32}$", page.url), page.inner_text("main")
        context.close()
