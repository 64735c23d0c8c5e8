"""A table that cannot be judged so is refused in the form, before any plan is fixed."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.examples import audited, pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from tests.examples.rows import rows
from workbench.services import Workspace
from workbench.storage.audits import Audit

BrowserOf = Callable[[str], Browser]
PLAIN: dict[str, Any] = {
    "outcome": "outcome",
    "positive": "1",
    "prediction": "prediction",
    "attributes": "sex",
    "reason": "Wer zu Unrecht abgelehnt wird, verliert Geld.",
}
SCORE = {
    "kind": "score",
    "prediction": "points",
    "threshold": "0.5",
    "reason_threshold": "Weil.",
}
NUMBER = {"kind": "number", "prediction": "points", "outcome": "age", "positive": ""}
EMPTY = {"distinct": 0, "missing": 1000, "frequent": ()}
ONE = {"distinct": 1, "frequent": (("1", 1000),)}
TEXT = {"kind": "text", "distinct": 3, "frequent": (("a", 1),)}

# What is wrong: the column that is so, what is sent beside the plan, the field, a word told there.
BAD: dict[str, tuple[str, dict[str, Any], dict[str, Any], str, str]] = {
    "one group": ("sex", {"distinct": 1, "frequent": (("f", 1000),)}, {}, "attributes", "(f)"),
    "an empty group": ("sex", EMPTY, {}, "attributes", "in keiner Zeile"),
    "no outcome in some rows": ("outcome", {"missing": 12}, {}, "outcome", "12"),
    "no prediction in some rows": ("prediction", {"missing": 7}, {}, "prediction", "7"),
    "no score in some rows": ("points", {"missing": 3}, SCORE, "prediction", "3"),
    "no weight in some rows": ("persons", {"missing": 5}, {"weight": "persons"}, "weight", "5"),
    "a constant prediction": ("prediction", ONE, {}, "prediction", "in jeder Zeile"),
    "a constant score": ("points", ONE, SCORE, "prediction", "in jeder Zeile"),
    "a constant outcome": ("outcome", ONE, {}, "outcome", "in jeder Zeile"),
    "an outcome of many numbers": (
        "outcome",
        {"distinct": 300, "frequent": (("1.5", 3),)},
        {},
        "outcome",
        "300",
    ),
    "negative weights": (
        "persons",
        {"frequent": (("1", 900), ("-2", 100))},
        {"weight": "persons"},
        "weight",
        "-2",
    ),
    "weights that are no numbers": ("persons", TEXT, {"weight": "persons"}, "weight", "Zahlen"),
    "a score that is no number": ("points", TEXT, SCORE, "prediction", "Zahlen"),
    "predicted numbers that are none": ("points", TEXT, NUMBER, "prediction", "Zahlen"),
    "scores that are no probabilities": (
        "points",
        {"frequent": (("640", 9), ("0.5", 7))},
        SCORE,
        "prediction",
        "640",
    ),
    "more than 200 groups": (
        "district",
        {"distinct": 201},
        {"attributes": "district"},
        "attributes",
        "201",
    ),
    "a reference that is no group": (
        "sex",
        {},
        {"references": "sex: divers"},
        "references",
        "divers",
    ),
    "more chosen than there are": (
        "points",
        {},
        {"kind": "score", "prediction": "points", "top_k": "1001"},
        "top_k",
        "1.001",
    ),
}
# The columns of counts, and what is wrong with one of them.
COUNTS: dict[str, tuple[dict[str, Any], str]] = {
    "negative counts": ({"frequent": (("12", 1), ("-3", 1))}, "-3"),
    "counts with decimals": ({"frequent": (("12.5", 1),)}, "12.5"),
    "no count": ({"missing": 1}, "1"),
    "counts that are no numbers": (TEXT, "Zahlen"),
}


def told(html: str, field: str) -> str:
    """What stands beside a field that is wrong."""
    assert pages.problems(html) == []
    assert f'href="#{field}"' in html
    return html.partition(f'id="{field}-error"')[2].partition("</p>")[0]


@pytest.mark.parametrize("wrong", BAD)
def test_it_is_told_beside_its_field(
    workspace: Workspace, dataset_id: str, browser_of: BrowserOf, wrong: str
) -> None:
    """With cause and remedy, and no plan is fixed; with the column as it was, one is."""
    column, values, sent, field, word = BAD[wrong]
    browser, address = browser_of("alice"), f"/audits/data/{dataset_id}"
    audited.change_column(workspace, dataset_id, column, **values)
    for language in pages.LANGUAGES:
        answer = browser.post(f"{address}?lang={language}", {**PLAIN, **sent})
        said = told(answer.get_data(as_text=True), field)
        assert answer.status_code == 200
        assert language == "en" or word in said
        assert "{" not in said
    assert rows(workspace, Audit) == []


FITTING = {
    "one group": {},
    "a constant score": SCORE,
    "negative weights": {"weight": "persons"},
    "predicted numbers that are none": NUMBER,
    "more than 200 groups": {"attributes": "district"},
    "a reference that is no group": {"references": "sex: male", "reason_references": "Weil."},
    "more chosen than there are": {
        "kind": "score",
        "prediction": "points",
        "top_k": "1000",
        "reason_threshold": "Weil.",
    },
}


@pytest.mark.parametrize("right", FITTING)
def test_without_the_fault_the_plan_is_fixed(
    dataset_id: str, browser_of: BrowserOf, right: str
) -> None:
    """The twin: the same plan for the table as it was."""
    answer = browser_of("alice").post(f"/audits/data/{dataset_id}", {**PLAIN, **FITTING[right]})
    assert answer.status_code == 303, answer.get_data(as_text=True)


@pytest.mark.parametrize("wrong", COUNTS)
def test_bad_counts_are_told(
    workspace: Workspace, cast: Cast, system_id: str, browser_of: BrowserOf, wrong: str
) -> None:
    """Beside the choice of counts, which is the only field that a table of counts has for them."""
    values, word = COUNTS[wrong]
    columns = ("sex", "tp", "fp", "tn", "fn")
    key = audited.handed_in(workspace, cast.alice, system_id, b"counts", columns=columns)
    audited.change_column(workspace, key, "fn", **values)
    sent = {"kind": "counts", "attributes": "sex", "reason": "Weil."}
    html = browser_of("alice").post(f"/audits/data/{key}", sent).get_data(as_text=True)
    assert word in told(html, "kind")
    assert rows(workspace, Audit) == []


@pytest.mark.parametrize(
    ("sent", "field", "near"),
    [({"outcome": "outcom"}, "outcome", "outcome"), ({"weight": "person"}, "weight", "persons")],
)
def test_a_column_that_is_not_there_is_told_with_similar_ones(
    dataset_id: str, browser_of: BrowserOf, sent: dict[str, str], field: str, near: str
) -> None:
    """The form offers no such column; whoever sends one anyway reads what could be meant."""
    answer = browser_of("alice").post(f"/audits/data/{dataset_id}", {**PLAIN, **sent})
    assert f"„{near}“?" in told(answer.get_data(as_text=True), field)
