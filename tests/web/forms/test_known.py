"""What the registration says already need not be typed again."""

from typing import Any

import pytest

from workbench.questionnaire import path
from workbench.questionnaire.definition import Questionnaire, Registered, Section
from workbench.web.forms import build
from workbench.web.forms.build import QuestionForm
from workbench.web.forms.composed import FormData
from workbench.web.forms.fields import answers_of

PURPOSE = {Registered.PURPOSE: "Bilder."}


@pytest.fixture
def page(section: Section) -> Section:
    """The section, whose first question asks for the purpose."""
    first = section.questions[0].model_copy(update={"registered": Registered.PURPOSE})
    return section.model_copy(update={"questions": (first, *section.questions[1:])})


def form_of(questionnaire: Questionnaire, page: Section, **given: Any) -> QuestionForm:
    """The form of the page, with what the registration says."""
    sheet = given.get("sheet", {})
    walked = path.walk(questionnaire, sheet)
    posted = FormData(given["posted"]) if "posted" in given else None
    return build.form_for(page, sheet, walked, "en", posted, PURPOSE)


def test_it_is_offered_and_said_where_from(
    questionnaire: Questionnaire, page: Section, render: Any
) -> None:
    """The field shows the text and a note that belongs to it; other fields stay empty."""
    form = form_of(questionnaire, page)
    first, second, *_ = answers_of(form)

    assert first.typed == "Bilder."
    assert f"{first.id}-known" in first.described_by
    assert f'id="{first.id}-known"' in render(form)
    assert (second.typed, second.known) == ("", False)


def test_an_answer_comes_before_it(questionnaire: Questionnaire, page: Section) -> None:
    """Once something is answered, or was typed, that is shown."""
    name = page.questions[0].id
    answered, *_ = answers_of(form_of(questionnaire, page, sheet={name: "Anders."}))
    typed, *_ = answers_of(form_of(questionnaire, page, posted=[(name, "Neu.")]))

    assert (answered.typed, answered.known) == ("Anders.", False)
    assert typed.typed == "Neu."


def test_it_is_stored_only_when_it_is_sent(questionnaire: Questionnaire, page: Section) -> None:
    """Looking at the page saves nothing; sending it saves the text as it stands there."""
    name = page.questions[0].id
    looked = form_of(questionnaire, page)
    sent = form_of(questionnaire, page, posted=[(name, PURPOSE[Registered.PURPOSE])])

    assert looked.validate()
    assert build.values(looked) == {}
    assert sent.validate()
    assert build.values(sent)[name] == "Bilder."
