"""Answers that leave as a file come back as they were, in either form and either language."""

import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic import JsonValue

from workbench.basics.errors import DataRefused, TooLarge
from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.offline import bundle, layout, reading, writing
from workbench.questionnaire.offline.bundle import Bundle

NOW = "a1"  # fingerprint of the questions
ANSWERS: dict[str, JsonValue] = {
    "first.name": "=SUM(A1)",
    "first.story": {"not_applicable": "Es gibt keine."},
    "first.open": True,
    "first.kind": "road",
    "first.length": 12.5,
    "second.places": ["road", "path"],
    "second.day": "2026-11-23",
    "second.people": [{"who": "-Anna", "since": "2020-01-01"}, {"who": "Bob"}],
    "second.page": "https://town.example/page",
}


def sent(answers: dict[str, JsonValue]) -> Bundle:
    """A bundle of the sample questionnaire."""
    return Bundle(
        questionnaire="sample",
        version="2026.1",
        fingerprint=NOW,
        phase_id="p",
        seen={"first.name": 3},
        answers=answers,
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_spreadsheet_comes_back(sample: Questionnaire, language: str) -> None:
    """Every type of answer survives the way through a spreadsheet, formulas as plain text."""
    made = writing.written(sent(ANSWERS), sample, language, ())
    found, _ = reading.read(made, sample, NOW)
    stored, mistakes = bundle.checked(found, sample)
    assert mistakes == ()
    assert {key: value for key, value in stored.items() if value is not None} == ANSWERS
    assert found.seen == {"first.name": 3}


def test_no_cell_is_a_formula(sample: Questionnaire) -> None:
    """What a person wrote is never computed by a spreadsheet."""
    book = load_workbook(io.BytesIO(writing.written(sent(ANSWERS), sample, "de", ())))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_json_comes_back() -> None:
    """The same through JSON."""
    assert bundle.from_json(bundle.as_json(sent(ANSWERS))) == sent(ANSWERS)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60),
    number=st.floats(0, 5000) | st.integers(0, 5000),
    places=st.lists(st.sampled_from(["road", "path"]), unique=True),
)
def test_any_answer_comes_back(
    sample: Questionnaire, name: str, number: float, places: list[str]
) -> None:
    """Whatever was stored is stored again after the way through a spreadsheet."""
    before, _ = bundle.checked(
        sent({"first.name": name, "first.length": number, "second.places": list(places)}), sample
    )
    made = writing.written(sent(before), sample, "de", ())
    after, mistakes = bundle.checked(reading.read(made, sample, NOW)[0], sample)
    assert mistakes == ()
    assert {key: after[key] for key in before} == before


def filled(sample: Questionnaire, language: str = "de", **cells: Any) -> bytes:
    """The spreadsheet after somebody typed into the column of answers."""
    book = load_workbook(io.BytesIO(writing.written(sent({}), sample, language, ())))
    main = book.worksheets[0]
    for row in main.iter_rows(min_row=layout.HEAD + 1):
        key = str(row[0].value).replace(".", "_")
        if key in cells:
            row[4].value = cells[key]
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_words_are_read_in_any_language(sample: Questionnaire) -> None:
    """“ja”, “Road” and an id are all understood."""
    made = filled(sample, first_open="ja", first_kind="Road", second_places="weg\nroad")
    stored, mistakes = bundle.checked(reading.read(made, sample, NOW)[0], sample)
    assert mistakes == ()
    assert (stored["first.open"], stored["first.kind"]) == (True, "road")
    assert stored["second.places"] == ["road", "path"]


@pytest.mark.parametrize(
    ("language", "typed", "stored"),
    [
        ("de", "12,5", 12.5),
        ("de", "12.5", 12.5),
        ("de", "7", 7),
        ("de", 3, 3),
        ("de", "1.234,5", 1234.5),
        ("de", "1.250", 1250),
        ("de", "1 250", 1250),
        ("en", "1,250", 1250),
        ("en", "1.250", 1.25),
        ("de", "1.2.5", None),
        ("de", "NaN", None),
        ("de", "9" * 400, None),
    ],
)
def test_numbers_typed_as_text(
    sample: Questionnaire, language: str, typed: object, stored: float | None
) -> None:
    """Separators are those of the file's language, as in the form; what is no number is named."""
    made = filled(sample, language, first_length=typed)
    found, mistakes = bundle.checked(reading.read(made, sample, NOW)[0], sample)
    assert found.get("first.length") == stored
    assert [one.spot.question for one in mistakes] == ([] if stored else ["first.length"])
    assert all(one.stands("de") for one in mistakes)


def test_what_does_not_fit_is_named(sample: Questionnaire) -> None:
    """A wrong word and a number out of bounds are two mistakes with their questions."""
    made = filled(sample, first_kind="Fluss", first_length=9000)
    _, mistakes = bundle.checked(reading.read(made, sample, NOW)[0], sample)
    assert [mistake.spot.question for mistake in mistakes] == ["first.kind", "first.length"]


def test_an_unknown_question_is_named(sample: Questionnaire) -> None:
    """An id that the questionnaire does not have is a mistake, not ignored."""
    _, mistakes = bundle.checked(sent({"first.colour": "rot"}), sample)
    assert [mistake.spot.question for mistake in mistakes] == ["first.colour"]


@pytest.mark.parametrize("data", [b"", b"{}", b"PK\x03\x04", b"[1]", b'{"format": "x"}'])
def test_other_files_are_refused(sample: Questionnaire, data: bytes) -> None:
    """Neither form takes something else."""
    with pytest.raises(DataRefused):
        bundle.from_json(data)
    with pytest.raises(DataRefused):
        reading.read(data, sample, NOW)


def test_a_spreadsheet_of_somebody_else_is_refused(sample: Questionnaire) -> None:
    """An ordinary workbook has no hidden sheet that says what it is."""
    book = load_workbook(io.BytesIO(writing.written(sent({}), sample, "de", ())))
    del book[layout.HOME]
    made = io.BytesIO()
    book.save(made)
    with pytest.raises(DataRefused):
        reading.read(made.getvalue(), sample, NOW)


def test_too_much_is_refused() -> None:
    """More than answers ever need is not even looked at."""
    with pytest.raises(TooLarge):
        bundle.from_json(b" " * (bundle.LARGEST + 1))


def test_another_version_or_phase_is_refused(sample: Questionnaire) -> None:
    """A file goes back only to where it came from."""
    bundle.require_phase(sent({}), sample, NOW, "p")
    with pytest.raises(DataRefused, match="another system"):
        bundle.require_phase(sent({}), sample, NOW, "q")
    with pytest.raises(DataRefused, match=r"sample 2025\.1"):
        bundle.require_phase(sent({}).model_copy(update={"version": "2025.1"}), sample, NOW, "p")
