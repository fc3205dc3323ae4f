"""Counterexamples to a step: values for the variables in reach where all hypotheses hold and the goal fails.

Variables that a hypothesis defines (``v = term``, also for all arguments of a function) get the value that it says; the
others get small numbers, families and matrices small tables of them, functions a few simple ones; Z3, if it is
installed, suggests further values. A point counts only if every hypothesis is certainly true there and the goal
certainly false, decided exactly or by balls. Hypotheses that cannot be evaluated (quantifiers without bounds, notions
without a definition) are reported: what is found without them is a hint, no counterexample. The search is
deterministic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any

from flint import fmpq, fmpq_mat

from symproof.errors import SymproofError
from symproof.kernel.discharge import introduce
from symproof.kernel.evaluate import Compiled, EvaluationError, Undefined, decide, evaluate
from symproof.kernel.sequent import Sequent, conjuncts
from symproof.logic.sort import BOOL, INT, Sort, accepts
from symproof.logic.syntax import Abs, Eq, Lam, Max
from symproof.logic.term import Term, coerce, free_variables, subst
from symproof.logic.text import open_binder, range_of
from symproof.tactics.claim import Claim
from symproof.tactics.counterexample import SearchLog, certain, find_counterexample
from symproof.tactics.solver_points import solver_points

__all__ = ["PointSearch", "search_points"]

MAX_NUMBER_POINTS = 600
MAX_TABLE_POINTS = 400
MAX_SECONDS = 5.0
MAX_MATRIX_SIZE = 4
_SMALL = ((0, 1), (1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2), (3, 1), (-3, 1), (1, 3), (3, 2), (-3, 2), (10, 1))
_NUMBERS = tuple(Fraction(n, d) for n, d in _SMALL)
_WHOLE = (1, 2, 3, 0, 1, 2, -1, 4, -2)

Value = Any
Point = Mapping[Term, Value]


@dataclass(frozen=True)
class PointSearch:
    """What a search for a counterexample found.

    Attributes:
        values: the variables with exact values as text; None if no point was found.
        verified: whether every hypothesis was decided true there, and the goal false: then it is a counterexample.
        tried: how many points were tried.
        admissible: at how many of them all hypotheses hold that could be evaluated; None if that was not counted.
        unevaluated: the hypotheses that could not be evaluated.
        obstacle: why no point could be tried; empty if some were.
        solver: what Z3 says where no point was found; it decides nothing.
    """

    values: tuple[tuple[str, str], ...] | None = None
    verified: bool = False
    tried: int = 0
    admissible: int | None = None
    unevaluated: tuple[str, ...] = ()
    obstacle: str = ""
    solver: str = ""

    def __str__(self) -> str:
        if self.values is not None:
            point = ", ".join(f"{name} = {value}" for name, value in self.values) or "as it stands, without variables"
            if self.verified:
                return f"{point} (verified: every hypothesis in reach holds there, the claim does not)"
            return f"perhaps {point} (the claim fails there; not evaluated: {', '.join(self.unevaluated)})"
        if self.obstacle:
            return f"not searched: {self.obstacle}"
        count = "" if self.admissible is None else f" ({self.admissible} of them meet the hypotheses)"
        remark = f"; {self.solver}" if self.solver else ""
        return f"none found in {self.tried} point{'s' * (self.tried != 1)}{count}{remark}"

    def as_dict(self) -> dict[str, object]:
        """The search as a JSON object."""
        return {
            "values": dict(self.values) if self.values is not None else None,
            "verified": self.verified,
            "points": self.tried,
            "admissible": self.admissible,
            "unevaluated": list(self.unevaluated),
            "obstacle": self.obstacle,
            "solver": self.solver,
        }


def search_points(sequent: Sequent, goal: Term) -> PointSearch:
    """Search for a point that refutes the step from the hypotheses in reach to a goal.

    Args:
        sequent: what is in reach.
        goal: the proposition that was to be established.
    """
    sequent, goal = introduce(sequent, goal)
    try:
        task = _Task.read(sequent, goal)
        if not _evaluable(goal):
            return PointSearch(obstacle="the claim itself cannot be evaluated at a point")
        numbers_only = all(v.sort.is_number for v in task.free)
        return _search_numbers(task) if numbers_only else _search_tables(task)
    except (SymproofError, RecursionError) as problem:
        return PointSearch(obstacle=str(problem) or "it is nested too deeply")


# What is asked -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Task:
    """A step, with the variables that hypotheses define eliminated.

    Attributes:
        hypotheses: those that can be evaluated, as they stand.
        goal: the goal as it stands.
        defined: the variables that hypotheses define, each with its value in terms of the free ones.
        free: the variables that may have any value.
        unevaluated: names of the hypotheses that cannot be evaluated.
    """

    hypotheses: tuple[Term, ...]
    goal: Term
    defined: Mapping[Term, Term]
    free: tuple[Term, ...]
    unevaluated: tuple[str, ...]

    @classmethod
    def read(cls, sequent: Sequent, goal: Term) -> _Task:
        parts = [(h.label, part) for h in sequent.hypotheses for part in conjuncts(h.proposition)]
        defined = _definitions([part for _, part in parts], sequent.variables)
        hypotheses = tuple(dict.fromkeys(part for _, part in parts if _evaluable(part)))
        left = [label or str(p) for label, p in parts if not _evaluable(p) and not _holds_by_definition(p, defined)]
        used = frozenset[Term]().union(*(free_variables(subst(p, defined)) for p in (*hypotheses, goal)))
        free = tuple(v for v in sequent.variables if v in used and v not in defined)
        strangers = sorted(used - set(free), key=lambda v: v.name)
        return cls(hypotheses, goal, defined, (*free, *strangers), tuple(dict.fromkeys(left)))

    def reduced(self) -> tuple[tuple[Term, ...], Term]:
        """Hypotheses and goal in terms of the free variables alone."""
        return tuple(subst(h, self.defined) for h in self.hypotheses), subst(self.goal, self.defined)

    def refuted_at(self, point: Point) -> bool:
        """Whether the whole step, as it stands, is refuted at values of the free variables."""
        full = self.with_defined(point)
        try:
            if any(_truth(h, full) is not True for h in self.hypotheses):
                return False
            return _truth(self.goal, full) is False
        except (Undefined, EvaluationError):
            return False

    def with_defined(self, point: Point) -> dict[Term, Value]:
        """The point with the variables that hypotheses define."""
        full = dict(point)
        for variable, term in self.defined.items():
            if variable.sort.kind == "fun":
                full[variable] = _function_value(term, point)
            elif free_variables(term) <= set(point):
                full[variable] = _value(term, point)
        return full

    def found(self, point: Point, tried: int) -> PointSearch:
        """The answer that shows a point."""
        numbers = {v: x for v, x in self.with_defined(point).items() if v.sort.is_number}
        relevant = {v for p in (*self.hypotheses, self.goal) for v in free_variables(p)}
        shown: dict[Term, Value] = {v: x for v, x in {**point, **numbers}.items() if v in relevant or v in point}
        values = tuple((v.name, _text(x)) for v, x in sorted(shown.items(), key=lambda item: item[0].name))
        return PointSearch(values, not self.unevaluated, tried, unevaluated=self.unevaluated)


def _truth(proposition: Term, point: Mapping[Term, Value]) -> bool | None:
    numbers = {v: x for v, x in point.items() if isinstance(x, Fraction | Term)}
    if free_variables(proposition) <= set(numbers):
        return certain(proposition, numbers)
    return decide(proposition, point)


def _value(term: Term, point: Point) -> Value:
    """The value of a number or matrix: a closed term if the point has only numbers, so that it stays exact."""
    numbers = {v: coerce(x) for v, x in point.items() if isinstance(x, Fraction | Term)}
    if term.sort.is_number and free_variables(term) <= set(numbers):
        value = evaluate(term, point)
        exact = isinstance(value, fmpq)
        return Fraction(int(value.numerator), int(value.denominator)) if exact else subst(term, numbers)
    return evaluate(term, point)


def _function_value(term: Term, point: Point) -> Callable[..., Value]:
    compiled = Compiled(term)

    def call(*args: Value) -> Value:
        function = compiled(point)
        return function(*(fmpq(a) if isinstance(a, int) else a for a in args))

    return call


def _evaluable(term: Term) -> bool:
    """Whether a proposition has no quantifier without bounds and no notion without a definition."""
    if term.op in ("forall", "exists") and not _enumerable(term):
        return False
    if term.op == "call":
        inner = (term.data.body, term.data.base, term.data.step)
        if all(part is None for part in inner) or not all(_evaluable(part) for part in inner if part is not None):
            return False
    return all(_evaluable(a) for a in term.args)


def _enumerable(quantified: Term) -> bool:
    """Whether the bound variable is an integer between two bounds."""
    (index,), body = open_binder(quantified)
    if index.sort != INT or body.op != ("implies" if quantified.op == "forall" else "and"):
        return False
    guard = body.args[0] if body.args[0].op == "and" else Term("and", body.args[:2], None, BOOL)
    span = range_of(index, guard)
    return span is not None and index not in free_variables(span[0]) | free_variables(span[1])


# Variables that hypotheses define ------------------------------------------------------------------------------------


def _definitions(parts: Sequence[Term], variables: Sequence[Term]) -> dict[Term, Term]:
    """Variables with the terms that hypotheses say they equal, in terms of variables that nothing defines."""
    position = {v: k for k, v in enumerate(variables)}
    found: dict[Term, Term] = {}
    for part in parts:
        candidates = [pair for pair in _readings(part) if pair[0] in position and pair[0] not in found]
        for variable, term in sorted(candidates, key=lambda pair: -position[pair[0]]):
            term = subst(term, found)
            if variable not in free_variables(term):
                found = {v: subst(t, {variable: term}) for v, t in found.items()}
                found[variable] = term
                break
    return found


def _readings(part: Term) -> Iterator[tuple[Term, Term]]:
    """(variable, term) for each way in which a proposition defines a variable."""
    arguments: tuple[Term, ...] = ()
    while part.op in ("call", "forall"):
        if part.op == "call":
            body = part.data.unfold(part.args)
            if body is None:
                return
            part = body
        else:
            opened, part = open_binder(part, frozenset(a.name for a in arguments))
            arguments += opened
    if part.op != "eq":
        return
    for left, right in (part.args, part.args[::-1]):
        if not arguments and left.op == "var" and accepts(left.sort, right.sort):
            yield left, right
        if arguments and left.op == "apply" and left.args[1:] == arguments and left.args[0].op == "var":
            function = Lam(arguments, right)
            if accepts(left.args[0].sort, function.sort):
                yield left.args[0], function


def _holds_by_definition(part: Term, defined: Mapping[Term, Term]) -> bool:
    return any(v in defined and subst(term, defined) == defined[v] for v, term in _readings(part))


# Points of numbers ---------------------------------------------------------------------------------------------------


def _search_numbers(task: _Task) -> PointSearch:
    hypotheses, goal = task.reduced()
    sorts = tuple((v.name, "integer" if v.sort == INT else "real") for v in task.free)
    log = SearchLog()
    claim = Claim(sorts, task.free, (), hypotheses, goal)
    found = find_counterexample(claim, MAX_SECONDS, log, MAX_NUMBER_POINTS, solver=True)
    if found is not None:
        point = {v: x for v, (_, x) in zip(task.free, found.values, strict=True)}
        if task.refuted_at(point):
            return task.found(point, log.tried)
    return PointSearch(tried=log.tried, unevaluated=task.unevaluated, solver=log.solver)


# Points with families, functions and matrices ------------------------------------------------------------------------


class _Table:
    """A family whose entries are drawn when they are asked for, the same ones in every run."""

    def __init__(self, seed: str, numbers: Sequence[Fraction]) -> None:
        self.seed, self.numbers = seed, numbers
        self.entries: dict[tuple[int, ...], Fraction] = {}

    def __call__(self, *index: int) -> Fraction:
        if index not in self.entries:
            self.entries[index] = Random(f"{self.seed}:{index}").choice(self.numbers)
        return self.entries[index]


def _search_tables(task: _Task) -> PointSearch:
    hypotheses, goal = task.reduced()
    checks = [Compiled(h) for h in hypotheses]
    goal_value = Compiled(goal)
    choices = {v: _choices(v, hypotheses) for v in task.free if v.sort.is_number}
    unknown = [v for v in task.free if not _has_values(v.sort)]
    if unknown:
        return PointSearch(unevaluated=task.unevaluated, obstacle=f"{unknown[0].name} is of sort {unknown[0].sort}")
    tried = admissible = 0
    for point in islice(_points(task.free, choices), MAX_TABLE_POINTS):
        tried += 1
        if not all(_is(True, check, point) for check in checks):
            continue
        admissible += 1
        if _is(False, goal_value, point) and task.refuted_at(point):
            return task.found(point, tried)
    suggested = solver_points(hypotheses, goal)
    some = next(_points(task.free, choices), {}) if suggested.points else {}
    for values in suggested.points:
        point, tried = {**some, **{v: x for v, x in values.items() if v in task.free}}, tried + 1
        if task.refuted_at(point):
            return task.found(point, tried)
    return PointSearch(
        tried=tried, admissible=admissible, unevaluated=task.unevaluated, solver=suggested.remark
    )  # fmt: skip


def _choices(variable: Term, hypotheses: Sequence[Term]) -> Sequence[Fraction]:
    """The numbers that no hypothesis on this variable alone excludes."""
    alone = [Compiled(h) for h in hypotheses if free_variables(h) == {variable}]
    numbers = [Fraction(n) for n in _WHOLE] if variable.sort == INT else list(_NUMBERS)
    return [x for x in numbers if all(_is(True, check, {variable: x}) for check in alone)] or numbers


def _is(wanted: bool, check: Compiled, point: Point) -> bool:
    """Whether a proposition certainly has a truth value at a point."""
    try:
        return check(point) is wanted
    except (Undefined, EvaluationError):
        return False


def _has_values(sort: Sort) -> bool:
    return sort.kind in ("real", "int", "matrix") or (
        sort.kind == "fun" and sort.result.kind in ("real", "int", "bool")
    )


def _points(variables: Sequence[Term], choices: Mapping[Term, Sequence[Fraction]]) -> Iterator[dict[Term, Value]]:
    """Points in a fixed order, with sizes that grow slowly."""
    for k in range(10 * MAX_TABLE_POINTS):
        generator = Random(f"point {k}")
        point: dict[Term, Value] = {}
        for v in sorted(variables, key=lambda v: not v.sort.is_number):
            if v.sort.is_number:
                values = choices[v]
                point[v] = generator.choice(values[: 3 + k // 20])
            elif v.sort.kind == "fun":
                point[v] = _some_function(v, generator, k)
            else:
                value = _some_matrix(v.sort, point, generator)
                if value is None:
                    break
                point[v] = value
        else:
            yield point


def _some_function(variable: Term, generator: Random, k: int) -> Value:
    sort = variable.sort
    numbers = [x for x in _NUMBERS if sort.result != INT or x.denominator == 1]
    if sort.result.is_number and all(s == INT for s in sort.domain):
        return _Table(f"{variable.name} {k}", numbers[: 3 + k // 40])
    arguments = tuple(Term("var", (), f"t{n}", s) for n, s in enumerate(sort.domain, 1))
    numeric = [t for t in arguments if t.sort.is_number]
    return Lam(arguments, generator.choice(_predicates(numeric) if sort.result == BOOL else _values_at(numeric)))


def _values_at(arguments: Sequence[Term]) -> list[Term]:
    """Terms to be the value of a function."""
    found: list[Term] = [coerce(0), coerce(1)]
    for t in arguments:
        found += [t, -t, t**2, Abs(t), Max(t, 0), -(t**2), 2 * t + 1, t**3]
    return found


def _predicates(arguments: Sequence[Term]) -> list[Term]:
    """Propositions to be what a predicate says."""
    found = [coerce(True), coerce(False)]
    for t in arguments:
        found += [t > 0, t < 0, Eq(t, 0), t >= 1]
    return found


def _some_matrix(sort: Sort, point: Point, generator: Random) -> fmpq_mat | None:
    sizes = [evaluate(size, point) for size in sort.args if isinstance(size, Term)]
    if not all(isinstance(n, fmpq) and n.denominator == 1 and 0 <= n <= MAX_MATRIX_SIZE for n in sizes):
        return None
    rows, columns = (int(n.numerator) for n in sizes)
    return fmpq_mat(rows, columns, [generator.randint(-2, 2) for _ in range(rows * columns)])


# Text ----------------------------------------------------------------------------------------------------------------


def _text(value: Value) -> str:
    if isinstance(value, _Table):
        entries = sorted(value.entries.items())
        return "{" + ", ".join(f"{index[0] if len(index) == 1 else index}: {x}" for index, x in entries) + "}"
    if isinstance(value, fmpq_mat):
        return str([[str(x) for x in row] for row in value.tolist()]).replace("'", "")
    return str(value)
