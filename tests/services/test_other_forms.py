"""Forms of other bodies fill themselves from all answers, for those who may read them."""

import csv
import io
import json
from collections.abc import Iterator

import pytest

from tests.examples import cast as examples
from tests.examples import quickly, road_damage
from tests.examples.cast import Cast
from workbench.basics.errors import Forbidden, NotFound
from workbench.services import Workspace, assessments, other_forms, systems
from workbench.settings import Settings


@pytest.fixture
def workspace(settings: Settings, fast_hashing: None) -> Iterator[Workspace]:  # noqa: ARG001
    """With the questionnaires as they are."""
    opened = quickly.opened(settings)
    yield opened
    opened.database.engine.dispose()


@pytest.fixture
def ids(workspace: Workspace, cast: Cast) -> tuple[str, str]:
    """A system and its conception, answered but not submitted."""
    return road_damage.answered(workspace, cast)


def fields(workspace: Workspace, cast: Cast, system_id: str, form: str) -> dict[str, str | None]:
    """The texts of a form by its field's id."""
    view = other_forms.view(workspace, cast.alice, system_id, form, "de")
    return {one.field.id: one.text for one in view.form.fields}


def test_answers_and_what_is_known_fill_the_form(
    workspace: Workspace, cast: Cast, ids: tuple[str, str]
) -> None:
    """Name and office from the system, goal from an answer, decisions in short."""
    found = fields(workspace, cast, ids[0], "algoritmeregister")
    system = systems.view(workspace, cast.alice, ids[0]).system
    assert (found["Naam"], found["Organisatie"]) == (system.name, "Musterstadt")
    assert str(road_damage.CONCEPTION.answers["purpose.goal"]) in str(found["Impact"])
    assert road_damage.CONCEPTION.decisions[0].question in str(found["Afwegingen"])
    assert (found["Status"], found["Taal"]) == ("In ontwikkeling", "deu")
    # Design and construction have not begun, and nobody has published.
    assert found["Technische werking"] is found["Bronregistratie"] is None


def test_nothing_is_classified_before_it_was_answered(
    workspace: Workspace, cast: Cast, system_id: str
) -> None:
    """An empty assessment belongs to no category; a complete one does."""
    name = "Publicatiecategorie"
    assert fields(workspace, cast, system_id, "algoritmeregister")[name] is None
    phase_id = examples.phase_of(workspace, cast, system_id)
    assessments.save_section(
        workspace, cast.alice, phase_id, dict(road_damage.CONCEPTION.answers), seen={}
    )
    assert fields(workspace, cast, system_id, "algoritmeregister")[name]


def test_names_are_for_authorities_only(
    workspace: Workspace, cast: Cast, system_id: str, phase_id: str
) -> None:
    """The public form leaves persons out and says how many answers; the other has them."""
    assessments.save_section(workspace, cast.alice, phase_id, road_damage.CHAIN, seen={})
    public = other_forms.view(workspace, cast.alice, system_id, "atrs", "de").form
    full = other_forms.view(workspace, cast.alice, system_id, "crosswalk", "de").form
    assert (public.left_out, full.left_out) == (1, 0)
    texts = [" ".join(one.text or "" for one in form.fields) for form in (public, full)]
    assert [("Tiefbauamt" in text, road_damage.PERSON in text) for text in texts] == [
        (True, False),
        (True, True),
    ]


def test_what_is_missing_leads_to_its_question(
    workspace: Workspace, cast: Cast, ids: tuple[str, str]
) -> None:
    """In an opened phase with its section, in a later one with the phase's name."""
    view = other_forms.view(workspace, cast.frida, ids[0], "fria", "de")
    goal, later = view.places["purpose.goal"], view.places["ready.process"]
    assert (goal.phase_id, goal.section, goal.asked) == (ids[1], "purpose", True)
    assert (later.phase_id, later.phase) == (None, "first_use")
    # The example is not high-risk, so this form is not for it.
    assert (view.form.applies, view.form.missing) == (False, ())
    assert view.source is not None
    assert view.source.id == "ai-act-27"


def test_what_the_board_has_not_approved_is_a_draft(
    workspace: Workspace, cast: Cast, ids: tuple[str, str]
) -> None:
    """Until it approves, the phase is named in page and file; then there is an edition."""

    def state() -> tuple[list[str], str | None]:
        file = other_forms.file(workspace, cast.alice, ids[0], "crosswalk", "json", "de")
        content = json.loads(file.content)
        return content["not_approved"], content["fields"]["report_metadata"]

    assert state()[0] == ["conception"]
    slug = road_damage.publish(workspace, cast, *ids)
    unapproved, published = state()
    assert unapproved == []
    assert f"/register/{slug}/editions/1.json" in str(published)
    assert "Ausgabe 1" in str(published)


def test_every_form_as_a_file(workspace: Workspace, cast: Cast, ids: tuple[str, str]) -> None:
    """JSON and CSV in both languages, one row per field."""
    _, forms = other_forms.overview(workspace, cast.alice, ids[0], "de")
    assert len(forms) == 6
    for form in forms:
        for language in ("de", "en"):
            name = form.profile.id
            both = [
                other_forms.file(workspace, cast.alice, ids[0], name, kind, language)
                for kind in ("json", "csv")
            ]
            content = json.loads(both[0].content)
            assert (content["town"], content["language"]) == ("Musterstadt", language)
            text = both[1].content.decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text), delimiter=";"))
            assert len(rows) == len(form.fields) + 1
            assert both[1].name == f"strassenzustand-per-kamera-{name}-{language}-draft.csv"


def test_who_may_not_read_gets_nothing(workspace: Workspace, cast: Cast, system_id: str) -> None:
    """No stranger, no board, no unknown form or kind of file."""
    with pytest.raises(NotFound):
        other_forms.view(workspace, cast.charlie, system_id, "atrs", "de")
    with pytest.raises(Forbidden):
        other_forms.overview(workspace, cast.dora, system_id, "de")
    with pytest.raises(NotFound):
        other_forms.view(workspace, cast.alice, system_id, "weather", "de")
    with pytest.raises(NotFound):
        other_forms.file(workspace, cast.alice, system_id, "atrs", "docx", "de")
    assert other_forms.overview(workspace, cast.frida, system_id, "de")[0].id == system_id
