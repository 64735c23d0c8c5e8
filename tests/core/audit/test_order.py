"""Groups are read in one order: stated ranges ascending, values by name, missing ones last."""

from tests.examples import audit_results as examples
from workbench.audit.order import in_order


def test_ranges_ascend_and_missing_values_come_last() -> None:
    """By name, "25 to 34" would come before "under 25"."""
    result = examples.classification()

    labels = [group.label["en"] for group in in_order(result, "age")]

    assert labels == ["under 25", "25 to 34", "35 and over", "not stated"]


def test_combined_groups_follow_the_plan() -> None:
    """The first attribute of the plan decides first."""
    result = examples.classification()

    values = [group.parts["sex"] for group in in_order(result, "sex & age")]

    assert values == sorted(values)
