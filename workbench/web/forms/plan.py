"""The form of an audit plan: plain questions first, everything else a plan can say behind them."""

from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from workbench.audit.catalogue import GAPS
from workbench.audit.choices import CHOICES
from workbench.audit.intake.inspection import Inspection
from workbench.audit.plan import COUNT_COLUMNS
from workbench.audit.words.harms import HARMS
from workbench.basics.text import later
from workbench.web.forms import lines
from workbench.web.forms.attributes import attribute_words
from workbench.web.forms.decision import Checkboxes
from workbench.web.forms.fixed import FixedForm
from workbench.web.forms.options import PLEASE_CHOOSE, offer
from workbench.web.forms.reasons import REASON_LENGTH, reason_field, why
from workbench.web.forms.validators import AtMost, Readable
from workbench.web.locale import language

LINES_LENGTH = 5000
MOST_SUGGESTED = 60
FEW_VALUES = 12
SHORT, LONG = AtMost(REASON_LENGTH), AtMost(LINES_LENGTH)
DECISION, SCORE, NUMBER, COUNTS = "decision", "score", "number", "counts"
KINDS = {
    DECISION: later("A decision or prediction for each person, for example yes or no"),
    SCORE: later("A score for each person, and from some value on it counts as favourable"),
    NUMBER: later("A predicted number for each person, for example an amount"),
}
WITH_COUNTS = {COUNTS: later("Only counts: one row per group")}
MINIMA = ("publish_minimum", "assess_minimum", "certain_minimum")
DEPTHS = {
    "1": later("Only single attributes"),
    "2": later("Pairs, for example sex and age"),
    "3": later("Up to three attributes together"),
    "4": later("Up to four attributes together"),
}


def limit_field(gap: str) -> str:
    """The name of the field for a gap's own limit."""
    return f"limit_{gap}"


class PlanForm(FixedForm):
    """What each column means, who is compared, which errors hurt, and why."""

    columns: tuple[str, ...] = ()
    quoted = frozenset({"positive", "edges", "references", "labels", "names"})

    kind = RadioField(later("What does the table hold?"), choices=offer(KINDS), default=DECISION)
    prediction = SelectField(
        later("Which column says what the system decided or predicted?"), validate_choice=False
    )
    threshold = StringField(
        later("From which score on does it count as favourable?"), [Readable(lines.number)]
    )
    top_k = StringField(
        later("Or: how many people with the highest scores are chosen?"), [Readable(lines.whole)]
    )
    reason_threshold = why("threshold", "threshold", "top_k")
    outcome = SelectField(
        later("Which column says what really happened?"),
        description=later(
            "Without it only the shares of favourable predictions can be compared, no errors."
        ),
        validate_choice=False,
    )
    positive = StringField(
        later("Which value is the favourable one?"),
        description=later(
            "Exactly as it stands in the table, for example 1 or yes. Leave it empty for a "
            "predicted number."
        ),
    )
    attributes = Checkboxes(
        later("Whose groups shall be compared?"),
        [InputRequired(later("Choose at least one attribute whose groups are compared."))],
        description=later("For example sex, age, nationality."),
    )
    edges = TextAreaField(
        later("Age groups and other classes of numbers"),
        [LONG, Readable(lines.edges)],
        description=later(
            "For a column of numbers, say where a new group begins. One line per column, for "
            "example: age: 25, 35, 50"
        ),
    )
    reason_edges = why("edges", "edges")
    harms = Checkboxes(
        later("Who is hurt by which error?"),
        choices=offer({harm.id: harm.question for harm in HARMS.values()}),
        description=later(
            "Your answers decide which gaps are tested. Without an answer all usual gaps are "
            "tested that the columns allow."
        ),
    )
    reason = TextAreaField(
        later("Why do you check these columns and groups?"),
        [InputRequired(later("Give the reason.")), SHORT],
        description=later("The reason will be public."),
    )
    change = TextAreaField(
        later("What is different from the earlier plan, and why?"),
        [SHORT],
        description=later("For these data there is a plan already. Both stay visible."),
    )
    references = TextAreaField(
        later("With which group are the others compared?"),
        [LONG, Readable(lines.references)],
        description=later(
            "One line per attribute, for example: sex: male. Without a line, the groups are "
            "compared with each other and with everybody."
        ),
    )
    reason_references = why("references", "references")
    depth = SelectField(
        later("How many attributes are combined?"), choices=offer(DEPTHS), default="2"
    )
    reason_depth = why("depth", "depth")
    score = SelectField(
        later("Is there a score beside the decision?"),
        description=later("It is then described for each group."),
        validate_choice=False,
    )
    weight = SelectField(
        later("Does a column say how many people a row stands for?"), validate_choice=False
    )
    features = Checkboxes(
        later("Which other columns does the system use?"),
        description=later(
            "For each, the check tells how far it gives away who belongs to which group; with a "
            "model also how far it drives the result."
        ),
    )
    explained_rows = StringField(
        later("Which rows shall be explained one by one?"),
        [Readable(lines.whole_numbers)],
        description=later(
            "Needs a model. Rows count from 1, without the header, for example: 3, 17. A row tells "
            "about one person, so its explanation is never published."
        ),
    )
    labels = TextAreaField(
        later("Words for the values"),
        [LONG, Readable(lines.labels)],
        description=later(
            "Sentences read better with words: “Of 100 women …” instead of “Of 100 f …”. One line "
            "per value, German and English, for example: sex: female = Frauen / women"
        ),
    )
    names = TextAreaField(
        later("Words for the columns"),
        [LONG, Readable(lines.names)],
        description=later("One line per column, for example: age = Alter / age"),
    )
    positive_words = StringField(
        later("Words for the favourable value"),
        [SHORT],
        description=later("For example: bewilligt / granted"),
    )
    reason_limits = why("limits", *(limit_field(gap) for gap in GAPS))
    publish_minimum = StringField(
        later("Not published below this many people"), [Readable(lines.whole)], default="10"
    )
    assess_minimum = StringField(
        later("Not assessed below this many people"), [Readable(lines.whole)], default="30"
    )
    certain_minimum = StringField(
        later("Called uncertain below this many people"), [Readable(lines.whole)], default="100"
    )
    reason_thresholds = why("thresholds", *MINIMA)
    seed = StringField(
        later("Start number for everything drawn at random"), [Readable(lines.whole)], default="1"
    )
    draws = StringField(
        later("How often is drawn at random?"), [Readable(lines.whole)], default="2000"
    )

    def is_used(self, *names: str) -> bool:
        """Whether one of the fields has an error or says something else than at the beginning."""
        fields = [self._fields[name] for name in names]
        return any(field.errors or (field.data or None) != field.default for field in fields)

    @property
    def reasons(self) -> dict[str, Field]:
        """The fields for the reasons of choices, by choice."""
        names = {name: reason_field(name) for name in CHOICES}
        return {name: self._fields[field] for name, field in names.items() if field in self._fields}

    @property
    def limits(self) -> dict[str, Field]:
        """The fields for own limits, by gap."""
        return {name: self._fields[limit_field(name)] for name in GAPS}


for gap in GAPS.values():
    setattr(PlanForm, limit_field(gap.name), StringField(gap.title, [Readable(lines.number)]))


def plan_form(
    inspection: Inspection,
    formdata: MultiDict[str, str] | None = None,
    start: dict[str, object] | None = None,
) -> PlanForm:
    """The form for the columns of an inspected table, filled from ``start`` (see ``planning``)."""
    counted = counts_in(inspection)
    form = PlanForm(formdata, data={**({"kind": COUNTS} if counted else {}), **(start or {})})
    form.columns = tuple(column.name for column in inspection.columns)
    columns = [(name, name) for name in form.columns]
    form.kind.choices = offer({**KINDS, **(WITH_COUNTS if counted else {})})
    for field in (form.prediction, form.outcome, form.score, form.weight):
        field.choices = offer([*PLEASE_CHOOSE.items(), *columns])
    form.features.choices = offer(columns)
    roles = (form.prediction, form.outcome, form.score, form.weight)
    taken = {str(field.data) for field in roles}
    form.attributes.choices = offer(attribute_words(inspection, taken, language(), counts=counted))
    return form


def counts_in(inspection: Inspection) -> str | None:
    """Which kind of counts the table holds by its columns; None when it holds none."""
    names = {column.name for column in inspection.columns}
    return next((kind for kind, needed in COUNT_COLUMNS.items() if names.issuperset(needed)), None)


def suggested(inspection: Inspection) -> list[str]:
    """Values that may be the favourable one: those of columns with few different ones."""
    few = [column for column in inspection.columns if column.distinct <= FEW_VALUES]
    values = dict.fromkeys(value for column in few for value, _ in column.frequent)
    return list(values)[:MOST_SUGGESTED]
