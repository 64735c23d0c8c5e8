"""The report of an audit: whole in one file, accessible, and it says when it is internal."""

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import outloud  # type: ignore[import-untyped]
import pdfua
import pikepdf
import pytest

from tests.examples import audit_results as examples
from workbench.audit.charts import drawing
from workbench.audit.results import AuditResult, published
from workbench.audit.words.caveats import described
from workbench.reporting.audit import Fixed, audit_html, audit_pdf

FIXED = Fixed(datetime(2026, 11, 3, 9, 0, tzinfo=UTC), "Gleichstellungsstelle")
SWARM = "Individual people: how far columns move the score of each"
Charts = dict[str, str]


def drawn(result: AuditResult, language: str) -> tuple[AuditResult, Charts]:
    """The result with the words of its charts, and their pictures in one language."""
    charts = drawing.draw(result)
    words = {name: chart.words for name, chart in charts.items()}
    pictures = {name: chart.pictures[language] for name, chart in charts.items()}
    return result.model_copy(update={"charts": words}), pictures


@pytest.fixture(scope="module")
def internal() -> AuditResult:
    return described(examples.explained())


def parsed(html: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    return tree


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="module", params=["de", "en"])
def page(request: pytest.FixtureRequest, internal: AuditResult) -> Element:
    result, charts = drawn(internal, request.param)
    return parsed(audit_html(result, request.param, charts, fixed=FIXED))


def test_it_carries_everything_inside_itself(page: Element) -> None:
    """No script, and no address that leads out of the file but to a convention's source."""
    assert not page.findall(".//script")
    assert not page.findall(".//link")
    sources = [picture.get("src", "") for picture in page.iter("img")]
    assert sources
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert all(picture.get("alt") for picture in page.iter("img"))
    style = words(page.findall(".//style")[0])
    assert "url(" not in style
    assert "@import" not in style


def test_headings_go_down_step_by_step(page: Element) -> None:
    levels = [int(one.tag[1]) for one in page.iter() if one.tag in {"h1", "h2", "h3", "h4"}]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_plan_says_when_and_by_whom_it_was_fixed(internal: AuditResult) -> None:
    result, charts = drawn(internal, "en")

    assert "November 3, 2026, 10:00" not in audit_html(result, "en", charts)
    assert "3, 2026" in audit_html(result, "en", charts, fixed=FIXED)
    assert "Gleichstellungsstelle" in audit_html(result, "en", charts, fixed=FIXED)
    assert "is not part of this file" in audit_html(result, "en", charts)


def test_an_internal_report_says_so_and_explains_single_people(internal: AuditResult) -> None:
    text = words(parsed(audit_html(*named(internal))))

    assert "Internal: contains small groups and individual people." in text
    assert "Row 17" in text
    assert "1450" in text
    assert SWARM in text
    assert "each point is one person. It is never published." in text


def test_a_published_report_knows_nobody(internal: AuditResult) -> None:
    """The twin: neither banner nor single rows, nor a number of the hidden group."""
    text = words(parsed(audit_html(*named(published(internal)))))

    assert "Internal" not in text
    assert "Row 17" not in text
    assert SWARM not in text
    assert "each point is one person" not in text


def named(result: AuditResult) -> tuple[AuditResult, str, Charts]:
    made, charts = drawn(result, "en")
    return made, "en", charts


def test_texts_of_the_table_are_never_markup(internal: AuditResult) -> None:
    """A column's name cannot smuggle in a script."""
    plan = internal.provenance.plan
    evil = plan.model_copy(update={"reason": "<script>alert(1)</script>"})
    origin = internal.provenance.model_copy(update={"plan": evil})
    result, charts = drawn(internal.model_copy(update={"provenance": origin}), "en")

    html = audit_html(result, "en", charts)

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_missing_chart_is_left_out(internal: AuditResult) -> None:
    result, _ = drawn(internal, "en")

    assert "<img" not in audit_html(result, "en", {})


@pytest.fixture(scope="module", params=["de", "en"])
def file(
    request: pytest.FixtureRequest,
    internal: AuditResult,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    path = tmp_path_factory.mktemp("report") / f"{request.param}.pdf"
    result, charts = drawn(internal, request.param)
    path.write_bytes(audit_pdf(result, request.param, charts, fixed=FIXED))
    return path


def test_two_checkers_find_no_error_in_the_pdf(file: Path) -> None:
    """pdfua finds nothing at all, outloud no error, as rules of PDF/UA-1 and WCAG go."""
    checked = outloud.check(str(file))

    assert pdfua.validate(str(file)).findings == ()
    assert [one.message for one in checked.sorted_findings() if one.severity == "error"] == []


def test_everything_that_unfolds_is_open_in_print(file: Path) -> None:
    """The PDF has all tables, not only those that are unfolded on the page."""
    with pikepdf.open(file) as document:
        tables = [
            entry
            for entry in document.objects
            if isinstance(entry, pikepdf.Dictionary) and entry.get("/S") == "/Table"
        ]
        assert str(document.Root.Lang) == file.stem
    assert len(tables) > 15


def test_the_same_result_gives_the_same_bytes(internal: AuditResult) -> None:
    result, charts = drawn(published(internal), "de")

    first = audit_pdf(result, "de", charts, fixed=FIXED)

    assert audit_pdf(result, "de", charts, fixed=FIXED) == first
