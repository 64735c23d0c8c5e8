"""Minority opinions and evidence on the page of a value decision, by plain forms."""

from collections.abc import Callable

import pytest

from tests.examples import pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from tests.examples.town import Town
from workbench.services import Workspace, decisions
from workbench.storage.dissents import Held

BrowserOf = Callable[[str], Browser]
WORDS = "Das geht zu weit."


@pytest.fixture
def address(town: Town) -> str:
    """A decision that can be changed."""
    return f"/decisions/{town.open_decision}"


def opinion(holder_id: str, **more: str) -> dict[str, str]:
    """What the form sends."""
    return {"words": WORDS, "capacity": "staff_council", "holder_id": holder_id, **more}


def standing(workspace: Workspace, cast: Cast, town: Town) -> tuple[Held, ...]:
    """The opinions that stand beside the decision."""
    view = decisions.view(workspace, cast.alice, town.open_phase)
    return view.find(town.open_decision).dissents


def test_two_people_disagree(
    address: str, town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """Both opinions stand on the page with capacity; the way to change one has only its author."""
    alice, bob = browser_of("alice"), browser_of("bob")
    answer = bob.post(f"{address}/dissents", opinion(cast.bob.id))
    assert answer.location == f"{address}#dissents"
    alice.post(f"{address}/dissents", {**opinion(cast.alice.id), "words": "Zu wenig."})
    first, second = standing(workspace, cast, town)
    for browser, own, other in ((bob, first, second), (alice, second, first)):
        html = browser.page(address)
        assert pages.problems(html) == []
        assert WORDS in html
        assert "Zu wenig." in html
        assert html.count("<strong>Personalrat</strong>") == 2
        assert f"/dissents/{own.id}" in pages.links(html)
        assert f"/dissents/{other.id}" not in pages.links(html)
    assert "Nur Bob kann sie ändern." in alice.page(address)


@pytest.mark.parametrize("name", ["alice", "frida"])
def test_only_its_author_changes_it(
    address: str,
    town: Town,
    browser_of: BrowserOf,
    workspace: Workspace,
    cast: Cast,
    name: str,
) -> None:
    """Another member and the administration read it and are refused; its author changes it."""
    bob = browser_of("bob")
    bob.post(f"{address}/dissents", opinion(cast.bob.id))
    (held,) = standing(workspace, cast, town)
    page, changed = f"/dissents/{held.id}", {"words": "Anders.", "capacity": "law"}
    other = browser_of(name)
    html = other.page(page)
    assert pages.problems(html) == []
    assert 'name="words"' not in html
    assert other.post(page, changed).status_code == 403
    assert other.post(f"{page}/withdraw").status_code == 403
    assert standing(workspace, cast, town)[0].words == WORDS
    html = bob.page(page)
    assert pages.problems(html) == []
    assert WORDS in html
    assert bob.post(page, changed).location == f"{address}#dissents"
    assert standing(workspace, cast, town)[0].words == "Anders."
    bob.post(f"{page}/withdraw")
    assert standing(workspace, cast, town) == ()
    assert "Zurückgenommen." in bob.page(address)
    history = other.page(f"{address}/history")
    assert pages.problems(history) == []
    assert WORDS in history
    assert "Anders." in history
    assert "zurückgenommen" in history


def test_what_is_recorded_for_another_waits_on_their_desk(
    address: str, town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """Bob is asked; until he saves it, it says that he has not confirmed it."""
    alice, bob = browser_of("alice"), browser_of("bob")
    alice.post(f"{address}/dissents", opinion(cast.bob.id))
    (held,) = standing(workspace, cast, town)
    assert "die sie noch nicht bestätigt hat" in alice.page(address)
    desk = bob.page("/desk")
    assert pages.problems(desk) == []
    assert f"/dissents/{held.id}" in pages.links(desk)
    assert f"/dissents/{held.id}" not in pages.links(alice.page("/desk"))
    assert "Bestätigen und speichern" in bob.page(f"/dissents/{held.id}")
    bob.post(f"/dissents/{held.id}", {"words": WORDS, "capacity": "staff_council"})
    assert "die sie seither bestätigt hat" in alice.page(address)
    assert f"/dissents/{held.id}" not in pages.links(bob.page("/desk"))


def test_the_name_of_who_has_no_account_stays_in_the_house(
    address: str, town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """Team pages name who said it and who recorded it."""
    alice = browser_of("alice")
    alice.post(f"{address}/dissents", opinion("", speaker="Gerda Gast"))
    assert standing(workspace, cast, town)[0].origin == "on_behalf"
    html = alice.page(address)
    assert "Gerda Gast, festgehalten von Alice" in html
    assert "für eine Person ohne Konto" in html


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"words": " "}, "Schreiben Sie die andere Meinung auf."),
        ({"words": "x" * 4001}, "auf 4.000 Zeichen. Er hat 4.001."),
        ({"capacity": ""}, "Wählen Sie, in welcher Eigenschaft das gesagt wird."),
        ({"capacity": "king"}, 'href="#capacity"'),
        ({"speaker": "Gerda"}, "Lassen Sie den Namen leer"),
        ({"holder_id": ""}, "Nennen Sie den Namen"),
        ({"holder_id": "nobody"}, 'href="#holder_id"'),
    ],
)
def test_what_does_not_fit_is_told_beside_it(
    address: str, browser_of: BrowserOf, cast: Cast, wrong: dict[str, str], told: str
) -> None:
    """The form comes back open, with what was typed."""
    sent = {**opinion(cast.alice.id), **wrong}
    answer = browser_of("alice").post(f"{address}/dissents", sent)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert pages.title(html).startswith("Fehler:")
    assert told in html
    assert '<details class="kern-accordion" open>' in html


def test_a_decision_has_files_and_links(address: str, town: Town, browser_of: BrowserOf) -> None:
    """Added and removed by forms of their own; a file comes back as an attachment."""
    alice = browser_of("alice")
    content = b"%PDF-1.7 Beschluss"
    answer = alice.upload(f"{address}/files", file=(content, "Beschluss.pdf"))
    assert answer.location == f"{address}#evidence-pieces"
    sent = {"name": "Vorlage 17", "link": "https://www.musterstadt.example/17"}
    assert alice.post(f"{address}/links", sent).location == f"{address}#evidence-pieces"
    html = alice.page(address)
    assert pages.problems(html) == []
    assert "https://www.musterstadt.example/17" in pages.links(html)
    (link,) = [one for one in pages.links(html) if "/evidence/" in one]
    assert alice.get(link).data == content
    assert "Belege: 2" in alice.page(f"/assess/{town.open_phase}/decisions")
    assert alice.post(f"{link}/remove").location == f"{address}#evidence-pieces"
    assert alice.get(link).status_code == 404


def test_evidence_that_is_not_taken_says_why(
    address: str, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the page of the decision, as on that of a question."""
    alice = browser_of("alice")
    wrong = (
        alice.upload(f"{address}/files", file=(b"<html>", "a.html")),
        alice.post(f"{address}/links", {"name": "x", "link": "javascript:alert(1)"}),
    )
    for answer in wrong:
        html = answer.get_data(as_text=True)
        assert (answer.status_code, pages.problems(html)) == (200, [])
        assert pages.title(html).startswith("Fehler:")
    monkeypatch.setattr("workbench.services.evidence.FILE_LIMIT", 1_000_000)
    large = alice.upload(f"{address}/files", file=(b"%PDF-" + b"x" * 1_000_000, "a.pdf"))
    assert large.status_code == 413
    assert "1 MB" in large.get_data(as_text=True)


def test_earlier_text_about_the_evidence_stays(
    address: str, town: Town, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """It can be read and emptied where there is some; nobody is offered to write a new one."""
    alice = browser_of("alice")
    assert 'name="evidence"' not in alice.page(address)
    body = decisions.view(workspace, cast.alice, town.open_phase).find(town.open_decision).body
    old = body.model_copy(update={"evidence": "Niederschrift vom 3. Mai"})
    key = decisions.save(workspace, cast.alice, town.open_phase, old)
    html = alice.page(f"/decisions/{key}")
    assert pages.problems(html) == []
    assert 'name="evidence"' in html
    assert "Niederschrift vom 3. Mai" in html


def test_everybody_reads_what_is_published(
    town: Town, visitor: Browser, browser_of: BrowserOf
) -> None:
    """Page, log and case tell the opinion with its capacity; the public page without the name."""
    words = "Die Bilder zeigen auch Haustüren."
    public = visitor.page(f"/register/{town.slug}")
    assert pages.problems(public) == []
    assert words in public
    assert "<strong>Datenschutz</strong>" in public
    assert "Alice" not in public
    dora = browser_of("dora")
    case = dora.page(f"/review/{town.phase}")
    assert pages.problems(case) == []
    assert words in case
    log = dora.page(f"/systems/{town.system}/decisions")
    assert pages.problems(log) == []
    assert f"Andere Meinung (Datenschutz): {words}" in log
    frozen = browser_of("alice").page(f"/decisions/{town.decision}")
    assert pages.problems(frozen) == []
    assert words in frozen
    assert f'action="/decisions/{town.decision}/dissents"' not in frozen
