"""The plan is asked in plain questions; all that it can say is said, wrong things are told."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.examples import audited, pages
from tests.examples.browser import Browser
from tests.examples.cast import Cast
from workbench.audit.choices import CHOICES, unstated
from workbench.audit.plan import AuditPlan
from workbench.services import Workspace, audits
from workbench.web.forms.reasons import reason_field

BrowserOf = Callable[[str], Browser]
PLAIN = {
    "outcome": "outcome",
    "positive": "1",
    "prediction": "prediction",
    "attributes": "sex",
    "reason": "Wer zu Unrecht abgelehnt wird, verliert Geld.",
}
EVERYTHING: dict[str, Any] = {
    "kind": "score",
    "prediction": "prediction",
    "threshold": "0,5",
    "outcome": "outcome",
    "positive": "1",
    "attributes": ["sex", "age"],
    "edges": "age: 25; 34,5; 50",
    "references": "sex: male\r\nage: under 25",
    "depth": "1",
    "harms": ["wrongly_refused", "rated_lower"],
    "limit_accuracy_difference": "0,05",
    "reason_threshold": "So viele Plätze gibt es.",
    "reason_edges": "Mit 25 endet die Förderung.",
    "reason_references": "Sie war bisher im Vorteil.",
    "reason_depth": "Für Paare sind es zu wenige.",
    "reason_limits": "Mehr wäre vor dem Rat nicht zu vertreten.",
    "reason_thresholds": "Die Zahlen stehen schon in der Statistik.",
    "reason": "Wer zu Unrecht abgelehnt wird, verliert Geld.",
    "features": ["district"],
    "explained_rows": "3, 17",
    "labels": "sex: female = Frauen / women\r\nsex: male = Männer",
    "names": "age = Alter / age",
    "positive_words": "bewilligt / granted",
    "publish_minimum": "5",
    "assess_minimum": "20",
    "certain_minimum": "60",
    "seed": "7",
    "draws": "500",
}


def planned(workspace: Workspace, cast: Cast, location: str) -> AuditPlan:
    """The plan that an answer leads to."""
    return audits.view(workspace, cast.alice, location.rpartition("/")[2]).plan


@pytest.fixture
def address(dataset_id: str) -> str:
    """The page of the plan."""
    return f"/audits/data/{dataset_id}"


@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_the_page_is_sound(address: str, browser_of: BrowserOf, language: str) -> None:
    """Valid HTML, every field labelled; the frequent values are offered for the favourable one."""
    html = browser_of("alice").page(f"{address}?lang={language}")
    assert pages.problems(html) == []
    assert '<option value="1">' in html
    assert "{" not in html.partition("<main")[2]


def test_the_simple_case_is_short(
    address: str, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """Five answers make a plan; everything else keeps its default."""
    answer = browser_of("alice").post(address, PLAIN)
    assert answer.status_code == 303
    assert planned(workspace, cast, answer.location) == AuditPlan.model_validate(
        {**PLAIN, "attributes": ("sex",), "dialect": audited.INSPECTED["dialect"]}
    )


def test_everything_a_plan_can_say(
    address: str, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """Each field of the form arrives in the plan, decimal commas included."""
    answer = browser_of("alice").post(address, EVERYTHING)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    plan = planned(workspace, cast, answer.location)
    assert (plan.score, plan.prediction, plan.threshold) == ("prediction", "", 0.5)
    assert plan.edges == {"age": (25, 34.5, 50)}
    assert plan.references == {"sex": "male", "age": "under 25"}
    assert (plan.depth, plan.seed, plan.draws) == (1, 7, 500)
    assert plan.gaps == (
        "equal_opportunity_difference",
        "equal_opportunity_ratio",
        "mean_score_difference",
        "accuracy_difference",
    )
    assert plan.limits == {"accuracy_difference": 0.05}
    typed = {name: EVERYTHING[reason_field(name)] for name in CHOICES if name != "gaps"}
    assert {name: reason for name, reason in plan.reasons.items() if name in CHOICES} == typed
    assert set(plan.reasons) - set(typed) == set(plan.gaps) - {"accuracy_difference"}
    assert unstated(plan) == []
    assert (plan.features, plan.explained_rows) == (("district",), (3, 17))
    assert plan.labels["sex"] == {
        "female": {"de": "Frauen", "en": "women"},
        "male": {"de": "Männer", "en": "Männer"},
    }
    assert plan.names == {"age": {"de": "Alter", "en": "age"}}
    assert plan.positive_words == {"de": "bewilligt", "en": "granted"}
    assert plan.thresholds.model_dump() == {
        "publish_minimum": 5,
        "assess_minimum": 20,
        "certain_minimum": 60,
    }


def test_only_shares_without_an_outcome(
    address: str, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """The outcome may stay empty; harms that need one are then told beside their question."""
    browser, bare = browser_of("alice"), {**PLAIN, "outcome": ""}
    html = browser.post(address, {**bare, "harms": "wrongly_refused"}).get_data(as_text=True)
    assert 'href="#harms"' in html
    answer = browser.post(address, {**bare, "harms": "scarce_or_doubtful"})
    assert answer.status_code == 303
    assert planned(workspace, cast, answer.location).outcome == ""


def test_numbers_are_compared(
    address: str, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """A predicted number needs no favourable value."""
    values = {**PLAIN, "kind": "number", "positive": ""}
    answer = browser_of("alice").post(address, values)
    assert planned(workspace, cast, answer.location).task == "regression"


@pytest.mark.parametrize(
    ("columns", "counts"),
    [(("tp", "fp", "tn", "fn"), "confusion"), (("selected", "total"), "selection")],
)
def test_a_table_of_counts_is_noticed(
    workspace: Workspace,
    cast: Cast,
    system_id: str,
    browser_of: BrowserOf,
    columns: tuple[str, ...],
    counts: str,
) -> None:
    """With the columns of counts the page proposes counts, and groups are all it needs."""
    key = audited.handed_in(workspace, cast.alice, system_id, b"counts", columns=("sex", *columns))
    browser, address = browser_of("alice"), f"/audits/data/{key}"
    html = browser.page(address)
    assert pages.problems(html) == []
    assert 'value="counts" checked' in html
    sent = {"kind": "counts", "attributes": "sex", "reason": "Weil."}
    answer = browser.post(address, sent)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert planned(workspace, cast, answer.location).counts == counts
    again = {**sent, "prediction": "sex", "change": "x"}
    assert 'href="#kind"' in browser.post(address, again).get_data(as_text=True)


def test_without_columns_of_counts_there_is_no_such_choice(
    address: str, browser_of: BrowserOf
) -> None:
    """Twin: an ordinary table is not offered as one of counts, and refused as one."""
    browser = browser_of("alice")
    assert 'value="counts"' not in browser.page(address)
    answer = browser.post(address, {**PLAIN, "kind": "counts"})
    assert 'href="#kind"' in answer.get_data(as_text=True)


def test_a_second_plan_begins_with_the_first(
    address: str, browser_of: BrowserOf, workspace: Workspace, cast: Cast
) -> None:
    """It is filled in from the first one, has to say what is different, and both stay listed."""
    browser = browser_of("alice")
    assert 'name="change"' not in browser.page(address)
    first = browser.post(address, EVERYTHING).location
    key = first.rpartition("/")[2]
    assert f"{address}?from={key}#plan" in pages.links(browser.page(address))
    html = browser.page(f"{address}?from={key}")
    assert pages.problems(html) == []
    for typed in ("age: 25, 34.5, 50", "sex: female = Frauen / women", "0.05", "3, 17"):
        assert typed in html
    refused = browser.post(address, EVERYTHING).get_data(as_text=True)
    assert 'href="#change"' in refused
    again = {"seed": "8", "change": "Anderer Start.", "reason_edges": "Ab 25 zahlt niemand mehr."}
    second = browser.post(address, {**EVERYTHING, **again})
    assert second.status_code == 303
    listed = browser.page(address)
    assert "Anderer Start." in listed
    assert listed.count("Alice") >= 2
    assert "Anderer Start." in browser.page(second.location)
    plan = planned(workspace, cast, first)
    reasons = {**plan.reasons, "edges": again["reason_edges"]}
    same = plan.model_copy(update={"seed": 8, "reasons": reasons})
    assert planned(workspace, cast, second.location) == same


@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_what_is_different_is_told_with_the_reasons(
    address: str, browser_of: BrowserOf, language: str
) -> None:
    """On the page of the later plan only, and only what differs, as it was and as it is."""
    browser, headline = browser_of("alice"), {"de": "Was dieser Plan", "en": "What this plan says"}
    first = browser.post(address, EVERYTHING).location
    other = {"depth": "2", "reason_edges": "Ab 25 zahlt niemand mehr.", "change": "Anders."}
    second = browser.post(address, {**EVERYTHING, **other}).location
    html = browser.page(f"{second}?lang={language}")
    assert pages.problems(html) == []
    told = html.partition(headline[language])[2].partition("</details>")[0]
    assert told.count("<li>") == 2
    for said in ("Mit 25 endet die Förderung.", "Ab 25 zahlt niemand mehr.", "Für Paare sind es"):
        assert said in told
    assert EVERYTHING["reason_limits"] not in told
    assert headline[language] not in browser.page(f"{first}?lang={language}")


def test_a_plan_of_another_system_is_no_start(
    address: str, browser_of: BrowserOf, workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """Only plans of the same system can be taken over; others and nonsense are not found."""
    assert system_id
    elsewhere = audited.elsewhere(workspace, cast)
    for wrong in (elsewhere, "0" * 32, "x"):
        assert browser_of("alice").get(f"{address}?from={wrong}").status_code == 404
