"""Whoever publishes sees beforehand what earlier editions keep out of this one."""

from collections.abc import Callable

import pytest

from tests.examples import audit_results, audited, pages
from tests.examples import cast as examples
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from workbench.services import Workspace, phases, publications, reviews


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "nur um wenige Menschen unterscheiden"), ("en", "by only a few people")],
)
def test_the_preview_says_what_is_kept_back(
    workspace: Workspace,
    cast: Cast,
    browser_of: Callable[[str], Browser],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    said: str,
) -> None:
    """A check of two more people is named above the button, with the reason."""
    system_id, phase_id = examples.submit(workspace, cast)
    audited.finished(workspace, cast.alice, system_id, audit_results.classification())
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")
    assert said not in browser_of("bob").page(f"/publish/{system_id}?lang={language}")
    publications.publish(workspace, cast.bob, system_id)
    phases.reopen(workspace, cast.alice, phase_id)
    more = {"female": (180, 60, 70, 190), "male": (301, 91, 50, 260)}
    monkeypatch.setitem(audit_results.PEOPLE, "sex", more)
    nearly = audit_results.classification(attributes=("sex",), edges={})
    audited.finished(workspace, cast.alice, system_id, nearly, b"a;b\n3;4\n")
    phases.submit(workspace, cast.alice, phase_id)
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")

    html = browser_of("bob").page(f"/publish/{system_id}?lang={language}")

    assert pages.problems(html) == []
    assert html.index(said) < html.index(f'action="/publish/{system_id}')
