"""In which phase the questionnaires want a vendor and an operator, and of which systems."""

from datetime import date

import pytest
from pydantic import JsonValue

from tests.examples import quickly
from workbench.basics.phases import Phase
from workbench.demo import example
from workbench.governance import responsibility

LIBRARY = quickly.library()
DAY = date(2026, 11, 23)
USED = {Phase.FIRST_USE, Phase.OPERATION}
# Somebody else builds it and supplies it; the twin is the town's own work.
SUPPLIED = {
    "bought": True,
    "bought_changed": True,
    "commissioned": True,
    "built": False,
    "open_source": False,
}


def gaps(answers: dict[str, JsonValue]) -> dict[Phase, set[str]]:
    """What of vendor and operator nobody has, by phase."""
    return {
        chain.phase: {task for task, _ in chain.gaps} & {"vendor", "operator"}
        for chain in responsibility.of(LIBRARY.newest(), answers, DAY)
    }


def test_every_origin_is_looked_at() -> None:
    """A new option has to be sorted here."""
    origin = LIBRARY.current(Phase.CONCEPTION).question("scan.origin")
    assert {option.id for option in origin.options} == SUPPLIED.keys()


@pytest.mark.parametrize("origin", SUPPLIED)
def test_a_vendor_is_wanted_of_what_somebody_supplies(origin: str) -> None:
    """In every phase; of the town's own work in none."""
    found = gaps({"scan.origin": origin})
    assert found.keys() == set(Phase)
    assert {"vendor" in tasks for tasks in found.values()} == {SUPPLIED[origin]}


def test_an_operator_is_wanted_from_first_use_on() -> None:
    """Of every system, and not before; without an answer about its origin nothing else is."""
    assert gaps({}) == {phase: {"operator"} if phase in USED else set() for phase in Phase}


def test_who_is_named_leaves_no_gap() -> None:
    """The twin: a bought system with both, in every phase."""
    rows: JsonValue = [{"task": task, "office": "Firma"} for task in ("vendor", "operator")]
    chains = responsibility.of(LIBRARY.newest(), {}, DAY)
    answers = {chain.question: rows for chain in chains}
    assert not any(gaps({"scan.origin": "bought", **answers}).values())


def test_the_examples_show_their_gaps() -> None:
    """Two offices want to buy and have chosen no vendor yet; all else is named in every phase."""
    found = [
        (step.answers["scan.origin"], chain.phase, task)
        for one in example.every().values()
        for step in [one.phases[Phase.CONCEPTION]]
        for chain in responsibility.of(
            [LIBRARY.current(phase) for phase in one.phases],
            {key: value for told in one.phases.values() for key, value in told.answers.items()},
            DAY,
        )
        for task, _ in chain.gaps
    ]
    assert sorted(found) == [
        ("bought", Phase.CONCEPTION, "vendor"),
        ("bought_changed", Phase.CONCEPTION, "vendor"),
    ]
