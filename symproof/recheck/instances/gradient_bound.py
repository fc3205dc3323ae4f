"""``deep_linear.gradient_bound`` with numbers: how far 1/2 |W_L ... W_1 X - Y|^2 is above its smallest value, at most.

Numbers: ``inputs`` X and ``targets`` Y (a column for each sample), ``weights`` W_1, ..., W_L, ``layer`` j,
``projection`` T, ``loss``, ``best_product`` (an R with the smallest loss), ``gap``; ``mu`` and, where they exist,
``sigma`` and ``tau``: a ``factor`` with the evidence ``kernel`` and ``congruence`` of the signs of eigenvalues; and
``bound`` if both exist.

With S and P the products of the layers after and before layer j, the forms S S^T - sigma 1, P^T P - tau 1 and
X X^T - mu T T^T have no negative eigenvalue. A matrix whose rank is too small allows no sigma, or no tau, above 0.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flint import fmpq, fmpq_mat

from symproof.recheck.instances.deep_linear import Network
from symproof.recheck.instances.inertia import signs_of
from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.refused import Refused

__all__ = ["LABELS", "check"]

LABELS = ("layer", "last", "sigma", "tau", "mu", "suffix", "prefix", "kept", "curved")
"""The hypotheses of the theorem."""


def check(numbers: Numbers, _results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses and the bound again. Raises Refused if the numbers do not fit."""
    found = Findings()
    inputs, targets, weights = numbers.matrix("inputs"), numbers.matrix("targets"), numbers.matrices("weights")
    network, layer, kept = Network(inputs, targets, weights), numbers.whole("layer"), numbers.matrix("projection")
    if not 1 <= layer <= len(weights):
        raise Refused("there is no such layer")
    if (kept.nrows(), kept.ncols()) != (inputs.nrows(), inputs.nrows()):
        raise Refused("the projection has another size than the samples")
    after = _product(weights[layer:], targets.nrows())
    before = _product(weights[: layer - 1], inputs.nrows())
    curved = numbers.inside("mu")
    mu = curved.rational("factor")
    found.holds = {
        "layer": True,
        "last": True,
        "mu": mu > 0,
        "kept": kept * inputs == inputs,
    }
    _at_least("curved", inputs * inputs.transpose(), kept * kept.transpose(), curved, found)
    sigma = _factor(numbers, "sigma", "suffix", after * after.transpose(), found)
    tau = _factor(numbers, "tau", "prefix", before.transpose() * before, found)
    best = Network(inputs, targets, [numbers.matrix("best_product")])
    least = all(entry == 0 for entry in best.gradients()[0].entries())
    found.demand("no product has a smaller loss than the best one", least)
    found.demand("the loss is as stated", numbers.rational("loss") == network.loss)
    gap = numbers.rational("gap")
    found.demand("the gap is the loss less the smallest one", network.loss - best.loss == gap)
    found.found.append(f"layer {layer} of {len(weights)}; the loss is above the smallest one by {_about(gap)}")
    if verdict == "certified":
        if sigma is None or tau is None or mu <= 0:
            raise Refused("without factors above 0 there is no bound")
        square = sum((entry * entry for entry in network.gradients()[layer - 1].entries()), fmpq(0))
        bound = numbers.rational("bound")
        found.demand("the bound is that of the theorem", bound == square / (2 * mu * sigma * tau))
        found.demand("the gap is not above the bound", gap <= bound)
        found.found.append(f"by the gradient in this layer it is at most {_about(bound)}")
    return found


def _about(value: fmpq) -> str:
    """A number for people: exact if it is short."""
    exact = str(value)
    return exact if len(exact) <= 24 else f"about {float(value.p) / float(value.q):.6g}"


def _product(layers: Sequence[fmpq_mat], size: int) -> fmpq_mat:
    """The product of layers, the first one from the right; the identity if there are none."""
    product = None
    for layer in layers:
        product = layer if product is None else layer * product
    return _identity(size) if product is None else product


def _identity(size: int) -> fmpq_mat:
    return fmpq_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])


def _at_least(label: str, form: fmpq_mat, other: fmpq_mat, stated: Numbers, found: Findings) -> None:
    """Decide the hypothesis that a form is everywhere at least the factor times another one."""
    signs = signs_of(form - other * stated.rational("factor"), stated, f"the form of {label}", found)
    if signs is not None:
        found.holds[label] = signs.negative == 0


def _factor(numbers: Numbers, name: str, side: str, form: fmpq_mat, found: Findings) -> fmpq | None:
    """The factor of a form over the sum of squares, with the two hypotheses on it; None if there is none above 0."""
    if name in numbers:
        stated = numbers.inside(name)
        factor = stated.rational("factor")
        found.holds[name] = factor > 0
        _at_least(side, form, _identity(form.nrows()), stated, found)
        return factor if factor > 0 else None
    if form.rank() < form.nrows():
        found.holds |= {name: False, side: False}
    return None
