"""Small forms of an audit: the files, how a file is written, what to compare with."""

from werkzeug.datastructures import MultiDict
from wtforms import FileField, Form, SelectField
from wtforms.validators import InputRequired

from workbench.audit.intake.inspection import Dialect
from workbench.basics.text import later
from workbench.web.forms.fixed import FixedForm
from workbench.web.forms.options import PLEASE_CHOOSE, offer

ENCODINGS = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}
DELIMITERS = {
    ";": later("semicolon"),
    ",": later("comma"),
    "\t": later("tab"),
    "|": later("vertical bar"),
}
DECIMALS = {",": later("comma"), ".": later("point")}


class UploadForm(Form):
    """A table with what the system said about people, perhaps the model and a background."""

    table = FileField(
        later("Table"),
        [InputRequired(later("Choose a file."))],
        description=later(
            "CSV or Parquet, at most 200 MB. One row per case, or one row per group with counts. "
            "No names, no addresses."
        ),
    )
    model = FileField(
        later("Model"),
        description=later(
            "ONNX, skops, XGBoost (JSON or UBJ) or LightGBM (text file), at most 100 MB. With the "
            "model the workbench explains which details drive the result."
        ),
    )
    background = FileField(
        later("Background sample"),
        description=later(
            "Only with a model: rows from which its effects are counted, for example 500 rows of "
            "the training data. CSV, written like the table, or Parquet, at most 100 MB."
        ),
    )


class ResultForm(Form):
    """The result of an audit that the command line computed."""

    result = FileField(
        later("Result file"),
        [InputRequired(later("Choose a file."))],
        description=later("The file result.json of `workbench audit`, at most 20 MB."),
    )


class DialectForm(FixedForm):
    """How the text of a table is written."""

    encoding = SelectField(later("Encoding of the letters"), choices=offer(ENCODINGS))
    delimiter = SelectField(later("What separates the columns?"), choices=offer(DELIMITERS))
    decimal = SelectField(later("Decimal sign of numbers"), choices=offer(DECIMALS))


def dialect_form(
    dialect: Dialect | None, formdata: MultiDict[str, str] | None = None
) -> DialectForm:
    """The form, filled with how the table was read."""
    return DialectForm(formdata, data=dialect.model_dump() if dialect else {})


def dialect_of(form: DialectForm) -> Dialect:
    """The dialect that a valid form says."""
    return Dialect.model_validate({field.name: field.data for field in form})


class CompareForm(FixedForm):
    """Which earlier audit an audit is compared with."""

    before = SelectField(
        later("Compare with which earlier audit?"),
        [InputRequired(later("Choose an audit."))],
        description=later("An audit of another system fits too, best on the same data."),
        validate_choice=False,
    )


def compare_form(
    audits: dict[str, str], before: str = "", formdata: MultiDict[str, str] | None = None
) -> CompareForm:
    """The form for audits to choose from: id → words."""
    form = CompareForm(formdata, data={"before": before})
    form.before.choices = offer({**PLEASE_CHOOSE, **audits})
    return form
