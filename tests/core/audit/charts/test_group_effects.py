"""Effects per group: who is drawn, what is told, and that nothing hidden is."""

from xml.etree.ElementTree import fromstring

from tests.examples import audit_results as examples
from workbench.audit.charts import group_effects
from workbench.audit.parts_explanation import Effect
from workbench.audit.results import AuditResult, published


def with_groups(result: AuditResult, attribute: str, values: list[str]) -> AuditResult:
    """The result with the same effects for each of these groups of an attribute."""
    assert result.explanation is not None
    effects = {"hours": Effect(mean=0.1, mean_absolute=0.2)}
    groups = {**result.explanation.groups, attribute: dict.fromkeys(values, effects)}
    told = result.explanation.model_copy(update={"groups": groups})
    return result.model_copy(update={"explanation": told})


def test_it_works() -> None:
    """One picture per attribute; its text tells each column's mean effect in each group."""
    charts = group_effects.draw(examples.explained())

    assert set(charts) == {"effects/sex"}
    chart = charts["effects/sex"]
    assert chart.words.title["en"] == "How far columns move the score of each group, by Sex"
    assert chart.words.text["en"].startswith("hours: women −0.300, men 0.030; income: ")
    for picture in chart.pictures.values():
        assert fromstring(picture.encode()).tag.endswith("svg")


def test_one_group_alone_is_not_drawn() -> None:
    """There is nothing to set beside it; its numbers stand in the table."""
    assert "effects/age" not in group_effects.draw(
        with_groups(examples.explained(), "age", ["under 25"])
    )


def test_without_a_model_nothing_is_drawn() -> None:
    assert group_effects.draw(examples.classification()) == {}


def test_a_hidden_group_is_not_drawn() -> None:
    """The people without a stated age are too few to be published."""
    result = with_groups(examples.explained(), "age", ["25 to 34", "35 and over", "(missing)"])
    strict = result.provenance.plan.model_copy(
        update={
            "thresholds": result.provenance.plan.thresholds.model_copy(
                update={"publish_minimum": 20}
            )
        }
    )
    origin = result.provenance.model_copy(update={"plan": strict})
    public = published(result.model_copy(update={"provenance": origin}))

    assert "not stated" in group_effects.draw(result)["effects/age"].words.text["en"]
    drawn = group_effects.draw(public)
    assert "not stated" not in "".join(chart.words.text["en"] for chart in drawn.values())


def test_of_many_groups_the_largest_are_drawn() -> None:
    """No more than there are marks that can be told apart."""
    result = examples.explained()
    like = result.groups["sex"]["female"]
    sizes = {f"d{place}": 100 + place for place in range(9)}
    groups = {
        value: like.model_copy(
            update={"n": n, "parts": {"sex": value}, "label": {"de": value, "en": value}}
        )
        for value, n in sizes.items()
    }
    wide = with_groups(
        result.model_copy(update={"groups": {**result.groups, "sex": groups}}), "sex", list(groups)
    )

    text = group_effects.draw(wide)["effects/sex"].words.text["en"]

    assert [value for value in sizes if f"{value} " in text] == [
        f"d{place}" for place in range(3, 9)
    ]
