"""Where the figure for the energy of training comes from: asked where the figure was given."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from workbench.basics.text import later
from workbench.questionnaire.definition import FeedName, Questionnaire
from workbench.questionnaire.feeds import latest

ORIGINS = {
    "measured": later("The energy of training was measured."),
    "vendor": later("The energy of training was stated by the vendor."),
    "estimated": later("The energy of training was estimated."),
}


def of_training(
    questionnaires: Sequence[Questionnaire], counting: Mapping[str, JsonValue]
) -> list[str]:
    """One message; none where no training is stated, or not where its figure comes from.

    A later phase may measure the use without saying anything new of the training, so the origin is
    that of the phase which gave the newest figure.
    """
    for questionnaire in reversed(questionnaires):
        energy = latest([questionnaire], counting, FeedName.TRAINING_ENERGY)
        if energy is not None:
            origin = latest([questionnaire], counting, FeedName.ENERGY_BASIS)
            return [ORIGINS[str(origin)]] if energy and origin in ORIGINS else []
    return []
