"""An audit as it is read: no finding is lost, no chart stands without its table."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.examples import audit_parts as parts
from tests.examples import audit_results as examples
from workbench.audit.charts import drawing
from workbench.audit.metrics import METRICS, RATES
from workbench.audit.parts import Finding, Gap
from workbench.audit.results import AuditResult, published
from workbench.audit.words import overview, ways
from workbench.audit.words.caveats import described
from workbench.basics import text
from workbench.disclosure import checks, found


def drawn(result: AuditResult) -> AuditResult:
    """The result with sentences and the words of its charts."""
    words = {name: chart.words for name, chart in drawing.draw(result).items()}
    return described(result).model_copy(update={"charts": words})


@pytest.fixture(scope="module")
def result() -> AuditResult:
    return drawn(examples.explained())


def read(result: AuditResult, language: str = "en") -> dict[str, Any]:
    return checks.result_reading(result, language, lambda name: f"/{name}.svg")


def block(blocks: list[dict[str, Any]], title: str) -> list[dict[str, str]]:
    """The sentences below a title; none when there is no such block."""
    return [entry for one in blocks if one["title"] == title for entry in one["entries"]]


def texts(value: Any) -> Iterator[str]:
    """Every text in what is read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)


def left_out(finding: Finding, result: AuditResult) -> bool:
    """Told by a table alone: ratios beside their difference, and what passes in combinations."""
    ids = {one.id for one in result.findings}
    ratio = finding.id.removesuffix("_ratio") + "_difference"
    is_twin = finding.id.endswith("_ratio") and ratio in ids
    combined = finding.attribute not in {None, *result.provenance.plan.attributes}
    return (is_twin and finding.kind in {"open", "note", "attention"}) or (
        combined and finding.kind not in {"attention", "open"}
    )


def test_no_finding_is_lost_and_none_is_told_twice(result: AuditResult) -> None:
    told = list(texts(read(result)))

    for finding in result.findings:
        times = told.count(finding.text["en"])
        assert times == 1 or (left_out(finding, result) and times <= 1), finding.id


def test_the_top_is_short(result: AuditResult) -> None:
    """The first gaps of single attributes that need a response; of the rest how much there is."""
    top = block(read(result)["findings"], "What was found")
    pressing = [one for one in result.findings if one.kind in {"attention", "open"}]

    assert "Tested gaps beyond their limit: " in top[0]["text"]
    assert {entry["label"] for entry in top[1:-1]} == {"Needs a response"}
    assert len(top[1:-1]) <= found.MOST_FIRST
    assert top[-1]["text"].endswith(f"{len(pressing) - len(top) + 2}.")
    assert not [entry for entry in top if "women (Age" in entry["text"]]


def test_every_check_says_what_was_checked_and_what_it_cannot_say(result: AuditResult) -> None:
    """Before and after what was found, whatever that is."""
    blocks = read(result)["findings"]

    checked = block(blocks, "What was checked")
    assert checked[0]["text"].startswith(
        "Cases in the table: 1,200. Compared are the groups by Sex"
    )
    assert "what really happened" in checked[1]["text"]
    assert len(block(blocks, "What this check cannot say")) == len(found.CANNOT_SAY)


def test_without_outcome_no_errors_are_promised(result: AuditResult) -> None:
    plan = result.provenance.plan.model_copy(update={"outcome": ""})
    origin = result.provenance.model_copy(update={"plan": plan})
    changed = result.model_copy(update={"provenance": origin})

    told = block(read(changed)["findings"], "What was checked")[1]["text"]

    assert told.endswith("and no errors.")


def test_every_gap_is_counted_once_by_what_it_asks_for(result: AuditResult) -> None:
    """The table at the top: one row per attribute, one column per kind."""
    (counted,) = [one["counts"] for one in read(result)["findings"] if one["counts"]]

    assert [row["title"] for row in counted] == ["Sex", "Age", "Sex & Age"]
    assert [row["single"] for row in counted] == [True, True, False]
    for row, name in zip(counted, ("sex", "age", "sex & age"), strict=True):
        assert sum(map(int, row["cells"])) == len(result.gaps[name])


def test_what_is_told_about_an_attribute_is_sorted_by_kind(result: AuditResult) -> None:
    """The most pressing kind first, no kind without a sentence."""
    titles = list(found.GROUPS.values())

    for one in read(result)["tables"]:
        places = [titles.index(group["title"]) for group in one["told"]]
        assert places == sorted(set(places))
        assert all(group["entries"] for group in one["told"])


def test_every_chart_stands_once_beside_its_table(result: AuditResult) -> None:
    shown = [text for text in texts(read(result)) if text.endswith(".svg")]

    assert sorted(shown) == sorted(f"/{name}.svg" for name in result.charts)
    for table in read(result)["tables"]:
        assert bool(table["calibration"]) is bool(table["calibration_charts"])
        assert bool(table["tradeoff"]) is bool(table["tradeoff_charts"])
        assert bool(table["proxies"]) is bool(table["proxy_charts"])


def test_a_chart_that_is_not_kept_is_left_out(result: AuditResult) -> None:
    """Its table says the same."""
    bare = checks.result_reading(result, "en", lambda _name: None)

    assert not bare["tables"][0]["charts"]
    assert bare["tables"][0]["rows"]


def test_gaps_tell_limit_chance_and_what_would_have_shown(result: AuditResult) -> None:
    gaps = {gap["title"]: gap for gap in read(result, "de")["tables"][0]["gaps"]}
    recognised = next(gap for gap in gaps.values() if gap["value"] == "13,7")

    assert recognised["limit"] == "5"
    assert recognised["chance"]["interval"].replace("\N{NO-BREAK SPACE}", " ") == "p = 0,001"
    assert recognised["detectable"] == "8,0"


def test_groups_stand_beside_the_reference_and_everybody(result: AuditResult) -> None:
    (differences,) = read(result)["tables"][0]["beside"]["first"]

    assert [row["label"] for row in differences["rows"]] == [
        "women minus men",
        "women minus everybody",
        "men minus everybody",
    ]
    assert differences["rows"][0]["cells"][0]["value"] == "−7.7"


def test_ratios_unfold_behind_the_differences(result: AuditResult) -> None:
    """Every rate beside the reference and everybody in both forms; a mean has no ratio."""
    beside = read(result)["tables"][0]["beside"]
    ratios = [one for one in beside["more"] if "ratios" in one["caption"]]
    titles = {title for one in ratios for title, _ in one["columns"][1:]}

    assert ratios[0]["rows"][0]["label"] == "women relative to men"
    assert ratios[0]["rows"][0]["cells"][0]["value"] == "0.86"
    assert titles == {METRICS[name].title for name in result.overall.metrics if name in RATES}


def test_without_ratios_none_are_promised() -> None:
    """The twin: of numbers only differences are compared."""
    check = read(drawn(examples.regression()))

    assert check["tables"][0]["beside"]["first"]
    assert check["tables"][0]["beside"]["more"] == []


def test_every_metric_has_its_number_for_every_group(result: AuditResult) -> None:
    """Also those that unfold, for single and combined attributes, one number per group."""
    wanted = {METRICS[name].title for name in result.overall.metrics}

    for rates in (*read(result)["tables"], *read(result)["combined"]):
        parts = (rates, rates["more"])
        assert {title for part in parts for title, _ in part["columns"][2:]} == wanted
        assert len({len(part["rows"]) for part in parts}) == 1
        assert all(
            len(row["cells"]) == len(part["columns"]) - 2 for part in parts for row in part["rows"]
        )


def test_findings_on_precision_have_their_numbers(result: AuditResult) -> None:
    women = read(result)["tables"][0]["more"]
    titles = [title for title, _ in women["columns"][2:]]
    row = next(row for row in women["rows"] if row["label"] == "women")

    assert row["cells"][titles.index(METRICS["precision"].title)]["value"] == "75.0%"


def test_scores_are_told_by_range(result: AuditResult) -> None:
    women, men = read(result)["tables"][0]["calibration"]

    assert women["title"] == "Sex, women"
    assert women["rows"][0] == {
        "label": "0.00 to 0.10",
        "n": "40",
        "said": "0.05",
        "real": "25.0% (14.2% to 40.2%) uncertain",
    }
    assert len(men["rows"]) == 10


def test_combined_groups_and_everybody_are_told_by_range_too(result: AuditResult) -> None:
    """All groups in one table, in their order; ranges without people, and other groups, not."""
    some = ("male & under 25", "female & 25 to 34")
    empty = parts.bins(0.0)[1].model_copy(update={"mean_score": None, "share": parts.share(0, 0)})
    combined = {value: (parts.bins(0.2)[0], empty) for value in some}
    wide = result.model_copy(
        update={
            "calibration": {**result.calibration, "sex & age": combined},
            "calibration_overall": parts.bins(0.2)[:2],
        }
    )
    check = read(wide)
    row = check["tables"][0]["calibration"][0]["rows"][0]

    assert check["combined"][0]["calibration"] == [
        {"group": group, **row} for group in ("women, 25 to 34", "men, under 25")
    ]
    assert check["calibration"] == check["tables"][0]["calibration"][0]["rows"][:2]
    assert (read(result)["calibration"], read(result)["combined"][0]["calibration"]) == ([], [])
    public = read(published(wide))
    assert (public["calibration"], public["combined"][0]["calibration"]) == ([], [])


def test_the_trade_off_tells_the_most_accurate_threshold(result: AuditResult) -> None:
    rows = read(result)["tables"][0]["tradeoff"]["rows"]

    labels = [row["label"] for row in rows]
    assert "one threshold for all, the most accurate: 0.5" in labels
    assert labels[-1].endswith("(women 0.42, men 0.55)")
    assert rows[-1]["cells"] == ["76.4", "7.0", "7.0", "2.0"]


def test_proxies_go_from_strong_to_weak_with_all_together_last(result: AuditResult) -> None:
    rows = read(result)["tables"][0]["proxies"]["rows"]

    assert [row["label"] for row in rows] == ["hours", "income", "all columns together"]
    assert rows[0]["area"]["value"] == "78"


def test_many_combined_groups_unfold(result: AuditResult) -> None:
    """More than a dozen rows are no short reading, but all of them are there."""
    groups = result.groups["sex & age"]
    many = {f"{value} {place}": group for place in range(3) for value, group in groups.items()}
    wide = result.model_copy(update={"groups": {**result.groups, "sex & age": many}})

    (combined,) = read(wide)["combined"]

    assert combined["is_long"]
    assert len(combined["rows"]) == len(many) + 1
    assert combined["gaps"]
    assert not read(result)["combined"][0]["is_long"]


def test_single_people_are_in_no_published_reading(result: AuditResult) -> None:
    internal, public = read(result), read(published(result))

    assert [person["row"] for person in internal["explanation"]["people"]] == [17]
    assert public["explanation"]["people"] == []
    assert (internal["published"], public["published"]) == (False, True)


def test_numbers_without_favourable_value_are_read_too() -> None:
    check = read(drawn(examples.regression()), "de")

    assert check["tables"][0]["rows"][1]["cells"][1]["value"] == "−18,2"
    assert check["tables"][0]["gaps"][1]["value"] == "21,0"
    assert check["explanation"] is None


def test_provenance_has_all_hashes(result: AuditResult) -> None:
    values = [entry["value"] for entry in read(result)["provenance"]]

    assert result.provenance.data_sha256 in values
    assert result.provenance.plan_sha256 in values
    assert all(values)


def test_provenance_tells_sizes_and_duration(result: AuditResult) -> None:
    """In words and in the language; what an imported file does not state is not invented."""
    told = {entry["title"]: entry["value"] for entry in read(result, "de")["provenance"]}
    origin = result.provenance.model_copy(update={"seconds": None, "model_size": 2048})
    other = result.model_copy(update={"provenance": origin})
    stated = {entry["title"]: entry["value"] for entry in read(other)["provenance"]}

    assert told["Größe der Tabelle"] == "123.456 Byte"
    assert told["Rechenzeit"] == "1,2 Sekunden"
    assert told["Größe des Modells"] == "keine"
    assert stated["Size of the model"] == "2,048 bytes"
    assert stated["Computing time"] == "not stated"


def test_provenance_names_the_background(result: AuditResult) -> None:
    """Where one was handed in; else nobody reads of one."""
    update = {"background_sha256": "b" * 64, "background_size": 2048, "background_rows": 1500}
    other = result.model_copy(update={"provenance": result.provenance.model_copy(update=update)})

    told, without = (
        {entry["title"]: entry["value"] for entry in read(each, "de")["provenance"]}
        for each in (other, result)
    )

    assert told["Zeilen der Hintergrund-Stichprobe"] == "1.500"
    assert told["Größe der Hintergrund-Stichprobe"] == "2.048 Byte"
    assert told["Hintergrund-Stichprobe (SHA-256)"] == "b" * 64
    assert not [title for title in without if "Hintergrund" in title]


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_all_clear_while_a_tested_gap_is_hidden(result: AuditResult, language: str) -> None:
    """Hiding every gap that lies beyond must not read as if none did; all shown, it may be said."""
    plan = result.provenance.plan.model_copy(update={"limits": {}})
    within = {
        name: gap.model_copy(update={"value": same, "low": same, "high": same})
        for name, gap in result.gaps["sex"].items()
        for same in (1.0 if name.endswith("_ratio") else 0.0,)
    }
    shown = result.model_copy(
        update={
            "gaps": {"sex": within},
            "provenance": result.provenance.model_copy(update={"plan": plan}),
        }
    )
    name = "accuracy_difference"
    hidden = shown.model_copy(
        update={"gaps": {"sex": {**within, name: Gap(status="suppressed")}, "age": {}}}
    )

    clear = text.translate(language, overview.NOTHING_BEYOND)

    assert clear in list(texts(read(shown, language)["findings"]))
    assert clear not in list(texts(read(hidden, language)["findings"]))


def test_what_is_more_than_chance_comes_first(result: AuditResult) -> None:
    gaps = result.gaps["sex"]
    first = next(one for one in result.findings if one.kind == "attention")
    name = first.id.rsplit("/", 1)[-1]
    chance = gaps[name].model_copy(update={"p_adjusted": 0.4})
    changed = described(
        result.model_copy(update={"gaps": {**result.gaps, "sex": {**gaps, name: chance}}})
    )

    def told(made: AuditResult) -> list[bool]:
        reading = read(made)
        entries = [
            *block(reading["findings"], "What was found"),
            *block(reading["further"], "Further gaps that need a response"),
        ]
        sure = {one.text["en"]: overview.is_sure(made, one) for one in made.findings}
        return [sure[one["text"]] for one in entries if one["label"]]

    assert told(result)[0]
    assert told(changed) == sorted(told(changed), reverse=True)
    assert not all(told(changed))


def test_what_is_hidden_is_one_sentence(result: AuditResult) -> None:
    public = read(published(result))
    told = block(public["further"], "Also good to know")

    notes = [one["text"] for one in told if "ot published" in one["text"]]

    assert len(notes) == 1
    assert "Age (groups: " in notes[0]
    assert "Not published" not in " ".join(texts(read(result)["further"]))


def test_the_explainer_is_named_in_the_readers_language(result: AuditResult) -> None:
    told = result.explanation
    assert told is not None
    changed = told.model_copy(update={"background": ways.TRAINED})
    made = result.model_copy(update={"explanation": changed})

    assert read(made, "en")["explanation"]["background"] == ways.TRAINED
    assert read(made)["explanation"]["explainer"] == told.explainer
