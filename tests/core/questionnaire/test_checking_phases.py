"""Every rule over phases and for what questionnaires share, each with a file that breaks it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.questionnaire.conftest import require_problem
from workbench.basics.errors import NotFound
from workbench.questionnaire import checking, loading

Write = Callable[..., Path]
Q = "build/2026.1/questionnaire.yaml"
OLD = "roads/2026.1/questionnaire.yaml"
EN = "build/2026.1/text.en.yaml"
CONDITIONS = "lists/2026.1/conditions.yaml"
INDICATORS = "lists/2026.1/indicators.yaml"
FACTORS = "factors.yaml"
DUTIES = "duties/2026.1.yaml"
ROAD = "holds_if: {equals: [start.open, road]}"

BROKEN = {
    "unknown name": (Q, "{is: on_road}", "{is: on_sea}", 9, "ask_if", "not on_sea"),
    "name after its use": (CONDITIONS, ROAD, "holds_if: {is: long_road}", 4, "holds_if", "before"),
    "name of itself": (CONDITIONS, ROAD, "holds_if: {is: on_road}", 4, "holds_if", "before"),
    "name twice": (CONDITIONS, "id: long_road", "id: on_road", 5, "id", "taken"),
    "name over an unknown question": (
        CONDITIONS,
        ROAD,
        "holds_if: {answered: start.none}",
        4,
        "holds_if",
        "known question",
    ),
    "name over an unknown option": (CONDITIONS, "road]", "sea]", 4, "holds_if", "not 'sea'"),
    "name that nothing fulfils": (
        CONDITIONS,
        "{equals: [start.length, 5]}",
        "{equals: [start.open, path]}",
        7,
        "holds_if",
        "some answers fulfil",
    ),
    "question of a later phase": (
        OLD,
        "{equals: [start.open, road]}",
        "{answered: plan.uses}",
        16,
        "ask_if",
        "known question",
    ),
    "id of another questionnaire": (
        Q,
        "id: plan.uses",
        "id: start.length",
        14,
        "id",
        "taken by build",
    ),
    "section against its question": (
        Q,
        "ask_if: {is: long_road}",
        "ask_if: {equals: [start.open, path]}",
        23,
        "ask_if",
        "some answers fulfil",
    ),
    "gate that nothing fulfils": (
        Q,
        "need: {answered: plan.verdict}",
        "need: {all: [{answered: plan.verdict}, {equals: [start.open, path]}]}",
        6,
        "need",
        "some answers fulfil",
    ),
    "earlier is unknown": (Q, "[start.length]", "[start.none]", 14, "earlier/0", "known question"),
    "earlier is later": (Q, "[start.length]", "[plan.uses]", 14, "earlier/0", "earlier"),
    "gate with two": (Q, "responsibilities}", "audit, need: {is: on_road}}", 5, "0", "exactly one"),
    "gate without": (Q, "need: {answered: plan.verdict}, ", "", 6, "gate/1", "exactly one"),
    "gate twice": (Q, "id: done", "id: named", 6, "id", "taken"),
    "gate to nowhere": (Q, "link: plan.verdict", "link: plan.none", 6, "link", "known question"),
    "gate without a chain": (Q, "        feeds: responsibility\n", "", 5, "check", "feeds"),
    "gate without words": (EN, "  done: {", "  dome: {", 2, "gates/done", "missing"),
    "no reason for a section": (EN, ", because_not: No road.", "", 6, "because_not", "ask_if"),
    "reason without condition": (Q, "    ask_if: {is: on_road}\n", "", 6, "because", "without"),
    "nothing follows": (EN, "    knock_out: Stop.\n", "", 8, "knock_out", "has knock_out"),
    "follows from nothing": (Q, "        knock_out: [bad]\n", "", 12, "knock_out", "without"),
    "unknown indicator": (
        Q,
        "reach, alternative: road, points",
        "rich, points",
        15,
        "indicator",
        "indicators.yaml",
    ),
    "alternatives of two indicators": (
        Q,
        "reach, alternative: road, steps",
        "depth, alternative: road, steps",
        24,
        "indicator",
        "the indicator reach",
    ),
    "points for an unknown option": (Q, "bad: 3", "worse: 3", 15, "points/worse", "good, bad"),
    "steps for a choice": (
        Q,
        "points: {good: 1, bad: 3}",
        "steps: [[1, 1]]",
        15,
        "score",
        "points",
    ),
    "points for a number": (
        Q,
        "steps: [[10, 1], [100, 2]]",
        "points: {ten: 1}",
        24,
        "score",
        "steps",
    ),
    "steps downwards": (Q, "[10, 1], [100, 2]", "[100, 1], [10, 2]", 24, "steps", "ascending"),
    "points of a group": (
        Q,
        "        feeds: responsibility\n",
        "        score: {indicator: reach, points: {x: 1}}\n",
        32,
        "score",
        "no score",
    ),
    "knock out by nothing": (Q, "[bad]", "[worse]", 16, "knock_out/0", "not 'worse'"),
    "feed of another type": (Q, "uses_per_year", "energy_basis", 22, "type", "choice_one"),
    "feed twice": (
        Q,
        "        knock_out: [bad]\n",
        "        feeds: uses_per_year\n",
        25,
        "feeds",
        "taken",
    ),
    "feed without a field": (Q, "- {id: office, ", "- {id: bureau, ", 33, "fields", "office"),
    "field of another type": (
        Q,
        "{id: since, type: date}",
        "{id: since, type: number}",
        37,
        "type",
        "type date",
    ),
    "person who is public": (Q, ", public: false", "", 36, "public", "public: false"),
    "other tasks": (Q, "[content, technology,", "[technology,", 34, "options", "content"),
    "wanted of no chain": (
        Q,
        "feeds: uses_per_year\n",
        "feeds: uses_per_year\n        wanted: [{task: vendor}]\n",
        26,
        "wanted",
        "only with feeds",
    ),
    "wanted is no task": (Q, "{task: operator}", "{task: owner}", 39, "1/task", "operator, each"),
    "wanted twice": (Q, "{task: operator}", "{task: vendor}", 39, "1/task", "each once"),
    "wanted for an unknown name": (
        Q,
        "when: {is: long_road}",
        "when: {is: on_sea}",
        39,
        "0/when",
        "not on_sea",
    ),
    "wanted for an unknown question": (
        Q,
        "when: {is: long_road}",
        "when: {answered: x.y}",
        39,
        "0/when",
        "known question",
    ),
    "wanted although nothing is known": (
        Q,
        "when: {is: long_road}",
        "when: {not: {is: long_road}}",
        39,
        "0/when",
        "without any answer",
    ),
    "wanted where nothing fulfils it": (
        Q,
        "when: {is: long_road}",
        "when: {equals: [start.open, path]}",
        39,
        "0/when",
        "some answers fulfil",
    ),
    "judgement in a group": (
        Q,
        "office, type: short_text",
        "office, type: judgement",
        35,
        "type",
        "any type but",
    ),
    "quick scan at the end": (
        OLD,
        "sections:\n",
        (
            "sections:\n  - {id: a, questions: [{id: a.b, type: date, capacity: [it], minutes: 1,"
            " source: road-act, value: equality}]}\n  - id: scan\n    quick_scan: true\n"
            "    questions: [{id: c.d, type: date, capacity: [it], minutes: 1, source: road-act,"
            " value: equality}]\n"
        ),
        7,
        "quick_scan",
        "before all",
    ),
    "indicator with an unknown source": (
        INDICATORS,
        "source: road",
        "source: sea",
        6,
        "source",
        "sources/",
    ),
    "indicator of no dimension": (INDICATORS, "impact", "fun", 3, "dimension", "'safeguards'"),
    "factor the product does not know": (FACTORS, "id: grid_co2", "id: grid", 2, "id", "grid_co2"),
    "factor in another unit": (FACTORS, "g/kWh", "kg/kWh", 6, "unit", "g/kWh"),
    "factor outside its range": (FACTORS, "value: 400", "value: 600", 3, "value", "low to high"),
    "calendar named otherwise": (DUTIES, '"2026.1"', '"2026.2"', 1, "version", "2026.1"),
    "duty for an unknown name": (DUTIES, "on_road", "on_sea", 10, "when", "not on_sea"),
    "duty for an unknown question": (
        DUTIES,
        "{is: on_road}",
        "{answered: x.y}",
        10,
        "when",
        "known",
    ),
    "duty that nothing calls for": (
        DUTIES,
        "{is: on_road}",
        "{all: [{is: on_road}, {not: {is: on_road}}]}",
        10,
        "when",
        "some answers fulfil",
    ),
    "duty with an unknown source": (DUTIES, "source: road", "source: sea", 8, "source", "sources/"),
    "duty ends before it begins": (
        DUTIES,
        "    when:",
        "    applies_to: 2026-11-30\n    when:",
        10,
        "applies_to",
        "after its first",
    ),
    "duty in no phase": (DUTIES, "phase: design", "phase: idea", 11, "phase", "'design'"),
}


def test_a_whole_folder_has_no_problem(write: Write) -> None:
    """The example the broken ones are made from is fine."""
    assert [str(one) for one in checking.problems(write(phases=True))] == []


@pytest.mark.parametrize("name", BROKEN)
def test_broken(write: Write, name: str) -> None:
    """The mistake is named with its file, its line, its key and what was expected; load refuses."""
    file, old, new, line, key, expected = BROKEN[name]
    # What a text lacks stands in the file of the texts, whatever file was changed.
    require_problem(write(file, old, new, phases=True), (None, line, key, expected))


def test_everything_reaches_the_library(write: Write) -> None:
    """Names are replaced, texts joined, calendars and factors found."""
    library = loading.load(write(phases=True))

    build = library.current("design")
    section = build.section("plan")
    verdict = build.question("plan.verdict")
    assert section.ask_if == library.lists["2026.1"].conditions["on_road"].holds_if
    assert section.because_not is not None
    assert section.because_not.in_language("en") == "No road."
    assert verdict.score is not None
    assert verdict.score.indicator == library.lists["2026.1"].indicators["reach"]
    assert verdict.knock_out_means is not None
    chain, conditions = build.question("plan.chain"), library.lists["2026.1"].conditions
    assert not chain.fields[2].public
    assert [(one.task, one.when) for one in chain.wanted] == [
        ("vendor", conditions["long_road"].holds_if),
        ("operator", None),
    ]
    assert [gate.id for gate in build.gate] == ["named", "done"]
    assert library.newest_calendar() == library.calendar("2026.1")
    (duty,) = library.newest_calendar().duties
    assert duty.when == library.lists["2026.1"].conditions["on_road"].holds_if
    assert duty.source == library.source("road-act")
    assert [factor.value for factor in library.factors] == [400]


def test_before_are_the_newest_of_the_earlier_phases(write: Write) -> None:
    """The first phase has nothing before it; later ones have what is there."""
    library = loading.load(write(phases=True))

    assert library.before("conception") == ()
    assert [one.id for one in library.before("operation")] == ["roads", "build"]
    assert [one.id for one in library.newest()] == ["roads", "build"]


def test_no_calendar_is_not_found(write: Write) -> None:
    """A folder without duties has none to hand out."""
    library = loading.load(write())

    with pytest.raises(NotFound):
        library.newest_calendar()
    with pytest.raises(NotFound):
        library.calendar("2026.1")
