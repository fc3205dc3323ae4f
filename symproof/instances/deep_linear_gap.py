"""How far the squared loss of a deep linear network is above its smallest value, by its gradient in one layer.

This is the instance of ``deep_linear.gradient_bound``, for weights that need not be critical, such as trained ones. The
smallest value itself is known exactly as well, from the normal equations: the bound shows what the gradient tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flint import fmpq, fmpq_mat

from symproof.instances.deep_linear_network import DeepLinearNetwork, Weights, identity, inner, is_zero
from symproof.instances.deep_linear_point import best_product, narrow_layer
from symproof.instances.deep_linear_recheck import loss_and_gradients
from symproof.instances.form_bound import FormBound, demand_form_bound, form_bound
from symproof.instances.mismatch import InstanceMismatchError

__all__ = ["GapBound", "bound_gap", "recheck_gap"]


@dataclass(frozen=True)
class GapBound:
    """The network and what bounds its gap.

    Attributes:
        network: the network on its data.
        gradients: the gradient in each layer.
        best: an R with the smallest loss of all products.
        narrow: the first hidden layer that is narrower than input and output; None if there is none.
        span: a basis of the span of the samples, as rows.
        mu: for all v in the span, mu |v|^2 is at most the sum of the (v . x_i)^2; None if all samples are 0.
        sigma: for each layer, sigma |v|^2 <= |S^T v|^2 for the layers S after it; None if S has not full row rank.
        tau: for each layer, tau |v|^2 <= |P v|^2 for the layers P before it; None if P has not full column rank.
    """

    network: DeepLinearNetwork
    gradients: tuple[fmpq_mat, ...]
    best: fmpq_mat
    narrow: int | None
    span: fmpq_mat
    mu: FormBound | None
    sigma: tuple[FormBound | None, ...]
    tau: tuple[FormBound | None, ...]

    @property
    def gap(self) -> fmpq:
        """The loss less the smallest one of all products; of all weights if no layer is too narrow."""
        return self.network.loss - self.network.at([self.best]).loss

    @property
    def squares(self) -> tuple[fmpq, ...]:
        """The squared norm of the gradient in each layer."""
        return tuple(inner(g, g) for g in self.gradients)

    @property
    def least_curvature(self) -> fmpq:
        """The number mu; any will do if all samples are 0."""
        return fmpq(1) if self.mu is None else self.mu.factor

    @cached_property
    def bounds(self) -> dict[int, fmpq]:
        """The bound of the gap by the gradient in each layer with full ranks around it."""
        around = zip(self.squares, self.sigma, self.tau, strict=True)
        return {
            layer: square / (2 * self.least_curvature * sigma.factor * tau.factor)
            for layer, (square, sigma, tau) in enumerate(around, 1)
            if sigma is not None and tau is not None
        }

    @property
    def layer(self) -> int:
        """The layer whose gradient gives the smallest bound; if there is none, one where a rank is missing."""
        if self.bounds:
            return min(self.bounds, key=lambda j: self.bounds[j])
        return 1 if self.network.sizes[0] >= self.network.sizes[-1] else len(self.gradients)

    @property
    def projection(self) -> fmpq_mat:
        """The orthogonal projection onto the span of the samples."""
        rows = self.span
        if not rows.nrows():
            return fmpq_mat(self.network.sizes[0], self.network.sizes[0])
        return rows.transpose() * (rows * rows.transpose()).inv() * rows


def bound_gap(network: DeepLinearNetwork) -> GapBound:
    """Bound the gap by the gradient in every layer where the ranks allow it."""
    gram = network.inputs * network.inputs.transpose()
    span = _span(gram)
    mu = form_bound(span * gram * span.transpose(), span * span.transpose()) if span.nrows() else None
    layers = range(1, len(network.weights) + 1)
    after = [network.suffixes[j] for j in layers]
    before = [network.prefixes[j - 1] for j in layers]
    return GapBound(
        network,
        tuple(network.layer_gradient(j) for j in layers),
        best_product(network),
        narrow_layer(network),
        span,
        mu,
        tuple(_least(s * s.transpose()) for s in after),
        tuple(_least(p.transpose() * p) for p in before),
    )


def recheck_gap(found: GapBound) -> None:
    """Evaluate everything that is claimed anew. Raises InstanceMismatchError if something does not come out."""
    network, span = found.network, found.span
    loss, gradients = loss_and_gradients(network, network.weights)
    _demand(gradients == found.gradients, "the gradients differ")
    smallest, normal = loss_and_gradients(network, (found.best,))
    _demand(all(map(is_zero, normal)), "the normal equations do not hold at the best product")
    _demand(loss - smallest == found.gap >= 0, "the gap differs")
    gram = network.inputs * network.inputs.transpose()
    _demand(span.rank() == span.nrows() and _spans(span, network.inputs), "the samples span another space")
    if found.mu is None:
        _demand(is_zero(gram), "a curvature is missing")
    else:
        _recheck_form(found.mu, span * gram * span.transpose(), span * span.transpose())
    for j, (sigma, tau) in enumerate(zip(found.sigma, found.tau, strict=True), 1):
        after, before = _chain(network.weights[j:]), _chain(network.weights[: j - 1])
        if sigma is not None:
            size = network.sizes[-1]
            form = after * after.transpose() if after is not None else identity(size)
            _recheck_form(sigma, form, identity(size))
        if tau is not None:
            size = network.sizes[0]
            form = before.transpose() * before if before is not None else identity(size)
            _recheck_form(tau, form, identity(size))
    _demand(all(found.gap <= bound for bound in found.bounds.values()), "the gap is above a bound")


def _recheck_form(bound: FormBound, form: fmpq_mat, other: fmpq_mat) -> None:
    _demand(bound.form == form and bound.other == other, "a bound is one of other forms")
    demand_form_bound(bound)


def _span(gram: fmpq_mat) -> fmpq_mat:
    """A basis of the row space, as rows; that of X X^T is the span of the samples."""
    echelon, rank = gram.rref()
    size = gram.nrows()
    return identity(size) if rank == size else fmpq_mat(rank, size, echelon.entries()[: rank * size])


def _spans(span: fmpq_mat, inputs: fmpq_mat) -> bool:
    """Whether all samples lie in the span of the independent rows."""
    size = span.nrows()
    return size == span.ncols() or fmpq_mat([*span.tolist(), *inputs.transpose().tolist()]).rank() == size


def _least(form: fmpq_mat) -> FormBound | None:
    return form_bound(form, identity(form.nrows()))


def _chain(weights: Weights) -> fmpq_mat | None:
    """The product of layers, the first one from the right; None if there are none."""
    product = None
    for layer in weights:
        product = layer if product is None else layer * product
    return product


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise InstanceMismatchError(f"re-check failed: {what}")
