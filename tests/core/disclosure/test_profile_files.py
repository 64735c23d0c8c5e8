"""A filled form as a file: JSON for programs, CSV for spreadsheets."""

import csv
import io
import json

from tests.examples.filled_forms import SAID, fill
from workbench.disclosure import profile_files


def test_json_names_fields_as_the_other_form() -> None:
    """By key where there is one; what is missing and too long is listed."""
    made = fill(
        {},
        {"derived": ["name"], "key": "name", "limit": 3},
        {"answers": ["town.goal"], "required": True},
        name="Ampel",
    )
    content = json.loads(profile_files.as_json(made, {"town": "Musterstadt"}))
    assert content["fields"] == {"name": "Ampel", "1": None}
    assert (content["missing"], content["too_long"]) == (["1"], {"name": 2})
    assert content["town"] == "Musterstadt"


def test_csv_reads_back_and_holds_no_formula() -> None:
    """Spreadsheets read it; a text that begins like a formula is only a text."""
    fields = ({"derived": ["name"]}, {"absent": SAID.root})
    made = fill({}, *fields, name='=HYPERLINK("x";"y")\nB')
    data = profile_files.as_csv(made)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert [len(row) for row in rows] == [5, 5, 5]
    assert rows[1][3] == '\'=HYPERLINK("x";"y")\nB'
    assert rows[2][4] == "nicht gefragt: Titel"
