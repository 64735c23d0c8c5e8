"""The search for contradictions agrees with trying every combination of answers."""

from itertools import chain, combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from workbench.questionnaire.conditions import Condition, holds
from workbench.questionnaire.definition import QuestionType
from workbench.questionnaire.satisfying import Node, TooHard, satisfiable

OPTIONS = ("a", "b", "c", "d")
KINDS = {
    "q.one": QuestionType.CHOICE_ONE,
    "q.many": QuestionType.CHOICE_MANY,
    "q.yes": QuestionType.YES_NO,
    "q.verdict": QuestionType.JUDGEMENT,
}


def offered(kind: QuestionType) -> tuple[str, ...]:
    """The options of the type."""
    return () if kind is QuestionType.YES_NO else OPTIONS


def condition(**operator: Any) -> Condition:
    """A condition from its operator."""
    return Condition.model_validate(operator)


@st.composite
def literals(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Any]:
    """A statement about one question."""
    name = draw(st.sampled_from(names))
    values: st.SearchStrategy[Any] = st.booleans() if name == "q.yes" else st.sampled_from(OPTIONS)
    return draw(
        st.one_of(
            st.fixed_dictionaries({"equals": st.tuples(st.just(name), values)}),
            st.fixed_dictionaries(
                {"any_of": st.tuples(st.just(name), st.lists(values, min_size=1, max_size=3))}
            ),
            st.just({"answered": name}),
        )
    )


def conditions(names: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    """Nested conditions over these questions."""
    return st.recursive(
        literals(names),
        lambda inner: st.one_of(
            st.fixed_dictionaries({"not": inner}),
            st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        ),
        max_leaves=8,
    ).map(Condition.model_validate)


ALONE, MOST = ("c",), 2


def every_answer(kind: QuestionType) -> list[JsonValue]:
    """Everything the question can be answered with, and nothing: c only alone, at most two."""
    if kind is QuestionType.YES_NO:
        return [None, True, False]
    if kind is QuestionType.CHOICE_MANY:
        several = combinations([one for one in OPTIONS if one not in ALONE], MOST)
        sets = chain(((one,) for one in OPTIONS), several)
        return [None, *[list[JsonValue](one) for one in sets]]
    return [None, *OPTIONS]


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_it_agrees_with_trying_everything(data: st.DataObject) -> None:
    """For all conditions, and conditions to be asked at all, both give the same answer."""
    names = tuple(KINDS)
    when = {
        name: data.draw(st.none() | conditions(names[:n])) if n else None
        for n, name in enumerate(names)
    }
    nodes = {
        name: Node(kind, offered(kind), (one,) if (one := when[name]) else (), ALONE, MOST)
        for name, kind in KINDS.items()
    }
    goal = data.draw(conditions(names))

    found = False
    for answers in product(*(every_answer(kind) for kind in KINDS.values())):
        counting: dict[str, JsonValue] = {}
        for name, answer in zip(names, answers, strict=True):
            if answer is not None and holds(when[name], counting):
                counting[name] = answer
        found = found or holds(goal, counting)

    assert satisfiable([goal], nodes) is found


def test_a_condition_that_nobody_can_follow_is_given_up() -> None:
    """A search without end is refused, not waited for."""
    nodes = {f"q.x{n}": Node(QuestionType.CHOICE_MANY, OPTIONS, ()) for n in range(30)}
    pigeons = [
        condition(any=[{"any_of": [f"q.x{n}", [option]]} for option in OPTIONS]) for n in range(30)
    ]
    holes = [
        condition(
            **{
                "not": {
                    "all": [{"any_of": [f"q.x{n}", [option]]}, {"any_of": [f"q.x{m}", [option]]}]
                }
            }
        )
        for option in OPTIONS
        for n in range(30)
        for m in range(n)
    ]

    with pytest.raises(TooHard):
        satisfiable([*pigeons, *holes], nodes)


def test_a_long_condition_is_quick() -> None:
    """Forty options and thirty questions are no combinations to try one by one."""
    many = tuple(f"o{n}" for n in range(40))
    nodes = {f"q.x{n}": Node(QuestionType.CHOICE_MANY, many, ()) for n in range(30)}
    goal = condition(all=[{"any_of": [name, list(many)]} for name in nodes])

    assert satisfiable([goal], nodes)
    assert not satisfiable([goal, condition(**{"not": {"any_of": ["q.x29", list(many)]}})], nodes)
