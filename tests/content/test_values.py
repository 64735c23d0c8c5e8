"""One vocabulary of values: the Basic Law, the EU Charter, and what municipalities found out."""

from collections.abc import Iterator

import pytest

from tests.examples.conceived import CONCEPTION, LIBRARY
from workbench.questionnaire.definition import Question

ASKED = [CONCEPTION.question(name) for name in ("values.strengthened", "values.strained")]
RESTS_ON = {"grundgesetz", "eu-charter", "ki-in-kommunen"}


def differences(question: Question) -> Iterator[str]:
    """Values that the question leaves out, and options that are called otherwise than the value."""
    options = {option.id: option.title for option in question.options}
    yield from (value for value in LIBRARY.values_for(LIBRARY.newest()) if value not in options)
    for name, title in options.items():
        if name != "none" and title != LIBRARY.values_for(LIBRARY.newest())[name].title:
            yield name


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
def test_every_value_can_be_chosen_by_its_name(question: Question) -> None:
    """Whatever a value decision may weigh, conception may name, in the same words."""
    assert list(differences(question)) == []


def test_a_value_left_out_or_renamed_is_found() -> None:
    """Twin: without its first option, and with a wrong name for the next."""
    first, second, *others = ASKED[0].options
    wrong = second.model_copy(update={"title": first.title})
    changed = ASKED[0].model_copy(update={"options": (wrong, *others)})

    assert list(differences(changed)) == [first.id, second.id]


def test_the_vocabulary_has_three_roots() -> None:
    """Constitution, Charter and the claims of the municipalities each bring their own."""
    assert {value.source.id for value in LIBRARY.values_for(LIBRARY.newest()).values()} == RESTS_ON
    assert {"participation", "openness", "learning", "life"} <= LIBRARY.values_for(
        LIBRARY.newest()
    ).keys()
