"""One system's whole way over HTTP, by three people, with real data, model and worker."""

import hashlib
import json
from collections import ChainMap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.examples import harmless, pages, second_opinion
from tests.examples.browser import Browser
from tests.examples.cast import ANSWERS, DECISION, Cast, email
from tests.examples.entries import entries
from workbench import worker
from workbench.basics.phases import Phase
from workbench.demo import model
from workbench.services import Workspace

DESCRIPTION = {
    "name": "Risiko-Check für Förderdarlehen",
    "purpose": "Schätzt, ob ein Darlehen zurückgezahlt wird.",
    "department": "Amt für Wirtschaftsförderung",
    "contact": "darlehen@musterstadt.example",
}
PLAN = {
    "outcome": model.OUTCOME,
    "positive": "1",
    "prediction": model.PREDICTION,
    "attributes": ["sex", "age"],
    "edges": "age: 25, 35, 50",
    "reason_edges": "Mit 25 endet die Förderung für junge Menschen.",
    "reason": "Wer zu Unrecht als Risiko gilt, wartet länger.",
}
VALUE_DECISION = {
    **DECISION.model_dump(mode="json", exclude={"options", "decided_on", "review_on", "people"}),
    "decided_on-day": "3",
    "decided_on-month": "5",
    "decided_on-year": "2026",
    **{f"option_{number}": option for number, option in enumerate(DECISION.options)},
}
CLOSE = 1e-12


@pytest.fixture
def browser_of(cast: Cast, client_of: Callable[[str], FlaskClient]) -> Callable[[str], Browser]:  # noqa: ARG001
    """The signed-in browser of a member of the cast."""
    return lambda name: Browser(client_of(email(name)))


def sent(browser: Browser, path: str, data: dict[str, Any] | None = None) -> str:
    """Send a form that must be taken; returns where it leads."""
    answer = browser.post(path, data)
    assert answer.status_code == 303, (path, answer.get_data(as_text=True))
    return answer.location


def test_from_the_first_answer_to_the_public_page(
    workspace: Workspace, app: Flask, browser_of: Callable[[str], Browser], tmp_path: Path
) -> None:
    """A team answers and audits, the board decides, the administration publishes, all read."""
    alice, dora, frida = (browser_of(name) for name in ("alice", "dora", "frida"))
    made = model.train(tmp_path)
    # given: a system whose questions are answered and whose model is checked
    system = sent(alice, "/systems/new", DESCRIPTION)
    phase = f"/assess/{alice.page(system).split('/assess/')[1][:32]}"
    when_the_team_answers(alice, phase, workspace)
    audit = when_the_team_audits(alice, system, made, workspace)
    assert "shap" in alice.page(audit).lower()
    # when: it is submitted, sent back once, approved, and published by a second person
    case = when_the_board_wants_changes(alice, dora, phase)
    when_the_board_approves(alice, dora, phase, case)
    edition = f"/publish/{system.removeprefix('/systems/')}"
    assert alice.post(edition).status_code == 403  # who wrote it does not publish it
    sent(frida, edition)
    assert frida.post(edition.replace("publish", "nothing")).status_code == 404
    worker.drain(workspace)
    # then: anybody reads exactly that
    anybody = Browser(app.test_client())
    record = then_the_public_reads_it(anybody)
    then_every_number_is_fairlearn_s(record, pd.read_csv(made.table))
    assert "Geheime Person" not in json.dumps(record, ensure_ascii=False)


def when_the_team_answers(alice: Browser, phase: str, workspace: Workspace) -> None:
    """Section by section, in their order, each leading to the next."""
    asked = harmless.questionnaire(workspace, Phase.CONCEPTION)
    sections = {
        section: dict(ChainMap(*(entries(*one) for one in answers.items())))
        for section, answers in harmless.by_section(asked, ANSWERS).items()
    }
    assert alice.post(f"{phase}/submit").location == f"{phase}/check"  # too early
    order = list(sections)
    for section, after in zip(order, [*order[1:], None], strict=True):
        leads = sent(alice, f"{phase}/sections/{section}", sections[section])
        if section == "scan_limits":
            assert leads == f"{phase}/scope"  # the quick scan says what else is asked
        else:
            assert leads == (f"{phase}/sections/{after}" if after else f"{phase}/check")
    assert "Wertentscheidung" in alice.page(f"{phase}/check")
    sent(alice, f"{phase}/decisions", VALUE_DECISION)


def when_the_team_audits(
    alice: Browser, system: str, made: model.Made, workspace: Workspace
) -> str:
    """Table and model are handed in, looked at, planned, computed; returns the result's page."""
    answer = alice.upload(
        f"{system}/audits/new",
        table=(made.table.read_bytes(), made.table.name),
        model=(made.model.read_bytes(), made.model.name),
    )
    assert answer.status_code == 303
    worker.drain(workspace)
    seen = alice.page(answer.location)
    assert "500" in seen
    assert "modell.txt" in seen
    audit = sent(alice, answer.location, PLAN)
    assert "wartet" in alice.page(audit)
    worker.drain(workspace)
    assert pages.problems(alice.page(audit)) == []
    return audit


def when_the_board_wants_changes(alice: Browser, dora: Browser, phase: str) -> str:
    """The board asks, and sends it back; returns the case's page."""
    case = phase.replace("/assess/", "/review/")
    assert dora.get(case).status_code == 404
    sent(alice, f"{phase}/submit")
    assert case in dora.page("/board")
    sent(dora, f"{case}/comments", {"body": "Wer prüft nach einem Jahr?"})
    verdict = {"verdict": "request_changes", "reasons": "Die Schwierigkeiten fehlen."}
    sent(dora, f"{case}/decision", verdict)
    assert "Die Schwierigkeiten fehlen." in alice.page(phase)
    return case


def when_the_board_approves(alice: Browser, dora: Browser, phase: str, case: str) -> None:
    """The team changes an answer and submits anew; the board approves with a condition."""
    question = "law.legal_basis"
    changed = {question: "Straßengesetz des Landes, § 9.", f"seen-{question}": "1"}
    sent(alice, f"{phase}/sections/law", changed)
    sent(alice, f"{phase}/submit")
    verdict = {
        "verdict": "approve",
        "reasons": "Jetzt ist alles gesagt.",
        "conditions": "Nach einem Jahr wird wieder geprüft.",
        "minority_opinion": "Ein Mitglied hält das System für entbehrlich.",
    }
    sent(dora, f"{case}/decision", verdict)
    assert dora.post(f"{case}/decision", verdict).status_code == 409  # decided already


def then_the_public_reads_it(anybody: Browser) -> dict[str, Any]:
    """Register, page, data and documents of edition 1 exist, agree, and set no cookie."""
    assert "Risiko-Check" in anybody.page("/register?q=darlehen")
    listed = json.loads(anybody.page("/register.json"))["systems"][0]
    page = listed["page"].removeprefix(anybody.url)
    html = anybody.page(page)
    assert pages.problems(html) == []
    content = anybody.get(f"{page}/editions/1.json")
    stated = hashlib.sha256(content.data).hexdigest()
    assert stated in html.replace("<wbr>", "")
    assert stated not in anybody.page("/register")
    for language in pages.LANGUAGES:
        document = anybody.get(f"{page}/editions/1-{language}.pdf")
        assert (document.mimetype, document.data[:5]) == ("application/pdf", b"%PDF-")
    for said in ("Straßengesetz des Landes, § 9.", "Ein Mitglied hält das System für entbehrlich."):
        assert said in html
    assert str(ANSWERS["law.legal_basis"]) not in html
    assert anybody.cookie() is None
    record: dict[str, Any] = json.loads(content.data)
    return record


def then_every_number_is_fairlearn_s(record: dict[str, Any], table: pd.DataFrame) -> None:
    """All published rates, gaps and sizes are those that fairlearn finds in the raw rows."""
    result = record["audits"][0]["result"]
    rows = second_opinion.prepared(table)
    found = second_opinion.differences(result, rows)
    assert len(found) > 100
    assert {name: gap for name, gap in found.items() if gap > CLOSE} == {}
    # The twin: the comparison notices a single wrong number, and rows that are not the same.
    groups = result["groups"]["sex"]
    groups["female"]["metrics"]["precision"]["value"] += 1e-9
    assert max(second_opinion.differences(result, rows).values()) > CLOSE
    groups["female"]["metrics"]["precision"]["value"] -= 1e-9
    other = rows.assign(prediction=1 - rows["prediction"])
    assert max(second_opinion.differences(result, other).values()) > CLOSE
