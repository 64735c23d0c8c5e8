"""Every rule for a source and its check, each with a file that breaks it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.core.questionnaire.conftest import require_problem
from workbench.questionnaire import checking, loading
from workbench.questionnaire.vocabulary_rules import checks_have_happened

Write = Callable[..., Path]
SOURCE = "sources/road-act.yaml"
SEEN = "checked_on: 2026-11-23\nchecked_against: official\n"
DAY = "checked_on: 2026-11-23\n"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
# What is replaced in the source, by what; line, key and expectation that are named.
BROKEN = {
    "source named otherwise": (
        "id: road-act",
        "id: roads-act",
        1,
        "id",
        "name of the file",
    ),
    "source without English": (", en: Roads act", "", 2, "title", "a text in en"),
    "source without https": ("https:", "http:", 4, "link", "https://"),
    "source without any date": (
        SEEN,
        "",
        3,
        "version",
        "a year in it, or a day in applies_from",
    ),
    "source with a wrong day": ("2026-11-23", "2026-11-31", 5, "checked_on", "valid date"),
    "check without what was compared": (SEEN, DAY, 5, "checked_on", "checked_against"),
    "check of an unknown kind": ("official", "rumour", 6, "checked_against", "'copy'"),
    "check without its day": (DAY, "", 5, "checked_against", "checked_on beside it"),
    "copy without its name": ("official", "copy", 6, "checked_against", "checked_text"),
    "collection without its name": (
        "official",
        "collection",
        6,
        "checked_against",
        "checked_text",
    ),
    "copy without its commit": (
        "official",
        f"copy\nchecked_text: law/roads.md, commit {COMMIT[:7]}",
        7,
        "checked_text",
        "commit of the copy",
    ),
    "official page with a name": (
        "official",
        f"official\nchecked_text: law/roads.md, commit {COMMIT}",
        7,
        "checked_text",
        "exactly where a copy or a collection",
    ),
    "name of a copy without any check": (
        SEEN,
        f"applies_from: 2026-01-01\nchecked_text: law/roads.md, commit {COMMIT}\n",
        6,
        "checked_text",
        "exactly where a copy or a collection",
    ),
    "source ends before it begins": (
        "link:",
        "applies_from: 2026-01-02\napplies_to: 2026-01-01\nlink:",
        5,
        "applies_to",
        "after applies_from",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_source(write: Write, name: str) -> None:
    """The mistake is named with its line, its key and what was expected; load refuses."""
    old, new, line, key, expected = BROKEN[name]
    require_problem(write(SOURCE, old, new), (SOURCE, line, key, expected))


@pytest.mark.parametrize("dated", ['"Band 3/2021"', '"1"\napplies_from: 2021-03-01'])
def test_a_source_nobody_has_looked_at_may_have_another_date(write: Write, dated: str) -> None:
    """The year of what was published, or the day from which a law applies."""
    seen = f'version: "1"\nlink: https://law.example/roads\n{SEEN}'
    unseen = f"version: {dated}\nlink: https://law.example/roads\n"
    assert checking.problems(write("sources/road-act.yaml", seen, unseen)) == []


@pytest.mark.parametrize(
    "check",
    [
        SEEN,
        f"{DAY}checked_against: copy\nchecked_text: law/roads.md, commit {COMMIT}, 2026\n",
        f"{DAY}checked_against: collection\nchecked_text: Handbook of roads\n",
        "applies_from: 2026-01-01\n",
    ],
)
def test_a_check_says_what_was_done(write: Write, check: str) -> None:
    """Twin of the broken ones: each kind with what it needs, and a source nobody has checked."""
    assert checking.problems(write(SOURCE, SEEN, check)) == []


def test_a_check_on_a_day_to_come_is_refused(write: Write) -> None:
    """On the day itself it is fine; loading does not ask, so that a wrong clock stops nothing."""
    folder = write()
    vocabulary = checking.examine(folder)[0].vocabulary

    before = list(checks_have_happened(vocabulary, date(2026, 11, 22)))

    assert [(one.line, one.key) for one in before] == [(5, "checked_on")]
    assert list(checks_have_happened(vocabulary, date(2026, 11, 23))) == []
    assert loading.load(folder).sources
