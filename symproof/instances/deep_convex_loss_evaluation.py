"""The proof of ``relu_like.any_depth_convex_loss`` on the numbers of an instance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flint import fmpq

from symproof.instances.convex_loss_evaluation import (
    convex_loss_constructions,
    convex_loss_values,
    isolated,
    sharp_fit,
)
from symproof.instances.deep_convex_loss import DeepConvexLossInstance
from symproof.instances.deep_evaluation import layered_constructions
from symproof.instances.stationary_fit import rational_midpoint
from symproof.instances.step_evaluation import EvaluatedStep, evaluate_steps
from symproof.instances.value_family import vector
from symproof.kernel.check import CheckResult

__all__ = ["evaluate_deep_convex_loss"]

THEOREM = "relu_like.any_depth_convex_loss"
CANDIDATE = "relu_like.deep_loss_candidate"


def evaluate_deep_convex_loss(
    instance: DeepConvexLossInstance, results: Mapping[str, CheckResult]
) -> tuple[EvaluatedStep, ...]:
    """Every step of the proof on the numbers of an instance whose hypotheses all hold; () otherwise.

    Raises InstanceContradictionError if a claim is false on the numbers.
    """
    first, found = instance.first, instance.construction
    if first.fit is None or first.better is None or found is None:
        return ()
    isolation = isolated(first, first.fit)
    if isolation is None:
        return ()
    fit = sharp_fit(first, first.fit)
    values = {k: v for k, v in convex_loss_values(first, fit).items() if k not in ("dx", "d1")}
    sizes = (first.dataset.feature_count, *instance.widths)
    values |= {"L": fmpq(len(instance.widths)), "d": lambda n: fmpq(sizes[n] if 0 <= n < len(sizes) else 0)}
    base = convex_loss_constructions(first, first.better, isolation)
    lowest = min(range(len(fit.fitted)), key=lambda i: rational_midpoint(fit.fitted[i]))
    unit = (vector(first.better.unit_weights), first.better.unit_bias)
    alone = fmpq(isolation.index + 1)
    base = replace(base, obtained={**base.obtained, (THEOREM, "o"): lambda _values: alone})
    constructions = layered_constructions(base, (CANDIDATE,), unit, found.radius, lowest)
    return evaluate_steps(THEOREM, results, values, constructions)
