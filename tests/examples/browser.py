"""A browser for tests: knows the address, and sends the form's token with every form."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

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
        return self.page("/sign-in").split(HIDDEN)[1].split('"')[0]

    def post(self, path: str, data: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        """The answer to a form with its token; without ``data`` only the token is sent."""
        more.setdefault("headers", {"Referer": f"{self.url}/"})
        sent = {"csrf_token": self.token(), **(data or {})}
        return self.client.post(path, base_url=self.url, data=sent, buffered=True, **more)

    def upload(self, path: str, **files: tuple[bytes, str]) -> TestResponse:
        """The answer to a form with files: name of the field → content and file name."""
        parts: dict[str, Any] = {"csrf_token": self.token()}
        for name, (content, file_name) in files.items():
            parts[name] = FileStorage(BytesIO(content), filename=file_name)
        boundary, body = encode_multipart(MultiDict(parts))
        kind = f'multipart/form-data; boundary="{boundary}"'
        return self.client.post(
            path, base_url=self.url, data=body, content_type=kind, buffered=True
        )

    def sign_in(self, name: str, **more: Any) -> TestResponse:
        """Sign in as a member of the cast."""
        return self.post("/sign-in", {"email": email(name), "password": PASSWORD}, **more)

    def cookie(self, name: str = "workbench") -> str | None:
        """The session's cookie, None when there is none."""
        found = self.client.get_cookie(name, domain=self.url.split("//")[1].split(":")[0])
        return found.value if found else None
