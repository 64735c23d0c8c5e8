"""The questionnaires read easily: short sentences, verbs instead of nouns. Figures by LIX."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest

from workbench.basics.text import LANGUAGES
from workbench.questionnaire.definition import Question, Questionnaire, Text
from workbench.questionnaire.loading import load
from workbench.resources import folder

NEWEST = load(folder("questionnaires")).newest()
LONGEST = 25  # words in a sentence
EASY = 40  # LIX (Björnsson 1968): mean sentence length + percentage of words over six letters
NOMINAL = 6.0  # percent of words that are nouns made from verbs and adjectives
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
MADE_NOUN = re.compile(r"[A-ZÄÖÜ].+(ung|ungen|heit|heiten|keit|keiten|ierung|tion|tionen)$")


@dataclass(frozen=True)
class Reading:
    """How texts read: the longest sentence in words, LIX, and nouns made of verbs in percent."""

    longest: int
    lix: float
    nominal: float


def reading(texts: Iterable[str]) -> Reading:
    """The figures of all texts together; a title or an option counts as a sentence."""
    sentences = [WORD.findall(part) for text in texts for part in re.split(r"(?<=[.!?:;])\s", text)]
    words = [word for sentence in sentences for word in sentence]
    long = sum(len(word) > 6 for word in words)
    made = sum(bool(MADE_NOUN.match(word)) for word in words)
    return Reading(
        longest=max(len(sentence) for sentence in sentences),
        lix=len(words) / len(sentences) + 100 * long / len(words),
        nominal=100 * made / len(words),
    )


def parts(question: Question) -> Iterator[Text | None]:
    """All texts of a question and its fields."""
    yield from (question.title, question.help, question.why, question.example)
    yield question.knock_out_means
    yield from (option.title for option in question.options)
    for field in question.fields:
        yield from parts(field)


def texts(questionnaire: Questionnaire, language: str) -> list[str]:
    """All texts of the questionnaire in the language."""
    found = [part for question in questionnaire.questions() for part in parts(question)]
    for section in questionnaire.sections:
        found += [section.title, section.intro, section.because, section.because_not]
    for gate in questionnaire.gate:
        found += [gate.title, gate.help]
    return [text.in_language(language) for text in found if text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("questionnaire", NEWEST, ids=lambda one: one.id)
def test_a_questionnaire_reads_easily(questionnaire: Questionnaire, language: str) -> None:
    """Sentences end in time, LIX stays below 40 (easy), few nouns are made of verbs."""
    found = reading(texts(questionnaire, language))

    assert found.longest <= LONGEST, found
    assert found.lix <= EASY, found
    assert found.nominal <= NOMINAL, found


def test_officialese_is_found() -> None:
    """The rule above can fail: one sentence, 7 words, 5 of them long, 4 nouns made of verbs."""
    found = reading(["Die Durchführung der Überprüfung erfordert Genehmigung, Dokumentation."])

    assert found == Reading(longest=7, lix=7 + 100 * 5 / 7, nominal=100 * 4 / 7)
    assert found.lix > EASY
    assert found.nominal > NOMINAL
