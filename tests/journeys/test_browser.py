"""One system's whole way in a browser, by keyboard only; every page is looked at with axe."""

from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from tests.examples import harmless
from tests.examples.cast import ANSWERS
from tests.examples.running import Running
from tests.examples.visit import BUTTON, Visit, answered, decided, registered, signed_in, visiting
from workbench.basics.phases import Phase
from workbench.demo import model
from workbench.services import Workspace


def test_the_whole_way_by_keyboard(chromium: Chromium, running: Running, tmp_path: Path) -> None:
    """Team, board and administration do all their work without a mouse; the public reads it."""
    with signed_in(chromium, running, "alice") as alice:
        registered(alice)
        system, phase = alice.page.url, when_the_questions_are_answered(alice, running.workspace)
        decided(alice, phase)
        alice.page.goto(system)
        when_the_model_is_audited(alice, tmp_path)
        alice.page.goto(phase)
        alice.go('a[href$="/check"]')
        alice.go('form[action$="/submit"] button')
        assert "Eingereicht" in alice.page.inner_text("main")
    with signed_in(chromium, running, "dora") as dora:
        when_the_board_approves(dora)
    with signed_in(chromium, running, "frida") as frida:
        frida.go('.site-nav a[href="/people"]')
        frida.go('a[href="/people/new"]')
        frida.go('.site-nav a[href="/desk"]')
        frida.go('.cards a[href^="/systems/"]')
        frida.go('a[href^="/publish/"]')
        frida.go('form[action^="/publish/"] button')
        frida.go(".site-nav a[href='/account']")
    with visiting(chromium, running, "/register") as anybody:
        then_anybody_reads_it(anybody)


def when_the_questions_are_answered(alice: Visit, workspace: Workspace) -> str:
    """All sections in their order; the first field saves itself. Returns the phase's address."""
    phase = alice.page.url
    asked = harmless.questionnaire(workspace, Phase.CONCEPTION)
    alice.go('main a[href*="/sections/"]')
    alice.keys.answer("scan.purpose", ANSWERS["scan.purpose"])
    expect(alice.page.locator("#save-state")).to_contain_text("Gespeichert um", timeout=10_000)
    answered(alice, phase, harmless.by_section(asked, ANSWERS))
    return phase


def when_the_model_is_audited(alice: Visit, tmp_path: Path) -> None:
    """Files are chosen, the page waits by itself, the plan is typed, the result comes."""
    page, keys = alice.page, alice.keys
    made = model.train(tmp_path)
    alice.go('main a[href$="/audits"]')
    alice.go('a[href$="/audits/new"]')
    page.set_input_files('[name="table"]', made.table)
    page.set_input_files('[name="model"]', made.model)
    alice.go(BUTTON)
    when_the_work_is_done(alice)
    keys.pick("outcome", model.OUTCOME)
    keys.write("positive", "1")
    keys.pick("prediction", model.PREDICTION)
    for column in ("sex", "age"):
        keys.tick("attributes", column)
    keys.write("edges", "age: 25, 35, 50")
    keys.write("reason_edges", "Mit 25 endet die Förderung für junge Menschen.")
    keys.write("reason", "Wer zu Unrecht als Risiko gilt, wartet länger.")
    alice.go(BUTTON)
    when_the_work_is_done(alice)
    assert page.locator("img.chart").count() > 2
    assert page.locator("img.chart").evaluate_all("all => all.every(one => one.naturalWidth > 0)")


def when_the_work_is_done(alice: Visit) -> None:
    """The page asks by itself until the worker is done, and then offers the result."""
    done = "#progress:not([hx-get]) a"
    if alice.page.locator("#progress").count():
        expect(alice.page.locator(done)).to_be_visible(timeout=60_000)
        alice.go(done)


def when_the_board_approves(dora: Visit) -> None:
    """The board reads, comments, looks at the audit and decides."""
    dora.go('.site-nav a[href="/board"]')
    dora.go('main a[href^="/review/"]')
    case = dora.page.url
    dora.go('main a[href^="/audits/"]')
    dora.page.goto(case)
    dora.keys.write("body", "Wer prüft nach einem Jahr?")
    dora.go('form[action$="/comments"] button')
    dora.keys.choose("verdict", "approve")
    dora.keys.write("reasons", "Gut begründet.")
    dora.keys.write("conditions", "Nach einem Jahr wird wieder geprüft.")
    dora.go('form[action$="/decision"] button')
    assert "Gut begründet." in dora.page.inner_text("main")


def then_anybody_reads_it(anybody: Visit) -> None:
    """Search, the system's page in both languages, its files, guide and about."""
    page = anybody.page
    anybody.keys.write("q", "darlehen")
    anybody.go('form[role="search"] button')
    anybody.go('.cards a[href^="/register/"]')
    expect(page.locator("h1")).to_have_text("Risiko-Check für Darlehen")
    for _ in range(60):  # the PDF follows a moment later
        files = page.locator(".record-links a").evaluate_all("all => all.map(one => one.href)")
        if any(file.endswith(".pdf") for file in files):
            break
        page.wait_for_timeout(500)
        page.reload()
    assert [page.request.get(file).headers["content-type"] for file in files] == [
        "application/json",
        "application/pdf",
    ]
    anybody.go(".site-language a")
    assert page.locator("html").get_attribute("lang") == "en"
    anybody.go('footer a[href^="/about"]')
    anybody.go('footer a[href^="/guide"]')
    page.goto(f"{anybody.url}/register/nothing")
    anybody.problems[:] = [one for one in anybody.problems if "404" not in one]
    anybody.look()
