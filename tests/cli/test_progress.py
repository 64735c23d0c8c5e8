"""How far an audit is: a bar on a terminal, plain lines elsewhere."""

import io

import pytest

from workbench.audit.intake.look import READING
from workbench.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar is drawn anew in its line, with the step in the reader's language."""
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)

    with progress("de") as report:
        report(0.25, READING)
        report(1.0, READING)

    said = screen.getvalue()
    assert "\r" in said
    assert "Die Tabelle wird gelesen" in said
    assert "100%" in said


def test_lines_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a log there is no cursor to move: a line per step."""
    log = io.StringIO()
    monkeypatch.setattr("sys.stderr", log)

    with progress("en") as report:
        report(0.25, READING)

    assert log.getvalue() == " 25%  Reading the table\n"
