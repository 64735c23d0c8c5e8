"""Importing and using the ONNX runtime prints nothing, and errors are written again after it."""

import os
import subprocess
import sys

import pytest

from workbench.audit.models.onnx_quietly import silence


def test_nothing_is_printed_inside(capfd: pytest.CaptureFixture[str]) -> None:
    """What native code writes is dropped inside; before and after, it comes through."""
    os.write(2, b"before ")
    with silence():
        os.write(2, b"inside")
    os.write(2, b"after")

    assert capfd.readouterr().err == "before after"


def test_errors_pass(capfd: pytest.CaptureFixture[str]) -> None:
    """An exception inside is raised, and the stream is back."""
    with pytest.raises(ImportError), silence():
        raise ImportError
    os.write(2, b"after")

    assert capfd.readouterr().err == "after"


def test_the_import_is_silent() -> None:
    """A fresh process that imports the runtime writes nothing at all."""
    done = subprocess.run(
        [sys.executable, "-c", "import workbench.audit.models.onnx_quietly"],
        capture_output=True,
        check=True,
    )

    assert (done.stdout, done.stderr) == (b"", b"")
