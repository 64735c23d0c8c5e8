"""The typeface of printed documents, carried inside them so that every machine prints alike."""

from base64 import b64encode
from functools import cache

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
    data = b64encode(path.read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("data:font/woff2;base64,{data}") format("woff2"); }}'
    )
