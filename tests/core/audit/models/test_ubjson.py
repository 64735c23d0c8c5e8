"""The nesting of a UBJSON file is found without building it, and nonsense is refused."""

from contextlib import suppress

import numpy as np
import pytest
import xgboost
from hypothesis import given
from hypothesis import strategies as st

from workbench.audit.models.model import DAMAGED_MODEL
from workbench.audit.models.ubjson import depth
from workbench.basics.errors import DataRefused


@pytest.mark.parametrize(
    ("data", "deep"),
    [
        (b"{}", 1),
        (b"[[[]]]", 3),
        (b"[[][]]", 2),
        (b"{i\x01a[i\x01i\x02]}", 2),
        (b"[#i\x02[]Si\x03[[[", 2),  # brackets in a string are no nesting
        (b"[$d#i\x02[[[[[[[[", 1),  # nor are the bytes of numbers
    ],
)
def test_depth(data: bytes, deep: int) -> None:
    """Depth counts objects and arrays, whatever their strings and numbers hold."""
    assert depth(data, 10) == deep


def test_a_real_model() -> None:
    """An XGBoost model is less than ten deep."""
    data = xgboost.DMatrix(np.arange(40.0).reshape(-1, 2), np.arange(20) % 2)
    raw = bytes(xgboost.train({"objective": "binary:logistic"}, data, 3).save_raw("ubj"))

    assert 4 < depth(raw, 64) < 10


def test_counting_stops() -> None:
    """A bomb of brackets is not followed to its end."""
    assert depth(b"[" * 1_000_000, 64) == 65


@pytest.mark.parametrize("data", [b"", b"{", b"[$x#i\x02", b"[#i\xff", b"?", b"{i\x01a"])
def test_nonsense(data: bytes) -> None:
    """What is no UBJSON is called damaged."""
    with pytest.raises(DataRefused) as refused:
        depth(data, 64)

    assert refused.value.message == DAMAGED_MODEL


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    """Whatever comes, the answer is a depth or a refusal, never another error."""
    with suppress(DataRefused):
        assert depth(b"{" + data, 64) <= 65
