"""A plan that does not fit: everything wrong is told at once, each beside its field."""

from collections.abc import Callable

import pytest

from tests.examples import pages
from tests.examples.browser import Browser

BrowserOf = Callable[[str], Browser]
PLAIN = {
    "outcome": "outcome",
    "positive": "1",
    "prediction": "prediction",
    "attributes": "sex",
    "reason": "Wer zu Unrecht abgelehnt wird, verliert Geld.",
}


@pytest.fixture
def address(dataset_id: str) -> str:
    """The page of the plan."""
    return f"/audits/data/{dataset_id}"


# What is wrong → the field that the summary leads to.
WRONG: dict[str, dict[str, str]] = {
    "prediction": {"prediction": ""},
    "positive": {"positive": "  "},
    "attributes": {"attributes": "nothing"},
    "reason": {"reason": " "},
    "edges": {"edges": "height: 1, 2"},
    "references": {"references": "sex male"},
    "harms": {"harms": "rated_lower"},
    "labels": {"labels": "sex: female"},
    "names": {"names": "Alter / age"},
    "threshold": {"kind": "score", "threshold": "half"},
    "top_k": {"kind": "score", "top_k": "3,5"},
    "score": {"kind": "score", "threshold": "0.5", "score": "points"},
    "explained_rows": {"explained_rows": "first"},
    "reason_threshold": {"kind": "score", "threshold": "0.5"},
    "reason_edges": {"attributes": "age", "edges": "age: 30"},
    "reason_references": {"references": "sex: male"},
    "reason_depth": {"depth": "1"},
    "reason_limits": {"limit_accuracy_difference": "0.1"},
    "reason_thresholds": {"publish_minimum": "5", "reason_thresholds": "  "},
    "limit_accuracy_difference": {"limit_accuracy_difference": "-1", "reason_limits": "x"},
    "publish_minimum": {"publish_minimum": "2"},
    "assess_minimum": {"assess_minimum": "many"},
    "draws": {"draws": "1"},
    "seed": {"seed": "nan"},
}


def is_folded_away(html: str, field: str) -> bool:
    """Whether the field lies in a part of the page that is closed."""
    parts = [one for one in pages.elements(html) if one.tag == "details"]
    folds = [one for one in parts if one.get("open") is None]
    return any(one.get("id") == field for fold in folds for one in fold.iter())


def test_a_closed_part_is_noticed(address: str, browser_of: BrowserOf) -> None:
    """Twin: before anything is typed, what only some plans need is folded away."""
    html = browser_of("alice").page(address)
    assert is_folded_away(html, "labels")
    assert not is_folded_away(html, "reason")


@pytest.mark.parametrize("field", WRONG)
@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_what_does_not_fit_is_told_beside_its_field(
    address: str, browser_of: BrowserOf, field: str, language: str
) -> None:
    """Title, summary and field say it, parts that are folded open, and what was typed stays."""
    browser = browser_of("alice")
    answer = browser.post(f"{address}?lang={language}", {**PLAIN, **WRONG[field]})
    html = answer.get_data(as_text=True)
    assert (answer.status_code, pages.problems(html)) == (200, [])
    assert pages.title(html).startswith({"de": "Fehler:", "en": "Error:"}[language])
    assert f'href="#{field}"' in html
    assert f'id="{field}-error"' in html
    assert "{" not in html.partition('id="error-summary"')[2].partition("</ul>")[0]
    assert not is_folded_away(html, field)
    for value in WRONG[field].values():
        if value.strip() and field not in ("attributes", "prediction"):
            assert value in html


def test_all_mistakes_are_told_at_once(address: str, browser_of: BrowserOf) -> None:
    """What the form and what the plan find stands in one summary."""
    html = browser_of("alice").post(address, {"edges": "x"}).get_data(as_text=True)
    summary = html.partition('id="error-summary"')[2].partition("</ul>")[0]
    for field in ("edges", "attributes", "reason"):
        assert f'href="#{field}"' in summary
    bare = browser_of("alice").post(address, {"kind": "score"}).get_data(as_text=True)
    assert 'href="#prediction"' in bare
    assert 'href="#reason"' in bare


def test_a_value_that_the_table_lacks_is_told_before_the_plan_is_fixed(
    address: str, browser_of: BrowserOf
) -> None:
    """Beside the field, with the values that there are; what was typed stays for the next try."""
    browser = browser_of("alice")
    html = browser.post(address, {**PLAIN, "positive": "ja"}).get_data(as_text=True)
    assert pages.problems(html) == []
    assert 'href="#positive"' in html
    assert 'value="ja"' in html
    assert "0, 1" in html.partition('id="positive-error"')[2].partition("</p>")[0]
    assert browser.post(address, PLAIN).status_code == 303  # twin; it is the first plan


def test_what_a_score_needs_is_never_folded_away(address: str, browser_of: BrowserOf) -> None:
    """Without JavaScript nothing opens when "a score" is chosen, so both fields always show."""
    html = browser_of("alice").page(address)
    assert not is_folded_away(html, "threshold")
    assert not is_folded_away(html, "top_k")


@pytest.mark.parametrize("prediction", ["", "prediction"])
def test_a_score_without_threshold_is_told_at_once(
    address: str, browser_of: BrowserOf, prediction: str
) -> None:
    """Beside the threshold, also while the column with the score is not chosen yet."""
    answer = browser_of("alice").post(address, PLAIN | {"kind": "score", "prediction": prediction})
    html = answer.get_data(as_text=True)
    assert 'href="#threshold"' in html
    assert ('href="#prediction"' in html) is (not prediction)
    assert pages.problems(html) == []
