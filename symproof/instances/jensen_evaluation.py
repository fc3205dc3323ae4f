"""The proof of the theorem on networks of any depth with a mean input, on numbers."""

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
from symproof.instances.jensen_minimum import JensenInstance
from symproof.instances.smooth_conditions import Numbers, numbers_of
from symproof.instances.step_evaluation import evaluate_steps
from symproof.instances.value_family import vector
from symproof.kernel.check import CheckResult

__all__ = ["evaluate_jensen"]

SHARES = (fmpq(1, 2), fmpq(-9, 10), fmpq(1, 100))
"""Of the radius: by so much the parameters of the neighbours move at most."""


def evaluate_jensen(instance: JensenInstance, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    """Every step of the proof of ``jensen.spurious`` on a certified instance; () if it is not certified.

    Args:
        instance: the numbers; they meet the hypotheses.
        results: the check results of this run.
    """
    if instance.v is None or instance.risk_better is None:
        return ()
    data, numbers = instance.data, numbers_of(instance.activation)
    widths = (len(data.inputs[0]), *data.widths)
    with flint.ctx.workprec(MOST_BITS):
        v = number_of(instance.v)
    values: dict[str, Any] = {
        "m": len(data.inputs),
        "L": len(data.widths),
        "d": lambda n: fmpq(widths[int(n)] if 0 <= n < len(widths) else 0),
        "x": lambda i, k: _entry(data.inputs, int(i), int(k)),
        "y": vector(data.targets),
        "h": numbers.value,
        "D": _derivative(numbers, 1),
        "E": _derivative(numbers, 2),
        "v": v,
        "u": instance.smooth_within or fmpq(0),
        "sigma": fmpq(instance.sigma),
        "tau": fmpq(instance.tau),
        "t": data.t,
        "c": data.c,
        "o": data.mean,
        "lam": vector(data.weights),
    }
    weights, biases = _better(instance, numbers)
    obtained = {("jensen.constant_minimum", name): _constant(weights) for name in ("W", "U")}
    obtained |= {("jensen.constant_minimum", name): _constant(biases) for name in ("b", "a")}
    taken = {("jensen.constant_minimum", "V q"): lambda _named: _neighbours(instance, numbers)}
    return evaluate_steps("jensen.spurious", results, values, Constructions(obtained, taken))


def _constant(value: Value) -> Callable[[Named], Value]:
    return lambda _named: value


def _better(instance: JensenInstance, numbers: Numbers) -> tuple[Value, Value]:
    """The weights and biases of the better point, which is said to exist."""
    data, step, outgoing = instance.data, instance.step or fmpq(0), instance.outgoing or fmpq(0)
    last = len(data.widths) + 1

    def weight(n: int, _k: int, j: int) -> fmpq:
        if n == 1:
            return step if j == instance.feature else fmpq(0)
        return outgoing if n == last else fmpq(instance.tau)

    def bias(n: int, _k: int) -> Number:
        if instance.v is None:
            raise NoNumberError("there is no point v")
        v = number_of(instance.v)
        if n == 1:
            return v
        before = data.widths[n - 2] * numbers.value(v)
        return data.c - outgoing * before if n == last else v - instance.tau * before

    return (lambda n, k, j: weight(int(n), int(k), int(j)), lambda n, k: bias(int(n), int(k)))


def _neighbours(instance: JensenInstance, numbers: Numbers) -> Sequence[tuple[Value, ...]]:
    """Networks that differ from the constant one in every parameter, within the radius."""
    data, center = instance.data, instance.v
    if center is None or instance.radius is None:
        return []
    widths, last = (len(data.inputs[0]), *data.widths), len(data.widths) + 1

    def neighbour(move: fmpq) -> tuple[Value, ...]:
        def weight(n: int, k: int, j: int) -> Number:
            base = fmpq(0) if n == 1 else data.t * instance.sigma if n == last else fmpq(instance.tau)
            return base + move * (1 if (k + j) % 2 else fmpq(-1, 2))

        def bias(n: int, k: int) -> Number:
            v = number_of(center)
            if n == 1:
                return v + move / (k + 1)
            before = widths[n - 1] * numbers.value(v)
            if n == last:
                return data.c - data.t * instance.sigma * before + move / 3
            return v - instance.tau * before - move / (k + 1)

        return (lambda n, k, j: weight(int(n), int(k), int(j)), lambda n, k: bias(int(n), int(k)))

    return [neighbour(share * instance.radius) for share in SHARES]


def _entry(rows: tuple[tuple[fmpq, ...], ...], i: int, k: int) -> fmpq:
    return rows[i - 1][k - 1] if 1 <= i <= len(rows) and 1 <= k <= len(rows[0]) else fmpq(0)


def _derivative(numbers: Numbers, order: int) -> Callable[[Number], Number]:
    """A derivative of h as a function."""

    def derivative(at: Number) -> Number:
        try:
            return numbers.jet(at, order)[order]
        except JetRefusal as refusal:
            raise NoNumberError(str(refusal)) from refusal

    return derivative
