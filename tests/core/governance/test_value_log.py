"""Decisions across phases: who took part, what became of each value, what was replaced."""

from typing import Any

from workbench.governance import value_log
from workbench.governance.decisions import ValueDecision
from workbench.governance.value_log import Logged


def logged(name: str, phase: str, **body: Any) -> Logged:
    """A decision with just these parts."""
    return Logged(name, phase, ValueDecision(**body))


FIRST = logged(
    "one", "conception", values=("equality", "democracy"), yielding="equality",
    capacities=("it", "law"), decided_by="law",
)  # fmt: skip
SECOND = logged(
    "two", "design", values=("equality",), capacities=("it",), decided_by="vendor", supersedes="one"
)


def test_the_matrix_says_who_took_part() -> None:
    """The deciding capacity stands out; others took part or did not."""
    row, _ = value_log.matrix([FIRST, SECOND])
    assert (row.parts["law"], row.parts["it"], row.parts["equality"]) == (
        "decided",
        "took part",
        "",
    )


def test_the_technical_side_alone_is_flagged() -> None:
    """IT and vendor together are still the technical side; law beside them is not."""
    assert [row.flagged for row in value_log.matrix([FIRST, SECOND])] == [False, True]


def test_who_never_took_part_is_named() -> None:
    """Everybody but those who took part somewhere; nobody is named before a first decision."""
    absent = value_log.never_asked([FIRST, SECOND])
    assert "staff_council" in absent
    assert not {"it", "law", "vendor"} & set(absent)
    assert value_log.never_asked([]) == ()


def test_a_value_is_followed_through_the_phases() -> None:
    """Equality gave way in the conception and held in the design; democracy held."""
    found = value_log.by_value([FIRST, SECOND])
    assert [one.gave_way for one in found["equality"]["conception"]] == [True]
    assert [one.gave_way for one in found["equality"]["design"]] == [False]
    assert list(found["democracy"]) == ["conception"]


def test_what_was_replaced_leads_to_its_successor() -> None:
    """The second decision replaces the first."""
    assert value_log.replaced([FIRST, SECOND]) == {"one": SECOND}
    assert value_log.replaced([FIRST]) == {}
