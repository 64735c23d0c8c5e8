"""What all answers of a system say together: profile, duties, responsibilities, balance."""

from dataclasses import dataclass
from datetime import date

from workbench.basics import clock
from workbench.basics.errors import NotFound
from workbench.governance import ending, obligations, responsibility, roles, sustainability
from workbench.governance.obligations import Obligations
from workbench.governance.responsibility import Chain
from workbench.governance.roles import Actor
from workbench.governance.sustainability import Balance
from workbench.questionnaire import path, scoring
from workbench.questionnaire.conditions import holds
from workbench.questionnaire.dated import Calendar
from workbench.questionnaire.library import Named
from workbench.questionnaire.scoring import Profile
from workbench.storage import access, assessments, judging, people, sheets
from workbench.storage.assessments import Phase
from workbench.storage.judging import Node
from workbench.storage.systems import System
from workbench.storage.workspace import Workspace


@dataclass(frozen=True)
class ProfileView:
    """Everything computed from the answers, on a day; ``places``: question id → its place.

    ``classification``: the named conditions that hold for the system; ``nodes``: the judgements it
    rests on, given by people with these ``names`` (id → name). ``calendar`` is the one the
    assessment was made under (None: none yet), ``newest`` the newest there is; ``duties`` are by
    ``calendar``. ``ended_on``: when the use ended, None while it goes on.
    """

    system: System
    phases: list[Phase]
    day: date
    ended_on: date | None
    classification: tuple[Named, ...]
    nodes: tuple[Node, ...]
    names: dict[str, str]
    profile: Profile
    duties: Obligations | None
    chains: tuple[Chain, ...]
    balance: Balance
    calendar: Calendar | None
    newest: Calendar | None
    places: dict[str, tuple[str, str]]


def view(workspace: Workspace, actor: Actor, system_id: str) -> ProfileView:
    """The profile over all phases; for the board over those that were submitted."""
    library = workspace.library
    with workspace.database.reading() as session:
        system = access.system(session, actor, system_id, "assessment.profile")
        assessment = assessments.of_system(session, system.id)
        everything = sheets.of_assessment(session, library, assessment.id) if assessment else []
        if actor.role == roles.BOARD:
            everything = [one for one in everything if one.phase.submitted_at]
        conditions = library.conditions_for(one.questionnaire for one in everything).values()
        nodes = judging.of(conditions, everything)
        names = people.names(session, judging.people(nodes))
    if assessment is None or not everything:
        raise NotFound(access.NOT_FOUND)
    asked = [one.questionnaire for one in everything]
    answers = {key: value for one in everything for key, value in one.sheet.items()}
    counting = path.counting_in_all(asked, answers)
    day = clock.today()
    ended_on = ending.ended_on(asked, counting, day)
    calendar = library.calendars.get(assessment.calendar)
    return ProfileView(
        system=system,
        phases=[one.phase for one in everything],
        day=day,
        ended_on=ended_on,
        classification=tuple(one for one in conditions if holds(one.holds_if, counting)),
        nodes=nodes,
        names=names,
        profile=scoring.of(asked, answers),
        duties=obligations.of(calendar, counting, day, in_use=not ended_on) if calendar else None,
        chains=responsibility.of(asked, counting, day),
        balance=sustainability.of(asked, counting, library.factors, day),
        calendar=calendar,
        newest=library.newest_calendar() if library.calendars else None,
        places={
            question.id: (one.phase.id, section.id)
            for one in everything
            for section in one.questionnaire.sections
            for question in section.questions
        },
    )
