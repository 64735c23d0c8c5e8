"""Who is responsible in which phase, and where nobody is (any more)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from workbench.basics.phases import Phase
from workbench.questionnaire import feeds
from workbench.questionnaire.conditions import holds
from workbench.questionnaire.definition import FeedName, Question, Questionnaire, Text
from workbench.questionnaire.feeds import Fed

# Without these no phase can be left; a deputy is wanted, and its lack is shown. So is the lack of
# what the question itself wants, such as the vendor of a system that was bought.
NEEDED = ("content", "technology")
WANTED = (*NEEDED, "deputy")


@dataclass(frozen=True)
class Term:
    """One office with its task; ``person`` is internal and never published.

    ``expired``: its time is over on the day; ``begins_later``: it has not begun.
    """

    task: str
    title: Text
    office: str
    person: str
    since: date | None
    until: date | None
    expired: bool
    begins_later: bool

    @property
    def current(self) -> bool:
        """Whether it holds on the day."""
        return not self.expired and not self.begins_later

    def outlasts(self, day: date) -> bool:
        """Whether an office has the task after that day."""
        return bool(self.office) and (self.until is None or self.until > day)


@dataclass(frozen=True)
class Chain:
    """The responsibilities of one phase; ``question`` is where to change them.

    ``gaps``: wanted tasks that no office has on the day, as (task, title).
    """

    phase: Phase
    question: str
    terms: tuple[Term, ...]
    gaps: tuple[tuple[str, Text], ...]

    @property
    def expired(self) -> tuple[Term, ...]:
        """The terms that are over."""
        return tuple(term for term in self.terms if term.expired)

    def office(self, task: str) -> str:
        """The office that has the task on the day; "" when none has."""
        held = (term.office for term in self.terms if term.task == task and term.current)
        return next(held, "")

    @property
    def needed(self) -> tuple[tuple[str, Text], ...]:
        """The gaps with which the phase cannot be left."""
        return tuple(gap for gap in self.gaps if gap[0] in NEEDED)


def of(
    questionnaires: Iterable[Questionnaire], counting: Mapping[str, JsonValue], day: date
) -> tuple[Chain, ...]:
    """The chain of each phase that asks for one.

    ``counting`` are answers that count (``path.counting_in_all``).
    """
    return tuple(
        _chain(one, counting, day)
        for one in feeds.fed(questionnaires, counting, FeedName.RESPONSIBILITY)
    )


def _chain(fed: Fed, counting: Mapping[str, JsonValue], day: date) -> Chain:
    titles = _titles(fed.question)
    rows = fed.value if isinstance(fed.value, list) else []
    terms = tuple(_term(row, titles, day) for row in rows if isinstance(row, dict))
    held = {term.task for term in terms if term.office and term.current}
    further = (one.task for one in fed.question.wanted if holds(one.when, counting))
    wanted = dict.fromkeys((*WANTED, *further))
    gaps = tuple((task, titles[task]) for task in wanted if task not in held)
    return Chain(fed.questionnaire.phase, fed.question.id, terms, gaps)


def _titles(question: Question) -> dict[str, Text]:
    (task,) = (field for field in question.fields if field.id == "task")
    return {option.id: option.title for option in task.options}


def _term(row: Mapping[str, JsonValue], titles: Mapping[str, Text], day: date) -> Term:
    task, since, until = str(row.get("task", "")), _day(row, "since"), _day(row, "until")
    return Term(
        task=task,
        title=titles.get(task, Text({"de": "–", "en": "–"})),
        office=str(row.get("office", "")),
        person=str(row.get("person", "")),
        since=since,
        until=until,
        expired=until is not None and until < day,
        begins_later=since is not None and since > day,
    )


def _day(row: Mapping[str, JsonValue], name: str) -> date | None:
    value = row.get(name)
    return date.fromisoformat(value) if isinstance(value, str) else None
