"""A plan fills the form so that the form says the same plan again."""

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.examples.audited import INSPECTED
from workbench.audit.catalogue import possible_gaps
from workbench.audit.intake.inspection import Inspection
from workbench.audit.plan import AuditPlan, planned
from workbench.audit.words.harms import HARMS, gaps_of
from workbench.basics.errors import InvalidInput
from workbench.web.forms.plan import PlanForm, plan_form
from workbench.web.forms.planning import plan_of, start_from

INSPECTION = Inspection.model_validate(INSPECTED)
BASE = {"attributes": ("sex", "age"), "reason": "Weil.", "dialect": INSPECTION.dialect}
JUDGED = st.sampled_from(
    [
        {"outcome": "outcome", "prediction": "prediction", "positive": "1"},
        {"prediction": "prediction", "positive": "1"},
        {"outcome": "outcome", "prediction": "prediction", "positive": "1", "score": "district"},
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
        "weight": st.just("district"),
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
            "reasons": {gap: HARMS[key].explanation for key in harms for gap in HARMS[key].gaps},
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
            "limit_reason": "Beschluss des Rats.",
        }
    )
    plan = plan_of(plan_form(INSPECTION, values), INSPECTION)
    assert plan.limits == {"equal_opportunity_difference": 0.02}
    assert plan.gaps == (*HARMS["any_error"].gaps, "equal_opportunity_difference")
    again = plan_form(INSPECTION, sent(plan_form(INSPECTION, start=start_from(plan))))
    assert plan_of(again, INSPECTION) == plan


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("field", "value"), [("limit_accuracy_difference", "0.1"), ("score", "district")]
)
def test_two_answers_that_contradict_are_refused(field: str, value: str) -> None:
    """A limit without its reason, two scores: the field that is to be changed is named."""
    values = MultiDict({"kind": "score", "prediction": "prediction", "threshold": "1"})
    plan = {"attributes": "sex", "reason": "Weil.", "outcome": "outcome", "positive": "1"}
    wrong = MultiDict({**values, **plan, field: value})
    with pytest.raises(InvalidInput) as caught:
        plan_of(plan_form(INSPECTION, wrong), INSPECTION)
    assert set(caught.value.fields) == {"limit_reason" if field.startswith("limit") else field}
    assert isinstance(
        plan_of(plan_form(INSPECTION, MultiDict({**values, **plan})), INSPECTION), AuditPlan
    )
