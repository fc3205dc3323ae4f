"""``jensen.spurious`` with numbers: a network of any depth and widths that is constant on data with a mean input.

Numbers: ``inputs`` x_i (a row each), ``weights`` lambda_i, ``mean`` (the number o of the mean input, from 1 on), ``t``,
``c``, ``widths`` of the hidden layers, and if they are known ``activation`` (a term in ``variable``), ``v``, ``sigma``,
``tau``, ``within`` (the activation h is said to be smooth so far around v); perhaps ``radius``; if every hypothesis
holds ``better_point`` (``feature``, ``first_weight``, ``outgoing_weight``), ``risk_local_minimum`` and
``risk_better_point`` (a bound). The targets are y_i = c - r_i with r_i = t (lambda_i - [i = o]), the risk is half the
sum of the squared errors.

At the local minimum the first weights are 0, those between hidden layers tau, those to the output t sigma, every
pre-activation is v, and the output is c. Why no risk is smaller while every parameter moves by at most rho: let the
pre-activations of a layer stay within s of v, where sigma h'' >= 0 and, for several hidden layers, tau h' >= 0,
|h'| <= M and |h| <= A. Those of the next layer are v + sum_l (tau (o_l - h(v)) + e_l o_l) + e, so they stay within
width (M s + rho A) + rho. For rho <= 1 the weights between hidden layers keep the sign of tau, for rho <= |t| those to
the output that of t sigma. Let E be the mean of the values at the inputs less the value at the mean input. E of a
first pre-activation is 0. If tau sigma E >= 0 of a pre-activation, then sigma E >= 0 of the output of its unit, as h
is convex or concave, and monotone if there are several layers; then tau sigma E >= 0 in the next layer, and t E >= 0
of the output f of the network. The risk is at least the sum of r_i^2/2 + r_i (f_i - c), and the sum of the second is
t E >= 0.

At the better point every unit of the first layer sees one feature, and the outgoing weights are other ones.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import flint
from flint import arb, fmpq

from symproof.recheck.instances.jet import Jet, value
from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.instances.smooth import Activation, covered
from symproof.recheck.refused import Refused

__all__ = ["LABELS", "check"]

LABELS = (
    "depth", "widths", "o_low", "o_high", "weights", "total", "mean", "different", "scale", "radius", "derivative",
    "second", "continuous", "sign", "direction", "bend", "slope", "targets",
)  # fmt: skip
"""The hypotheses of the theorem."""
PRECISION = 256


@dataclass(frozen=True)
class _Data:
    inputs: list[list[fmpq]]
    weights: list[fmpq]
    mean: int
    t: fmpq
    widths: list[int]

    @classmethod
    def read(cls, numbers: Numbers) -> _Data:
        found = cls(
            numbers.matrix("inputs").tolist(), numbers.vector("weights"), numbers.whole("mean"), numbers.rational("t"),
            numbers.wholes("widths"),
        )  # fmt: skip
        if len(found.inputs) != len(found.weights):
            raise Refused("inputs and weights are not as many")
        return found

    @property
    def residuals(self) -> list[fmpq]:
        return [self.t * (weight - (i == self.mean)) for i, weight in enumerate(self.weights, 1)]

    def holds(self) -> dict[str, bool]:
        """The hypotheses on the data and on the widths."""
        inside = 1 <= self.mean <= len(self.inputs)
        own = self.inputs[self.mean - 1] if inside else []
        pairs = list(zip(self.weights, self.inputs, strict=True))
        mean = [sum((w * row[k] for w, row in pairs), fmpq(0)) for k in range(len(self.inputs[0]))]
        return {
            "depth": True, "widths": all(width >= 1 for width in self.widths),
            "o_low": self.mean >= 1, "o_high": self.mean <= len(self.inputs),
            "weights": all(w >= 0 for w in self.weights), "total": sum(self.weights, fmpq(0)) == 1,
            "mean": mean == own, "different": any(w > 0 and row != own for w, row in pairs),
            "scale": self.t != 0, "targets": True,
        }  # fmt: skip


@dataclass(frozen=True)
class _Units:
    """What all hidden units share: their activation, and where they are constant."""

    h: Activation
    v: arb
    sigma: int
    tau: int

    def moved(self, by: arb) -> arb:
        """How much more an output is when the pre-activation is so much more than v."""
        return self.h.jet(self.v + by).value - self.h.jet(self.v).value


def check(numbers: Numbers, _results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses again, and what is claimed of both points. Raises Refused if the numbers do not fit."""
    found, data = Findings(), _Data.read(numbers)
    found.holds = dict(data.holds())
    with flint.ctx.workprec(PRECISION):
        if "v" not in numbers:
            return found
        h = Activation(numbers.term("activation"), numbers.term("variable"))
        if h.variable.op != "var":
            raise Refused("numbers.variable: a variable is wanted")
        units = _Units(h, value(numbers.term("v")), numbers.whole("sigma"), numbers.whole("tau"))
        within = numbers.rational("within") if "within" in numbers else fmpq(0)
        at = h.jet(units.v)
        answers = {
            "sign": units.sigma**2 == 1,
            "direction": units.tau**2 == 1,
            "bend": _positive(units.sigma * at.bend),
            "slope": True if len(data.widths) == 1 else _positive(units.tau * at.slope),
        }
        if within > 0 and covered(units.v, within, h.jet, lambda _: True) is not None:
            answers |= dict.fromkeys(("radius", "derivative", "second", "continuous"), True)
        found.holds |= {label: answer for label, answer in answers.items() if answer is not None}
        if verdict == "certified":
            _construction(numbers, data, units, found)
    return found


def _positive(ball: arb) -> bool | None:
    return True if ball > 0 else False if ball <= 0 else None


def _construction(numbers: Numbers, data: _Data, units: _Units, found: Findings) -> None:
    risk = sum((r * r for r in data.residuals), fmpq(0)) / 2
    found.demand("the risk at the local minimum is as stated", numbers.rational("risk_local_minimum") == risk)
    if "radius" in numbers:
        radius = numbers.rational("radius")
        found.demand("the radius is positive", radius > 0)
        found.demand("no risk within the radius is smaller", _region(data, units, radius) or None)
        found.found.append(f"radius {radius}")
    point, bound = numbers.inside("better_point"), numbers.rational("risk_better_point")
    feature, step, outgoing = point.whole("feature"), point.rational("first_weight"), point.rational("outgoing_weight")
    if not 1 <= feature <= len(data.inputs[0]):
        raise Refused("there is no such feature")
    total = arb(0)
    for r, row in zip(data.residuals, data.inputs, strict=True):
        moved = units.moved(arb(step * row[feature - 1]))
        for width in data.widths[:-1]:
            moved = units.moved(units.tau * width * moved)
        error = r + outgoing * data.widths[-1] * moved
        total += error * error
    lower = total / 2
    at_most = True if lower <= bound else False if lower > bound else None
    found.demand("the risk at the better point is at most as stated", at_most)
    found.demand("the risk at the better point is smaller", bound < risk)
    found.found.append(f"risk {risk} at the local minimum, at most {bound} at the better point")


def _region(data: _Data, units: _Units, radius: fmpq) -> bool:
    """Whether no risk is smaller while every parameter moves by at most the radius, by what stands above."""
    if radius > 1 or radius > abs(data.t):
        return False
    deep, spread = len(data.widths) > 1, radius * (1 + max(sum(map(abs, row), fmpq(0)) for row in data.inputs))
    for width in data.widths:
        jets = covered(units.v, spread, units.h.jet, _good(units, deep))
        if jets is None:
            return False
        slope, size = (_largest([getattr(j, part) for j in jets]) for part in ("slope", "value"))
        spread = width * (slope * spread + radius * size) + radius
    return True


def _good(units: _Units, deep: bool) -> Callable[[Jet], bool]:
    """Whether the activation is bent, and for several layers monotone, in the direction of the theorem."""
    return lambda j: bool(units.sigma * j.bend >= 0) and (not deep or bool(units.tau * j.slope >= 0))


def _largest(balls: list[arb]) -> fmpq:
    """A bound of the absolute values."""
    largest = balls[0].abs_upper()
    for each in balls[1:]:
        largest = largest.max(each.abs_upper())
    mantissa, exponent = largest.man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)
