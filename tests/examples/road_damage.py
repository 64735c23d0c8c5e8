"""A system of Alice and Bob with the conception of the demo example on road damage."""

from pydantic import JsonValue

from tests.examples import cast as examples
from tests.examples.cast import Cast
from workbench.basics.phases import Phase
from workbench.demo import example
from workbench.services import Workspace, assessments, decisions, phases, publications, reviews

CONCEPTION = example.every()["road-damage"].phases[Phase.CONCEPTION]
PERSON = "Geheime Person, Durchwahl 4711"
# The office is public, the person is not.
CHAIN: dict[str, JsonValue] = {
    "chain_conception.chain": [{"task": "content", "office": "Tiefbauamt", "person": PERSON}]
}


def answered(workspace: Workspace, cast: Cast) -> tuple[str, str]:
    """All answers and decisions, not submitted; returns the ids of system and phase."""
    system_id = examples.register(workspace, cast)
    phase_id = examples.phase_of(workspace, cast, system_id)
    assessments.save_section(workspace, cast.alice, phase_id, dict(CONCEPTION.answers), seen={})
    for decision in CONCEPTION.decisions:
        decisions.save(workspace, cast.alice, phase_id, decision.body)
    return system_id, phase_id


def publish(workspace: Workspace, cast: Cast, system_id: str, phase_id: str) -> str:
    """Submit, approve and publish it; returns its public address."""
    phases.submit(workspace, cast.alice, phase_id)
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut begründet.")
    slug, _ = publications.publish(workspace, cast.frida, system_id)
    return slug
