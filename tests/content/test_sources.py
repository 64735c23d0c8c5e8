"""The sources: each says what it was compared with, so that anybody can look again."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from tests.examples import quickly
from workbench.questionnaire.definition import CheckedAgainst, Source
from workbench.questionnaire.vocabulary_rules import COMMIT

SOURCES = quickly.library().sources.values()
AI_ACT = "CELEX 02024R1689-20260727"
GERMAN_LAW = "https://www.gesetze-im-internet.de/"


def unchecked(sources: Iterable[Source]) -> list[str]:
    """The sources without a day or without what they were compared with."""
    return [one.id for one in sources if not (one.checked_on and one.checked_against)]


def lost(sources: Iterable[Source]) -> list[str]:
    """The sources whose copy nobody finds again: no public place or no commit."""
    copies = [one for one in sources if one.checked_against is CheckedAgainst.COPY]
    texts = {one.id: one.checked_text or "" for one in copies}
    return [
        name
        for name, text in texts.items()
        if not (text.startswith("github.com/") and COMMIT.search(text))
    ]


def outdated(sources: Iterable[Source]) -> list[str]:
    """The articles of the AI Act that were compared with another text than the present one."""
    return [
        one.id
        for one in sources
        if one.version == AI_ACT and AI_ACT not in (one.checked_text or "")
    ]


def test_every_source_was_compared() -> None:
    """None of them with the official page so far: nobody has opened the links."""
    assert unchecked(SOURCES) == []
    assert Counter(str(one.checked_against) for one in SOURCES) == {"copy": 46, "collection": 20}


def test_every_copy_is_found_again() -> None:
    """With repository and commit."""
    assert lost(SOURCES) == []


def test_law_was_compared_with_its_text() -> None:
    """A collection of facts is not enough for federal law and for the AI Act as amended."""
    federal = [one for one in SOURCES if one.link.startswith(GERMAN_LAW)]

    assert federal
    assert {one.checked_against for one in federal} == {CheckedAgainst.COPY}
    assert outdated(SOURCES) == []


def test_a_source_that_falls_short_is_found() -> None:
    """Twins: without a check, with a copy that has no commit, with the text before July 2026."""
    one = next(one for one in SOURCES if one.id == "ai-act-4")
    bare = one.model_copy(update={"checked_on": None, "checked_against": None})
    text = "github.com/example/laws, ai-act.md, CELEX 32024R1689"
    old = one.model_copy(update={"checked_on": date(2026, 12, 1), "checked_text": text})

    assert unchecked([one, bare]) == ["ai-act-4"]
    assert lost([one, old]) == ["ai-act-4"]
    assert outdated([one, old]) == ["ai-act-4"]
