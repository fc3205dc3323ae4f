"""The proof of ``affine_piece.spurious_minimum`` on the numbers of an instance: values, constructions, samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flint import fmpq

from symproof.instances.affine_piece_minimum import AffinePieceInstance, AffinePieceMinimum
from symproof.instances.affine_piece_network import OutputsNetwork
from symproof.instances.constructions import Constructions, Named, Value
from symproof.instances.integer_table import integer_table
from symproof.instances.isolating_direction import Isolation, isolate
from symproof.instances.least_squares import AffineFit, least_squares
from symproof.instances.linear_algebra_constructions import LINEAR_ALGEBRA
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.step_evaluation import EvaluatedStep, evaluate_steps
from symproof.instances.value_family import sampled_family, table, vector
from symproof.kernel.check import CheckResult

__all__ = ["affine_piece_constructions", "affine_piece_values", "evaluate_affine_piece"]

MINIMUM = "affine_piece.spurious_minimum"
TAILS = "affine_piece.affine_tails"
EXPONENTIAL = "affine_piece.exponential_tail"
ISOLATING = "relu_like.isolating_direction"
MAPS = "affine_piece.best_affine_maps_exist"
NAMES = ("W1", "b1", "W2", "b2")
OTHER_NAMES = ("V1", "c1", "V2", "c2")
_PARTS = (fmpq(1, 4), fmpq(1, 2), fmpq(9, 10))
CHAPTER = tuple(
    f"affine_piece.{name}"
    for name in ("spurious_minimum", "spurious", "spurious_candidate", "candidate", "descent", "local_minimum",
                 "affine_region", "lowest_risk")
)  # fmt: skip


def evaluate_affine_piece(
    instance: AffinePieceInstance,
    results: Mapping[str, CheckResult],
    theorem: str = MINIMUM,
    parameters: Mapping[str, fmpq] | None = None,
) -> tuple[EvaluatedStep, ...]:
    """Every step of the proof on the numbers of an instance whose hypotheses all hold; () otherwise.

    Args:
        instance: the numbers.
        results: the check results of this run.
        theorem: whose proof: ``affine_piece.spurious_minimum``, or a theorem on one activation that applies it.
        parameters: the further variables of such a theorem.

    Raises InstanceContradictionError if a claim is false on the numbers.
    """
    found = instance.construction
    if found is None:
        return ()
    values = {**affine_piece_values(instance), **(parameters or {})}
    return evaluate_steps(theorem, results, values, affine_piece_constructions(instance, found, theorem))


def affine_piece_values(instance: AffinePieceInstance) -> dict[str, Value]:
    """Values for the variables of the statement, by name; families have 1-based indices."""
    data, piece = instance.outputs[0], instance.piece
    count, features, size = data.sample_count, data.feature_count, len(instance.outputs)
    entry, columns = data.table.entry, instance.targets

    def inputs(i: int, j: int) -> fmpq:
        return entry(i - 1, j) if 1 <= i <= count and 1 <= j <= features else fmpq(0)

    def targets(i: int, o: int) -> fmpq:
        return columns[o - 1][i - 1] if 1 <= i <= count and 1 <= o <= size else fmpq(0)

    return {
        "m": fmpq(count),
        "dx": fmpq(features),
        "dy": fmpq(size),
        "d1": fmpq(instance.width),
        "x": inputs,
        "Y": targets,
        "h": instance.activation,
        "s": piece.slope,
        "a": piece.offset,
        "lo": piece.low,
        "hi": piece.high,
    }


def affine_piece_constructions(
    instance: AffinePieceInstance, found: AffinePieceMinimum, theorem: str = MINIMUM
) -> Constructions:
    """What the proofs of the chapter and of the lemmas below obtain and take, on these numbers."""
    weights = table([fit.weights for fit in instance.fits])
    intercepts = vector([fit.intercept for fit in instance.fits])
    fits = _Fits(instance)
    better = dict(zip(OTHER_NAMES, _families(found.better_point), strict=True))
    candidates = _Candidates(instance, found)
    obtained: dict[tuple[str, str], Callable[[Named], Value]] = {
        (MAPS, "A"): _constant(weights),
        (MAPS, "c"): _constant(intercepts),
        (MAPS, "w"): lambda values: fits.of(values, int(values["n"]) + 1)[0],
        (MAPS, "b"): lambda values: fits.of(values, int(values["n"]) + 1)[1],
        ("relu_like.best_affine_exists", "q"): lambda values: fits.family(values["y"])[2],
        ("relu_like.best_affine_exists", "w"): lambda values: fits.family(values["y"])[0],
        ("relu_like.best_affine_exists", "c"): lambda values: fits.family(values["y"])[1],
        (MINIMUM, "n"): _constant(fmpq(found.seen + 1)),
    }
    for name in dict.fromkeys((*CHAPTER, theorem)):
        obtained |= {
            (name, "A"): _constant(weights),
            (name, "c"): _constant(intercepts),
            (name, "w"): _constant(vector(found.unit_weights)),
            (name, "b"): _constant(found.unit_bias),
            (name, "B"): _moved_weights,
            (name, "e"): _moved_intercepts,
            (name, "rho"): lambda values: _radius(values, instance),
            **{(name, key): _constant(value) for key, value in better.items()},
            **{(name, key): candidates.part(k) for k, key in enumerate(NAMES)},
        }
    third = instance.piece.low + (instance.piece.high - instance.piece.low) / 3
    betas = [(found.beta,), (third if third != found.beta else (third + found.beta) / 2,)]
    residuals = vector(instance.fits[found.seen].residuals())
    return Constructions(
        {**LINEAR_ALGEBRA, **obtained, **_of_the_tails(instance, found)},
        {
            ("", "beta"): _constant(betas),
            ("", "t"): _constant(
                [(instance.piece.low + part * (instance.piece.high - instance.piece.low),) for part in _PARTS]
            ),
            ("", "r"): _constant([(residuals,)]),
            ("", " ".join(OTHER_NAMES)): _Neighbours(instance, found),
            ("", "B e"): _constant(_affine_maps(weights, intercepts)),
        },
        {
            (MAPS, "n"): lambda _v: (len(instance.outputs) - 1,),
            ("", "o"): lambda _v: (found.seen + 1,),
            ("linear_algebra.separating_direction", "n"): lambda _v: (instance.outputs[0].sample_count - 1,),
            ("calculus.positive_lower_bound", "n"): lambda _v: (instance.outputs[0].sample_count - 1,),
            ("linear_algebra.least_squares", "n"): lambda _v: (instance.outputs[0].feature_count,),
        },
    )


def _of_the_tails(
    instance: AffinePieceInstance, found: AffinePieceMinimum
) -> dict[tuple[str, str], Callable[[Named], Value]]:
    """What the proofs obtain by which the activation is discriminatory."""
    table = instance.outputs[0].table
    kept: dict[int, Isolation | None] = {}

    def isolation(values: Named, name: str) -> Isolation:
        index = int(values[name]) - 1
        if index not in kept:
            kept[index] = isolate(table, index)
        alone = kept[index]
        if alone is None:
            raise InstanceMismatchError("the inputs are distinct, but one of them is not isolated by any direction")
        return alone

    def smallest(name: str) -> Callable[[Named], Value]:
        return lambda values: min(values[name](j) for j in range(1, int(values["m"]) + 1))

    return {
        (EXPONENTIAL, "g"): smallest("f"),
        (EXPONENTIAL, "t"): smallest("f"),
        (EXPONENTIAL, "w"): lambda values: values.get("F", vector(found.unit_weights)),
        (EXPONENTIAL, "b"): lambda values: values.get("b", found.unit_bias),
        (TAILS, "w"): _constant(vector(found.unit_weights)),
        (TAILS, "b"): _constant(found.unit_bias),
        (TAILS, "v"): lambda values: vector(isolation(values, "n").direction),
        (TAILS, "g"): lambda values: 2 * isolation(values, "n").distance,
        (TAILS, "p"): lambda values: vector(isolation(values, "n").direction),
        (TAILS, "d"): lambda values: 2 * isolation(values, "n").distance,
        (ISOLATING, "p"): lambda values: vector(isolation(values, "o").direction),
        (ISOLATING, "w"): lambda values: vector(isolation(values, "o").direction),
        (ISOLATING, "d"): smallest("a"),
        (ISOLATING, "t"): smallest("a"),
    }


def _constant(value: Value) -> Callable[[Named], Value]:
    return lambda _values: value


def _families(network: OutputsNetwork) -> tuple[Value, ...]:
    """The parameters of a network as families, 0 beyond its units."""
    return table(network.W1), vector(network.b1), table(network.W2), vector(network.b2)


class _Fits:
    """Least-squares fits of families of targets: (weights, intercept, both as one family)."""

    def __init__(self, instance: AffinePieceInstance) -> None:
        self._instance = instance
        self._known: dict[tuple[fmpq, ...], tuple[Value, Value, Value]] = {}

    def of(self, values: Named, output: int) -> tuple[Value, Value, Value]:
        """The fit of one output; of targets that are all 0 beyond the last."""
        return self.family(lambda i: values["Y"](i, output))

    def family(self, targets: Value) -> tuple[Value, Value, Value]:
        """The fit of any targets."""
        data = self._instance.outputs[0]
        column = tuple(targets(i) for i in range(1, data.sample_count + 1))
        if column not in self._known:
            fit = self._fit(column)
            self._known[column] = vector(fit.weights), fit.intercept, vector((*fit.weights, fit.intercept))
        return self._known[column]

    def _fit(self, column: tuple[fmpq, ...]) -> AffineFit:
        for known, fit in zip(self._instance.targets, self._instance.fits, strict=True):
            if tuple(known) == column:
                return fit
        features = self._instance.outputs[0].features
        columns = [[fmpq(1)] * len(column), *map(list, zip(*features, strict=True)), list(column)]
        return least_squares(integer_table(columns))


class _Candidates:
    """The parameters of the candidate of the proof for any beta: with each beta comes its own scale."""

    def __init__(self, instance: AffinePieceInstance, found: AffinePieceMinimum) -> None:
        self._instance, self._found = instance, found
        self._known: dict[fmpq, tuple[Value, ...]] = {}
        inputs = instance.outputs[0].features
        self._total = sum(
            (abs(sum(map(fmpq.__mul__, row, x), fmpq(0))) for x in inputs for row in found.inner), fmpq(0)
        )

    def part(self, position: int) -> Callable[[Named], Value]:
        """W1, b1, W2 or b2 for the beta among the values."""
        return lambda values: self(values)[position]

    def __call__(self, values: Named) -> tuple[Value, ...]:
        beta = values.get("beta", self._found.beta)
        if beta not in self._known:
            self._known[beta] = self._families(beta)
        return self._known[beta]

    def _families(self, beta: fmpq) -> tuple[Value, ...]:
        piece, found = self._instance.piece, self._found
        alpha = min(beta - piece.low, piece.high - beta) / (2 * (1 + self._total))
        inner, outer, zero = table(found.inner), table(found.outer), fmpq(0)
        shift = (piece.slope * beta + piece.offset) / (alpha * piece.slope)
        intercepts = [
            fit.intercept - shift * sum(row, zero) for fit, row in zip(self._instance.fits, found.outer, strict=True)
        ]
        return (
            lambda k, j: alpha * inner(k, j),
            lambda _k: beta,
            lambda o, k: outer(o, k) / (alpha * piece.slope),
            vector(intercepts),
        )


def _radius(values: Named, instance: AffinePieceInstance) -> fmpq:
    """How far the parameters among the values may move with all pre-activations inside the piece."""
    piece, inputs = instance.piece, instance.outputs[0].features
    found = None
    for x in inputs:
        norm = sum(map(abs, x), fmpq(1))
        for k in range(1, instance.width + 1):
            pre = values["b1"](k) + sum((values["W1"](k, j) * v for j, v in enumerate(x, 1)), fmpq(0))
            room = min(pre - piece.low, piece.high - pre) / norm
            found = room if found is None else min(found, room)
    return fmpq(1) if found is None else found


class _Neighbours:
    """Parameters closer than rho: all moved up, and up and down in turn; the same centre has the same neighbours."""

    def __init__(self, instance: AffinePieceInstance, found: AffinePieceMinimum) -> None:
        self._own, self._radius = _families(found.local_minimum), found.radius
        self._known: dict[tuple[Value, ...], list[tuple[Value, ...]]] = {}

    def __call__(self, values: Named) -> list[tuple[Value, ...]]:
        rho = values.get("rho", self._radius)
        own = tuple(values[n] for n in NAMES) if all(n in values for n in NAMES) else self._own
        if (rho, *own) not in self._known:
            self._known[rho, *own] = [_moved(own, step) for step in _steps(rho)]
        return self._known[rho, *own]


def _steps(rho: fmpq) -> list[Callable[..., fmpq]]:
    def in_turn(*index: int) -> fmpq:
        return rho / 2 if sum(map(int, index)) % 2 else -rho / 2

    def up(*_index: int) -> fmpq:
        return fmpq(9, 10) * rho

    return [in_turn, up]


def _moved(own: tuple[Value, ...], step: Callable[..., fmpq]) -> tuple[Value, ...]:
    w1, b1, w2, b2 = own
    return (
        lambda k, j: w1(k, j) + step(k, j),
        lambda k: b1(k) + step(k),
        lambda o, k: w2(o, k) + step(o, k),
        lambda o: b2(o) + step(o),
    )


def _affine_maps(weights: Value, intercepts: Value) -> Sequence[tuple[Value, ...]]:
    """Affine maps to compare with: the best one, one close to it, one that looks arbitrary."""
    return [
        (lambda o, j: weights(o, j) + fmpq(1, 1000), lambda o: intercepts(o) - fmpq(1, 100)),
        (weights, intercepts),
        (sampled_family(2), sampled_family(3)),
    ]


def _moved_weights(values: Named) -> Callable[[int, int], fmpq]:
    """The weights of the affine map that the moved network is on the samples."""
    units = range(1, int(values["d1"]) + 1)

    def weight(o: int, j: int) -> fmpq:
        return values["s"] * sum((values["V2"](o, k) * values["V1"](k, j) for k in units), fmpq(0))

    return weight


def _moved_intercepts(values: Named) -> Callable[[int], fmpq]:
    units = range(1, int(values["d1"]) + 1)

    def intercept(o: int) -> fmpq:
        parts = (values["V2"](o, k) * (values["s"] * values["c1"](k) + values["a"]) for k in units)
        return sum(parts, fmpq(0)) + values["c2"](o)

    return intercept
