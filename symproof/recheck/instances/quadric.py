"""``jensen.quadric`` with numbers: a spurious local minimum of constant units, or why the inputs allow none.

Numbers: ``inputs`` (a row for each sample), ``activation`` (a term in ``variable``), ``width``.

- If weights r are known: ``weights``, ``mu``, ``constant`` c, with ``kernel`` and ``congruence``: evidence that
  S - mu G has no negative eigenvalue, for S = sum r_i x_i x_i^T and G = sum (x_i - x_1)(x_i - x_1)^T. The targets
  are c - r_i.
- If there are none: ``quadric`` with ``matrix`` Q, ``linear`` a, ``constant`` b and evidence that Q has no negative
  eigenvalue; all inputs lie on x^T Q x = a.x + b.
- If a bias is known: ``bend`` with ``v``, ``sigma``, ``within`` (the activation is said to be smooth so far around v),
  and ``reach``, ``low``, ``high``: low <= sigma h'' <= high so far around v.
- If every hypothesis holds: ``construction`` with ``radius``; ``better_point``, one unit (``weights``, ``bias``,
  ``outgoing``, ``constant``); ``risk_local_minimum``, half the sum of the r_i^2; and ``risk_better_point``, a bound.

At the local minimum all incoming weights are 0, all biases v, all outgoing weights sigma, and the output is c. That no
risk within the radius is smaller is a result of its own, ``jensen.quadric_radius``, whose hypotheses are decided here.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

import flint
from flint import arb, fmpq, fmpq_mat

from symproof.recheck.instances.inertia import signs_of
from symproof.recheck.instances.jet import value
from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.instances.smooth import Activation, covered
from symproof.recheck.refused import Refused
from symproof.recheck.term import num

__all__ = ["LABELS", "check"]

DIRECTION = ("features", "constant", "definite", "mu")
LABELS = (
    "width", "derivative", "second", "continuous", "bend", "sign", "radius", *DIRECTION, "residual", "outgoing",
    "different",
)  # fmt: skip
"""The hypotheses of the theorem."""
NO_DIRECTION, RADIUS = "jensen.no_direction_on_quadric", "jensen.quadric_radius"
PRECISION = 256


def check(numbers: Numbers, results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses again, and what is claimed of both points. Raises Refused if the numbers do not fit."""
    found, inputs = Findings(), numbers.matrix("inputs")
    h, rows = Activation(numbers.term("activation"), numbers.term("variable")), inputs.tolist()
    if h.variable.op != "var":
        raise Refused("numbers.variable: a variable is wanted")
    different = any(row != rows[0] for row in rows)
    found.holds = {"different": different, "width": numbers.whole("width") >= 1, "residual": True, "outgoing": True}
    with flint.ctx.workprec(PRECISION):
        if "weights" in numbers:
            _weights(numbers, inputs, found)
        elif "quadric" in numbers and NO_DIRECTION in results:
            _no_weights(numbers.inside("quadric"), inputs, found)
        if "bend" in numbers:
            _bend(numbers.inside("bend"), h, found)
        if verdict == "certified":
            if "weights" not in numbers or "bend" not in numbers:
                raise Refused("weights and a bias are missing")
            _construction(numbers, inputs, h, results, found)
    return found


def _scatter(inputs: fmpq_mat) -> fmpq_mat:
    first, *_ = rows = inputs.tolist()
    apart = fmpq_mat([[x - y for x, y in zip(row, first, strict=True)] for row in rows])
    return apart.transpose() * apart


def _weights(numbers: Numbers, inputs: fmpq_mat, found: Findings) -> None:
    weights, mu = numbers.vector("weights"), numbers.rational("mu")
    if len(weights) != inputs.nrows():
        raise Refused("weights and inputs are not as many")
    features = fmpq_mat([weights]) * inputs
    scaled = fmpq_mat([[r * x for x in row] for r, row in zip(weights, inputs.tolist(), strict=True)])
    moment = inputs.transpose() * scaled
    found.holds |= {
        "constant": sum(weights, fmpq(0)) == 0,
        "features": all(entry == 0 for entry in features.entries()),
        "mu": mu > 0,
    }
    signs = signs_of(moment - _scatter(inputs) * mu, numbers, "the second moment", found)
    if signs is not None:
        found.holds["definite"] = signs.negative == 0
    found.found.append(f"samples: {inputs.nrows()}; weights of definite second moment, with mu = {mu}")


def _no_weights(quadric: Numbers, inputs: fmpq_mat, found: Findings) -> None:
    """Whether a convex quadric holds all inputs, so that there are no weights."""
    matrix, linear, constant = quadric.matrix("matrix"), quadric.vector("linear"), quadric.rational("constant")
    size = inputs.ncols()
    if (matrix.nrows(), matrix.ncols(), len(linear)) != (size, size, size):
        raise Refused("the quadric has another dimension than the inputs")
    left = [(row * matrix * row.transpose())[0, 0] for row in (fmpq_mat([r]) for r in inputs.tolist())]
    right = [sum((a * x for a, x in zip(linear, row, strict=True)), constant) for row in inputs.tolist()]
    found.demand("all inputs lie on the quadric", left == right)
    turned = matrix * _scatter(inputs)
    found.demand("the quadric is not 0 on the differences", any(entry != 0 for entry in turned.entries()))
    signs = signs_of(matrix, quadric, "the quadric", found)
    if signs is not None and found.demand("the quadric is convex", signs.negative == 0) and not found.refused:
        found.holds |= dict.fromkeys(DIRECTION, False)
        found.found.append(f"samples: {inputs.nrows()}; all of them lie on a convex quadric")


def _bend(bend: Numbers, h: Activation, found: Findings) -> None:
    v, sigma, within = bend.rational("v"), bend.rational("sigma"), bend.rational("within")
    found.holds |= {"radius": within > 0, "sign": sigma * sigma == 1}
    if covered(arb(v), within, h.jet, lambda _: True) is not None:
        found.holds |= dict.fromkeys(("derivative", "second", "continuous"), True)
    try:
        second = sigma * h.jet(arb(v)).bend
    except Refused:
        return
    if second > 0 or second <= 0:
        found.holds["bend"] = bool(second > 0)


def _construction(numbers: Numbers, inputs: fmpq_mat, h: Activation, results: Collection[str], found: Findings) -> None:
    weights, bend, given = numbers.vector("weights"), numbers.inside("bend"), numbers.inside("construction")
    sigma, low, high, reach = (bend.rational(name) for name in ("sigma", "low", "high", "reach"))
    radius, risk = given.rational("radius"), given.rational("risk_local_minimum")
    between = covered(
        arb(bend.rational("v")), reach, h.jet, lambda j: bool(low <= sigma * j.bend and sigma * j.bend <= high)
    )
    found.demand(f"{RADIUS} is among the results", RADIUS in results or None)
    found.demand("the second derivative is between its bounds", between is not None or None)
    top, size = max(map(abs, weights)), max(sum(map(abs, row), fmpq(0)) for row in inputs.tolist())
    close = low + high >= 0 and (high - low) * top <= (low + high) * numbers.rational("mu")
    found.demand("the bounds of the second derivative are close enough", close)
    found.demand("the radius is positive", radius > 0)
    found.demand("the radius is within the reach of the bounds", radius * (1 + size) <= reach and radius <= 1)
    own = sum((r * r for r in weights), fmpq(0)) / 2
    found.demand("the risk at the local minimum is as stated", own == risk)
    point, bound = given.inside("better_point"), given.rational("risk_better_point")
    lower = _risk(point, numbers, inputs, h)
    found.demand("the risk at the better point is smaller", bound < risk)
    found.demand("the risk at the better point is as stated",
                 True if lower <= bound else False if lower > bound else None)  # fmt: skip
    found.found += [f"risk {risk} at the local minimum, radius {radius}", f"risk at most {bound} at the better point"]


def _risk(point: Numbers, numbers: Numbers, inputs: fmpq_mat, h: Activation) -> arb:
    """The risk of a network with one unit, of which the others have no outgoing weight."""
    incoming, bias = fmpq_mat([point.vector("weights")]), point.rational("bias")
    outgoing, constant = point.rational("outgoing"), point.rational("constant")
    if incoming.ncols() != inputs.ncols():
        raise Refused("the better point has another number of weights")
    total, c = arb(0), numbers.rational("constant")
    for row, r in zip((inputs * incoming.transpose()).tolist(), numbers.vector("weights"), strict=True):
        at = row[0] + bias
        error = value(h.at(num(Fraction(int(at.p), int(at.q))))) * outgoing + (constant - c + r)
        total += error * error
    return total / 2
