"""From a question to a posted form to a stored value to words, for every type."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.questionnaire import path, types
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import Questionnaire, QuestionType, Section
from workbench.web.forms import build
from workbench.web.forms.build import QuestionForm
from workbench.web.forms.composed import FormData
from workbench.web.forms.fields import answers_of

MakeForm = Callable[..., QuestionForm]
GOOD: list[tuple[str, list[tuple[str, str]], Any, tuple[str, ...]]] = [
    ("a.short", [("a.short", " Markt ")], "Markt", ("Markt",)),
    ("a.long", [("a.long", "Eins\r\nZwei")], "Eins\nZwei", ("Eins", "Zwei")),
    ("a.yes", [("a.yes", "no")], False, ("No",)),
    ("a.one", [("a.yes", "yes"), ("a.one", "path")], "path", ("Path",)),
    (
        "a.many",
        [("a.many", ""), ("a.many", "path"), ("a.many", "road")],
        ["road", "path"],
        ("Road", "Path"),
    ),
    ("a.number", [("a.number", "1,234.5")], 1234.5, ("1,234.5 metres",)),
    (
        "a.date",
        [
            ("a.yes", "yes"),
            ("a.one", "road"),
            ("a.date-day", "3"),
            ("a.date-month", "05"),
            ("a.date-year", "2027"),
        ],
        "2027-05-03",
        ("May 3, 2027",),
    ),
    (
        "a.link",
        [("a.link", "https://a.example/b")],
        "https://a.example/b",
        ("https://a.example/b",),
    ),
    (
        "a.group",
        [
            ("a.group", ""),
            ("a.group-0-who", "Kim"),
            ("a.group-0-data", "5"),
            ("a.group-0-open", "yes"),
            ("a.group-3-who", "Bo"),
            ("a.group-3-since-day", "1"),
            ("a.group-3-since-month", "2"),
            ("a.group-3-since-year", "2027"),
            ("a.group-3-kinds", "road"),
        ],
        [
            {"who": "Kim", "data": 5, "open": True},
            {"who": "Bo", "since": "2027-02-01", "kinds": ["road"]},
        ],
        (
            "Who: Kim; Number: 5; Open: Yes",
            "Who: Bo; Since: February 1, 2027; Kind: Road",
        ),
    ),
    (
        "a.verdict",
        [("a.verdict", "road"), ("a.verdict-reason", " Nah. ")],
        {"choice": "road", "reason": "Nah."},
        ("Road", "Reason: Nah."),
    ),
    ("a.verdict", [("a.verdict-reason", "Nah.")], {"reason": "Nah."}, ("Reason: Nah.",)),
]
EXCUSED: list[tuple[str, list[tuple[str, str]]]] = [
    ("a.short", [("a.short", "")]),
    ("a.long", [("a.long", "")]),
    ("a.number", [("a.number", "")]),
    ("a.link", [("a.link", "")]),
    ("a.group", [("a.group", ""), ("a.group-0-who", "")]),
    (
        "a.date",
        [
            ("a.yes", "yes"),
            ("a.one", "road"),
            ("a.date-day", ""),
            ("a.date-month", ""),
            ("a.date-year", ""),
        ],
    ),
]
BAD: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "a.verdict",
        [("a.verdict", "sea"), ("a.verdict-reason", "x")],
        "a.verdict-0",
        "one of the answers",
    ),
    ("a.short", [("a.short", "x"), ("a.short-not_applicable", "y")], "a.short", "either answer"),
    ("a.short", [("a.short", ""), ("a.short-not_applicable", "y" * 1001)], "a.short", "1,000"),
    ("a.short", [("a.short", "x" * 11)], "a.short", "10 characters"),
    ("a.long", [("a.long", "x" * 4001)], "a.long", "4,000 characters"),
    ("a.yes", [("a.yes", "perhaps")], "a.yes-0", "yes or no"),
    ("a.one", [("a.yes", "yes"), ("a.one", "sea")], "a.one-0", "one of the answers"),
    ("a.many", [("a.many", "sea")], "a.many-0", "from the answers"),
    ("a.number", [("a.number", "abc")], "a.number", "for example 1,234.5"),
    ("a.number", [("a.number", "1.234,5")], "a.number", "for example 1,234.5"),
    ("a.number", [("a.number", "NaN")], "a.number", "for example"),
    ("a.number", [("a.number", "-1")], "a.number", "at least 0"),
    ("a.link", [("a.link", "example.org")], "a.link", "complete web address"),
    ("a.group", [("a.group", ""), ("a.group-2-data", "x")], "a.group-2-data", "for example"),
    (
        "a.group",
        [("a.group", "")] + [(f"a.group-{n}-who", "x") for n in range(51)],
        "a.group-0-who",
        "at most 50",
    ),
    *[
        (
            "a.date",
            [
                ("a.yes", "yes"),
                ("a.one", "road"),
                ("a.date-day", day),
                ("a.date-month", month),
                ("a.date-year", year),
            ],
            "a.date-day",
            message,
        )
        for day, month, year, message in [
            ("30", "2", "2027", "does not exist"),
            ("1", "2", "27", "does not exist"),
            ("x", "2", "2027", "does not exist"),
            ("", "2", "2027", "day, month and year"),
        ]
    ],
]


@pytest.mark.parametrize(("identifier", "posted", "stored", "words"), GOOD)
def test_definition_to_words(
    form_of: MakeForm,
    section: Section,
    identifier: str,
    posted: list[tuple[str, str]],
    stored: Any,
    words: tuple[str, ...],
) -> None:
    """What is posted is stored, read aloud, and shown again in the form as it was stored."""
    form = form_of(posted)

    assert form.validate(), form.errors
    value = build.values(form)[identifier]
    assert value == stored
    question = next(one for one in section.questions if one.id == identifier)
    assert types.words(question, value, "en") == words
    again = form_of(None, {**build.values(form), identifier: value})
    assert types.accept(question, again[identifier].data) == stored


@pytest.mark.parametrize(("identifier", "posted", "target", "message"), BAD)
def test_wrong_entries_are_errors_at_their_field(
    form_of: MakeForm, identifier: str, posted: list[tuple[str, str]], target: str, message: str
) -> None:
    """A wrong format is named beside its input, is not stored, and what was typed stays."""
    form = form_of(posted)

    assert not form.validate()
    (field,) = [field for field in answers_of(form) if field.errors]
    assert field.question.id == identifier
    assert field.problems[0].target == target
    assert message in field.problems[0].message
    assert identifier not in build.values(form)


@pytest.mark.parametrize(("identifier", "posted"), EXCUSED)
def test_a_question_that_does_not_apply(
    form_of: MakeForm, identifier: str, posted: list[tuple[str, str]]
) -> None:
    """The reason is stored instead of an answer, shown again, and taken back when emptied."""
    excuse = (f"{identifier}-not_applicable", " Gibt es nicht. ")
    form = form_of([*posted, excuse])

    assert form.validate(), form.errors
    stored = build.values(form)
    assert stored[identifier] == {"not_applicable": "Gibt es nicht."}
    again = next(one for one in answers_of(form_of(None, stored)) if one.question.id == identifier)
    assert again.excuse == "Gibt es nicht."
    assert again.typed == ""
    emptied = form_of([*posted, (excuse[0], "")], stored)
    assert emptied.validate()
    assert build.values(emptied)[identifier] is None


def test_a_section_that_does_not_apply_has_no_fields(
    questionnaire: Questionnaire, section: Section
) -> None:
    """Nothing posted to it is stored, and a section that applies has its fields."""
    spared = section.model_copy(update={"ask_if": Condition(answered="b.before")})
    sections = (questionnaire.sections[0], spared)
    conditional = questionnaire.model_copy(update={"sections": sections})
    posted = FormData([("a.short", "Markt")])

    hidden = build.form_for(spared, {}, path.walk(conditional, {}), "en", posted)
    sheet = {"b.before": "Ja."}
    shown = build.form_for(spared, sheet, path.walk(conditional, sheet), "en", posted)

    assert hidden.validate()
    assert build.values(hidden) == {}
    assert shown.validate()
    assert build.values(shown)["a.short"] == "Markt"


def test_a_page_knows_the_phases_before(questionnaire: Questionnaire, section: Section) -> None:
    """A wrong entry stops the form only if an earlier phase's answer has it asked."""
    first = section.questions[0].model_copy(
        update={"ask_if": Condition(equals=("earlier.phase", True))}
    )
    page = section.model_copy(update={"questions": (first, *section.questions[1:])})
    sections = (questionnaire.sections[0], page)
    conditional = questionnaire.model_copy(update={"sections": sections})

    def valid(*, answer: bool) -> bool:
        walked = path.walk(conditional, {}, {"earlier.phase": answer})
        return build.form_for(page, {}, walked, "en", FormData([("a.short", "x" * 11)])).validate()

    assert not valid(answer=True)
    assert valid(answer=False)


def test_choices_and_fields_of_a_group_always_apply(form_of: MakeForm) -> None:
    """They have an option of their own, or are left empty; their input is not even read."""
    form = form_of(
        [
            ("a.yes", ""),
            ("a.yes-not_applicable", "x"),
            ("a.group", ""),
            ("a.group-0-who", ""),
            ("a.group-0-who-not_applicable", "x"),
        ]
    )

    assert form.validate()
    assert build.values(form) == {"a.yes": None, "a.group": None}


def test_every_type_is_in_the_table_and_in_the_examples(section: Section) -> None:
    """No type without a builder, a good and a bad example."""
    kinds = {question.id: question.type for question in section.questions}
    every = set(QuestionType)

    assert set(build.BUILDERS) == every
    assert {kinds[one[0]] for one in GOOD} == every
    assert {kinds[one[0]] for one in BAD} == every


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [
        ("de", "1.234,5", 1234.5),
        ("de", "4.000", 4000),
        ("de", "4 000", 4000),
        ("de", "0,00012", 0.00012),
        ("en", "1,234.5", 1234.5),
        ("en", "0.5", 0.5),
    ],
)
def test_numbers_are_read_in_the_language_of_the_page(
    form_of: MakeForm, language: str, typed: str, value: float
) -> None:
    """The same figure means another number in another language."""
    form = form_of([("a.number", typed)], language=language)

    assert form.validate()
    assert build.values(form) == {"a.number": value}


@pytest.mark.parametrize("typed", ["1.5", "1_000", "1e3", "12.34,5"])
def test_numbers_that_could_mean_two_things_are_refused(form_of: MakeForm, typed: str) -> None:
    """1.5 is not taken for 15 in German."""
    assert not form_of([("a.number", typed)], language="de").validate()


@given(
    value=st.floats(0, 1e9, allow_subnormal=False) | st.integers(0, 10**9),
    language=st.sampled_from(["de", "en"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_stored_number_survives_its_form(form_of: MakeForm, value: float, language: str) -> None:
    """What the form shows of a number is read back as the same number."""
    shown = form_of(None, {"a.number": value}, language)["a.number"]
    form = form_of([("a.number", shown.typed)], language=language)  # type: ignore[attr-defined]

    assert form.validate()
    assert build.values(form)["a.number"] == value


def test_a_draft_may_be_empty(form_of: MakeForm) -> None:
    """Required questions without an answer do not stop saving; emptied ones are None."""
    form = form_of([("a.short", " "), ("a.many", ""), ("a.group", ""), ("a.group-0-who", "")])

    assert form.validate()
    assert build.values(form) == {"a.short": None, "a.many": None, "a.group": None}


def test_what_was_not_in_the_posted_form_keeps_its_answer(form_of: MakeForm) -> None:
    """Only fields that were on the page are stored, so nothing unseen is emptied."""
    form = form_of([("a.short", "Weg")], {"a.long": "Text", "a.group": [{"who": "Kim"}]})

    assert form.validate()
    assert build.values(form) == {"a.short": "Weg"}


def test_questions_that_answers_of_the_page_bring_up_are_there(form_of: MakeForm) -> None:
    """Conditions within the page are on it with their condition; others only when they hold."""
    form = form_of()
    later = form_of(None, {"b.before": "x"})

    assert "a.one" in form
    assert form["a.one"].ask_if == '{"question": "a.yes", "values": ["yes"]}'  # type: ignore[attr-defined]
    assert "a.date" in form
    assert "a.later" not in form
    assert "a.later" in later
    assert later["a.later"].ask_if == ""  # type: ignore[attr-defined]


def test_a_question_not_asked_never_stops_the_form(form_of: MakeForm) -> None:
    """A wrong entry in a hidden question is no error and is not stored; a right one is kept."""
    hidden = [("a.yes", "no"), ("a.one", "path"), ("a.date-day", "99")]

    form = form_of(hidden)

    assert form.validate()
    assert build.values(form) == {"a.yes": False, "a.one": "path"}
    assert not form_of([("a.yes", "yes"), ("a.one", "road"), ("a.date-day", "99")]).validate()


@pytest.mark.parametrize(
    ("button", "rows"),
    [
        (("group-add", "a.group"), [("0", "Kim"), ("2", "Bo"), ("3", "")]),
        (("group-remove", "a.group-0"), [("2", "Bo")]),
        (("group-remove", "a.group-2"), [("0", "Kim")]),
        (("group-add", "no.such"), [("0", "Kim"), ("2", "Bo")]),
    ],
)
def test_rows_come_and_go_without_a_script(
    form_of: MakeForm, button: tuple[str, str], rows: list[tuple[str, str]]
) -> None:
    """A row more or less, and everything else typed is still there."""
    posted = [
        ("a.short", "typed"),
        ("a.number", "abc"),
        ("a.group", ""),
        ("a.group-0-who", "Kim"),
        ("a.group-2-who", "Bo"),
    ]

    changed = build.group_action(FormData([*posted, button]))
    form = form_of(changed)

    group: Any = form["a.group"]
    assert [(str(row.number), row.form["who"].typed) for row in group.rows] == rows
    assert form["a.short"].typed == "typed"  # type: ignore[attr-defined]
    assert form["a.number"].typed == "abc"  # type: ignore[attr-defined]


def test_without_a_row_button_there_is_no_group_action() -> None:
    """A normal save is not taken for one."""
    assert build.group_action(FormData([("a.short", "x")])) is None


def test_a_group_without_rows_shows_an_empty_one(form_of: MakeForm) -> None:
    """There is always somewhere to write; it is not stored while it is empty."""
    group: Any = form_of([("a.group", "")])["a.group"]

    assert len(group.rows) == 1
    assert group.target == "a.group-0-who"
