"""The ``workbench`` command.

Modules that load much are imported by the command that needs them, so that the others start fast.
"""
# ruff: noqa: PLC0415

import logging
import os
import signal
import sys
import threading
from pathlib import Path

import click

from workbench import __version__, install, resources, settings
from workbench.basics.errors import InvalidInput, WorkbenchError
from workbench.cli.audit import audit
from workbench.cli.refusals import refuse
from workbench.governance.roles import ROLES

ENGLISH = "en"


class Commands(click.Group):
    """Tells a foreseen error in one line instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; exit code 2 when it is refused."""
        try:
            return super().invoke(ctx)
        except WorkbenchError as error:
            refuse(error, ENGLISH)


@click.group(cls=Commands)
@click.version_option(__version__)
def main() -> None:
    """KI-Werkbank: assess, audit and account for the AI of a municipality."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")


main.add_command(audit)


@main.command()
def init() -> None:
    """Make the data folder, the secret key and the database."""
    done = install.prepare(settings.read())
    click.echo("\n".join(f"made: {line}" for line in done) or "Everything is there already.")


@main.command()
def doctor() -> None:
    """Say what this machine lacks; exit code 1 when something is missing."""
    from workbench.doctor import examine

    found = examine()
    for one in found:
        click.echo(f"{'ok     ' if one.met else 'MISSING'} {one.name}: {one.seen}")
        if not one.met:
            click.echo(f"        {one.remedy}")
    sys.exit(0 if all(one.met for one in found) else 1)


@main.command()
@click.option("--no-worker", is_flag=True, help="Workers run elsewhere (`workbench worker`).")
@click.option("--threads", default=8, show_default=True, help="Requests answered at once.")
def serve(*, no_worker: bool, threads: int) -> None:
    """Serve the pages, with one worker beside."""
    from workbench.serving import serve as run

    chosen = settings.read()
    click.echo(f"{chosen.url} – stop with Ctrl+C")
    run(chosen, with_worker=not no_worker, threads=threads)


@main.command()
@click.option("--parent", type=int, hidden=True, help="End when this process is gone.")
def worker(parent: int | None) -> None:
    """Take jobs (audits, PDFs) until stopped; any number may run, also on other machines."""
    from workbench.services import open_workspace
    from workbench.worker import work

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(open_workspace(settings.read()), stop, parent)


@main.group()
def person() -> None:
    """People with an account."""


@person.command()
@click.option("--name", prompt=True)
@click.option("--email", prompt=True)
@click.option("--office", default="")
@click.option("--role", type=click.Choice(list(ROLES)), prompt=True)
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
def add(name: str, email: str, office: str, role: str, password: str) -> None:
    """Add a person; the first one should have the role administration."""
    from workbench.services import open_workspace, people

    workspace = open_workspace(settings.read())
    people.add(workspace, name=name, email=email, office=office, role=role, password=password)
    click.echo(f"{name} can sign in now.")


@main.group()
def questionnaires() -> None:
    """What is asked."""


@questionnaires.command()
@click.argument("folder", required=False, type=click.Path(exists=True, path_type=Path))
def check(folder: Path | None) -> None:
    """Check the built-in questionnaires, a copy of them, or a FOLDER of your own beside them.

    Without a mistake the sources that nobody has checked are listed, and the reading level of
    each version.
    """
    from workbench.basics import clock
    from workbench.cli.reading_level import listed
    from workbench.cli.unchecked import unchecked
    from workbench.questionnaire.checking import examine
    from workbench.questionnaire.list_files import LISTS
    from workbench.questionnaire.vocabulary_rules import checks_have_happened

    built_in = resources.folder("questionnaires")
    chosen = folder or built_in
    # A copy of the whole has every list; a folder of one's own has none, and a stray one is told.
    lists = {LISTS} | {one.name for one in built_in.glob("*.yaml")}
    is_whole = lists <= {one.name for one in chosen.glob("*")} or not any(chosen.rglob("*.yaml"))
    files, found = examine(chosen) if is_whole else examine(built_in, chosen)
    found.extend(checks_have_happened(files.vocabulary, clock.today()))
    how = "by itself" if is_whole else "beside the built-in questionnaires"
    for problem in found:
        click.echo(str(problem), err=True)
    if found:
        again = "Mend what is listed and check again: others may show only then."
        count = f"{len(found)} mistake{'' if len(found) == 1 else 's'}"
        raise InvalidInput(f"{count} in {chosen}, checked {how}. {again}")
    click.echo(f"No mistake in {chosen}, checked {how}.")
    for line in (*unchecked(files, chosen), *listed(files, chosen)):
        click.echo(line)


@main.command()
@click.option("--once", is_flag=True, help="Set up everything, but do not serve.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder for the demo's data.")
def demo(*, once: bool, data: Path | None) -> None:
    """Set up the fictitious town of Musterstadt and serve it."""
    from workbench.demo.setting_up import set_up
    from workbench.serving import serve as run

    variables = {
        **os.environ,
        "WORKBENCH_TOWN": "Musterstadt",
        "WORKBENCH_DATA": str(data or f"{settings.default_data()}-demo"),
        "WORKBENCH_DATABASE": "",
    }
    chosen = settings.read(variables)
    set_up(chosen, say=click.echo)
    if not once:
        click.echo(f"{chosen.url} – stop with Ctrl+C")
        run(chosen)
