"""A record as bytes: one form, one fingerprint, and back without a difference."""

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from workbench import resources
from workbench.basics.errors import DataRefused
from workbench.disclosure import exports
from workbench.disclosure.record import TransparencyRecord

SCHEMA = resources.folder("reports") / "schema" / "transparency-record-1.json"
EXAMPLE = Path(__file__).parent / "example-record.json"


def test_the_way_there_and_back_changes_no_byte(record: TransparencyRecord) -> None:
    data = exports.canonical_json(record)

    assert exports.parse(data) == record
    assert exports.canonical_json(exports.parse(data)) == data


def test_the_form_is_canonical(record: TransparencyRecord) -> None:
    """UTF-8 as it is, sorted keys, UTC, and a line feed at the end."""
    data = exports.canonical_json(record)

    assert data.endswith(b"}\n")
    assert "„verfrüht“" in data.decode()
    assert list(json.loads(data)) == sorted(json.loads(data))
    assert json.loads(data)["published_at"] == "2026-05-03T22:30:00Z"


def test_the_same_instant_gives_the_same_bytes(record: TransparencyRecord) -> None:
    """An instant is stored in UTC, wherever the clock stood that named it."""
    berlin = datetime(2026, 5, 4, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    fields = {name: getattr(record, name) for name in type(record).model_fields}

    same = TransparencyRecord(**{**fields, "published_at": berlin})

    assert same.published_at.tzinfo is UTC
    assert exports.canonical_json(same) == exports.canonical_json(record)


def test_the_fingerprint_is_what_sha256sum_prints(record: TransparencyRecord) -> None:
    data = exports.canonical_json(record)

    assert exports.fingerprint(data) == sha256(data).hexdigest()
    assert exports.fingerprint(b"") == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


def test_a_published_edition_stays_readable() -> None:
    """A kept file of this format is read and written again without a changed byte.

    A wanted change of the format needs a new schema id and a way to read the old one.
    """
    data = EXAMPLE.read_bytes()

    assert exports.canonical_json(exports.parse(data)) == data


def test_what_stands_beside_a_decision_is_written_only_where_it_is(
    record: TransparencyRecord,
) -> None:
    """An edition from before has its one minority opinion where it was, and no new key."""
    old = exports.parse(EXAMPLE.read_bytes()).phases[0].value_decisions[0]
    assert (old.dissents, old.sources, old.files) == ((), (), 0)
    assert old.minority_opinion

    first, second = json.loads(exports.canonical_json(record))["phases"][0]["value_decisions"]
    new = {"dissents", "sources", "files"}
    assert new <= first.keys()
    assert first["minority_opinion"] is None
    assert not new & second.keys()


def test_the_kept_schema_is_the_generated_one() -> None:
    """``reports/schema`` shows the format that the program really writes.

    When this fails: write ``exports.schema()`` into that file.
    """
    assert SCHEMA.read_bytes() == exports.schema()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", "JSON"),
        (b"[]", "JSON"),
        (b'{"town": 3}', "town"),
        (b"\xff\xfe", "JSON"),
    ],
)
def test_what_is_no_record_is_refused(data: bytes, place: str) -> None:
    """The message names the place that does not fit."""
    with pytest.raises(DataRefused, match=f"transparency record. {place}"):
        exports.parse(data)


def test_an_unknown_field_is_refused(record: TransparencyRecord) -> None:
    """Nothing travels in a record that its format does not know."""
    content = json.loads(exports.canonical_json(record)) | {"secret": 1}

    with pytest.raises(DataRefused, match="secret"):
        exports.parse(json.dumps(content).encode())
