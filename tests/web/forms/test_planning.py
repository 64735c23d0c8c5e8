"""A plan fills the form so that the form says the same plan again."""

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.examples.audited import INSPECTED
from workbench.audit.catalogue import possible_gaps
from workbench.audit.choices import CHOICES
from workbench.audit.intake.inspection import Inspection
from workbench.audit.plan import AuditPlan, planned
from workbench.audit.words.harms import HARMS, gaps_of
from workbench.basics.errors import InvalidInput
from workbench.basics.text import translate
from workbench.web.forms.errors import adopt
from workbench.web.forms.plan import PlanForm, limit_field, plan_form
from workbench.web.forms.planning import plan_of, start_from
from workbench.web.forms.reasons import reason_field
from workbench.web.locale import language

INSPECTION = Inspection.model_validate(INSPECTED)
BASE = {
    "attributes": ("sex", "age"),
    "edges": {"age": (30.0,)},
    "reason": "Weil.",
    "dialect": INSPECTION.dialect,
}
REASONS = dict.fromkeys(set(CHOICES) - {"gaps"}, "Deshalb.")
NUMBERS = {"outcome": "outcome", "prediction": "prediction", "positive": "1"}
JUDGED = st.sampled_from(
    [
        {"outcome": "outcome", "prediction": "prediction", "positive": "1"},
        {"prediction": "prediction", "positive": "1"},
        {"outcome": "outcome", "prediction": "prediction", "positive": "1", "score": "points"},
        {"outcome": "outcome", "score": "prediction", "positive": "1", "threshold": 0.0},
        {"outcome": "outcome", "score": "prediction", "positive": "1", "threshold": 0.25},
        {"score": "prediction", "top_k": 40},
        {"task": "regression", "outcome": "outcome", "prediction": "prediction"},
    ]
)
SAID = st.fixed_dictionaries(
    {},
    optional={
        "depth": st.integers(1, 4),
        "edges": st.just({"age": (25.0, 34.5)}),
        "references": st.just({"sex": "male"}),
        "weight": st.just("persons"),
        "features": st.just(("district",)),
        "explained_rows": st.just((3, 17)),
        "labels": st.just({"sex": {"female": {"de": "Frauen", "en": "women"}}}),
        "names": st.just({"age": {"de": "Alter", "en": "age"}}),
        "positive_words": st.just({"de": "ja", "en": "yes"}),
        "seed": st.integers(0, 2**32 - 1),
        "draws": st.integers(100, 20_000),
        "thresholds": st.just({"publish_minimum": 3, "assess_minimum": 12, "certain_minimum": 12}),
    },
)


@pytest.fixture(scope="module")
def page() -> Iterator[None]:
    """Forms speak the language of the request."""
    with Flask(__name__).test_request_context():
        yield


def sent(form: PlanForm) -> MultiDict[str, str]:
    """What a browser sends of the form as it is shown."""
    pairs = []
    for field in form:
        values = field.data if isinstance(field.data, list) else [field.data]
        pairs += [(field.name, str(value)) for value in values if value is not None]
    return MultiDict(pairs)


@pytest.mark.usefixtures("page")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(judged=JUDGED, said=SAID, chosen=st.sets(st.sampled_from(sorted(HARMS)), max_size=3))
def test_a_plan_comes_back(
    judged: dict[str, object], said: dict[str, object], chosen: set[str]
) -> None:
    """Shown in the form and sent again unchanged, it is the same plan, gaps and limits included."""
    try:
        bare = planned({**BASE, **judged, **said})
    except InvalidInput:  # weight and score cannot be one column
        return
    possible = possible_gaps(bare)
    harms = [key for key in HARMS if key in chosen and {*HARMS[key].gaps} <= {*possible}]
    plan = bare.model_copy(
        update={
            "gaps": gaps_of(harms),
            "reasons": REASONS
            | {gap: HARMS[key].explanation for key in harms for gap in HARMS[key].gaps},
        }
    )
    shown = plan_form(INSPECTION, start=start_from(plan))
    form = plan_form(INSPECTION, sent(shown))
    assert form.validate(), form.errors
    again = plan_of(form, INSPECTION)
    assert again.model_copy(update={"reasons": {}}) == plan.model_copy(update={"reasons": {}})
    assert set(again.reasons) == set(plan.reasons)


@pytest.mark.usefixtures("page")
def test_own_limits_come_back() -> None:
    """A limit of one's own names its gap, keeps its reason, and adds the gap to those tested."""
    values = MultiDict(
        {
            "prediction": "prediction",
            "outcome": "outcome",
            "positive": "1",
            "attributes": "sex",
            "reason": "Weil.",
            "harms": "any_error",
            "limit_equal_opportunity_difference": "0,02",
            "reason_limits": "Beschluss des Rats.",
        }
    )
    plan = plan_of(plan_form(INSPECTION, values), INSPECTION)
    assert plan.limits == {"equal_opportunity_difference": 0.02}
    assert plan.gaps == (*HARMS["any_error"].gaps, "equal_opportunity_difference")
    assert plan.reasons["limits"] == "Beschluss des Rats."
    assert set(plan.reasons) == {*HARMS["any_error"].gaps, "limits"}
    again = plan_form(INSPECTION, sent(plan_form(INSPECTION, start=start_from(plan))))
    assert plan_of(again, INSPECTION) == plan


@pytest.mark.usefixtures("page")
def test_the_reason_for_limits_in_a_former_plan_is_kept() -> None:
    """It was that of their gaps; a reason that a harm gave is none for a limit."""
    name = "accuracy_difference"
    former = planned({**BASE, **NUMBERS, "limits": {name: 0.05}, "reasons": {name: "Beschluss."}})
    harm = former.model_copy(update={"reasons": {name: HARMS["any_error"].explanation}})
    assert start_from(former)["reason_limits"] == "Beschluss."
    assert start_from(harm)["reason_limits"] == ""


# Choice → what is typed for it; a value that stands there already asks for no reason.
OWN: dict[str, dict[str, str]] = {
    "threshold": {"kind": "score", "top_k": "40"},
    "edges": {"edges": "age: 30"},
    "references": {"references": "sex: male"},
    "depth": {"depth": "3"},
    "limits": {"limit_accuracy_difference": "0.1"},
    "thresholds": {"certain_minimum": "200"},
}


def test_the_form_asks_for_every_reason() -> None:
    """Each choice of a plan has its field; why gaps are tested is asked as harms."""
    assert OWN.keys() == CHOICES.keys() - {"gaps"}


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("choice", OWN)
def test_a_choice_of_ones_own_asks_for_its_reason(choice: str) -> None:
    """Without one it is refused, with one it is in the plan; the default asks for none."""
    form = plan_form(INSPECTION, MultiDict({**SENT, **OWN[choice]}))
    assert not form.validate()
    assert set(form.errors) == {reason_field(choice)}
    given = plan_form(
        INSPECTION, MultiDict({**SENT, **OWN[choice], reason_field(choice): "Deshalb."})
    )
    assert given.validate(), given.errors
    assert given.reasons.keys() == OWN.keys()
    assert plan_form(INSPECTION, MultiDict({**SENT, "depth": "2", "draws": "500"})).validate()


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(("field", "value"), [("score", "points")])
def test_two_answers_that_contradict_are_refused(field: str, value: str) -> None:
    """Two scores: the field that is to be changed is named."""
    values = MultiDict({"kind": "score", "prediction": "prediction", "threshold": "1"})
    plan = {"attributes": "sex", "reason": "Weil.", "outcome": "outcome", "positive": "1"}
    wrong = MultiDict({**values, **plan, field: value})
    with pytest.raises(InvalidInput) as caught:
        plan_of(plan_form(INSPECTION, wrong), INSPECTION)
    assert set(caught.value.fields) == {field}
    assert isinstance(
        plan_of(plan_form(INSPECTION, MultiDict({**values, **plan})), INSPECTION), AuditPlan
    )


SENT = {"prediction": "prediction", "outcome": "outcome", "positive": "1"}
SENT |= {"attributes": "sex", "reason": "Weil."}


def changed(name: str, **values: object) -> Inspection:
    """The table with another column of that name."""
    columns = [
        column.model_copy(update=values) if column.name == name else column
        for column in INSPECTION.columns
    ]
    return INSPECTION.model_copy(update={"columns": tuple(columns)})


def faults(sent: dict[str, str], inspection: Inspection = INSPECTION) -> dict[str, str]:
    """What is told of a plan, by field; nothing when it is one."""
    try:
        plan_of(plan_form(inspection, MultiDict({**SENT, **sent})), inspection)
    except InvalidInput as error:
        return {name: text.format(**error.values) for name, text in error.fields.items()}
    return {}


@pytest.mark.usefixtures("page")
def test_what_the_table_refutes_is_told_beside_its_field() -> None:
    """Each mistake that the inspection shows names column and value; the twin beside it fits."""
    assert faults({}) == {}
    assert "yes" in faults({"positive": "yes"})["positive"]
    assert "1, 0" not in faults({"positive": "yes"})["positive"]
    assert "0, 1" in faults({"positive": "yes"})["positive"]
    assert "prediction" in faults({"positive": "yes", "outcome": ""})["positive"]
    assert faults({"positive": "yes"}, changed("outcome", distinct=3)) == {}  # one is not known
    assert "age: 25, 35, 50" in faults({"attributes": "age"})["edges"]
    assert faults({"attributes": "age", "edges": "age: 30"}) == {}
    assert faults({"attributes": "age"}, changed("age", distinct=20)) == {}
    assert (
        "201" in faults({"attributes": "district"}, changed("district", distinct=201))["attributes"]
    )
    assert faults({"attributes": "district"}, changed("district", distinct=200)) == {}
    scores = changed("prediction", distinct=21, frequent=(("0.5", 3),))
    assert "21" in faults({}, scores)["prediction"]
    assert faults({"kind": "score", "threshold": "0.5"}, scores) == {}
    assert faults({"kind": "number", "positive": ""}, scores) == {}


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("harm", "sent", "fitting"),
    [
        ("imprecise", {}, {"kind": "number", "positive": ""}),
        ("any_error", {"kind": "number", "positive": ""}, {}),
        ("rated_lower", {}, {"score": "points"}),
        ("any_error", {"outcome": ""}, {}),
    ],
)
def test_a_harm_that_does_not_fit_is_named(
    harm: str, sent: dict[str, str], fitting: dict[str, str]
) -> None:
    """The box is quoted with what to do; with the columns that it needs it fits."""
    told = faults({"harms": harm, **sent})
    assert set(told) == {"harms"}
    assert translate(language(), HARMS[harm].question) in told["harms"]
    assert faults({"harms": harm, **fitting}) == {}


@pytest.mark.usefixtures("page")
def test_a_limit_that_does_not_fit_blames_no_harm() -> None:
    """The field of the limit is named, not the boxes, which are right."""
    field = limit_field("mean_error_difference")
    sent = {"harms": "any_error", field: "0.1", "reason_limits": "Weil."}
    assert set(faults(sent)) == {field}


@pytest.mark.usefixtures("page")
def test_a_wrong_shape_is_told_once() -> None:
    """The field says it; the form does not say it again without a name."""
    form = plan_form(INSPECTION, MultiDict({**SENT, "top_k": "3, 17"}))
    assert not form.validate()
    with pytest.raises(InvalidInput) as caught:
        plan_of(form, INSPECTION)
    adopt(form, caught.value)
    assert form.form_errors == []
    assert len(form.top_k.errors) == 1
    assert "100" in form.top_k.errors[0]
    adopt(form, InvalidInput("No column."))  # twin: what no field can say stays
    assert form.form_errors == ["No column."]
