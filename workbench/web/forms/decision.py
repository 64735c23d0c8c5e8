"""The form of a value decision."""

from collections.abc import Mapping, Sequence

from werkzeug.datastructures import MultiDict
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from workbench.basics.capacities import CAPACITIES
from workbench.basics.text import later, translate
from workbench.governance.decisions import (
    LENGTHS,
    MOST_VOTES,
    OPTIONS,
    VOTES,
    ValueDecision,
    technical_alone,
)
from workbench.governance.value_log import Logged
from workbench.questionnaire.definition import Value
from workbench.web.forms.days import DayField
from workbench.web.forms.fixed import FixedForm
from workbench.web.forms.options import PLEASE_CHOOSE, offer
from workbench.web.forms.validators import AtMost
from workbench.web.locale import language

WRONG_VOTES = later("Please enter a whole number from {low} to {high}.")
# Who took part: the name of a field → the capacity; the last for those without one.
PEOPLE = {f"people_{name}": name for name in CAPACITIES} | {"people_": ""}
OPTION_NAMES = tuple(f"option_{index}" for index in range(OPTIONS))


def limit(field: str) -> AtMost:
    """The length a value decision allows for the field."""
    return AtMost(LENGTHS[field])


def votes(label: str) -> IntegerField:
    """How many voted so; may stay empty."""
    return Votes(label, [Optional()])


class Votes(IntegerField):
    """A whole number within bounds, which its message names."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; raises ValueError when it is no whole number within the bounds."""
        try:
            super().process_formdata(valuelist)
            fits = self.data is None or 0 <= self.data <= MOST_VOTES
        except ValueError:
            fits = False
        if not fits:
            bounds = {"low": 0, "high": MOST_VOTES}
            raise ValueError(translate(language(), WRONG_VOTES, bounds))


class Checkboxes(SelectMultipleField):
    """Several of a list, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DecisionForm(FixedForm):
    """Everything a value decision says; a draft may leave gaps.

    ``evidence`` is offered only where there is text from before files and links.
    """

    question = StringField(
        later("What was to be decided?"),
        [limit("question")],
        description=later(
            "One sentence. For example: “May the system suggest an order of the applications?”"
        ),
    )
    values = Checkboxes(
        later("Which values are in tension?"),
        description=later(
            "Choose at least two. For example, “Effective administration” wants quick answers, "
            "“Control over one’s own data” wants little to be stored."
        ),
    )
    option_0 = TextAreaField(
        later("The option without AI"),
        [limit("option")],
        description=later("How would the task be done without AI?"),
    )
    option_1 = TextAreaField(later("Option A"), [limit("option")])
    option_2 = TextAreaField(later("Option B"), [limit("option")])
    option_3 = TextAreaField(later("Option C"), [limit("option")])
    chosen = RadioField(
        later("Which option was chosen?"),
        [Optional()],
        choices=offer(
            {
                "0": later("The option without AI"),
                "1": later("Option A"),
                "2": later("Option B"),
                "3": later("Option C"),
            }
        ),
        validate_choice=False,
    )
    reasons = TextAreaField(
        later("Why?"),
        [limit("reasons")],
        description=later("Name the reasons that decided. They will be public."),
    )
    yielding = SelectField(later("Which value gave way?"), validate_choice=False)
    protection = TextAreaField(
        later("What protects the value that gave way?"), [limit("protection")]
    )
    capacities = Checkboxes(
        later("In which capacities did people take part?"),
        choices=offer(CAPACITIES),
    )
    decided_by = SelectField(
        later("Who decided, in which capacity?"),
        choices=offer({**PLEASE_CHOOSE, **CAPACITIES}),
    )
    office = StringField(
        later("Which office decided?"),
        [limit("office")],
        description=later("The office, not the person. It will be public."),
    )
    decided_on = DayField(later("When was it decided?"))
    votes_for = votes(later("Votes for the choice"))
    votes_against = votes(later("Votes against it"))
    votes_abstained = votes(later("Abstentions"))
    conditions = TextAreaField(
        later("Under which conditions?"),
        [limit("conditions")],
        description=later("What has to be done or kept so that the decision holds. Public."),
    )
    evidence = TextAreaField(
        later("What is the decision based on? (earlier text)"),
        [limit("evidence")],
        description=later(
            "Public. New evidence goes below, as files and links. Empty this once it stands there."
        ),
    )
    supersedes = SelectField(
        later("Does it replace an earlier decision?"), [Optional()], validate_choice=False
    )
    review_on = DayField(later("When will the decision be looked at again?"))
    alone_reason = TextAreaField(
        later("Only the technical side took part: why?"),
        [limit("alone_reason")],
        description=later("Needed if only IT or the vendor took part. It will be public."),
    )
    seen = HiddenField(default="0")

    def says(self, *names: str) -> bool:
        """Whether one of the fields holds something, or something is wrong with it."""
        fields = [self[name] for name in names]
        return any(one.errors or one.data not in (None, "", []) for one in fields)

    @property
    def technical_alone(self) -> bool:
        """Whether, as the form stands, only IT or the vendor took part."""
        involved = tuple(self.capacities.data or ())
        return technical_alone(
            ValueDecision(capacities=involved, decided_by=self.decided_by.data or "")
        )


for field_name, capacity in PEOPLE.items():
    label = CAPACITIES.get(capacity, later("Others, in no capacity"))
    setattr(DecisionForm, field_name, StringField(label, [limit("people")]))


def form_for(
    vocabulary: Mapping[str, Value],
    language: str,
    formdata: MultiDict[str, str] | None = None,
    decision: ValueDecision | None = None,
    earlier: Sequence[Logged] = (),
) -> DecisionForm:
    """The form, filled from what was sent or from a decision; it may replace an ``earlier`` one."""
    stored = decision or ValueDecision()
    options = (*stored.options, *("",) * OPTIONS)[:OPTIONS]
    form = DecisionForm(
        formdata,
        data={
            **stored.model_dump(),
            **dict(zip(OPTION_NAMES, options, strict=True)),
            **{field: stored.people.get(name, "") for field, name in PEOPLE.items()},
            "chosen": "" if stored.chosen is None else str(stored.chosen),
        },
    )
    named = {key: value.title.in_language(language) for key, value in vocabulary.items()}
    form.values.choices = offer(named)
    form.yielding.choices = offer({**PLEASE_CHOOSE, **named})
    asked = {entry.id: entry.body.question for entry in earlier if entry.body.question}
    form.supersedes.choices = offer({"": translate(language, later("No, it is new")), **asked})
    return form


def decision_of(form: DecisionForm) -> ValueDecision:
    """The value decision a form says."""
    data = form.data
    chosen = data["chosen"] or ""
    people = {name: data[field] for field, name in PEOPLE.items() if data[field]}
    # Whoever is named in a capacity took part in it, ticked or not.
    capacities = {*(data["capacities"] or ()), *filter(None, people)}
    return ValueDecision(
        question=text(data, "question"),
        values=tuple(data["values"] or ()),
        options=tuple(text(data, name) for name in OPTION_NAMES),
        chosen=int(chosen) if chosen in {"0", "1", "2", "3"} else None,
        reasons=text(data, "reasons"),
        yielding=text(data, "yielding"),
        protection=text(data, "protection"),
        capacities=tuple(name for name in CAPACITIES if name in capacities),
        decided_by=text(data, "decided_by"),
        office=text(data, "office"),
        decided_on=data["decided_on"],
        review_on=data["review_on"],
        alone_reason=text(data, "alone_reason"),
        people=people,
        **{name: data[name] for name in VOTES},
        conditions=text(data, "conditions"),
        evidence=text(data, "evidence"),
        supersedes=text(data, "supersedes"),
    )


def text(data: Mapping[str, str | None], field: str) -> str:
    """A field's text; "" for a field that was not sent."""
    return data[field] or ""
