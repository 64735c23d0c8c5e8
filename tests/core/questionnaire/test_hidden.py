"""Hidden answers never count: over made-up questionnaires of three phases and any answers.

A questionnaire is drawn with conditions on questions and sections, scores, answers that knock out,
numbers that feed the balance, a gate and duties. Taking the hidden answers away must change nothing
that anybody computes; what stays hidden stays stored.
"""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.governance import gates, obligations, responsibility, sustainability
from workbench.questionnaire import path, progress, scope, scoring, summary
from workbench.questionnaire.answers import AnswerSheet, accepted
from workbench.questionnaire.dated import Calendar
from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.offline import bundle
from workbench.questionnaire.offline.bundle import Bundle
from workbench.questionnaire.offline.changes import changes
from workbench.questionnaire.offline.packing import packed

PHASES = ("conception", "design", "construction")
TEXT = {"de": "Wort", "en": "Word"}
SOURCE = {
    "id": "act",
    "title": TEXT,
    "version": "1",
    "link": "https://law.example/act",
    "checked_on": "2026-11-23",
}
OPTIONS = ("a", "b")
FEEDS = ("uses_per_year", "use_energy", "training_energy", "lifetime_years")
TYPES = ("yes_no", "choice_one", "choice_many", "number", "judgement", "long_text")
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "yes_no": st.booleans(),
    "choice_one": st.sampled_from(OPTIONS),
    "choice_many": st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True),
    "number": st.integers(1, 3) | st.just({"not_applicable": "Nein."}),
    "judgement": st.fixed_dictionaries(
        {}, optional={"choice": st.sampled_from(OPTIONS), "reason": st.just("Darum.")}
    ),
    "long_text": st.just("Text") | st.just({"not_applicable": "Nein."}),
}


def conditions(earlier: dict[str, str]) -> st.SearchStrategy[dict[str, Any]]:
    """A condition over the questions asked so far (id → type)."""

    def literal(name: str) -> st.SearchStrategy[dict[str, Any]]:
        kind = earlier[name]
        if kind in {"long_text", "number"}:
            return st.just({"answered": name})
        value = VALUES["yes_no"] if kind == "yes_no" else st.sampled_from(OPTIONS)
        return st.one_of(
            st.fixed_dictionaries(
                {"any_of": st.tuples(st.just(name), st.lists(value, min_size=1))}
            ),
            st.just({"answered": name}),
        )

    single = st.sampled_from(sorted(earlier)).flatmap(literal)
    return (
        single
        | st.fixed_dictionaries({"not": single})
        | st.fixed_dictionaries({"all": st.lists(single, min_size=2, max_size=2)})
    )


def question(
    draw: st.DrawFn, identifier: str, feed: str, earlier: dict[str, str]
) -> dict[str, Any]:
    """Any question, asked under any condition over earlier ones."""
    kind = draw(st.sampled_from(TYPES))
    made: dict[str, Any] = {
        "id": identifier,
        "type": kind,
        "title": TEXT,
        "required": draw(st.booleans()),
        "minutes": 1,
        "ask_if": draw(st.none() | conditions(earlier)) if earlier else None,
        "public": draw(st.booleans()),
    }
    words = {"id": draw(st.sampled_from(["x", "y"])), "title": TEXT, "help": TEXT, "source": SOURCE}
    indicator = words | {"dimension": "impact" if words["id"] == "x" else "safeguards"}
    if kind in {"choice_one", "choice_many", "judgement"}:
        made["options"] = [{"id": one, "title": TEXT} for one in OPTIONS]
        made["score"] = {"indicator": indicator, "points": {"a": 1, "b": 2}}
        made |= {"knock_out": ["b"], "knock_out_means": TEXT}
    if kind == "yes_no":
        made["score"] = {"indicator": indicator, "points": {"yes": 3}}
    if kind == "number":
        made["feeds"] = feed
    if made["ask_if"] is None:
        del made["ask_if"]
    earlier[identifier] = kind
    return made


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Questionnaire], Calendar, AnswerSheet]:
    """Three phases, a calendar, and any answers to any of the questions, asked or not."""
    earlier: dict[str, str] = {}
    made = []
    for phase in PHASES:
        sections = []
        for s in range(draw(st.integers(1, 2))):
            ask_if = draw(st.none() | conditions(earlier)) if earlier else None
            questions = [
                question(draw, f"{phase}.q{s}{n}", FEEDS[n], earlier)
                for n in range(draw(st.integers(1, 4)))
            ]
            more = {"ask_if": ask_if, "because": TEXT, "because_not": TEXT} if ask_if else {}
            sections.append(
                {"id": f"s{s}", "title": TEXT, "intro": TEXT, "questions": questions, **more}
            )
        gate = {"id": "g", "title": TEXT, "help": TEXT, "need": draw(conditions(earlier))}
        made.append(
            Questionnaire.model_validate(
                {
                    "id": phase,
                    "version": "2026.1",
                    "phase": phase,
                    "title": TEXT,
                    "gate": [gate],
                    "sections": sections,
                }
            )
        )
    answers = {name: draw(st.none() | VALUES[kind]) for name, kind in earlier.items()}
    return made, calendar(draw(st.lists(conditions(earlier), max_size=3))), AnswerSheet(answers)


def calendar(whens: list[dict[str, Any]]) -> Calendar:
    """A duty for each condition."""
    duties = [
        {
            "id": f"d{n}",
            "title": TEXT,
            "help": TEXT,
            "source": SOURCE,
            "applies_from": None,
            "applies_to": None,
            "when": when,
            "phase": "design",
            "capacity": ["law"],
        }
        for n, when in enumerate(whens)
    ]
    content = {"version": "2026.1", "as_of": "2026-11-23", "note": TEXT, "duties": duties}
    return Calendar.model_validate(content)


def everything(phases: list[Questionnaire], duties: Calendar, sheet: AnswerSheet) -> list[Any]:
    """All that is computed from the answers."""
    day = date(2026, 11, 23)
    counting = path.counting_in_all(phases, sheet)
    found: list[Any] = [
        dict(counting),
        scoring.of(phases, sheet),
        scope.of(phases, sheet),
        obligations.of(duties, counting, day),
        responsibility.of(phases, counting, day),
        sustainability.of(phases, counting, [], day),
    ]
    before: Any = {}
    for number, phase in enumerate(phases, start=1):
        found.append(progress.of(phase, sheet, before))
        found.append(summary.of(phase, sheet, before))
        found.append(gates.unmet(phases[:number], sheet, gates.Beside(day)))
        found.append(taken_along(phase, sheet, before).answers)
        before = path.counting(phase, sheet, before)
    return found


def taken_along(phase: Questionnaire, sheet: AnswerSheet, before: Any) -> Bundle:
    """The file of a phase; every answer was saved once."""
    way = path.walk(phase, sheet, before)
    return packed(phase, "", "p", sheet, dict.fromkeys(sheet, 1), way)


@given(case=cases())
@settings(max_examples=80, deadline=None)
def test_taking_hidden_answers_away_changes_nothing(
    case: tuple[list[Questionnaire], Calendar, AnswerSheet],
) -> None:
    """No score, progress, summary, duty, gate, balance or file knows of a hidden answer."""
    phases, duties, sheet = case
    shown = AnswerSheet(path.counting_in_all(phases, sheet))

    assert everything(phases, duties, sheet) == everything(phases, duties, shown)
    hidden = set(sheet) - set(shown)
    before: Any = {}
    for phase in phases:
        way = path.walk(phase, sheet, before)
        assert set(way.inactive) == {q.id for q in phase.questions()} & hidden
        before = way.counting


@given(case=cases(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_a_hidden_answer_says_does_not_matter(
    case: tuple[list[Questionnaire], Calendar, AnswerSheet], data: st.DataObject
) -> None:
    """Any other value in its place gives the same results; and it is still in the sheet."""
    phases, duties, sheet = case
    hidden = sorted(set(sheet) - set(path.counting_in_all(phases, sheet)))
    kinds = {q.id: str(q.type) for phase in phases for q in phase.questions()}
    changed = sheet.with_values({name: data.draw(VALUES[kinds[name]]) for name in hidden})

    assert everything(phases, duties, sheet) == everything(phases, duties, changed)
    assert all(name in sheet for name in hidden)


@given(case=cases())
@settings(max_examples=60, deadline=None)
def test_a_hidden_answer_stays_when_a_file_comes_back(
    case: tuple[list[Questionnaire], Calendar, AnswerSheet],
) -> None:
    """A file with a blank for every answer it lacks takes no hidden one away.

    It knows the number of every save, so that filling one in is no conflict.
    """
    phases, _, drawn = case
    before: Any = {}
    for phase in phases:
        here = {q.id: drawn[q.id] for q in phase.questions() if q.id in drawn}
        sheet = AnswerSheet(accepted(phase, here))
        made = taken_along(phase, sheet, before)
        way = path.walk(phase, sheet, before)
        present = {name: (value, 1) for name, value in sheet.items()}
        blank = made.model_copy(update={"answers": dict.fromkeys(way.inactive) | made.answers})
        values, mistakes = bundle.checked(blank, phase)
        assert (mistakes, changes(phase, present, values, made.seen, sheet)) == ((), ())
        assert made.seen == dict.fromkeys(present, 1)
        before = way.counting
