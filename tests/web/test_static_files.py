"""A static file is kept for good under the address that names its content, and only there."""

import re
from pathlib import Path

import pytest
from flask import Flask, url_for

from tests.examples.browser import Browser
from tests.examples.town import Town

KEPT = "public, max-age=31536000, immutable"
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def test_every_file_of_a_page_is_kept(town: Town, visitor: Browser) -> None:
    """What a page links to is found there, may be kept for good, and is the file itself."""
    html = visitor.get(f"/register/{town.slug}").get_data(as_text=True)
    addresses = LINKED.findall(html)

    assert len(addresses) >= 4
    for address in addresses:
        answer = visitor.get(address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, KEPT), address
        assert answer.data == visitor.get(address.partition("?")[0]).data


@pytest.mark.parametrize("query", ["", "?v=", "?v=0123456789ab", "?w=1"])
def test_other_addresses_are_asked_again(visitor: Browser, query: str) -> None:
    """Without the content's name, or with an old one, a browser asks whether it changed."""
    answer = visitor.get(f"/static/app.css{query}")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_a_new_content_has_a_new_address(
    app: Flask, tmp_path: Path, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update the page links elsewhere, and the old address keeps nothing."""
    file = Path(str(app.static_folder)) / "app.css"
    before = LINKED.findall(visitor.get("/register").get_data(as_text=True))
    stat, read = Path.stat, Path.read_bytes
    updated = tmp_path / "app.css"
    updated.write_bytes(b"p { color: black }")

    def instead(path: Path) -> Path:
        return updated if path == file else path

    monkeypatch.setattr(Path, "stat", lambda path, **more: stat(instead(path), **more))
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(instead(path)))
    after = LINKED.findall(visitor.get("/register").get_data(as_text=True))

    changed = set(before) ^ set(after)
    assert {address.partition("?")[0] for address in changed} == {"/static/app.css"}
    old = next(address for address in before if "app.css" in address)
    assert visitor.get(old).headers["Cache-Control"] == "no-cache"


def test_a_missing_file_is_an_error_that_nobody_keeps(app: Flask, visitor: Browser) -> None:
    """A page can name a file that is not there; asking for it tells so."""
    with app.test_request_context(base_url=visitor.url):
        assert url_for("static", filename="vendor/nothing.css") == "/static/vendor/nothing.css"
    answer = visitor.get("/static/vendor/nothing.css?v=0123456789ab")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
