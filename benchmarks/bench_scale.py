"""``relu_like.spurious_minimum`` on generated data of growing size: seconds and peak memory, each size on its own.

Usage: ``python benchmarks/bench_scale.py [--steps] [ROWS ...]`` (default 10000 100000). Each size runs in a process of
its own. ``--steps`` also evaluates the proof on the numbers, as ``symproof instance`` does.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = 1802
FEATURES = 10
DEFAULT = (10_000, 100_000)


def write_data(file: Path, rows: int) -> None:
    """Distinct inputs with three decimals; an affine target with a bend along x1 and noise, two decimals."""
    source = random.Random(SEED)
    with file.open("w", encoding="utf-8") as stream:
        stream.write(",".join([*(f"x{j + 1}" for j in range(FEATURES)), "y"]) + "\n")
        for _ in range(rows):
            x = [source.randrange(-99_999, 100_000) for _ in range(FEATURES)]
            y = sum((j + 1) * v for j, v in enumerate(x)) // 10 + abs(x[0]) // 2 + source.randrange(-20_000, 20_000)
            stream.write(",".join([*(f"{v / 1000:.3f}" for v in x), f"{y / 100:.2f}"]) + "\n")


def run(file: Path, with_steps: bool) -> str:
    """One size, in this process."""
    from symproof.instances.activation import parse_activation
    from symproof.instances.csv_file import load_dataset
    from symproof.instances.relu_like_minimum import build_relu_like_instance

    start = time.perf_counter()
    dataset = load_dataset(file, "y")
    read = time.perf_counter()
    instance = build_relu_like_instance(dataset, parse_activation("relu"), 3)
    built = time.perf_counter()
    if instance.construction is None:
        raise SystemExit("the hypotheses do not hold")
    words = f"read {read - start:7.1f} s   certify {built - read:7.1f} s"
    if with_steps:
        from symproof.instances.relu_like_evaluation import evaluate_relu_like
        from symproof.library import load_library
        from symproof.library_check import check_library

        checked = check_library(load_library(()), ["relu_like.spurious_minimum"], lambda _: None)
        start = time.perf_counter()
        evaluate_relu_like(instance, {name: c.result for name, c in checked.items()})
        words += f"   steps {time.perf_counter() - start:7.1f} s"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{words}   peak memory {peak:6.0f} MB"


def main(words: list[str]) -> None:
    if words[:1] == ["--file"]:
        print(run(Path(words[1]), "--steps" in words))
        return
    sizes = [int(word) for word in words if word != "--steps"] or DEFAULT
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            file = Path(folder) / f"{rows}.csv"
            write_data(file, rows)
            command = [sys.executable, __file__, "--file", str(file), *(["--steps"] if "--steps" in words else [])]
            found = subprocess.run(command, check=True, capture_output=True, text=True)
            print(f"{rows:>9,} x {FEATURES}   {found.stdout.strip()}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
