"""The steps of the procedure in words, above all which condition was waived."""

from datetime import date

import pytest

from tests.examples import five_phases
from workbench.basics.phases import Phase
from workbench.governance import gates
from workbench.governance.gates import Beside
from workbench.storage import steps


def test_the_products_own_conditions_read_as_the_gate_words_them() -> None:
    """Whatever the gate can ask for beside the author's conditions has its words here."""
    asked = five_phases.DESIGN.model_copy(update={"minimum_value_decisions": 2})
    beside = Beside(day=date(2026, 5, 3), incomplete=("x",), not_approved=(Phase.CONCEPTION,))

    unmet = gates.unmet([asked], {}, beside)

    assert {"required", "value_decisions", "approved_conception"} <= {one.id for one in unmet}
    for one in unmet:
        told = steps.condition_words(one.id, asked)
        assert {"de": told.de, "en": told.en} == one.message.root


@pytest.mark.parametrize("identifier", ["unknown", "approved_unknown"])
def test_a_condition_that_is_gone_is_named_by_its_id(identifier: str) -> None:
    """A questionnaire that lost a gate still says what was waived."""
    assert steps.condition_words(identifier, five_phases.DESIGN).en == identifier
