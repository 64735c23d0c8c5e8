"""The fixed cast, and how far a system of theirs has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.examples import five_phases, harmless
from workbench.governance.decisions import ValueDecision
from workbench.governance.roles import ADMINISTRATION, BOARD, TEAM, Actor
from workbench.services import Workspace, assessments, decisions, people, phases, reviews, systems

PASSWORD = "a sentence for tests"


@dataclass(frozen=True)
class Cast:
    """Everybody who appears in tests."""

    alice: Actor
    bob: Actor
    charlie: Actor
    dora: Actor
    emil: Actor
    frida: Actor


ROLES = {
    "alice": TEAM,  # registers the system
    "bob": TEAM,  # works on it too
    "charlie": TEAM,  # a stranger to it
    "dora": BOARD,
    "emil": BOARD,
    "frida": ADMINISTRATION,
}


def email(name: str) -> str:
    """The address of a member of the cast."""
    return f"{name}@musterstadt.example"


def invite(workspace: Workspace) -> Cast:
    """Add everybody."""
    return Cast(
        **{
            name: people.add(
                workspace, name=name.title(), email=email(name), role=role, password=PASSWORD
            )
            for name, role in ROLES.items()
        }
    )


def register(workspace: Workspace, cast: Cast, name: str = "Straßenzustand per Kamera") -> str:
    """Alice registers a system and shares it with Bob; returns its id."""
    system_id = systems.create(
        workspace,
        cast.alice,
        name=name,
        purpose="Erkennt Schäden an Straßen auf Bildern der Müllfahrzeuge.",
        department="Tiefbauamt",
        contact="tiefbau@musterstadt.example",
    )
    systems.share(workspace, cast.alice, system_id, email("bob"))
    return system_id


def phase_of(workspace: Workspace, cast: Cast, system_id: str) -> str:
    """The id of the system's first phase."""
    return systems.view(workspace, cast.alice, system_id).phases[0].id


# One complete set of answers to the present version of conception.
ANSWERS = harmless.ANSWERS

DECISION = ValueDecision(
    question="Dürfen Gesichter auf den Bildern gespeichert werden?",
    values=("informational_self_determination", "effective_administration"),
    options=("Weiter mit dem Auge prüfen.", "Bilder sofort unkenntlich machen.", "", ""),
    chosen=1,
    reasons="Niemand soll auf der Straße gefilmt werden.",
    yielding="effective_administration",
    protection="Die Auflösung genügt auch so.",
    capacities=("subject_department", "data_protection"),
    decided_by="subject_department",
    office="Leitung des Tiefbauamts",
    decided_on=date(2026, 5, 3),
)


def answer(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Alice answers all that conception asks in its version, and records one value decision."""
    asked = phases.overview(workspace, cast.alice, phase_id).questionnaire
    answers = five_phases.ANSWERS if asked.version == "2026.1" else ANSWERS
    assessments.save_section(workspace, cast.alice, phase_id, answers, seen={})
    decisions.save(workspace, cast.alice, phase_id, DECISION)


def hand_over(workspace: Workspace, cast: Cast, phase_id: str) -> None:
    """Alice submits the phase."""
    phases.submit(workspace, cast.alice, phase_id)


def submit(workspace: Workspace, cast: Cast) -> tuple[str, str]:
    """A system whose conception lies with the board; returns the ids of system and phase."""
    system_id = register(workspace, cast)
    phase_id = phase_of(workspace, cast, system_id)
    answer(workspace, cast, phase_id)
    hand_over(workspace, cast, phase_id)
    return system_id, phase_id


def approve(workspace: Workspace, cast: Cast, conditions: Sequence[str] = ()) -> tuple[str, str]:
    """A system whose conception the board has approved, perhaps under conditions."""
    system_id, phase_id = submit(workspace, cast)
    reviews.decide(
        workspace,
        cast.dora,
        phase_id,
        verdict="approve",
        reasons="Gut begründet.",
        conditions=conditions,
    )
    return system_id, phase_id
