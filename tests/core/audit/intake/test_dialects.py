"""How a CSV file is written is found out, never guessed into one column."""

import pytest

from workbench.audit.intake import dialects
from workbench.audit.intake.dialects import dialect_of
from workbench.audit.intake.inspection import Dialect
from workbench.basics.errors import DataRefused


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a;b\n1,5;2\n", ("utf-8-sig", ";", ",")),
        (b"a;b\n1,5;2,5\n2,5;3,5\n", ("utf-8-sig", ";", ",")),
        (b"a,b\n1.5,2\n", ("utf-8-sig", ",", ".")),
        (b"a\tb\n1\t2\n", ("utf-8-sig", "\t", ".")),
        (b"a|b\n1|2\n", ("utf-8-sig", "|", ".")),
        (b"\xef\xbb\xbfa;b\n1;2\n", ("utf-8-sig", ";", ".")),
        ("Straße;b\nMünchen;2\n".encode("cp1252"), ("cp1252", ";", ".")),
        ("Straße;b\nMünchen;2\n".encode(), ("utf-8-sig", ";", ".")),
        ("a;b\nö;2\n".encode("utf-16"), ("utf-16", ";", ".")),
        (b'name;text\nx;"one, two; three"\ny;"four"\n', ("utf-8-sig", ";", ".")),
    ],
)
def test_it_finds_the_dialect(data: bytes, expected: tuple[str, str, str]) -> None:
    """Encoding, delimiter and decimal sign are recognised, German Excel included."""
    encoding, delimiter, decimal = expected

    assert Dialect.model_validate(
        {"encoding": encoding, "delimiter": delimiter, "decimal": decimal}
    ) == dialect_of(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", dialects.EMPTY),
        (b"\n\n  \n", dialects.EMPTY),
        (b"a\n1\n2\n", dialects.ONE_COLUMN),
        (b"a;b\n1;\x00\n", dialects.NUL_BYTES),
        (b"a;b\n\x81\x8d;2\n", dialects.UNKNOWN_ENCODING),
        (b"a;b\n\xe4\x01\x02;2\n", dialects.UNKNOWN_ENCODING),
        ("a;b\n1;2\n".encode("utf-32"), dialects.UNKNOWN_ENCODING),
    ],
)
def test_it_refuses(data: bytes, message: str) -> None:
    """What cannot be read safely is refused with its own sentence."""
    with pytest.raises(DataRefused) as refused:
        dialect_of(data)

    assert message == refused.value.message


@pytest.mark.parametrize(
    ("data", "wrong", "right"),
    [
        (b"a;b\n1;2\n", "utf-16", "utf-8-sig"),
        (b"a;b\n1;22\n", "utf-16", "cp1252"),
        ("a;b\nö;2\n".encode("cp1252"), "utf-8-sig", "cp1252"),
        ("a;b\nö;2\n".encode("utf-16"), "utf-8-sig", "utf-16"),
    ],
)
def test_a_wrongly_stated_encoding(data: bytes, wrong: str, right: str) -> None:
    """It is named as the cause, instead of letters or columns that nobody wrote."""
    with pytest.raises(DataRefused) as refused:
        dialect_of(data, {"encoding": wrong})

    assert refused.value.message == dialects.OTHER_ENCODING
    assert refused.value.values["encoding"] == wrong.removesuffix("-sig")
    # The twin.
    assert dialect_of(data, {"encoding": right}).delimiter == ";"
