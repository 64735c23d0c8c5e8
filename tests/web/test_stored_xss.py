"""Texts that would like to be programs stay texts, wherever they are shown."""

import json
from collections import ChainMap
from collections.abc import Callable
from contextlib import suppress
from html import unescape
from typing import Any

import pytest
from html5lib.html5parser import ParseError
from pydantic import JsonValue

from tests.examples import harmless, pages
from tests.examples.browser import Browser
from tests.examples.cast import ANSWERS, DECISION
from tests.examples.entries import entries
from tests.examples.town import table
from workbench import worker
from workbench.basics.phases import Phase
from workbench.services import Workspace

BrowserOf = Callable[[str], Browser]
MARK = "zq9x"
PAYLOADS = (
    "<script>zq9x()</script>",
    "<img src=x onerror=zq9x()>",
    "<svg onload=zq9x()>",
    '"><script>zq9x()</script>',
    "'><img src=x onerror='zq9x()'>",
    '" onfocus=zq9x() autofocus="',
    "' onmouseover='zq9x()",
    "</title><script>zq9x()</script>",
    "</textarea><script>zq9x()</script>",
    "javascript:zq9x()",
    "<a href=javascript:zq9x()>x</a>",
    "<iframe srcdoc='<script>zq9x()</script>'>",
    "{{ zq9x }}{% include '/etc/passwd' %}",
    "<math><mtext><style><img src onerror=zq9x()>",
    "<style>@import '//zq9x.example'</style>",
    "<base href=//zq9x.example>",
    "<!--<script>zq9x()//-->",
    "&lt;script&gt;zq9x()&lt;/script&gt;",
    "<scr\tipt>zq9x()</scr\tipt>",
    "<meta http-equiv=refresh content=0;url=//zq9x.example>",
)
EVERY = " ".join(PAYLOADS)
DESCRIPTION = {
    "name": PAYLOADS[0] + PAYLOADS[3],
    "purpose": " ".join(PAYLOADS[:7]),
    "department": PAYLOADS[1],
    "contact": PAYLOADS[10],
}
VALUE_DECISION = {
    **DECISION.model_dump(mode="json", exclude={"options", "decided_on", "review_on", "people"}),
    "decided_on-day": "3",
    "decided_on-month": "5",
    "decided_on-year": "2026",
    **{f"option_{number}": PAYLOADS[number] for number in range(4)},
    **dict.fromkeys(("reasons", "protection"), EVERY),
    "question": PAYLOADS[4],
    "office": PAYLOADS[5],
    "people_law": PAYLOADS[6],
}
OPINION = {"words": EVERY, "capacity": "law", "holder_id": "", "speaker": PAYLOADS[6]}
VERDICT = {
    "verdict": "approve",
    "reasons": EVERY,
    "conditions": "\n".join(PAYLOADS),
    "minority_opinion": EVERY,
}


def attack(cell: JsonValue) -> JsonValue:
    """A payload in place of a text; what is chosen stays."""
    return PAYLOADS[1] if isinstance(cell, str) and " " in cell else cell


def poisoned(question: str, value: JsonValue) -> dict[str, object]:
    """The form's fields of an answer in which every text is a payload."""
    if isinstance(value, list) and isinstance(value[0], dict):
        rows = [row for row in value if isinstance(row, dict)]
        return entries(question, [{key: attack(cell) for key, cell in row.items()} for row in rows])
    if isinstance(value, dict):
        return entries(question, {**value, "reason": PAYLOADS[5]})
    if question == "scan.purpose":  # a shorter limit
        return {question: " ".join(PAYLOADS[:7])}
    if isinstance(value, str) and " " in value:
        return {question: EVERY if len(value) > 35 else PAYLOADS[2]}
    return entries(question, value)


def sent(browser: Browser, path: str, data: dict[str, Any]) -> str:
    """Send a form that must be taken; returns where it leads."""
    answer = browser.post(path, data)
    assert answer.status_code == 303, (path, answer.get_data(as_text=True))
    return answer.location


@pytest.fixture
def all_poisoned(workspace: Workspace, browser_of: BrowserOf) -> None:
    """A published system in which every text is one of the payloads."""
    alice, dora, frida = (browser_of(name) for name in ("alice", "dora", "frida"))
    page = sent(alice, "/systems/new", DESCRIPTION)
    header = f"{PAYLOADS[1]},{PAYLOADS[10]},{PAYLOADS[15]}"
    files = f"{page}/audits/new"
    for name in PAYLOADS:
        alice.upload(files, table=(table(20, header).replace(b"f,", b"<svg onload=zq9x()>,"), name))
    worker.work_once(workspace)
    phase = alice.page(page).split('"/assess/')[1][:32]
    asked = harmless.questionnaire(workspace, Phase.CONCEPTION)
    for section, answers in harmless.by_section(asked, ANSWERS).items():
        fields = [poisoned(question, value) for question, value in answers.items()]
        sent(alice, f"/assess/{phase}/sections/{section}", dict(ChainMap(*fields)))
    sent(alice, f"/assess/{phase}/decisions", VALUE_DECISION)
    decision = alice.page(f"/assess/{phase}/decisions").split('"/decisions/')[1][:32]
    sent(alice, f"/decisions/{decision}/dissents", OPINION)
    sent(alice, f"/decisions/{decision}/links", {"name": PAYLOADS[1], "link": "https://a.example"})
    sent(alice, f"/assess/{phase}/submit", {})
    sent(dora, f"/review/{phase}/comments", {"body": EVERY})
    sent(dora, f"/review/{phase}/decision", VERDICT)
    sent(frida, f"/publish/{page.removeprefix('/systems/')}", {})


def test_the_check_finds_what_runs() -> None:
    """Most payloads would be found, were they on a page as they stand; escaped, none is."""
    found = set()
    for payload in PAYLOADS:
        page = f"<!doctype html><title>x</title><p>{payload}</p>"
        try:
            if list(pages.active(pages.elements(page))):
                found.add(payload)
        except ParseError:  # found, too: no page may be invalid
            found.add(payload)
    assert (len(PAYLOADS), len(found)) == (20, 14)


@pytest.mark.usefixtures("all_poisoned")
def test_no_page_runs_what_people_wrote(visitor: Browser, browser_of: BrowserOf) -> None:
    """Whatever anybody can read shows the texts as texts."""
    shown = {}
    for name in ("anonymous", "alice", "dora", "frida"):
        browser = visitor if name == "anonymous" else browser_of(name)
        texts = {address: text for address, text in everything(browser) if MARK in unescape(text)}
        shown[name] = len(texts)
        for address, text in texts.items():
            if text.startswith("{"):
                assert json.loads(text)
            elif not text.startswith("%PDF") and not address.endswith(".csv"):
                assert pages.problems(text) == [], address
    assert shown["anonymous"] >= 5
    assert shown["dora"] >= 4
    assert shown["alice"] >= 30
    assert shown["frida"] >= 14


def everything(browser: Browser) -> list[tuple[str, str]]:
    """All addresses that this person's pages lead to, in German, and what is there."""
    found: list[tuple[str, str]] = []
    waiting = ["/register", "/register.json", "/desk"]
    for address in waiting:
        answer = browser.get(address)
        text = answer.data.decode("utf-8", errors="replace")
        if answer.status_code == 303:
            continue
        assert answer.status_code == 200, address
        found.append((address, text))
        links: list[str] = []
        with suppress(ParseError):  # its own page is found by the test
            links = pages.links(text) if answer.mimetype == "text/html" else []
        for link in links:
            known = link.partition("#")[0]
            if known.startswith("/") and known not in waiting and "lang=" not in known:
                waiting.append(known)
    return found
