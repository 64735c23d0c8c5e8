"""A browser for tests: knows the address, and sends the form's token with every form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import URL
from tests.examples.cast import PASSWORD, email

HIDDEN = 'name="csrf_token" value="'


@dataclass(frozen=True)
class Browser:
    """Asks for pages and sends forms as the person who signed in."""

    client: FlaskClient
    url: str = URL

    def get(self, path: str, **more: Any) -> TestResponse:
        """The answer to a GET."""
        return self.client.get(path, base_url=self.url, buffered=True, **more)

    def page(self, path: str, **more: Any) -> str:
        """The text of a page that must exist."""
        answer = self.get(path, **more)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.get_data(as_text=True)

    def token(self) -> str:
        """The token that forms of this session carry."""
        answer = self.get("/sign-in").get_data(as_text=True)
        return answer.split(HIDDEN)[1].split('"')[0]

    def post(self, path: str, data: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        """The answer to a form with its token; without ``data`` only the token is sent."""
        more.setdefault("headers", {"Referer": f"{self.url}/"})
        return self.client.post(
            path, base_url=self.url, data={"csrf_token": self.token(), **(data or {})}, **more
        )

    def sign_in(self, name: str, **more: Any) -> TestResponse:
        """Sign in as a member of the cast."""
        return self.post("/sign-in", {"email": email(name), "password": PASSWORD}, **more)

    def cookie(self, name: str = "workbench") -> str | None:
        """The session's cookie, None when there is none."""
        found = self.client.get_cookie(name, domain=self.url.split("//")[1].split(":")[0])
        return found.value if found else None
