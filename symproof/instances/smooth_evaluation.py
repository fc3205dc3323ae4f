"""The proofs of the chapter on smooth activations on numbers: h, h' and h'' by jets, neighbours within the radius."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import flint
from flint import fmpq

from symproof.instances.activation_jet import JetRefusal
from symproof.instances.ball_number import Number
from symproof.instances.closed_form import MOST_BITS, NoNumberError, number_of
from symproof.instances.constructions import Constructions, Named, Value
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.smooth_conditions import Numbers, numbers_of
from symproof.instances.smooth_fit import point_number
from symproof.instances.smooth_minimum import SmoothInstance
from symproof.instances.step_evaluation import evaluate_steps
from symproof.kernel.check import CheckResult
from symproof.logic.term import Term

__all__ = ["evaluate_smooth"]

NAMES = ("V1", "c1", "V2", "c2")
SHARES = (fmpq(1, 2), fmpq(-9, 10), fmpq(1, 100))
"""Of the radius: by so much the parameters of the neighbours move."""


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
    return evaluate_steps(theorem, results, values, _constructions(instance, numbers))


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


def _constructions(instance: SmoothInstance, numbers: Numbers) -> Constructions:
    """The step of the fit, the coefficients of differences, and neighbours of the minimum."""
    obtained: dict[tuple[str, str], Callable[[Named], Value]] = {}
    if instance.step is not None:
        step = instance.step
        obtained["", "t"] = lambda _named: step
    for theorem in ("smooth.bent_activation", "smooth.every_activation"):
        signs = {"sigma": instance.sigma, "tau": instance.tau}
        obtained |= {(theorem, name): _constant(fmpq(sign)) for name, sign in signs.items() if sign is not None}
    obtained["smooth.every_activation", "v"] = lambda _named: _at_most_precise(instance.v[0])
    samples: dict[tuple[str, str], Callable[[Named], Sequence[tuple[Value, ...]]]] = {
        ("", " ".join(NAMES)): lambda _named: _neighbours(instance)
    }
    return Constructions(obtained, samples)


def _constant(value: fmpq) -> Callable[[Named], Value]:
    return lambda _named: value


def _at_most_precise(term: Term) -> Number:
    with flint.ctx.workprec(MOST_BITS):
        return number_of(term)


def _neighbours(instance: SmoothInstance) -> Sequence[tuple[Value, ...]]:
    """Neighbours of the minimum within the radius, none with an incoming weight 0."""
    if instance.minimum is None or instance.radius is None:
        return []
    point = instance.minimum
    biases, outgoing = [[_at_most_precise(x) for x in row] for row in (point.b1, point.W2)]
    constant = _at_most_precise(point.b2)

    def neighbour(move: fmpq) -> tuple[Value, ...]:
        def sign(k: int) -> int:
            return 1 if k % 2 else -1

        def of(row: Sequence[Number], k: int, change: fmpq) -> Number:
            return row[k - 1] + change if 1 <= k <= len(row) else fmpq(0)

        return (
            lambda k, i: move * sign(int(k) + int(i)) * fmpq(int(i), 2),
            lambda k: of(biases, int(k), move * sign(int(k)) / 2),
            lambda k: of(outgoing, int(k), -move * sign(int(k))),
            constant + move / 3,
        )

    return [neighbour(share * instance.radius) for share in SHARES]
