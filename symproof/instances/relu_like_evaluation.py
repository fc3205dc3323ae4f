"""The proof of ``relu_like.spurious_minimum`` on the numbers of an instance: values, constructions, samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from flint import fmpq

from symproof.instances.constructions import Constructions, Named, NamedValues, Value
from symproof.instances.linear_algebra_constructions import LINEAR_ALGEBRA
from symproof.instances.relu_like_minimum import ReluLikeInstance
from symproof.instances.relu_network import ReluNetwork
from symproof.instances.spurious_minimum import SpuriousMinimum
from symproof.instances.step_evaluation import EvaluatedStep, evaluate_steps
from symproof.instances.value_family import TableFamily, sampled_family, table, vector
from symproof.kernel.check import CheckResult
from symproof.logic.syntax import MinOver, Sum, family, function, integer

__all__ = [
    "bias_with_kink", "evaluate_relu_like", "moved_offset", "moved_weights", "relu_like_constructions",
    "relu_like_values", "smallest_entry",
]  # fmt: skip

CANDIDATE = "relu_like.spurious_candidate"
MINIMUM = "relu_like.spurious_minimum"
KINK = "relu_like.kink"
ISOLATING = "relu_like.isolating_direction"
NAMES = ("W1", "b1", "W2", "b2")
OTHER_NAMES = ("V1", "c1", "V2", "c2")
_M, _I = integer("m i")
_A, _R, _Q = family("a r q")
_H = function("h")
SMALL = 1_000
"""Data with at most so many entries are compared with three networks and affine functions nearby, others with two."""


def evaluate_relu_like(instance: ReluLikeInstance, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    """Every step of the proof on the numbers of an instance whose hypotheses all hold; () otherwise.

    The proof of ``relu_like.spurious_minimum`` takes the scale alpha = 1; for another scale the proof of
    ``relu_like.spurious_candidate`` is evaluated, which is about every scale.

    Raises InstanceContradictionError if a claim is false on the numbers.
    """
    found = instance.construction
    if found is None:
        return ()
    values = relu_like_values(instance)
    constructions = relu_like_constructions(instance, found)
    if instance.alpha == 1:
        return evaluate_steps(MINIMUM, results, values, constructions, instance.effort)
    more = {
        "w": vector(instance.fit.weights),
        "c": instance.fit.intercept,
        "alpha": instance.alpha,
        "eta": found.eta,
        **dict(zip(NAMES, _every_unit(found.local_minimum), strict=True)),
    }
    return evaluate_steps(CANDIDATE, results, {**values, **more}, constructions, instance.effort)


def _parameters(network: ReluNetwork) -> tuple[Value, ...]:
    """The parameters of a network as families, 0 beyond its units."""
    return table(network.W1), vector(network.b1), vector(network.W2), network.b2


def _every_unit(network: ReluNetwork) -> tuple[Value, ...]:
    """The parameters of the candidate; the proof defines them for all k, and all units but the first are alike."""

    def bias(k: int) -> fmpq:
        return network.b1[0 if k == 1 else 1]

    return table(network.W1), bias, vector(network.W2), network.b2


def relu_like_values(instance: ReluLikeInstance) -> dict[str, Value]:
    """Values for the variables of the statement, by name; families have 1-based indices."""
    data = instance.dataset
    return {
        "m": fmpq(data.sample_count),
        "dx": fmpq(data.feature_count),
        "d1": fmpq(instance.width),
        "x": TableFamily(data.table, 1, data.feature_count),
        "y": TableFamily(data.table, data.feature_count + 1),
        "h": instance.activation,
        "s_plus": instance.activation.s_plus,
        "s_minus": instance.activation.s_minus,
    }


def relu_like_constructions(instance: ReluLikeInstance, found: SpuriousMinimum) -> Constructions:
    """What the proofs of the chapter and of the lemmas below obtain and take, on these numbers."""
    count, features = instance.dataset.sample_count, instance.dataset.feature_count
    alone, tight = found.isolation.index + 1, found.tightest + 1
    few = 3 if count * features <= SMALL else 2
    below: dict[tuple[str, str], Callable[[Named], Sequence[int]]] = {
        ("", "i"): lambda _v: (alone, tight),
        ("", "j"): lambda _v: (alone, tight),
        ("linear_algebra.least_squares", "n"): lambda _v: (features,),
        ("linear_algebra.separating_direction", "n"): lambda _v: (count - 1,),
        ("calculus.positive_lower_bound", "n"): lambda _v: (count - 1,),
    }
    return Constructions(
        {**LINEAR_ALGEBRA, **_obtained(instance, found)},
        {
            ("", " ".join(OTHER_NAMES)): _Neighbours(found, few),
            ("", "v e"): _constant(_affine_functions(instance)[:few]),
        },
        below,
    )


def _obtained(
    instance: ReluLikeInstance, found: SpuriousMinimum
) -> dict[tuple[str, str], Callable[[NamedValues], Value]]:
    fit, isolation = instance.fit, found.isolation
    fixed: dict[tuple[str, str], Value] = {
        ("relu_like.best_affine_exists", "q"): vector((*fit.weights, fit.intercept)),
        ("relu_like.margin", "j"): fmpq(found.tightest + 1),
        (CANDIDATE, "p"): vector(found.unit_weights),
        (CANDIDATE, "b"): found.unit_bias,
        (KINK, "o"): fmpq(isolation.index + 1),
        (KINK, "p"): vector(isolation.direction),
        (KINK, "t"): 2 * isolation.distance,
        (KINK, "d"): 2 * isolation.distance,
        (ISOLATING, "p"): vector(isolation.direction),
        ("", "w"): vector(fit.weights),
        ("", "c"): fit.intercept,
        ("", "rho"): found.radius,
        **{("", name): value for name, value in zip(OTHER_NAMES, _parameters(found.better_point), strict=True)},
    }
    computed: dict[tuple[str, str], Callable[[NamedValues], Value]] = {
        (KINK, "b"): bias_with_kink,
        (ISOLATING, "d"): smallest_entry,
        (ISOLATING, "t"): smallest_entry,
    }
    for name in ("relu_like.local_minimum", "relu_like.affine_region"):
        computed[name, "v"] = moved_weights
        computed[name, "e"] = moved_offset
    return {**{key: _constant(value) for key, value in fixed.items()}, **computed}


def _constant(value: Value) -> Callable[[Named], Value]:
    return lambda _values: value


def smallest_entry(values: NamedValues) -> fmpq:
    """The smallest of the numbers a_1, ..., a_m."""
    found: fmpq = values.value(MinOver(_I, 1, _M, _A(_I)))
    return found


def bias_with_kink(values: NamedValues) -> fmpq:
    """One of the three biases of the second difference, at which phi is not 0."""
    q, d = values["q"], values["d"]
    centre = -q(int(values["o"]))

    def bends(bias: fmpq) -> bool:
        shift = Fraction(int(bias.p), int(bias.q))
        phi = values.value(Sum(_I, 1, _M, _R(_I) * _H(_Q(_I) + shift)))
        return phi is not None and bool(phi != 0)

    return next((b for b in (centre + d, centre - d, centre) if bends(b)), centre)


class _Neighbours:
    """Parameters closer than rho: all moved up, up and down in turn, and by shares that look arbitrary.

    The same centre has the same neighbours each time, so that what is computed of them is shared.
    """

    def __init__(self, found: SpuriousMinimum, count: int) -> None:
        self._count, self._radius, self._own = count, found.radius, _parameters(found.local_minimum)
        self._known: dict[tuple[Value, ...], list[tuple[Value, ...]]] = {}

    def __call__(self, values: Named) -> list[tuple[Value, ...]]:
        rho = values.get("rho", self._radius)
        own = tuple(values[n] for n in NAMES) if all(n in values for n in NAMES) else self._own
        if (rho, *own) not in self._known:
            self._known[rho, *own] = [_moved(own, step) for step in _steps(rho)[-self._count :]]
        return self._known[rho, *own]


def _steps(rho: fmpq) -> list[Callable[..., fmpq]]:
    arbitrary = sampled_family(1)

    def up(*_index: int) -> fmpq:
        return fmpq(9, 10) * rho

    def in_turn(*index: int) -> fmpq:
        return rho / 2 if sum(map(int, index)) % 2 else -rho / 2

    def anyhow(*index: int) -> fmpq:
        return rho * arbitrary(*index) / 5

    return [up, in_turn, anyhow]


def _moved(own: tuple[Value, ...], step: Callable[..., fmpq]) -> tuple[Value, ...]:
    w1, b1, w2, b2 = own
    return (
        lambda k, j: w1(k, j) + step(k, j),
        lambda k: b1(k) + step(k),
        lambda k: w2(k) + step(k),
        b2 + step(),
    )


def _affine_functions(instance: ReluLikeInstance) -> list[tuple[Value, ...]]:
    """Affine functions to compare with: the best one, one that looks arbitrary, one close to the best."""
    weights, intercept = vector(instance.fit.weights), instance.fit.intercept
    return [
        (weights, intercept),
        (sampled_family(2), fmpq(-2, 3)),
        (lambda j: weights(j) + fmpq(1, 1000), intercept - fmpq(1, 100)),
    ]


def moved_weights(values: Named) -> Callable[[int], fmpq]:
    """The weights of the affine function that the moved network is on the samples."""
    units = range(1, int(values["d1"]) + 1)

    def weight(j: int) -> fmpq:
        return values["s_plus"] * sum((values["V2"](k) * values["V1"](k, j) for k in units), fmpq(0))

    return weight


def moved_offset(values: Named) -> fmpq:
    """The intercept of the affine function that the moved network is on the samples."""
    units = range(1, int(values["d1"]) + 1)
    return values["s_plus"] * sum((values["V2"](k) * values["c1"](k) for k in units), fmpq(0)) + values["c2"]
