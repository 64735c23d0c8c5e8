"""A refusal on the command line: a sentence per mistake on stderr, exit code 2, no traceback."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NoReturn

import click

from workbench.audit.plan import near
from workbench.basics.errors import InvalidInput, WorkbenchError
from workbench.basics.text import DEFAULT_LANGUAGE, LANGUAGES, later, translate

REFUSED = 2
NO_OPTION = later(
    "There is no option “{stated}”.{hint} All options are listed by “{command} --help”."
)
ODD_VALUE = later("“{stated}” lacks its value, or has one and takes none. See “{command} --help”.")
NOT_NAMED = later("{stated} is missing. Type: {command} {stated} …")
TOO_MUCH = later(
    "More was typed than one file and options with their values. Put a name with spaces in "
    "quotation marks; see “{command} --help”."
)


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
        typed = list(args)  # click takes away what it has read
        try:
            return super().parse_args(ctx, args)
        except WorkbenchError as error:
            refuse(error, _language(typed))
        except click.UsageError as error:
            refuse(_told(error, ctx), _language(typed))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except WorkbenchError as error:
            refuse(error, ctx.params["language"])


def _language(typed: Sequence[str]) -> str:
    """What --language says, also where reading the options failed before it."""
    words = " ".join(typed).replace("=", " ").split()
    stated = (word for before, word in pairwise(words) if before == "--language")
    return next((word for word in stated if word in LANGUAGES), DEFAULT_LANGUAGE)


def _told(error: click.UsageError, ctx: click.Context) -> WorkbenchError:
    """What click refuses by itself, which it says in English only."""
    command = ctx.command_path
    if isinstance(error, click.NoSuchOption):
        names = [name for option in ctx.command.params for name in option.opts if name[:1] == "-"]
        hint = near(error.option_name, names)
        return InvalidInput(NO_OPTION, stated=error.option_name, hint=hint, command=command)
    if isinstance(error, click.BadOptionUsage):
        return InvalidInput(ODD_VALUE, stated=error.option_name, command=command)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = error.param.human_readable_name
        return InvalidInput(NOT_NAMED, stated=name, command=command)
    return InvalidInput(TOO_MUCH, command=command)
