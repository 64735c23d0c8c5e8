"""Says what a file really is, by its first bytes and never by its name."""

import re

from workbench.basics.text import later

HEAD_BYTES = 4_096
PARQUET = b"PAR1"

PICKLE = later(
    "This is a Python pickle (or joblib) file, whatever its name says. Opening one would run "
    "foreign code, so the workbench never does. Save a table as CSV or Parquet instead "
    "(“table.to_csv(…)”), and a model as a skops file."
)
COMPRESSED = later(
    "This is a compressed file ({kind}). Unpack it and send the table itself as CSV or Parquet."
)
ZIP = later("This is a ZIP archive. Unpack it and send the table itself as CSV or Parquet.")
SPREADSHEET = later(
    "This is a spreadsheet file (Excel or similar). Save it there as “CSV UTF-8” and send that."
)
PDF = later(
    "This is a PDF document, and a table cannot be read from it reliably. Ask for the data as CSV "
    "or Parquet."
)
HTML = later(
    "This is a web page, not a table. Often that is a sign-in or error page that was saved instead "
    "of the download. Download the table again, as CSV or Parquet."
)
MARKUP = later("This is {kind}, not a table. Send the table as CSV or Parquet.")
PICTURE = later("This is a picture ({kind}). Send the table as CSV or Parquet.")
OTHER_TABLE = later(
    "This is a {kind} file, a format that the workbench does not open because it can carry "
    "foreign code or is read unreliably. Save the table as CSV or Parquet."
)
PROGRAM = later("This is a program, not a table. Send the table as CSV or Parquet.")

# In this order: the first that fits decides.
SIGNATURES: tuple[tuple[re.Pattern[bytes], str, dict[str, object]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), message, dict(values))
    for pattern, message, values in (
        (rb"\x80[\x02-\x05]", PICKLE, {}),
        (
            rb"c[A-Za-z_][\w.]*\n[A-Za-z_]\w*\n(\(|p\d|q[\x00-\x1f])",
            PICKLE,
            {},
        ),  # protocol 0: the name of a class
        (rb"\(?[dlt]p\d+\n", PICKLE, {}),
        (rb"[\]})]q\x00", PICKLE, {}),  # protocol 1: an empty list, dict or tuple
        (rb"\(i[A-Za-z_]\w*\n", PICKLE, {}),
        (rb"PK\x03\x04.*\.pkl", PICKLE, {}),
        (rb"PK\x03\x04.*(\[Content_Types\]|xl/|mimetypeapplication)", SPREADSHEET, {}),
        (rb"PK(\x03\x04|\x05\x06)", ZIP, {}),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SPREADSHEET, {}),
        (rb"\x1f\x8b", COMPRESSED, {"kind": "gzip"}),
        (rb"BZh\d", COMPRESSED, {"kind": "bzip2"}),
        (rb"\xfd7zXZ", COMPRESSED, {"kind": "xz"}),
        (rb"\x5d\x00\x00", COMPRESSED, {"kind": "lzma"}),
        (rb"\x28\xb5\x2f\xfd", COMPRESSED, {"kind": "zstd"}),
        (rb"\x04\x22\x4d\x18", COMPRESSED, {"kind": "lz4"}),
        (rb"\x78[\x01\x5e\x9c\xda]", COMPRESSED, {"kind": "zlib"}),
        (rb"7z\xbc\xaf", COMPRESSED, {"kind": "7z"}),
        (rb"Rar!", COMPRESSED, {"kind": "rar"}),
        (rb"%PDF", PDF, {}),
        (rb"(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body)", HTML, {}),
        (rb"(\xef\xbb\xbf)?\s*<(\?xml|[A-Za-z])", MARKUP, {"kind": "XML"}),
        (rb"(\xef\xbb\xbf)?\s*[{\[]\s*[\"{\[\]}]", MARKUP, {"kind": "JSON"}),
        (rb"\x89HDF", OTHER_TABLE, {"kind": "HDF5"}),
        (rb"(ARROW1|FEA1)", OTHER_TABLE, {"kind": "Arrow"}),
        (rb"\x93NUMPY", OTHER_TABLE, {"kind": "NumPy"}),
        (rb"SQLite format 3\x00", OTHER_TABLE, {"kind": "SQLite"}),
        (rb"(\x89PNG|\xff\xd8\xff|GIF8)", PICTURE, {"kind": "PNG, JPEG, GIF"}),
        (rb"(\x7fELF|MZ\x90\x00|#!/)", PROGRAM, {}),
    )
)
CASELESS = frozenset({HTML})


def foreign(head: bytes) -> tuple[str, dict[str, object]] | None:
    """Why a file that begins with ``head`` is no table: message and values; None if it may be one.

    >>> foreign(b"%PDF-1.7")[0] == PDF
    True
    >>> foreign(b"a;b") is None
    True
    """
    for pattern, message, values in SIGNATURES:
        if pattern.match(head.lower() if message in CASELESS else head):
            return message, values
    return None


def is_pickle(head: bytes) -> bool:
    """Whether the bytes begin like a pickle, plain or compressed as joblib does it."""
    found = foreign(head)
    return found is not None and found[0] in {PICKLE, COMPRESSED}
