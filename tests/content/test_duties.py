"""Role × class × date → duties of the AI Act, by hand from the law, with the real calendar.

Each row stands beside its twin: the same system in another role, class or time owes something else.
"""

from datetime import date

import pytest

from tests.examples.conceived import HOUSING, LIBRARY, ROAD, Choices, sheet
from workbench.governance import obligations
from workbench.questionnaire import path
from workbench.questionnaire.definition import FeedName

CALENDAR = LIBRARY.calendars["2026.1"]
LAST_FREE, BEGIN = date(2027, 12, 1), date(2027, 12, 2)
PRODUCTS, OLDER = date(2028, 8, 2), date(2030, 8, 2)

# Article 26 and Article 49(3): deployers of high-risk systems of Annex III.
DEPLOYER = {
    "use_as_instructed",
    "oversight",
    "input_data",
    "tell_employees",
    "register",
    "no_unregistered_system",
    "watch_and_report",
    "keep_logs",
    "cooperate",
}
FRIA = {"fria", "fria_report"}  # Article 27, not for point 2 of Annex III
TOLD = {"tell_people_affected"}  # Article 26(11)
EXPLAINED = {"explanation"}  # Article 86, not for point 2 of Annex III
PROVIDER = {"provider_duties", "register_system"}
PRODUCT = {"deployer_of_product"}
MAKER = {"provider_duties_product"}
WAITING = {"already_in_service"}
# Storing is processing; people and authorities may ask about decisions that were made before.
AFTER_END = {"keep_logs", "cooperate", "explanation", "complaint_ai", "processing_record"}
HIGH_RISK = DEPLOYER | FRIA | TOLD | EXPLAINED | PROVIDER | PRODUCT | MAKER | WAITING

NO_RULE: Choices = {"class.administrative_act": "no", "class.fully_automated": "no"}
CLASSES: dict[str, Choices] = {
    "harmless": ROAD,
    "benefits": HOUSING,
    "traffic": ROAD
    | NO_RULE
    | {
        "scan.areas": ["infrastructure"],
        "scan.people": ["residents"],
        "class.infrastructure": "safety",
        "class.profiling": "no",
        "class.exception": "none",
    },
    "lift": ROAD | {"scan.areas": ["product"], "class.product": "yes"},
    "rules": HOUSING | {"scan.technique": "rules", "class.ai_system": "no"},
}
OWED = {
    ("harmless", "deployer"): set(),
    ("harmless", "provider"): set(),
    ("benefits", "deployer"): DEPLOYER | FRIA | TOLD | EXPLAINED,
    ("benefits", "provider"): PROVIDER,
    ("benefits", "both"): DEPLOYER | FRIA | TOLD | EXPLAINED | PROVIDER,
    ("traffic", "deployer"): DEPLOYER | TOLD,
    ("traffic", "provider"): PROVIDER,
    ("traffic", "both"): DEPLOYER | TOLD | PROVIDER,
    ("lift", "deployer"): PRODUCT,
    ("lift", "provider"): MAKER,
    ("lift", "both"): PRODUCT | MAKER,
    ("rules", "deployer"): set(),
    ("rules", "both"): set(),
}


def in_role(kind: str, role: str, **later: bool | str) -> Choices:
    """The system in that role, and what later phases say of it."""
    given = {name.replace("__", "."): answer for name, answer in later.items()}
    return CLASSES[kind] | {"scan.role": role, "class.role": role} | given


def duties(choices: Choices, day: date) -> tuple[set[str], set[str]]:
    """The duties of high-risk systems that apply on the day, and those that will."""
    answers = sheet(choices)
    if "change.substantial" in choices:
        answers |= {"change.since": ["version"]}
    counting = path.counting_in_all(LIBRARY.newest(), answers)
    found = obligations.of(CALENDAR, counting, day)
    return (
        {duty.id for duty in found.now} & HIGH_RISK,
        {duty.id for duty in found.later} & HIGH_RISK,
    )


@pytest.mark.parametrize(("kind", "role"), OWED)
def test_duties_follow_from_role_and_class(kind: str, role: str) -> None:
    """All are ahead on the last free day, and due when the law has begun."""
    due = PRODUCTS if kind == "lift" else BEGIN

    assert duties(in_role(kind, role), LAST_FREE) == (set(), OWED[kind, role])
    assert duties(in_role(kind, role), due) == (OWED[kind, role], set())


@pytest.mark.parametrize(("kind", "role"), [key for key, owed in OWED.items() if owed])
def test_a_system_in_service_before_has_until_2030(kind: str, role: str) -> None:
    """Article 111(2): one duty, later; with the day none is left out."""
    before = in_role(kind, role, ready__in_service_before=True)

    assert duties(before, PRODUCTS) == (set(), WAITING)
    assert duties(before, OLDER) == (WAITING, set())


@pytest.mark.parametrize(
    ("later", "owed"),
    [
        ({"ready__in_service_before": False}, DEPLOYER | TOLD),
        ({"ready__in_service_before": True, "change__substantial": "no"}, WAITING),
        ({"ready__in_service_before": True, "change__substantial": "yes"}, DEPLOYER | TOLD),
        ({"ready__in_service_before": True, "change__substantial": "unclear"}, DEPLOYER | TOLD),
    ],
)
def test_a_significant_change_ends_the_delay(later: dict[str, bool | str], owed: set[str]) -> None:
    """Twins: started later, or changed in its design, the system owes all at once."""
    now, ahead = duties(in_role("traffic", "deployer", **later), BEGIN)

    assert now | ahead == owed


def test_what_goes_on_after_the_end() -> None:
    """Of a system that ended: logs are kept, authorities and people still get answers."""
    answers = sheet(in_role("benefits", "both"))
    counting = path.counting_in_all(LIBRARY.newest(), answers)
    used = {duty.id for duty in obligations.of(CALENDAR, counting, OLDER).now}
    ended = {duty.id for duty in obligations.of(CALENDAR, counting, OLDER, in_use=False).now}

    assert ended == AFTER_END
    assert used > ended


def test_the_end_is_asked_once_and_published() -> None:
    """Operation asks for the day on which the use ended, for everybody to read."""
    (asked,) = (
        question
        for one in LIBRARY.newest()
        for question in one.questions()
        if question.feeds is FeedName.ENDED_ON
    )

    assert (asked.id, asked.public) == ("exit.ended_on", True)


def test_an_open_role_is_the_one_of_the_quick_scan() -> None:
    """“Unclear” frees nobody: until the role is settled, what was guessed counts."""
    for role in ("deployer", "provider"):
        unclear = in_role("benefits", role) | {"class.role": "unclear"}
        assert duties(unclear, BEGIN)[0] == OWED["benefits", role]


def test_every_duty_for_high_risk_is_in_the_table() -> None:
    """A new duty that hangs on the class needs its row here."""
    everything = in_role("benefits", "both")
    never = in_role("harmless", "deployer")
    owed = {
        kind: obligations.of(CALENDAR, sheet(given), OLDER).now
        for kind, given in {"all": everything, "none": never}.items()
    }
    differing = {duty.id for duty in owed["all"]} - {duty.id for duty in owed["none"]}
    ai_act = {duty.id for duty in CALENDAR.duties if duty.source.id.startswith("ai-act")}

    assert differing & ai_act == OWED["benefits", "both"]
