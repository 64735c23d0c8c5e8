"""Settings: read once from ``WORKBENCH_*`` variables, refused loudly when wrong."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from workbench.basics.errors import BadSetting

KEY_BYTES = 32
# A database in memory ("sqlite://") would be empty for the worker beside.
DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

# Name → what it is for; README lists the same names and a test compares.
VARIABLES = {
    "WORKBENCH_DATA": "folder for database, uploads and documents",
    "WORKBENCH_DATABASE": "SQLAlchemy address of the database",
    "WORKBENCH_URL": "address under which people reach the workbench",
    "WORKBENCH_TOWN": "name of the municipality",
    "WORKBENCH_PROXIES": "number of trusted reverse proxies in front",
    "WORKBENCH_QUESTIONNAIRES": "folder with questionnaires of your own",
}


@dataclass(frozen=True)
class Settings:
    """What the operator decides.

    ``data``: one folder for everything that is kept. ``database``: SQLAlchemy URL, by default
    SQLite in the data folder. ``url``: scheme decides on secure cookies and HSTS, host is the only
    host that is answered. ``proxies``: how many reverse proxies may name the caller (0 to 5).
    ``questionnaires``: a folder with further versions of what is asked, or None.
    """

    data: Path
    database: str
    url: str
    town: str
    proxies: int = 0
    questionnaires: Path | None = None

    @property
    def https(self) -> bool:
        """Whether people reach the workbench encrypted."""
        return self.url.startswith("https://")

    @property
    def host(self) -> str:
        """The host name of the address, without the port."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """The port of the address; 443 and 80 where it names none."""
        return urlsplit(self.url).port or (443 if self.https else 80)

    @property
    def key_file(self) -> Path:
        """Where the secret key lies."""
        return self.data / "secret.key"


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process; raises BadSetting naming variable and expectation."""
    unknown = sorted(
        name for name in environment if name.startswith("WORKBENCH_") and name not in VARIABLES
    )
    if unknown:
        raise BadSetting(
            f"{unknown[0]} is not a setting. Settings are: {', '.join(sorted(VARIABLES))}."
        )
    data = Path(environment.get("WORKBENCH_DATA") or default_data()).expanduser().absolute()
    url = environment.get("WORKBENCH_URL") or "http://127.0.0.1:8000"
    town = environment.get("WORKBENCH_TOWN", "").strip()
    if not town:
        raise BadSetting("WORKBENCH_TOWN is missing: set it to the name of the municipality.")
    return Settings(
        data=data,
        database=checked_database(
            environment.get("WORKBENCH_DATABASE") or f"sqlite:///{data / 'workbench.db'}"
        ),
        url=checked_url(url),
        town=town,
        proxies=checked_proxies(environment.get("WORKBENCH_PROXIES") or "0"),
        questionnaires=checked_folder(environment.get("WORKBENCH_QUESTIONNAIRES") or ""),
    )


def environment(settings: Settings) -> dict[str, str]:
    """The variables that give another process the same settings."""
    return {
        "WORKBENCH_DATA": str(settings.data),
        "WORKBENCH_DATABASE": settings.database,
        "WORKBENCH_URL": settings.url,
        "WORKBENCH_TOWN": settings.town,
        "WORKBENCH_PROXIES": str(settings.proxies),
        "WORKBENCH_QUESTIONNAIRES": str(settings.questionnaires or ""),
    }


def default_data() -> str:
    """The data folder where none is named: the XDG data home of the user."""
    return str(Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share") / "ki-werkbank")


def checked_folder(named: str) -> Path | None:
    """The folder of one's own questionnaires; raises BadSetting when it is not there."""
    if not named:
        return None
    folder = Path(named).expanduser().absolute()
    if not folder.is_dir():
        raise BadSetting(f"WORKBENCH_QUESTIONNAIRES is {named!r}: there is no such folder.")
    return folder


def checked_url(url: str) -> str:
    """The address without a trailing slash; raises BadSetting unless https, or http on loopback."""
    wrong = BadSetting(
        f"WORKBENCH_URL is {url!r}: expected an address such as https://ki.example.org"
    )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:  # brackets without an end, a port that is no number
        raise wrong from error
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username or port == 0
    if parts.scheme not in {"http", "https"} or not parts.hostname or more:
        raise wrong
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise BadSetting(
            f"WORKBENCH_URL is {url!r}: plain http is allowed on this machine only, use https."
        )
    return url.rstrip("/")


def checked_database(address: str) -> str:
    """The address; raises BadSetting, without repeating a password, for any other database."""
    if not address.startswith(DATABASES):
        scheme = address.partition("/")[0]
        raise BadSetting(
            f"WORKBENCH_DATABASE begins with {scheme!r}: expected an address such as "
            "sqlite:////srv/werkbank/workbench.db or postgresql+psycopg://user@host/name"
        )
    return address


def checked_proxies(text: str) -> int:
    """The number of proxies; raises BadSetting unless a whole number from 0 to 5."""
    if text not in {"0", "1", "2", "3", "4", "5"}:
        raise BadSetting(f"WORKBENCH_PROXIES is {text!r}: expected a whole number from 0 to 5.")
    return int(text)


def secret_key(settings: Settings) -> bytes:
    """The key that signs tokens; raises BadSetting when missing, short, or readable by others."""
    file = settings.key_file
    if not file.is_file():
        raise BadSetting(f"{file} is missing: run `workbench init` first.")
    key = file.read_bytes()
    if len(key) < KEY_BYTES:
        raise BadSetting(f"{file} is shorter than {KEY_BYTES} bytes: delete it, run `init` again.")
    if os.name == "posix" and file.stat().st_mode & 0o077:
        raise BadSetting(f"{file} can be read by others: run `chmod 600 {file}`.")
    return key
