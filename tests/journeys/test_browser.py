"""One system's whole way in a browser, by keyboard only; every page is looked at with axe."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.examples.cast import ANSWERS, DECISION, PASSWORD, email
from tests.examples.keyboard import Keyboard
from tests.journeys.conftest import Running
from workbench.demo import model

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
BUTTON = "main form.form button[type=submit]:not([tabindex]):not([name^=group])"
SAVE = "#section-form .actions button"


@dataclass
class Visit:
    """One person's browser, and all that was wrong on the pages it showed."""

    page: Page
    url: str
    problems: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.keys = Keyboard(self.page)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("request", lambda one: self._request(one.url))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")

    def _request(self, address: str) -> None:
        if not address.startswith((self.url, "data:")):
            self.problems.append(f"request to {address}")

    def look(self) -> None:
        """Judge the present page at both widths; the same page is judged once."""
        address = re.sub(r"[0-9a-f]{32}|\d+", "…", self.page.url.removeprefix(self.url))
        shape = f"{address} “{self.page.inner_text('h1')}”"
        if shape in self.seen:
            return
        self.seen.add(shape)
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            found = Axe().run(self.page).response["violations"]
            self.problems += [
                f"{shape} at {size['width']}: {one['id']}: {node['html'][:200]}"
                for one in found
                for node in one["nodes"]
            ]
            broad = self.page.evaluate("document.documentElement.scrollWidth")
            if broad > size["width"]:
                self.problems.append(f"{shape} is {broad} wide at {size['width']}")

    def go(self, selector: str) -> None:
        """Follow a link or press a button by keyboard, and judge the page it leads to."""
        self.keys.follow(selector)
        self.look()


@contextmanager
def visiting(chromium: Chromium, running: Running, start: str) -> Iterator[Visit]:
    """A fresh browser at an address; at the end nothing may have been wrong."""
    context = chromium.new_context(locale="de-DE", viewport=WIDE)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    visit = Visit(context.new_page(), running.url)
    visit.page.goto(running.url + start)
    visit.look()
    yield visit
    assert visit.problems == []
    context.close()


@contextmanager
def signed_in(chromium: Chromium, running: Running, name: str) -> Iterator[Visit]:
    """The browser of a member of the cast, who signs in by keyboard and signs out at the end."""
    with visiting(chromium, running, "/register") as visit:
        visit.go('.site-nav a[href="/desk"]')
        visit.keys.write("email", email(name))
        visit.keys.write("password", PASSWORD)
        visit.go(BUTTON)
        yield visit
        visit.go('form[action="/sign-out"] button')
        assert visit.page.url == f"{running.url}/register"


def test_the_whole_way_by_keyboard(chromium: Chromium, running: Running, tmp_path: Path) -> None:
    """Team, board and administration do all their work without a mouse; the public reads it."""
    with signed_in(chromium, running, "alice") as alice:
        when_a_system_is_registered(alice)
        system, phase = alice.page.url, when_the_questions_are_answered(alice)
        when_a_value_decision_is_recorded(alice, phase)
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


def when_a_system_is_registered(alice: Visit) -> None:
    """First with a mistake, which the page tells; then right."""
    alice.go('a[href="/systems/new"]')
    alice.go(BUTTON)  # nothing is filled in
    expect(alice.page).to_have_title(re.compile("^Fehler:"))
    alice.keys.reach("#error-summary a")
    alice.keys.press("Enter")
    assert alice.page.evaluate("document.activeElement.name") == "name"
    alice.keys.write("name", "Risiko-Check für Darlehen")
    alice.keys.write("purpose", "Schätzt, ob ein Darlehen zurückgezahlt wird.")
    alice.keys.write("department", "Amt für Wirtschaftsförderung")
    alice.keys.write("contact", "darlehen@musterstadt.example")
    alice.go(BUTTON)
    alice.go('main a[href^="/assess/"]')


def when_the_questions_are_answered(alice: Visit) -> str:
    """All sections in their order; the first field saves itself. Returns the phase's address."""
    phase, page = alice.page.url, alice.page
    alice.go('main a[href*="/sections/"]')
    section = ""
    for question, value in ANSWERS.items():
        if section not in ("", question.partition(".")[0]):
            save(alice)
        section = question.partition(".")[0]
        assert page.url == f"{phase}/sections/{section}"
        alice.keys.answer(question, value)
        if question == "purpose.problem":
            expect(page.locator("#save-state")).to_contain_text("Gespeichert um", timeout=10_000)
    save(alice)
    assert page.url == f"{phase}/check"
    return phase


def save(alice: Visit) -> None:
    """Press "Save and continue"."""
    alice.go(SAVE)


def when_a_value_decision_is_recorded(alice: Visit, phase: str) -> None:
    """Text, boxes, options, a list and a date, all typed."""
    page, keys = alice.page, alice.keys
    page.goto(phase)
    alice.go('a[href$="/decisions"]')
    alice.go('a[href$="/decisions/new"]')
    keys.write("question", DECISION.question)
    for value in page.locator('[name="values"]').evaluate_all("all => all.map(one => one.value)"):
        if value in DECISION.values:
            keys.tick("values", value)
    for number, option in enumerate(DECISION.options):
        keys.write(f"option_{number}", option)
    keys.choose("chosen", str(DECISION.chosen))
    keys.write("reasons", DECISION.reasons)
    yielding = page.locator(f'select[name="yielding"] option[value="{DECISION.yielding}"]')
    keys.pick("yielding", yielding.inner_text())
    keys.write("protection", DECISION.protection)
    for capacity in page.locator('[name="capacities"]').evaluate_all(
        "all => all.map(one => one.value)"
    ):
        if capacity in DECISION.capacities:
            keys.tick("capacities", capacity)
    decided = page.locator(f'select[name="decided_by"] option[value="{DECISION.decided_by}"]')
    keys.pick("decided_by", decided.inner_text())
    keys.write("office", DECISION.office)
    keys.reach('[name="decided_on"]')
    page.keyboard.type("03052026")
    alice.go(BUTTON)
    assert "Vollständig" in page.inner_text("main")
    alice.go(".cards a[href^='/decisions/']")


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


def test_a_section_without_javascript(chromium: Chromium, running: Running) -> None:
    """With scripts turned off, all questions are there and one button saves."""
    with signed_in(chromium, running, "alice") as alice:
        when_a_system_is_registered(alice)
        phase, state = alice.page.url, alice.page.context.storage_state()
        plain = chromium.new_context(java_script_enabled=False, storage_state=state)
        page = plain.new_page()
        page.goto(f"{phase}/sections/people")
        for name in ("who", "harm"):
            page.locator(f'[name="people.groups-0-{name}"]').press_sequentially("Kinder")
        page.locator('[name="group-add"]').press("Enter")
        page.locator('[name="people.groups-1-who"]').press_sequentially("Alte")
        page.locator('[name="people.contact"]').press("Enter")  # sends the form, removes nothing
        assert page.url == f"{phase}/sections/data"
        page.goto(f"{phase}/sections/people")
        assert page.locator('[name="people.groups-0-harm"]').input_value() == "Kinder"
        assert page.locator('[name="people.groups-1-who"]').input_value() == "Alte"
        plain.close()


def test_the_button_does_not_collide_with_the_page_s_own_save(
    chromium: Chromium, running: Running
) -> None:
    """Who goes on typing and presses the button while a save is under way meets no conflict."""
    with signed_in(chromium, running, "alice") as alice:
        when_a_system_is_registered(alice)
        alice.go('main a[href*="/sections/"]')
        page, keys = alice.page, alice.keys
        running.quick.clear()
        with page.expect_request(lambda one: "hx-request" in one.headers):
            keys.write("purpose.problem", "Erst das")
        page.keyboard.type(" und dann das")
        keys.reach(SAVE)
        keys.press("Enter")
        running.quick.set()
        page.wait_for_url("**/sections/effect")
        page.goto(page.url.replace("effect", "purpose"))
        written = page.locator('[name="purpose.problem"]')
        assert written.input_value() == "Erst das und dann das"
