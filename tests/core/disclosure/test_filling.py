"""A form is filled with what is stated, nothing more: no guess, no cut, nothing internal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import JsonValue

from tests.examples.filled_forms import fill, form, stated, text
from workbench.basics.phases import Phase
from workbench.disclosure import filling


def test_an_answer_fills_a_field() -> None:
    """One answer stands alone; several stand below their questions."""
    answers: dict[str, JsonValue] = {"town.goal": "Ruhe", "law.risk": "high", "law.reason": "Weil."}
    assert text(answers, {"answers": ["town.goal"]}) == "Ruhe"
    both = {"answers": ["town.goal", "law.reason"]}
    assert text(answers, both) == "town.goal?\nRuhe\n\nlaw.reason?\nWeil."


def test_what_nobody_stated_stays_empty_and_is_named() -> None:
    """Nothing is invented; a required field without a text is missing."""
    made = fill({}, {"answers": ["town.goal"], "required": True}, {"derived": ["address"]})
    assert [one.text for one in made.fields] == [None, None]
    assert [one.field.id for one in made.missing] == ["0"]


def test_a_form_that_is_not_for_the_system_misses_nothing() -> None:
    """Required fields are missing only where the form is needed, or may be."""
    for risk, applies, missing in (("low", False, 0), ("high", True, 1), (None, None, 1)):
        one = form({"answers": ["town.goal"], "required": True}, applies_if={"is": "risky"})
        answers: dict[str, JsonValue] = {"law.risk": risk} if risk else {}
        made = filling.filled(one, stated(answers), "de")
        assert (made.applies, len(made.missing)) == (applies, missing)


def test_a_hidden_answer_fills_nothing() -> None:
    """What is not asked any more does not count, though it is kept."""
    answers: dict[str, JsonValue] = {"law.risk": "low", "law.reason": "Geheim"}
    assert text(answers, {"answers": ["law.reason"]}) is None


def test_a_public_verdict_does_not_tell_an_internal_answer() -> None:
    """A value that hangs on an internal answer stays open for the public, whatever the answer is.

    The twin: the authority, which gets internal answers too, is told.
    """
    field = {"cases": [{"text": "Ja", "if": {"equals": ["town.secret", "x"]}}, {"text": "Nein"}]}
    for answer, verdict in (("x", "Ja"), ("y", "Nein")):
        answers: dict[str, JsonValue] = {"town.secret": answer}
        assert text(answers, field) is None
        assert text(answers, field, audience="authority") == verdict
        for audience, applies in (("public", None), ("authority", verdict == "Ja")):
            one = form(field, audience=audience, applies_if={"equals": ["town.secret", "x"]})
            assert filling.filled(one, stated(answers), "de").applies is applies


def test_the_public_gets_nothing_internal_and_is_told_how_much() -> None:
    """Internal answers and internal fields of a group are left out and counted, each once."""
    answers: dict[str, JsonValue] = {
        "town.secret": "Passwort",
        "town.makers": [{"name": "Firma", "person": "Erika"}, {"person": "Max"}],
    }
    fields = (
        {"answers": ["town.secret"]},
        {"answers": ["town.makers"]},
        {"answers": ["town.makers/person", "town.secret"]},
        {"answers": ["town.makers/name"]},
    )
    public = fill(answers, *fields)
    assert public.left_out == 2
    told = json.dumps([one.text for one in public.fields])
    assert "Firma" in told
    assert not any(word in told for word in ("Passwort", "Erika", "Max"))
    full = fill(answers, *fields, audience="authority")
    assert (full.left_out, full.fields[0].text) == (0, "Passwort")
    assert "Erika" in str(full.fields[1].text)
    assert "Max" in str(full.fields[2].text)


def test_a_group_with_internal_fields_only_says_nothing_to_the_public() -> None:
    """Not even "not stated" where only a person's name was given."""
    answers: dict[str, JsonValue] = {"town.makers": [{"person": "Erika"}]}
    assert text(answers, {"answers": ["town.makers"]}) is None


def test_one_field_of_a_group_by_row() -> None:
    """One row stands alone, several are numbered so that fields can be matched."""
    rows: list[JsonValue] = [{"name": "A", "number": "1"}, {"name": "B"}]
    field = {"answers": ["town.makers/number"]}
    assert text({"town.makers": rows[:1]}, field) == "1"
    assert text({"town.makers": rows}, {"answers": ["town.makers/name"]}) == "1. A\n2. B"
    assert text({"town.makers": rows}, field) == "1. 1"
    excuse: JsonValue = {"not_applicable": "Kein Vertrag."}
    assert "Kein Vertrag." in str(text({"town.makers": excuse}, field))


def test_values_are_written_as_the_form_wants_them() -> None:
    """A date as year and month, an address as it is."""
    answers: dict[str, JsonValue] = {"town.start": "2026-12-01", "town.page": "https://a.example"}
    assert text(answers, {"answers": ["town.start"], "write": "month"}) == "2026-12"
    assert text(answers, {"answers": ["town.start"], "write": "value"}) == "2026-12-01"
    assert text(answers, {"answers": ["town.start"]}) == "1. Dezember 2026"
    assert text(answers, {"answers": ["town.page"], "write": "value"}) == "https://a.example"


CASES = {
    "cases": [
        {"text": "Idee", "phases": ["conception"]},
        {"text": "A", "if": {"is": "risky"}},
        {"text": "C"},
    ]
}


@pytest.mark.parametrize(
    ("phase", "answers", "said"),
    [
        (Phase.CONCEPTION, {}, "Idee"),
        (Phase.DESIGN, {"law.risk": "high"}, "A"),
        (Phase.DESIGN, {"law.risk": "low"}, "C"),
        (Phase.DESIGN, {}, None),  # nobody has answered yet
    ],
)
def test_a_closed_list_takes_the_first_that_holds(
    phase: Phase, answers: dict[str, JsonValue], said: str | None
) -> None:
    """By phase and by condition; while a question is open, nothing is stated."""
    assert text(answers, CASES, phase=phase) == said


def test_a_condition_that_cannot_be_decided_states_nothing() -> None:
    """An unknown name or question, or a case without a text, leaves the field empty."""
    for condition in ({"is": "nobody"}, {"equals": ["other.phase", "x"]}):
        cases = {"cases": [{"text": "A", "if": condition}, {"text": "C"}]}
        assert text({"law.risk": "low"}, cases) is None
    unclear = {"cases": [{"if": {"is": "risky"}}, {"text": "C"}]}
    assert text({"law.risk": "high"}, unclear) is None
    # A question that is not asked is decided.
    hidden = {"cases": [{"text": "A", "if": {"answered": "law.reason"}}, {"text": "C"}]}
    assert text({"law.risk": "low"}, hidden) == "C"


@given(goal=some.text(min_size=1, max_size=60), limit=some.integers(1, 40))
def test_nothing_is_cut(goal: str, limit: int) -> None:
    """Too long is said by how much; the text stays whole."""
    made = fill({}, {"derived": ["purpose"], "limit": limit}, purpose=goal).fields[0]
    assert made.text == goal
    assert made.too_long == max(0, len(goal) - limit)
