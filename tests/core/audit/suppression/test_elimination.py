"""What follows from sums is exactly what linear algebra says."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.audit.suppression.elimination import determined

SYSTEMS = st.lists(
    st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([-1, 1]), min_size=1), max_size=8
)


def by_null_space(equations: list[dict[str, int]]) -> set[str]:
    names = sorted({name for equation in equations for name in equation})
    if not names:
        return set()
    matrix = [[equation.get(name, 0) for name in names] for equation in equations]
    _, sizes, space = np.linalg.svd(np.array(matrix, dtype=float))
    free = space[(sizes > 1e-9).sum() :]
    return {name for place, name in enumerate(names) if np.allclose(free[:, place], 0)}


@settings(max_examples=300)
@given(SYSTEMS)
def test_any_system(equations: list[dict[str, int]]) -> None:
    """For any sums, the unknowns that follow are those without any freedom."""
    assert determined(equations) == by_null_space(equations)


def test_by_hand() -> None:
    """From a + b, b + c and a + c follow all three; from a + b alone follows nothing."""
    assert determined([{"a": 1, "b": 1}]) == set()
    assert determined([{"a": 1, "b": 1}, {"b": 1, "c": 1}, {"a": 1, "c": 1}]) == {"a", "b", "c"}
    assert determined([{"a": 1, "b": 1}, {"b": -1, "a": 1}, {"c": 1, "d": -1}]) == {"a", "b"}
    assert determined([]) == set()
