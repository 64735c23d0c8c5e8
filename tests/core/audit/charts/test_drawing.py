"""Charts: one picture per language with its words, the same bytes every time, nothing hidden."""

from xml.etree.ElementTree import fromstring

import pytest

from tests.examples import audit_results as examples
from workbench.audit.charts import calibration, drawing, means, rates, tradeoff
from workbench.audit.parts import Measure, Tradeoff
from workbench.audit.results import AuditResult, published
from workbench.basics.text import LANGUAGES

RESULTS = {"decisions": examples.classification(), "numbers": examples.regression()}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_every_chart_has_picture_title_and_text(result: AuditResult) -> None:
    """In both languages; the picture is well-formed and fits a narrow screen."""
    charts = drawing.draw(result)

    assert charts
    for chart in charts.values():
        assert set(chart.pictures) == set(chart.words.title) == set(chart.words.text)
        for language in LANGUAGES:
            picture = fromstring(chart.pictures[language].encode())
            assert picture.tag.endswith("svg")
            assert float(picture.get("width", "0").removesuffix("pt")) <= 303
            assert chart.words.title[language]
            assert chart.words.text[language].endswith(".")


def test_what_a_result_has_is_drawn() -> None:
    """Shares for decisions, means for numbers, curves where there are scores."""
    decisions, numbers = (set(drawing.draw(result)) for result in RESULTS.values())

    assert {
        "rate/sex/selection_rate",
        "rate/age/true_positive_rate",
        "mean/sex/mean_score",
        "calibration/sex",
        "tradeoff/sex",
    } <= decisions
    assert numbers == {
        "mean/sex/mean_prediction",
        "mean/sex/mean_error",
        "mean/sex/mean_absolute_error",
    }


def test_the_same_numbers_give_the_same_bytes() -> None:
    """No date, no random name: a picture can be compared with an older one by its hash."""
    result = RESULTS["numbers"]

    assert drawing.draw(result) == drawing.draw(result)


def test_letters_that_the_font_lacks() -> None:
    """They are boxes in the picture, and no warning of a library tells people about files."""
    labels = {"sex": {"female": {"de": "日本", "en": "日本"}}}
    result = examples.classification(labels=labels)

    assert "日本" in drawing.draw(result)["rate/sex/selection_rate"].words.text["en"]


def test_the_text_says_what_the_picture_shows() -> None:
    chart = rates.draw(RESULTS["decisions"])["rate/sex/selection_rate"]

    assert chart.words.title["en"] == "Share with a favourable prediction, by Sex"
    assert chart.words.text["en"] == (
        "women: 48 of 100, interval 44 to 52, 500 counted; "
        "men: 56 of 100, interval 52 to 59, 700 counted."
    )


def test_a_mean_is_told_in_its_unit() -> None:
    chart = means.draw(RESULTS["numbers"])["mean/sex/mean_error"]

    assert "women: −18.2, interval −19.2 to −17.3, 400 counted" in chart.words.text["en"]


def test_a_hidden_group_is_named_without_a_number() -> None:
    """The 14 people without a stated age have four hidden numbers in what is published."""
    public = published(examples.classification(thresholds={"publish_minimum": 20}))

    text = rates.draw(public)["rate/age/selection_rate"].words.text["en"]

    assert "not stated: not published" in text
    assert "14 counted" not in text


def test_calibration_tells_every_point() -> None:
    chart = calibration.draw(RESULTS["decisions"])["calibration/sex"]

    assert chart.words.text["en"].startswith("women: score 5 of 100, really 25 of 100 (n = 40), ")


def test_scores_that_are_no_probabilities_have_no_calibration_chart() -> None:
    """Their range is not 0 to 100, so the diagonal would mean nothing."""
    result = RESULTS["decisions"]
    bins = tuple(
        one.model_copy(update={"mean_score": 640.0}) for one in result.calibration["sex"]["male"]
    )

    changed = result.model_copy(update={"calibration": {"sex": {"male": bins}}})

    assert calibration.draw(changed) == {}


def test_combined_groups_have_no_calibration_chart() -> None:
    """There may be very many: their ranges stand in a table."""
    result = RESULTS["decisions"]
    bins = dict.fromkeys(result.groups["sex & age"], result.calibration["sex"]["male"])
    more = {"calibration": {**result.calibration, "sex & age": bins}}

    assert set(calibration.draw(result.model_copy(update=more))) == {"calibration/sex"}


def test_the_trade_off_tells_the_price_of_each_notion() -> None:
    text = tradeoff.draw(RESULTS["decisions"])["tradeoff/sex"].words.text["en"]

    assert (
        "Gap in recognised favourable cases: the most accurate threshold for all (0.5) is right "
        "for 79.0 of 100, with a gap of 16.4 percentage points, own thresholds per group: 78.0 of "
        "100 with a gap of 2.0 percentage points"
    ) in text


@pytest.mark.parametrize(
    ("threshold", "begin"),
    [
        (0.6, "One threshold for all, from 0.1 to 0.9 (9 looked at); the plan’s is 0.6. "),
        (None, "One threshold for all, from 0.1 to 0.9 (9 looked at). "),
    ],
)
def test_the_trade_off_names_the_plans_threshold(threshold: float | None, begin: str) -> None:
    """Only where the plan states one: else no line is drawn and none is told."""
    result = RESULTS["decisions"]
    changes = {"threshold": threshold, "score": "score", "prediction": ""}
    plan = result.provenance.plan.model_copy(update=changes)
    origin = result.provenance.model_copy(update={"plan": plan})

    charts = tradeoff.draw(result.model_copy(update={"provenance": origin}))

    assert charts["tradeoff/sex"].words.text["en"].startswith(begin)


def test_groups_stand_in_the_order_of_their_ranges() -> None:
    text = rates.draw(RESULTS["decisions"])["rate/age/selection_rate"].words.text["en"]

    assert text.index("under 25") < text.index("25 to 34") < text.index("35 and over")


def test_an_empty_trade_off_is_not_drawn() -> None:
    empty = Tradeoff(common=(), by_group=(), tolerance=0.01)

    result = RESULTS["decisions"].model_copy(update={"tradeoffs": {"sex": empty}})

    assert tradeoff.draw(result) == {}


def test_a_group_without_a_value_keeps_its_row() -> None:
    """Nobody to count is said, not drawn as 0."""
    result = RESULTS["decisions"]
    group = result.groups["sex"]["female"]
    metrics = {**group.metrics, "selection_rate": Measure(status="not_defined", of=0)}
    groups = {**result.groups["sex"], "female": group.model_copy(update={"metrics": metrics})}
    changed = result.model_copy(update={"groups": {**result.groups, "sex": groups}})

    text = rates.draw(changed)["rate/sex/selection_rate"].words.text["en"]

    assert text.startswith("women: nobody to count; ")
