"""Findings are plain sentences with number, interval and people counted; never a verdict."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.audit.catalogue import GAPS, RATES, SCREENS
from workbench.audit.parts import Gap
from workbench.audit.plan import AuditPlan
from workbench.audit.results import AuditResult
from workbench.audit.tasks import audited
from workbench.audit.words import findings

Planner = Callable[..., AuditPlan]
VERDICTS = re.compile(r"\b(un)?fair\b|discriminat|diskriminier|gerecht\b", re.IGNORECASE)


@pytest.fixture
def result(credit: Path, model: Path, plan_for: Planner) -> AuditResult:
    return audited(credit, model, plan_for(), lambda _share, _step: None)


def test_of_100_women(result: AuditResult) -> None:
    """A rate reads as so many of 100 people, with how many were counted and the interval."""
    measure = result.groups["sex"]["female"].metrics["selection_rate"]

    said = findings.sentence(result, "sex", "female", "selection_rate", "en")

    assert said == (
        f"Of 100 women, {100 * (measure.value or 0):.0f} get the favourable prediction “1” "
        f"(310 people counted; 95 % interval: {100 * (measure.low or 0):.0f} to "
        f"{100 * (measure.high or 0):.0f})."
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_number_has_a_sentence(result: AuditResult, language: str) -> None:
    """Each rate and each gap of each group can be said, in both languages."""
    said = [
        findings.sentence(result, table, value, name, language)
        for table, groups in result.groups.items()
        for value in groups
        for name in RATES
    ] + [
        findings.gap_sentence(result, table, name, language)
        for table in result.gaps
        for name in GAPS
    ]

    assert all(sentence.endswith(".") and "{" not in sentence for sentence in said)
    assert not any(map(VERDICTS.search, said))


def test_all_gaps_are_told(result: AuditResult) -> None:
    """Passed checks are told too: each gap has one finding, every id is there once."""
    ids = [finding.id for finding in result.findings]

    assert len(set(ids)) == len(ids)
    assert {f"gap/{table}/{name}" for table in result.gaps for name in GAPS} <= set(ids)
    assert {finding.kind for finding in result.findings} >= {"attention", "passed", "caveat"}
    assert not any(VERDICTS.search(finding.text["en"]) for finding in result.findings)


@pytest.mark.parametrize(
    ("name", "value", "low", "high", "kind"),
    [
        ("accuracy_difference", 0.2, 0.15, 0.25, "attention"),
        ("accuracy_difference", 0.2, 0.05, 0.35, "attention"),
        ("accuracy_difference", 0.05, -0.05, 0.15, "open"),
        ("accuracy_difference", 0.05, 0.01, 0.09, "passed"),
        ("demographic_parity_ratio", 0.7, 0.6, 0.75, "attention"),
        ("demographic_parity_ratio", 0.7, 0.6, 0.9, "attention"),
        ("demographic_parity_ratio", 0.85, 0.7, 1.0, "open"),
        ("demographic_parity_ratio", 0.95, 0.9, 1.0, "passed"),
    ],
)
def test_judgements(name: str, value: float, low: float, high: float, kind: str) -> None:
    """A gap is compared with its convention at its value and at both ends of its interval."""
    gap = Gap(value=value, low=low, high=high, status="ok")

    judged = findings.judgement(name, gap)

    assert judged is not None
    assert judged[0] == kind


def test_a_constant_prediction_is_mentioned(
    credit: Path, plan_for: Planner, tmp_path: Path
) -> None:
    """The same prediction for everybody is audited, and said."""
    constant = tmp_path / "constant.csv"
    lines = credit.read_text().splitlines()
    place = lines[0].split(",").index("prediction")
    cells = [line.split(",") for line in lines]
    rows = [cells[0], *([*row[:place], "1", *row[place + 1 :]] for row in cells[1:])]
    constant.write_text("\n".join(map(",".join, rows)))

    found = audited(constant, None, plan_for(), lambda _share, _step: None).findings

    assert "prediction/constant" in {finding.id for finding in found}


def test_every_screen_names_its_source() -> None:
    """A limit is a convention with id, version, source and link, and no rule of law here."""
    assert {screen.gap for screen in SCREENS.values()} == set(GAPS)
    assert all(screen.link.startswith("https://") and screen.source for screen in SCREENS.values())
