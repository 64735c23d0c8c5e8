"""What is known without a question, in words; what is not known is left out."""

from datetime import date
from typing import Any

from tests.core.disclosure.conftest import BESIDE, NOTHING
from tests.examples.filled_forms import RISKY, SAID
from workbench.basics.phases import Phase
from workbench.disclosure import facts
from workbench.disclosure.conclusions import Conclusions
from workbench.disclosure.facts import Known, Newest
from workbench.disclosure.pieces import Words
from workbench.disclosure.profiles import Derived
from workbench.disclosure.record import Audit, Withheld
from workbench.governance.decisions import ValueDecision
from workbench.governance.value_log import Logged
from workbench.questionnaire.library import Named


def known(**more: Any) -> Known:
    """What is known of a system."""
    usual: dict[str, Any] = {
        "town": "Musterstadt",
        "slug": "ampel",
        "name": "Ampel",
        "purpose": "Schaltet.",
        "department": "Tiefbauamt",
        "contact": "a@musterstadt.example",
        "phase": Phase.DESIGN,
        "conditions": (Named(id="risky", title=SAID, holds_if=RISKY),),
        "counting": {},
        "decisions": (),
        "values": {"equality": SAID},
        "audits": (),
        "withheld": (),
        "conclusions": NOTHING,
        "newest": None,
    }
    return Known(**{**usual, **more})


def test_facts_are_told_or_missing() -> None:
    """An unpublished system has no edition, no audit, no decision; nothing takes their place."""
    told = facts.facts(known(), "de")
    assert told[Derived.PHASE] == "Design"
    assert told[Derived.LANGUAGE] == "deu"
    for name in (Derived.AUDITS, Derived.DECISIONS, Derived.CONDITIONS, Derived.EDITION):
        assert not told.get(name)
    assert facts.facts(known(counting={"law.risk": "high"}), "en")[Derived.CONDITIONS] == "Title"


def test_facts_of_the_newest_edition() -> None:
    """Number, addresses, days and fingerprint."""
    newest = Newest(2, "ab" * 32, date(2026, 5, 3), date(2026, 1, 2), "https://a", "https://a.json")
    told = facts.facts(known(newest=newest), "de")
    assert told[Derived.EDITION] == "Ausgabe 2"
    assert told[Derived.PUBLISHED_ON] == "3. Mai 2026"
    assert told[Derived.FIRST_PUBLISHED_ON] == "2. Januar 2026"
    assert (told[Derived.HASH], told[Derived.DATA_ADDRESS]) == ("ab" * 32, "https://a.json")


def test_figures_and_balance_are_told(conclusions: Conclusions) -> None:
    """First what overrides all; each figure with its worst indicator; CO2 with its range."""
    told = facts.facts(known(conclusions=conclusions), "en")
    assert told[Derived.FIGURES].splitlines()[:3] == [
        "The council decides.",
        "Impact: more points mean more impact – high, 4 of 8 points (50%)",
        "Highest indicator: Reach",
    ]
    assert "Weakest indicator: Oversight" in told[Derived.FIGURES]
    balance = told[Derived.BALANCE].splitlines()
    assert "Use, per year: 6.0 kWh, 2.2 (2.0 to 2.4) kg CO2" in balance
    assert any(line.startswith("Basis of the energy of use: ") for line in balance)
    assert "Training, once" not in told[Derived.BALANCE]


def test_nothing_stated_has_neither_figure_nor_balance() -> None:
    """Twin: without answers no figure is made up."""
    told = facts.facts(known(), "en")
    assert (told[Derived.FIGURES], told[Derived.BALANCE]) == ("", "")


def test_decisions_are_told_without_names(decisions: tuple[ValueDecision, ...]) -> None:
    """Choice, reasons, what gave way, the other opinion; never who sat at the table."""
    first = decisions[0].model_copy(
        update={"people": {"it": "Erika Beispiel"}, "yielding": "equality"}
    )
    entries = (
        Logged("a", "design", first, BESIDE.dissents),
        Logged("b", "design", ValueDecision()),
    )
    told = facts.facts(known(decisions=entries), "de")
    said = told[Derived.DECISIONS]
    assert said.startswith("Darf das Alter in die Schätzung eingehen?\nGewählt: Schätzung ohne")
    assert "Zurückgetreten: Titel" in said
    assert "Andere Meinung (Personalrat): Der Personalrat" in said
    assert "Andere Meinung: Das war mir zu schnell." in said
    assert "Erika" not in said
    assert "Gründe" not in told[Derived.DECISIONS_SHORT]
    assert "Gewählt" in told[Derived.DECISIONS_SHORT]


def test_audits_are_told_with_their_size(audit: Audit) -> None:
    """Day, n and the sentences of what was found, as they may be published."""
    told = facts.facts(known(audits=[audit]), "en")
    said = told[Derived.AUDITS].splitlines()
    assert said[0] == "Check for discrimination of April 10, 2026, 1,000 cases:"
    assert "The gap is large." in said


def test_a_check_that_is_kept_back_says_why() -> None:
    """What an edition would not tell, a form does not tell either."""
    words = Words(de="Zu nah.", en="Too near.")
    kept = Withheld(what=Words(de="Prüfung", en="Check"), ground=words)
    assert facts.facts(known(withheld=[kept]), "de")[Derived.AUDITS] == "Prüfung: Zu nah."
