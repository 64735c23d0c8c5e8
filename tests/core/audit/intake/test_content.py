"""What a file is shows in its bytes: everything that is no table is named and refused."""

import gzip
import io
import pickle
import zipfile

import joblib  # type: ignore[import-untyped] # ships no types
import pytest

from workbench.audit.intake import content


def joblib_bytes(compress: int) -> bytes:
    out = io.BytesIO()
    joblib.dump({"a": list(range(100))}, out, compress=compress)
    return out.getvalue()


def zip_bytes(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


class Thing:
    """A class whose pickle names it."""


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("thing", [{"a": 1}, [1, 2], Thing()])
def test_pickles(protocol: int, thing: object) -> None:
    """A pickle of any protocol is recognised."""
    assert content.is_pickle(pickle.dumps(thing, protocol)[: content.HEAD_BYTES])


@pytest.mark.parametrize("compress", [0, 3])
def test_joblib(compress: int) -> None:
    """A joblib file is recognised, compressed too."""
    assert content.is_pickle(joblib_bytes(compress)[: content.HEAD_BYTES])


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (gzip.compress(b"a;b\n1;2\n", mtime=0), content.COMPRESSED),
        (zip_bytes("table.csv"), content.ZIP),
        (zip_bytes("archive/data.pkl"), content.PICKLE),
        (zip_bytes("[Content_Types].xml"), content.SPREADSHEET),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", content.SPREADSHEET),
        (b"%PDF-1.7\n", content.PDF),
        (b"\n<!DOCTYPE html><html>", content.HTML),
        (b"<?xml version='1.0'?>", content.MARKUP),
        (b'[{"a": 1}]', content.MARKUP),
        (b"ARROW1\0\0", content.OTHER_TABLE),
        (b"\x89PNG\r\n", content.PICTURE),
        (b"\x7fELF\x02", content.PROGRAM),
    ],
)
def test_other_files(head: bytes, message: str) -> None:
    """Archives, spreadsheets, documents, pages, pictures and programs each have a sentence."""
    found = content.foreign(head)

    assert found is not None
    assert message == found[0]


@pytest.mark.parametrize(
    "head",
    [b"a;b\n1;2\n", b"\xef\xbb\xbfname,sex\n", b"PAR1\x15\x00", b"city\nBerlin\n", b"c;d\n1;2\n"],
)
def test_tables_pass(head: bytes) -> None:
    """The twin: what may be a table is not refused here."""
    assert content.foreign(head) is None
