"""Two audits side by side in plain words: what keeps them apart, what changed, what is hidden."""

from dataclasses import dataclass
from typing import Any

from tests.examples import audit_results as examples
from workbench.audit.parts import Change, ChartText, Comparison, Gap
from workbench.disclosure import comparing

BEFORE, AFTER = examples.classification(), examples.classification(p=0.5)


@dataclass(frozen=True)
class Kept:
    words: ChartText
    files: dict[str, str]


def comparison(**changes: Any) -> Comparison:
    change = Change(
        attribute="sex",
        gap="accuracy_difference",
        before=0.06,
        after=0.02,
        value=-0.04,
        low=-0.07,
        high=-0.01,
        p_adjusted=0.01,
    )
    made = Comparison(
        changes=(change,),
        left_out=(("age", "accuracy_ratio"),),
        obstacles=({"de": "Andere Kanten.", "en": "Other edges."},),
        same_data=False,
    )
    return made.model_copy(update=changes)


def read(found: Comparison, language: str = "en", **parts: Any) -> dict[str, Any]:
    words = ChartText(title={"de": "T", "en": "T"}, text={"de": "Te", "en": "Te"})
    charts = {
        "comparison/sex/points": Kept(words, {"de": "d", "en": "e"}),
        "comparison/sexes/points": Kept(words, {"de": "x", "en": "x"}),
    }
    return comparing.reading(
        found,
        parts.get("before", BEFORE),
        parts.get("after", AFTER),
        language,
        charts=charts,
        chart_url=lambda sha256: f"/{sha256}",
    )


def test_a_change_is_told_with_its_numbers() -> None:
    told = read(comparison(), "de")

    (table,) = told["tables"]
    assert table["rows"][0] | {"title": "", "remark": ""} == {
        "title": "",
        "before": "6,0",
        "after": "2,0",
        "change": "−4,0",
        "interval": "−7,0 bis −1,0",
        "remark": "",
    }
    assert table["charts"] == [{"src": "/d", "title": "T", "alt": "T. Te"}]
    assert told["obstacles"] == ["Andere Kanten."]


def test_what_only_one_audit_states_is_told() -> None:
    told = read(comparison())

    assert told["left_out"] == [
        "Ratio of right predictions, by Age: only one of the two audits states it."
    ]
    assert told["nothing"] == ""
    assert "different tables" in told["same_data"]


def test_the_same_rows_are_told_without_intervals() -> None:
    """Both audits of the same rows: exact changes, and no word on other people's data."""
    (change,) = comparison().changes
    none = {"low": None, "high": None, "p_adjusted": None}
    changes = tuple(
        change.model_copy(update={**none, "value": value, "after": change.before + value})
        for value in (-0.04, 0.0)
    )

    told = read(comparison(same_data=True, changes=changes))

    assert "same rows" in told["same_data"]
    assert "not tested" in told["same_data"]
    assert not told["tested"]
    assert read(comparison())["tested"]
    (table,) = told["tables"]
    said = [(row["change"], row["interval"]) for row in table["rows"]]
    assert said == [("−4.0", ""), ("unchanged", "")]


def test_the_same_rows_are_told_with_intervals() -> None:
    """The twin: where the same rows were tested, it is said what the intervals are about."""
    told = read(comparison(same_data=True))

    assert "chance moves both audits together" in told["same_data"]
    assert "not tested" not in told["same_data"]
    assert told["tested"]


def test_why_nothing_was_tested_is_told() -> None:
    reason = {"de": "Kein Grund.", "en": "No reason."}
    (change,) = comparison().changes
    none = change.model_copy(update={"low": None, "high": None, "p_adjusted": None})

    told = read(comparison(same_data=True, untested=reason, changes=(none,)))

    assert told["same_data"].endswith("No reason.")
    mixed = read(comparison(same_data=True, changes=(change, none)))
    assert "Changes without an interval are not tested" in mixed["same_data"]


def test_the_worst_case_is_told() -> None:
    """Changes from counts are marked as those of the worst case; the twin: others are not."""
    (change,) = comparison().changes
    worst = change.model_copy(update={"worst_case": True})

    for same_data in (False, True):
        told = read(comparison(same_data=same_data, changes=(worst,)))
        assert "however the same people were judged in both tables" in told["same_data"]
        assert "chance moves both audits together" not in told["same_data"]
        assert told["worst_case"]
        assert "(95 % interval in the worst case: −7.0 to −1.0)" in told["tables"][0]["told"][0]
        plain = read(comparison(same_data=same_data))
        assert "worst" not in plain["same_data"]
        assert "worst" not in plain["tables"][0]["told"][0]
        assert not plain["worst_case"]


def test_a_gap_that_one_result_hides_is_not_told() -> None:
    """Whoever reads the comparison sees no more than in both results."""
    gaps = {**AFTER.gaps, "sex": {"accuracy_difference": Gap(status="suppressed")}}

    told = read(comparison(), after=AFTER.model_copy(update={"gaps": gaps}))

    assert told["tables"] == []
    assert told["nothing"] == "The two audits have no gap in common that can be compared."
