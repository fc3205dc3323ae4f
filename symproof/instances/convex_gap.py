"""An upper bound of the gap to the smallest loss of a linear map, for losses that are convex in every output.

Duality: if the multipliers l_i of an output satisfy sum_i l_i x_i = 0, then sum_i rho_i(R x_i) = sum_i (rho_i(R x_i) -
l_i R x_i) for every R, which is at least the sum of the smallest values of h_i(f) = rho_i(f) - l_i f. Where
h_i'(a) <= 0 <= h_i'(b) and a < b, the convex h_i is nowhere smaller than h_i(a) + h_i'(a) (b - a). The multipliers are
the derivatives at an approximate minimum, projected exactly; that and the points a, b are searched and not trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flint
from flint import arb, arb_mat, fmpq, fmpq_mat

from symproof.instances.loss import Loss, at

__all__ = ["GapBound", "gap_bound"]

PRECISION = 256
BITS = 64
"""Outputs and derivatives at the approximate minimum are rounded to so many bits after the point."""
ROUNDS = 60
DAMPINGS = (-40, -20, -8, -2, 2, 8, 16)
"""Powers of 2 that are added to the diagonal of the second derivatives."""
MOST_OUTPUTS = 2_000
"""Of all samples together."""
WIDTHS = tuple(fmpq(2) ** -k for k in (60, 48, 36, 24, 12, 6, 2, 0, -3, -8))
SCALES = (fmpq(1), *(1 - fmpq(2) ** -k for k in (40, 24, 12)))
"""The multipliers are made smaller where they have to stay below the slopes that the loss approaches."""
DIGITS = 20


@dataclass(frozen=True)
class GapBound:
    """A bound, and what shows it.

    Attributes:
        at_most: the loss is at most this above the smallest one of all products.
        multipliers: one row an output, one column a sample.
        left: the points a, in the same form.
        right: the points b.
    """

    at_most: fmpq
    multipliers: fmpq_mat
    left: fmpq_mat
    right: fmpq_mat


def gap_bound(loss: Loss, inputs: fmpq_mat, targets: fmpq_mat, value: arb | fmpq) -> GapBound | None:
    """Bound the gap of a point; None if no bound was found, as where the smallest loss is not attained.

    Args:
        loss: convex in the output, for every target.
        inputs: one column a sample.
        targets: the same; one row an output.
        value: the loss at the point, or a ball that holds it.
    """
    if len(targets.entries()) > MOST_OUTPUTS:
        return None
    basis = _basis(inputs)
    total, rows = arb(0), []
    for row in targets.tolist():
        found = _one_output(loss, inputs, basis, row)
        if found is None:
            return None
        bound, *parts = found
        with flint.ctx.workprec(PRECISION):
            total += bound
        rows.append(parts)
    with flint.ctx.workprec(PRECISION):
        above = (arb(value) - total).upper()
    if not above.is_finite():
        return None
    multipliers, left, right = (fmpq_mat([parts[k] for parts in rows]) for k in range(3))
    return GapBound(_rounded_up(max(above.fmpq(), fmpq(0))), multipliers, left, right)


def _basis(inputs: fmpq_mat) -> fmpq_mat | None:
    """Independent rows that span those of a matrix; None if all are 0."""
    echelon, rank = inputs.rref()
    return fmpq_mat(echelon.tolist()[:rank]) if rank else None


def _one_output(
    loss: Loss, inputs: fmpq_mat, basis: fmpq_mat | None, targets: Sequence[fmpq]
) -> tuple[arb, list[fmpq], list[fmpq], list[fmpq]] | None:
    """A lower bound of the smallest loss in one output, the multipliers, and the points around the minima."""
    outputs = _approximate_outputs(loss, inputs, targets)
    slopes = (
        None if outputs is None else [at(loss, "first", f, y, PRECISION) for f, y in zip(outputs, targets, strict=True)]
    )
    if outputs is None or slopes is None or any(s is None for s in slopes):
        return None
    projected = _projected([_rounded(s) for s in slopes if s is not None], basis)
    for scale in SCALES:
        multipliers = [scale * entry for entry in projected]
        around = [_least(loss, f, y, e) for f, y, e in zip(outputs, targets, multipliers, strict=True)]
        known = [each for each in around if each is not None]
        if len(known) == len(around):
            with flint.ctx.workprec(PRECISION):
                total = sum((bound for bound, _, _ in known), arb(0))
            return total, multipliers, [a for _, a, _ in known], [b for _, _, b in known]
    return None


def _projected(slopes: list[fmpq], basis: fmpq_mat | None) -> list[fmpq]:
    """The nearest vector that is orthogonal to the rows of the basis, exactly."""
    if basis is None:
        return slopes
    column = fmpq_mat(len(slopes), 1, slopes)
    inside = basis.transpose() * (basis * basis.transpose()).solve(basis * column)
    return list((column - inside).entries())


def _least(loss: Loss, f: fmpq, y: fmpq, multiplier: fmpq) -> tuple[arb, fmpq, fmpq] | None:
    """A lower bound of h = rho(., y) - multiplier * (.), and points a < b with h'(a) <= 0 <= h'(b)."""

    def slope(point: fmpq) -> arb:
        found = at(loss, "first", point, y, PRECISION)
        with flint.ctx.workprec(PRECISION):
            return arb("nan") if found is None else found - arb(multiplier)

    for width in WIDTHS:
        a, b = f - width, f + width
        if slope(a) <= 0 and slope(b) >= 0:
            break
    else:
        return None
    while b - a > WIDTHS[0] * 2:
        middle = (a + b) / 2
        here = slope(middle)
        if here <= 0:
            a = middle
        elif here >= 0:
            b = middle
        else:
            break
    value, last = at(loss, "value", a, y, PRECISION), slope(a)
    if value is None:
        return None
    with flint.ctx.workprec(PRECISION):
        return value - arb(multiplier * a) + last * arb(b - a), a, b


def _approximate_outputs(loss: Loss, inputs: fmpq_mat, targets: Sequence[fmpq]) -> list[fmpq] | None:
    """Outputs near those of the best linear map, by Newton's method with rising damping."""
    weights = [fmpq(0)] * inputs.nrows()
    samples = inputs.transpose()
    best = _outputs(samples, weights)
    for _ in range(ROUNDS):
        here = _total(loss, best, targets)
        for damping in DAMPINGS:
            step = _newton_step(loss, samples, best, targets, damping)
            if step is None or here is None:
                return best
            moved = [w - s for w, s in zip(weights, step, strict=True)]
            outputs = _outputs(samples, moved)
            there = _total(loss, outputs, targets)
            if there is not None and there < here:
                weights, best = moved, outputs
                break
        else:
            break
    return best


def _outputs(samples: fmpq_mat, weights: list[fmpq]) -> list[fmpq]:
    return [_rounded(arb(x)) for x in (samples * fmpq_mat(len(weights), 1, weights)).entries()]


def _total(loss: Loss, outputs: Sequence[fmpq], targets: Sequence[fmpq]) -> arb | None:
    values = [at(loss, "value", f, y, PRECISION) for f, y in zip(outputs, targets, strict=True)]
    with flint.ctx.workprec(PRECISION):
        return None if any(v is None for v in values) else sum((v.mid() for v in values if v is not None), arb(0))


def _newton_step(
    loss: Loss, samples: fmpq_mat, outputs: Sequence[fmpq], targets: Sequence[fmpq], damping: int
) -> list[fmpq] | None:
    pairs = list(zip(outputs, targets, strict=True))
    slopes, bends = ([at(loss, which, f, y, PRECISION) for f, y in pairs] for which in ("first", "second"))
    if any(x is None for x in (*slopes, *bends)):
        return None
    with flint.ctx.workprec(PRECISION):
        matrix = arb_mat(samples)
        gradient = matrix.transpose() * arb_mat(len(slopes), 1, [s.mid() for s in slopes if s is not None])
        weighted = arb_mat(
            [[x * b.mid() for x in row] for row, b in zip(matrix.tolist(), bends, strict=True) if b is not None]
        )
        curvature = matrix.transpose() * weighted
        for i in range(samples.ncols()):
            curvature[i, i] += arb(2) ** damping
        try:
            return [_rounded(x) for x in curvature.solve(gradient).entries()]
        except ZeroDivisionError:
            return None


def _rounded(value: arb) -> fmpq:
    """The midpoint of a finite ball, rounded; 0 for others."""
    if not value.is_finite():
        return fmpq(0)
    scaled = value.mid().fmpq() * 2**BITS
    return fmpq((scaled + fmpq(1, 2)).floor(), 2**BITS)


def _rounded_up(value: fmpq) -> fmpq:
    """A decimal that is larger, by a few of its last digits; at least 20 of them stand after the point."""
    digits = DIGITS
    while value != 0 and value * 10**digits < 10**6 and digits < 400:
        digits += DIGITS
    return fmpq((value * 10**digits).ceil() + 1, 10**digits)
