"""``deep_linear.critical_points`` with numbers: a point of x -> W_L ... W_1 x with loss 1/2 |W_L ... W_1 X - Y|^2.

Numbers: ``inputs`` X and ``targets`` Y (a column for each sample), ``weights`` W_1, ..., W_L, ``radius``,
``classification`` (``global_minimum``, ``saddle`` or ``not_critical``); where the theorem applies: ``loss``,
``best_product`` (an R with the smallest loss), ``gap``; at a saddle ``lower_point`` and ``higher_point`` (weights),
and perhaps ``inertia`` (``positive``, ``negative``, ``zero``: the numbers of eigenvalues of the Hessian), with the
evidence ``kernel`` and ``congruence`` for it.

The gradients come from back-propagation. R has the smallest loss of all matrices if (R X - Y) X^T = 0.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flint import fmpq, fmpq_mat

from symproof.recheck.instances.inertia import signs_of
from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.refused import Refused

__all__ = ["LABELS", "Network", "check", "demand_near"]

LABELS = ("depth", "widths", "differentiable", "gradient", "critical")
"""The hypotheses of the theorem."""
GRADIENT = "optimization.squared_loss_gradient"
"""The result that says what the gradient of the squared loss is."""


class Network:
    """A network on its data: the outputs of all layers, and what is propagated back."""

    def __init__(self, inputs: fmpq_mat, targets: fmpq_mat, weights: Sequence[fmpq_mat]) -> None:
        self.weights = weights
        self.passed = [inputs]
        for layer in weights:
            if layer.ncols() != self.passed[-1].nrows():
                raise Refused("the sizes of the layers do not fit")
            self.passed.append(layer * self.passed[-1])
        if self.passed[-1].nrows() != targets.nrows() or inputs.ncols() != targets.ncols():
            raise Refused("the targets do not fit the outputs")
        self.back = [self.passed[-1] - targets]
        for layer in reversed(weights):
            self.back.insert(0, layer.transpose() * self.back[0])

    @property
    def loss(self) -> fmpq:
        """Half the sum of the squared errors."""
        return sum((e * e for e in self.back[-1].entries()), fmpq(0)) / 2

    def gradients(self) -> list[fmpq_mat]:
        """The derivatives in the entries of each layer."""
        return [d * a.transpose() for d, a in zip(self.back[1:], self.passed[:-1], strict=True)]

    def derivative_of_gradients(self, place: int, change: fmpq_mat) -> list[fmpq]:
        """How all gradients change, in one row, when one layer moves in a direction."""
        moved = [fmpq_mat(self.passed[0].nrows(), self.passed[0].ncols())]
        for k, layer in enumerate(self.weights):
            own = layer * moved[-1]
            moved.append(own + change * self.passed[k] if k == place else own)
        back = [moved[-1]]
        for k in range(len(self.weights) - 1, 0, -1):
            own = self.weights[k].transpose() * back[0]
            back.insert(0, own + change.transpose() * self.back[k + 1] if k == place else own)
        entries: list[fmpq] = []
        for k in range(len(self.weights)):
            entries += (back[k] * self.passed[k].transpose() + self.back[k + 1] * moved[k].transpose()).entries()
        return entries


def check(numbers: Numbers, results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses and the classification again. Raises Refused if the numbers do not fit."""
    found = Findings()
    inputs, targets, weights = numbers.matrix("inputs"), numbers.matrix("targets"), numbers.matrices("weights")
    network = Network(inputs, targets, weights)
    widths = [inputs.nrows(), *(layer.nrows() for layer in weights)]
    narrow = min(widths[0], widths[-1])
    critical = all(entry == 0 for block in network.gradients() for entry in block.entries())
    known = GRADIENT in results
    found.holds = {"depth": True, "widths": all(w >= narrow for w in widths), "critical": critical}
    if found.demand(f"{GRADIENT} is among the results", known or None):
        found.holds |= {"differentiable": True, "gradient": True}
    name = numbers.text("classification") if "classification" in numbers else ""
    found.found.append(f"widths {', '.join(map(str, widths))}; the loss is {network.loss}")
    if verdict == "certified":
        _classified(numbers, network, targets, name, found)
    elif name:
        found.demand(f"the point is {name}", (name == "not_critical") != critical)
    return found


def _classified(numbers: Numbers, network: Network, targets: fmpq_mat, name: str, found: Findings) -> None:
    inputs, loss = network.passed[0], network.loss
    best = Network(inputs, targets, [numbers.matrix("best_product")])
    least = all(entry == 0 for entry in best.gradients()[0].entries())
    found.demand("the loss is as stated", numbers.rational("loss") == loss)
    found.demand("no product has a smaller loss than the best one", least)
    gap = numbers.rational("gap")
    found.demand("the gap is the loss less the smallest one", loss - best.loss == gap)
    if name == "saddle":
        radius = numbers.rational("radius")
        found.demand("the radius is positive", radius > 0)
        for each, sign in (("lower_point", -1), ("higher_point", 1)):
            moved = Network(inputs, targets, numbers.matrices(each))
            demand_near(moved, network, radius, each, found)
            found.demand(f"the loss at {each} is on its side", (moved.loss - loss) * sign > 0)
        found.found.append(f"a saddle: points of smaller and of larger loss within {radius}; gap {gap}")
    elif found.demand("the point is a global minimum or a saddle", name == "global_minimum"):
        found.demand("the loss at the global minimum is the smallest one", gap == 0)
        found.found.append("a global minimum: no product of layers has a smaller loss")
    if "inertia" in numbers:
        _inertia(numbers.inside("inertia"), network, found)


def demand_near(moved: Network, network: Network, radius: fmpq, name: str, found: Findings) -> None:
    """Note it if some entry of the weights moves by the radius or more. Raises Refused for other sizes."""
    pairs = list(zip(moved.weights, network.weights, strict=False))
    same = len(moved.weights) == len(network.weights) and all(
        (a.nrows(), a.ncols()) == (b.nrows(), b.ncols()) for a, b in pairs
    )
    if not same:
        raise Refused(f"{name} has layers of other sizes")
    near = all(abs(entry) < radius for a, b in pairs for entry in (a - b).entries())
    found.demand(f"{name} is within the radius", near)


def _inertia(stated: Numbers, network: Network, found: Findings) -> None:
    size = sum(layer.nrows() * layer.ncols() for layer in network.weights)
    if "congruence" not in stated:
        found.not_rechecked.append(f"the inertia of the Hessian of {size} parameters: no evidence is given")
        return
    rows = []
    for place, layer in enumerate(network.weights):
        for k in range(layer.nrows() * layer.ncols()):
            entries = [int(k == j) for j in range(layer.nrows() * layer.ncols())]
            rows.append(network.derivative_of_gradients(place, fmpq_mat(layer.nrows(), layer.ncols(), entries)))
    signs = signs_of(fmpq_mat(rows), stated, "the Hessian", found)
    if signs is None:
        return
    wanted = tuple(stated.whole(name) for name in ("positive", "negative", "zero"))
    found.demand("the eigenvalues of the Hessian have the signs that are stated", signs == wanted)
    found.found.append("eigenvalues of the Hessian: {} positive, {} negative, {} zero".format(*signs))
