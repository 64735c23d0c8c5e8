"""Each field of a plan has a sentence that says what it looks like."""

from typing import Any

import pytest

from workbench.audit import plan_fields
from workbench.audit.plan import AuditPlan, Thresholds
from workbench.basics.text import LANGUAGES, translate


def test_every_field_has_its_sentence() -> None:
    """No field falls back to "there is no such field", and the sentences have no others."""
    assert plan_fields.EXPECTED.keys() == AuditPlan.model_fields.keys()
    assert plan_fields.expected("depht") == plan_fields.UNKNOWN


@pytest.mark.parametrize(
    ("field", "of", "bounds"),
    [
        ("depth", AuditPlan, {"ge": 1, "le": 4}),
        ("draws", AuditPlan, {"ge": 100, "le": 20_000}),
        ("publish_minimum", Thresholds, {"ge": 3}),
        ("assess_minimum", Thresholds, {"ge": 10}),
        ("certain_minimum", Thresholds, {"ge": 10}),
    ],
)
def test_the_numbers_are_those_of_the_plan(
    field: str, of: type[Any], bounds: dict[str, int]
) -> None:
    """A bound that changes in the plan must change in the sentence, in each language."""
    stated = {
        name: getattr(bound, name)
        for bound in of.model_fields[field].metadata
        for name in ("ge", "le")
        if hasattr(bound, name)
    }
    said = plan_fields.expected(field if field in plan_fields.EXPECTED else "thresholds")

    assert stated == bounds
    for language in LANGUAGES:
        assert all(str(bound) in translate(language, said) for bound in bounds.values())
