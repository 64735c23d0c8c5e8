"""The JSON Schema for editors is the one the program uses."""

import json

from workbench.questionnaire import file_format
from workbench.resources import folder

REMEDY = (
    'Run: python -c "from workbench.questionnaire.file_format import schema_text; '
    "print(schema_text(), end='')\" > questionnaires/schema.json"
)


def test_schema_file_is_generated_from_the_models() -> None:
    """questionnaires/schema.json is up to date."""
    written = (folder("questionnaires") / "schema.json").read_text("utf-8")

    assert written == file_format.schema_text(), REMEDY


def test_schema_describes_every_key() -> None:
    """Each key of each kind of file has a sentence for its author."""
    definitions = json.loads(file_format.schema_text())["$defs"]
    models = [
        model for model in definitions if model.endswith(("File", "Text")) and model != "Text"
    ]

    undescribed = [
        f"{model}.{key}"
        for model in models
        for key, rule in definitions[model]["properties"].items()
        if "description" not in rule
    ]
    assert len(models) >= 7
    assert undescribed == []
