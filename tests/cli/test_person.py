"""``workbench person add``: the first person comes from the command line."""

from tests.cli.conftest import Run
from workbench.services import open_workspace, people
from workbench.settings import Settings

PASSWORD = "a sentence for tests"
FRIDA = (
    "person", "add", "--name", "Frida", "--email", "frida@musterstadt.example",
    "--role", "administration", "--password", PASSWORD,
)  # fmt: skip


def test_it_works(run: Run, installed: Settings, fast_hashing: None) -> None:  # noqa: ARG001
    """Whoever was added can sign in."""
    done = run(*FRIDA)
    assert (done.exit_code, done.output) == (0, "Frida can sign in now.\n")
    workspace = open_workspace(installed)
    signed_in = people.sign_in(workspace, "frida@musterstadt.example", PASSWORD, "")
    assert signed_in.role == "administration"
    workspace.database.engine.dispose()


def test_unfit_fields_are_named(run: Run, installed: Settings, fast_hashing: None) -> None:  # noqa: ARG001
    """Each field with its fault in a line, exit code 2, nobody added."""
    run(*FRIDA)
    done = run(*FRIDA[:-1], "short")
    assert done.exit_code == 2
    assert "workbench: password: The password needs 12 to 256 characters." in done.output
    assert (
        "workbench: email: Somebody with this e-mail address has an account already." in done.output
    )


def test_an_unknown_role_is_refused(run: Run, installed: Settings) -> None:  # noqa: ARG001
    """The roles that exist are named."""
    done = run(*(word if word != "administration" else "mayor" for word in FRIDA))
    assert done.exit_code == 2
    assert all(role in done.output for role in ("team", "board", "administration"))


def test_before_init_the_command_is_named(run: Run) -> None:
    """Without a database nobody can be added; the message says what to do first."""
    done = run(*FRIDA)
    assert done.exit_code == 2
    assert "workbench init" in done.output
    assert "Traceback" not in done.output
