"""The questionnaires themselves: complete, in both languages, each question with its reasons."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from tests.examples import quickly
from workbench.basics.text import LANGUAGES
from workbench.disclosure.balance_words import INPUTS
from workbench.governance import sustainability
from workbench.questionnaire import checking
from workbench.questionnaire.definition import FeedName, Question, Questionnaire, QuestionType
from workbench.questionnaire.feeds import FACTORS
from workbench.resources import folder

FOLDER = folder("questionnaires")
LIBRARY = quickly.library()
CONCEPTION = LIBRARY.current("conception")
NEWEST = LIBRARY.newest()
QUESTIONS = [question for one in NEWEST for question in one.questions()]
SECTIONS = [section for one in NEWEST for section in one.sections]


def texts(question: Question, language: str) -> Iterator[str]:
    """All texts of a question in the language."""
    parts = (question.title, question.help, question.why, question.example, question.unit)
    yield from (part.in_language(language) for part in parts if part)
    yield from (option.title.in_language(language) for option in question.options)
    for field in question.fields:
        yield from texts(field, language)


def test_there_are_questionnaires_without_a_problem() -> None:
    """The author's checks find nothing, and there is something to find it in."""
    assert checking.problems(FOLDER) == []
    assert len(LIBRARY.questionnaires) >= 1


def test_conception_asks_in_every_type() -> None:
    """Every kind of question is in use."""
    assert {question.type for question in CONCEPTION.questions()} == set(QuestionType)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_a_page_has_two_to_six_questions(section: object) -> None:
    """More than six on one page tire, one alone is a page too many."""
    assert 2 <= len(getattr(section, "questions", ())) <= 6


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_question_asks_one_thing_in_plain_words(question: Question) -> None:
    """One question mark, short sentences, a true translation, plain text."""
    for language in LANGUAGES:
        assert question.title.in_language(language).count("?") == 1
        for text in texts(question, language):
            assert not re.search(r"[<>*`{}]|\s{2}|[.!?] *$.*\n", text), text
            assert max(len(part.split()) for part in re.split(r"[.!?:;]\s", text)) <= 30, text
    assert list(texts(question, "de")) != list(texts(question, "en"))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_german_and_english_differ_in_every_sentence(question: Question) -> None:
    """No sentence was left untranslated (single words and addresses may be the same)."""
    pairs = zip(texts(question, "de"), texts(question, "en"), strict=True)
    same = [german for german, english in pairs if german == english and len(german.split()) > 1]

    assert same == []


def test_names_of_persons_are_never_public() -> None:
    """In conception only the responsible persons are internal; their offices are public."""
    fields = [(one, field) for one in CONCEPTION.questions() for field in one.fields]

    assert [one.id for one in CONCEPTION.questions() if not one.public] == []
    assert [f"{one.id}.{field.id}" for one, field in fields if not field.public] == [
        "chain_conception.chain.person"
    ]


@pytest.mark.parametrize("source", LIBRARY.sources.values(), ids=lambda source: source.id)
def test_a_source_is_used_and_checked(source: object) -> None:
    """Something rests on each source; what nobody needs nobody keeps up to date."""
    used = {q.source.id for one in LIBRARY.questionnaires for q in one.questions() if q.source}
    used |= {
        s.id for one in LIBRARY.questionnaires for q in one.questions() for s in q.further_sources
    }
    used |= {value.source.id for value in LIBRARY.values_for(LIBRARY.newest()).values()}
    used |= {indicator.source.id for indicator in LIBRARY.lists["2026.1"].indicators.values()}
    used |= {duty.source.id for one in LIBRARY.calendars.values() for duty in one.duties}
    used |= {factor.source.id for factor in LIBRARY.factors}

    assert getattr(source, "id", None) in used


@pytest.mark.parametrize(
    "questionnaire", LIBRARY.questionnaires, ids=lambda one: f"{one.id}-{one.version}"
)
def test_a_version_is_in_its_changes(questionnaire: Questionnaire) -> None:
    """People who answer can read what a version changed."""
    changes = (FOLDER / questionnaire.id / "CHANGES.md").read_text("utf-8")

    assert f"## {questionnaire.version} " in changes


def counted(changes: str, version: str) -> int:
    """How many questions the list of changes says a version has."""
    told = changes.split(f"## {version} ")[1]
    return int(re.findall(r"(\d+) Fragen in", told)[0])


@pytest.mark.parametrize("questionnaire", NEWEST, ids=lambda one: one.id)
def test_the_changes_count_the_questions(questionnaire: Questionnaire) -> None:
    """What the list promises is what is asked."""
    changes = (FOLDER / questionnaire.id / "CHANGES.md").read_text("utf-8")

    assert counted(changes, questionnaire.version) == len(list(questionnaire.questions()))


def test_the_count_is_that_of_the_version() -> None:
    """Twin: the number of another version does not count."""
    changes = "## 2 (heute)\n\n8 Fragen in zwei Teilen.\n\n## 1 (gestern)\n\n7 Fragen in einem."
    assert (counted(changes, "2"), counted(changes, "1")) == (8, 7)


def test_the_equal_treatment_act_stands_where_it_counts() -> None:
    """Beside what a question rests on first: grounds, judging a gap, decisions on staff."""
    named = {
        question.id: question.source.id
        for one in NEWEST
        for question in one.questions()
        if question.source and "agg" in [source.id for source in question.further_sources]
    }

    assert named == {
        "fair.groups": "eu-charter",
        "tests.fairness": "seymour-smith",
        "class.employment": "ai-act-annex-3",
    }


def test_readme_explains_every_key() -> None:
    """Each key an author can write stands in the README."""
    readme = (FOLDER / "README.md").read_text("utf-8")
    schema = (FOLDER / "schema.json").read_text("utf-8")
    keys = set(re.findall(r'^        "(\w+)": \{$', schema, flags=re.MULTILINE))

    assert len(keys) >= 25
    assert {key for key in keys if key not in readme} == set()


def test_each_number_of_the_balance_is_there_or_named() -> None:
    """What the balance would need and factors.yaml lacks, it names; the README says so too."""
    built = next(one for one in LIBRARY.questionnaires if one.id == "construction")
    given = {
        FeedName.TRAINING_ENERGY: 100,
        FeedName.DEVICE_POWER: 500,
        FeedName.DEVICE_HOURS: 10,
        FeedName.REPLACED_ENERGY: 2400,
        FeedName.REPLACED_TRAVEL: 600,
    }
    asked = {q.feeds: q.id for one in (CONCEPTION, built) for q in one.questions() if q.feeds}
    counting = {asked[feed]: number for feed, number in given.items()}
    found = sustainability.of([CONCEPTION, built], counting, LIBRARY.factors, date(2026, 11, 24))
    absent = set(FACTORS) - {factor.id for factor in LIBRARY.factors}
    readme = (FOLDER / "README.md").read_text("utf-8")

    assert set(found.lacking) == absent
    assert set(FACTORS) | set(sustainability.INPUTS) == set(INPUTS)
    assert {one for one in FACTORS if re.search(rf"`{one}`.*fehlt noch", readme)} == absent


@pytest.mark.parametrize(("other", "name"), [("Schnelltest", "Kurzprüfung"), ("Entwurf", "Design")])
def test_one_thing_has_one_word(other: str, name: str) -> None:
    """The quick scan and the phase of design are called the same in every text."""
    written = {path: path.read_text("utf-8") for path in FOLDER.rglob("*.yaml")}

    assert [path for path, words in written.items() if other in words] == []
    assert any(name in words for words in written.values())
