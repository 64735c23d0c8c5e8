"""A person at a keyboard: Tab, Enter, Space, arrows and typing; the mouse is never used."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page
from pydantic import JsonValue

from tests.examples.entries import entries

FURTHEST = 250
FOCUSED = "one => one === document.activeElement"
# From behind, the keys enter radio buttons at another one: arrows lead from there to any of them.
REACHED = """one => one === document.activeElement
  || (one.type === "radio" && one.name === document.activeElement.name)"""
# How many times to press Tab from here, less than 0 with Shift: from the page itself the end may be
# nearer. Of radio buttons one is a stop: the chosen, else the first.
AWAY = """wanted => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility());
  const group = one => all.filter(other => other.type === "radio" && other.name === one.name);
  const entry = one => group(one).find(other => other.checked) ?? group(one)[0];
  const stops = all.filter(one => one.type !== "radio" || entry(one) === one);
  const now = document.activeElement;
  const from = now === document.body ? document.querySelector(":target") : now;
  const before = one => from?.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING;
  const passed = stops.filter(one => one === from || before(one));
  const forward = stops.indexOf(wanted) + 1 - passed.length, back = forward - 1 - stops.length;
  return from || forward <= -back ? forward : back;
}"""


@dataclass(frozen=True)
class Keyboard:
    """Works on a page with keys only."""

    page: Page

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)

    def reach(self, selector: str) -> Locator:
        """Press Tab until the focus is on the element; it has to be visible there."""
        wanted = self.page.locator(selector).first
        away = int(wanted.evaluate(AWAY))
        for _ in range(abs(away)):
            self.press("Tab" if away > 0 else "Shift+Tab")
        # The count was only to ask less often: what counts is where the keys lead.
        for _ in range(FURTHEST):
            if wanted.evaluate(REACHED):
                assert wanted.is_visible()
                return wanted
            self.press("Tab")
        raise AssertionError(f"the Tab key does not reach {selector} on {self.page.url}")

    def write(self, name: str, text: str) -> None:
        """Type into the field of that name, in place of what is there."""
        self.reach(f'[name="{name}"]:not([type=hidden])')
        self.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, name: str, value: str) -> None:
        """Choose one of several: Tab into them, where one is chosen to that, then arrows."""
        group = f'input[type=radio][name="{name}"]'
        chosen = self.page.locator(f"{group}:checked").count()
        self.reach(f"{group}:checked" if chosen else group)
        wanted = self.page.locator(f'{group}[value="{value}"]')
        for _ in range(FURTHEST):
            if wanted.evaluate(FOCUSED):
                self.press("Space")
                assert wanted.is_checked()
                return
            self.press("ArrowDown")
        raise AssertionError(f"the arrow keys do not reach {name} = {value}")

    def tick(self, name: str, value: str) -> None:
        """Tick a box."""
        box = self.reach(f'input[type=checkbox][name="{name}"][value="{value}"]')
        self.press("Space")
        assert box.is_checked()

    def pick(self, name: str, words: str) -> None:
        """Pick from a list by typing its words."""
        field = self.reach(f'select[name="{name}"]')
        self.page.keyboard.type(words)
        assert field.locator("option:checked").inner_text() == words

    def follow(self, selector: str) -> None:
        """Reach a link or a button and press Enter; the next page is there then."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def unfold(self, name: str) -> None:
        """Open what is folded away around the field of that name."""
        folded = f'details:not([open]):has([name="{name}"])'
        if self.page.locator(folded).count():
            self.reach(f"{folded} > summary")
            self.press("Enter")

    def answer(self, question: str, value: JsonValue) -> None:
        """Answer a question in whatever way its fields ask for, entry by entry."""
        rows = value if isinstance(value, list) and value and isinstance(value[0], dict) else []
        for missing in range(1, len(rows)):
            if not self.page.locator(f'[name^="{question}-{missing}-"]').count():
                self.follow(f'button[name="group-add"][value="{question}"]')
        for name, given in entries(question, value).items():
            if name == question and rows:
                continue  # the mark of a group, which nobody sees
            if isinstance(given, list):
                for each in given:
                    self.tick(name, str(each))
            elif self.page.locator(f'input[type=radio][name="{name}"]').count():
                self.choose(name, str(given))
            else:
                self.unfold(name)
                self.write(name, str(given))
