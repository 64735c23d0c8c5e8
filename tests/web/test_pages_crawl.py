"""Every page that a person can reach from the start by links."""

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest

from tests.conftest import URL
from tests.examples import pages
from tests.examples.browser import Browser

START = {"alice": "/desk", "bob": "/desk", "charlie": "/desk", "dora": "/desk", "frida": "/desk"}


def crawl(browser: Browser, start: str) -> dict[str, tuple[int, str]]:
    """Address → status and page, for all that links of this host lead to."""
    found: dict[str, tuple[int, str]] = {}
    waiting = [start]
    while waiting:
        address = waiting.pop()
        answer = browser.get(address, follow_redirects=True)
        html = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        found[address] = answer.status_code, html
        for link in pages.links(html) if html else []:
            target = urlsplit(urljoin(URL + address, link))
            path = target.path + (f"?{target.query}" if target.query else "")
            if f"{target.scheme}://{target.netloc}" == URL and path not in {*found, *waiting}:
                waiting.append(path)
    return found


@pytest.mark.parametrize("name", ["anonymous", *START])
def test_every_link_leads_to_a_valid_page(
    name: str, visitor: Browser, browser_of: Callable[[str], Browser]
) -> None:
    """Whatever a person reaches by links exists, is valid, and is in the language asked for."""
    browser = visitor if name == "anonymous" else browser_of(name)
    found = crawl(browser, START.get(name, "/"))
    broken = {address: status for address, (status, _) in found.items() if status >= 400}
    assert not broken
    wrong = {address: pages.problems(html) for address, (_, html) in found.items() if html}
    assert not {address: one for address, one in wrong.items() if one}
    for address, (_, html) in found.items():
        if html:
            language = "en" if "lang=en" in address else "de"
            assert f'<html lang="{language}"' in html, address
