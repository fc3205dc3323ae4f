"""``deep_linear.narrow_minimum`` with numbers: two inputs, one hidden unit, two outputs, and no other hypotheses.

The loss of layers v (a row) and u (a column) is ((u1 v1 - 2)^2 + (u2 v2 - 1)^2)/2 + 2 ((u1 v2)^2 + (u2 v1)^2). Numbers:
``widths``, ``weights`` and ``better_point`` (both layers), their losses ``loss`` and ``better_loss``, ``radius``.

Why no loss is below 2 closer than the radius rho to v = u^T = (0, 1): it is 2 plus
(u1 v1)^2/2 + (u2 v2 - 1)^2/2 + 2 (u1 v2 - s u2 v1)^2 + 2 s u1 v1 (2 u2 v2 - s) for s = 1 and for s = -1. Take the s for
which s u1 v1 >= 0: what is left is that 2 u2 v2 >= 1, and that is so if rho <= 1 and 2 (1 - rho)^2 >= 1.
"""

from __future__ import annotations

from collections.abc import Collection

from flint import fmpq, fmpq_mat

from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.refused import Refused

__all__ = ["LABELS", "check"]

LABELS = ("input", "hidden", "output")
"""The hypotheses of the theorem."""


def check(numbers: Numbers, _results: Collection[str], _verdict: str) -> Findings:
    """Decide again what is claimed of both points. Raises Refused if the numbers do not fit."""
    found, widths = Findings(), numbers.wholes("widths")
    if len(widths) != 3:
        raise Refused("the widths of three layers are wanted")
    found.holds = {label: width == wanted for label, width, wanted in zip(LABELS, widths, (2, 1, 2), strict=True)}
    minimum, better = (_layers(numbers, name) for name in ("weights", "better_point"))
    loss, lower, radius = (numbers.rational(name) for name in ("loss", "better_loss", "radius"))
    found.demand("the local minimum is that of the theorem", minimum == ([0, 1], [0, 1]))
    found.demand("the loss at the local minimum is 2, and as stated", _loss(*minimum) == loss == 2)
    found.demand("the loss at the better point is as stated", _loss(*better) == lower)
    found.demand("the loss at the better point is smaller", lower < loss)
    found.demand("no loss within the radius is smaller", 0 < radius <= 1 and 2 * (1 - radius) ** 2 >= 1)
    found.found += [f"loss {loss} at the local minimum, radius {radius}", f"loss {lower} at the better point"]
    return found


def _layers(numbers: Numbers, name: str) -> tuple[list[fmpq], list[fmpq]]:
    """The entries of the row and of the column."""
    layers: list[fmpq_mat] = numbers.matrices(name)
    if [(m.nrows(), m.ncols()) for m in layers] != [(1, 2), (2, 1)]:
        raise Refused(f"{name} has layers of other sizes")
    return layers[0].entries(), layers[1].entries()


def _loss(v: list[fmpq], u: list[fmpq]) -> fmpq:
    own = (u[0] * v[0] - 2) ** 2 + (u[1] * v[1] - 1) ** 2
    return own / 2 + 2 * ((u[0] * v[1]) ** 2 + (u[1] * v[0]) ** 2)
