"""The hypotheses of two more theorems at numbers that are certified: the paper's own, and that on every activation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import flint
from flint import arb, fmpq

from symproof.instances.activation_jet import JetRefusal
from symproof.instances.ball_number import short_text
from symproof.instances.cauchy_bound import cauchy_constant
from symproof.instances.closed_form import number_of
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.smooth_conditions import CERTIFIED
from symproof.instances.smooth_minimum import SmoothInstance
from symproof.logic.term import Term

__all__ = ["decide_every", "decide_paper"]

RADII = tuple(fmpq(1, 2**k) for k in range(12))
PRECISION = 128


def decide_paper(instance: SmoothInstance) -> tuple[DecidedHypothesis, ...]:
    """The hypotheses of ``smooth.paper_spurious_minimum``, from those of ``smooth.spurious_minimum``.

    Jets are certified only where h is analytic: that it has derivatives of all orders is seen as that it has two.
    The bound on them at v1 and v2 is Cauchy's estimate.
    """
    known = {h.label: h for h in instance.hypotheses}
    bound, reason = _constant(instance.activation.term, instance.v)
    return (
        *(known[label] for label in ("proportional", "different", "value", "radius")),
        *(
            DecidedHypothesis(
                f"derivatives{j}", f"h has derivatives of all orders from v{j} - r to v{j} + r",
                known[f"derivative{j}"].holds, "h is analytic there: " + known[f"derivative{j}"].reason,
                trust=CERTIFIED,
            )
            for j in (1, 2)
        ),
        DecidedHypothesis(
            "analytic", "there is a C with |h^(q)(v_j)| <= C^q q! for q = 1, 2, ... and j = 1, 2",
            None if bound is None else True, reason, trust=CERTIFIED,
        ),
        known["corner"],
        known["determinant"],
    )  # fmt: skip


def _constant(term: Term, centers: Sequence[Term]) -> tuple[arb | None, str]:
    """C for all centers, from the largest disc on which there is a bound; or None, and why not."""
    reason = ""
    with flint.ctx.workprec(PRECISION):
        for radius in RADII:
            try:
                first, *others = (cauchy_constant(term, number_of(v), radius) for v in centers)
            except JetRefusal as refusal:
                reason = str(refusal)
                continue
            largest = arb(reduce(arb.max, others, first).upper())
            return largest, f"C = {short_text(largest)} by Cauchy's estimate, radius {radius}"
    return None, reason


def decide_every(instance: SmoothInstance) -> tuple[DecidedHypothesis, ...]:
    """The hypotheses of ``smooth.every_activation``, from those of ``smooth.bent_activation``: from v - r to v + r."""
    known = {h.label: h for h in instance.hypotheses}
    bend = known["bend"]
    smooth = known["continuous"]
    found = "a = v - r and b = v + r, "
    return (
        known["width"],
        DecidedHypothesis("interval", "a < b", known["radius"].holds, found + known["radius"].reason, trust=CERTIFIED),
        *(known[label] for label in ("derivative", "second")),
        DecidedHypothesis(
            "continuous", "h'' is continuous between a and b", smooth.holds, smooth.reason, trust=CERTIFIED
        ),
        DecidedHypothesis(
            "not_affine", "h is not affine between a and b", bend.holds, f"{bend.reason}, which is not 0",
            bend.witness, trust=CERTIFIED,
        ),
    )  # fmt: skip
