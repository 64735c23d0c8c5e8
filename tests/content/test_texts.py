"""Every text of the interface stands in German too, with the same placeholders."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PLACEHOLDER = re.compile(r"\{[a-z_0-9]*\}")
SOURCES = ("workbench", "templates", "reports")
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}


def messages() -> set[str]:
    """Everything the code or a template marks as text."""
    found = set()
    for folder in SOURCES:
        for _, _, message, *_ in extract_from_dir(
            ROOT / folder,
            METHODS,
            OPTIONS,
            keywords={"later": None, "_": None},
            strip_comment_tags=True,
        ):
            found.add(message if isinstance(message, str) else message[0])
    return found


def german() -> Catalog:
    """The German catalogue."""
    with (ROOT / "workbench/locale/de.po").open("rb") as source:
        return read_po(source, locale="de", abort_invalid=True)


def wrong_placeholders(pairs: Iterator[tuple[str, str]]) -> list[str]:
    """The texts whose translation has other placeholders."""
    return [
        text
        for text, translation in pairs
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(translation))
    ]


def test_there_are_texts() -> None:
    """The extraction finds something, in code and in templates."""
    assert {"Project team", "Save and continue"} <= messages()


def test_every_text_is_translated() -> None:
    """No text is shown in English on a German page."""
    known = {entry.id for entry in german() if entry.id and entry.string}
    assert sorted(messages() - known) == []


def test_no_translation_is_left_over() -> None:
    """A translation whose text is gone goes too."""
    known = {entry.id for entry in german() if entry.id}
    assert sorted(known - messages()) == []


def test_placeholders_are_kept() -> None:
    """A translation fills in the same values."""
    pairs = ((str(entry.id), str(entry.string)) for entry in german() if entry.id)
    assert wrong_placeholders(pairs) == []


@pytest.mark.parametrize("translation", ["Seite {m}", "Seite"])
def test_a_lost_placeholder_is_found(translation: str) -> None:
    """The rule above can fail."""
    assert wrong_placeholders(iter([("Page {n}", translation)])) == ["Page {n}"]
