"""Finds questionnaires/, templates/ and reports/ in a checkout or in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder ``questionnaires``, ``templates`` or ``reports``.

    A wheel carries it inside the package, a checkout beside it. The checkout wins: an editable
    install may leave a stale copy in site-packages, which this look-up by file never sees.
    Raises FileNotFoundError when neither is there.
    """
    for place in (PACKAGE.parent / name, PACKAGE / "_data" / name):
        if place.is_dir() and (PACKAGE.parent / "pyproject.toml").is_file() is (
            place.parent == PACKAGE.parent
        ):
            return place
    raise FileNotFoundError(f"folder {name} is missing from this installation")
