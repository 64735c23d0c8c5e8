"""Probabilities of many tests are corrected as Holm says."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.audit.measures.multiplicity import holm


def naive(probabilities: list[float]) -> list[float]:
    """Holm by its definition: each is the largest of all smaller ones times what was left."""
    count = len(probabilities)
    ranked = sorted(range(count), key=lambda place: probabilities[place])
    return [
        max(
            min(1.0, (count - before) * probabilities[ranked[before]])
            for before in range(ranked.index(place) + 1)
        )
        for place in range(count)
    ]


@given(st.lists(st.floats(0, 1), max_size=20))
def test_holm_equals_its_definition(probabilities: list[float]) -> None:
    """For any probabilities the corrected ones are those of the definition."""
    corrected = holm(dict(enumerate(probabilities)))

    assert [corrected[place] for place in range(len(probabilities))] == naive(probabilities)


def test_holm_by_hand() -> None:
    """0.01, 0.04 and 0.03 become 0.03, 0.06 and 0.06."""
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == {"a": 0.03, "b": 0.06, "c": 0.06}
