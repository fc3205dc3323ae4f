"""Constant networks on data with a mean input: the hypotheses, a region without smaller risk, a better point.

The region: every parameter moves by at most rho. With o the outputs of a layer, a pre-activation of the next one is
v + sum_l (tau (o_l - h(v)) + e_l o_l) + e with |e_l|, |e| <= rho, and the mean value form bounds o_l - h(v). If
sigma h'' >= 0 and, for several hidden layers, tau h' >= 0 on an interval around v that holds all of these, and
rho <= 1, rho <= |t|, then ``jensen.region`` applies to all of these parameters.

The better point: all units of a layer are the same, and see one feature of the input.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import flint
from flint import arb, fmpq

from symproof.instances.activation_jet import JetRefusal
from symproof.instances.ball_number import Number
from symproof.instances.closed_form import NoNumberError, literal, number_of, rational_bounds
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.simple_rational import simplest_between
from symproof.instances.smooth_activation import SmoothActivation
from symproof.instances.smooth_candidates import probed
from symproof.instances.smooth_conditions import Numbers, decide_bent, numbers_of, smooth_within
from symproof.instances.smooth_radius import ball_of, convex_on
from symproof.instances.smooth_witness import bent_candidates
from symproof.logic.term import Term

__all__ = ["JensenData", "JensenInstance", "build_jensen_instance"]

PRECISION = 256
HALVINGS = 40
EVALUATIONS = 200_000


@dataclass(frozen=True)
class JensenData:
    """The samples and the network.

    Attributes:
        inputs: one row of features for each sample.
        weights: of the mean, one for each sample.
        mean: the number of the mean input, from 1 on.
        t: how far the targets are from the constant.
        c: the constant.
        widths: of the hidden layers.
    """

    inputs: tuple[tuple[fmpq, ...], ...]
    weights: tuple[fmpq, ...]
    mean: int
    t: fmpq
    c: fmpq
    widths: tuple[int, ...]

    @property
    def residuals(self) -> tuple[fmpq, ...]:
        """The constant minus the targets."""
        return tuple(self.t * (weight - (i == self.mean)) for i, weight in enumerate(self.weights, 1))

    @property
    def targets(self) -> tuple[fmpq, ...]:
        """The targets of the theorem."""
        return tuple(self.c - r for r in self.residuals)

    @property
    def risk(self) -> fmpq:
        """The risk of the constant."""
        return sum((r * r for r in self.residuals), fmpq(0)) / 2


@dataclass(frozen=True)
class JensenInstance:
    """The numbers of one instance.

    Attributes:
        data: the samples and the network.
        activation: the activation.
        hypotheses: decided.
        v: where the units are constant; None if no point was found.
        sigma: the sign of h''(v); 0 if not known.
        tau: the sign of h'(v), or 1 where it does not matter.
        smooth_within: a half-width of an interval around v on which h has two continuous derivatives.
        radius: no parameters that move by at most this have a smaller risk; None if none was certified.
        step: the weight of the feature at the better point.
        feature: its number, from 1 on.
        outgoing: the outgoing weights at the better point.
        risk_better: a ball that holds the risk of the better point, below that of the constant; None if not certified.
    """

    data: JensenData
    activation: SmoothActivation
    hypotheses: tuple[DecidedHypothesis, ...]
    v: Term | None = None
    sigma: int = 0
    tau: int = 1
    smooth_within: fmpq | None = None
    radius: fmpq | None = None
    step: fmpq | None = None
    feature: int = 1
    outgoing: fmpq | None = None
    risk_better: arb | None = None

    @property
    def holds(self) -> bool:
        """Whether every hypothesis holds."""
        return all(h.holds for h in self.hypotheses)


def build_jensen_instance(data: JensenData, activation: SmoothActivation, v: Term | None = None) -> JensenInstance:
    """Decide the hypotheses; certify a region and a better point if they hold.

    Args:
        data: the samples and the network.
        activation: of all hidden layers.
        v: where the units are constant; searched for if None.
    """
    numbers = numbers_of(activation, EVALUATIONS)
    with flint.ctx.workprec(PRECISION):
        best: JensenInstance | None = None
        for center in (v,) if v is not None else _centers(activation):
            tried = _at(data, numbers, center)
            if best is None or (tried.holds, tried.radius or fmpq(0)) > (best.holds, best.radius or fmpq(0)):
                best = tried
        if best is None:
            why = "no point was found where h' and h'' exist and are not 0"
            unknown = [DecidedHypothesis(label, text, None, why) for label, text in _SMOOTH.items()]
            return JensenInstance(data, activation, (*_about_data(data), *unknown))
        return _with_better(best, numbers) if best.holds else best


_SMOOTH = {
    "radius": "R > 0",
    "derivative": "h has a derivative h' from v - R to v + R",
    "second": "h' has a derivative h'' from v - R to v + R",
    "continuous": "h'' is continuous at v",
    "sign": "sigma^2 = 1",
    "bend": "sigma h''(v) > 0",
    "direction": "tau^2 = 1",
    "slope": "tau h'(v) > 0, for at least two hidden layers",
}


def _centers(activation: SmoothActivation) -> tuple[Term, ...]:
    found, _ = probed(numbers_of(activation, EVALUATIONS))
    return tuple(literal(probe.point) for probe in bent_candidates(found))


def _about_data(data: JensenData) -> list[DecidedHypothesis]:
    """The hypotheses about the samples and the widths, decided exactly."""
    count, depth = len(data.inputs), len(data.widths)
    own = data.inputs[data.mean - 1] if 1 <= data.mean <= count else ()
    total = sum(data.weights, fmpq(0))
    weighted = list(zip(data.weights, data.inputs, strict=True))
    mean = tuple(sum((w * row[k] for w, row in weighted), fmpq(0)) for k in range(len(data.inputs[0])))
    negative = [i for i, w in enumerate(data.weights, 1) if w < 0]
    others = [i for i, (w, row) in enumerate(weighted, 1) if w > 0 and row != own]
    narrow = [n for n, width in enumerate(data.widths, 1) if width < 1]

    def fact(label: str, statement: str, holds: bool, reason: str) -> DecidedHypothesis:
        return DecidedHypothesis(label, statement, holds, reason, None if holds else {"found": reason})

    def shown(row: Sequence[fmpq]) -> str:
        return f"({', '.join(map(str, row))})"

    return [
        fact("depth", "L >= 1", depth >= 1, f"L = {depth}"),
        fact("widths", "d_n >= 1 for n = 1..L", not narrow, f"widths {', '.join(map(str, data.widths))}"),
        fact("o_low", "o >= 1", data.mean >= 1, f"o = {data.mean}"),
        fact("o_high", "o <= m", data.mean <= count, f"o = {data.mean}, m = {count}"),
        fact("weights", "lambda_i >= 0", not negative, f"{len(negative)} negative weights"),
        fact("total", "the weights sum to 1", total == 1, f"their sum is {total}"),
        fact("mean", "input o is the mean", mean == own, f"the mean is {shown(mean)}, input o is {shown(own)}"),
        fact("different", "an input of positive weight is another one", bool(others), f"{len(others)} inputs are"),
        fact("scale", "t != 0", data.t != 0, f"t = {data.t}"),
        fact("targets", "the targets are c - t (lambda_i - [i = o])", True, "they are computed so"),
    ]


def _at(data: JensenData, numbers: Numbers, v: Term) -> JensenInstance:
    """The instance at one point, without the better point."""
    decided, sigma, tau = decide_bent(numbers, v, 2, None)
    deep = len(data.widths) >= 2
    found = []
    for hypothesis in decided:
        if hypothesis.label == "width":
            continue
        if hypothesis.label == "slope":
            shallow = replace(hypothesis, holds=True, reason="there is one hidden layer", witness=None)
            hypothesis = replace(hypothesis if deep else shallow, statement=_SMOOTH["slope"])
        found.append(hypothesis)
    within, _ = smooth_within(numbers, (v,), None)
    instance = JensenInstance(
        data, numbers.activation, (*_about_data(data), *found), v, sigma, tau or 1, within,
    )  # fmt: skip
    return replace(instance, radius=_radius(instance, numbers)) if instance.holds else instance


def _radius(instance: JensenInstance, numbers: Numbers) -> fmpq | None:
    """A radius of the region, by halving; None if none was certified."""
    radius = min(fmpq(1), abs(instance.data.t))
    for _ in range(HALVINGS):
        if _region_holds(instance, numbers, radius):
            return radius
        radius = radius / 2
    return None


def _region_holds(instance: JensenInstance, numbers: Numbers, radius: fmpq) -> bool:
    """Whether the region of the module's text is certain for a radius."""
    data, tau = instance.data, instance.tau
    if instance.v is None or radius > 1 or radius > abs(data.t):
        return False
    try:
        v = number_of(instance.v)
        move = arb(0, radius)
        largest = max(sum((abs(f) for f in row), fmpq(0)) for row in data.inputs)
        spread = arb(0, radius * (1 + largest))
        deep = len(data.widths) >= 2
        for width in (*data.widths[:-1], None):
            low, high = rational_bounds(v + spread)
            interval = (low, high)
            if not convex_on(numbers.jet, interval, instance.sigma):
                return False
            value, slope, _ = numbers.jet(ball_of(interval))
            if deep and not tau * slope >= 0:
                return False
            if width is not None:
                spread = width * (tau * slope * spread + move * value) + move
    except (JetRefusal, NoNumberError):
        return False
    return True


def _with_better(instance: JensenInstance, numbers: Numbers) -> JensenInstance:
    """The instance with the best of some better points whose risk is certainly below that of the constant."""
    data = instance.data
    feature = _feature(data)
    best = instance
    for size in [fmpq(2) ** k for k in range(3, -9, -1)]:
        for step in (size, -size):
            try:
                found = _risk_along(replace(instance, step=step, feature=feature), numbers)
            except (JetRefusal, NoNumberError):
                continue
            if found is not None and (best.risk_better is None or found[1] < best.risk_better):
                best = replace(instance, step=step, feature=feature, outgoing=found[0], risk_better=found[1])
    return best


def _feature(data: JensenData) -> int:
    """A feature in which an input of positive weight is another one than the mean input."""
    own = data.inputs[data.mean - 1]
    return next(
        k for k in range(1, len(own) + 1)
        for w, row in zip(data.weights, data.inputs, strict=True) if w > 0 and row[k - 1] != own[k - 1]
    )  # fmt: skip


def _risk_along(instance: JensenInstance, numbers: Numbers) -> tuple[fmpq, arb] | None:
    """An outgoing weight for one step, and the risk; None unless the risk is certainly below that of the constant."""
    data = instance.data
    values = [_last_output(instance, numbers, row) for row in data.inputs]
    slope = sum((r * q for r, q in zip(data.residuals, values, strict=True)), arb(0))
    size = sum((q * q for q in values), arb(0))
    if not (size > 0 and (slope > 0 or slope < 0)):
        return None
    outgoing = simplest_between(*rational_bounds(-slope / size * arb(1, fmpq(1, 100))))
    errors = [arb(r + outgoing * q) for r, q in zip(data.residuals, values, strict=True)]
    risk = sum((error * error for error in errors), arb(0)) / 2
    return (outgoing, risk) if risk < data.risk else None


def _last_output(instance: JensenInstance, numbers: Numbers, row: Sequence[fmpq]) -> Number:
    """What the last hidden layer sends at an input, added up, less its value where all units are constant."""
    if instance.v is None or instance.step is None:
        raise NoNumberError("there is no better point")
    v = number_of(instance.v)
    constant = numbers.value(v)
    moved = numbers.value(v + instance.step * row[instance.feature - 1]) - constant
    for width in instance.data.widths[:-1]:
        moved = numbers.value(v + instance.tau * width * moved) - constant
    return arb(instance.data.widths[-1] * moved)
