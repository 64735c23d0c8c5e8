"""A later edition shows nothing that, beside an earlier one, would tell about few people."""

import pytest

from tests.examples import audit_results, audited
from tests.examples import cast as examples
from tests.examples.cast import Cast
from workbench.audit.results import AuditResult, published
from workbench.disclosure.record import TransparencyRecord
from workbench.services import Workspace, phases, publications, register, reviews

FEMALE, MALE = (180, 60, 70, 190), (300, 90, 50, 260)
DIVERSE = (20, 10, 12, 18)


def checked(**table: tuple[int, ...]) -> AuditResult:
    """The check of these groups, by tp, fp, fn and tn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(audit_results.PEOPLE, "sex", table)
        # Without scores: those of the example are not of so many people.
        return audit_results.classification(
            attributes=("sex",), edges={}, score="", threshold=None, prediction="granted"
        )


def published_first(workspace: Workspace, cast: Cast, result: AuditResult) -> tuple[str, str]:
    """A system with this check in its first edition: its id and its phase's."""
    system_id, phase_id = examples.submit(workspace, cast)
    audited.finished(workspace, cast.alice, system_id, result)
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")
    publications.publish(workspace, cast.bob, system_id)
    return system_id, phase_id


def approved_again(
    workspace: Workspace, cast: Cast, system_id: str, phase_id: str, result: AuditResult
) -> publications.Draft:
    """What would be published next, with this check as the second one."""
    phases.reopen(workspace, cast.alice, phase_id)
    audited.finished(workspace, cast.alice, system_id, result, b"a;b\n3;4\n")
    phases.submit(workspace, cast.alice, phase_id)
    reviews.decide(workspace, cast.dora, phase_id, verdict="approve", reasons="Gut.")
    return publications.preview(workspace, cast.bob, system_id)


def newest(workspace: Workspace, cast: Cast, system_id: str) -> TransparencyRecord:
    slug, _ = publications.publish(workspace, cast.bob, system_id)
    return register.edition(workspace.database, slug).record


def test_three_more_people(workspace: Workspace, cast: Cast) -> None:
    """The check of three more people is kept back as a whole; preview and edition say so."""
    ids = published_first(workspace, cast, checked(female=FEMALE, male=MALE))
    first = register.edition(workspace.database, "strassenzustand-per-kamera").record

    draft = approved_again(workspace, cast, *ids, checked(female=FEMALE, male=(301, 91, 51, 260)))

    assert len(draft.kept_back) == 1
    assert "by only a few people" in draft.kept_back[0].en
    record = newest(workspace, cast, ids[0])
    assert record.audits == first.audits
    said = [entry.what.en for entry in record.not_published]
    assert sum(entry.startswith("The check for discrimination of") for entry in said) == 1


def test_three_more_people_of_one_group(workspace: Workspace, cast: Cast) -> None:
    """Where many came but few to one group, this group is hidden, with another to protect it."""
    ids = published_first(workspace, cast, checked(female=FEMALE, male=MALE, diverse=DIVERSE))

    more = checked(female=(280, 90, 90, 290), male=(420, 130, 80, 340), diverse=(21, 11, 13, 18))
    draft = approved_again(workspace, cast, *ids, more)

    assert [said.en.startswith("Some numbers by Sex") for said in draft.kept_back] == [True]
    before, after = newest(workspace, cast, ids[0]).audits
    assert {value for value, group in after.result.groups["sex"].items() if group.n is None} == {
        "diverse",
        "female",
    }
    assert after.charts == {}
    assert before.result.groups["sex"]["diverse"].n == 60


def test_a_check_stays_as_it_was_published(workspace: Workspace, cast: Cast) -> None:
    """A further edition tells an earlier check word for word, whatever stands beside it."""
    result = checked(female=FEMALE, male=MALE)
    ids = published_first(workspace, cast, result)

    draft = approved_again(workspace, cast, *ids, checked(female=FEMALE, male=(400, 120, 70, 340)))

    assert draft.kept_back == ()
    record = newest(workspace, cast, ids[0])
    assert [audit.result.overall.n for audit in record.audits] == [1200, 1430]
    shown = published(result)
    assert record.audits[0].result.groups == shown.groups
    assert record.audits[0].charts


def test_without_an_earlier_edition_nothing_is_kept_back(workspace: Workspace, cast: Cast) -> None:
    """The twin: the same check, published first, is shown as a whole."""
    ids = published_first(workspace, cast, checked(female=FEMALE, male=(301, 91, 51, 260)))

    draft = publications.preview(workspace, cast.bob, ids[0])

    assert draft.kept_back == ()
    assert all(group.n for group in draft.record.audits[0].result.groups["sex"].values())
