"""What laws and standards ask for has a place in our forms, and each place its questions.

What they ask for stands in ``tests/examples/asked_by_standards.py``, apart from our own files.
"""

import json
from collections.abc import Iterable, Iterator

import pytest

from tests.examples import quickly
from tests.examples.asked_by_standards import (
    ANNEX_VIII_C,
    ARTICLE_27,
    ARTICLE_35,
    ATRS,
    CROSSWALK,
    DUTCH_REGISTER,
    NOT_ASKED,
    REQUIRED,
)
from workbench.basics.phases import Phase
from workbench.disclosure import filling, profile_files, profiles
from workbench.disclosure.filling import FilledProfile, Stated
from workbench.disclosure.profiles import Derived, Profile, ProfileField
from workbench.questionnaire import summary
from workbench.questionnaire.conditions import expanded, unknown
from workbench.questionnaire.definition import Question
from workbench.questionnaire.summary import SummaryAnswer
from workbench.resources import folder

LIBRARY = quickly.library()
QUESTIONS = {question.id: question for one in LIBRARY.newest() for question in one.questions()}
NAMES = {key: one.holds_if for key, one in LIBRARY.conditions_for(LIBRARY.newest()).items()}
PROFILES = {one.id: one for one in profiles.load(folder("reports") / "exports")}


def problems(profile: Profile, wanted: Iterable[str]) -> Iterator[str]:
    """Fields that are missing, and places of the form that lead nowhere."""
    fields = {field.id: field for field in profile.fields}
    yield from (f"{name} is missing" for name in wanted if name not in fields)
    for field in fields.values():
        yield from (f"{field.id}: {text}" for text in nowhere(field))
    if profile.source and profile.source not in LIBRARY.sources:
        yield f"source {profile.source} is unknown"


def nowhere(field: ProfileField) -> Iterator[str]:
    """What in a field leads nowhere: questions, fields of groups, named conditions."""
    yield from (f"{name} is unknown" for name in field.questions if name not in QUESTIONS)
    for answer in field.answers:
        question, _, part = answer.partition("/")
        group = QUESTIONS.get(question)
        if part and group and part not in {inner.id for inner in group.fields}:
            yield f"{answer} is unknown"
    for case in field.cases:
        if case.condition:
            yield from (f"{name} is unknown" for name in unknown(expanded(case.condition, NAMES)))
    if field.absent and field.id not in NOT_ASKED:
        yield "nothing fills it"


def without(profile: Profile, wanted: dict[str, set[str]]) -> list[str]:
    """The parts that a field of the list needs and ours lacks."""
    fields = {field.id: field for field in profile.fields}
    return [
        f"{name}: {part}"
        for name, parts in wanted.items()
        for part in sorted(parts - {*fields[name].questions, *fields[name].derived})
    ]


LISTS: dict[str, Iterable[str]] = {
    "crosswalk": CROSSWALK,
    "fria": ARTICLE_27,
    "annex-viii-c": ANNEX_VIII_C,
    "dpia": ARTICLE_35,
    "atrs": ATRS,
    "algoritmeregister": DUTCH_REGISTER,
}
NEEDS = {"crosswalk": CROSSWALK, "fria": ARTICLE_27, "annex-viii-c": ANNEX_VIII_C}


@pytest.mark.parametrize("name", LISTS)
def test_every_field_has_its_place(name: str) -> None:
    """No field is missing, and each leads to questions that are asked or to what is derived."""
    assert list(problems(PROFILES[name], LISTS[name])) == []


def test_every_form_is_in_a_list() -> None:
    """A new form needs its list here."""
    assert set(PROFILES) == set(LISTS)
    assert len(CROSSWALK) == 32
    assert len(DUTCH_REGISTER) == 32


@pytest.mark.parametrize("name", [*NEEDS, "dpia"])
def test_a_field_holds_all_that_it_asks_for(name: str) -> None:
    """Period and frequency, groups, oversight … each part of a field has its question."""
    assert without(PROFILES[name], {**NEEDS, "dpia": ARTICLE_35}[name]) == []


@pytest.mark.parametrize("name", DUTCH_REGISTER)
def test_the_dutch_register_s_lengths_and_rules(name: str) -> None:
    """Shorter than the standard's number; refused, shown when empty, or hidden as it says."""
    field = next(one for one in PROFILES["algoritmeregister"].fields if one.id == name)
    below, shown = DUTCH_REGISTER[name]
    assert field.limit == (below - 1 if below else None)
    assert field.required is (REQUIRED in shown)
    assert field.shown == (shown.partition(",")[0] if shown != REQUIRED else "always")
    assert field.key


def test_the_short_name_of_the_law_fits_the_register() -> None:
    """Nobody types a name that the register would then refuse or cut."""
    fields = {one.id: one for one in PROFILES["algoritmeregister"].fields}
    title = fields["Wettelijke basis titel"]
    assert title.answers == ("law.legal_title",)
    assert QUESTIONS["law.legal_title"].max_length == title.limit


def test_every_question_of_every_phase_is_in_the_crosswalk() -> None:
    """What we ask belongs to a field of the standards; a new question needs its field."""
    used = {name for field in PROFILES["crosswalk"].fields for name in field.questions}
    assert sorted(QUESTIONS.keys() - used) == []


def test_named_conditions_of_forms_exist() -> None:
    """Whether a form is for a system can be decided."""
    for profile in PROFILES.values():
        if profile.applies_if:
            assert unknown(expanded(profile.applies_if, NAMES)) == []


def mark(question: str) -> str:
    """A word that stands in the answer to this question and nowhere else."""
    return f"mark-{question}-end"


def answered(question: Question) -> SummaryAnswer:
    """The question's answer in its own mark; a group has one row, with every field."""
    words = {language: (mark(question.id),) for language in ("de", "en")}
    rows = {language: ((("a", (mark(question.id),)),),) for language in words}
    return SummaryAnswer(
        question=question.id,
        type=question.type,
        title=question.title,
        words=words,
        rows=rows,
        value=mark(question.id),
        stated=True,
        public=question.public,
        public_words=words,
        public_rows=rows,
        internal=(),
    )


ALL_ANSWERED = Stated(
    questions=QUESTIONS,
    answers={name: answered(question) for name, question in QUESTIONS.items()},
    counting={},
    names=NAMES,
    facts={language: {name: f"fact-{name}" for name in Derived} for language in ("de", "en")},
    phase=Phase.OPERATION,
)


def exported(profile: Profile) -> str:
    """The form as a file, filled with a mark per answer."""
    made: FilledProfile = filling.filled(profile, ALL_ANSWERED, "de")
    data = profile_files.as_json(made, {})
    assert json.loads(data)["fields"].keys() == {one.key or one.id for one in profile.fields}
    return data.decode() + profile_files.as_csv(made).decode()


def test_every_public_answer_of_a_crosswalk_field_reaches_an_export() -> None:
    """No answer gets lost between question and file."""
    everything = "".join(exported(one) for one in PROFILES.values())
    public = [question for question in QUESTIONS.values() if question.public]
    lost = [one.id for one in public if everything.count(mark(one.id)) < 2]  # JSON and CSV
    assert len(public) > 200
    assert lost == []


@pytest.mark.parametrize("name", [one.id for one in PROFILES.values() if one.audience == "public"])
def test_no_internal_answer_reaches_a_public_form(name: str) -> None:
    """Internal stays internal, in every file that is for everybody."""
    text = exported(PROFILES[name])
    assert [one.id for one in QUESTIONS.values() if not one.public and mark(one.id) in text] == []


@pytest.mark.parametrize("name", PROFILES)
def test_what_is_derived_reaches_the_export(name: str) -> None:
    """Every derived thing that a form names stands in its file."""
    text = exported(PROFILES[name])
    named = {fact for field in PROFILES[name].fields for fact in field.derived}
    assert [fact for fact in named - {Derived.VERSION} if f"fact-{fact}" not in text] == []
    if Derived.VERSION in named:
        assert f'": "{PROFILES[name].version}"' in text


def test_a_missing_field_is_noticed() -> None:
    """Twin: a form without a field, with an unknown question, part, condition and source."""
    title = {"de": "A", "en": "A"}
    wrong = Profile.model_validate(
        {
            "id": "wrong",
            "title": title,
            "note": title,
            "source": "nowhere",
            "audience": "public",
            "fields": [
                {"id": "a", "title": title, "answers": ["no.where", "train.models/colour"]},
                {"id": "b", "title": title, "absent": title},
                {"id": "c", "title": title, "cases": [{"text": "x", "if": {"is": "nobody"}}]},
            ],
        }
    )
    assert list(problems(wrong, ["a", "d"])) == [
        "d is missing",
        "a: no.where is unknown",
        "a: train.models/colour is unknown",
        "b: nothing fills it",
        "c: nobody is unknown",
        "source nowhere is unknown",
    ]
    assert without(wrong, {"a": {"ready.until"}}) == ["a: ready.until"]


def test_the_marks_are_those_of_real_answers() -> None:
    """Twin: an unanswered questionnaire has no mark in any file."""
    empty = Stated(
        questions=QUESTIONS,
        answers={
            one.question: one
            for questionnaire in LIBRARY.newest()
            for section in summary.of(questionnaire, {})
            for one in section.answers
        },
        counting={},
        names=NAMES,
        facts={"de": {}, "en": {}},
        phase=Phase.CONCEPTION,
    )
    for profile in PROFILES.values():
        made = filling.filled(profile, empty, "de")
        own = [one for one in made.fields if Derived.VERSION in one.field.derived]
        stated = [one for one in made.fields if one.text and not one.field.cases]
        assert stated == own
