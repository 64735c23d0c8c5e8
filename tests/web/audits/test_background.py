"""The field for a background sample: what it says, what it refuses, what becomes of a refusal."""

from collections.abc import Callable

import pytest

from tests.examples import audited, pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from tests.examples.rows import rows
from workbench.audit.explanation.backgrounds import TOO_FEW
from workbench.services import Workspace, datasets
from workbench.storage.audits import Audit, Dataset

BrowserOf = Callable[[str], Browser]
TABLE = (b"sex;granted\nf;1\nm;0\n", "kredite.csv")
MODEL = (b"tree\nversion=v4\n", "modell.txt")
BEHIND = (b"age;income\n31;1999,5\n", "training.csv")


@pytest.fixture
def address(system_id: str) -> str:
    """Where Alice hands in data."""
    return f"/systems/{system_id}/audits/new"


def beside(html: str, field: str) -> str:
    """What the page says is wrong with the field."""
    return html.partition(f'id="{field}-error"')[2].partition("</p>")[0]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ("Trainingsdaten", "Brauchen Sie eine Hintergrund-Stichprobe?", "Beispiel:")),
        ("en", ("training data", "Do you need a background sample?", "Example:")),
    ],
)
def test_the_form_says_what_it_is_for(
    address: str, browser_of: BrowserOf, language: str, said: tuple[str, ...]
) -> None:
    """What it is, when it is needed, and an example, beside a field that may stay empty."""
    html = browser_of("alice").page(f"{address}?lang={language}")
    assert pages.problems(html) == []
    field = html.partition('for="background"')[2]
    assert 'name="background" type="file" aria-describedby="background-hint"' in field
    assert [word for word in said if word not in field] == []
    assert "(optional)" not in html  # the marking beside the label says so already


def test_without_a_model_it_is_refused(
    workspace: Workspace, address: str, browser_of: BrowserOf
) -> None:
    """The page says so beside the field; with the model the three files are taken."""
    browser = browser_of("alice")
    answer = browser.upload(address, table=TABLE, model=(b"", ""), background=BEHIND)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert pages.title(html).startswith("Fehler:")
    assert 'href="#background"' in html
    assert "Senden Sie auch das Modell" in beside(html, "background")
    assert rows(workspace, Dataset) == []
    taken = browser.upload(address, table=TABLE, model=MODEL, background=BEHIND)
    assert taken.location.startswith("/audits/data/")
    (row,) = rows(workspace, Dataset)
    assert (row.model_name, row.background_name) == (MODEL[1], BEHIND[1])


@pytest.mark.parametrize("field", ["table", "model", "background"])
def test_too_large_says_which(
    workspace: Workspace,
    address: str,
    browser_of: BrowserOf,
    monkeypatch: pytest.MonkeyPatch,
    field: str,
) -> None:
    """Of three files the page names the one past its limit; at the limit all are taken."""
    sent = {"table": TABLE, "model": MODEL, "background": BEHIND}
    for name, part in (("DATA", "table"), ("MODEL", "model"), ("BACKGROUND", "background")):
        monkeypatch.setattr(datasets, f"{name}_LIMIT", len(sent[part][0]))
    more = (sent[field][0] + b"\n", sent[field][1])
    answer = browser_of("alice").upload(address, **{**sent, field: more})
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (413, [])
    assert "größer als 0 MB" in beside(html, field)
    assert html.count('-error"><span') == 1
    assert rows(workspace, Dataset) == []
    assert browser_of("alice").upload(address, **sent).status_code == 303


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.7", "PDF"), (b"\x80\x04\x95\x00\x00.", "Pickle"), (b"", "leer")],
)
def test_what_is_no_table_is_told_beside_the_field(
    workspace: Workspace, address: str, browser_of: BrowserOf, content: bytes, said: str
) -> None:
    """Whatever the file is called; nothing is kept."""
    sent = {"table": TABLE, "model": MODEL, "background": (content, "training.csv")}
    answer = browser_of("alice").upload(address, **sent)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert said in beside(html, "background")
    assert rows(workspace, Dataset) == []


def refused(workspace: Workspace, cast: Cast, system_id: str, **values: object) -> str:
    """The page of an audit that was refused like this."""
    audit_id = audited.unfinished(workspace, cast.alice, system_id, "refused")
    with workspace.database.transaction() as session:
        row = session.get_one(Audit, audit_id)
        row.refusal = {"message": TOO_FEW, "values": {"rows": 9, "least": 10, **values}}
        session.add(row)
    return f"/audits/{audit_id}"


@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_a_refused_background_leads_to_other_files(
    workspace: Workspace, cast: Cast, system_id: str, browser_of: BrowserOf, language: str
) -> None:
    """The team reads that it is about the background, why, and where to send another one."""
    page = refused(workspace, cast, system_id, about="background")
    html = browser_of("alice").page(f"{page}?lang={language}")
    assert pages.problems(html) == []
    alert = html.split('role="alert"')[1]
    heading = {
        "de": "Die Hintergrund-Stichprobe ist nicht verwendbar",
        "en": "The background sample cannot be used",
    }
    assert heading[language] in alert
    assert "(9)" in alert
    assert f'href="/systems/{system_id}/audits/new' in alert
    assert f'href="/systems/{system_id}/audits/new' not in browser_of("dora").page(page)


def test_another_refusal_leads_to_another_plan(
    workspace: Workspace, cast: Cast, system_id: str, browser_of: BrowserOf
) -> None:
    """Twin: where it is about the table or the plan, a new plan may help."""
    alert = browser_of("alice").page(refused(workspace, cast, system_id)).split('role="alert"')[1]
    assert "Hintergrund-Stichprobe ist nicht" not in alert
    assert "Prüfung neu planen" in alert
    assert f'href="/systems/{system_id}/audits/new' not in alert
