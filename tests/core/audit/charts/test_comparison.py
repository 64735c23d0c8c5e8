"""Before and after on one axis per unit, for attributes that both audits have."""

from tests.examples import audit_results as examples
from workbench.audit.charts import comparison
from workbench.audit.parts import Change, Comparison

GAPS = ("demographic_parity_difference", "accuracy_difference", "accuracy_ratio")


def compared(*attributes: str) -> Comparison:
    changes = tuple(
        Change(
            attribute=attribute,
            gap=gap,
            before=0.1,
            after=0.05,
            value=-0.05,
            low=-0.09,
            high=-0.01,
            p_adjusted=0.02,
        )
        for attribute in attributes
        for gap in (*GAPS, "mean_score_difference")
    )
    return Comparison(changes=changes, left_out=(), obstacles=(), same_data=False)


def test_each_unit_has_its_own_chart() -> None:
    """Percentage points, ratios and means do not share an axis."""
    result = examples.classification()

    charts = comparison.draw(compared("sex"), result, result)

    assert set(charts) == {
        "comparison/sex/points",
        "comparison/sex/ratios",
        "comparison/sex/means",
    }
    chart = charts["comparison/sex/points"]
    assert chart.words.title["en"] == "Differences in percentage points, by Sex: before and after"
    assert chart.words.text["en"].startswith(
        "Gap in favourable predictions, by Sex: 10.0 percentage points before, 5.0 after."
    )
    assert chart.pictures["de"].startswith("<?xml")


def test_only_an_interval_is_called_one() -> None:
    """Where the same rows were audited there is no interval, so no line is drawn or explained."""
    result = examples.classification()
    tested = compared("sex")
    none = {"low": None, "high": None, "p_adjusted": None}
    exact = [change.model_copy(update=none) for change in tested.changes]

    pictures = [
        comparison.draw(found, result, result)["comparison/sex/points"].pictures["en"]
        for found in (tested, tested.model_copy(update={"changes": tuple(exact)}))
    ]

    assert "○ before → ● after; line: 95 % interval of the change" in pictures[0]
    assert "interval" not in pictures[1]
    assert "○ before → ● after" in pictures[1]


def test_combined_attributes_stand_in_the_table_only() -> None:
    result = examples.classification()

    assert comparison.draw(compared("sex & age"), result, result) == {}


def test_an_attribute_of_one_audit_only_is_not_drawn() -> None:
    before = examples.classification(attributes=("sex",), edges={})

    charts = comparison.draw(compared("age"), before, examples.classification())

    assert charts == {}
