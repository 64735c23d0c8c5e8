"""The published example: the same bytes that the tests of the record keep."""

from hashlib import sha256
from pathlib import Path

import pytest

from workbench.disclosure import exports
from workbench.disclosure.record import TransparencyRecord

EXAMPLE = Path(__file__).parents[1] / "disclosure" / "example-record.json"
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="120" viewBox="0 0 600 120">'
    '<path d="M80 20V100M80 100H580M300 60H500" stroke="#6e7597"/>'
    '<circle cx="400" cy="60" r="6"/></svg>'
)


@pytest.fixture(scope="session")
def record() -> TransparencyRecord:
    return exports.parse(EXAMPLE.read_bytes())


@pytest.fixture(scope="session")
def fingerprint() -> str:
    return exports.fingerprint(EXAMPLE.read_bytes())


@pytest.fixture(scope="session")
def charts() -> dict[str, str]:
    return {sha256(CHART.encode()).hexdigest(): CHART}
