"""Many people who save in one section at once, over HTTP, each in a browser of their own."""

import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookiejar import CookieJar
from threading import Barrier
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from tests.examples import cast as examples
from tests.examples.cast import PASSWORD, Cast
from workbench.governance.roles import TEAM
from workbench.services import Workspace, people, systems

PEOPLE, TIMES = 20, 15
QUESTIONS = ("purpose.problem", "purpose.goal", "purpose.previous_procedure", "purpose.reasons")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SEEN = re.compile(r'name="(seen-[^"]+)" id="\1" value="(\d+)"')


@dataclass(frozen=True)
class Sent:
    """One save: what was written, how it was answered, with which page, in how many seconds."""

    text: str
    status: int
    page: str
    seconds: float


class Stay(HTTPRedirectHandler):
    """Where a save leads to need not be fetched."""

    def redirect_request(self, *_: object) -> None:
        """Nothing."""


class Visitor:
    """A browser: keeps its cookie, and sends the form's token."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()), Stay)

    def ask(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and page; with ``data`` a form is sent."""
        body = urlencode(data).encode() if data is not None else None
        request = Request(self.url + path, body, {"Referer": f"{self.url}/"})
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as answer:
            return answer.code, answer.read().decode()

    def sign_in(self, email: str) -> None:
        """Sign in with the password of the cast."""
        token = TOKEN.findall(self.ask("/sign-in")[1])[0]
        form = {"csrf_token": token, "email": email, "password": PASSWORD}
        assert self.ask("/sign-in", form)[0] == 303


def gather(workspace: Workspace, cast: Cast) -> tuple[list[str], str]:
    """Twenty people who work on a new system; their addresses, and that of the section."""
    system_id = examples.register(workspace, cast)
    emails = [f"p{number}@musterstadt.example" for number in range(PEOPLE)]
    for email in emails:
        people.add(workspace, name=email[:3], email=email, role=TEAM, password=PASSWORD)
        systems.share(workspace, cast.alice, system_id, email)
    phase_id = examples.phase_of(workspace, cast, system_id)
    return emails, f"/assess/{phase_id}/sections/purpose"


def save(url: str, emails: Sequence[str], section: str) -> list[Sent]:
    """Everybody signs in, then all save at once, fifteen texts each, no text twice.

    Each save is made on the page as it was shown last, as people do it; so many meet newer texts.
    """
    start = Barrier(len(emails))

    def work(number: int) -> list[Sent]:
        visitor, done = Visitor(url), []
        visitor.sign_in(emails[number])
        page = visitor.ask(section)[1]
        start.wait()
        for turn in range(TIMES):
            text = f"Text {number}-{turn}."
            form = {"csrf_token": TOKEN.findall(page)[0], **dict(SEEN.findall(page))}
            form[QUESTIONS[(number + turn) % len(QUESTIONS)]] = text
            begun = time.perf_counter()
            status, answered = visitor.ask(section, form)
            done.append(Sent(text, status, answered, time.perf_counter() - begun))
            page = visitor.ask(section)[1]
        return done

    with ThreadPoolExecutor(len(emails)) as pool:
        return [one for each in pool.map(work, range(len(emails))) for one in each]
