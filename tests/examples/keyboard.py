"""A person at a keyboard: Tab, Enter, Space, arrows and typing; the mouse is never used."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page
from pydantic import JsonValue

from tests.examples.entries import entries
from workbench.basics.text import number

FURTHEST = 250
LONGEST_TYPED = 12  # characters; what is longer comes in one go, as when it is pasted
# Each asked of the page in one go, as these are asked most often.
FOCUSED = "wanted => document.querySelector(wanted) === document.activeElement"
# From behind, the keys enter radio buttons at another one: arrows lead from there to any of them.
REACHED = """wanted => {
  const one = document.querySelector(wanted), now = document.activeElement;
  return (one === now || (one.type === "radio" && one.name === now.name)) && now.checkVisibility()
    && now.getBoundingClientRect().height > 0;
}"""
# How many times to press Tab from here, less than 0 with Shift: from the page itself the end may be
# nearer. Of radio buttons one is a stop: the chosen, else the first.
AWAY = """selector => {
  const wanted = document.querySelector(selector);
  if (!wanted) throw new Error(`nothing on the page is ${selector}`);
  const stop = "a[href], button, input, select, textarea, summary";
  const entries = new Map();
  for (const one of document.querySelectorAll("input[type=radio]"))
    if (one.checked || !entries.has(one.name)) entries.set(one.name, one);
  const stops = [...document.querySelectorAll(stop)].filter(one =>
    one.tabIndex >= 0 && !one.disabled && (one.type !== "radio" || entries.get(one.name) === one)
    && one.checkVisibility());
  const now = document.activeElement;
  const from = now === document.body ? document.querySelector(":target") : now;
  const before = one => from?.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING;
  const passed = stops.filter(one => one === from || before(one));
  const forward = stops.indexOf(wanted) + 1 - passed.length, back = forward - 1 - stops.length;
  return from || forward <= -back ? forward : back;
}"""
# What kind of field it is, as the browser calls it, or that it is folded away.
KIND = """wanted => {
  const one = document.querySelector(wanted);
  return one.closest("details:not([open])") ? "folded" : one.type;
}"""


@dataclass(frozen=True)
class Keyboard:
    """Works on a page with keys only.

    ``tabs``: it goes from element to element by Tab; else it starts right at the one it needs,
    which takes a third of the time and proves that much less.
    """

    page: Page
    tabs: bool = True

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)

    def reach(self, selector: str) -> Locator:
        """Press Tab until the focus is on the element; it has to be visible there."""
        if self.tabs:
            away = int(self.page.evaluate(AWAY, selector))
            for _ in range(abs(away)):
                self.press("Tab" if away > 0 else "Shift+Tab")
        else:
            self.page.locator(selector).first.focus()
        # The count was only to ask less often: what counts is where the keys lead.
        for _ in range(FURTHEST):
            if self.page.evaluate(REACHED, selector):
                return self.page.locator(selector).first
            self.press("Tab")
        raise AssertionError(f"the Tab key does not reach {selector} on {self.page.url}")

    def write(self, name: str, text: str) -> None:
        """Write into the field of that name, in place of what is there."""
        self.reach(f'[name="{name}"]:not([type=hidden])')
        self.press("Control+a")
        keys = self.page.keyboard
        (keys.type if len(text) <= LONGEST_TYPED else keys.insert_text)(text)

    def choose(self, name: str, value: str) -> None:
        """Choose one of several: Tab into them, where one is chosen to that, then arrows."""
        group = f'input[type=radio][name="{name}"]'
        chosen = self.page.locator(f"{group}:checked").count()
        self.reach(f"{group}:checked" if chosen else group)
        wanted = f'{group}[value="{value}"]'
        for _ in range(FURTHEST):
            if self.page.evaluate(FOCUSED, wanted):
                self.press("Space")
                assert self.page.locator(wanted).is_checked()
                return
            self.press("ArrowDown")
        raise AssertionError(f"the arrow keys do not reach {name} = {value}")

    def tick(self, name: str, value: str) -> None:
        """Tick a box."""
        box = self.reach(f'input[type=checkbox][name="{name}"][value="{value}"]')
        self.press("Space")
        assert box.is_checked()

    def pick(self, name: str, words: str) -> None:
        """Pick from a list by typing its words, as far as it takes."""
        field = self.reach(f'select[name="{name}"]')
        for letter in words:
            if field.locator("option:checked").inner_text() == words:
                break
            self.press(letter)  # refuses an ü, which typing would paste into another field
        assert field.locator("option:checked").inner_text() == words

    def pick_value(self, name: str, value: str) -> None:
        """Pick from a list what is sent as that value."""
        option = self.page.locator(f'select[name="{name}"] option[value="{value}"]')
        self.pick(name, option.inner_text())

    def follow(self, selector: str) -> None:
        """Reach a link or a button and press Enter; the next page is there then."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def unfold(self, name: str) -> None:
        """Open what is folded away around the field of that name."""
        self.reach(f'details:not([open]):has([name="{name}"]) > summary')
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
            field = f'[name="{name}"]:not([type=hidden])'
            if (kind := self.page.evaluate(KIND, field)) == "folded":
                self.unfold(name)
                kind = self.page.evaluate(KIND, field)
            enter = WAYS.get(kind, Keyboard.write)
            for each in given if isinstance(given, list) else [given]:
                words = number("de", each) if isinstance(each, float) else str(each)
                enter(self, name, words)


# How what the browser calls a kind of field is filled in; all others are written into.
WAYS = {
    "checkbox": Keyboard.tick,
    "radio": Keyboard.choose,
    "select-one": Keyboard.pick_value,
}
