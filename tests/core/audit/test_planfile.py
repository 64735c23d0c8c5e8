"""A plan file says the same in YAML and JSON, or is refused with the place of the mistake."""

import json
from pathlib import Path

import pytest

from workbench.audit import plan, plan_rules, planfile
from workbench.audit.intake import files
from workbench.audit.plan import planned
from workbench.audit.planfile import read_plan
from workbench.basics.errors import DataRefused, InvalidInput, WorkbenchError

YAML = """
# The yearly check
outcome: repaid
positive: yes
prediction: granted
attributes: [sex, age]
edges:
  age: [25, 35.5]
references: {sex: 1}
threshold: null
seed: 7
reason: Credit decides about participation.
"""
VALUES: dict[str, object] = {
    "outcome": "repaid",
    "positive": "yes",
    "prediction": "granted",
    "attributes": ["sex", "age"],
    "edges": {"age": [25, 35.5]},
    "references": {"sex": "1"},
    "threshold": None,
    "seed": 7,
    "reason": "Credit decides about participation.",
}


def written(folder: Path, text: str) -> Path:
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        YAML,
        "\ufeff" + YAML,
        json.dumps(VALUES),
        YAML.replace("positive: yes", "positive: !!str yes"),
        json.dumps(VALUES | {"references": {"sex": 1}}, indent="\t"),
        planned(VALUES).model_dump_json(),
    ],
)
def test_it_works(tmp_path: Path, text: str) -> None:
    """ "yes" stays a word, a number in a column is a text, and a stored plan is read again."""
    assert read_plan(written(tmp_path, text)) == planned(VALUES)


@pytest.mark.parametrize(
    ("text", "message", "said"),
    [
        ("a: [1", planfile.NOT_WELL_FORMED, "line 1"),
        ("a: 1\nb: 2\na: 3\n", planfile.NOT_WELL_FORMED, "line 3: the key a stands twice"),
        ("a: &x 1\nb: *x\n", planfile.NOT_WELL_FORMED, "line 2: no alias"),
        ('{"a": 1,\n"b" 2}', planfile.NOT_WELL_FORMED, "line 2"),
        ("a: !!python/name:os.system x", planfile.NOT_WELL_FORMED, "line 1"),
        ("[" * 20_000, planfile.NOT_WELL_FORMED, planfile.TOO_DEEP),
        ('{"a":' * 5_000, planfile.NOT_WELL_FORMED, planfile.TOO_DEEP),
        ("a: 1\n? [a, b]\n: 1\n", planfile.NOT_WELL_FORMED, "line 2: a key is a text"),
        ("a: 1\nb: !!int x", planfile.NOT_WELL_FORMED, "line 2"),
        ("a: !!float x", planfile.NOT_WELL_FORMED, "line 1"),
        ("a: !!bool x", planfile.NOT_WELL_FORMED, "line 1"),
        ("a: !!timestamp x", planfile.NOT_WELL_FORMED, "line 1"),
        ("a: !!map x", planfile.NOT_WELL_FORMED, "line 1"),
        ('{"reason": "\\ud800"}', planfile.NOT_WELL_FORMED, "surrogates"),
        ('reason: "\\uD800"', planfile.NOT_WELL_FORMED, "surrogates"),
        ("just words", planfile.NO_FIELDS, "plan.yaml"),
        ("", planfile.NO_FIELDS, "plan.yaml"),
        ("x" * 300_000, planfile.PLAN_TOO_LARGE, "plan.yaml"),
        (YAML + "gapps: [x]\n", plan.BROKEN_PLAN, "gapps “gaps”?"),
        (YAML + "depth: deep\n", plan.BROKEN_PLAN, "depth"),
        (YAML.replace("[25, 35.5]", "[35, 25]"), plan_rules.BAD_EDGES, "ascending"),
    ],
)
def test_it_refuses(tmp_path: Path, text: str, message: str, said: str) -> None:
    """Every mistake has a sentence that says where it is."""
    with pytest.raises((DataRefused, InvalidInput)) as refused:
        read_plan(written(tmp_path, text))

    assert isinstance(refused.value, WorkbenchError)
    assert refused.value.message == message
    assert said in str(refused.value)


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there, a folder, and what is no text in UTF-8 are named."""
    (tmp_path / "latin").write_bytes(b"reason: caf\xe9")
    (tmp_path / "folder").mkdir()
    for name, message in (
        ("none", files.NO_FILE),
        ("folder", files.NOT_OPENED),
        ("latin", planfile.NOT_UTF_8),
    ):
        with pytest.raises(DataRefused, match=f"“{name}”") as refused:
            read_plan(tmp_path / name)
        assert refused.value.message == message
