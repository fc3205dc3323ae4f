"""``relu_like.spurious_minimum`` with numbers: a spurious local minimum of a network W2 h(W1 x + b1) + b2 on data.

Numbers: ``inputs`` (a row for each sample), ``targets``, ``s_plus``, ``s_minus`` (h(t) is s_plus t for t >= 0, else
s_minus t), ``width``; ``fit`` with ``weights`` and ``intercept``: an affine function; ``construction`` if every
hypothesis holds: ``radius``, ``local_minimum`` and ``better_point`` (``W1``, ``b1``, ``W2``, ``b2``) with the risks
``risk_local_minimum`` and ``risk_better_point``. The risk is half the sum of the squared errors.

Why this is enough: the residuals of the fit are orthogonal to 1 and to every feature, so no affine function has a
smaller risk. At the local minimum all pre-activations are positive, and they stay so while every incoming parameter
moves by less than the radius, since radius (|x|_1 + 1) is at most each of them: then the network is affine on the data.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flint import fmpq, fmpq_mat

from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.refused import Refused

__all__ = ["LABELS", "PAPER_LABELS", "Data", "best_fit", "check", "check_paper", "holds_for"]

LABELS = ("dimension", "C1.1", "C1.2", "C1.3 activation", "C1.3 slopes", "C1.4")
"""The hypotheses of the theorem."""
PAPER_LABELS = (*LABELS, "best")
"""Those of ``relu_like.paper_descent``."""


@dataclass(frozen=True)
class _Network:
    rows: fmpq_mat
    biases: list[fmpq]
    outgoing: list[fmpq]
    constant: fmpq


@dataclass(frozen=True)
class Data:
    """The samples, a row each, and the slopes of the activation on both sides of 0."""

    inputs: fmpq_mat
    targets: list[fmpq]
    s_plus: fmpq
    s_minus: fmpq

    @classmethod
    def read(cls, numbers: Numbers) -> Data:
        """The samples and the slopes. Raises Refused if inputs and targets are not as many."""
        found = cls(
            numbers.matrix("inputs"), numbers.vector("targets"), numbers.rational("s_plus"), numbers.rational("s_minus")
        )
        if len(found.targets) != found.inputs.nrows():
            raise Refused("inputs and targets are not as many")
        return found

    def activation(self, t: fmpq) -> fmpq:
        """The value of the activation."""
        return (self.s_plus if t >= 0 else self.s_minus) * t

    def network(self, numbers: Numbers, width: int) -> _Network:
        """The parameters of a network on these inputs."""
        found = _Network(numbers.matrix("W1"), numbers.vector("b1"), numbers.vector("W2"), numbers.rational("b2"))
        sizes = {found.rows.nrows(), len(found.biases), len(found.outgoing), width}
        if len(sizes) != 1 or found.rows.ncols() != self.inputs.ncols():
            raise Refused("the parameters are not those of a network of this width on these inputs")
        return found

    def pre_activations(self, network: _Network) -> list[list[fmpq]]:
        """For each sample those of all units."""
        products = (self.inputs * network.rows.transpose()).tolist()
        return [[p + b for p, b in zip(row, network.biases, strict=True)] for row in products]

    def outputs(self, network: _Network) -> list[fmpq]:
        """For each sample the output."""
        found = []
        for row in self.pre_activations(network):
            values = map(self.activation, row)
            found.append(sum((u * h for u, h in zip(network.outgoing, values, strict=True)), network.constant))
        return found

    def risk(self, outputs: list[fmpq]) -> fmpq:
        """Half the sum of the squared errors."""
        return sum(((f - y) * (f - y) for f, y in zip(outputs, self.targets, strict=True)), fmpq(0)) / 2


def check(numbers: Numbers, _results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses again, and what is claimed of both points. Raises Refused if the numbers do not fit."""
    found, data, width = Findings(), Data.read(numbers), numbers.whole("width")
    best = best_fit(data, numbers.inside("fit"), found)
    found.holds = holds_for(data, width, best)
    if verdict == "certified":
        _construction(data, numbers.inside("construction"), width, best, found)
    return found


def check_paper(numbers: Numbers, _results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses of ``relu_like.paper_descent`` again, which has ``better_point`` and its risk alone."""
    found, data, width = Findings(), Data.read(numbers), numbers.whole("width")
    best = best_fit(data, numbers.inside("fit"), found)
    found.holds = {**holds_for(data, width, best), "best": True}
    if verdict == "certified":
        _better(data, numbers, width, best, found)
    return found


def holds_for(data: Data, width: int, best: fmpq) -> dict[str, bool]:
    """Which of the hypotheses hold, given the width of the first layer and the risk of the best affine fit."""
    rows = {tuple((int(x.p), int(x.q)) for x in row) for row in data.inputs.tolist()}
    slopes = data.s_plus > 0 and data.s_minus >= 0 and data.s_plus != data.s_minus
    return {
        "dimension": True,
        "C1.1": best > 0,
        "C1.2": len(rows) == data.inputs.nrows(),
        "C1.3 activation": slopes,
        "C1.3 slopes": slopes,
        "C1.4": width >= 2,
    }


def best_fit(data: Data, fit: Numbers, found: Findings) -> fmpq:
    """The risk of the affine fit, after it was seen that no affine function has a smaller one."""
    weights, intercept = fmpq_mat([fit.vector("weights")]), fit.rational("intercept")
    if weights.ncols() != data.inputs.ncols():
        raise Refused("the affine fit has another number of weights")
    values = [row[0] + intercept for row in (data.inputs * weights.transpose()).tolist()]
    residuals = [value - target for value, target in zip(values, data.targets, strict=True)]
    products = fmpq_mat([residuals]) * data.inputs
    best = sum(residuals, fmpq(0)) == 0 and all(entry == 0 for entry in products.entries())
    if not found.demand("the affine fit is one of least squares", best):
        raise Refused("the affine fit is not one of least squares")
    risk = data.risk(values)
    found.found.append(f"{data.inputs.nrows()} samples; the best affine fit has the risk {risk}")
    return risk


def _construction(data: Data, numbers: Numbers, width: int, best: fmpq, found: Findings) -> None:
    minimum = data.network(numbers.inside("local_minimum"), width)
    risk, radius = numbers.rational("risk_local_minimum"), numbers.rational("radius")
    norms = [sum(map(abs, row), fmpq(1)) for row in data.inputs.tolist()]
    inside = all(
        radius * norm <= t for norm, row in zip(norms, data.pre_activations(minimum), strict=True) for t in row
    )
    found.demand("the radius is positive", radius > 0)
    found.demand("all pre-activations at the local minimum stay positive within the radius", inside)
    found.demand("the risk at the local minimum is as stated", data.risk(data.outputs(minimum)) == risk)
    found.demand("the risk at the local minimum is that of the best affine fit", risk == best)
    found.found.append(f"risk {risk} at the local minimum, radius {radius}")
    _better(data, numbers, width, best, found)


def _better(data: Data, numbers: Numbers, width: int, best: fmpq, found: Findings) -> None:
    better, lower = data.network(numbers.inside("better_point"), width), numbers.rational("risk_better_point")
    found.demand("the risk at the better point is as stated", data.risk(data.outputs(better)) == lower)
    found.demand("the risk at the better point is smaller", lower < best)
    found.found.append(f"risk {lower} at the better point")
