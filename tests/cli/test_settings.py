"""Settings are read once and refused loudly: the message names the variable and what to do."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Run
from workbench import settings
from workbench.basics.errors import BadSetting
from workbench.settings import VARIABLES, Settings

GOOD = {"WORKBENCH_TOWN": "Musterstadt"}


def test_defaults() -> None:
    """With only the town named: this machine, SQLite in the data folder, no proxy."""
    read = settings.read({**GOOD, "WORKBENCH_DATA": "/srv/werkbank"})
    assert read == Settings(
        data=Path("/srv/werkbank"),
        database="sqlite:////srv/werkbank/workbench.db",
        url="http://127.0.0.1:8000",
        town="Musterstadt",
    )
    assert (read.https, read.host, read.port) == (False, "127.0.0.1", 8000)


def test_the_data_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name for it, the folder lies in the user's home, never in the current folder."""
    monkeypatch.setenv("XDG_DATA_HOME", "/home/alice/.local/share")
    assert settings.read(GOOD).data == Path("/home/alice/.local/share/ki-werkbank")
    monkeypatch.delenv("XDG_DATA_HOME")
    assert settings.read(GOOD).data == Path.home() / ".local/share/ki-werkbank"


BAD = {
    "WORKBENCH_TOWN": ["", "   "],
    "WORKBENCH_URL": [
        "ki.example.org",
        "ftp://ki.example.org",
        "http://ki.example.org",
        "https://",
        "https://ki.example.org/path",
        "https://ki.example.org?x=1",
        "https://ki.example.org#x",
        "https://somebody:secret@ki.example.org",
        "https://[::1",
        "https://ki.example.org:port",
        "https://ki.example.org:99999",
        "http://127.0.0.1:0",
    ],
    "WORKBENCH_DATABASE": ["workbench.db", "mysql://root@host/x", "sqlite://", "ftp://x/y"],
    "WORKBENCH_PROXIES": ["-1", "6", "two", "1.0", " 1", "²"],
}


@pytest.mark.parametrize(
    ("variable", "value"), [(name, value) for name, values in BAD.items() for value in values]
)
def test_a_wrong_value_is_refused_by_name(run: Run, variable: str, value: str) -> None:
    """Every command refuses: one line that begins with the variable, exit code 2."""
    done = run("init", env={variable: value})
    assert done.exit_code == 2
    assert done.output.startswith(f"workbench: {variable} ")
    assert len(done.output.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["WORKBENCH_TOWNS", "WORKBENCH_DEBUG", "WORKBENCH_"])
def test_an_unknown_setting_is_refused(run: Run, name: str) -> None:
    """A mistyped setting is named, together with those that exist."""
    done = run("init", env={name: "x"})
    assert done.exit_code == 2
    assert done.output.startswith(f"workbench: {name} is not a setting.")
    assert all(variable in done.output for variable in VARIABLES)


def test_a_password_in_an_address_is_not_repeated(run: Run) -> None:
    """What is refused is named without its secret."""
    done = run("init", env={"WORKBENCH_DATABASE": "mysql://root:geheim@host/x"})
    assert done.exit_code == 2
    assert "geheim" not in done.output


@pytest.mark.parametrize(
    ("url", "https", "host", "port"),
    [
        ("https://ki.example.org/", True, "ki.example.org", 443),
        ("https://ki.example.org:8443", True, "ki.example.org", 8443),
        ("http://localhost", False, "localhost", 80),
        ("http://[::1]:8000", False, "::1", 8000),
    ],
)
def test_good_addresses(url: str, https: bool, host: str, port: int) -> None:
    """Twin: what is right is taken, without a slash at the end."""
    read = settings.read({**GOOD, "WORKBENCH_URL": url})
    assert (read.https, read.host, read.port) == (https, host, port)
    assert not read.url.endswith("/")


@given(
    st.fixed_dictionaries(
        {
            "WORKBENCH_TOWN": st.text(min_size=1).filter(str.strip),
            "WORKBENCH_PROXIES": st.sampled_from("012345"),
            "WORKBENCH_DATA": st.sampled_from(["/srv/x", "/var/lib/y"]),
            "WORKBENCH_URL": st.sampled_from(["https://ki.example.org", "http://127.0.0.1:8000"]),
        }
    )
)
def test_another_process_gets_the_same_settings(variables: dict[str, str]) -> None:
    """What the worker beside is told reads as what the server has."""
    read = settings.read(variables)
    assert settings.read(settings.environment(read)) == read
    assert set(settings.environment(read)) == set(VARIABLES)


@pytest.mark.parametrize("fault", ["missing", "short", "readable"])
def test_an_unfit_key_is_refused(installed: Settings, fault: str) -> None:
    """Without a good secret key nothing is signed: the file and the remedy are named."""
    file = installed.key_file
    if fault == "missing":
        file.unlink()
    elif fault == "short":
        file.write_bytes(b"x" * 31)
    else:
        file.chmod(0o640)
    remedy = {"missing": "workbench init", "short": "init", "readable": "chmod 600"}[fault]
    with pytest.raises(BadSetting, match=remedy) as caught:
        settings.secret_key(installed)
    assert str(file) in str(caught.value)


def test_a_good_key_is_read(installed: Settings) -> None:
    """Twin: the key that ``init`` made is taken."""
    assert settings.secret_key(installed) == installed.key_file.read_bytes()
