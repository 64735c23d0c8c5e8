"""Each chart of a rich audit has its table, with everything drawn in it, and its words."""

from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any

import html5lib
import pytest

from tests.examples import audit_results as examples
from workbench.audit.auditing import drawn
from workbench.audit.parts_explanation import Effect, Proxy, Spread, Swarm
from workbench.audit.results import AuditResult
from workbench.audit.words.caveats import described
from workbench.disclosure import checks
from workbench.reporting import audit as report
from workbench.reporting.audit import audit_html

COLUMNS = [f"x{place:02}" for place in range(25)]
THRESHOLDS = [place / 100 for place in range(101)]


def rich() -> AuditResult:
    """Loans with 25 columns, 101 thresholds and a row: more of everything than a picture shows."""
    result = examples.explained()
    told = result.explanation
    assert told is not None
    effects = {name: Effect(mean=0.1 - n, mean_absolute=n) for n, name in enumerate(COLUMNS, 1)}
    part, row = told.decompositions[0], told.row_explanations[0]
    explanation = told.model_copy(
        update={
            "features": effects,
            "groups": {"sex": {"female": effects, "male": effects}},
            "spreads": tuple(
                Spread(feature=name, part=part, n=40, quantiles=(-2, -1, 0, 1, 2))
                for name in COLUMNS[:10]
                for part in ("low", "middle", "high")
            ),
            "swarms": tuple(
                Swarm(feature=name, effects=(-1.0, 1.0), places=(0.0, 1.0)) for name in COLUMNS[:10]
            ),
            "decompositions": (part.model_copy(update={"shares": dict.fromkeys(COLUMNS, 0.02)}),),
            "row_explanations": (row,),
        }
    )
    policy = result.tradeoffs["sex"].common[0]
    common = tuple(policy.model_copy(update={"thresholds": {"": each}}) for each in THRESHOLDS)
    proxies = tuple(Proxy(features=(name,), area=0.6, low=0.5, high=0.7, n=900) for name in COLUMNS)
    made = result.model_copy(
        update={
            "explanation": explanation,
            "tradeoffs": {"sex": result.tradeoffs["sex"].model_copy(update={"common": common})},
            "proxies": {
                "sex": (*proxies, Proxy(**{**proxies[0].model_dump(), "features": COLUMNS}))
            },
        }
    )
    return described(made)


@pytest.fixture(scope="module")
def audit() -> Any:
    return drawn(rich())


@pytest.fixture(scope="module")
def read(audit: Any) -> dict[str, Any]:
    return checks.result_reading(audit.result, "en", lambda name: f"/{name}.svg")


def rows(part: dict[str, Any], *keys: str) -> list[dict[str, Any]]:
    """All rows of a table, those that unfold too."""
    return [row for key in keys for row in part[key]]


def names(found: list[dict[str, Any]]) -> set[str]:
    return {row["name"] for row in found}


# Chart kind → the labels that its table has.
TABLES: dict[str, Callable[[dict[str, Any]], set[str]]] = {
    "rate": lambda read: {row["label"] for row in read["tables"][0]["rows"][1:]},
    "mean": lambda read: {title for title, _ in read["tables"][0]["columns"][2:]},
    "calibration": lambda read: {group["title"] for group in read["tables"][0]["calibration"]},
    "tradeoff": lambda read: {
        row["label"].split(": ")[-1] for row in read["tables"][0]["tradeoff"]["more"]
    },
    "proxies": lambda read: {row["label"] for row in read["tables"][0]["proxies"]["rows"]},
    "drivers": lambda read: names(rows(read["explanation"]["features"], "rows", "more")),
    "spreads": lambda read: names(rows(read["explanation"]["spreads"], "rows", "more")),
    "swarm": lambda read: names(rows(read["explanation"]["spreads"], "rows", "more")),
    "shares": lambda read: names(read["explanation"]["shares"]["more"]),
    "effects": lambda read: names(
        rows(read["explanation"]["groups"][0]["tables"][0], "rows", "more")
    ),
    "row": lambda read: names(read["explanation"]["people"][0]["contributions"]),
}
# Chart kind → the labels of all that its picture can show.
DRAWN: dict[str, set[str]] = {
    "rate": {"women", "men"},
    "mean": {"Mean score"},
    "calibration": {"Sex, women", "Sex, men"},
    "tradeoff": {f"{each:g}" for each in THRESHOLDS},
    "proxies": {*COLUMNS, "all columns together"},
    "drivers": set(COLUMNS),
    "spreads": set(COLUMNS[:10]),
    "swarm": set(COLUMNS[:10]),
    "shares": set(COLUMNS),
    "effects": set(COLUMNS),
    "row": {"hours", "income", "debts", "years"},
}


def test_every_kind_of_chart_has_a_table(audit: Any) -> None:
    """A new kind needs one, and the example must draw every kind."""
    assert {name.split("/")[0] for name in audit.charts} == set(TABLES)


@pytest.mark.parametrize("kind", TABLES)
def test_the_table_has_all_that_the_chart_can_draw(kind: str, read: dict[str, Any]) -> None:
    assert DRAWN[kind] <= TABLES[kind](read)


def test_a_short_table_is_found_out(audit: Any) -> None:
    """The twin: a table without the last columns does not pass for a whole one."""
    read = checks.result_reading(audit.result, "en", lambda name: name)
    read["explanation"]["features"]["more"] = []

    assert not DRAWN["drivers"] <= TABLES["drivers"](read)


def pictures(html: str) -> Iterator[tuple[str, str]]:
    """The SVG and the text alternative of each picture of a page."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    for image in page.iter("img"):
        yield b64decode(image.get("src", "").partition(",")[2]).decode(), image.get("alt", "")


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_report_shows_each_chart_once_with_its_words(audit: Any, language: str) -> None:
    drawn_here = {name: chart.pictures[language] for name, chart in audit.charts.items()}

    shown = list(pictures(audit_html(audit.result, language, drawn_here)))

    assert len(shown) == len(audit.charts)
    assert dict(shown) == {
        chart.pictures[language]: f"{chart.words.title[language]}. {chart.words.text[language]}"
        for chart in audit.charts.values()
    }


def test_ranges_of_combined_groups_unfold_in_the_file_and_everybodys_in_print_too(
    audit: Any,
) -> None:
    """One table for all combined groups, named in the PDF; everybody's ten rows stand in both."""
    bins = audit.result.calibration["sex"]["male"]
    more = {"sex & age": dict.fromkeys(audit.result.groups["sex & age"], bins)}
    result = audit.result.model_copy(
        update={"calibration": audit.result.calibration | more, "calibration_overall": bins}
    )
    everybody = "Everybody: what scores say and what really happened"
    combined = "Sex & Age: what scores say and what really happened"

    whole, printed = (
        "".join(html5lib.parse(html, namespaceHTMLElements=False).itertext())
        for html in (
            audit_html(result, "en", {}),
            report._body(result, "en", {}, None, in_print=True),
        )
    )

    assert whole.count(combined) == whole.count(everybody) == 2
    assert printed.count(everybody) == 2
    assert printed.count(combined) == 1
    assert f"Not printed, but in the data file (JSON): {combined}." in printed
    assert everybody not in "".join(audit_html(audit.result, "en", {}))


def test_what_is_long_unfolds_in_the_file_and_is_named_in_print(audit: Any) -> None:
    """The HTML report holds every threshold; the PDF says where they stand."""
    whole = audit_html(audit.result, "en", {})
    printed = report._body(audit.result, "en", {}, None, in_print=True)

    assert "Sex: all thresholds (101)" in whole
    assert "Not printed, but in the data file (JSON): Sex: all thresholds (101)." in printed
    assert "one threshold for all: 0.13" in whole
    assert "one threshold for all: 0.13" not in printed
