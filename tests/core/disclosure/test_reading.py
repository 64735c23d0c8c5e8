"""A record as it is read: every question once, every gap marked, every number with its company."""

from datetime import date
from typing import Any

import pytest

from workbench.audit.results import AuditResult, Finding
from workbench.disclosure import exports, reading, topics
from workbench.disclosure.record import Audit, Chart, PhasePart, TransparencyRecord

FOUND = "Tested gaps beyond their limit: 1 of 3. More than chance: 0 of these."
GAPS_HIDDEN = (
    "Tested gaps not published, to protect small groups: 3, namely Age (all). Whether any lies "
    "beyond its limit does not stand here."
)
NUMBERS_HIDDEN = (
    "Not published, to protect small groups: Age (groups: 2). These are groups of fewer than 10 "
    "people, numbers about one or two people in a group of fewer than 100, and whatever would "
    "allow one of them to be computed."
)


def context(record: TransparencyRecord, language: str = "en") -> dict[str, Any]:
    return reading.context(
        record,
        language,
        fingerprint="f" * 64,
        chart_url=lambda name: f"/charts/{name}.svg",
        links={"json": "/1.json"},
    )


def test_every_question_stands_on_the_page_exactly_once(record: TransparencyRecord) -> None:
    """Questions that everybody looks for move to their own chapter; none is lost or doubled."""
    shown = [
        question["id"]
        for entry in reading.outline(record, "de")
        for part in (entry, *entry.get("chapters", []))
        for question in part.get("questions", [])
    ]

    assert sorted(shown) == sorted(item.id for item in topics.items(record))


def test_the_page_has_its_order(record: TransparencyRecord) -> None:
    anchors = [entry["anchor"] for entry in reading.outline(record, "de")]

    assert anchors == [
        "in-short",
        "procedure",
        "decisions",
        "responsible",
        "affected",
        "class",
        "figures",
        "checks",
        "balance",
        "difficulties",
        "board",
        "phase-conception",
        "phase-design",
        "not-published",
        "edition",
    ]


def test_what_nobody_was_asked_still_has_its_chapter(record: TransparencyRecord) -> None:
    """Without such a question the chapter is there and empty: the page says "not stated"."""
    bare = record.model_copy(update={"phases": ()})

    chapters = {entry["anchor"]: entry for entry in reading.outline(bare, "de")}

    assert chapters["responsible"]["questions"] == []


def test_the_newest_chain_of_responsibility_is_the_one_up_front(record: TransparencyRecord) -> None:
    """What design says stands first; the judgements stand where the law is."""
    parts = {entry["anchor"]: entry for entry in reading.outline(record, "de")}

    assert [one["id"] for one in parts["responsible"]["questions"]] == [
        "decision.content_office",
        "chain_design.chain",
    ]
    assert [one["id"] for one in parts["class"]["questions"]] == ["fit.credit"]
    assert [one["title"] for one in parts["phase-design"]["chapters"]] == [
        "Einstufung",
        "Verantwortung",
    ]


def test_an_earlier_chain_stays_with_its_phase(record: TransparencyRecord) -> None:
    """The twin: with a chain in both phases, only the later one moves; without an answer, none."""
    first, second = record.phases
    renamed = second.model_copy(update={"phase": "construction"})
    both = record.model_copy(update={"phases": (first, second, _renumbered(renamed))})

    parts = {entry["anchor"]: entry for entry in reading.outline(both, "de")}

    assert parts["responsible"]["questions"][-1]["id"] == "chain_construction.chain"
    (chapter,) = [one for one in parts["phase-design"]["chapters"] if "chain" in one["anchor"]]
    assert chapter["questions"][0]["id"] == "chain_design.chain"


def _renumbered(phase: PhasePart) -> PhasePart:
    content = phase.model_dump_json().replace("chain_design", "chain_construction")
    content = content.replace('"fit.', '"later_fit.').replace('"energy.', '"later_energy.')
    return PhasePart.model_validate_json(content)


def test_in_short_takes_only_what_is_stated(record: TransparencyRecord) -> None:
    """The goal was not stated, so it stays empty; nothing is made up for it."""
    lines = [entry["lines"] for entry in reading.in_short(record, "de")]

    assert lines == [
        [],
        ["Anträge warten heute im Mittel neun Wochen.", "Viele geben vorher auf."],
        ["Es schlägt vor, ein Mensch entscheidet"],
        ["Amt für Wirtschaftsförderung", "wirtschaft@musterstadt.example"],
        ["Ombudsstelle, ombud@musterstadt.example"],
    ]


def test_findings_come_first_then_what_weakens_them(record: TransparencyRecord) -> None:
    check = context(record)["checks"][0]

    blocks = [*check["findings"][1:3], *check["further"]]
    assert [[entry["text"] for entry in block["entries"]] for block in blocks] == [
        [FOUND, GAPS_HIDDEN, "The gap is large."],
        ["Three gaps looked at."],
        [NUMBERS_HIDDEN],
    ]
    (told,) = check["tables"][0]["told"]
    assert [entry["text"] for entry in told["entries"]] == ["The ratio fits."]
    assert [entry["text"] for entry in check["method"]] == ["Computed twice."]


@pytest.mark.parametrize(
    ("tables", "part"),
    [
        (("sex",), "does not prove equal treatment"),
        (("sex", "age"), "Whether any lies beyond its limit does not stand here."),
    ],
)
def test_without_a_gap_beyond_the_limit_the_page_gives_no_all_clear(
    audit: Audit, record: TransparencyRecord, tables: tuple[str, ...], part: str
) -> None:
    """The twin: while gaps are hidden, not even that no gap lies beyond its limit is said."""
    gaps = {
        table: {
            name: gap
            if gap.value is None
            else gap.model_copy(update={"value": limit, "low": limit, "high": limit})
            for name, gap in audit.result.gaps[table].items()
            for limit in (1.0 if name.endswith("ratio") else 0.0,)
        }
        for table in tables
    }
    calm = audit.result.model_copy(
        update={
            "findings": tuple(f for f in audit.result.findings if f.kind != "attention"),
            "gaps": gaps,
        }
    )
    quiet = record.model_copy(update={"audits": (audit.model_copy(update={"result": calm}),)})

    (entry,) = context(quiet)["checks"][0]["findings"][1]["entries"]

    assert part in entry["text"]
    assert ("No gap lies beyond" in entry["text"]) is (len(tables) == 1)


def test_findings_about_combined_groups_stand_below_their_table(
    audit: Audit, record: TransparencyRecord
) -> None:
    """The top stays short: it says how many there are, and each stands where its table is."""
    combined = Finding(
        id="x", kind="attention", attribute="sex & age", text={"de": "Beides.", "en": "Both."}
    )
    wide = audit.result.model_copy(
        update={
            "findings": (*audit.result.findings, combined),
            "groups": {**audit.result.groups, "sex & age": {}},
        }
    )
    more = record.model_copy(update={"audits": (audit.model_copy(update={"result": wide}),)})

    check = context(more)["checks"][0]

    assert [entry["text"] for entry in check["findings"][1]["entries"]] == [
        FOUND,
        GAPS_HIDDEN,
        "The gap is large.",
        "Further results that need a response or are undecided stand below, with their groups: 1.",
    ]
    (told,) = check["combined"][0]["told"]
    assert [entry["text"] for entry in told["entries"]] == ["Both."]


def test_a_rate_comes_with_interval_and_what_weakens_it(record: TransparencyRecord) -> None:
    """Women: 210 of 310 selected; the error rate rests on few people, which is said."""
    women = context(record)["checks"][0]["tables"][0]["rows"][1]

    assert (women["label"], women["n"]) == ("female", "310")
    assert women["cells"][0] == {"value": "67.7%", "interval": "62.7% to 72.7%", "remark": ""}
    assert women["cells"][2]["remark"] == "uncertain"


def test_a_hidden_group_shows_no_number(record: TransparencyRecord) -> None:
    """The row of a suppressed group says "not published" and nothing else."""
    rows = context(record)["checks"][0]["tables"][1]["rows"]
    hidden = next(row for row in rows if row["label"] == "under 25")

    assert hidden["n"] == "not published"
    assert {(cell["value"], cell["interval"]) for cell in hidden["cells"]} == {("", "")}
    assert {cell["remark"] for cell in hidden["cells"]} == {"not published"}


def test_the_order_does_not_depend_on_the_json(record: TransparencyRecord) -> None:
    """JSON sorts names; attributes still stand as planned, ranges ascend, after a round trip."""
    read_back = exports.parse(exports.canonical_json(record))

    tables = context(read_back)["checks"][0]["tables"]

    assert [table["title"] for table in tables] == ["Sex", "Age"]
    assert [row["label"] for row in tables[1]["rows"]] == [
        "Everybody",
        "under 25",
        "25 to 49",
        "50 and over",
    ]
    assert context(read_back) == context(record)


def test_gaps_are_in_points_and_ratios_are_numbers(record: TransparencyRecord) -> None:
    difference, ratio, _ = context(record, "de")["checks"][0]["tables"][0]["gaps"]

    assert difference["value"] == "11,0"
    assert difference["between"] == "Männer / Frauen"
    assert (ratio["value"], ratio["interval"]) == ("0,86", "0,80 bis 0,92")


def test_a_chart_has_its_address_and_text(record: TransparencyRecord, audit: Audit) -> None:
    """The address comes from the hash in the language; an attribute without chart has none."""
    first, second = context(record)["checks"][0]["tables"]

    assert first["charts"] == [
        {
            "src": f"/charts/{audit.charts['rate/sex/selection_rate'].en}.svg",
            "title": "Rates by sex",
            "alt": "Rates by sex. Dots with intervals: the share is higher for men than for women.",
        }
    ]
    assert second["charts"] == []


def test_a_result_that_is_not_for_the_public_is_refused(full_result: AuditResult) -> None:
    """A record cannot even be built with an unpublished result."""
    with pytest.raises(ValueError, match="made for publication"):
        Audit(
            id="1",
            on=date(2026, 4, 10),
            purpose=None,
            result=full_result,
            charts={"sex": Chart(de="0" * 64, en="0" * 64)},
        )
