"""What an audit says on the command line, and the exit code that follows from it."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import click

from workbench.audit.results import AuditResult, Kind
from workbench.audit.words import agreed
from workbench.basics.text import later, translate
from workbench.disclosure.found import KINDS

# Caveats about what was read, which must not wait for somebody to open the report.
AT_ONCE = frozenset({"top-k/ties", "model/agreement", "lines", "lines/empty"})
NOTHING, FOUND, UNJUDGED = 0, 1, 2  # exit codes
TOLD: tuple[Kind, ...] = ("attention", "open")
# What the summary calls each kind of gap; a caveat is a gap that could not be assessed.
COUNTED: dict[str, Kind] = {
    "beyond": "attention",
    "open": "open",
    "passed": "passed",
    "noted": "note",
}
FURTHER = later("Findings about combined groups, see the report: {n}.")
NOTHING_ASSESSED = later(
    "No gap could be assessed, because no two groups have enough people. Send more rows, or "
    "summarise the groups."
)
READ_AS = later(
    "Read as: encoding {encoding}, columns separated by {separator}, decimal sign {decimal}."
)
SUMMARY = later(
    "Gaps looked at: {tests}. Need a response: {beyond}; undecided: {open}; within their limit: "
    "{passed}; without a limit, nothing to answer: {noted}."
)


def told(result: AuditResult, files: Mapping[str, bytes], out: Path, language: str) -> int:
    """Say how the table was read, what was found about single attributes, what was written.

    Gives the exit code: 0 for no gap beyond a limit, 1 for one, 2 where none could be assessed.
    """
    _say_what_differs(result, language)
    _say_findings(result, language)
    kinds = Counter(one.kind for one in result.findings if one.id.startswith("gap/"))
    counts = {name: kinds[kind] for name, kind in COUNTED.items()}
    tests = sum(counts.values())
    click.echo(translate(language, SUMMARY, {"tests": tests, **counts}))
    for name, content in files.items():
        click.echo(f"{out / name}  SHA-256 {hashlib.sha256(content).hexdigest()}")
    if tests == 0:
        click.echo(f"workbench: {translate(language, NOTHING_ASSESSED)}", err=True)
        return UNJUDGED
    return FOUND if counts["beyond"] else NOTHING


def _say_what_differs(result: AuditResult, language: str) -> None:
    """How a CSV file was read, and how the plan was changed: both should not come unseen."""
    dialect = result.provenance.plan.dialect
    if dialect is not None:
        # As --encoding calls it, which takes a byte order mark without being told.
        said = {
            "encoding": dialect.encoding.removesuffix("-sig"),
            "separator": repr(dialect.delimiter),
        }
        click.echo(
            translate(language, READ_AS, {**said, "decimal": repr(dialect.decimal)}), err=True
        )
    caveats = [one for one in result.findings if one.id in AT_ONCE and one.kind == "caveat"]
    for one in (*agreed.findings(result), *caveats):
        click.echo(f"workbench: {one.text[language]}", err=True)


def _say_findings(result: AuditResult, language: str) -> None:
    found = [one for kind in TOLD for one in result.findings if one.kind == kind]
    singles = (None, *result.provenance.plan.attributes)
    for one in found:
        if one.attribute in singles:
            click.echo(f"{translate(language, KINDS[one.kind])}: {one.text[language]}")
    further = sum(one.attribute not in singles for one in found)
    if further:
        click.echo(translate(language, FURTHER, {"n": further}))
