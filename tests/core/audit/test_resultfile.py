"""result.json says by itself whether it is whole; what is not is refused with a reason."""

import json
from typing import Any

import jsonschema
import pytest

from tests.examples import audit_results as examples
from workbench import resources
from workbench.audit import resultfile
from workbench.audit.results import AuditResult
from workbench.audit.words.caveats import described
from workbench.basics.errors import DataRefused

SCHEMA = resources.folder("reports") / "schema" / "audit-result-1.json"
RESULTS = {
    "explained": described(examples.explained()),
    "numbers": described(examples.regression()),
    "bare": examples.classification(),
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_what_is_written_is_read(result: AuditResult) -> None:
    """There and back changes nothing, and the same result gives the same bytes."""
    data = resultfile.write(result)

    assert resultfile.read(data) == result
    assert resultfile.write(resultfile.read(data)) == data


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_the_schema_fits(result: AuditResult) -> None:
    """What the program writes is what the published schema describes."""
    jsonschema.validate(json.loads(resultfile.write(result)), json.loads(SCHEMA.read_bytes()))


def test_the_schema_can_fail() -> None:
    """The twin: a number as text does not fit the schema."""
    content = json.loads(resultfile.write(RESULTS["bare"]))
    content["provenance"]["rows"] = "many"

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, json.loads(SCHEMA.read_bytes()))


def test_the_kept_schema_is_the_generated_one() -> None:
    """``reports/schema`` shows the format that the program really writes.

    When this fails: write ``resultfile.schema()`` into that file.
    """
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA.read_bytes()))

    assert SCHEMA.read_bytes() == resultfile.schema()


def test_the_form_is_canonical() -> None:
    data = resultfile.write(RESULTS["explained"])

    assert list(json.loads(data)) == sorted(json.loads(data))
    assert "Männer" in data.decode()
    assert data.endswith(b"}\n")


def test_only_the_duration_may_differ() -> None:
    """Two runs of the same plan on the same data have the same checksum."""
    result = RESULTS["bare"]
    slower = result.provenance.model_copy(update={"seconds": 99.0})

    first, second = (
        json.loads(resultfile.write(one))
        for one in (result, result.model_copy(update={"provenance": slower}))
    )

    assert first["sha256"] == second["sha256"]
    assert first["provenance"]["seconds"] != second["provenance"]["seconds"]


def changed(**parts: Any) -> bytes:
    """The file with other parts, and its old checksum."""
    return json.dumps(json.loads(resultfile.write(RESULTS["bare"])) | parts).encode()


def resealed(content: dict[str, Any]) -> bytes:
    """A changed file with a checksum that fits, as anybody can make it."""
    content.pop("sha256")
    return json.dumps(content | {"sha256": resultfile._checksum(content)}).encode()


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "not JSON"),
        (b"age,sex\n1,2\n", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[1]", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a": NaN}', "not JSON"),
        (b'{"a": 1e999}', "not JSON"),
        (b'{"findings": []}', "not an audit result of this version"),
        (changed(**{"$schema": "ki-werkbank/audit-result/2"}), "not an audit result of this ver"),
        (changed(version=2), "not a complete audit result. version"),
        (changed(secret=1), "not a complete audit result. secret"),
        (changed(provenance=None), "not a complete audit result. provenance"),
        (changed(is_published=True), "changed after the audit"),
        (changed(sha256=None), "changed after the audit"),
        (changed(sha256="0" * 64), "changed after the audit"),
    ],
)
def test_what_is_no_whole_result_is_refused(data: bytes, part: str) -> None:
    with pytest.raises(DataRefused, match=part):
        resultfile.read(data)


def test_another_plan_is_refused() -> None:
    """A plan that was exchanged does not fit its own hash, even under a fitting checksum."""
    content = json.loads(resultfile.write(RESULTS["bare"]))
    content["provenance"]["plan"]["limits"] = {}

    with pytest.raises(DataRefused, match="not the one that was carried out"):
        resultfile.read(resealed(content))


def test_a_new_checksum_proves_nothing() -> None:
    """A sentence can be exchanged by anybody: so whoever imports makes sentences anew."""
    content = json.loads(resultfile.write(RESULTS["explained"]))
    lie = {"de": "Alles gut.", "en": "All is well."}
    content["findings"][0]["text"] = lie

    read = resultfile.read(resealed(content))

    assert read.findings[0].text == lie
    assert lie not in [one.text for one in described(read, imported=True).findings]


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(DataRefused, match="has at most"):
        resultfile.read(b" " * (resultfile.MOST_BYTES + 1))
