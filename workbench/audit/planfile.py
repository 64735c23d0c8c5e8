"""A plan in a file, YAML or JSON: for the command line, and to keep it under version control.

The keys are the fields of ``AuditPlan``. In YAML every value is taken as it is written, so that
``positive: yes`` means the word "yes" and ``positive: 1`` the text "1" that stands in the column.
"""

import json
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import yaml

from workbench.audit.intake.files import opening
from workbench.audit.plan import AuditPlan, planned
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

LARGEST_FILE = 256 * 1024
NULL = "tag:yaml.org,2002:null"
TAGS = (NULL, *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")), None)
NO_TEXT_KEY = "a key is a text"
TOO_DEEP = "nested too deeply"

NOT_UTF_8 = later("The plan file “{file}” is no text in UTF-8. Save it as UTF-8.")
PLAN_TOO_LARGE = later("The plan file “{file}” is too large. A plan is a page of text.")
NOT_WELL_FORMED = later(
    "The plan file “{file}” is not well-formed YAML or JSON (line {line}: {reason}). Correct this "
    "line."
)
NO_FIELDS = later(
    "The plan file “{file}” does not hold fields with values. Write one per line, for example "
    "“prediction: granted”."
)


class PlanLoader(yaml.SafeLoader):
    """YAML in which every value is a text or nothing and each key stands once.

    No aliases, and no tags but those of texts, lists, mappings and nothing.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; an alias is an error with its place."""
        if self.check_event(yaml.AliasEvent):
            mark = self.get_event().start_mark  # type: ignore[no-untyped-call]  # no stub
            raise yaml.MarkedYAMLError(problem="no alias: repeat the text", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 — as PyYAML has it
        """Keys and values; a key that stands twice is an error with its place."""
        seen: set[str] = set()
        for key, _ in node.value if node.id == "mapping" else ():
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem=NO_TEXT_KEY, problem_mark=key.start_mark)
            if key.value in seen:
                problem = f"the key {key.value} stands twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


PlanLoader.yaml_implicit_resolvers = {
    start: [(tag, pattern) for tag, pattern in resolvers if tag == NULL]
    for start, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
# The constructor of None is that of all other tags: an error with its place.
PlanLoader.yaml_constructors = {tag: yaml.SafeLoader.yaml_constructors[tag] for tag in TAGS}


def read_plan(path: Path, positive: str = "") -> AuditPlan:
    """The plan in a YAML or JSON file; ``positive`` is the favourable value if it leaves it open.

    Raises DataRefused when the file cannot be read or is not well formed, with the line, and
    InvalidInput, naming each field that does not fit.
    """
    with opening(path):
        if path.stat().st_size > LARGEST_FILE:
            raise DataRefused(PLAN_TOO_LARGE, file=path.name)
        data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeError as error:
        raise DataRefused(NOT_UTF_8, file=path.name) from error
    read = _json if text.lstrip().startswith("{") else _yaml
    values = _fields(read, text, path.name)
    if positive and values.get("task") != "regression" and not values.get("counts"):
        values.setdefault("positive", positive)
    return planned(values)


def _fields(read: Callable[[str], object], text: str, file: str) -> dict[str, object]:
    try:
        values = read(text)
        # An escape can stand for half a letter, which is no text.
        json.dumps(values, ensure_ascii=False).encode()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataRefused(NOT_WELL_FORMED, file=file, line=line, reason=error.problem) from error
    except yaml.YAMLError as error:
        raise DataRefused(NOT_WELL_FORMED, file=file, line=1, reason=str(error)) from error
    except json.JSONDecodeError as error:
        line, reason = error.lineno, error.msg
        raise DataRefused(NOT_WELL_FORMED, file=file, line=line, reason=reason) from error
    except RecursionError as error:
        raise DataRefused(NOT_WELL_FORMED, file=file, line=1, reason=TOO_DEEP) from error
    except UnicodeError as error:
        raise DataRefused(NOT_WELL_FORMED, file=file, line=1, reason=str(error)) from error
    if not isinstance(values, dict):
        raise DataRefused(NO_FIELDS, file=file)
    return {str(name): value for name, value in values.items()}


def _yaml(text: str) -> object:
    loader = PlanLoader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _json(text: str) -> object:
    """Numbers as they are written, so that a number can stand where a column holds it as text."""
    return json.loads(text, parse_int=str, parse_float=str)
