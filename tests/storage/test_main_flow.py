"""The whole way on both databases, at the level of services."""

from tests.examples import cast as examples
from tests.examples.cast import Cast
from workbench.services import Workspace, publications, register


def test_from_answers_to_the_register(anywhere: Workspace, cast: Cast) -> None:
    """Register, answer, submit, approve, publish, read: the same on SQLite and PostgreSQL."""
    system_id, _ = examples.approve(anywhere, cast)
    slug, number = publications.publish(anywhere, cast.frida, system_id)
    found = register.edition(anywhere.database, slug)
    assert (slug, number) == ("strassenzustand-per-kamera", 1)
    assert found.record.system.name == "Straßenzustand per Kamera"
    assert [entry.record.number for entry in register.entries(anywhere.database, "kamera")] == [1]
