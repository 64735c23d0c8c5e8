"""Whatever the quick scan says: each point of the law has a judgement, so a reason, person, day."""

from collections.abc import Iterable, Iterator
from itertools import product

from tests.examples.conceived import CONCEPTION, JUDGED, ROAD, Choices, sheet
from workbench.questionnaire import path

AREAS = [option.id for option in CONCEPTION.question("scan.areas").options][:-2]
# The judgements that can give the reason; class.ruled_out is the common one and says so.
REASONS = {
    "Article 5": {"class.prohibited"},
    "Annex I": {"class.product", "class.no_area", "class.ruled_out"},
    "Annex III": {f"class.{area}" for area in AREAS} | {"class.no_area", "class.ruled_out"},
    "Article 50": {"class.talks", "class.generates", "class.reads_people", "class.ruled_out"},
    "Section 35a": {"class.administrative_act", "class.ruled_out"},
    "Article 22": {"class.fully_automated", "class.ruled_out"},
}
NOT_AI = {"Section 35a", "Article 22"}
CHOSEN = product(
    ([area] for area in [*AREAS, "product", "none"]),
    (["none"], ["talks"], ["generates"], ["emotion"]),
    ("inside", "suggests", "decides_alone"),
    (["nobody"], ["residents"], ["public_space"]),
    (["none"], ["social_scoring"]),
)
SCANS: list[Choices] = [
    {
        "scan.areas": list(areas),
        "scan.contact": list(contact),
        "scan.influence": influence,
        "scan.people": list(people),
        "scan.prohibited": list(practices),
    }
    for areas, contact, influence, people, practices in CHOSEN
]


def without_reason(asked: Iterable[str], points: Iterable[str]) -> Iterator[str]:
    """The points for which none of the judgements that are asked can give the reason."""
    judged = set(asked) & JUDGED
    yield from (point for point in points if not judged & REASONS[point])


def asked(choices: Choices) -> tuple[str, ...]:
    """What conception asks then."""
    return path.visible(CONCEPTION, sheet(ROAD | choices))


def test_every_point_has_its_reason() -> None:
    """All areas, contacts, kinds of decision and suspicions, each with each."""
    assert len(SCANS) == 12 * 4 * 3 * 3 * 2
    assert [one for one in SCANS if list(without_reason(asked(one), REASONS))] == []


def test_fixed_rules_need_reasons_where_the_law_reaches_them() -> None:
    """What is no AI says why once; decisions without people are judged all the same."""
    rules: Choices = {"scan.technique": "rules", "class.ai_system": "no"}
    for scan in SCANS:
        shown = asked(scan | rules)
        assert "class.ai_system" in shown
        assert list(without_reason(shown, NOT_AI)) == []


def test_a_point_without_reason_is_found() -> None:
    """Twin: without the common judgement three points of a harmless system would have none."""
    shown = [one for one in asked({}) if one != "class.ruled_out"]
    assert list(without_reason(shown, REASONS)) == ["Article 50", "Section 35a", "Article 22"]
