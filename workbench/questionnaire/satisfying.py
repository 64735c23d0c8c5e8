"""Whether any answers fulfil a condition: a search that branches only where it must.

Every condition that must hold, or must not, is taken apart until only statements about single
questions are left; two that exclude each other end a branch. A positive statement also needs its
question to be asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workbench.questionnaire.conditions import Condition, Scalar, comparisons, joined
from workbench.questionnaire.definition import QuestionType

# More steps than this are too many for a person to follow, too.
STEPS = 20_000
Goal = tuple[Condition, bool]
Truth = tuple[bool, Scalar]  # with its kind: in Python, yes equals 1


class TooHard(Exception):
    """The search was given up; the caller names the place."""


@dataclass(frozen=True)
class Node:
    """A question as far as conditions can tell: ``when`` holds what must be true to be asked it."""

    type: QuestionType
    options: tuple[str, ...]
    when: tuple[Condition, ...]
    exclusive: tuple[str, ...] = ()
    at_most: int | None = None

    def choices(self) -> set[Truth] | None:
        """Everything it can be answered with; None when that is without end."""
        if self.type is QuestionType.YES_NO:
            return {(True, True), (True, False)}
        return {(False, option) for option in self.options} if self.options else None

    def together(self, chosen: frozenset[Truth]) -> bool:
        """Whether all of these can be chosen in one answer."""
        if len(chosen) < 2:
            return True
        alone = any(option in self.exclusive for _, option in chosen)
        fits = self.at_most is None or len(chosen) <= self.at_most
        return self.type is QuestionType.CHOICE_MANY and fits and not alone


@dataclass(frozen=True)
class Fact:
    """What a branch demands of one answer."""

    chosen: frozenset[Truth] = frozenset()
    excluded: frozenset[Truth] = frozenset()
    given: bool | None = None

    def possible(self, node: Node) -> bool:
        """Whether some answer, or none, meets all of it."""
        if self.chosen & self.excluded or (self.given is False and self.chosen):
            return False
        if not node.together(self.chosen):
            return False
        choices = node.choices()
        left = choices is None or bool(choices - self.excluded)
        return left or self.given is not True

    def says(self, node: Node, truths: frozenset[Truth]) -> bool | None:
        """Whether one of these is chosen (without any: whether there is an answer), if settled."""
        if not truths:
            return self.given
        if self.chosen & truths:
            return True
        other = bool(self.chosen) and node.type is not QuestionType.CHOICE_MANY
        return False if other or self.given is False or truths <= self.excluded else None


def _truths(values: Iterable[Scalar]) -> frozenset[Truth]:
    return frozenset((isinstance(value, bool), value) for value in values)


@dataclass
class Branch:
    """What is still to be met (``goals``; of each fork one goal) and what is demanded so far."""

    goals: list[Goal]
    forks: list[list[Goal]] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)


@dataclass
class Search:
    """One search over ``nodes`` (question id → node); ``steps`` counts down to giving up."""

    nodes: Mapping[str, Node]
    steps: int = STEPS

    def solve(self, goals: Iterable[Goal]) -> bool:
        """Whether all goals can be met together; depth first, the narrowest fork first."""
        waiting = [Branch(list(goals))]
        while waiting:
            branch = waiting.pop()
            if not self._met(branch):
                continue
            forks = self._open(branch)
            if not forks:
                return True
            fork = min(forks, key=len)
            others = [one for one in forks if one is not fork]
            waiting.extend(Branch([goal], list(others), dict(branch.facts)) for goal in fork[::-1])
        return False

    def _open(self, branch: Branch) -> list[list[Goal]]:
        """The forks that are not met yet, without the goals that contradict what is demanded."""
        forks = []
        for fork in branch.forks:
            self.steps -= 1
            known = [self._truth(branch.facts, condition) for condition, _ in fork]
            if not any(one is goal[1] for one, goal in zip(known, fork, strict=True)):
                left = [goal for one, goal in zip(known, fork, strict=True) if one is None]
                forks.append(left)
        return forks

    def _truth(self, facts: Mapping[str, Fact], condition: Condition) -> bool | None:
        """What the demands say of the condition already; None when it can still go both ways."""
        name, operand = condition.operator()
        if name == "negation":
            inner = self._truth(facts, operand)
            return None if inner is None else not inner
        if name in {"all", "any"}:
            return joined((self._truth(facts, one) for one in operand), decisive=name == "any")
        if name == "before":
            given = [facts.get(one, Fact()).given for one, _ in comparisons(condition)]
            return False if False in given else None
        ((question, values),) = comparisons(condition)
        return facts.get(question, Fact()).says(self.nodes[question], _truths(values))

    def _met(self, branch: Branch) -> bool:
        """Whether the branch's goals contradict neither each other nor what is demanded so far."""
        while branch.goals:
            self.steps -= 1
            if self.steps < 0:
                raise TooHard
            condition, wanted = branch.goals.pop()
            name, operand = condition.operator()
            if name == "negation":
                branch.goals.append((operand, not wanted))
            elif name in {"all", "any"}:
                parts = [(one, wanted) for one in operand]
                both = (name == "all") is wanted
                branch.goals.extend(parts) if both else branch.forks.append(parts)
            elif name == "before":
                # Whichever days are wanted, somebody can give them; answers there must be.
                both_given = [Condition(answered=one) for one, _ in comparisons(condition)]
                branch.goals.extend((one, True) for one in both_given if wanted)
            elif not self._state(branch, condition, wanted=wanted):
                return False
        return True

    def _state(self, branch: Branch, condition: Condition, *, wanted: bool) -> bool:
        """Note what a statement about one question demands; False when nothing can meet it."""
        ((question, values),) = comparisons(condition)
        name, node = condition.operator()[0], self.nodes[question]
        if name == "equals" and node.type is QuestionType.CHOICE_MANY:
            return not wanted  # several choices never equal one
        if wanted and len(values) > 1:
            each = [Condition(any_of=(question, (one,))) for one in values]
            branch.forks.append([(one, True) for one in each])
            return True
        known = branch.facts.get(question, Fact())
        given = wanted if wanted or name == "answered" else known.given
        truths = _truths(values)
        fact = Fact(
            known.chosen | (truths if wanted else frozenset()),
            known.excluded | (frozenset() if wanted else truths),
            given,
        )
        branch.facts[question] = fact
        if wanted and not known.given:
            branch.goals.extend((one, True) for one in node.when)
        return known.given in (None, given) and fact.possible(node)


def satisfiable(conditions: Iterable[Condition], nodes: Mapping[str, Node]) -> bool:
    """Whether some answers fulfil all conditions together.

    ``nodes`` holds every question that they name, and those that these depend on. Raises TooHard
    when a person could not follow it either.
    """
    return Search(nodes).solve((one, True) for one in conditions)
