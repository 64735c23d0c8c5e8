"""The printed edition: accessible by two checkers, complete, and the same every time."""

from pathlib import Path

import outloud  # type: ignore[import-untyped]
import pdfua
import pikepdf
import pytest

from workbench.basics.errors import NotFound, TooLarge
from workbench.disclosure.record import TransparencyRecord
from workbench.reporting.edition import edition_pdf


@pytest.fixture(scope="module", params=["de", "en"])
def file(
    request: pytest.FixtureRequest,
    record: TransparencyRecord,
    charts: dict[str, str],
    fingerprint: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    path = tmp_path_factory.mktemp("edition") / f"{request.param}.pdf"
    path.write_bytes(edition_pdf(record, request.param, charts, fingerprint))
    return path


def test_two_checkers_find_no_error(file: Path) -> None:
    """pdfua finds nothing at all, outloud no error, as rules of PDF/UA-1 and WCAG go."""
    result = outloud.check(str(file))

    assert pdfua.validate(str(file)).findings == ()
    assert [
        finding.message for finding in result.sorted_findings() if finding.severity == "error"
    ] == []
    assert result.verdict != "unreadable"


def test_title_and_language(file: Path) -> None:
    with pikepdf.open(file) as document:
        assert str(document.docinfo["/Title"]).startswith("Risiko-Check für Förderdarlehen: ")
        assert str(document.Root.Lang) == file.stem


@pytest.mark.parametrize("file", ["de"], indirect=True)
def test_the_same_record_gives_the_same_bytes(
    file: Path, record: TransparencyRecord, charts: dict[str, str], fingerprint: str
) -> None:
    assert edition_pdf(record, "de", charts, fingerprint) == file.read_bytes()


def test_a_missing_chart_is_refused(record: TransparencyRecord, fingerprint: str) -> None:
    """An edition is printed whole or not at all."""
    with pytest.raises(NotFound, match="chart"):
        edition_pdf(record, "de", {}, fingerprint)


def test_an_edition_that_is_too_long_is_refused(
    record: TransparencyRecord, charts: dict[str, str], fingerprint: str
) -> None:
    system = record.system.model_copy(update={"purpose": "x" * 400_001})
    long = record.model_copy(update={"system": system})

    with pytest.raises(TooLarge):
        edition_pdf(long, "de", charts, fingerprint)
