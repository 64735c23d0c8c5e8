"""What became of a condition stands in the next edition; what is published stays as it is."""

from tests.examples import cast as examples
from tests.examples.cast import Cast
from tests.examples.rows import rows
from tests.services.conftest import Clock
from workbench.basics import clock
from workbench.disclosure.record import Review as PublishedReview
from workbench.services import Workspace, conditions, publications, register
from workbench.storage.reviews import Review

TEXTS = ("Nach einem Jahr prüfen.", "Der Personalrat stimmt zu.")
WORDS = "Der Personalrat hat am Montag zugestimmt."
SEEN = "Wir haben es gesehen."


def test_later_editions_say_what_became_of_it(
    workspace: Workspace, cast: Cast, time: Clock
) -> None:
    """The first edition says open and never changes; the next ones say what came after."""
    system_id, _ = examples.approve(workspace, cast, TEXTS)
    place = (rows(workspace, Review)[0].id, 2)

    def publish() -> PublishedReview:
        slug, number = publications.publish(workspace, cast.frida, system_id)
        return register.edition(workspace.database, slug, number).record.phases[0].reviews[0]

    first = publish()
    assert [one.state for one in first.standing] == ["open", "open"]
    conditions.report(workspace, cast.bob, *place, words=WORDS, fulfilled_on=clock.today())
    second = publish()
    told = second.standing[1]
    assert (told.state, told.report, told.fulfilled_on) == ("reported", WORDS, time.at.date())
    conditions.settle(workspace, cast.dora, *place, answer="confirm", words=SEEN)
    third = publish()
    told = third.standing[1]
    assert (told.state, told.answer, told.answered_on) == ("confirmed", SEEN, time.at.date())
    assert first.conditions == second.conditions == third.conditions == TEXTS
    (entry,) = register.entries(workspace.database)
    slug = entry.record.system.slug
    again = register.edition(workspace.database, slug, 1).record.phases[0].reviews[0]
    assert again == first
    assert "Bob" not in register.edition(workspace.database, slug).content.decode()
