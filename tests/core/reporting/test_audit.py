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
from workbench.basics.text import LANGUAGES
from workbench.reporting.audit import Fixed, audit_html, audit_pdf

FIXED = Fixed(datetime(2026, 11, 3, 9, 0, tzinfo=UTC), "Gleichstellungsstelle")
SWARM = "Individual people: how far columns move the score of each"
Drawn = dict[str, tuple[AuditResult, dict[str, str]]]


def drawn(result: AuditResult) -> Drawn:
    """In each language: the result with the words of its charts, and their pictures."""
    charts = drawing.draw(result)
    words = {name: chart.words for name, chart in charts.items()}
    told = result.model_copy(update={"charts": words})
    return {
        language: (told, {name: chart.pictures[language] for name, chart in charts.items()})
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def internal() -> Drawn:
    return drawn(described(examples.explained()))


@pytest.fixture(scope="module")
def public() -> Drawn:
    return drawn(published(described(examples.explained())))


def parsed(html: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    return tree


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="module", params=["de", "en"])
def page(request: pytest.FixtureRequest, internal: Drawn) -> Element:
    result, charts = internal[request.param]
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


def test_the_plan_says_when_and_by_whom_it_was_fixed(internal: Drawn) -> None:
    result, charts = internal["en"]

    without, with_it = (audit_html(result, "en", charts, fixed=one) for one in (None, FIXED))

    assert "November 3, 2026, 10:00" not in without
    assert "3, 2026" in with_it
    assert "Gleichstellungsstelle" in with_it
    assert "is not part of this file" in without


def test_an_internal_report_says_so_and_explains_single_people(internal: Drawn) -> None:
    result, charts = internal["en"]
    text = words(parsed(audit_html(result, "en", charts)))

    assert "Internal: contains small groups and individual people." in text
    assert "Row 17" in text
    assert "1450" in text
    assert SWARM in text
    assert "each point is one person. It is never published." in text


def test_a_published_report_knows_nobody(public: Drawn) -> None:
    """The twin: neither banner nor single rows, nor a number of the hidden group."""
    result, charts = public["en"]
    text = words(parsed(audit_html(result, "en", charts)))

    assert "Internal" not in text
    assert "Row 17" not in text
    assert SWARM not in text
    assert "each point is one person" not in text


def test_texts_of_the_table_are_never_markup(internal: Drawn) -> None:
    """A column's name cannot smuggle in a script."""
    result, charts = internal["en"]
    plan = result.provenance.plan
    evil = plan.model_copy(update={"reason": "<script>alert(1)</script>"})
    origin = result.provenance.model_copy(update={"plan": evil})

    html = audit_html(result.model_copy(update={"provenance": origin}), "en", charts)

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_missing_chart_is_left_out(internal: Drawn) -> None:
    result, _ = internal["en"]

    assert "<img" not in audit_html(result, "en", {})


@pytest.fixture(scope="module", params=["de", "en"])
def file(
    request: pytest.FixtureRequest,
    internal: Drawn,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    path = tmp_path_factory.mktemp("report") / f"{request.param}.pdf"
    result, charts = internal[request.param]
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


@pytest.mark.parametrize("file", ["de"], indirect=True)
def test_the_same_result_gives_the_same_bytes(file: Path, internal: Drawn) -> None:
    result, charts = internal["de"]

    assert audit_pdf(result, "de", charts, fixed=FIXED) == file.read_bytes()
