"""The proof of ``relu_like.paper_descent`` on the numbers of an instance: constructions for its lemmas."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import fmpq

from symproof.instances.constructions import Constructions, Named, Value
from symproof.instances.paper_point import PaperPoint
from symproof.instances.relu_like_evaluation import relu_like_constructions, relu_like_values
from symproof.instances.relu_like_minimum import ReluLikeInstance
from symproof.instances.step_evaluation import EvaluatedStep, evaluate_steps
from symproof.instances.value_family import table, vector
from symproof.kernel.check import CheckResult

__all__ = ["evaluate_paper", "paper_constructions"]

THEOREM = "relu_like.paper_descent"
SHIFTED = "relu_like.paper_descent_shifted"
UNSHIFTED = "relu_like.paper_descent_unshifted"
SPLIT = "relu_like.split"
SMALL_STEP = "calculus.small_step"


def evaluate_paper(
    instance: ReluLikeInstance, found: PaperPoint | None, results: Mapping[str, CheckResult]
) -> tuple[EvaluatedStep, ...]:
    """Every step of the proof on the numbers of an instance whose hypotheses all hold; () otherwise.

    Raises InstanceContradictionError if a claim is false on the numbers.
    """
    if found is None:
        return ()
    values = {
        **relu_like_values(instance),
        "w": vector(instance.fit.weights),
        "c": instance.fit.intercept,
    }
    return evaluate_steps(THEOREM, results, values, paper_constructions(instance, found))


def paper_constructions(instance: ReluLikeInstance, found: PaperPoint) -> Constructions:
    """What the proof and its lemmas obtain and take, on these numbers."""
    if instance.construction is None:
        return Constructions()
    base = relu_like_constructions(instance, instance.construction)
    isolation = instance.construction.isolation
    network = found.better_point
    fixed: dict[tuple[str, str], Value] = {
        **{(name, "p"): vector(found.direction) for name in (THEOREM, SHIFTED, UNSHIFTED)},
        **{(name, "tau"): found.shift for name in (THEOREM, SHIFTED, UNSHIFTED)},
        **{(name, "s"): found.threshold for name in (THEOREM, SHIFTED)},
        **{(name, "g"): found.bias for name in (THEOREM, SHIFTED, UNSHIFTED)},
        (SHIFTED, "T"): found.partial_sum,
        (SHIFTED, "kappa"): found.distance,
        (SHIFTED, "tau_0"): found.largest_shift,
        (SHIFTED, "t"): found.shift,
        (UNSHIFTED, "kappa"): found.distance,
        (UNSHIFTED, "t"): abs(found.bias),
        (SPLIT, "o"): fmpq(isolation.index + 1),
        (SPLIT, "p"): vector(isolation.direction),
        (SPLIT, "T"): found.partial_sum,
        (SPLIT, "kappa"): isolation.distance,
        (SPLIT, "d"): 2 * isolation.distance,
        (SPLIT, "tau_0"): found.largest_shift,
        ("", "V1"): table(network.W1),
        ("", "c1"): vector(network.b1),
        ("", "V2"): vector(network.W2),
        ("", "c2"): network.b2,
    }
    computed: dict[tuple[str, str], Callable[[Named], Value]] = {
        (SPLIT, "t"): lambda values: _lower_bound(values) if "B" in values else 2 * isolation.distance,
        (SPLIT, "s"): lambda values: _threshold(instance, found, values),
        (SMALL_STEP, "t"): lambda values: min(values["limit"], values["G"] / (values["B"] + 1)),
    }
    obtained = {**base.obtained, **{key: _constant(value) for key, value in fixed.items()}, **computed}
    samples = {**base.taken, (SPLIT, "tau"): lambda _v: [(found.largest_shift,), (found.largest_shift / 2,)]}
    return Constructions(obtained, samples, base.indices)


def _constant(value: Value) -> Callable[[Named], Value]:
    return lambda _values: value


def _lower_bound(values: Named) -> fmpq:
    """The smallest of the numbers B_1, ..., B_m."""
    return min(values["B"](j) for j in range(1, int(values["m"]) + 1))


def _threshold(instance: ReluLikeInstance, found: PaperPoint, values: Named) -> fmpq:
    """The threshold for a shift: as far from the isolated sample, relative to the shift, as that of the point."""
    if found.shift == 0 or instance.construction is None:
        return found.threshold
    own = instance.fitted[instance.construction.isolation.index]
    return own + values["tau"] * (found.threshold - own) / found.shift
