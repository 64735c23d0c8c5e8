"""Forms of other bodies: read with care, filled with what is stated, nothing more."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import JsonValue

from workbench.basics.errors import BrokenContent, NotFound
from workbench.basics.phases import Phase
from workbench.disclosure import facts, filling, profile_files, profiles
from workbench.disclosure.facts import Known, Newest
from workbench.disclosure.filling import FilledProfile, Stated
from workbench.disclosure.profiles import Derived, Profile
from workbench.disclosure.record import Audit
from workbench.governance.decisions import ValueDecision
from workbench.questionnaire import path, summary
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import Question, Questionnaire, QuestionType, Section, Text
from workbench.questionnaire.library import Named

SAID = Text({"de": "Titel", "en": "Title"})
RISKY = Condition.model_validate({"equals": ["law.risk", "high"]})


def asked(identifier: str, kind: QuestionType = QuestionType.LONG_TEXT, **more: Any) -> Question:
    """A question whose title is its id."""
    title = Text({"de": f"{identifier}?", "en": f"{identifier}?"})
    return Question(id=identifier, type=kind, title=title).model_copy(update=more)


QUESTIONS = (
    asked("law.risk"),
    asked("law.reason", ask_if=RISKY),
    asked("town.goal"),
    asked("town.secret", public=False),
    asked("town.start", QuestionType.DATE),
    asked("town.page", QuestionType.LINK),
    asked(
        "town.makers",
        QuestionType.GROUP,
        fields=(asked("name"), asked("number"), asked("person", public=False)),
    ),
)
SHEET = Questionnaire(
    id="conception",
    version="1",
    phase=Phase.CONCEPTION,
    title=SAID,
    sections=(Section(id="all", title=SAID, intro=SAID, questions=QUESTIONS),),
)


def stated(
    answers: dict[str, JsonValue], *, phase: Phase = Phase.CONCEPTION, **known: str
) -> Stated:
    """What these answers state; ``known`` are derived facts."""
    told = {Derived(name): words for name, words in known.items()}
    return Stated(
        questions={question.id: question for question in QUESTIONS},
        answers={one.question: one for part in summary.of(SHEET, answers) for one in part.answers},
        counting=path.counting(SHEET, answers),
        names={"risky": RISKY},
        facts={"de": told, "en": told},
        phase=phase,
    )


def form(*fields: dict[str, Any], audience: str = "public", **more: Any) -> Profile:
    """A form with these fields."""
    return Profile.model_validate(
        {
            "id": "form",
            "title": SAID.root,
            "note": SAID.root,
            "audience": audience,
            "fields": [{"id": str(n), "title": SAID.root, **one} for n, one in enumerate(fields)],
            **more,
        }
    )


def fill(
    answers: dict[str, JsonValue],
    *fields: dict[str, Any],
    audience: str = "public",
    phase: Phase = Phase.CONCEPTION,
    **known: str,
) -> FilledProfile:
    """A form with these fields, filled."""
    return filling.filled(
        form(*fields, audience=audience), stated(answers, phase=phase, **known), "de"
    )


def text(answers: dict[str, JsonValue], field: dict[str, Any], **more: Any) -> str | None:
    """The text of one field."""
    return fill(answers, field, **more).fields[0].text


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
    assert "Erika" in str(full.fields[1].text) and "Max" in str(full.fields[2].text)


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


def test_json_names_fields_as_the_other_form() -> None:
    """By key where there is one; what is missing and too long is listed."""
    made = fill(
        {},
        {"derived": ["name"], "key": "name", "limit": 3},
        {"answers": ["town.goal"], "required": True},
        name="Ampel",
    )
    content = json.loads(profile_files.as_json(made, {"town": "Musterstadt"}))
    assert content["fields"] == {"name": "Ampel", "1": None}
    assert (content["missing"], content["too_long"]) == (["1"], {"name": 2})
    assert content["town"] == "Musterstadt"


def test_csv_reads_back_and_holds_no_formula() -> None:
    """Spreadsheets read it; a text that begins like a formula is only a text."""
    fields = ({"derived": ["name"]}, {"absent": SAID.root})
    made = fill({}, *fields, name='=HYPERLINK("x";"y")\nB')
    data = profile_files.as_csv(made)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert [len(row) for row in rows] == [5, 5, 5]
    assert rows[1][3] == '\'=HYPERLINK("x";"y")\nB'
    assert rows[2][4] == "nicht gefragt: Titel"


BAD: dict[str, Callable[[], object]] = {
    "no origin": lambda: form({}),
    "two origins": lambda: form({"answers": ["town.goal"], "absent": SAID.root}),
    "no question": lambda: form({"answers": ["town"]}),
    "no such fact": lambda: form({"derived": ["weather"]}),
    "twice": lambda: form({"id": "a", "derived": ["name"]}, {"id": "a", "derived": ["town"]}),
    "no fields": lambda: form(),
    "audience": lambda: form({"derived": ["name"]}, audience="friends"),
    "limit": lambda: form({"derived": ["name"], "limit": 0}),
}


@pytest.mark.parametrize("mistake", BAD)
def test_a_wrong_profile_is_refused(mistake: str) -> None:
    """Twins: each mistake of an author is found."""
    with pytest.raises(ValueError, match="validation error"):
        BAD[mistake]()


FILE = """id: {id}
title: {{de: T, en: T}}
note: {{de: N, en: N}}
audience: public
fields:
  - id: a
    title: {{de: A, en: A}}
    {origin}
"""


def test_profiles_are_read_from_their_folder(tmp_path: Path) -> None:
    """A good file is found by its name; a wrong one is refused with file and line."""
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "good.yaml").write_text(FILE.format(id="good", origin="derived: [name]"))
    (found,) = profiles.load(folder)
    assert profiles.profile([found], "good") is found
    with pytest.raises(NotFound):
        profiles.profile([found], "bad")
    for name, origin, line in (("other", "derived: [name]", 1), ("bad", "derived: [x]", 8)):
        (folder / "bad.yaml").write_text(FILE.format(id=name, origin=origin))
        with pytest.raises(BrokenContent) as refused:
            profiles.load(folder)
        assert (refused.value.file, refused.value.line) == ("exports/bad.yaml", line)


def known(**more: Any) -> Known:
    """What is known of a system."""
    usual: dict[str, Any] = {
        "town": "Musterstadt",
        "slug": "ampel",
        "name": "Ampel",
        "purpose": "Schaltet.",
        "department": "Tiefbauamt",
        "contact": "a@musterstadt.example",
        "phase": Phase.DESIGN,
        "conditions": (Named(id="risky", title=SAID, holds_if=RISKY),),
        "counting": {},
        "decisions": (),
        "values": {"equality": SAID},
        "audits": (),
        "newest": None,
    }
    return Known(**{**usual, **more})


def test_facts_are_told_or_missing() -> None:
    """An unpublished system has no edition, no audit, no decision; nothing takes their place."""
    told = facts.facts(known(), "1.0", "de")
    assert told[Derived.PHASE] == "Entwurf"
    assert (told[Derived.LANGUAGE], told[Derived.VERSION]) == ("deu", "1.0")
    for name in (Derived.AUDITS, Derived.DECISIONS, Derived.CONDITIONS, Derived.EDITION):
        assert not told.get(name)
    assert (
        facts.facts(known(counting={"law.risk": "high"}), "", "en")[Derived.CONDITIONS] == "Title"
    )


def test_facts_of_the_newest_edition() -> None:
    """Number, addresses, days and fingerprint."""
    newest = Newest(2, "ab" * 32, date(2026, 5, 3), date(2026, 1, 2), "https://a", "https://a.json")
    told = facts.facts(known(newest=newest), "", "de")
    assert told[Derived.EDITION] == "Ausgabe 2"
    assert told[Derived.PUBLISHED_ON] == "3. Mai 2026"
    assert told[Derived.FIRST_PUBLISHED_ON] == "2. Januar 2026"
    assert (told[Derived.HASH], told[Derived.DATA_ADDRESS]) == ("ab" * 32, "https://a.json")


def test_decisions_are_told_without_names(decisions: tuple[ValueDecision, ...]) -> None:
    """Choice, reasons, what gave way, the other opinion; never who sat at the table."""
    first = decisions[0].model_copy(update={"people": "Erika Beispiel", "yielding": "equality"})
    told = facts.facts(known(decisions=(first, ValueDecision())), "", "de")
    said = told[Derived.DECISIONS]
    assert said.startswith("Darf das Alter in die Schätzung eingehen?\nGewählt: Schätzung ohne")
    assert "Zurückgetreten: Titel" in said and "Andere Meinung: Der Personalrat" in said
    assert "Erika" not in said
    assert "Gründe" not in told[Derived.DECISIONS_SHORT]
    assert "Gewählt" in told[Derived.DECISIONS_SHORT]


def test_audits_are_told_with_their_size(audit: Audit) -> None:
    """Day, n and the sentences of what was found, as they may be published."""
    told = facts.facts(known(audits=[(date(2026, 4, 10), audit.result)]), "", "en")
    said = told[Derived.AUDITS].splitlines()
    assert said[0] == "Check for discrimination of 10 April 2026, 1,000 cases:"
    assert "The gap is large." in said
