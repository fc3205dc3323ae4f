"""The proofs of the chapter on smooth activations on numbers: h, h' and h'' by jets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import flint
from flint import fmpq

from symproof.instances.activation_jet import JetRefusal
from symproof.instances.ball_number import Number
from symproof.instances.closed_form import MOST_BITS, NoNumberError, number_of
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.smooth_conditions import Numbers, numbers_of
from symproof.instances.smooth_constructions import smooth_constructions
from symproof.instances.smooth_fit import point_number
from symproof.instances.smooth_minimum import SmoothInstance
from symproof.instances.step_evaluation import evaluate_steps
from symproof.kernel.check import CheckResult

__all__ = ["evaluate_smooth"]


def evaluate_smooth(
    theorem: str, instance: SmoothInstance, results: Mapping[str, CheckResult]
) -> tuple[EvaluatedStep, ...]:
    """Every step of the proof of a theorem of the chapter on a certified instance.

    Args:
        theorem: ``smooth.spurious_minimum``, ``smooth.paper_spurious_minimum``, ``smooth.bent_activation`` or
            ``smooth.every_activation``.
        instance: the numbers; they meet its hypotheses.
        results: the check results of this run.
    """
    numbers = numbers_of(instance.activation)
    with flint.ctx.workprec(MOST_BITS):
        values = _values(theorem, instance, numbers)
    return evaluate_steps(theorem, results, values, smooth_constructions(instance, numbers))


def _values(theorem: str, instance: SmoothInstance, numbers: Numbers) -> dict[str, Any]:
    r = instance.smooth_within or fmpq(0)
    functions = {"h": numbers.value, **{name: _derivative(numbers, k) for name, k in (("D", 1), ("E", 2))}}
    if instance.form == "two units":
        found: dict[str, Any] = {"r": r}
        for name, terms in (("v", instance.v), ("u", instance.u)):
            found |= {f"{name}{j}": number_of(term) for j, term in enumerate(terms, 1)}
        found |= {f"p{j}": point_number(point) for j, point in enumerate(instance.p, 1)}
        if theorem == "smooth.paper_spurious_minimum":
            return found | {"H": lambda order, at: _derivative(numbers, order)(at)}
        return found | functions
    v = number_of(instance.v[0])
    if theorem == "smooth.every_activation":
        return functions | {"n": instance.width, "a": v - r, "b": v + r}
    signs = {"sigma": fmpq(instance.sigma or 0), "tau": fmpq(instance.tau or 0)}
    return functions | signs | {"n": instance.width, "v": v, "r": r}


def _derivative(numbers: Numbers, order: int) -> Callable[[Number], Number]:
    """A derivative of h as a function."""

    def derivative(at: Number) -> Number:
        try:
            return numbers.jet(at, order)[order] if order else numbers.value(at)
        except JetRefusal as refusal:
            raise NoNumberError(str(refusal)) from refusal

    return derivative
