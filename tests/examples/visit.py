"""A visit to the workbench in a browser, in which every page is judged."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ConsoleMessage, Page, Route, expect

from tests.examples.cast import DECISION, PASSWORD, email
from tests.examples.entries import entries
from tests.examples.harmless import Answers
from tests.examples.keyboard import Keyboard
from tests.examples.running import Running
from workbench.governance.decisions import ValueDecision

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
VIOLATIONS = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"
Sizes = tuple[dict[str, int], ...]
BOTH: Sizes = (NARROW, WIDE)
BUTTON = "main form.form button[type=submit]:not([tabindex]):not([name^=group])"
SAVE = "#section-form .actions button"


@dataclass
class Visit:
    """One person's browser, and all that was wrong on the pages it showed.

    It is judged at these ``sizes``; at none, only what the browser itself complains of is noted.
    ``judge``: where it is judged when its own browser runs no scripts.
    """

    page: Page
    url: str
    sizes: Sizes = BOTH
    judge: Page | None = None
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
        """Judge the present page at all widths; the same page is judged once."""
        address = re.sub(r"[0-9a-f]{32}|\d+", "…", self.page.url.removeprefix(self.url))
        shape = f"{address} “{self.page.title()}”"
        if shape in self.seen or not self.sizes:
            return
        self.seen.add(shape)
        page = self.page if self.judge is None else self._as_it_stands(self.judge)
        page.evaluate(AXE_SCRIPT)
        for size in self.sizes:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            self.problems += [
                f"{shape} at {size['width']}: {one['id']}: {node['html'][:200]}"
                for one in page.evaluate(VIOLATIONS)
                for node in one["nodes"]
            ]
            broad = page.evaluate("document.documentElement.scrollWidth")
            if broad > size["width"]:
                self.problems.append(f"{shape} is {broad} wide at {size['width']}")

    def _as_it_stands(self, judge: Page) -> Page:
        """What the browser without scripts shows, in one in which axe, a script itself, can run."""
        html = self.page.content()
        judge.context.add_cookies(self.page.context.cookies())  # type: ignore[arg-type]
        judge.route("**/*", lambda one: _without_scripts(one, html))
        judge.goto(self.page.url)
        judge.unroute_all()
        return judge

    def go(self, selector: str) -> None:
        """Follow a link or press a button by keyboard, and judge the page it leads to."""
        self.keys.follow(selector)
        self.look()


def _without_scripts(route: Route, html: str) -> None:
    if route.request.resource_type == "document":
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    elif route.request.resource_type == "script":
        route.fulfill(body="", content_type="text/javascript")
    else:
        route.continue_()


@contextmanager
def visiting(
    chromium: Chromium, running: Running, start: str, *, sizes: Sizes = BOTH, scripts: bool = True
) -> Iterator[Visit]:
    """A fresh browser at an address; at the end nothing may have been wrong."""
    context = chromium.new_context(
        locale="de-DE",
        viewport=WIDE,  # type: ignore[arg-type]
        java_script_enabled=scripts,
    )
    context.set_default_timeout(15_000)
    judge = None if scripts else chromium.new_page(locale="de-DE", viewport=WIDE)  # type: ignore[arg-type]
    visit = Visit(context.new_page(), running.url, sizes, judge)
    visit.page.goto(running.url + start)
    visit.look()
    yield visit
    assert visit.problems == [], "\n".join(visit.problems)
    context.close()
    if judge is not None:
        judge.close()


@contextmanager
def signed_in(
    chromium: Chromium, running: Running, name: str, *, sizes: Sizes = BOTH, scripts: bool = True
) -> Iterator[Visit]:
    """The browser of a member of the cast, who signs in by keyboard and signs out at the end."""
    with visiting(chromium, running, "/register", sizes=sizes, scripts=scripts) as visit:
        visit.go('.site-nav a[href="/desk"]')
        visit.keys.write("email", email(name))
        visit.keys.write("password", PASSWORD)
        visit.go(BUTTON)
        yield visit
        visit.go('form[action="/sign-out"] button')
        assert visit.page.url == f"{running.url}/register"


def registered(alice: Visit) -> None:
    """Register a system: first with a mistake, which the page tells; then right."""
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


def answered(alice: Visit, phase: str, sections: Mapping[str, Answers]) -> None:
    """Answer section after section, from the first one's page on, each leading to the next.

    After the quick scan a page says what else is asked.
    """
    page = alice.page
    for section, answers in sections.items():
        if page.url == f"{phase}/scope":
            alice.go(f'main a[href="{phase.removeprefix(alice.url)}"]')
            alice.go(f'main a[href$="/sections/{section}"]')
        assert page.url.partition("#")[0] == f"{phase}/sections/{section}"
        for question, value in answers.items():
            alice.keys.answer(question, value)
        alice.go(SAVE)
    assert page.url == f"{phase}/check"


def decided(alice: Visit, phase: str, decision: ValueDecision = DECISION) -> None:
    """Text, boxes, options, a list and a date, all typed."""
    page, keys = alice.page, alice.keys
    page.goto(phase)
    alice.go('a[href$="/decisions"]')
    alice.go('a[href$="/decisions/new"]')
    keys.write("question", decision.question)
    for value in page.locator('[name="values"]').evaluate_all("all => all.map(one => one.value)"):
        if value in decision.values:
            keys.tick("values", value)
    for number, option in enumerate(decision.options):
        if option:
            keys.unfold(f"option_{number}")
            keys.write(f"option_{number}", option)
    keys.choose("chosen", str(decision.chosen))
    keys.write("reasons", decision.reasons)
    yielding = page.locator(f'select[name="yielding"] option[value="{decision.yielding}"]')
    keys.pick("yielding", yielding.inner_text())
    keys.write("protection", decision.protection)
    for capacity in page.locator('[name="capacities"]').evaluate_all(
        "all => all.map(one => one.value)"
    ):
        if capacity in decision.capacities:
            keys.tick("capacities", capacity)
    deciding = page.locator(f'select[name="decided_by"] option[value="{decision.decided_by}"]')
    keys.pick("decided_by", deciding.inner_text())
    keys.write("office", decision.office)
    for part, digits in entries("decided_on", str(decision.decided_on)).items():
        keys.write(part, str(digits))
    alice.go(BUTTON)
    assert "Vollständig" in page.inner_text("main")
    alice.go(".cards a[href^='/decisions/']")
