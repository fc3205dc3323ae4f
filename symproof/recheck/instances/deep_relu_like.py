"""``relu_like.any_depth`` with numbers: a spurious local minimum of a network of any number of hidden layers on data.

Numbers: ``inputs``, ``targets``, ``s_plus``, ``s_minus`` and ``fit`` as for one hidden layer; ``widths`` of the hidden
layers; ``construction`` if every hypothesis holds: ``radius``, ``local_minimum`` and ``better_point`` (``weights``, a
matrix for each layer, and ``biases``, the output last) with ``risk_local_minimum`` and ``risk_better_point``.

Why no risk is smaller within the radius: suppose that the outputs o of a layer stay within e of what they are. Then a
pre-activation w . o + b of the next one stays within |w| . e + radius (|o + e|_1 + 1), as long as every parameter moves
by at most the radius. If that is at most the pre-activation, then it stays where the activation is s_plus t. If this
is so for all units, the network is affine on the data, and its risk is not below that of the best affine function.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from flint import fmpq

from symproof.recheck.instances import relu_like
from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.instances.relu_like import Data, best_fit, holds_for
from symproof.recheck.refused import Refused

__all__ = ["LABELS", "check", "layers_of", "output"]

LABELS = (*relu_like.LABELS, "depth", "widths")
"""The hypotheses of the theorem."""

Vector = list[fmpq]


@dataclass(frozen=True)
class _Layer:
    rows: list[Vector]
    biases: Vector

    def at(self, values: Vector) -> Vector:
        """The pre-activations."""
        return [_product(row, values) + bias for row, bias in zip(self.rows, self.biases, strict=True)]


def _product(row: Vector, values: Vector) -> fmpq:
    return sum((w * o for w, o in zip(row, values, strict=True) if w != 0), fmpq(0))


def layers_of(numbers: Numbers, widths: list[int], data: Data) -> list[_Layer]:
    """The layers of a network of these widths on these inputs. Raises Refused if the parameters are others."""
    matrices, biases = numbers.matrices("weights"), numbers.vectors("biases")
    sizes = [data.inputs.ncols(), *widths, 1]
    if [(m.nrows(), m.ncols()) for m in matrices] != [(b, a) for a, b in pairwise(sizes)]:
        raise Refused("the weights are not those of a network of these widths on these inputs")
    if [len(each) for each in biases] != sizes[1:]:
        raise Refused("the biases are not those of a network of these widths")
    return [_Layer(m.tolist(), bias) for m, bias in zip(matrices, biases, strict=True)]


def check(numbers: Numbers, _results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses again, and what is claimed of both points. Raises Refused if the numbers do not fit."""
    found, data, widths = Findings(), Data.read(numbers), numbers.wholes("widths")
    best = best_fit(data, numbers.inside("fit"), found)
    found.holds = {**holds_for(data, widths[0], best), "depth": True, "widths": all(d >= 1 for d in widths[1:])}
    if verdict == "certified":
        _construction(data, numbers.inside("construction"), widths, best, found)
    return found


def _construction(data: Data, numbers: Numbers, widths: list[int], best: fmpq, found: Findings) -> None:
    minimum, better = (layers_of(numbers.inside(name), widths, data) for name in ("local_minimum", "better_point"))
    risk, lower = numbers.rational("risk_local_minimum"), numbers.rational("risk_better_point")
    radius, inputs = numbers.rational("radius"), data.inputs.tolist()
    found.demand("the radius is positive", radius > 0)
    stay = all(_stays(minimum, radius, x, data.s_plus) for x in inputs)
    found.demand("all pre-activations at the local minimum stay positive within the radius", stay)
    risks = [data.risk([output(layers, x, data) for x in inputs]) for layers in (minimum, better)]
    found.demand("the risk at the local minimum is as stated", risks[0] == risk)
    found.demand("the risk at the local minimum is that of the best affine fit", risk == best)
    found.demand("the risk at the better point is as stated", risks[1] == lower)
    found.demand("the risk at the better point is smaller", lower < risk)
    found.found += [f"risk {risk} at the local minimum, radius {radius}", f"risk {lower} at the better point"]


def output(layers: list[_Layer], x: Vector, data: Data) -> fmpq:
    """The output of a network at an input."""
    values = x
    for layer in layers[:-1]:
        values = [data.activation(t) for t in layer.at(values)]
    return layers[-1].at(values)[0]


def _stays(layers: list[_Layer], radius: fmpq, x: Vector, slope: fmpq) -> bool:
    """Whether all pre-activations of the hidden layers stay nonnegative at an input, by what stands above."""
    values, moves = x, [fmpq(0)] * len(x)
    for layer in layers[:-1]:
        before = layer.at(values)
        own = radius * (sum((abs(o) + e for o, e in zip(values, moves, strict=True)), fmpq(0)) + 1)
        reach = [_product([abs(w) for w in row], moves) + own for row in layer.rows]
        if any(r > t for r, t in zip(reach, before, strict=True)):
            return False
        values, moves = [slope * t for t in before], [slope * r for r in reach]
    return True
