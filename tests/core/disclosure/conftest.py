"""The example of these tests: Musterstadt's risk check for promotional loans, all made up."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from workbench.audit.plan import AuditPlan
from workbench.audit.results import (
    Agreement,
    AuditResult,
    ChartText,
    Crosscheck,
    Decomposition,
    Effect,
    Explanation,
    Finding,
    Gap,
    Group,
    Kind,
    Measure,
    Provenance,
    Status,
    published,
)
from workbench.disclosure.compose import compose
from workbench.disclosure.record import (
    Audit,
    Chart,
    QuestionnaireVersion,
    Review,
    Step,
    System,
    TransparencyRecord,
    Words,
)
from workbench.governance.decisions import ValueDecision
from workbench.questionnaire.definition import QuestionType, Text
from workbench.questionnaire.summary import SummaryAnswer, SummarySection

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
    """One complete decision with dissent, and one that IT took alone, with gaps."""
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
            minority_opinion="Der Personalrat hält <b>jede</b> Schätzung für „verfrüht“ & teuer.",
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


def _composed(
    summary: tuple[SummarySection, ...],
    decisions: tuple[ValueDecision, ...],
    audits: tuple[Audit, ...] = (),
) -> TransparencyRecord:
    """The example's record, with the given answers, decisions and audits."""
    return compose(
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
        phase="conception",
        questionnaire=QuestionnaireVersion(id="conception", version="2026.1"),
        procedure=(
            Step(on=date(2026, 4, 20), what=Words(de="Freigegeben", en="Approved")),
            Step(on=date(2026, 2, 3), what=Words(de="Begonnen", en="Begun")),
        ),
        summary=summary,
        decisions=decisions,
        values=VALUES,
        audits=audits,
        reviews=(
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
        ),
    )


CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="120" viewBox="0 0 600 120">'
    '<path d="M80 20V100M80 100H580M300 60H500" stroke="#6e7597"/>'
    '<circle cx="400" cy="60" r="6"/></svg>'
)
CHART_HASH = sha256(CHART.encode()).hexdigest()


def both(de: str, en: str) -> dict[str, str]:
    return {"de": de, "en": en}


def rate(tp: int, of: int, status: Status = "ok") -> Measure:
    """A share with an interval of five points to either side (made up, for the looks)."""
    share = tp / of
    return Measure(value=share, low=share - 0.05, high=share + 0.05, status=status, of=of)


def group(column: str, label: tuple[str, str], n: int, counts: tuple[int, int, int, int]) -> Group:
    """Counts: selected, of 100 entitled recognised, of 100 others let through, right."""
    selected, recognised, passed, right = counts
    return Group(
        n=n,
        label=both(*label),
        parts={column: label[1]},
        status="ok",
        metrics={
            "selection_rate": rate(selected, n),
            "true_positive_rate": rate(recognised, 100),
            "false_positive_rate": rate(passed, 100, "uncertain"),
            "accuracy": rate(right, n),
        },
    )


def gaps(*compared: str) -> dict[str, Gap]:
    """The same three gaps between two groups, the first of them the highest."""
    ends = {"compared": compared, "highest": compared[0], "lowest": compared[1]}
    return {
        name: Gap(value=value, low=value - 0.06, high=value + 0.06, status="ok", **ends)
        for name, value in (
            ("demographic_parity_difference", 0.11),
            ("demographic_parity_ratio", 0.86),
            ("equal_opportunity_difference", 0.09),
        )
    }


def told(identifier: str, kind: Kind, de: str, en: str, about: str | None = None) -> Finding:
    return Finding(id=identifier, kind=kind, text=both(de, en), attribute=about)


@pytest.fixture(scope="session")
def full_result() -> AuditResult:
    """A small result as it is before publication: one age group has eight people."""
    plan = AuditPlan(
        outcome="repaid",
        positive="yes",
        prediction="predicted",
        attributes=("sex", "age"),
        edges={"age": (25, 50)},
        reason="Frauen und Männer, Junge und Alte sollen gleich behandelt werden.",
        names={
            "sex": both("Geschlecht", "Sex"),
            "age": both("Alter", "Age"),
            "duration": both("Laufzeit", "Duration"),
        },
    )
    return AuditResult(
        overall=group("all", ("Alle", "everybody"), 1000, (751, 87, 51, 722)),
        groups={
            "sex": {
                "female": group("sex", ("Frauen", "female"), 310, (210, 81, 42, 220)),
                "male": group("sex", ("Männer", "male"), 690, (541, 90, 55, 502)),
            },
            "age": {
                "under 25": group("age", ("unter 25", "under 25"), 8, (7, 77, 33, 5)),
                "25 to 49": group("age", ("25 bis 49", "25 to 49"), 600, (460, 88, 50, 430)),
                "50 and over": group("age", ("ab 50", "50 and over"), 392, (284, 86, 54, 287)),
            },
        },
        gaps={"sex": gaps("male", "female"), "age": gaps("25 to 49", "under 25")},
        comparisons={},
        crosscheck=Crosscheck(
            library="fairlearn", version="0.15.0", numbers=12, max_abs_difference=0
        ),
        explanation=Explanation(
            model_kind="LightGBM",
            explainer="TreeExplainer",
            scale="log-odds",
            background="path",
            rows=1000,
            rows_in_table=1000,
            seed=1,
            base_value=0.9,
            agreement=Agreement(share=1, n=1000, reversed=False),
            features={
                "amount": Effect(mean=0.02, mean_absolute=0.208),
                "duration": Effect(mean=-0.01, mean_absolute=0.412),
                "savings": Effect(mean=0.0, mean_absolute=0.188),
            },
            groups={},
            decompositions=(
                Decomposition(
                    attribute="sex",
                    group="female",
                    reference="male",
                    gap=-0.31,
                    shares={"amount": -0.07, "duration": -0.21, "savings": -0.03},
                    additivity_error=1e-15,
                ),
            ),
            max_additivity_error=1e-14,
        ),
        charts={
            "rate/sex/selection_rate": ChartText(
                title=both("Anteile nach Geschlecht", "Rates by sex"),
                text=both(
                    "Punkte mit Intervallen: Bei Männern liegt der Anteil höher als bei Frauen.",
                    "Dots with intervals: the share is higher for men than for women.",
                ),
            )
        },
        findings=(
            told("gap/sex/1", "attention", "Der Abstand ist groß.", "The gap is large.", "sex"),
            told("gap/sex/2", "passed", "Das Verhältnis passt.", "The ratio fits.", "sex"),
            told("gaps/count", "caveat", "Drei Abstände betrachtet.", "Three gaps looked at."),
            told("crosscheck", "passed", "Zweimal gerechnet.", "Computed twice."),
        ),
        provenance=Provenance(
            data_sha256="a" * 64,
            data_size=80048,
            rows=1000,
            model_sha256="b" * 64,
            model_size=1000,
            plan=plan,
            plan_sha256="c" * 64,
            versions={"fairlearn": "0.15.0"},
        ),
    )


@pytest.fixture(scope="session")
def audit(full_result: AuditResult) -> Audit:
    """The check as it may be published."""
    return Audit(
        id="1",
        on=date(2026, 4, 10),
        purpose=full_result.provenance.plan.reason,
        result=published(full_result),
        charts={"rate/sex/selection_rate": Chart(de=CHART_HASH, en=CHART_HASH)},
    )


Composed = Callable[..., TransparencyRecord]


@pytest.fixture(scope="session")
def composed() -> Composed:
    """Makes the example's record with other answers, decisions or audits."""
    return _composed


@pytest.fixture(scope="session")
def record(
    summary: tuple[SummarySection, ...], decisions: tuple[ValueDecision, ...], audit: Audit
) -> TransparencyRecord:
    return _composed(summary, decisions, (audit,))
