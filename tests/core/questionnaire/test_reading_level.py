"""How texts read, against figures counted by hand."""

from pathlib import Path

import pytest

from workbench.basics.errors import BrokenContent
from workbench.questionnaire.file_format import TextFile
from workbench.questionnaire.reading import Document, read
from workbench.questionnaire.reading_level import Level, level, long_sentences, texts

FILE = """\
title: Bau
sections:
  first:
    title: Anfang
    intro: >-
      Ein kurzer Satz.
      {sentence}
questions:
  first.name:
    title: Wer?
    unit: Tage
    options: {{unit: "2026"}}
    why: Darum.
    example: Anna.
"""


def written(tmp_path: Path, sentence: str) -> Document[TextFile]:
    """A file of texts with that sentence."""
    path = tmp_path / "text.de.yaml"
    path.write_text(FILE.format(sentence=sentence), encoding="utf-8")
    found: list[BrokenContent] = []
    document = read(path, tmp_path, TextFile, found)
    assert document is not None, found
    return document


@pytest.mark.parametrize(
    ("language", "texts", "expected"),
    [
        # 7 words, 5 of them with more than six letters, 4 of them nouns made of verbs.
        (
            "de",
            ["Die Durchführung der Überprüfung erfordert Genehmigung, Dokumentation."],
            Level(longest=7, lix=7 + 100 * 5 / 7, nominal=100 * 4 / 7),
        ),
        # Sentences of 3, 2 and 1 words; no word has more than six letters.
        ("de", ["Wer hilft wem? Alle allen.", "Heute"], Level(longest=3, lix=2, nominal=0)),
        # 5 words, 2 long; both are made of verbs, though written small.
        (
            "en",
            ["The assessment needs a permission"],
            Level(longest=5, lix=5 + 100 * 2 / 5, nominal=100 * 2 / 5),
        ),
        ("en", ["2026", "…"], Level(longest=0, lix=0, nominal=0)),
    ],
)
def test_figures_are_those_counted_by_hand(
    language: str, texts: list[str], expected: Level
) -> None:
    """Longest sentence, LIX and nominal style, without words too."""
    found = level(texts, language)
    assert found.longest == expected.longest
    assert found.lix == pytest.approx(expected.lix)
    assert found.nominal == pytest.approx(expected.nominal)


def test_every_text_of_a_file_is_measured(tmp_path: Path) -> None:
    """Each with its key, in the order of the format."""
    found = dict(texts(written(tmp_path, "Ende.").content))
    assert sorted("/".join(key) for key in found) == [
        "questions/first.name/example",
        "questions/first.name/options/unit",
        "questions/first.name/title",
        "questions/first.name/unit",
        "questions/first.name/why",
        "sections/first/intro",
        "sections/first/title",
        "title",
    ]
    assert found["sections", "first", "intro"] == "Ein kurzer Satz. Ende."


def test_only_a_sentence_beyond_the_limit_is_named(tmp_path: Path) -> None:
    """26 words are too many, 25 are not; a colon ends a sentence."""
    (found,) = long_sentences(written(tmp_path, "da " * 25 + "da."))
    assert (found.line, found.key) == (5, "sections/first/intro")
    assert found.expected.startswith("at most 25 words in a sentence, not 26: da da ")
    assert list(long_sentences(written(tmp_path, "da " * 24 + "da."))) == []
    assert list(long_sentences(written(tmp_path, "da " * 24 + "da: da."))) == []
