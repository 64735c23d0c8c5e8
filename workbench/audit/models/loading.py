"""Loads a model in a format that cannot run foreign code: what it is shows in its first bytes."""

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from workbench.audit.intake import content
from workbench.audit.models import lightgbm_text, onnx_file, skops_file, xgboost_file
from workbench.audit.models.model import DAMAGED_MODEL, MOST_BYTES, TOO_LARGE_MODEL, Model
from workbench.basics.errors import DataRefused
from workbench.basics.text import later

PICKLED_MODEL = later(
    "This model is a Python pickle or joblib file, whatever its name says. Opening one would run "
    "foreign code, so the workbench never does. Whoever trained it can save it again in two "
    'lines:\nimport skops.io\nskops.io.dump(model, "model.skops")'
)
UNKNOWN_MODEL = later(
    "This is no model file that the workbench reads. Send it as ONNX, as skops (scikit-learn), as "
    "XGBoost JSON or UBJ, or as LightGBM text (“booster.save_model('model.txt')”)."
)

# The version, then the producer, the domain, the graph … of an ONNX model (a protocol buffer).
ONNX_START = re.compile(rb"\x08[\x01-\x3f][\x12\x1a\x22\x28\x32\x3a\x42]")
Loader = Callable[[bytes, Sequence[str]], Model]
LOADERS: tuple[tuple[Callable[[bytes], bool], Loader], ...] = (
    (lambda data: data.startswith(lightgbm_text.START), lightgbm_text.load),
    (lambda data: data.startswith(b"PK\x03\x04") and b"schema.json" in data, skops_file.load),
    (lambda data: bool(xgboost_file.START.match(data)), xgboost_file.load),
    (lambda data: bool(ONNX_START.match(data)), onnx_file.load),
)


def load(path: Path, named: Sequence[str]) -> Model:
    """The model in the file; ``named`` are its columns, should it not know them itself.

    Its name does not matter. Raises DataRefused; a damaged file may also crash the process, so
    this is done in a jailed one.
    """
    loader, data = _recognised(path)
    return loader(data, named)


def require_sound(path: Path) -> None:
    """Check that opening the file does not crash the library; raises DataRefused.

    LightGBM can end the whole process over a damaged text, so another process tries first. For
    whoever has no jailed one.
    """
    loader, _ = _recognised(path)
    if loader is lightgbm_text.load:
        # Runs this very module with the same Python; a crash is a negative exit code.
        command = [sys.executable, "-m", __name__, str(path)]
        if subprocess.run(command, capture_output=True, check=False).returncode < 0:  # noqa: S603
            raise DataRefused(DAMAGED_MODEL)


def require_known(path: Path) -> None:
    """Check that the file begins as a model that ``load`` reads; raises DataRefused."""
    _recognised(path)


def _recognised(path: Path) -> tuple[Loader, bytes]:
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise DataRefused(TOO_LARGE_MODEL, size=size, most=MOST_BYTES)
    data = path.read_bytes()
    for fits, loader in LOADERS:
        if fits(data):
            return loader, data
    pickled = content.is_pickle(data[: content.HEAD_BYTES])
    raise DataRefused(PICKLED_MODEL if pickled else UNKNOWN_MODEL)


if __name__ == "__main__":
    with suppress(DataRefused):
        load(Path(sys.argv[1]), ())
