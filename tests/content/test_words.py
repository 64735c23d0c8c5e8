"""One word per thing, one idea per title, and controls by their real names."""

import re
from collections.abc import Iterator

import pytest

from tests.examples.conceived import LIBRARY
from workbench.questionnaire.definition import Question, Questionnaire, Text

# Language, what nobody writes any more, and what stands instead.
WORDS = [
    ("de", r"Gebrauchsanweisung", "Betriebsanleitung"),
    ("de", r"Nicht zutreffend|nicht zutrifft", "Trifft nicht zu, weil"),
    ("de", r"Anbieterin|Herstellerin", "Anbieter"),
    ("de", r"Eigentümer|Angreifer", "gehören"),
    ("en", r"not applicable", "Does not apply, because"),
    ("en", r"[Ss]ingle (people|case|groups|result|employees|details|person\b)", "individual"),
    ("en", r"[Mm]anufacturer", "vendor"),
    ("en", r"\b[Ss]he\b|\b[Hh]e\b", "They"),
]
# A title that goes on after a comma asks a second thing.
SECOND_IDEA = {
    "de": r", (und|oder) (was|wie|wer|wo|wen|wem|wovon|wobei|bis|mit|für|schützt)\b",
    "en": r", (and|or) (what|how|who|where|whom|by when|with|for whom|of what|does)\b",
}
MEASURE = {"de": "einen gewöhnlichen Fall", "en": "an ordinary case"}


def written(questionnaire: Questionnaire) -> Iterator[tuple[str, Text]]:
    """Every text of the questionnaire, with the name of what it belongs to."""
    for section in questionnaire.sections:
        parts = (section.title, section.intro, section.because, section.because_not)
        yield from ((section.id, part) for part in parts if part)
    for gate in questionnaire.gate:
        yield from ((gate.id, part) for part in (gate.title, gate.help))
    for question in questionnaire.questions():
        yield from ((question.id, part) for part in said(question))


def said(question: Question) -> Iterator[Text]:
    """Every text of a question and of its fields."""
    parts = (question.title, question.help, question.why, question.example)
    yield from (part for part in (*parts, question.knock_out_means) if part)
    yield from (option.title for option in question.options)
    for field in question.fields:
        yield from said(field)


def found(pattern: str, texts: list[tuple[str, str]]) -> list[str]:
    """The names of the texts in which the pattern stands."""
    return sorted({name for name, text in texts if re.search(pattern, text)})


def in_language(language: str) -> list[tuple[str, str]]:
    """All texts of the newest questionnaires."""
    every = (pair for one in LIBRARY.newest() for pair in written(one))
    return [(name, text.in_language(language)) for name, text in every]


@pytest.mark.parametrize(("language", "other", "word"), WORDS, ids=lambda part: part[:12])
def test_one_thing_has_one_word(language: str, other: str, word: str) -> None:
    """The other word stands nowhere, the right one somewhere."""
    assert found(other, in_language(language)) == []
    assert found(word, in_language(language)) != []


@pytest.mark.parametrize("language", SECOND_IDEA)
def test_a_title_holds_one_idea(language: str) -> None:
    """Neither a question nor one of its fields goes on to a second."""
    asked = [question for one in LIBRARY.newest() for question in one.questions()]
    every = [*asked, *(field for question in asked for field in question.fields)]
    titles = [(one.id, one.title.in_language(language)) for one in every]

    assert found(SECOND_IDEA[language], titles) == []


@pytest.mark.parametrize("language", MEASURE)
def test_time_per_case_is_one_measure(language: str) -> None:
    """What design plans and operation finds can be compared: the same case is meant."""
    asked = {question.id: question for one in LIBRARY.newest() for question in one.questions()}
    for name in ("oversight.minutes", "follow.minutes"):
        told = asked[name].help
        assert told
        assert MEASURE[language] in told.in_language(language)


def test_a_wrong_word_and_a_second_idea_are_found() -> None:
    """Twin: each rule above can fail."""
    texts = [
        ("a", "Lesen Sie die Gebrauchsanweisung."),
        ("b", "It decides about single people."),
        ("c", "Wo liegt er, und wer kommt heran?"),
        ("d", "Who closes them, and by when?"),
        ("e", "Was die Kommune weiß, und alles andere auch"),
    ]
    assert found(WORDS[0][1], texts) == ["a"]
    assert found(WORDS[5][1], texts) == ["b"]
    assert found(SECOND_IDEA["de"], texts) == ["c"]
    assert found(SECOND_IDEA["en"], texts) == ["d"]
