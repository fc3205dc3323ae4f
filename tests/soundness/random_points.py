"""Random values for the variables of a sequent, so that its hypotheses hold as far as that can be arranged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from symproof.kernel.evaluate import EvaluationError, Undefined, decide, evaluate
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import Lam
from symproof.logic.term import Term, free_variables, instantiate

__all__ = ["meets", "random_point", "truth", "truth_values"]


Truths = list[bool | None]


def truth_values(claim: Term, sequent: Sequent, count: int, tries: int = 150) -> tuple[Truths, Truths]:
    """The truth of a claim at random points where all hypotheses hold, and at those where none is known to fail."""
    random, known, likely = Random(0), [], []
    for _ in range(tries):
        point = random_point(sequent, random)
        given = [truth(h.proposition, point) for h in sequent.hypotheses]
        if False not in given:
            (likely if None in given else known).append(truth(claim, point))
            if len(known) + len(likely) == count:
                break
    return known, known + likely


def random_point(sequent: Sequent, random: Random) -> dict[Term, Any]:
    """Random small values; a variable that a hypothesis defines has the value that it says."""
    point = {variable: _random_value(variable, random) for variable in sequent.variables}
    facts = [_unfolded(fact) for fact in sequent.facts()]
    for variable in sequent.variables:
        for fact in facts:
            if (value := _defining(variable, fact)) is not None:
                try:
                    point[variable] = evaluate(value, point)
                except (Undefined, EvaluationError):
                    continue
    return point


def meets(point: Mapping[Term, Any], hypotheses: Iterable[Term]) -> bool:
    """Whether a random point surely meets the hypotheses; what defines a variable was met by giving it that value."""
    return all(_met(h, point) for h in hypotheses)


def _met(hypothesis: Term, point: Mapping[Term, Any]) -> bool:
    found = truth(hypothesis, point)
    return any(_defining(v, _unfolded(hypothesis)) is not None for v in point) if found is None else found


def _unfolded(fact: Term) -> Term:
    meaning = fact.data.unfold(fact.args) if fact.op == "call" else None
    return fact if meaning is None else meaning


def _defining(variable: Term, fact: Term) -> Term | None:
    """The term or function that a fact says a variable to be."""
    arguments: list[Term] = []
    while fact.op == "forall" and fact.args[0].op in ("forall", "eq"):
        arguments.append(Term("var", (), f"argument {len(arguments)}", fact.data[0].sort))
        fact = instantiate(fact, (arguments[-1],))
    fits = variable.sort.kind == "fun" and tuple(a.sort for a in arguments) == variable.sort.domain
    if fact.op != "eq" or fact.args[0] != (variable(*arguments) if fits else variable):
        return None
    value = Lam(arguments, fact.args[1]) if arguments else fact.args[1]
    return None if variable in free_variables(value) else value


def _random_value(variable: Term, random: Random) -> Any:
    if variable.sort.kind == "int":
        return random.randint(0, 3)
    if variable.sort.kind == "real":
        return Fraction(random.randint(-3, 3), random.randint(1, 2))
    values: dict[tuple[Any, ...], Fraction] = {}

    def function(*arguments: Any) -> Fraction:
        key = tuple(str(a) for a in arguments)
        if key not in values:
            values[key] = Fraction(random.randint(-3, 3))
        return values[key]

    return function


def truth(proposition: Term, point: Mapping[Term, Any]) -> bool | None:
    try:
        return decide(proposition, point, limit=64)
    except (Undefined, EvaluationError):
        return None
