"""The proof of ``relu_like.convex_loss`` on the numbers of an instance: rationals, or balls around the fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import flint
from flint import fmpq

from symproof.instances.constructions import Constructions, Named, NamedValues, Value
from symproof.instances.convex_loss_minimum import BetterPoint, ConvexLossInstance
from symproof.instances.isolating_direction import Isolation, isolate
from symproof.instances.linear_algebra_constructions import LINEAR_ALGEBRA
from symproof.instances.loss import Loss, at, exact_at
from symproof.instances.relu_like_evaluation import bias_with_kink, moved_offset, moved_weights, smallest_entry
from symproof.instances.stationary_fit import Number, StationaryFit, enclose_stationary_fit, rational_midpoint
from symproof.instances.step_evaluation import EvaluatedStep, evaluate_steps
from symproof.instances.value_family import sampled_family, table, vector
from symproof.kernel.check import CheckResult
from symproof.kernel.evaluate import Undefined

__all__ = ["convex_loss_constructions", "convex_loss_values", "evaluate_convex_loss", "isolated", "sharp_fit"]

THEOREM = "relu_like.convex_loss"
CANDIDATE = "relu_like.loss_candidate"
KINK = "relu_like.kink"
ISOLATING = "relu_like.isolating_direction"
PRECISION = 512
"""The bits with which a fit that is not rational is enclosed for the steps."""
SHARES = (fmpq(9, 10), fmpq(-1, 2))
"""Parameters nearby are moved by so much of the radius, by amounts that look arbitrary for the second."""


def evaluate_convex_loss(instance: ConvexLossInstance, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    """Every step of the proof on the numbers of an instance whose hypotheses all hold; () otherwise.

    Raises InstanceContradictionError if a claim is false on the numbers.
    """
    fit, better = instance.fit, instance.better
    if fit is None or better is None:
        return ()
    isolation = isolated(instance, fit)
    if isolation is None:
        return ()
    values = convex_loss_values(instance, sharp_fit(instance, fit))
    return evaluate_steps(THEOREM, results, values, convex_loss_constructions(instance, better, isolation))


def isolated(instance: ConvexLossInstance, fit: StationaryFit) -> Isolation | None:
    """A direction that isolates the sample with the largest derivative."""
    index = max(range(len(fit.derivatives)), key=lambda i: abs(rational_midpoint(fit.derivatives[i])))
    return isolate(instance.dataset.table, index)


def sharp_fit(instance: ConvexLossInstance, fit: StationaryFit) -> StationaryFit:
    """The fit if it is exact, else enclosed anew in a small box; as it is if that fails."""
    if fit.is_exact or fit.precision >= PRECISION:
        return fit
    return enclose_stationary_fit(instance.dataset, instance.loss, fit.rational(), PRECISION) or fit


def convex_loss_values(instance: ConvexLossInstance, fit: StationaryFit) -> dict[str, Value]:
    """Values for the variables of the statement, by name."""
    data = instance.dataset
    return {
        "m": fmpq(data.sample_count),
        "dx": fmpq(data.feature_count),
        "d1": fmpq(instance.width),
        "x": table(data.features),
        "y": vector(data.targets),
        "h": instance.activation,
        "s_plus": instance.activation.s_plus,
        "s_minus": instance.activation.s_minus,
        "loss": _loss_function(instance.loss),
        "w": vector(fit.parameters[:-1]),
        "c": fit.parameters[-1],
        "r": vector(fit.derivatives),
    }


def _loss_function(loss: Loss) -> Callable[[Number, Number], Number]:
    def value(f: Number, y: Number) -> Number:
        if not isinstance(y, fmpq):
            raise Undefined(loss.parts[0].terms[0], "the target is not rational")
        exact = exact_at(loss, "value", f, y) if isinstance(f, fmpq) else None
        found = exact if exact is not None else at(loss, "value", f, y, int(flint.ctx.prec))
        if found is None:
            raise Undefined(loss.parts[0].terms[0], "the loss has no value there")
        return found

    return value


def convex_loss_constructions(instance: ConvexLossInstance, better: BetterPoint, isolation: Isolation) -> Constructions:
    """What the proof and the lemmas below obtain and take, on these numbers."""
    count = instance.dataset.sample_count
    alone = isolation.index + 1
    fixed: dict[tuple[str, str], Value] = {
        ("relu_like.differentiable_loss", "l"): fmpq(alone),
        (KINK, "o"): fmpq(alone),
        ("", "u"): better.outgoing,
        (CANDIDATE, "p"): vector(better.unit_weights),
        (CANDIDATE, "b"): better.unit_bias,
        (KINK, "p"): vector(isolation.direction),
        (KINK, "t"): 2 * isolation.distance,
        (KINK, "d"): 2 * isolation.distance,
        (ISOLATING, "p"): vector(isolation.direction),
    }
    computed: dict[tuple[str, str], Callable[[NamedValues], Value]] = {
        (KINK, "b"): bias_with_kink,
        (ISOLATING, "d"): smallest_entry,
        (ISOLATING, "t"): smallest_entry,
    }
    for name in (CANDIDATE, "relu_like.affine_region"):
        computed[name, "v"] = moved_weights
        computed[name, "e"] = moved_offset
    obtained = {**LINEAR_ALGEBRA, **{key: _constant(value) for key, value in fixed.items()}, **computed}
    taken: dict[tuple[str, str], Callable[[Named], Sequence[tuple[Value, ...]]]] = {
        ("", "V1 c1 V2 c2"): _neighbours,
        ("", "v e"): _affine_functions,
    }
    indices: dict[tuple[str, str], Callable[[Named], Sequence[int]]] = {
        ("", "i"): lambda _v: (alone,),
        ("", "j"): lambda _v: (alone,),
        ("linear_algebra.separating_direction", "n"): lambda _v: (count - 1,),
        ("calculus.positive_lower_bound", "n"): lambda _v: (count - 1,),
    }
    return Constructions(obtained, taken, indices)


def _constant(value: Value) -> Callable[[Named], Value]:
    return lambda _values: value


def _neighbours(values: Named) -> list[tuple[Value, ...]]:
    """Parameters closer than rho to W1, b1, W2, b2."""
    names = ("W1", "b1", "W2", "b2", "rho")
    if not all(name in values for name in names):
        return []
    w1, b1, w2, b2, rho = (values[name] for name in names)
    anyhow = sampled_family(1)
    up, across = (rho * share for share in SHARES)
    return [
        (lambda *at: w1(*at) + up, lambda k: b1(k) + up, lambda k: w2(k) + up, b2 + up),
        (
            lambda *at: w1(*at) + across * anyhow(*at) / 4,
            lambda k: b1(k) + across * anyhow(k) / 4,
            lambda k: w2(k) + across * anyhow(k) / 4,
            b2 + across / 4,
        ),
    ]


def _affine_functions(values: Named) -> list[tuple[Value, ...]]:
    """Affine functions to compare with: one that looks arbitrary, one close to the best."""
    w, c = values["w"], values["c"]
    return [(sampled_family(2), fmpq(-2, 3)), (lambda j: w(j) + fmpq(1, 1000), c - fmpq(1, 100))]
