"""Forms of an audit: the files, then what the columns mean."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict
from wtforms import FileField, Form, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from workbench.audit.intake.inspection import Inspection
from workbench.basics.text import later
from workbench.web.forms.decision import Checkboxes
from workbench.web.forms.fixed import FixedForm
from workbench.web.forms.options import offer

REASON_LENGTH = 1000
CHOOSE = InputRequired(later("Choose a column."))


class UploadForm(Form):
    """A table with outcomes and predictions, and perhaps the model."""

    table = FileField(
        later("Table with outcomes and predictions"),
        [InputRequired(later("Choose a file."))],
        description=later(
            "CSV or Parquet, at most 200 MB. One row per case: what the system said, what really "
            "happened, and the attributes whose groups are to be compared. No names, no addresses."
        ),
    )
    model = FileField(
        later("Model (optional)"),
        description=later(
            "LightGBM text file or skops, at most 100 MB. With the model the workbench explains "
            "which details drive the result."
        ),
    )


class PlanForm(FixedForm):
    """What each column means, who is compared, and why."""

    outcome = SelectField(
        later("Which column says what really happened?"), [CHOOSE], validate_choice=False
    )
    positive = StringField(
        later("Which value there is the favourable one?"),
        [InputRequired(later("Fill in this field."))],
        description=later("Exactly as it stands in the table, for example 1 or yes."),
    )
    prediction = SelectField(
        later("Which column says what the system predicted or decided?"),
        [CHOOSE],
        validate_choice=False,
    )
    attributes = Checkboxes(
        later("Whose groups shall be compared?"),
        [InputRequired(later("Choose at least one attribute whose groups are compared."))],
        description=later("For example sex, age, nationality. Choose at most four columns."),
    )
    edges = TextAreaField(
        later("Age groups and other classes of numbers"),
        [Length(max=REASON_LENGTH)],
        description=later(
            "For a column of numbers, say where a new group begins. One line per column, for "
            "example: age: 25, 35, 50"
        ),
    )
    reason = TextAreaField(
        later("Why do you check these columns and groups?"),
        [
            InputRequired(later("Give the reason.")),
            Length(max=REASON_LENGTH, message=later("This text is too long.")),
        ],
        description=later("Who could be hurt by which error? The reason will be public."),
    )


def plan_form(inspection: Inspection, formdata: MultiDict[str, str] | None = None) -> PlanForm:
    """The form for the columns of an inspected table."""
    form = PlanForm(formdata)
    names = [(column.name, column.name) for column in inspection.columns]
    form.outcome.choices = form.prediction.choices = offer([("", ""), *names])
    form.attributes.choices = offer(names)
    return form


def plan_values(form: PlanForm, inspection: Inspection) -> dict[str, object]:
    """What the form says, as ``audit.plan.planned`` takes it.

    Classes that cannot be read stay as they were typed, so that the plan refuses them by name.
    """
    data: Mapping[str, object] = form.data
    dialect = inspection.dialect
    return {
        "outcome": data["outcome"] or "",
        "positive": str(data["positive"] or "").strip(),
        "prediction": data["prediction"] or "",
        "attributes": tuple(form.attributes.data or ()),
        "edges": edges_of(str(data["edges"] or "")),
        "reason": str(data["reason"] or "").strip(),
        "dialect": dialect.model_dump() if dialect else None,
    }


def edges_of(typed: str) -> dict[str, object]:
    """Column → where its groups begin, from lines such as "age: 25, 35"."""
    found: dict[str, object] = {}
    for line in typed.splitlines():
        name, _, numbers = line.rpartition(":")
        if line.strip():
            parts = tuple(part.strip() for part in numbers.replace(";", ",").split(","))
            found[name.strip()] = parts
    return found
