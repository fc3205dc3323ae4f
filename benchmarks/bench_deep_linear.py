"""Deep linear networks: our exact classification, the same steps with SymPy's ``Matrix``, and with NumPy, in one run.

A point of a network with 5 layers of width 20 on 1000 samples, all numbers with three decimals. Every side computes the
products of layers, the gradient G of the loss at their product, the gradient in each layer, the loss and the smallest
loss of all products (normal equations). SymPy and we compute exactly, and the results are compared; NumPy rounds.
SymPy works with the integers it picks by itself (those of python-flint, since it is installed here).

Then, without SymPy: weights and samples in floating point, whose gap is bounded by the gradient; a saddle of the same
sizes with all that an instance does (points of smaller and larger loss beside it, and the second evaluation); and
Hessians. Times are CPU seconds of this process.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

import numpy as np
from flint import fmpq, fmpq_mat
from sympy import Matrix, Rational
from sympy.external.gmpy import GROUND_TYPES

from symproof.instances.deep_linear_gap import bound_gap, recheck_gap
from symproof.instances.deep_linear_hessian import hessian_at
from symproof.instances.deep_linear_network import DeepLinearNetwork, identity
from symproof.instances.deep_linear_point import classify
from symproof.instances.deep_linear_recheck import recheck
from symproof.instances.rational import format_rational

WIDTH, LAYERS, SAMPLES = 20, 5, 1000
RADIUS = fmpq(1, 100)
Result = TypeVar("Result")


def timed(runs: int, work: Callable[[], Result]) -> tuple[float, Result]:
    """The shortest of several times, in seconds, and the last result."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        result = work()
        times.append(time.process_time() - start)
    return min(times), result


def decimals(rows: int, columns: int, chosen: random.Random) -> fmpq_mat:
    return fmpq_mat(rows, columns, [fmpq(chosen.randint(-999, 999), 1000) for _ in range(rows * columns)])


def any_point(chosen: random.Random) -> DeepLinearNetwork:
    weights = tuple(decimals(WIDTH, WIDTH, chosen) for _ in range(LAYERS))
    return DeepLinearNetwork(decimals(WIDTH, SAMPLES, chosen), decimals(WIDTH, SAMPLES, chosen), weights)


def float_point(chosen: random.Random) -> DeepLinearNetwork:
    """Numbers of 53 bits."""

    def floats(rows: int, columns: int, size: float) -> fmpq_mat:
        entries = [chosen.gauss(0, size) for _ in range(rows * columns)]
        return fmpq_mat(rows, columns, [fmpq(*x.as_integer_ratio()) for x in entries])

    weights = tuple(floats(WIDTH, WIDTH, 0.3) for _ in range(LAYERS))
    return DeepLinearNetwork(floats(WIDTH, SAMPLES, 1), floats(WIDTH, SAMPLES, 1), weights)


def saddle(sizes: list[int], samples: int, missing: int, chosen: random.Random) -> DeepLinearNetwork:
    """Two layers do not let some directions of the teacher through; other coordinates inside hide that."""
    layers = [fmpq_mat(after, before) for before, after in pairwise(sizes)]
    for i in range(min(sizes[0], sizes[-1])):
        zero = chosen.sample(range(len(layers)), 2) if i < missing else []
        for j, layer in enumerate(layers):
            layer[i, i] = fmpq(0) if j in zero else fmpq(chosen.randint(5, 20), 10)
    turns = [identity(sizes[0]), *(mixing(size, chosen) for size in sizes[1:-1]), identity(sizes[-1])]
    weights = tuple(turns[j + 1] * w * turns[j].inv() for j, w in enumerate(layers))
    product = weights[0]
    for layer in weights[1:]:
        product = layer * product
    taught = fmpq_mat(product)
    for i in range(missing):
        taught[i, i] = taught[i, i] + fmpq(7, 5)
    scales = [fmpq((-1) ** k * (k // sizes[0] + 3), 10) for k in range(samples)]
    inputs = fmpq_mat(sizes[0], samples)
    for k, scale in enumerate(scales):
        inputs[k % sizes[0], k] = scale
    return DeepLinearNetwork(inputs, taught * inputs, weights)


def mixing(size: int, chosen: random.Random) -> fmpq_mat:
    """A lower triangular matrix times an upper one, with ones on the diagonals."""
    lower, upper = identity(size), identity(size)
    for i in range(size):
        for j in range(i):
            lower[i, j], upper[j, i] = (fmpq(chosen.randint(-3, 3), 10) for _ in range(2))
    return lower * upper


def ours(network: DeepLinearNetwork) -> tuple[list[fmpq_mat], fmpq, fmpq]:
    point = classify(DeepLinearNetwork(network.inputs, network.targets, network.weights), RADIUS)
    return list(point.gradients), point.network.loss, point.best_network.loss


def sympy_matrix(matrix: fmpq_mat) -> Matrix:
    return Matrix([[Rational(int(x.p), int(x.q)) for x in row] for row in matrix.tolist()])


def sympy_steps(inputs: Matrix, targets: Matrix, weights: list[Matrix]) -> tuple[list[Matrix], Rational, Rational]:
    """The same steps, with each product once."""
    count = len(weights)
    prefixes, suffixes = [weights[0]], [weights[-1]]
    for layer in weights[1:]:
        prefixes.append(layer * prefixes[-1])
    for layer in reversed(weights[:-1]):
        suffixes.append(suffixes[-1] * layer)
    residual = prefixes[-1] * inputs - targets
    gradient = residual * inputs.T
    found = []
    for j in range(count):
        block = gradient if j == count - 1 else suffixes[count - 2 - j].T * gradient
        found.append(block if j == 0 else block * prefixes[j - 1].T)
    best = (inputs * inputs.T).LUsolve(inputs * targets.T).T
    least = best * inputs - targets
    return found, (residual * residual.T).trace() / 2, (least * least.T).trace() / 2


def numpy_steps(inputs: np.ndarray, targets: np.ndarray, weights: list[np.ndarray]) -> list[np.ndarray]:
    prefixes, suffixes = [np.eye(WIDTH)], [np.eye(WIDTH)]
    for layer in weights:
        prefixes.append(layer @ prefixes[-1])
    for layer in reversed(weights):
        suffixes.append(suffixes[-1] @ layer)
    residual = prefixes[-1] @ inputs - targets
    gradient = residual @ inputs.T
    best = np.linalg.lstsq(inputs.T, targets.T, rcond=None)[0].T
    least = best @ inputs - targets
    found = [suffixes[len(weights) - 1 - j].T @ gradient @ prefixes[j].T for j in range(len(weights))]
    return [*found, np.array([(residual**2).sum() / 2, (least**2).sum() / 2])]


def floats(matrix: fmpq_mat) -> np.ndarray:
    return np.array([[int(x.p) / int(x.q) for x in row] for row in matrix.tolist()])


def agree(
    gradients: list[fmpq_mat], losses: tuple[fmpq, fmpq], theirs: tuple[list[Matrix], Rational, Rational]
) -> bool:
    blocks, *numbers = theirs
    pairs = zip(gradients, blocks, strict=True)
    same = all([format_rational(x) for x in g.entries()] == [str(x) for x in block] for g, block in pairs)
    return same and [format_rational(x) for x in losses] == [str(x) for x in numbers]


def main() -> None:
    chosen = random.Random(1)
    network = any_point(chosen)
    our_time, (gradients, loss, least) = timed(5, lambda: ours(network))
    matrices = (network.inputs, network.targets, *network.weights)
    inputs, targets, *weights = [sympy_matrix(m) for m in matrices]
    sympy_time, theirs = timed(1, lambda: sympy_steps(inputs, targets, weights))
    if not agree(gradients, (loss, least), theirs):
        raise SystemExit("the two results differ")
    x, y, *layers = [floats(m) for m in matrices]
    numpy_time, _ = timed(20, lambda: numpy_steps(x, y, layers))
    print(f"{LAYERS} layers of width {WIDTH}, {SAMPLES} samples, three decimals; SymPy with {GROUND_TYPES} integers")
    print(f"  products, gradients, losses, normal equations: symproof {our_time:.4f} s, SymPy {sympy_time:.2f} s")
    print(
        f"  SymPy takes {sympy_time / our_time:.0f} times as long; NumPy {numpy_time * 1e3:.2f} ms, without exactness:"
    )
    print(f"  symproof takes {our_time / numpy_time:.0f} times as long as that", flush=True)

    trained = float_point(chosen)
    bound_time, bounded = timed(1, lambda: bound_gap(trained))
    check_time, _ = timed(1, lambda: recheck_gap(bounded))
    print(f"floats of these sizes: the gap bounded by the gradient in every layer in {bound_time:.2f} s,")
    print(f"  evaluated again in {check_time:.2f} s", flush=True)

    start = saddle([WIDTH] * (LAYERS + 1), SAMPLES, 5, chosen)
    saddle_time, point = timed(1, lambda: classify(start, RADIUS))
    check_time, _ = timed(1, lambda: recheck(point))
    print(f"a {point.classification} of these sizes: classified with points nearby in {saddle_time:.2f} s,")
    print(f"  evaluated again in {check_time:.2f} s", flush=True)

    for sizes in ([6, 8, 8, 8, 6], [9, 9, 9, 9, 9], [20, 10, 10]):
        small = saddle(sizes, 60, 3, chosen)
        hessian_time, found = timed(1, lambda small=small: hessian_at(small))
        if found is None:
            raise SystemExit("a Hessian was left out")
        counts = found.inertia
        print(f"Hessian of {found.matrix.nrows()} parameters, widths {sizes}: {hessian_time:.2f} s; eigenvalues")
        print(f"  {counts.positive} positive, {counts.negative} negative, {counts.zero} zero", flush=True)


if __name__ == "__main__":
    main()
