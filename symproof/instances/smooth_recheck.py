"""The re-check of a certified smooth activation from what its certificate says, and from nothing else.

The activation and all parameters are read again from their texts. The risks are evaluated from the parameters, by the
evaluation of terms rather than by jets; the region is covered anew with more bits and smaller cells, and the risk is
evaluated at points of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import flint
from flint import fmpq

from symproof.errors import InputError
from symproof.instances.ball_number import Number, agreement
from symproof.instances.closed_form import NoNumberError, literal, number_of, read_number
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.rational import parse_rational
from symproof.instances.smooth_activation import read_activation
from symproof.instances.smooth_conditions import Numbers, numbers_of
from symproof.instances.smooth_fit import SmoothPoint, risk_ball
from symproof.instances.smooth_radius import Unit, region_holds

__all__ = ["neighbours", "recheck_smooth"]

PRECISION = 320
CELLS = 2048
NEIGHBOURS = 24
THIRD = fmpq(1, 3)
METHODS = ("convex piece", "second order")
"""The stronger one first."""


def recheck_smooth(data: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    """Raise InstanceMismatchError, naming the first claim that fails, unless all claims hold.

    Args:
        data: what a certificate holds under ``data``.
        result: what it holds under ``result``.
    """
    try:
        activation = read_activation(str(data["activation"]), "certificate")
        numbers = numbers_of(activation)
        minimum, better = (_point(result[f"parameters_{name}"]) for name in ("local_minimum", "better_point"))
        if str(activation.term) != data["activation_term"]:
            raise InstanceMismatchError(f"re-check failed: {data['activation']} is read as {activation.term}")
        with flint.ctx.workprec(PRECISION):
            for claim, holds in _claims(numbers, minimum, better, result):
                if holds is not True:
                    raise InstanceMismatchError(f"re-check failed: {claim}")
    except (InputError, NoNumberError, KeyError, TypeError, ValueError) as problem:
        raise InstanceMismatchError(f"re-check failed: the certificate cannot be read: {problem}") from problem


def _claims(
    numbers: Numbers, minimum: SmoothPoint, better: SmoothPoint, result: Mapping[str, Any]
) -> Iterator[tuple[str, bool | None]]:
    bound = parse_rational(result["risk_better_point"])
    yield "the risk at the minimum is stated as 1/3", parse_rational(result["risk_local_minimum"]) == THIRD
    yield "the incoming weights at the minimum are 0", all(w == literal(0) for row in minimum.W1 for w in row)
    yield "the risk at the minimum agrees with 1/3", agreement(risk_ball(numbers.value, minimum), THIRD) is not None
    risk = risk_ball(numbers.value, better)
    yield "the risk at the better point is below 1/3", risk < THIRD and bound < THIRD
    yield "the risk at the better point is at most what is stated", _at_most(risk, bound)
    if result["radius"] is None:
        return
    radius = parse_rational(result["radius"])
    yield "the radius is positive", radius > 0
    units = list({(str(v), str(u)): (v, u) for v, u in zip(minimum.b1, minimum.W2, strict=True)}.values())
    if len(units) == 1 and minimum.width == 2:
        units *= 2
    shown = [Unit(number_of(v), number_of(u)) for v, u in units]
    # With smaller cells a convex piece may be seen where before only the second order told.
    seen = region_holds(numbers.jet, shown, radius, CELLS)
    yield "the method is one of two", result["method"] in METHODS
    yield "no risk within the radius is below 1/3", seen in METHODS[: METHODS.index(result["method"]) + 1]
    for point in neighbours(minimum, radius, NEIGHBOURS):
        yield "the risk at a point within the radius is not below 1/3", not risk_ball(numbers.value, point) < THIRD


def _at_most(risk: Number, bound: fmpq) -> bool:
    """Whether a risk is at most a bound; 0 is attained, which balls can only agree with."""
    return bool(risk <= bound) or (bound == 0 and agreement(risk, fmpq(0)) is not None)


def _point(read: Mapping[str, Any]) -> SmoothPoint:
    rows = tuple((read_number(a, "W1"), read_number(b, "W1")) for a, b in read["W1"])
    biases, outgoing = (tuple(read_number(x, name) for x in read[name]) for name in ("b1", "W2"))
    if not len(rows) == len(biases) == len(outgoing) >= 2:
        raise InstanceMismatchError("re-check failed: the parameters are not those of one network")
    return SmoothPoint(rows, biases, outgoing, read_number(read["b2"], "b2"))


def neighbours(minimum: SmoothPoint, radius: fmpq, count: int, seed: int = 0) -> Iterator[SmoothPoint]:
    """Parameters of which each moved by at most the radius, some by just as much; the same in every run."""
    chance = random.Random(seed)

    def moved(x: Any) -> Any:
        return x + literal(radius * fmpq(chance.choice((-64, 64, chance.randint(-64, 64))), 64))

    for _ in range(count):
        yield SmoothPoint(
            tuple((moved(a), moved(b)) for a, b in minimum.W1),
            tuple(map(moved, minimum.b1)),
            tuple(map(moved, minimum.W2)),
            moved(minimum.b2),
        )
