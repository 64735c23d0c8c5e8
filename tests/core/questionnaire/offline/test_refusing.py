"""What is refused says why in the reader's language, without words of a program."""

import json

import pytest
from pydantic import JsonValue

from workbench.basics.errors import DataRefused
from workbench.basics.text import translate
from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.offline import bundle, reading
from workbench.questionnaire.offline.bundle import Bundle

HEAD = '{"format": "ki-werkbank/answers/1", "questionnaire": "q", "version": "1", '
FOREIGN = ("Input", "should", "Error", "BadZipFile", "Invalid", "valid")


def refusal(data: bytes) -> str:
    """What a person reads in German."""
    with pytest.raises(DataRefused) as refused:
        bundle.from_json(data)
    return translate("de", refused.value.message, refused.value.values)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[1]",
        b"\xff\xfe",
        b"%PDF-1.7",
        b"[" * 100_000,
        b"{}",
        b'{"format": "x"}',
        f'{HEAD}"phase_id": 3}}'.encode(),
        f'{HEAD}"phase_id": "p", "seen": {{"a": -1}}}}'.encode(),
        f'{HEAD}"phase_id": "p", "answers": {{"a": "\\ud800"}}}}'.encode(),
        f'{HEAD}"phase_id": "p", "answers": {{"\\ud800": 1, "\\ud800": 2}}}}'.encode(),
    ],
)
def test_a_refusal_is_a_sentence_of_ours(data: bytes) -> None:
    """No words of the library that read it; it can be shown as a page."""
    said = refusal(data)
    assert not [word for word in FOREIGN if word in said]
    assert said.encode()


def test_broken_json_names_its_place() -> None:
    """Line and column, for whoever edits such a file by hand."""
    said = refusal(b'{"format":\n "ki-werkbank/answers/1",,}')
    assert "Zeile 2, Spalte 26" in said


def test_a_missing_part_is_named() -> None:
    """The first part that is missing or of the wrong kind."""
    assert "„phase_id“" in refusal(f'{HEAD}"answers": {{}}}}'.encode())


def test_a_damaged_spreadsheet_is_called_so(sample: Questionnaire) -> None:
    """Not by the name of an exception."""
    with pytest.raises(DataRefused) as refused:
        reading.read(b"PK\x03\x04", sample, "")
    said = translate("de", refused.value.message, refused.value.values)
    assert said.startswith("Diese Tabelle lässt sich nicht lesen")


@pytest.mark.parametrize(
    "twice",
    [
        '"answers": {"first.name": "A", "first.name": "B"}',
        '"answers": {}, "answers": {"first.name": "B"}',
        '"answers": {"second.people": [{"first.name": 1, "first.name": 2}]}',
    ],
)
def test_a_key_that_stands_twice_is_refused(twice: str) -> None:
    """Whichever value were taken, the other would be lost without a word."""
    said = refusal(f'{HEAD}"phase_id": "p", {twice}}}'.encode())
    assert "steht zweimal in der Datei" in said
    assert "„first.name“" in said or "„answers“" in said


def test_many_keys_are_read_soon() -> None:
    """The twin: as many different keys as fit into a file."""
    answers = {f"q{number}": number for number in range(40_000)}
    made = Bundle(questionnaire="q", version="1", phase_id="p", answers=answers)
    assert bundle.from_json(json.dumps(made.model_dump()).encode()) == made


@pytest.mark.parametrize(
    ("found", "stands"),
    [
        (True, "Ja"),
        (1234.5, "1.234,5"),
        ({"licence": "frei", "own": [True, None]}, "licence: frei / own: Ja"),
        ({"choice": "Niemand."}, "Niemand."),
        ("x" * 81, "x" * 79 + "…"),
        ("Wort\n" * 16, " ".join(["Wort"] * 16)),
        (None, ""),
        (10**400, "1" + "0" * 78 + "…"),
    ],
)
def test_what_stands_there_is_said_in_words(
    sample: Questionnaire, found: JsonValue, stands: str
) -> None:
    """No notation of a program, and never only the mark of a cut."""
    made = Bundle(
        questionnaire="sample", version="2026.1", phase_id="p", answers={"second.day": found}
    )
    _, mistakes = bundle.checked(made, sample)
    assert [one.stands("de") for one in mistakes] == ([stands] if found else [])
