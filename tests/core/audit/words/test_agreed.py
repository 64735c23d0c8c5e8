"""Where an audit departs from the plan that was agreed on, it is said; where it keeps it, not."""

import pytest

from tests.examples import audit_results as examples
from workbench.audit import resultfile
from workbench.audit.intake.inspection import Dialect
from workbench.audit.plan import changed_fields
from workbench.audit.results import published
from workbench.audit.words.caveats import described

KEPT = examples.plan()
READ = Dialect(encoding="cp1252", delimiter=";", decimal=",")


def test_every_change_is_told_and_published() -> None:
    """Both values stand there, in a file and in what is published too."""
    agreed = KEPT.model_copy(update={"attributes": ("age",), "limits": {}, "top_k": 3, "seed": 9})
    result = examples.classification()
    origin = result.provenance.model_copy(update={"agreed_plan": agreed})

    result = described(result.model_copy(update={"provenance": origin}))

    for shown in (result, published(result), resultfile.read(resultfile.write(result))):
        (told,) = (one for one in shown.findings if one.id == "plan/changed")
        assert told.kind == "caveat"
        assert told.text["en"].startswith(
            "Changed against the plan file: top_k: 3 → –; attributes: age → sex, age; "
            "limits: – → equal_opportunity_difference: 0.05; seed: 9 → 1."
        )


def test_a_kept_plan_is_not_told() -> None:
    """The twin."""
    assert "plan/changed" not in {one.id for one in described(examples.classification()).findings}


@pytest.mark.parametrize(
    ("agreed", "carried_out", "changed"),
    [
        ({}, {}, ()),
        ({"dialect": None}, {"dialect": READ}, ()),
        ({"dialect": READ}, {"dialect": None}, ("dialect",)),
        ({"positive": ""}, {"positive": "1"}, ()),
        ({"positive": "0"}, {"positive": "1"}, ("positive",)),
        ({"outcome": ""}, {"outcome": "paid"}, ("outcome",)),
    ],
)
def test_what_was_left_open_is_no_change(
    agreed: dict[str, object], carried_out: dict[str, object], changed: tuple[str, ...]
) -> None:
    """How the table is written and what is favourable may be said later; nothing else."""
    before, after = (KEPT.model_copy(update=values) for values in (agreed, carried_out))

    assert changed_fields(before, after) == changed
