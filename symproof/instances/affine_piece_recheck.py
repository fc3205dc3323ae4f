"""The re-check of a spurious local minimum in an affine piece: networks evaluated on the data, every claim compared.

Nothing of the search is used here; an inequality that balls do not decide counts as false.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import flint
from flint import fmpq

from symproof.instances.affine_piece_network import risk_of
from symproof.instances.ball_number import compare
from symproof.instances.dataset import Dataset
from symproof.instances.least_squares import AffineFit
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.piecewise_activation import AffinePiece, PiecewiseActivation
from symproof.instances.relu_like_recheck import recheck_fit

if TYPE_CHECKING:
    from symproof.instances.affine_piece_minimum import AffinePieceMinimum

__all__ = ["recheck_affine_piece"]


def recheck_affine_piece(
    outputs: tuple[Dataset, ...],
    activation: PiecewiseActivation,
    piece: AffinePiece,
    fits: tuple[AffineFit, ...],
    found: AffinePieceMinimum,
) -> None:
    """Raise InstanceMismatchError, naming the first claim that fails, unless all claims on ``found`` hold."""
    for data, fit in zip(outputs, fits, strict=True):
        recheck_fit(data, fit)
    with flint.ctx.workprec(found.precision):
        for claim, holds in _claims(outputs, activation, piece, fits, found):
            if holds is not True:
                raise InstanceMismatchError(f"re-check failed: {claim}")


def _claims(
    outputs: tuple[Dataset, ...],
    activation: PiecewiseActivation,
    piece: AffinePiece,
    fits: tuple[AffineFit, ...],
    found: AffinePieceMinimum,
) -> Iterator[tuple[str, bool | None]]:
    inputs, targets = outputs[0].features, [data.targets for data in outputs]
    network, better = found.local_minimum, found.better_point
    risk = sum((fit.risk for fit in fits), fmpq(0))
    yield "the risk at the minimum is that of least squares", found.risk_local_minimum == risk
    yield "the slope of the piece is not 0", piece.slope != 0
    yield "the radius is positive", found.radius > 0
    for x in inputs:
        values = [activation(p) for p in network.pre_activations(x)]
        norm = sum(map(abs, x), fmpq(1))
        for p, value in zip(network.pre_activations(x), values, strict=True):
            yield "all pre-activations are inside the piece", piece.low < p < piece.high
            yield "the activation is the affine function there", value == piece.slope * p + piece.offset
            yield "the radius keeps them inside", found.radius * norm <= min(p - piece.low, piece.high - p)
        fitted = [fit.value(x) for fit in fits]
        yield "the network computes the affine fit", network.outputs(activation, x) == fitted
    yield "the risk of the network at the minimum", risk_of(network, activation, inputs, targets) == risk
    value = risk_of(better, activation, inputs, targets)
    same = isinstance(value, fmpq) == isinstance(found.risk_better_point, fmpq)
    yield "the risk at the better point", same and compare("ne", value, found.risk_better_point) is not True
    yield "the better point has a smaller risk", compare("lt", value, risk)
    yield "the stated risk at the better point is smaller", compare("lt", found.risk_better_point, risk)
