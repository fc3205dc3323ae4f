"""Exact affine least squares on the diabetes data, ours and with plain SymPy matrices over Rational, in one run.

Both sides do the same linear algebra on matrices already built, X = (1, features): the products X^T X and X^T y, the
solution of the normal equations, the residuals X w - y and the exact risk. The results are compared before the times
are printed. Building the matrices is timed separately. SymPy is timed twice: with the integers it picks by itself
(those of python-flint, since it is installed here) and, in a child process, with Python's own integers.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sympy import Matrix, Rational
from sympy.external.gmpy import GROUND_TYPES

from symproof.instances.activation import parse_activation
from symproof.instances.csv_file import load_dataset
from symproof.instances.dataset import Dataset
from symproof.instances.least_squares import AffineFit, least_squares
from symproof.instances.rational import format_rational
from symproof.instances.relu_like_minimum import build_relu_like_instance

DATA = Path(__file__).parent.parent / "examples" / "diabetes.csv"
OUR_RUNS = 200
SYMPY_RUNS = 5

Result = TypeVar("Result")
SympyFit = tuple[Matrix, Matrix, Rational]


def best_time(runs: int, work: Callable[[], Result]) -> tuple[float, Result]:
    """Return the shortest of several times, in seconds, and the last result."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return min(times), result


def sympy_matrices(dataset: Dataset) -> tuple[Matrix, Matrix]:
    rows = [[Rational(1), *(Rational(int(v.p), int(v.q)) for v in row)] for row in dataset.features]
    return Matrix(rows), Matrix([Rational(int(v.p), int(v.q)) for v in dataset.targets])


def sympy_fit(design: Matrix, targets: Matrix) -> SympyFit:
    transposed = design.T
    weights = (transposed * design).LUsolve(transposed * targets)
    residuals = design * weights - targets
    return weights, residuals, (residuals.T * residuals)[0, 0] / 2


def agree(ours: AffineFit, theirs: SympyFit) -> bool:
    weights, residuals, risk = theirs
    our_numbers = [ours.intercept, *ours.weights, *ours.residuals(), ours.risk]
    return [format_rational(value) for value in our_numbers] == [str(value) for value in (*weights, *residuals, risk)]


def measure() -> None:
    dataset = load_dataset(DATA, "progression")
    our_building, table = best_time(20, lambda: load_dataset(DATA, "progression").table)
    our_time, ours = best_time(OUR_RUNS, lambda: least_squares(table))
    their_building, matrices = best_time(SYMPY_RUNS, lambda: sympy_matrices(dataset))
    their_time, theirs = best_time(SYMPY_RUNS, lambda: sympy_fit(*matrices))
    if not agree(ours, theirs):
        raise SystemExit("the two results differ")
    print(f"SymPy with {GROUND_TYPES} integers; {dataset.sample_count} samples, {dataset.feature_count} features")
    print(f"  file to table / matrices symproof {our_building * 1e3:7.3f} ms   SymPy {their_building * 1e3:7.2f} ms")
    print(f"  exact least squares     symproof {our_time * 1e3:7.3f} ms   SymPy {their_time * 1e3:7.2f} ms")
    with_building = (their_building + their_time) / (our_building + our_time)
    print(f"  ratio {their_time / our_time:.0f}; with building {with_building:.0f}", flush=True)


def main() -> None:
    measure()
    if GROUND_TYPES != "python":
        environment = {**os.environ, "SYMPY_GROUND_TYPES": "python"}
        subprocess.run([sys.executable, __file__], env=environment, check=True)
        dataset = load_dataset(DATA, "progression")
        activation = parse_activation("leaky_relu(1/10)")
        seconds, _ = best_time(2, lambda: build_relu_like_instance(dataset, activation, 3))
        print(f"whole instance, re-checked: {seconds * 1e3:.0f} ms")


if __name__ == "__main__":
    main()
