"""The energy of training says where its figure comes from, whatever is known of the use."""

import pytest
from pydantic import JsonValue

from tests.examples import quickly
from workbench.governance.energy_origin import ORIGINS, of_training

BUILT, USED = "energy_built.basis", "energy_used.basis"
TRAINING = "energy_built.training"
PHASES = [quickly.library().current(phase) for phase in ("construction", "operation")]


@pytest.mark.parametrize("origin", ["measured", "vendor", "estimated"])
def test_the_phase_that_gave_the_figure_says_its_origin(origin: str) -> None:
    """Measuring the use in operation does not make an estimate of the training a measurement."""
    counting: dict[str, JsonValue] = {BUILT: origin, TRAINING: 120, USED: "measured"}

    assert of_training(PHASES, counting) == [ORIGINS[origin]]


@pytest.mark.parametrize(
    "counting",
    [
        {USED: "measured"},
        {BUILT: "vendor", TRAINING: 0},
        {BUILT: "not_known", TRAINING: 5},
        {TRAINING: 5, USED: "measured"},
    ],
)
def test_without_a_figure_or_its_origin_nothing_is_said(counting: dict[str, JsonValue]) -> None:
    """Twin: no training, none stated, or a figure of unknown origin."""
    assert of_training(PHASES, counting) == []
