"""What each type of question accepts, and how its answer reads."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from workbench.basics.errors import InvalidInput
from workbench.questionnaire import types
from workbench.questionnaire.accepting import LARGEST, cleaned
from workbench.questionnaire.definition import FeedName, Question, Questionnaire, QuestionType

GOOD: list[tuple[str, Any, Any, tuple[str, ...] | None]] = [
    ("first.name", "  Am  Markt\n1 ", "Am Markt 1", ("Am Markt 1",)),
    ("first.story", "Eins.\r\n\r\nZwei.", "Eins.\n\nZwei.", ("Eins.", "Zwei.")),
    # Pasted from a word processor: soft hyphen, no-break space, line separator, letter in parts.
    ("first.story", "Stra\xadße\xa05\u2028Tu\u0308r\ufeff", "Straße 5\nTür", ("Straße 5", "Tür")),
    ("first.name", "a\x00b\ud800", "ab", ("ab",)),
    # Separators of lines and records never join words.
    ("first.story", "Ein\x0bzwei\x1edrei\x1fvier", "Ein\nzwei\ndrei vier", None),
    # Marks that turn the direction of what follows; the joiners of scripts and pictures stay.
    ("first.story", "\u202eRück\u2066wärts\u2069\u202c", "Rückwärts", None),
    ("first.story", "می\u200cخواهم 👩\u200d💻 ✔\ufe0f", "می\u200cخواهم 👩\u200d💻 ✔\ufe0f", None),
    ("first.open", False, False, ("No",)),
    ("first.kind", "path", "path", ("Path",)),
    ("first.length", 1234.5, 1234.5, ("1,234.5 metres",)),
    ("first.length", 12.0, 12, ("12 metres",)),
    ("first.length", 0.00012, 0.00012, ("0.00012 metres",)),
    ("second.places", ["path", "road", "path"], ["road", "path"], ("Road", "Path")),
    ("second.day", "2026-05-03", "2026-05-03", ("May 3, 2026",)),
    (
        "second.people",
        [{"who": "Kim", "since": "2026-05-03"}, {"who": ""}, {"who": "Bo"}],
        [{"who": "Kim", "since": "2026-05-03"}, {"who": "Bo"}],
        ("Who: Kim; Since: May 3, 2026", "Who: Bo"),
    ),
    ("second.page", "https://a.example/b?c=d#e", None, ("https://a.example/b?c=d#e",)),
    (
        "second.verdict",
        {"choice": "path", "reason": " Schmal.\nLang. "},
        {"choice": "path", "reason": "Schmal.\nLang."},
        ("Path", "Reason: Schmal.", "Lang."),
    ),
    ("second.verdict", {"choice": "path", "reason": " "}, {"choice": "path"}, ("Path",)),
    ("second.verdict", {"reason": "Schmal."}, None, ("Reason: Schmal.",)),
    (
        "second.page",
        {"not_applicable": " Kein Netz. "},
        {"not_applicable": "Kein Netz."},
        ("Does not apply, because: Kein Netz.",),
    ),
    (
        "second.people",
        {"not_applicable": "Niemand."},
        None,
        ("Does not apply, because: Niemand.",),
    ),
]
BAD: list[tuple[str, Any, str]] = [
    ("first.name", 5, "enter a text"),
    ("first.name", {"not_applicable": "x" * 1001}, "1000 characters. It has 1001"),
    ("first.name", {"not_applicable": True}, "enter a text"),
    ("first.name", {"not_applicable": "x", "choice": "y"}, "either answer"),
    ("first.open", {"not_applicable": "x"}, "yes or no"),
    ("first.kind", {"not_applicable": "x"}, "one of the answers"),
    ("second.people", [{"who": {"not_applicable": "x"}}], "enter a text"),
    ("second.verdict", "road", "give the reason"),
    ("second.verdict", {"choice": "sea", "reason": "x"}, "one of the answers"),
    ("second.verdict", {"choice": "road", "reason": "x", "by": "Kim"}, "give the reason"),
    ("second.verdict", {"choice": "road", "reason": "x" * 4001}, "4000 characters"),
    ("first.story", "x" * 4001, "4000 characters. It has 4001"),
    ("first.name", "x" * 201, "200 characters. It has 201"),
    ("first.open", "yes", "yes or no"),
    ("first.open", 1, "yes or no"),
    ("first.kind", "sea", "one of the answers"),
    ("first.kind", ["road"], "one of the answers"),
    ("second.places", "road", "from the answers"),
    ("second.places", ["sea"], "from the answers"),
    ("first.length", True, "enter a number"),
    ("first.length", "5", "enter a number"),
    ("first.length", float("nan"), "enter a number"),
    ("first.length", 10**400, "at most 5000"),
    ("first.length", float("inf"), "at most 5000"),
    ("first.length", -(10**400), "at least 0"),
    ("first.length", -1, "at least 0"),
    ("first.length", 5001, "at most 5000"),
    ("second.day", "2026-02-30", "does not exist"),
    ("second.day", "20260503", "does not exist"),
    ("second.day", "0026-05-03", "does not exist"),
    ("second.day", 5, "does not exist"),
    ("second.people", {"who": "Kim"}, "one by one"),
    ("second.people", ["Kim"], "one by one"),
    ("second.people", [{"name": "Kim"}], "unknown field"),
    ("second.people", [{"who": "Kim", "since": "today"}], "does not exist"),
    ("second.people", [{"who": "Kim"}] * 51, "at most 50"),
    ("second.page", "www.example.org", "complete web address"),
    ("second.page", "javascript:alert(1)", "complete web address"),
    ("second.page", "https://bank.example@evil.example/", "complete web address"),
    ("second.page", "https://a.example/<b>", "complete web address"),
    ("second.page", "http://[", "complete web address"),
    ("second.page", "http://a.example:99999/", "complete web address"),
    ("second.page", "https:///path", "complete web address"),
]


@pytest.mark.parametrize(("identifier", "value", "stored", "words"), GOOD)
def test_accept_and_words(
    sample: Questionnaire, identifier: str, value: Any, stored: Any, words: tuple[str, ...] | None
) -> None:
    """A fitting value is stored tidied, can be stored again, and reads as expected."""
    question = sample.question(identifier)

    accepted = types.accept(question, value)

    assert accepted == (value if stored is None else stored)
    assert types.accept(question, json.loads(json.dumps(accepted))) == accepted
    assert types.words(question, accepted, "en") == (words or tuple(stored.split("\n")))


@pytest.mark.parametrize(("identifier", "value", "message"), BAD)
def test_refuse(sample: Questionnaire, identifier: str, value: Any, message: str) -> None:
    """A value that does not fit is refused with a reason."""
    with pytest.raises(InvalidInput, match=message):
        types.accept(sample.question(identifier), value)


@pytest.mark.parametrize("identifier", [one[0] for one in GOOD])
@pytest.mark.parametrize("value", [None, "", []])
def test_nothing_is_not_answered(sample: Questionnaire, identifier: str, value: Any) -> None:
    """Nothing, an empty text and an empty list are no answer and have no words."""
    question = sample.question(identifier)

    assert types.accept(question, value) is None
    assert types.words(question, value, "de") == ()
    assert types.is_empty(value)


@pytest.mark.parametrize(
    ("identifier", "value"),
    [
        ("first.name", {"not_applicable": " "}),
        ("second.verdict", {"choice": "", "reason": " "}),
        ("first.name", "  \n"),
        ("second.page", " "),
        ("second.people", [{"who": " "}]),
    ],
)
def test_blanks_are_no_answer(sample: Questionnaire, identifier: str, value: Any) -> None:
    """What holds only blanks counts as empty."""
    assert types.accept(sample.question(identifier), value) is None


@pytest.mark.parametrize(
    ("since", "until", "fits"),
    [
        ("2035-01-01", "2030-01-01", False),
        ("2030-01-01", "2030-01-01", True),
        ("2030-01-01", "2030-01-02", True),
        (None, "2030-01-01", True),
        ("2035-01-01", None, True),
    ],
)
def test_a_responsibility_does_not_end_before_it_begins(
    sample: Questionnaire, since: str | None, until: str | None, fits: bool
) -> None:
    """The row is named; the same days in a group with another meaning are taken."""
    people = sample.question("second.people")
    (day,) = (field for field in people.fields if field.id == "since")
    fields = (*people.fields, day.model_copy(update={"id": "until"}))
    other = people.model_copy(update={"fields": fields})
    chain = other.model_copy(update={"feeds": FeedName.RESPONSIBILITY})
    rows: list[JsonValue] = [{"who": "Bo"}, {"who": "Kim", "since": since, "until": until}]

    assert types.accept(other, rows)
    if fits:
        assert types.accept(chain, rows)
    else:
        with pytest.raises(InvalidInput, match="Entry 2: "):
            types.accept(chain, rows)


def test_every_type_is_in_the_table() -> None:
    """No type without its rules, and every type has an example here."""
    assert set(types.KINDS) == set(QuestionType)


def test_examples_cover_every_type(sample: Questionnaire) -> None:
    """Good and bad examples stand for all ten types."""
    every = set(QuestionType)

    assert {sample.question(one[0]).type for one in GOOD} == every
    assert {sample.question(one[0]).type for one in BAD} == every


@pytest.mark.parametrize(
    ("value", "complete"),
    [
        (None, False),
        ([{"who": "Kim"}], True),
        ([{"who": "Kim"}, {"since": "2026-05-03"}], False),
    ],
)
def test_a_group_is_complete_when_each_row_is(
    sample: Questionnaire, value: JsonValue, complete: bool
) -> None:
    """A row without a required field leaves the group open."""
    assert types.is_complete(sample.question("second.people"), value) is complete


@pytest.mark.parametrize(
    ("identifier", "value", "complete"),
    [
        ("second.verdict", {"choice": "road", "reason": "Nah."}, True),
        ("second.verdict", {"choice": "road"}, False),
        ("second.verdict", {"reason": "Nah."}, False),
        ("second.people", {"not_applicable": "Niemand."}, True),
    ],
)
def test_reasons_are_needed(
    sample: Questionnaire, identifier: str, value: JsonValue, complete: bool
) -> None:
    """A judgement is complete with its reason; that nothing applies, stands with its own."""
    assert types.is_complete(sample.question(identifier), value) is complete


def test_optional_questions_are_complete_without_answer(sample: Questionnaire) -> None:
    """Nothing is missing where nothing is required."""
    assert types.is_complete(sample.question("first.story"), None)


def test_dates_and_numbers_read_german(sample: Questionnaire) -> None:
    """German has its own separators, units and months."""
    assert types.words(sample.question("first.length"), 1234.5, "de") == ("1.234,5 Meter",)
    assert types.words(sample.question("second.day"), "2026-05-03", "de") == ("3. Mai 2026",)


def test_rows_keep_the_fields_apart(sample: Questionnaire) -> None:
    """A group also reads as labels with their words; other types have no rows."""
    people = sample.question("second.people")

    assert types.rows(people, [{"who": "Kim"}], "de") == ((("Wer", ("Kim",)),),)
    assert types.rows(sample.question("first.name"), "Kim", "de") == ()


@given(pasted=st.text(st.sampled_from("uA\u0308\u200b\xad\u2000\x0b\x1f\r\n\u202e \x00\u200d")))
def test_a_cleaned_text_stays_as_it_is(pasted: str) -> None:
    """What is stored can be stored again: nothing is left to clean."""
    tidy = cleaned(pasted)
    assert cleaned(tidy) == tidy


@given(value=st.floats(-LARGEST, LARGEST) | st.integers(-LARGEST, LARGEST))
def test_a_number_keeps_its_value(value: float) -> None:
    """Storing a number changes nothing but its kind."""
    question = Question.model_validate(
        {"id": "a.b", "type": "number", "title": {"de": "x", "en": "x"}}
    )

    assert types.accept(question, value) == value


MANY = Question.model_validate(
    {
        "id": "q.many",
        "type": "choice_many",
        "title": {"de": "Was?", "en": "What?"},
        "options": [{"id": one, "title": {"de": one, "en": one}} for one in "abcdn"],
        "exclusive": ["n"],
        "at_most": 3,
    }
)


@pytest.mark.parametrize("value", [["n"], ["a"], ["c", "a", "b"], ["a", "a", "b", "c"]])
def test_choices_that_go_together(value: list[str]) -> None:
    """One that stands alone, alone; of the others as many as allowed, each counted once."""
    assert types.accept(MANY, list(value)) == sorted(set(value))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (["n", "a"], "rules out the others"),
        (["n", "a", "b", "c", "d"], "rules out the others"),
        (["a", "b", "c", "d"], "at most 3 answers. You have chosen 4"),
    ],
)
def test_choices_that_do_not_go_together(value: list[str], message: str) -> None:
    """“None” beside another, or too many: refused, and the message says what to do."""
    with pytest.raises(InvalidInput, match=re.escape(message)):
        types.accept(MANY, list(value))


@given(st.lists(st.sampled_from("abcdn"), unique=True))
def test_what_is_accepted_goes_together(value: list[str]) -> None:
    """Accepted exactly when at most three are chosen and “none” is not among several."""
    fits = len(value) <= 1 or ("n" not in value and len(value) <= 3)
    try:
        stored = types.accept(MANY, list(value))
    except InvalidInput:
        assert not fits
    else:
        assert fits
        assert stored == (sorted(value) or None)
