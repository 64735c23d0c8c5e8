"""Impact and safeguards: separate, traced, never one number. All figures worked out by hand."""

from typing import Any

import pytest

from workbench.questionnaire import scoring
from workbench.questionnaire.definition import Dimension, Indicator, Questionnaire, Score

SOURCE = {
    "id": "x",
    "title": {"de": "x", "en": "x"},
    "version": "1",
    "link": "https://x.example",
    "checked_on": "2026-11-23",
}


def indicator(identifier: str, dimension: str) -> dict[str, Any]:
    """An indicator with its texts."""
    words = {"de": identifier, "en": identifier}
    return {
        "id": identifier,
        "dimension": dimension,
        "title": words,
        "help": words,
        "source": SOURCE,
    }


REACH, DEPTH = indicator("reach", "impact"), indicator("depth", "impact")
CARE = indicator("care", "safeguards")


@pytest.fixture
def scored(sample: Questionnaire) -> Questionnaire:
    """The sample with scores of every kind and an answer that knocks out."""
    updates: dict[str, dict[str, Any]] = {
        "first.open": {"score": {"indicator": REACH, "points": {"yes": 3, "no": 1}}},
        "first.kind": {"score": {"indicator": DEPTH, "points": {"road": 2, "path": 0}}},
        "first.length": {"score": {"indicator": DEPTH, "steps": [[10, 1], [100, 4]]}},
        "second.places": {"score": {"indicator": CARE, "points": {"road": 1, "path": 2}}},
        "second.verdict": {
            "score": {"indicator": REACH, "points": {"road": 5}},
            "knock_out": ["path"],
            "knock_out_means": {"de": "Halt.", "en": "Stop."},
        },
    }
    plain = sample.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for section in plain["sections"]:
        for question in section["questions"]:
            question.update(updates.get(question["id"], {}))
    return Questionnaire.model_validate(plain)


ROAD: dict[str, Any] = {
    "first.open": True,
    "first.kind": "road",
    "first.length": 99.5,
    "second.places": ["path", "road"],
}


def test_figures_by_hand(scored: Questionnaire) -> None:
    """3 of 3, 2 of 2, 1 of 4, and 5 nobody asks for make 6 of 14; safeguards 3 of 3, apart."""
    profile = scoring.of([scored], ROAD)

    assert (profile.impact.points, profile.impact.possible) == (6, 14)
    assert profile.impact.unasked == 5
    assert profile.impact.share == pytest.approx(6 / 14)
    assert profile.impact.band == "medium"
    assert (profile.safeguards.points, profile.safeguards.possible) == (3, 3)
    assert profile.safeguards.band == "very high"
    assert [
        (one.indicator.id, one.measure.points, one.measure.possible) for one in profile.indicators
    ] == [("reach", 3, 8), ("depth", 3, 6), ("care", 3, 3)]


def test_every_figure_has_its_trace(scored: Questionnaire) -> None:
    """Which answer, in words, gave how many points."""
    trace = scoring.of([scored], ROAD).impact.trace

    assert [(one.question, one.words["en"], one.points, one.possible) for one in trace] == [
        ("first.open", ("Yes",), 3, 3),
        ("first.kind", ("Road",), 2, 2),
        ("first.length", ("99.5 metres",), 1, 4),
        ("second.verdict", (), 0, 5),
    ]
    assert [one.asked for one in trace] == [True, True, True, False]


def test_how_complete_it_is_has_its_trace(scored: Questionnaire) -> None:
    """Of what is asked: four answered, and which are not; what is hidden is neither."""
    profile = scoring.of([scored], ROAD)

    assert profile.answered == 4
    assert [one.id for one in profile.unanswered] == [
        "first.name",
        "first.story",
        "second.day",
        "second.people",
        "second.page",
    ]
    assert profile.asked == 9


def test_of_alternatives_only_the_strongest_answer_counts(scored: Questionnaire) -> None:
    """3 of 3 and 2 of 2 are one thing asked twice: 3 of 3, beside 1 of 4 and 0 of 5."""
    plain = scored.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for question in plain["sections"][0]["questions"]:
        if question["id"] in {"first.open", "first.kind"}:
            question["score"]["alternative"] = "either"
    measure = scoring.of([Questionnaire.model_validate(plain)], ROAD).impact

    assert (measure.points, measure.possible) == (4, 12)
    assert [one.alternative for one in measure.trace] == ["either", "either", None, None]


def test_a_safeguard_nobody_asks_for_is_not_missing(scored: Questionnaire) -> None:
    """Other than impact, safeguards count only what is asked."""
    plain = scored.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for question in plain["sections"][0]["questions"]:
        if question["id"] == "first.kind":
            question["score"] = {"indicator": CARE, "points": {"road": 2}}
    measure = scoring.of([Questionnaire.model_validate(plain)], {"first.open": False}).safeguards

    assert [(one.question, one.possible) for one in measure.trace] == [("second.places", 3)]
    assert measure.unasked == 0


def test_the_worst_indicator_is_named(scored: Questionnaire) -> None:
    """Of impact the one with the largest share, of safeguards the one with the smallest."""
    profile = scoring.of([scored], ROAD)

    impact, safeguards = profile.worst(Dimension.IMPACT), profile.worst(Dimension.SAFEGUARDS)
    assert impact is not None
    assert impact.indicator.id == "depth"
    assert safeguards is not None
    assert safeguards.indicator.id == "care"


def test_nothing_answered_is_not_low(scored: Questionnaire) -> None:
    """Without an answer there is no share, no band and no worst indicator, only what can come."""
    profile = scoring.of([scored], {})

    assert profile.impact.share is None
    assert profile.impact.band is None
    assert profile.impact.highest == pytest.approx(3 / 14)
    assert profile.worst(Dimension.IMPACT) is None
    assert (profile.answered, profile.asked) == (0, 6)


def test_open_questions_can_still_raise_the_share(scored: Questionnaire) -> None:
    """1 of 14 now (no: 1 of 3, road and length: not asked, 6); the verdict may add 5."""
    measure = scoring.of([scored], {"first.open": False, "second.page": "https://a.example"}).impact

    assert (measure.points, measure.possible, measure.unasked) == (1, 14, 6)
    assert measure.highest == pytest.approx(6 / 14)


def test_hidden_answers_do_not_count(scored: Questionnaire) -> None:
    """A kept answer of a question that is not asked any more changes no figure."""
    hidden = scoring.of([scored], {**ROAD, "first.open": False})

    assert [one.question for one in hidden.impact.trace if one.asked] == ["first.open"]
    assert hidden == scoring.of([scored], {"first.open": False, "second.places": ["path", "road"]})


def test_an_answer_knocks_out(scored: Questionnaire) -> None:
    """The figures stay for information; the text says what follows. A hidden one does nothing."""
    verdict: dict[str, Any] = {"second.verdict": {"choice": "path", "reason": "Nein."}}
    (out,) = scoring.of([scored], {"second.page": "https://a.example", **verdict}).knock_outs

    assert out.question == "second.verdict"
    assert out.means.in_language("en") == "Stop."
    assert out.words["en"] == ("Path", "Reason: Nein.")
    assert scoring.of([scored], verdict).knock_outs == ()


def test_a_judgement_without_a_choice_is_not_scored(scored: Questionnaire) -> None:
    """A reason alone brings no points and is no statement."""
    answers: dict[str, Any] = {
        "second.page": "https://a.example",
        "second.verdict": {"reason": "Mal sehen."},
    }
    entry = scoring.of([scored], answers).impact.trace[-1]

    assert (entry.question, entry.points, entry.stated) == ("second.verdict", 0, False)


@pytest.mark.parametrize(
    ("number", "points"), [(None, 0), (9.99, 0), (10, 1), (99.9, 1), (100, 4), (1e9, 4)]
)
def test_steps(number: float | None, points: int) -> None:
    """A step counts from its number on; below the first there are no points."""
    score = Score(indicator=Indicator.model_validate(REACH), steps=((10, 1), (100, 4)))

    assert scoring.points(score, number) == points


@pytest.mark.parametrize(
    ("points", "band"), [(0, "low"), (24, "low"), (25, "medium"), (50, "high"), (75, "very high")]
)
def test_bands_begin_where_the_rule_says(points: int, band: str) -> None:
    """25, 50 and 75 of 100 points begin the next band."""
    entry = scoring.Entry(
        question="a.b",
        title=Indicator.model_validate(REACH).title,
        words={},
        points=points,
        possible=100,
        stated=True,
    )

    assert scoring.Measure((entry,)).band == band
