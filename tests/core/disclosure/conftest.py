"""The example of these tests: Musterstadt's risk check for promotional loans, all made up."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from tests.examples import second_phase
from workbench.audit.results import AuditResult, Guard
from workbench.disclosure import compose, concluding
from workbench.disclosure.concluding import Basis
from workbench.disclosure.conclusions import Conclusions
from workbench.disclosure.phase_parts import Beside, Content
from workbench.disclosure.pieces import Words
from workbench.disclosure.record import (
    Audit,
    PhaseInWork,
    QuestionnaireVersion,
    Review,
    Source,
    Step,
    System,
    TransparencyRecord,
)
from workbench.governance import sustainability
from workbench.governance.decisions import ValueDecision
from workbench.governance.dissents import Dissent
from workbench.questionnaire import scoring
from workbench.questionnaire import summary as summaries
from workbench.questionnaire.definition import QuestionType, Text
from workbench.questionnaire.summary import SummaryAnswer, SummarySection

HERE = Path(__file__).parent
NOTHING = concluding.conclude(
    Basis(
        questions=(),
        counting={},
        judged_on={},
        conditions=(),
        calendar=None,
        duties=None,
        profile=scoring.of((), {}),
        balance=sustainability.of((), {}, (), date(2026, 5, 3)),
    )
)
VALUES = {
    "equality": {"de": "Gleichbehandlung", "en": "Equal treatment"},
    "economy": {"de": "Sparsamkeit", "en": "Economy"},
}


def answer(
    identifier: str,
    title: tuple[str, str],
    words: tuple[str, ...] = (),
    *,
    kind: QuestionType = QuestionType.LONG_TEXT,
    public: bool = True,
    cells: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] = (),
) -> SummaryAnswer:
    """An answer that reads the same in both languages; without words it is not stated."""
    gaps = {"de": ("nicht angegeben",), "en": ("not stated",)}
    return SummaryAnswer(
        question=identifier,
        type=kind,
        title=Text({"de": title[0], "en": title[1]}),
        words={"de": words, "en": words} if words else gaps,
        rows={"de": cells, "en": cells},
        public_words={"de": words, "en": words} if words and public else gaps,
        public_rows={"de": cells, "en": cells} if public else {"de": (), "en": ()},
        internal=(),
        value=list(words) or None,
        stated=bool(words),
        public=public,
    )


def section(identifier: str, title: tuple[str, str], *answers: SummaryAnswer) -> SummarySection:
    return SummarySection(
        id=identifier, title=Text({"de": title[0], "en": title[1]}), answers=answers
    )


@pytest.fixture(scope="session")
def summary() -> tuple[SummarySection, ...]:
    """Four sections, with a gap, an internal answer, a group, choices and a link."""
    return (
        section(
            "purpose",
            ("Anlass und Ziel", "Occasion and goal"),
            answer(
                "purpose.problem",
                ("Welches Problem wollen Sie lösen?", "Which problem do you want to solve?"),
                ("Anträge warten heute im Mittel neun Wochen.", "Viele geben vorher auf."),
            ),
            answer("purpose.goal", ("Was soll besser sein?", "What is to be better?")),
            answer(
                "purpose.alternatives",
                ("Welche anderen Wege haben Sie geprüft?", "Which other ways were considered?"),
                ("Ganz auf KI verzichten", "Das Verfahren vereinfachen"),
                kind=QuestionType.CHOICE_MANY,
            ),
        ),
        section(
            "decision",
            ("Entscheidung und Verantwortung", "Decision and responsibility"),
            answer(
                "decision.automation",
                ("Was darf das System entscheiden?", "What may the system decide?"),
                ("Es schlägt vor, ein Mensch entscheidet",),
                kind=QuestionType.CHOICE_ONE,
            ),
            answer(
                "decision.content_office",
                ("Welche Stelle verantwortet den Inhalt?", "Which office answers for the content?"),
                ("Amt für Wirtschaftsförderung, Leitung",),
                kind=QuestionType.SHORT_TEXT,
            ),
            answer(
                "decision.contact_person",
                ("Wer ist intern ansprechbar?", "Who can be asked within the town?"),
                ("Erika Beispiel, Durchwahl 1234",),
                public=False,
            ),
        ),
        section(
            "people",
            ("Menschen und Offenheit", "People and openness"),
            answer(
                "people.groups",
                ("Wen betrifft das System?", "Whom does the system affect?"),
                ("Gruppe: Gründerinnen und Gründer; Nutzen: Antwort in zwei Wochen",),
                kind=QuestionType.GROUP,
                cells=(
                    (
                        ("Gruppe", ("Gründerinnen und Gründer",)),
                        ("Nutzen", ("Antwort in zwei Wochen",)),
                        ("Schaden", ("Ablehnung wegen eines Fehlers",)),
                    ),
                    (("Gruppe", ("Junge Antragstellende",)), ("Angehört", ("Ja", "Juni 2026"))),
                ),
            ),
            answer(
                "people.contact",
                ("Wohin mit Einwänden?", "Where to object?"),
                ("Ombudsstelle, ombud@musterstadt.example",),
                kind=QuestionType.SHORT_TEXT,
            ),
            answer(
                "people.difficulties",
                ("Was ist noch offen?", "What is still open?"),
                ("Die Daten stammen aus der Zeit vor der Reform.",),
            ),
            answer(
                "people.more_information",
                ("Wo steht mehr?", "Where is more?"),
                ("https://www.musterstadt.example/ratsvorlage-17",),
                kind=QuestionType.LINK,
            ),
        ),
    )


@pytest.fixture(scope="session")
def decisions() -> tuple[ValueDecision, ...]:
    """One complete decision, and one that IT took alone, with gaps."""
    return (
        ValueDecision(
            question="Darf das Alter in die Schätzung eingehen?",
            values=("equality", "economy"),
            options=(
                "Sachbearbeitung prüft wie bisher jeden Antrag",
                "Schätzung mit Alter",
                "Schätzung ohne Alter",
            ),
            chosen=2,
            reasons="Das Alter darf nicht den Ausschlag geben.\nWenig Genauigkeit geht verloren.",
            yielding="economy",
            protection="Nach einem Jahr werden die Ausfälle verglichen.",
            capacities=("subject_department", "equality", "it"),
            decided_by="subject_department",
            office="Amt für Wirtschaftsförderung",
            decided_on=date(2026, 3, 2),
            review_on=date(2027, 3, 2),
        ),
        ValueDecision(
            question="Wo läuft das Modell?",
            values=("equality",),
            options=("", "Im eigenen Rechenzentrum"),
            capacities=("it",),
            alone_reason="Die Fachabteilung war nicht besetzt.",
        ),
    )


REVIEWS = (
    Review(
        on=date(2026, 4, 20),
        decision="approved",
        reasons="Die Abwägung ist nachvollziehbar.",
        conditions=("Jährliche Prüfung", "Widerspruch in leichter Sprache erklären"),
        minority_opinion=None,
    ),
    Review(
        on=date(2026, 3, 30),
        decision="changes_requested",
        reasons="Die Gruppe der jungen Antragstellenden fehlt.",
        conditions=(),
        minority_opinion=None,
    ),
)


def content(
    summary: tuple[SummarySection, ...],
    decisions: tuple[ValueDecision, ...] = (),
    *,
    phase: str = "conception",
    feeds: dict[str, str] | None = None,
    reviews: tuple[Review, ...] = (),
    beside: Beside | None = None,
) -> Content:
    """A phase with these answers; decisions have the ids d0, d1 and so on after its name.

    ``beside`` is what stands beside the first of them.
    """
    return Content(
        phase=phase,
        questionnaire=QuestionnaireVersion(id=phase, version="2026.1"),
        approved_on=date(2026, 4, 20),
        summary=summary,
        feeds=feeds or {},
        decisions={f"{phase}-d{place}": one for place, one in enumerate(decisions)},
        reviews=reviews,
        beside={f"{phase}-d0": beside} if beside else {},
    )


BESIDE = Beside(
    dissents=(
        Dissent(
            "Der Personalrat hält <b>jede</b> Schätzung für „verfrüht“ & teuer.", "staff_council"
        ),
        Dissent("Wer alt ist, zahlt mit.", "affected_people", "on_behalf"),
        Dissent("Das war mir zu schnell.", ""),
    ),
    sources=(Source(title="Vorlage 17", address="https://www.musterstadt.example/vorlage-17"),),
    files=2,
)


@pytest.fixture(scope="session")
def design() -> Content:
    """A second phase: other people are responsible now, and one decision replaces the first."""
    again = ValueDecision(
        question="Darf das Alter nach dem Test eingehen?",
        values=("equality", "economy"),
        options=("Ohne Schätzung", "Nein"),
        chosen=1,
        votes_for=5,
        votes_against=2,
        votes_abstained=0,
        conditions="Nur bis Ende 2027.",
        evidence="Prüfbericht vom 10. April 2026",
        people={"it": "Erika Geheim", "": "Paul Geheim"},
        supersedes="conception-d0",
    )
    return content(
        summaries.of(second_phase.QUESTIONNAIRE, second_phase.ANSWERS),
        (again,),
        phase="design",
        feeds={"chain_design.chain": "responsibility"},
    )


@pytest.fixture(scope="session")
def conclusions() -> Conclusions:
    """What follows from the answers of the second phase."""
    return concluding.conclude(second_phase.basis())


def _composed(
    summary: tuple[SummarySection, ...],
    decisions: tuple[ValueDecision, ...],
    audits: tuple[Audit, ...] = (),
    *,
    more: tuple[Content, ...] = (),
    conclusions: Conclusions = NOTHING,
) -> TransparencyRecord:
    """The example's record, with the given answers, decisions and audits."""
    return compose.compose(
        town="Musterstadt",
        example=True,
        number=2,
        published_at=datetime(2026, 5, 3, 22, 30, tzinfo=UTC),
        previous=1,
        system=System(
            slug="risiko-check-fuer-foerderdarlehen",
            name="Risiko-Check für Förderdarlehen",
            purpose="Schätzt das Ausfallrisiko kleiner Förderdarlehen der Stadt.",
            department="Amt für Wirtschaftsförderung",
            contact="wirtschaft@musterstadt.example",
        ),
        phases=(content(summary, decisions, reviews=REVIEWS, beside=BESIDE), *more),
        values=VALUES,
        audits=audits,
        procedure=(
            Step(on=date(2026, 4, 20), what=Words(de="Freigegeben", en="Approved")),
            Step(on=date(2026, 2, 3), what=Words(de="Begonnen", en="Begun")),
            Step(
                on=date(2026, 3, 9),
                what=Words(de="Bedingung erlassen", en="Condition waived"),
                reason="Der Vertrag lief aus.",
            ),
        ),
        in_work=(PhaseInWork(phase="construction", state="open"),),
        conclusions=conclusions,
    )


CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="120" viewBox="0 0 600 120">'
    '<path d="M80 20V100M80 100H580M300 60H500" stroke="#6e7597"/>'
    '<circle cx="400" cy="60" r="6"/></svg>'
)
CHART_HASH = sha256(CHART.encode()).hexdigest()


@pytest.fixture(scope="session")
def full_result() -> AuditResult:
    """A small made-up result as it is before publication: one age group has eight people.

    Its numbers are not those of any people, so a guard could not be worked out.
    """
    made = AuditResult.model_validate_json((HERE / "example-result.json").read_bytes())
    return made.model_copy(update={"guard": Guard()})


@pytest.fixture(scope="session")
def audit(full_result: AuditResult) -> Audit:
    """The check as it may be published."""
    drawn = {"de": CHART_HASH, "en": CHART_HASH}
    return compose.audit(
        "1",
        on=date(2026, 4, 10),
        result=full_result,
        charts={"rate/sex/selection_rate": drawn, "unknown": drawn},
    )


Composed = Callable[..., TransparencyRecord]


@pytest.fixture(scope="session")
def composed() -> Composed:
    """Makes the example's record with other answers, decisions or audits."""
    return _composed


@pytest.fixture(scope="session")
def record(
    summary: tuple[SummarySection, ...],
    decisions: tuple[ValueDecision, ...],
    audit: Audit,
    design: Content,
    conclusions: Conclusions,
) -> TransparencyRecord:
    return _composed(summary, decisions, (audit,), more=(design,), conclusions=conclusions)
