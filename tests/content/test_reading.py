"""The newest questionnaires read easily: short sentences, few long words, verbs not nouns."""

import pytest

from workbench.basics.text import LANGUAGES
from workbench.questionnaire import versions
from workbench.questionnaire.checking import examine
from workbench.questionnaire.reading_level import beyond, level, texts
from workbench.questionnaire.text_rules import Texts
from workbench.resources import folder

# An older version was answered and stays as it is; the newest of each questionnaire comes last.
NEWEST: dict[str, Texts] = {
    structure.content.id: words
    for structure, words in sorted(
        examine(folder("questionnaires"))[0].questionnaires,
        key=lambda one: versions.order(one[0].content.version),
    )
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("questionnaire", NEWEST)
def test_a_questionnaire_reads_easily(questionnaire: str, language: str) -> None:
    """Sentences end in time, LIX stays easy, few nouns are made of verbs."""
    content = NEWEST[questionnaire][language].content
    found = level((text for _, text in texts(content)), language)

    assert beyond(found) == [], found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Die Durchführung der Überprüfung erfordert Genehmigung, Dokumentation" + " und" * 20,
        ),
        ("en", "The execution of the assessment needs permission, documentation" + " really" * 20),
    ],
)
def test_officialese_is_found(language: str, text: str) -> None:
    """The rule above can fail, in each figure and in each language."""
    assert beyond(level([text], language)) == ["longest", "lix", "nominal"]
