"""``yu_chen.spurious_minimum`` and its counterexample ``yu_chen.refutation`` with numbers: a network of sigmoid units.

The samples are -1 -> 0, 0 -> 1, 1 -> 0, the risk is half the sum of the squared errors of sum u_j s(w_j x + b_j) + c,
with s(t) = 1/(1 + exp(-t)). Numbers: ``units``; if there are enough, ``local_minimum`` and ``better_point``
(``weights`` and ``biases`` as multiples of ln 3, ``outgoing``, ``constant``), ``risk_local_minimum``,
``risk_better_point`` and ``radius``. The network is evaluated exactly, as s(k ln 3) = 3^k/(3^k + 1).

Why no risk is below 1/3 closer than the radius rho to the minimum: if rho is at most every u_j and every -b_j, then
closer than rho all u_j >= 0 and b_j <= 0. With p = exp(b) <= 1 and q = cosh(w) >= 1, the sign of
s(b + w) + s(b - w) - 2 s(b) is that of 2 p (q - 1)(1 - p) >= 0. So the output at 0 is at most the mean m of the outputs
at -1 and 1, and the risk is at least m^2 + (1 - m)^2/2 >= 1/3, or m^2 >= 1 if m >= 1.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import flint
from flint import arb, fmpq

from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.refused import Refused

__all__ = ["CLAIM_LABELS", "LABELS", "check", "check_counterexample"]

LABELS = ("width",)
"""The hypotheses of the theorem."""
CLAIM_LABELS = ("patterns", "dimension", "distinct", "local")
"""Those of the claim that the refutation refutes, which has none of its own."""
INPUTS, TARGETS = (-1, 0, 1), (0, 1, 0)
PRECISION = 128
MOST_UNITS, MOST = 10_000, 1_000
"""So many units, and multiples of ln 3, are evaluated."""


@dataclass(frozen=True)
class _Point:
    weights: list[int]
    biases: list[int]
    outgoing: list[fmpq]
    constant: fmpq

    @classmethod
    def read(cls, numbers: Numbers, units: int) -> _Point:
        found = cls(
            numbers.wholes("weights"), numbers.wholes("biases"), numbers.vector("outgoing"),
            numbers.rational("constant"),
        )  # fmt: skip
        if {len(found.weights), len(found.biases), len(found.outgoing)} != {units}:
            raise Refused("the parameters are not those of a network of so many units")
        if any(abs(k) > MOST for k in (*found.weights, *found.biases)):
            raise Refused("such large multiples of ln 3 are not evaluated", undecided=True)
        return found

    def risk(self) -> fmpq:
        """The risk, exactly."""
        units = list(zip(self.weights, self.biases, self.outgoing, strict=True))
        errors = [sum((u * _sigmoid(w * x + b) for w, b, u in units), self.constant - y)
                  for x, y in zip(INPUTS, TARGETS, strict=True)]  # fmt: skip
        return sum((e * e for e in errors), fmpq(0)) / 2


def _sigmoid(multiple: int) -> fmpq:
    power = fmpq(3) ** multiple
    return power / (power + 1)


def check(numbers: Numbers, _results: Collection[str], verdict: str) -> Findings:
    """Decide the hypothesis again, and what is claimed of both points. Raises Refused if the numbers do not fit."""
    found, units = Findings(), numbers.whole("units")
    found.holds = {"width": units >= 2}
    if verdict == "certified":
        _construction(numbers, units, found)
    return found


def check_counterexample(numbers: Numbers, _results: Collection[str], verdict: str) -> Findings:
    """Decide the same of as many units as the refutation says, and the hypotheses of the claim that it refutes."""
    found = Findings()
    if verdict != "certified" or numbers.whole("units") != len(INPUTS) - 1:
        raise Refused("the counterexample has one unit less than samples, and its hypotheses hold")
    _construction(numbers, numbers.whole("units"), found)
    distinct = len(set(INPUTS)) == len(INPUTS)
    found.holds = {"patterns": len(INPUTS) >= 2, "dimension": True, "distinct": distinct, "local": not found.refused}
    return found


def _construction(numbers: Numbers, units: int, found: Findings) -> None:
    if not 1 <= units <= MOST_UNITS:
        raise Refused("so many units are not evaluated", undecided=True)
    minimum, better = (_Point.read(numbers.inside(name), units) for name in ("local_minimum", "better_point"))
    wanted = _Point([0] * units, [-1] * units, [fmpq(1)] * units, fmpq(1, 3) - fmpq(units, 4))
    risk, lower = numbers.rational("risk_local_minimum"), numbers.rational("risk_better_point")
    radius = numbers.rational("radius")
    found.demand("the local minimum is that of the theorem", minimum == wanted)
    found.demand("the risk at the local minimum is 1/3, and as stated", risk == minimum.risk() == fmpq(1, 3))
    found.demand("the risk at the better point is as stated", better.risk() == lower)
    found.demand("the risk at the better point is smaller", lower < risk)
    found.demand("the radius is positive", radius > 0)
    with flint.ctx.workprec(PRECISION):
        inside = all(u >= radius for u in minimum.outgoing)
        inside = inside and all(bool(arb(radius) < -b * arb(3).log()) for b in minimum.biases)
    found.demand("the signs of the parameters stay as they are within the radius", inside)
    found.found += [
        f"{units} units: risk {risk} at the local minimum, radius {radius}",
        f"risk {lower} at the better point",
    ]
