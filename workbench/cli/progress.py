"""How far a long command is: a bar on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from workbench.basics.text import translate

STEPS = 1000


@contextmanager
def progress(language: str) -> Iterator[Callable[[float, str], None]]:
    """A bar on a terminal, else a line per step; on stderr, as stdout is for the results.

    Gives a function that takes a share between 0 and 1 and the English name of the step.
    """
    if not sys.stderr.isatty():
        yield lambda share, step: click.echo(f"{share:4.0%}  {translate(language, step)}", err=True)
        return
    with click.progressbar(
        length=STEPS, file=sys.stderr, item_show_func=lambda step: step or ""
    ) as bar:

        def report(share: float, step: str) -> None:
            bar.update(round(share * STEPS) - bar.pos, translate(language, step))

        yield report
