"""What keeps a phase from being left."""

from datetime import date
from typing import Any

from workbench.basics.phases import Phase
from workbench.governance import gates
from workbench.governance.gates import Beside
from workbench.questionnaire.conditions import Condition
from workbench.questionnaire.definition import CheckName, Questionnaire

DAY = date(2026, 11, 23)
CHAIN = [{"task": "content", "office": "Bauamt"}, {"task": "technology", "office": "IT"}]
DONE: dict[str, Any] = {"a.open": True, "a.road": "long", "b.note": "So.", "b.chain": CHAIN}


def test_a_finished_phase_can_be_left(phases: list[Questionnaire]) -> None:
    """Everything answered, decided, checked, approved and named: nothing is unmet."""
    assert gates.unmet(phases, DONE, Beside(DAY, decisions=1, audits=1)) == ()


def test_every_unmet_condition_says_where(phases: list[Questionnaire]) -> None:
    """The built-in ones first, then the author's, each with phase, question and help."""
    beside = Beside(DAY, decisions=0, incomplete=("x", "y"), not_approved=(Phase.CONCEPTION,))
    found = gates.unmet(phases, {"a.open": False}, beside)

    assert [(one.id, one.phase, one.question) for one in found] == [
        ("value_decisions", "design", None),
        ("value_decisions_complete", "design", None),
        ("approved_conception", "conception", None),
        ("named", "design", "b.chain"),
        ("checked", "design", None),
        ("open", "conception", "a.open"),
    ]
    assert "2" in found[1].help.in_language("de")
    assert "Conception" in found[2].message.in_language("en")
    assert all(one.help.in_language("de") for one in found)


def test_open_required_questions_are_counted(phases: list[Questionnaire]) -> None:
    """The first of them is linked; a hidden one is not asked for."""
    asked = gates.unmet(phases, {**DONE, "b.note": None}, Beside(DAY, decisions=1, audits=1))
    spared = {**DONE, "b.note": None, "a.road": "short"}

    assert [(one.id, one.question) for one in asked] == [("required", "b.note")]
    assert "1" in asked[0].help.in_language("en")
    assert gates.unmet(phases, spared, Beside(DAY, decisions=1, audits=1)) == ()


def test_all_that_is_missing_is_named(phases: list[Questionnaire]) -> None:
    """Questions, decisions and tasks by name, so that a waiver covers no more than these."""
    *earlier, last = phases
    asked = [*earlier, last.model_copy(update={"minimum_value_decisions": 3})]
    answers = {**DONE, "b.note": None, "b.chain": CHAIN[:1]}
    beside = Beside(DAY, decisions=1, incomplete=("x", "y"), alone=("y",))
    found = {one.id: one.missing for one in gates.unmet(asked, answers, beside)}
    assert found == {
        "required": ("b.note",),
        "value_decisions": ("2", "3"),
        "value_decisions_complete": ("x", "y"),
        "value_decisions_alone": ("y",),
        "named": ("technology",),
        "checked": ("audit",),
    }
    assert [one.missing for one in gates.unmet(phases, {**DONE, "a.open": False}, beside)][-1] == (
        "a.open",
    )


def test_some_conditions_cannot_be_waived(phases: list[Questionnaire]) -> None:
    """A decision of the technical side alone without a reason, and what the author says so of."""
    *earlier, last = phases
    strict = [one.model_copy(update={"waivable": False}) for one in last.gate if one.id == "open"]
    changed = [*earlier, last.model_copy(update={"gate": tuple(strict)})]
    beside = Beside(DAY, decisions=1, incomplete=("x",), alone=("y",), audits=1)
    found = gates.unmet(changed, {**DONE, "a.open": False}, beside)
    assert {one.id: one.waivable for one in found} == {
        "value_decisions_complete": True,
        "value_decisions_alone": False,
        "open": False,
    }


def test_an_expired_term_holds_the_phase(phases: list[Questionnaire]) -> None:
    """Responsibility that ended yesterday is none; the day before it was enough."""
    ended = [CHAIN[0], {**CHAIN[1], "until": "2026-11-22"}]
    answers = {**DONE, "b.chain": ended}

    found = gates.unmet(phases, answers, Beside(DAY, decisions=1, audits=1))
    before = gates.unmet(phases, answers, Beside(date(2026, 11, 22), decisions=1, audits=1))

    assert [one.id for one in found] == ["named"]
    assert before == ()


def test_hidden_answers_open_no_gate(phases: list[Questionnaire]) -> None:
    """A note that is not asked any more does not make the required ones complete or open."""
    answers = {**DONE, "a.open": False}
    found = gates.unmet(phases, answers, Beside(DAY, decisions=1, audits=1))

    assert [one.id for one in found] == ["open"]


def test_a_gate_may_bind_some_systems_only(phases: list[Questionnaire]) -> None:
    """A condition with ``when`` holds nobody for whom it does not apply, and everybody else."""
    *earlier, last = phases

    def found(value: bool) -> list[str]:
        when = Condition.model_validate({"equals": ["a.open", value]})
        gate = tuple(
            one.model_copy(update={"when": when}) if one.check is CheckName.AUDIT else one
            for one in last.gate
        )
        narrowed = [*earlier, last.model_copy(update={"gate": gate})]
        return [one.id for one in gates.unmet(narrowed, DONE, Beside(DAY, decisions=1, audits=0))]

    assert found(False) == []
    assert found(True) == ["checked"]


def test_a_gate_leads_to_the_answer_that_blocks(phases: list[Questionnaire]) -> None:
    """One answer alone: there; several together: to the question the author named."""
    *earlier, last = phases
    both = [{"equals": ["a.open", True]}, {"equals": ["a.road", "short"]}]

    def leads(operator: str) -> str | None:
        need = Condition.model_validate({operator: both})
        gate = [one.model_copy(update={"need": need}) for one in last.gate if one.id == "open"]
        changed = [*earlier, last.model_copy(update={"gate": (gate[0],)})]
        answers = {**DONE, "a.open": operator == "all"}
        return gates.unmet(changed, answers, Beside(DAY, decisions=1, audits=1))[0].question

    assert leads("all") == "a.road"
    assert leads("any") == "a.open"
