"""The chart of single people: each is there, apart from its neighbours, and told in words."""

from collections.abc import Callable
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from tests.examples import audit_parts
from workbench.audit.charts import swarm
from workbench.audit.parts_explanation import Explanation, Swarm
from workbench.audit.plan import AuditPlan

Planner = Callable[..., AuditPlan]


def told(*swarms: Swarm) -> Explanation:
    return audit_parts.explanation().model_copy(update={"swarms": swarms})


@pytest.fixture
def plan(plan_for: Planner) -> AuditPlan:
    return plan_for(names={"hours": {"de": "Stunden", "en": "working hours"}})


def test_it_works(plan: AuditPlan) -> None:
    """A picture in both languages, the same bytes each time, without a script or a date."""
    first, again = (swarm.draw(plan, audit_parts.explanation()) for _ in range(2))

    assert set(first) == {"swarm"}
    assert first == again
    for drawn in first["swarm"].pictures.values():
        assert ET.fromstring(drawn).tag.endswith("svg")
        assert "<script" not in drawn
        assert "<dc:date>" not in drawn


def test_words_say_in_which_direction(plan: AuditPlan) -> None:
    """High values of hours move the score up, low ones down; a text has only its range."""
    words = swarm.draw(plan, audit_parts.explanation())["swarm"].words.text

    assert words["en"] == (
        "working hours: high values move the score by +0.750 on average, low values by −0.900; "
        "income: moves the score of individual people by −0.100 to +0.200. "
        "The numbers stand in the table of how the effects spread."
    )
    assert words["de"].startswith("Stunden: hohe Werte bewegen den Punktwert")


def test_the_opposite_direction_is_told_too(plan: AuditPlan) -> None:
    """The twin: with the signs turned, the words turn."""
    turned = Swarm(feature="hours", effects=(0.9, -0.75), places=(0.0, 1.0))

    words = swarm.draw(plan, told(turned))["swarm"].words.text["en"]

    assert "high values move the score by −0.750 on average, low values by +0.900" in words


def test_nobody_is_drawn_without_swarms(plan: AuditPlan) -> None:
    assert swarm.draw(plan, told()) == {}


def marks(picture: str) -> int:
    """How many points the picture has."""
    root: Any = ET.fromstring(picture)
    name = "{http://www.w3.org/2000/svg}"
    groups = [one for one in root.iter(f"{name}g") if one.get("id", "").startswith("PathCollec")]
    return sum(
        len(list(group.iter(f"{name}use")))
        or len([path for path in group.iter(f"{name}path") if path.get("style")])
        for group in groups
    )


@pytest.mark.parametrize("people", [1, 7, 300])
def test_each_person_is_a_point(plan: AuditPlan, people: int) -> None:
    """Few or many, with a value or without, even where all effects are the same."""
    places = tuple(None if one % 3 == 0 else one / people for one in range(people))
    spread = Swarm(feature="a", effects=tuple(np.sin(range(people)).tolist()), places=places)
    same = Swarm(feature="b", effects=(0.0,) * people, places=places)

    drawn = swarm.draw(plan, told(spread, same))["swarm"].pictures["en"]

    assert marks(drawn) == 2 * people
    assert marks(swarm.draw(plan, told(same))["swarm"].pictures["en"]) == people


def test_points_of_a_slot_stand_on_each_other() -> None:
    """From the middle outwards, each its own height; alone, a point stands in the middle."""
    found = swarm.aside(np.array([0.01, 0.02, 0.03, 0.04, 5.0]), 0.1)

    assert found.tolist() == pytest.approx([0.0, -swarm.STEP, swarm.STEP, -2 * swarm.STEP, 0.0])
    assert all(one != other for one, other in combinations(found[:4], 2))


def test_a_crowd_stays_in_its_row() -> None:
    """So many that they would reach into the next name are pressed together, none onto another."""
    found = swarm.aside(np.zeros(300), 0.1)

    assert np.abs(found).max() == pytest.approx(swarm.ROOM)
    assert len(set(found.tolist())) == 300


def test_everybody_is_in_one_part() -> None:
    """Low, middle and high at their ends, and those without a place."""
    found = swarm.parts(np.array([0.0, 1 / 3, 0.5, 2 / 3, 1.0, np.nan]))

    assert {part: np.flatnonzero(people).tolist() for part, people in found.items()} == {
        "low": [0],
        "middle": [1, 2, 3],
        "high": [4],
        "": [5],
    }


def test_shapes_tell_what_shades_tell() -> None:
    """No part of the values is told apart by its colour alone."""
    assert len(set(swarm.SHAPES.values())) == len(swarm.SHAPES) == len(swarm.COLOURS)
