"""One YAML file → a checked model that still knows the line of every key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from workbench.basics.errors import BrokenContent

LARGEST_FILE = 256 * 1024
DEEPEST = 50
Key = tuple[str, ...]
M = TypeVar("M", bound=BaseModel)
TIMESTAMP = "tag:yaml.org,2002:timestamp"
# pydantic's own words are written for programmers; these are for the author of the file.
EXPECTED: Mapping[str, str] = {
    "missing": "this key, it is missing",
    "extra_forbidden": "a key of the list in questionnaires/README.md",
    "string_type": "a text, if need be in quotes",
    "string_pattern_mismatch": "a name that fits {pattern}",
    "string_too_short": "a text",
    "too_short": "at least one entry",
    "enum": "{expected}",
    "value_error": "{error}",
    "model_type": "keys and values",
    "dict_type": "keys and values",
    "tuple_type": "a list",
}


# The parser in C is about ten times as fast; it is part of the usual packages of PyYAML.
Fastest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PlainLoader(Fastest):  # type: ignore[misc]  # one of two classes
    """YAML without dates."""


# A date stays a text here; the model reads it, and a wrong one is reported with its line.
PlainLoader.yaml_implicit_resolvers = {
    start: [(tag, pattern) for tag, pattern in resolvers if tag != TIMESTAMP]
    for start, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Document(Generic[M]):
    """A file's checked content and where each key stands."""

    file: str
    content: M
    lines: Mapping[Key, int]

    def problem(self, key: Key, expected: str) -> BrokenContent:
        """A mistake at the key, with its line or that of the nearest part around it."""
        return BrokenContent(self.file, line_of(self.lines, key), "/".join(key), expected)


def line_of(lines: Mapping[Key, int], key: Key) -> int:
    """The line of the key, or of the nearest part around it that is in the file."""
    known = (key[:length] for length in range(len(key), -1, -1))
    return next((lines[part] for part in known if part in lines), 1)


def read(
    path: Path, folder: Path, model: type[M], problems: list[BrokenContent]
) -> Document[M] | None:
    """The file's content as the model; what is wrong is added to ``problems``, and then None.

    ``folder`` is the questionnaires folder; the file is named relative to its parent.
    """
    file = path.relative_to(folder.parent).as_posix()
    try:
        node, data = _parse(_text(path, file), file)
    except BrokenContent as problem:
        problems.append(problem)
        return None
    lines = dict(_lines(node, ()))
    twice = list(_twice(file, node, ()))
    if twice:
        problems.extend(twice)
        return None
    try:
        content = model.model_validate(data)
    except ValidationError as invalid:
        problems.extend(_translated(file, lines, invalid))
        return None
    return Document(file, content, lines)


def _text(path: Path, file: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BrokenContent(file, 1, "", f"a readable file ({error.strerror})") from error
    if len(raw) > LARGEST_FILE:
        raise BrokenContent(file, 1, "", f"at most {LARGEST_FILE // 1024} kB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BrokenContent(file, line, "", "text in UTF-8") from error


def _parse(content: str, file: str) -> tuple[yaml.Node, Any]:
    try:
        _refuse_hostile(content, file)
        loader = PlainLoader(content)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BrokenContent(file, line, "", f"valid YAML ({error.problem})") from error
    except (yaml.YAMLError, ValueError) as error:
        raise BrokenContent(file, 1, "", f"valid YAML ({error})") from error
    if node is None or not isinstance(data, dict):
        raise BrokenContent(file, 1, "", "keys and values")
    return node, data


def _refuse_hostile(content: str, file: str) -> None:
    """An alias of a few bytes can unfold to gigabytes, and depth can exhaust the stack."""
    depth = 0
    for event in yaml.parse(content, Loader=PlainLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            wanted = "valid YAML (no alias (*name): repeat the text)"
            raise BrokenContent(file, line, "", wanted)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise BrokenContent(file, line, "", "less deeply nested YAML")


def _parts(node: yaml.Node, key: Key) -> Iterator[tuple[Key, yaml.Node, yaml.Node]]:
    """(key, the node that carries its line, the node that is its value) of each child."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield (*key, str(name.value)), name, value
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield (*key, str(index)), value, value


def _lines(node: yaml.Node, key: Key) -> Iterator[tuple[Key, int]]:
    for child, name, value in _parts(node, key):
        yield child, name.start_mark.line + 1
        yield from _lines(value, child)


def _twice(file: str, node: yaml.Node, key: Key) -> Iterator[BrokenContent]:
    first: dict[Key, int] = {}
    for child, name, value in _parts(node, key):
        line = name.start_mark.line + 1
        if first.setdefault(child, line) != line:
            wanted = f"each key once, this one stands in line {first[child]} already"
            yield BrokenContent(file, line, "/".join(child), wanted)
        yield from _twice(file, value, child)


def _translated(
    file: str, lines: Mapping[Key, int], invalid: ValidationError
) -> Iterator[BrokenContent]:
    for error in invalid.errors():
        key = tuple(str(part) for part in error["loc"])
        usual = error["msg"].removeprefix("Input should be ")
        expected = EXPECTED.get(error["type"], usual).format(**error.get("ctx", {}))
        yield BrokenContent(file, line_of(lines, key), "/".join(key), expected)
