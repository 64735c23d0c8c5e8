"""One section of a questionnaire with its answers → a WTForms form, and back to JSON values."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from pydantic import JsonValue
from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from workbench.questionnaire import asking, conditions, types
from workbench.questionnaire import path as paths
from workbench.questionnaire.definition import Question, QuestionType, Registered, Section
from workbench.questionnaire.path import Path
from workbench.web.forms import choosing, composed, fields
from workbench.web.forms.composed import FormData
from workbench.web.forms.fields import AnswerField

# The names of the buttons that work without a script.
ADD, REMOVE = "group-add", "group-remove"
# Stands in the name of an input that only says: there is a row.
NEW = "new"
BUILDERS: Mapping[QuestionType, type[AnswerField]] = {
    QuestionType.SHORT_TEXT: AnswerField,
    QuestionType.LONG_TEXT: fields.LongTextAnswer,
    QuestionType.YES_NO: choosing.YesNoAnswer,
    QuestionType.CHOICE_ONE: choosing.OneAnswer,
    QuestionType.CHOICE_MANY: choosing.ManyAnswer,
    QuestionType.NUMBER: fields.NumberAnswer,
    QuestionType.DATE: composed.DateAnswer,
    QuestionType.GROUP: composed.GroupAnswer,
    QuestionType.LINK: fields.LinkAnswer,
    QuestionType.JUDGEMENT: choosing.JudgementAnswer,
}


class QuestionForm(BaseForm):
    """The questions of one section; ``form[question id]`` is a field.

    A question whose condition the entries do not fulfil never stops the form.
    """

    def __init__(
        self,
        section: Section,
        sheet: Mapping[str, JsonValue],
        path: Path,
        unbound: "Mapping[str, UnboundField[Any]]",
    ) -> None:
        super().__init__(unbound)
        self.section = section
        here = {question.id for question in section.questions}
        self.stored = {key: value for key, value in sheet.items() if key in here}
        self.before = {key: value for key, value in path.counting.items() if key not in here}

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every entry has the right form; required questions may still be empty."""
        super().validate(extra_validators)
        answers = {**self.stored, **values(self)}
        asked = paths.through([self.section], answers, self.before).visible
        for field in fields.answers_of(self):
            if field.errors and field.question.id not in asked:
                field.unsaid()
        return not self.errors


def form_for(
    section: Section,
    sheet: Mapping[str, JsonValue],
    path: Path,
    language: str,
    formdata: FormData | None = None,
    registered: Mapping[Registered, str] | None = None,
) -> QuestionForm:
    """The form of a section, filled from the sheet or from what was posted.

    It holds the questions asked now, and those that answers on the same page can bring up.
    ``registered``: what the registration of the system says already; it is offered where nothing
    is answered yet, and stored only with the rest of the form.
    """
    questions = {question.id: question for question in section.questions}
    known = _known(section, sheet, registered or {})
    unbound: dict[str, UnboundField[Any]] = {}
    # A section that does not apply cannot be brought up by answers on its own page.
    for question in section.questions if section.id in path.sections else ():
        left = _left_to_see(question, path, unbound.keys())
        if left is False:
            continue
        local = None if left is True else left
        sentence = asking.sentence(local, questions, language) if local else ""
        unbound[question.id] = _unbound(
            question.model_copy(update={"ask_if": local}),
            language,
            condition=sentence,
            escapable=question.type in types.ESCAPABLE,
            known=question.id in known,
        )
    form = QuestionForm(section, sheet, path, unbound)
    form.process(formdata, data={**known, **sheet})
    return form


def _known(
    section: Section, sheet: Mapping[str, JsonValue], registered: Mapping[Registered, str]
) -> dict[str, JsonValue]:
    return {
        question.id: registered[question.registered]
        for question in section.questions
        if question.registered and question.registered in registered
        if question.id not in sheet
    }


def values(form: QuestionForm) -> dict[str, JsonValue]:
    """Question id → value to store, for every posted field that fits; None where it was emptied.

    Call it after ``form.validate()``.
    """
    return {
        field.question.id: field.accepted()
        for field in fields.answers_of(form)
        if field.sent and not field.errors
    }


def group_action(formdata: FormData) -> FormData | None:
    """What was posted with one row more or less, when such a button was pressed; else None.

    Nothing typed gets lost: build the form anew from the result and show it.
    """
    added, removed = formdata.get(ADD), formdata.get(REMOVE)
    if not added and not removed:
        return None
    kept = [(key, value) for key, value in formdata.items(multi=True) if key not in (ADD, REMOVE)]
    if removed:
        kept = [(key, value) for key, value in kept if not key.startswith(f"{removed}-")]
    if added:
        number = max(composed.row_numbers(formdata, added), default=-1) + 1
        kept.append((f"{added}-{number}-{NEW}", ""))
    return MultiDict(kept)


def _left_to_see(
    question: Question, path: Path, earlier_here: Collection[str]
) -> conditions.Condition | bool:
    """What answers on the same page still decide; True or False when nothing is left to decide."""
    if question.ask_if is None:
        return True
    return conditions.reduced(question.ask_if, path.counting, earlier_here)


def _unbound(question: Question, language: str, **more: Any) -> "UnboundField[Any]":
    """The field before a form binds it; for a group with those of its rows."""
    options: dict[str, Any] = {"question": question, "language": language, **more}
    if question.type is QuestionType.GROUP:
        options["cells"] = lambda: {f.id: _unbound(f, language) for f in question.fields}
    # Made without a form, WTForms gives an unbound field instead.
    return cast("UnboundField[Any]", BUILDERS[question.type](**options))
