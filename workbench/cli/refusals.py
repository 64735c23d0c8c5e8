"""A refusal on the command line: a sentence per mistake on stderr, exit code 2, no traceback."""

from typing import Any, NoReturn

import click

from workbench.basics.errors import WorkbenchError
from workbench.basics.text import DEFAULT_LANGUAGE, translate

REFUSED = 2


def refuse(error: WorkbenchError, language: str) -> NoReturn:
    """End the command, saying in the language what went wrong."""
    fields = getattr(error, "fields", {})
    if error.message not in fields.values():
        _say(translate(language, error.message, error.values))
    for field, message in fields.items():
        _say(f"{field}: {translate(language, message, error.values)}")
    raise SystemExit(REFUSED) from None


def _say(sentence: str) -> None:
    click.echo(f"workbench: {sentence}", err=True)


class Telling(click.Command):
    """A command whose refusals, those of its options too, are in the language of --language.

    That option must be eager, so that it is read before any other.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; each may raise a WorkbenchError."""
        try:
            return super().parse_args(ctx, args)
        except WorkbenchError as error:
            refuse(error, ctx.params.get("language", DEFAULT_LANGUAGE))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except WorkbenchError as error:
            refuse(error, ctx.params["language"])
