"""Composing a record: what is not public is left out, what is empty stays "not stated"."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from workbench.audit.results import AuditResult
from workbench.basics.errors import NotFound
from workbench.basics.phases import Phase
from workbench.disclosure import topics
from workbench.disclosure.compose import audit
from workbench.disclosure.exports import canonical_json
from workbench.disclosure.record import (
    Item,
    TransparencyRecord,
)
from workbench.governance.decisions import ValueDecision
from workbench.questionnaire import summary
from workbench.questionnaire.definition import Question, Questionnaire, QuestionType, Section, Text
from workbench.questionnaire.summary import SummaryAnswer, SummarySection

Composed = Callable[..., TransparencyRecord]
# Letters that no label and no key of a record contains, so that finding them means a leak.
MARKED = st.text(alphabet="ЖШЩЫЭЮЯ", min_size=3, max_size=12)
PLAIN = st.text(min_size=1, max_size=12).filter(lambda text: not set(text) & set("ЖШЩЫЭЮЯ"))


def item(record: TransparencyRecord, identifier: str) -> Item:
    return next(entry for entry in topics.items(record) if entry.id == identifier)


@st.composite
def answers(draw: st.DrawFn) -> SummaryAnswer:
    """Any answer; that of a question which is not public consists of marked letters."""
    public = draw(st.booleans())
    said = tuple(draw(st.lists(PLAIN if public else MARKED, max_size=3)))
    cells = tuple(((word, (word,)),) for word in said)
    return SummaryAnswer(
        question=draw(st.sampled_from(["a", "b", "c"])),
        type=draw(st.sampled_from(QuestionType)),
        title=Text({"de": "Frage", "en": "Question"}),
        words={"de": said or ("nicht angegeben",), "en": said or ("not stated",)},
        rows={"de": cells, "en": cells},
        public_words={"de": said, "en": said} if public else {"de": (), "en": ()},
        public_rows={"de": cells, "en": cells} if public else {"de": (), "en": ()},
        internal=(),
        value=list(said),
        stated=bool(said),
        public=public,
    )


@settings(deadline=None)
@given(given_answers=st.lists(answers(), max_size=6))
def test_nothing_of_an_answer_that_is_not_public_is_in_the_record(
    composed: Composed, given_answers: list[SummaryAnswer]
) -> None:
    """Whatever is answered: no letter of an internal answer stands anywhere in the JSON."""
    section = SummarySection(
        id="s", title=Text({"de": "Teil", "en": "Part"}), answers=tuple(given_answers)
    )

    record = composed((section,), ())

    data = canonical_json(record).decode()
    assert not set("ЖШЩЫЭЮЯ") & set(data)
    assert not set("ЖШЩЫЭЮЯ") & set(json.dumps(json.loads(data), ensure_ascii=False))
    assert len(record.not_published) == sum(not answer.public for answer in given_answers)
    for entry, answer in zip(record.phases[0].chapters[0].items, given_answers, strict=True):
        assert (entry.answer is not None) is (answer.public and answer.stated)


def test_the_leak_check_notices_a_leak(composed: Composed) -> None:
    """The twin: the same letters in a public answer are found."""
    public = SummaryAnswer(
        question="a",
        type=QuestionType.SHORT_TEXT,
        title=Text({"de": "Frage", "en": "Question"}),
        words={"de": ("ЖШЩ",), "en": ("ЖШЩ",)},
        rows={"de": (), "en": ()},
        public_words={"de": ("ЖШЩ",), "en": ("ЖШЩ",)},
        public_rows={"de": (), "en": ()},
        internal=(),
        value="ЖШЩ",
        stated=True,
        public=True,
    )
    section = SummarySection(id="s", title=Text({"de": "Teil", "en": "Part"}), answers=(public,))

    assert "ЖШЩ" in canonical_json(composed((section,), ())).decode()


def test_an_internal_field_of_a_group_is_left_out(composed: Composed) -> None:
    """The person beside an office never appears; that something is left out, does."""
    words = {"de": "Wort", "en": "Word"}
    fields = [
        Question(id="office", type=QuestionType.SHORT_TEXT, title=Text(words)),
        Question(
            id="person",
            type=QuestionType.SHORT_TEXT,
            title=Text({"de": "Name", "en": "Name"}),
            public=False,
        ),
    ]
    chain = Question(id="a.chain", type=QuestionType.GROUP, title=Text(words), fields=tuple(fields))
    part = Section(id="s", title=Text(words), intro=Text(words), questions=(chain,))
    questionnaire = Questionnaire(
        id="q", version="2026.1", phase=Phase.DESIGN, title=Text(words), sections=(part,)
    )
    rows: list[JsonValue] = [{"office": "Bauamt", "person": "Kim Geheim"}]

    record = composed(summary.of(questionnaire, {"a.chain": rows}), ())

    assert b"Bauamt" in canonical_json(record)
    assert b"Geheim" not in canonical_json(record)
    assert "Wort – Name" in [one.what.de for one in record.not_published]


def test_an_internal_answer_is_named_with_its_ground(record: TransparencyRecord) -> None:
    """The question stays visible, its answer is gone, and the ground stands in the list."""
    internal = item(record, "decision.contact_person")

    assert (internal.answer, internal.rows, internal.disclosure) == (None, None, "internal")
    assert record.not_published[0].what.en == "Who can be asked within the town?"
    assert record.not_published[0].ground == internal.ground


def test_groups_that_an_audit_keeps_back_are_named(record: TransparencyRecord) -> None:
    """Hidden small groups stand in the list of what is not published, with the ground."""
    hidden = record.not_published[-1]

    assert hidden.what.en == "Numbers about small groups in a check for discrimination"
    assert hidden.ground.en.startswith("Groups of Age that are not published: 2.")


def test_what_is_empty_is_not_stated(record: TransparencyRecord) -> None:
    """A question without an answer stands in the record with answer None and stays public."""
    gap = item(record, "purpose.goal")

    assert (gap.answer, gap.disclosure, gap.ground) == (None, "public", None)


def test_a_group_keeps_its_fields(record: TransparencyRecord) -> None:
    """The rows of a group can be read field by field, in both languages."""
    groups = item(record, "people.groups")

    assert groups.rows is not None
    assert [[cell.label for cell in row] for row in groups.rows.en] == [
        ["Gruppe", "Nutzen", "Schaden"],
        ["Gruppe", "Angehört"],
    ]


def test_a_decision_is_published_in_full(record: TransparencyRecord) -> None:
    """Names of the values, the chosen option, capacities and every dissent word for word."""
    decision = record.phases[0].value_decisions[0]

    assert [value.de for value in decision.values] == ["Gleichbehandlung", "Sparsamkeit"]
    assert [option.chosen for option in decision.options] == [False, False, True]
    assert [option.without_ai for option in decision.options] == [True, False, False]
    assert decision.yielding is not None
    assert decision.yielding.en == "Economy"
    assert decision.capacities == ("subject_department", "equality", "it")
    assert [(one.capacity, one.origin, one.words) for one in decision.dissents] == [
        (
            "staff_council",
            "own",
            "Der Personalrat hält <b>jede</b> Schätzung für „verfrüht“ & teuer.",
        ),
        ("affected_people", "on_behalf", "Wer alt ist, zahlt mit."),
        (None, "own", "Das war mir zu schnell."),
    ]
    assert [(one.title, one.address) for one in decision.sources] == [
        ("Vorlage 17", "https://www.musterstadt.example/vorlage-17")
    ]
    assert decision.files == 2
    assert decision.review_on == date(2027, 3, 2)
    assert not decision.technical_alone


def test_a_decision_taken_by_it_alone_is_flagged_with_its_reason(
    record: TransparencyRecord,
) -> None:
    """Only IT took part: the flag and the reason are public, the gaps stay gaps."""
    decision = record.phases[0].value_decisions[1]

    assert decision.technical_alone
    assert decision.alone_reason == "Die Fachabteilung war nicht besetzt."
    assert (decision.reasons, decision.office, decision.decided_on) == (None, None, None)
    assert [(option.text, option.without_ai) for option in decision.options] == [
        (None, True),
        ("Im eigenen Rechenzentrum", False),
    ]


def test_every_field_of_a_decision_reaches_the_public(record: TransparencyRecord) -> None:
    """A new field of the value decision must be published too, or this test says so."""
    published = set(type(record.phases[0].value_decisions[0]).model_fields)

    assert set(ValueDecision.model_fields) - published == {"chosen", "people", "supersedes"}


def test_a_decision_of_a_later_phase_says_what_it_replaces(record: TransparencyRecord) -> None:
    """Votes, conditions and evidence are public; the earlier decision is named by its question."""
    decision = record.phases[1].value_decisions[0]

    assert (decision.votes_for, decision.votes_against, decision.votes_abstained) == (5, 2, 0)
    assert decision.conditions == "Nur bis Ende 2027."
    assert decision.evidence == "Prüfbericht vom 10. April 2026"
    assert decision.replaces == "Darf das Alter in die Schätzung eingehen?"


def test_names_of_people_are_nowhere_in_the_record(record: TransparencyRecord) -> None:
    """Neither who took part in a decision nor who holds an office: only that names are left out."""
    content = canonical_json(record).decode()

    assert "Geheim" not in content
    assert "Wer ist jetzt verantwortlich? – Name" in {
        entry.what.de for entry in record.not_published
    }


def test_every_phase_has_its_own_answers_and_decisions(record: TransparencyRecord) -> None:
    """Grouped in the order of the phases; of a phase in work only its state is told."""
    assert [(one.phase, one.questionnaire.version) for one in record.phases] == [
        ("conception", "2026.1"),
        ("design", "2026.1"),
    ]
    assert record.phase == "design"
    assert [chapter.id for chapter in record.phases[1].chapters] == ["fit", "chain"]
    assert [one.model_dump() for one in record.in_work] == [
        {"phase": "construction", "state": "open"}
    ]


def test_steps_and_reviews_stand_in_the_order_of_their_days(record: TransparencyRecord) -> None:
    assert [step.what.en for step in record.procedure] == ["Begun", "Condition waived", "Approved"]
    assert [review.decision for review in record.phases[0].reviews] == [
        "changes_requested",
        "approved",
    ]


def test_an_unknown_value_is_refused(composed: Composed) -> None:
    """A decision that names a value nobody knows is not published with a made-up name."""
    with pytest.raises(NotFound, match="wealth"):
        composed((), (ValueDecision(values=("wealth",)),))


def test_an_audit_is_published_without_small_groups(full_result: AuditResult) -> None:
    """Composing hides small groups, takes the plan's reason, and drops charts nobody described."""
    made = audit("7", on=date(2026, 4, 10), result=full_result, charts={"x": {"de": "", "en": ""}})

    assert made.result.is_published
    assert made.result.groups["age"]["under 25"].n is None
    assert made.purpose == full_result.provenance.plan.reason
    assert made.charts == {}
