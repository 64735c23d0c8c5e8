"""What once opened a door in software like this does not occur here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Modules whose loading of a file can run what the file says.
UNSAFE_MODULES = {"pickle", "cPickle", "_pickle", "cloudpickle", "dill", "marshal", "shelve"}
UNSAFE_CALLS = {
    "joblib.load": "it opens pickles",
    "yaml.load": "use yaml.safe_load or the reader of questionnaires",
    "yaml.full_load": "use yaml.safe_load",
    "yaml.unsafe_load": "use yaml.safe_load",
    "pandas.read_pickle": "it opens pickles",
    "pd.read_pickle": "it opens pickles",
    "Markup": "templates escape; leave it to them",
    "markupsafe.Markup": "templates escape; leave it to them",
    "eval": "it runs what it is given",
    "exec": "it runs what it is given",
    "os.system": "use subprocess with a list",
}
# SQL put together from text: allowed where only words of the program are put together.
BUILT_SQL = {"workbench/storage/jobs.py"}
UNSAFE_IN_TEMPLATES = {
    r"\|\s*safe\b": "a value is put into the page unescaped",
    r"autoescape\s+false": "values are put into the page unescaped",
    r"\sstyle\s*=": "a style attribute, which the security policy forbids",
    r"\son[a-z]+\s*=\s*[\"']": "a script in an attribute, which the security policy forbids",
    r"<script(?![^>]*\bsrc=)": "a script in the page, which the security policy forbids",
    r"javascript:": "a script as an address",
}


def dangers(source: str) -> Iterator[str]:
    """What is dangerous in a module, with its line."""
    for node in ast.walk(ast.parse(source)):
        for what in (*imported(node), *called(node)):
            yield f"line {getattr(node, 'lineno', 0)}: {what}"


def imported(node: ast.AST) -> Iterator[str]:
    """Modules that must not be imported."""
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom) and node.module:
        names = [node.module]
    for name in names:
        if name.split(".")[0] in UNSAFE_MODULES:
            yield f"import {name}"


def called(node: ast.AST) -> Iterator[str]:
    """Calls that must not be made."""
    if not isinstance(node, ast.Call):
        return
    name = ast.unparse(node.func)
    if name in UNSAFE_CALLS:
        yield f"{name}(): {UNSAFE_CALLS[name]}"
    if any(word.arg == "shell" and ast.unparse(word.value) != "False" for word in node.keywords):
        yield "shell=True: use a list"
    if name.split(".")[-1] == "text" and node.args and isinstance(node.args[0], ast.JoinedStr):
        yield "text(f…): SQL gets its values as parameters"


def test_no_module_does_what_is_dangerous() -> None:
    """No pickles, no shell, no code from files, no SQL put together, no unescaped markup."""
    files = list((ROOT / "workbench").rglob("*.py"))
    assert len(files) > 100
    found = {
        name: list(dangers(file.read_text(encoding="utf-8")))
        for file in files
        if (name := str(file.relative_to(ROOT))) not in BUILT_SQL
    }
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "bad",
    [
        "import pickle",
        "from pickle import loads",
        "import joblib\njoblib.load(file)",
        "import yaml\nyaml.load(file, Loader=yaml.SafeLoader)",
        "import subprocess\nsubprocess.run(command, shell=True)",
        "subprocess.run(command, shell=yes)",
        "session.execute(text(f'select {column}'))",
        "session.execute(sqlalchemy.text('select ' f'{column}'))",
        "return_ = Markup(answer)",
        "eval(condition)",
    ],
)
def test_each_danger_is_noticed(bad: str) -> None:
    """Twin: one line of each kind is found."""
    assert len(list(dangers(bad))) == 1


@pytest.mark.parametrize(
    "good",
    [
        "PICKLE = later('This is a pickle.')",
        "yaml.safe_load(file)",
        "subprocess.run([program, file])",
        "text('select :value')",
        "label(f'{n} rows')",
    ],
)
def test_harmless_lines_are_left_alone(good: str) -> None:
    """Twin of the twin: what only looks alike is no hit."""
    assert list(dangers(good)) == []


def unsafe(template: str) -> list[str]:
    """What is unsafe in a template."""
    return [why for pattern, why in UNSAFE_IN_TEMPLATES.items() if re.search(pattern, template)]


def test_no_template_is_unsafe() -> None:
    """Everything is escaped, and no page carries script or style inside."""
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "reports").rglob("*.html")]
    assert len(files) > 20
    found = {
        str(file.relative_to(ROOT)): unsafe(file.read_text(encoding="utf-8")) for file in files
    }
    assert {name: why for name, why in found.items() if why} == {}


def test_every_template_is_escaped_by_its_name() -> None:
    """Flask escapes .html only: no other kind of template exists."""
    assert {file.suffix for file in (ROOT / "templates").rglob("*") if file.is_file()} == {".html"}


@pytest.mark.parametrize(
    "bad",
    [
        "{{ answer|safe }}",
        "{{ answer | safe }}",
        "{% autoescape false %}",
        '<p style="color:red">',
        '<a onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
    ],
)
def test_each_unsafe_template_is_noticed(bad: str) -> None:
    """Twin: one line of each kind is found."""
    assert len(unsafe(bad)) == 1


@pytest.mark.parametrize(
    "good", ['<script src="/static/x.js" defer></script>', "{{ safe_url(link) }}", "<p>safe</p>"]
)
def test_harmless_templates_are_left_alone(good: str) -> None:
    """Twin of the twin: what only looks alike is no hit."""
    assert unsafe(good) == []
