"""A section in a browser: without scripts, in a slow network, and what the looks at pages find."""

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Route

from tests.examples.running import Running
from tests.examples.visit import SAVE, Visit, registered, signed_in

BROKEN = {
    "html-has-lang": "document.documentElement.removeAttribute('lang')",
    "image-alt": "document.body.append(Object.assign(new Image(), {src: '/static/icon.svg'}))",
    "color-contrast": "document.querySelector('h1').animate({color: '#eee'}, {fill: 'forwards'})",
    "wide at 390": "document.querySelector('h1').textContent = 'x'.repeat(500)",
    "console": "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
    "Content Security Policy": "fetch('http://127.0.0.1:9/').catch(() => null)",
}


def test_what_is_wrong_with_a_page_is_found(chromium: Chromium, running: Running) -> None:
    """The looks at pages mean something: each of these faults is found."""
    for fault, change in BROKEN.items():
        visit = Visit(chromium.new_page(), running.url)
        visit.page.goto(f"{running.url}/register")
        visit.page.evaluate(f"void ({change})")
        visit.look()
        assert any(fault in problem for problem in visit.problems), (fault, visit.problems)
        visit.page.close()


def test_axe_runs_where_scripts_are_off_and_the_page_s_own_do_not(
    chromium: Chromium, running: Running
) -> None:
    """It finds what is wrong with the page as it is without scripts, and leaves it so."""
    with signed_in(chromium, running, "alice", sizes=(), scripts=False) as alice:
        registered(alice)
        alice.go('main a[href*="/sections/"]')
        visit = Visit(alice.page, running.url, scripts=False)
        visit.look()
        assert visit.problems == []
        visit.seen.clear()
        alice.page.evaluate(f"void ({BROKEN['html-has-lang']})")
        visit.look()
        assert ["html-has-lang" in one for one in visit.problems] == [True] * len(visit.sizes)
        for _ in range(2):  # nor do they after axe, on this page or the next
            assert alice.page.evaluate("typeof htmx") == "undefined"
            assert not alice.page.locator("[hidden][data-ask-if]").count()
            alice.page.reload()
        alice.page.evaluate("document.body.append(document.createElement('script'))")
        alice.page.evaluate("document.body.lastChild.textContent = 'window.ran = true'")
        assert alice.page.evaluate("typeof ran") == "undefined"


def test_a_section_without_javascript(chromium: Chromium, running: Running) -> None:
    """With scripts turned off, all questions are there and one button saves."""
    with signed_in(chromium, running, "alice", sizes=()) as alice:
        registered(alice)
        phase, state = alice.page.url, alice.page.context.storage_state()
        plain = chromium.new_context(java_script_enabled=False, storage_state=state)
        page = plain.new_page()
        page.goto(f"{phase}/sections/data")
        for name in ("name", "owner", "origin"):
            page.locator(f'[name="data.sources-0-{name}"]').press_sequentially("Bilder")
        page.locator('[name="group-add"]').press("Enter")
        for name in ("origin", "owner", "name"):
            page.locator(f'[name="data.sources-1-{name}"]').press_sequentially("Netz")
        page.locator('[name="data.sources-1-name"]').press("Enter")  # sends, removes nothing
        assert page.url == f"{phase}/sections/balance_conception"
        page.goto(f"{phase}/sections/data")
        assert page.locator('[name="data.sources-0-owner"]').input_value() == "Bilder"
        assert page.locator('[name="data.sources-1-name"]').input_value() == "Netz"
        plain.close()


def test_the_button_does_not_collide_with_the_page_s_own_save(
    chromium: Chromium, running: Running
) -> None:
    """Who goes on typing and presses the button while a save is under way meets no conflict."""
    with signed_in(chromium, running, "alice", sizes=()) as alice:
        registered(alice)
        alice.go('main a[href*="/sections/"]')
        page, keys = alice.page, alice.keys
        running.quick.clear()
        with page.expect_request(lambda one: "hx-request" in one.headers):
            keys.write("scan.purpose", "Erst das")
        page.keyboard.type(" und dann das")
        keys.reach(SAVE)
        keys.press("Enter")
        running.quick.set()
        page.wait_for_url("**/sections/scan_effect")
        page.goto(page.url.replace("scan_effect", "scan"))
        written = page.locator('[name="scan.purpose"]')
        assert written.input_value() == "Erst das und dann das"


def test_no_save_of_the_page_s_own_begins_behind_the_button(
    chromium: Chromium, running: Running
) -> None:
    """Who asks for another entry right after typing does not collide with themselves later."""
    with signed_in(chromium, running, "alice", sizes=()) as alice:
        registered(alice)
        page, keys, data = alice.page, alice.keys, f"{alice.page.url}/sections/data"
        page.goto(data)
        page.route(data, lambda one: slowly(one, page))
        keys.write("data.sources-0-name", "Bilder")
        keys.follow('button[name="group-add"]')
        page.unroute_all()
        for number in (0, 1):
            for name in ("name", "owner", "origin"):
                keys.write(f"data.sources-{number}-{name}", f"{name} {number}")
        keys.follow(SAVE)
        assert page.url != data, page.inner_text("main")


def slowly(route: Route, page: Page) -> None:
    """Let what the page saves by itself through, the button's save after longer than that takes."""
    if route.request.resource_type == "document":
        page.wait_for_timeout(1500)
    route.continue_()
