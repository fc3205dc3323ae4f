"""The proof of ``jensen.quadric`` on the numbers of an instance: h, h' and h'' by jets, both points, neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import flint
from flint import fmpq

from symproof.instances.activation_jet import JetRefusal
from symproof.instances.ball_number import Number
from symproof.instances.closed_form import NoNumberError, number_of, rational_bounds
from symproof.instances.constructions import Constructions, Named, Value
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.quadric_bend import Bend, second_derivative_bounds
from symproof.instances.quadric_direction import Definite
from symproof.instances.quadric_minimum import QuadricInstance
from symproof.instances.smooth_conditions import Numbers
from symproof.instances.step_evaluation import evaluate_steps
from symproof.instances.value_family import table, vector
from symproof.kernel.check import CheckResult

__all__ = ["evaluate_quadric"]

THEOREM = "jensen.quadric"
CONVEX_LOSS = "jensen.quadric_convex_loss"
DESCENT = "jensen.quadric_descent"
LOCAL = "jensen.quadric_local_minimum"
NEARBY = "jensen.bent_nearby"
VALUES = "jensen.curved_values"
REMAINDER = "calculus.first_order_remainder"
PRECISION = 256
SHARES = (fmpq(1, 2), fmpq(-9, 10))
"""By so much of the radius the parameters of the neighbours move."""


def evaluate_quadric(instance: QuadricInstance, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    """Every step of the proof on an instance whose hypotheses all hold; () otherwise.

    Raises InstanceContradictionError if a claim is false on the numbers.
    """
    direction, bend = instance.direction, instance.proof_bend
    if not isinstance(direction, Definite) or bend is None or instance.better is None:
        return ()
    numbers = instance.numbers
    values = _values(instance, direction, bend, numbers)
    return evaluate_steps(THEOREM, results, values, _constructions(instance, direction, bend, numbers))


def _values(instance: QuadricInstance, direction: Definite, bend: Bend, numbers: Numbers) -> dict[str, Value]:
    rows, width = instance.inputs.rows, instance.width
    return {
        "m": fmpq(len(rows)),
        "dx": fmpq(len(rows[0])),
        "d1": fmpq(width),
        "x": table(rows),
        "y": vector(instance.targets),
        "r": vector(direction.weights),
        "c": instance.inputs.constant,
        "h": numbers.value,
        "D": _derivative(numbers, 1),
        "E": _derivative(numbers, 2),
        "v": bend.v,
        "R": bend.reach,
        "sigma": fmpq(bend.sigma),
        "mu": direction.mu,
        "u": vector([fmpq(bend.sigma)] * width),
    }


def _derivative(numbers: Numbers, order: int) -> Callable[[Number], Number]:
    def derivative(at: Number) -> Number:
        try:
            return numbers.jet(at, order)[order]
        except JetRefusal as refusal:
            raise NoNumberError(str(refusal)) from refusal

    return derivative


def _constructions(instance: QuadricInstance, direction: Definite, bend: Bend, numbers: Numbers) -> Constructions:
    better, rows = instance.better, instance.inputs.rows
    if better is None:
        return Constructions()
    sample, feature = next((i, j) for i, row in enumerate(rows, 1) for j, x in enumerate(row, 1) if x != rows[0][j - 1])
    outgoing = _outgoing(instance, direction, bend, numbers, feature)
    fixed: dict[tuple[str, str], Value] = {
        ("", "j"): fmpq(sample),
        (DESCENT, "p"): fmpq(feature),
        (DESCENT, "s"): outgoing,
        ("relu_like.loss_descent", "u"): outgoing,
        (CONVEX_LOSS, "V1"): table([better.weights]),
        (CONVEX_LOSS, "c1"): lambda _k: better.bias,
        (CONVEX_LOSS, "V2"): vector([better.outgoing]),
        (CONVEX_LOSS, "c2"): better.constant,
        (LOCAL, "lowest"): fmpq(1),
        **{(name, letter): value for name in (LOCAL, DESCENT)
           for letter, value in (("A", bend.low), ("B", bend.high), ("q", bend.reach))},
    }  # fmt: skip
    obtained: dict[tuple[str, str], Callable[[Named], Value]] = {key: _constant(value) for key, value in fixed.items()}
    obtained[NEARBY, "delta"] = lambda named: _steady(numbers, bend, named["epsilon"])
    obtained["", "rho"] = lambda _named: instance.radius
    near = [bend.v + share * bend.reach for share in (fmpq(1, 2), fmpq(-1, 2), fmpq(0))]
    samples: dict[tuple[str, str], Callable[[Named], Sequence[tuple[Value, ...]]]] = {
        ("", "V1 c1 V2 c2"): lambda named: _neighbours(instance, bend, named.get("rho")),
        (REMAINDER, "x z"): lambda _named: [(near[1], near[0]), (near[0], near[2])],
        **{(name, "s"): lambda _named: [(each,) for each in near] for name in (NEARBY, VALUES, REMAINDER)},
    }
    return Constructions(obtained, samples)


def _constant(value: Value) -> Callable[[Named], Value]:
    return lambda _named: value


def _outgoing(instance: QuadricInstance, direction: Definite, bend: Bend, numbers: Numbers, feature: int) -> fmpq:
    """The outgoing weight of the proof's own new unit, for which the losses are about the smallest."""
    apart = [row[feature - 1] - instance.inputs.rows[0][feature - 1] for row in instance.inputs.rows]
    step = bend.reach / (1 + sum(map(abs, apart), fmpq(0)))
    with flint.ctx.workprec(PRECISION):
        values = [rational_bounds(numbers.value(bend.v + step * each))[0] for each in apart]
    slope = sum((r * q for r, q in zip(direction.weights, values, strict=True)), fmpq(0))
    return -slope / sum((q * q for q in values), fmpq(0))


def _steady(numbers: Numbers, bend: Bend, precision: Number) -> fmpq:
    """A distance from the bias within which h'' moves by at most ``precision``."""
    reach, least = bend.reach, rational_bounds(precision)[0]
    for _ in range(200):
        bounds = second_derivative_bounds(numbers, bend.v, reach)
        if bounds is not None and bounds[1] - bounds[0] <= least:
            return reach
        reach = reach / 2
    raise NoNumberError("the second derivative is not seen to be steady enough")


def _neighbours(instance: QuadricInstance, bend: Bend, rho: Value) -> Sequence[tuple[Value, ...]]:
    """Neighbours of the local minimum within the radius, or that of the proof, none with an incoming weight 0."""
    radius = rho if isinstance(rho, fmpq) else instance.radius
    if radius is None:
        return []
    with flint.ctx.workprec(4 * PRECISION):
        constant = number_of(instance.output_bias())

    def neighbour(move: fmpq) -> tuple[Value, ...]:
        def sign(k: int) -> int:
            return 1 if k % 2 else -1

        return (
            lambda k, j: move * sign(int(k) + int(j)) * fmpq(int(j), 1 + len(instance.inputs.rows[0])),
            lambda k: bend.v + move * sign(int(k)) / 2,
            lambda k: bend.sigma + move * sign(int(k)) if 1 <= k <= instance.width else fmpq(0),
            constant + move / 3,
        )

    return [neighbour(share * radius) for share in SHARES]
