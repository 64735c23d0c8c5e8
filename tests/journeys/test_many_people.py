"""Twenty people save in one section at the same time: no text is lost."""

from tests.examples import cast as examples
from tests.examples import many
from tests.examples.cast import Cast
from tests.examples.rows import rows
from tests.examples.running import Running
from workbench.storage.assessments import AnswerEntry
from workbench.storage.people import Person


def test_three_hundred_saves_are_kept_or_shown_as_a_conflict(running: Running) -> None:
    """Each of 300 texts stands in the history, or came back beside the other's for a choice."""
    workspace = running.workspace
    known = {row.email: row for row in rows(workspace, Person)}
    cast = Cast(**{name: known[examples.email(name)].actor for name in examples.ROLES})
    emails, section = many.gather(workspace, cast)
    sent = many.save(running.url, emails, section)
    assert len(sent) == many.PEOPLE * many.TIMES
    assert {one.status for one in sent} <= {303, 409}
    kept = [str(row.value) for row in rows(workspace, AnswerEntry)]
    saved = {one.text for one in sent if one.status == 303}
    assert sorted(kept) == sorted(saved)
    for one in sent:
        if one.status == 409:  # both texts are on the page
            assert one.text in one.page
            assert any(text in one.page for text in saved)
    assert 0 < len(saved) <= len(sent)
