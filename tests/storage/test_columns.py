"""Instants and JSON go into the database and come back unchanged."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.storage.database import Json, Moment

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(
    st.datetimes(min_value=datetime(1000, 1, 2), timezones=st.timezones()).filter(  # noqa: DTZ001
        lambda at: at.year < 9999
    )
)
def test_an_instant_comes_back_to_the_second(at: datetime) -> None:
    """Whatever the time zone, the same second comes back, in UTC."""
    stored = Moment().process_bind_param(at, None)
    back = Moment().process_result_value(stored, None)
    assert back == at.astimezone(UTC).replace(microsecond=0)
    assert back is not None
    assert back.tzinfo is UTC


@given(
    st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_stored_instants_sort_as_they_count(one: datetime, two: datetime) -> None:
    """The order of the texts is the order of the instants, so a database can sort them."""
    first, second = (Moment().process_bind_param(at, None) or "" for at in (one, two))
    seconds = one.replace(microsecond=0), two.replace(microsecond=0)
    assert (first < second) is (seconds[0] < seconds[1])


def test_another_time_zone_is_the_same_instant() -> None:
    """Half past twelve in Berlin is stored as half past eleven UTC."""
    berlin = timezone(timedelta(hours=1))
    stored = Moment().process_bind_param(datetime(2026, 1, 5, 12, 30, tzinfo=berlin), None)
    assert stored == "2026-01-05T11:30:00Z"


def test_an_instant_without_time_zone_is_refused() -> None:
    """Without a time zone it would be a guess which instant is meant."""
    with pytest.raises(TypeError, match="time zone"):
        Moment().process_bind_param(datetime(2026, 1, 5, 12, 30), None)  # noqa: DTZ001


@given(JSON)
def test_json_comes_back(value: object) -> None:
    """Every JSON value comes back as it was; None is "nothing" in the database, too."""
    stored = Json().process_bind_param(value, None)
    assert Json().process_result_value(stored, None) == value
    assert (stored is None) is (value is None)


def test_json_is_stored_readably() -> None:
    """Umlauts stay umlauts, keys are sorted: the same value is always the same text."""
    assert Json().process_bind_param({"b": "ä", "a": 1}, None) == '{"a": 1, "b": "ä"}'
