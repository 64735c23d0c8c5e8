"""What ``help(workbench.audit)`` shows is true: its examples are carried out, each by itself."""

import doctest
from pathlib import Path

import pytest

from workbench import audit

ROOT = Path(__file__).parents[3]
TAUGHT = {"workbench.audit": audit, **{name: getattr(audit, name) for name in audit.__all__}}


def tried(taught: object, name: str) -> tuple[int, str]:
    """How many examples the docstring has, and what is wrong with them; "" when all are true."""
    told: list[str] = []
    runner = doctest.DocTestRunner(verbose=False)
    for test in doctest.DocTestFinder(recurse=False).find(taught, name, module=False, globs={}):
        runner.run(test, out=told.append, clear_globs=False)
    return runner.summarize(verbose=False).attempted, "".join(told)


@pytest.mark.parametrize("name", TAUGHT)
def test_the_examples_are_true(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each name that is exported, and the package itself, has examples; all give what they say."""
    monkeypatch.chdir(ROOT)
    examples, wrong = tried(TAUGHT[name], name)
    assert wrong == ""
    assert examples > 1


def test_a_false_example_is_noticed() -> None:
    """Twin: with what would have been right; one that lacks examples has none."""

    def false() -> None:
        """
        >>> 1 + 1
        3
        """

    def silent() -> None:
        """No example."""

    examples, wrong = tried(false, "false")
    assert examples == 1
    assert "Got:\n    2" in wrong
    assert tried(silent, "silent") == (0, "")
