"""``relu_like.convex_loss`` and ``relu_like.any_depth_convex_loss`` with numbers: a spurious local minimum.

Numbers: ``inputs``, ``targets``, ``s_plus``, ``s_minus`` as for the squared loss; ``width``, or ``widths`` of the
hidden layers; ``loss`` (a term in ``output`` and ``target``); perhaps ``fit`` (``weights``, ``intercept``): an affine
function at or near which one is stationary; if every hypothesis holds ``better_point`` (``W1``, ``b1``, ``W2``, ``b2``;
``weights`` and ``biases`` of several layers), ``risk_better_point`` (a bound), ``risk_at_least`` and ``risk_at_most``
of the local minimum; and ``radius`` for one hidden layer. The risk is the sum of the losses.

The loss is convex, so no affine function has a smaller risk than the stationary one, f. At the local minimum its
outputs are those of f: unit 1 is f - eta, the others are -eta, with eta = min(-1, 2 min f), so that all
pre-activations are positive. They stay so while every parameter moves by less than the radius if radius (|x|_1 + 1)
is at most each of them; then the network is affine on the data.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import flint
from flint import arb, fmpq

from symproof.recheck.instances import deep_relu_like
from symproof.recheck.instances.convex_loss import TargetLoss, literal
from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.instances.relu_like import Data, holds_for
from symproof.recheck.instances.stationary import Stationary, stationary_near
from symproof.recheck.refused import Refused
from symproof.recheck.term import substituted

__all__ = ["DEEP_LABELS", "LABELS", "check", "check_deep"]

LABELS = (
    "dimension", "C1.2", "C1.3 activation", "C1.3 slopes", "C1.4", "convex", "derivative", "stationary", "residual",
)  # fmt: skip
"""The hypotheses of the theorem on one hidden layer."""
DEEP_LABELS = (*LABELS, "depth", "widths")
PRECISION = 256


@dataclass(frozen=True)
class _Samples:
    data: Data
    losses: list[TargetLoss]

    def risk(self, outputs: list[fmpq]) -> fmpq | arb:
        """The sum of the losses."""
        return sum((loss.exact(f)[0] for loss, f in zip(self.losses, outputs, strict=True)), fmpq(0))


def check(numbers: Numbers, _results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses again, and what is claimed of both points. Raises Refused if the numbers do not fit."""
    found, width = Findings(), numbers.whole("width")
    with flint.ctx.workprec(PRECISION):
        samples, fit = _hypotheses(numbers, width, found)
        if verdict == "certified" and found.demand("a stationary affine function is known", fit is not None or None):
            network = samples.data.network(numbers.inside("better_point"), width)
            _risks(numbers, samples, fit, samples.data.outputs(network), found)
            _radius(numbers.rational("radius"), samples.data, fit, found)
    return found


def check_deep(numbers: Numbers, _results: Collection[str], verdict: str) -> Findings:
    """The same for several hidden layers; the radius is not decided again."""
    found, widths = Findings(), numbers.wholes("widths")
    with flint.ctx.workprec(PRECISION):
        samples, fit = _hypotheses(numbers, widths[0], found)
        found.holds |= {"depth": True, "widths": all(width >= 1 for width in widths[1:])}
        if verdict == "certified" and found.demand("a stationary affine function is known", fit is not None or None):
            layers = deep_relu_like.layers_of(numbers.inside("better_point"), widths, samples.data)
            outputs = [deep_relu_like.output(layers, x, samples.data) for x in samples.data.inputs.tolist()]
            _risks(numbers, samples, fit, outputs, found)
    return found


def _hypotheses(numbers: Numbers, width: int, found: Findings) -> tuple[_Samples, Stationary | None]:
    data, term = Data.read(numbers), numbers.term("loss")
    output, target = numbers.term("output"), numbers.term("target")
    if output.op != "var" or target.op != "var" or output == target:
        raise Refused("the output and the target are to be two variables")
    of = {y: TargetLoss(substituted(term, {target: literal(y)}), output) for y in _different(data.targets)}
    samples = _Samples(data, [of[y] for y in data.targets])
    holds = holds_for(data, width, fmpq(1))
    found.holds = {label: holds[label] for label in LABELS if label in holds}
    if not all(each.convex() for each in of.values()):
        return samples, None
    found.holds |= {"convex": True, "derivative": True}
    if "fit" not in numbers:
        return samples, None
    fit = numbers.inside("fit")
    point = [*fit.vector("weights"), fit.rational("intercept")]
    if len(point) != data.inputs.ncols() + 1:
        raise Refused("the affine fit has another number of weights")
    near = stationary_near([[*row, fmpq(1)] for row in data.inputs.tolist()], samples.losses, point)
    if near is not None:
        found.holds["stationary"] = True
        if any(s > 0 or s < 0 for s in near.slopes):
            found.holds["residual"] = True
        elif all(isinstance(s, fmpq) for s in near.slopes):
            found.holds["residual"] = False
    return samples, near


def _different(values: list[fmpq]) -> list[fmpq]:
    return list({(int(v.p), int(v.q)): v for v in values}.values())


def _risks(numbers: Numbers, samples: _Samples, fit: Stationary | None, outputs: list[fmpq], found: Findings) -> None:
    if fit is None:
        return
    low, high, bound = (numbers.rational(n) for n in ("risk_at_least", "risk_at_most", "risk_better_point"))
    found.demand("the risk at the local minimum is at least as stated", _at_most(low, fit.low))
    found.demand("the risk at the local minimum is at most as stated", _at_most(fit.high, high))
    found.demand("the risk at the better point is at most as stated", _at_most(samples.risk(outputs), bound))
    found.demand("the risk at the better point is smaller", bool(bound < low))
    exact = f"{low}" if low == high else f"from {low} to {high}"
    found.found.append(f"risk {exact} at the local minimum, at most {bound} at the better point")


def _at_most(a: fmpq | arb, b: fmpq | arb) -> bool | None:
    return True if a <= b else False if a > b else None


def _radius(radius: fmpq, data: Data, fit: Stationary | None, found: Findings) -> None:
    if fit is None:
        return
    # An upper bound of eta: with the true one, all pre-activations are larger.
    eta = min(fmpq(-1), *(2 * (f + reach) for f, reach in fit.outputs))
    inside = all(
        radius * (sum(map(abs, row), fmpq(1))) <= min(f - reach - eta, -eta)
        for (f, reach), row in zip(fit.outputs, data.inputs.tolist(), strict=True)
    )
    found.demand("the radius is positive", bool(radius > 0))
    found.demand("all pre-activations at the local minimum stay positive within the radius",
                 inside or (False if all(reach == 0 for _, reach in fit.outputs) else None))  # fmt: skip
    found.found.append(f"radius {radius}")
