"""Instances of any theorem about numbers and families: values for its variables, straight from the request.

A theorem module writes ``extra={"instance": value_offer}``. Parameters are the variables of the statement by name:
exact rationals for real ones, integers for integer ones, lists of rationals for families (a list of lists for a family
with two indices), counted from 1 and 0 outside of the list. Every hypothesis is decided by exact evaluation; one that
cannot be, such as a statement about all reals, is undecided, and the instance with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from flint import fmpq

from symproof.errors import InputError
from symproof.instances.constructions import Constructions
from symproof.instances.evaluated_step import EvaluatedStep, InstanceContradictionError
from symproof.instances.excerpt import describe
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import Parameter, rational, read_parameters
from symproof.instances.rational import format_rational
from symproof.instances.step_evaluation import evaluate_steps
from symproof.instances.value_family import kept, table, vector
from symproof.kernel.check import CheckResult
from symproof.kernel.evaluate import EvaluationError, Undefined, decide, evaluate
from symproof.logic.sort import INT, Sort
from symproof.logic.term import Term
from symproof.proof.theorem import Theorem

__all__ = ["ValueInstance", "value_offer"]

MAX_ENTRIES = 10_000
_SIGNS = {"le": "<=", "lt": "<", "ge": ">=", "gt": ">", "eq": "=", "ne": "!="}


@dataclass(frozen=True)
class ValueInstance:
    """Values for the variables of a statement, with what the hypotheses and the conclusion are at them.

    Attributes:
        theorem: the statement.
        values: by name.
        given: the values as exact numbers or lists of them, by name.
        shown: the values as exact text or lists of it, by name.
        hypotheses: decided by exact evaluation.
        conclusion: True, or None if it was not decided.
    """

    theorem: Theorem
    values: Mapping[str, Any]
    given: Mapping[str, object]
    shown: Mapping[str, object]
    hypotheses: tuple[DecidedHypothesis, ...]
    conclusion: bool | None

    @property
    def point(self) -> dict[Term, Any]:
        """The values by variable."""
        return {v: kept(v, self.values[v.name]) for v in self.theorem.variables}


def value_offer(theorem: Theorem) -> InstanceOffer:
    """The offer of a theorem whose variables are numbers and families of numbers.

    Args:
        theorem: the theorem.
    """
    return InstanceOffer(
        build=partial(_build, theorem),
        hypotheses=lambda instance: instance.hypotheses,
        evaluate=_evaluate,
        result=_result,
        data=lambda instance: dict(instance.shown),
        summary=_summary,
        numbers=lambda instance: instance.given,
    )


# Reading -------------------------------------------------------------------------------------------------------------


def _build(theorem: Theorem, request: InstanceRequest) -> ValueInstance:
    read = read_parameters(request, [Parameter(v.name, partial(_read, v)) for v in theorem.variables])
    values = {v.name: _value(v.sort, read[v.name]) for v in theorem.variables}
    point = {v: kept(v, values[v.name]) for v in theorem.variables}
    hypotheses = tuple(_decided(label, p, point) for label, p in theorem.hypotheses)
    conclusion = None
    if all(h.holds is True for h in hypotheses):
        conclusion, _ = _truth(theorem.conclusion, point)
    return ValueInstance(
        theorem, values, read, {name: _text(value) for name, value in read.items()}, hypotheses, conclusion
    )


def _read(variable: Term, raw: object, where: str, base: Path) -> object:
    """A number, a list of numbers or a list of lists, as the sort of the variable asks for."""
    depth = _indices(variable.sort)
    if depth is None:
        expected = "a theorem about numbers and families of numbers"
        raise InputError(f"no values can be given for {variable.name}", where, expected, f"sort {variable.sort}")
    if depth and isinstance(raw, str):  # on the command line: 1, 2, 3, and rows separated by ;
        rows: list[object] = [[cell.strip() for cell in row.split(",")] for row in raw.split(";")]
        raw = rows if depth == 2 else rows[0]
    return _entries(raw, depth, variable.sort, where, base)


def _entries(raw: object, depth: int, sort: Sort, where: str, base: Path) -> object:
    if depth == 0:
        number = rational(raw, where, base)
        if (sort.result if sort.kind == "fun" else sort) == INT and number.q != 1:
            raise InputError("not an integer", where, "an integer", describe(raw))
        return number
    if not isinstance(raw, list) or len(raw) > MAX_ENTRIES:
        wanted = "a list of numbers" if depth == 1 else "a list of rows"
        raise InputError("not a list of values", where, f"{wanted}, at most {MAX_ENTRIES}", describe(raw))
    return [_entries(each, depth - 1, sort, where, base) for each in raw]


def _indices(sort: Sort) -> int | None:
    """How many indices a family has, 0 for a number; None for what values cannot be given for."""
    if sort.is_number:
        return 0
    if sort.kind == "fun" and sort.result.is_number and len(sort.domain) <= 2 and all(s == INT for s in sort.domain):
        return len(sort.domain)
    return None


def _value(sort: Sort, read: Any) -> Any:
    return {0: lambda: read, 1: lambda: vector(read), 2: lambda: table(read)}[_indices(sort) or 0]()


def _text(value: Any) -> object:
    return [_text(each) for each in value] if isinstance(value, list) else format_rational(value)


# Deciding and evaluating ---------------------------------------------------------------------------------------------


def _truth(proposition: Term, point: Mapping[Term, Any]) -> tuple[bool | None, str]:
    """Whether a proposition holds at a point, and why it is not known if it is not."""
    try:
        holds = decide(proposition, point)
    except (EvaluationError, Undefined) as problem:
        return None, str(problem)
    return holds, "evaluated exactly" if holds is not None else "the precision does not tell"


def _decided(label: str, proposition: Term, point: Mapping[Term, Any]) -> DecidedHypothesis:
    holds, reason = _truth(proposition, point)
    witness = {"not": _sides(proposition, point)} if holds is False else None
    return DecidedHypothesis(label, str(proposition), holds, reason, witness)


def _sides(proposition: Term, point: Mapping[Term, Any]) -> str:
    """A relation with the values of its sides, or the proposition itself."""
    if proposition.op not in _SIGNS or not proposition.args[0].sort.is_number:
        return str(proposition)
    try:
        left, right = (evaluate(side, point) for side in proposition.args)
    except (EvaluationError, Undefined):
        return str(proposition)
    first, second = (format_rational(v) if isinstance(v, fmpq) else str(v) for v in (left, right))
    return f"{first} {_SIGNS[proposition.op]} {second}"


def _evaluate(instance: ValueInstance, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    if instance.conclusion is False:
        what = f"the conclusion of {instance.theorem.id} is false at {dict(instance.shown)}, where its hypotheses hold"
        raise InstanceContradictionError(what)
    return evaluate_steps(instance.theorem.id, results, instance.values, Constructions())


def _result(instance: ValueInstance) -> dict[str, object]:
    conclusion = instance.theorem.conclusion
    return {
        "conclusion": str(conclusion),
        "holds": instance.conclusion,
        "sides": _sides(conclusion, instance.point) if instance.conclusion else "",
    }


def _summary(instance: ValueInstance) -> list[str]:
    lines = [", ".join(f"{name} = {_line(value)}" for name, value in instance.shown.items())]
    if instance.conclusion is None:
        return lines
    return [*lines, f"conclusion: {instance.theorem.conclusion}: {_sides(instance.theorem.conclusion, instance.point)}"]


def _line(value: object) -> str:
    return f"({', '.join(map(_line, value))})" if isinstance(value, list) else str(value)
