"""A visit to the workbench in a browser, in which every page is judged."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.examples.cast import DECISION, PASSWORD, email
from tests.examples.harmless import Answers
from tests.examples.keyboard import Keyboard
from tests.examples.running import Running
from workbench.governance.decisions import ValueDecision

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SCRIPTS = "Emulation.setScriptExecutionDisabled"
VIOLATIONS = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"
Sizes = tuple[dict[str, int], ...]
BOTH: Sizes = (NARROW, WIDE)
BUTTON = "main form.form button[type=submit]:not([tabindex]):not([name^=group])"
SAVE = "#section-form .actions button"


@dataclass
class Visit:
    """One person's browser, and all that was wrong on the pages it showed.

    It is judged at these ``sizes``; at none, only what the browser itself complains of is noted.
    ``scripts``: whether the browser runs those of the pages.
    """

    page: Page
    url: str
    sizes: Sizes = BOTH
    scripts: bool = True
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
        with self._axe_may_run():
            self.page.evaluate(AXE_SCRIPT)
            for size in self.sizes:
                self._judge(shape, size)

    def _judge(self, shape: str, size: dict[str, int]) -> None:
        self.page.set_viewport_size(size)  # type: ignore[arg-type]
        self.problems += [
            f"{shape} at {size['width']}: {one['id']}: {node['html'][:200]}"
            for one in self.page.evaluate(VIOLATIONS)
            for node in one["nodes"]
        ]
        broad = self.page.evaluate("document.documentElement.scrollWidth")
        if broad > size["width"]:
            self.problems.append(f"{shape} is {broad} wide at {size['width']}")

    @contextmanager
    def _axe_may_run(self) -> Iterator[None]:
        """Axe is a script itself; where the page's own ones did not run, they do not now either."""
        if self.scripts:
            yield
            return
        session = self.page.context.new_cdp_session(self.page)
        # Off once more in this session: it can only switch on what it switched off.
        for off in (True, False):
            session.send(SCRIPTS, {"value": off})
        yield
        session.send(SCRIPTS, {"value": True})

    def go(self, selector: str) -> None:
        """Follow a link or press a button by keyboard, and judge the page it leads to."""
        self.keys.follow(selector)
        self.look()


@contextmanager
def visiting(
    chromium: Chromium, running: Running, start: str, *, sizes: Sizes = BOTH, scripts: bool = True
) -> Iterator[Visit]:
    """A fresh browser at an address; at the end nothing may have been wrong."""
    context = chromium.new_context(
        locale="de-DE",
        viewport=WIDE,  # type: ignore[arg-type]
        java_script_enabled=scripts,
        reduced_motion="reduce",  # else every key scrolls through many frames
    )
    context.set_default_timeout(15_000)
    visit = Visit(context.new_page(), running.url, sizes, scripts)
    visit.page.goto(running.url + start)
    visit.look()
    yield visit
    assert visit.problems == [], "\n".join(visit.problems)
    context.close()


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


LOANS = {
    "name": "Risiko-Check für Darlehen",
    "purpose": "Schätzt, ob ein Darlehen zurückgezahlt wird.",
    "department": "Amt für Wirtschaftsförderung",
    "contact": "darlehen@musterstadt.example",
}


def registered(alice: Visit, description: Mapping[str, str] = LOANS) -> str:
    """Register a system: first with a mistake, which the page tells; then right.

    Leads to its first phase; returns the system's address.
    """
    alice.go('a[href="/systems/new"]')
    alice.go(BUTTON)  # nothing is filled in
    expect(alice.page).to_have_title(re.compile("^Fehler:"))
    alice.keys.reach("#error-summary a")
    alice.keys.press("Enter")
    assert alice.page.evaluate("document.activeElement.name") == "name"
    for name, text in description.items():
        alice.keys.write(name, text)
    alice.go(BUTTON)
    system = alice.page.url
    alice.go('main a[href^="/assess/"]')
    return system


def answered(alice: Visit, phase: str, sections: Mapping[str, Answers]) -> None:
    """Answer section after section, from the first one's page on, each leading to the next.

    After the quick scan a page says what else is asked.
    """
    page = alice.page
    for section, answers in sections.items():
        if page.url == f"{phase}/scope":
            alice.go(f'main a[href="{phase.removeprefix(alice.url)}"]')
            alice.go(f'main a[href$="/sections/{section}"]')
        here = page.url.partition("#")[0]
        assert here == f"{phase}/sections/{section}", page.inner_text("main")
        for question, value in answers.items():
            alice.keys.answer(question, value)
        alice.go(SAVE)
    assert page.url == f"{phase}/check"


def decided(alice: Visit, phase: str, decision: ValueDecision = DECISION) -> None:
    """Record a value decision: text, boxes, options, lists and days, all by keyboard.

    Ends on its page, where opinions and evidence are added.
    """
    alice.page.goto(phase)
    alice.go('a[href$="/decisions"]')
    alice.go('a[href$="/decisions/new"]')
    said = decision.model_dump(mode="json", exclude_defaults=True)
    options = said.pop("options")
    said |= {f"option_{number}": text for number, text in enumerate(options) if text}
    order = alice.page.locator("main [name]").evaluate_all("all => all.map(one => one.name)")
    asked = [name for name in dict.fromkeys(one.partition("-")[0] for one in order) if name in said]
    assert set(asked) == set(said)
    for name in asked:
        alice.keys.answer(name, said[name])
    alice.go(BUTTON)
    assert "Vollständig" in alice.page.inner_text("main")
    link = alice.page.locator(".cards a[href^='/decisions/']", has_text=decision.question)
    alice.go(f'.cards a[href="{link.first.get_attribute("href")}"]')


def opposed(alice: Visit, words: str, capacity: str, *, whose: str = "", speaker: str = "") -> None:
    """On the page of a decision: unfold the small form and add one's own opinion, or another's.

    ``whose``: as the list calls them; ``speaker``: somebody without an account.
    """
    keys = alice.keys
    keys.unfold("words")
    keys.write("words", words)
    keys.pick_value("capacity", capacity)
    if whose or speaker:
        keys.pick("holder_id", whose or "Eine Person ohne Konto")
    if speaker:
        keys.write("speaker", speaker)
    alice.go('form[action$="/dissents"] button')
    assert words in alice.page.inner_text("main")


def backed(alice: Visit, name: str, link: str) -> None:
    """On the page of a decision: add a link that backs it."""
    alice.keys.write("name", name)
    alice.keys.write("link", link)
    alice.go('form[action$="/links"] button')
    assert name in alice.page.inner_text("main")
