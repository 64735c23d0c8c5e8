"""The typeface of printed documents, carried inside them so that every machine prints alike."""

from base64 import b64encode
from functools import cache
from io import BytesIO

from fontTools.ttLib import woff2

from workbench.basics.errors import Unavailable
from workbench.basics.text import later
from workbench.resources import PACKAGE

FAMILY = "Fira Sans"
FOLDER = PACKAGE / "web" / "static" / "vendor" / "kern" / "fonts" / "fira-sans"
# file → weight, style: no more faces than the print style uses
FACES = {
    "FiraSans-Regular.woff2": (400, "normal"),
    "FiraSans-SemiBold.woff2": (600, "normal"),
    "FiraSans-Italic.woff2": (400, "italic"),
}


@cache
def stylesheet() -> str:
    """``@font-face`` rules with the fonts as data: URIs.

    The fonts are unpacked here, once per process: WeasyPrint would do it again for each document,
    which takes a second.
    Raises Unavailable when the fonts, which the build brings along, are missing.
    """
    return "\n".join(_face(file, weight, style) for file, (weight, style) in FACES.items())


def _face(file: str, weight: int, style: str) -> str:
    path = FOLDER / file
    if not path.is_file():
        raise Unavailable(
            later("The font {file} is missing. Install the program again, it brings its fonts."),
            file=file,
        )
    unpacked = BytesIO()
    woff2.decompress(BytesIO(path.read_bytes()), unpacked)
    data = b64encode(unpacked.getvalue()).decode()
    return (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("data:font/ttf;base64,{data}") format("truetype"); }}'
    )
