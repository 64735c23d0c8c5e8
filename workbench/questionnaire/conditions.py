"""When a question is asked: small conditions over earlier answers, as data.

A condition is a mapping with exactly one operator: ``{equals: [question, value]}``,
``{any_of: [question, [value, …]]}``, ``{answered: question}``, ``{all: […]}``, ``{any: […]}``,
``{not: condition}``, ``{before: [day, day]}``. An unanswered question equals nothing, nor does one
that was said not to be applicable. ``{is: name}`` stands for a condition of ``conditions.yaml`` and
is replaced by it when the files are loaded (``expanded``).
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

Scalar = bool | int | float | str
Answers = Mapping[str, JsonValue]
# How a judgement and an answer "not applicable, because …" are stored.
CHOICE, REASON, NOT_APPLICABLE = "choice", "reason", "not_applicable"
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Condition(BaseModel):
    """One operator and what it works on."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={"minProperties": 1, "maxProperties": 1},
        use_attribute_docstrings=True,
    )

    equals: tuple[str, Scalar] | None = None
    """The answer to this question is this value."""
    any_of: tuple[str, tuple[Scalar, ...]] | None = None
    """The answer is one of these values, or one of the chosen options is."""
    answered: str | None = None
    """This question has an answer."""
    before: tuple[str, str] | None = None
    """The first day comes before the second: two questions of type date, or one and a day."""
    all: tuple["Condition", ...] | None = Field(default=None, min_length=1)
    """Every one of these conditions holds."""
    any: tuple["Condition", ...] | None = Field(default=None, min_length=1)
    """At least one of these conditions holds."""
    negation: "Condition | None" = Field(default=None, alias="not")
    """This condition does not hold."""
    named: str | None = Field(default=None, alias="is")
    """This condition of conditions.yaml holds."""

    @model_validator(mode="after")
    def _one_operator(self) -> "Condition":
        if len(self.model_fields_set) != 1 or self.operator()[1] is None:
            raise ValueError("exactly one of equals, any_of, answered, before, all, any, not, is")
        return self

    def operator(self) -> tuple[str, Any]:
        """The operator's name and its operand."""
        return self.parts

    @cached_property
    def parts(self) -> tuple[str, Any]:
        """The same, looked up once: a page asks hundreds of times."""
        (name,) = self.model_fields_set
        return name, getattr(self, name)


def same(answer: JsonValue, expected: Scalar) -> bool:
    """Equal in value and kind: yes is not 1, although Python thinks so."""
    return isinstance(answer, bool) is isinstance(expected, bool) and answer == expected


def content(answer: JsonValue) -> JsonValue:
    """What a stored answer says: of a judgement the choice; nothing when it is not applicable."""
    return answer.get(CHOICE) if isinstance(answer, dict) else answer


def chosen(answer: JsonValue) -> list[JsonValue]:
    """The single things an answer consists of; none when there is no answer."""
    if isinstance(answer, list):
        return answer
    return [] if answer is None else [answer]


def _before(operand: tuple[str, str], answers: Answers) -> bool:
    """Whether both days are known, and the first comes first; ISO days sort as text."""
    first, second = (one if DAY.fullmatch(one) else content(answers.get(one)) for one in operand)
    return isinstance(first, str) and isinstance(second, str) and first < second


OPERATORS: Mapping[str, Callable[[Any, Answers], bool]] = {
    "equals": lambda operand, answers: same(content(answers.get(operand[0])), operand[1]),
    "any_of": lambda operand, answers: any(
        same(answer, expected)
        for answer in chosen(content(answers.get(operand[0])))
        for expected in operand[1]
    ),
    "answered": lambda operand, answers: content(answers.get(operand)) is not None,
    "before": _before,
    "all": lambda operand, answers: all(holds(one, answers) for one in operand),
    "any": lambda operand, answers: any(holds(one, answers) for one in operand),
    "negation": lambda operand, answers: not holds(operand, answers),
}


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Whether the condition is true for the answers; no condition is always true."""
    if condition is None:
        return True
    name, operand = condition.operator()
    return OPERATORS[name](operand, answers)


def decided(
    condition: Condition | None, answers: Answers, still_open: Collection[str]
) -> bool | None:
    """Whether the condition holds, whatever the questions ``still_open`` will be answered with.

    None where that depends on them.
    """
    if condition is None:
        return True
    name, operand = condition.operator()
    if name == "negation":
        inner = decided(operand, answers, still_open)
        return None if inner is None else not inner
    if name in {"all", "any"}:
        return joined(
            (decided(one, answers, still_open) for one in operand), decisive=name == "any"
        )
    if any(question in still_open for question, _ in comparisons(condition)):
        return None
    return holds(condition, answers)


def joined(verdicts: Iterable[bool | None], *, decisive: bool) -> bool | None:
    """One verdict of several: ``decisive`` as soon as one says so, None while one is open."""
    known = list(verdicts)
    return decisive if decisive in known else (None if None in known else not decisive)


def reduced(
    condition: Condition, answers: Answers, still_open: Collection[str]
) -> Condition | bool:
    """What is left of the condition when all answers but those ``still_open`` are settled.

    True or False when nothing is left to be seen.
    """
    name, operand = condition.operator()
    if name == "negation":
        inner = reduced(operand, answers, still_open)
        return not inner if isinstance(inner, bool) else Condition.model_validate({"not": inner})
    if name not in {"all", "any"}:
        undecided = any(question in still_open for question, _ in comparisons(condition))
        return condition if undecided else holds(condition, answers)
    decides, left = name == "any", []
    for one in operand:
        part = reduced(one, answers, still_open)
        if part is decides:
            return decides
        left += [part] if isinstance(part, Condition) else []
    if len(left) > 1:
        return Condition.model_validate({name: left})
    return left[0] if left else not decides


def decisive(condition: Condition, answers: Answers) -> str | None:
    """The first question whose answer alone makes the condition true or false as it is now.

    None when only several answers together do: of ``all`` while it holds, of ``any`` while not.
    """
    name, operand = condition.operator()
    if name == "negation":
        return decisive(operand, answers)
    if name not in {"all", "any"}:
        return next((question for question, _ in comparisons(condition)), None)
    outcome = holds(condition, answers)
    if len(operand) > 1 and outcome is (name == "all"):
        return None
    return decisive(next(one for one in operand if holds(one, answers) is outcome), answers)


def comparisons(condition: Condition) -> list[tuple[str, tuple[Scalar, ...]]]:
    """Every question the condition looks at, with the values it compares (none for answered).

    A day is compared with the other side of ``before``, be it a day or a question. A name that was
    not replaced looks at nothing.
    """
    name, operand = condition.operator()
    if name in {"all", "any"}:
        return [found for one in operand for found in comparisons(one)]
    if name == "negation":
        return comparisons(operand)
    if name == "named":
        return []
    if name == "answered":
        return [(operand, ())]
    if name == "before":
        sides = (operand, operand[::-1])
        return [(one, (other,)) for one, other in sides if not DAY.fullmatch(one)]
    question, expected = operand
    return [(question, expected if name == "any_of" else (expected,))]


def expanded(condition: Condition, names: Mapping[str, Condition]) -> Condition:
    """The condition with every known name replaced by what it stands for; others stay."""
    operator, operand = condition.operator()
    if operator == "named":
        return names.get(operand, condition)
    if operator in {"all", "any"}:
        return Condition.model_validate({operator: [expanded(one, names) for one in operand]})
    if operator == "negation":
        return Condition.model_validate({"not": expanded(operand, names)})
    return condition


def unknown(condition: Condition) -> list[str]:
    """The names that were not replaced."""
    operator, operand = condition.operator()
    if operator == "named":
        return [operand]
    if operator in {"all", "any"}:
        return [name for one in operand for name in unknown(one)]
    return unknown(operand) if operator == "negation" else []
