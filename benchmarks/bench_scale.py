"""``relu_like.spurious_minimum`` on generated data of growing size: seconds, peak memory and the certificate's size.

Usage: ``python benchmarks/bench_scale.py [--without-steps | --with-steps] [ROWS ...]`` (default 10000 100000; the table
of ``docs/large-data.md`` has 1000000 too). Each size runs in a process of its own, once without and once with the
evaluation of the proof on the numbers, as ``symproof instance`` does it. Seconds are those of the processor, so that
other programs on the machine change them little; everything runs on one core.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

SEED = 1802
FEATURES = 10
DEFAULT = (10_000, 100_000)
HEAD = ("rows", "steps", "read s", "certify s", "steps s", "peak MB", "certificate kB", "true", "not decided")
LINE = "{:>11} {:>6} {:>8} {:>10} {:>9} {:>8} {:>15} {:>6} {:>12}"


def write_data(file: Path, rows: int) -> None:
    """Distinct inputs with three decimals; an affine target with a bend along x1 and noise, two decimals."""
    source = random.Random(SEED)
    with file.open("w", encoding="utf-8") as stream:
        stream.write(",".join([*(f"x{j + 1}" for j in range(FEATURES)), "y"]) + "\n")
        for _ in range(rows):
            x = [source.randrange(-99_999, 100_000) for _ in range(FEATURES)]
            y = sum((j + 1) * v for j, v in enumerate(x)) // 10 + abs(x[0]) // 2 + source.randrange(-20_000, 20_000)
            stream.write(",".join([*(f"{v / 1000:.3f}" for v in x), f"{y / 100:.2f}"]) + "\n")


def run(file: Path, with_steps: bool) -> list[str]:
    """One size, in this process: the cells of its line after the first two."""
    from symproof.instances.csv_file import load_dataset
    from symproof.instances.instance_file import InstanceRequest
    from symproof.instances.instance_run import offer_of, plain_report, run_instance
    from symproof.library import load_library
    from symproof.library_check import check_library

    start = time.process_time()
    load_dataset(file, "y")
    read = time.process_time() - start
    words = {"data": str(file), "target": "y", "activation": "relu", "width": "3"}
    request = InstanceRequest("relu_like.spurious_minimum", words, file.parent)
    library = load_library(())
    checked = check_library(library, [request.theorem], lambda _: None)
    each = checked[request.theorem]
    offer = offer_of(request, {request.theorem: each.theorem})
    start = time.process_time()
    if not with_steps:
        if not all(h.holds for h in offer.hypotheses(offer.build(request))):
            raise SystemExit("the hypotheses do not hold")
        return [f"{read:.1f}", f"{time.process_time() - start - read:.1f}", "", f"{_peak():.0f}", "", "", ""]
    moments = [start]
    counted = replace(offer, evaluate=_timed(offer.evaluate, moments))
    report = run_instance(request, counted, {name: c.result for name, c in checked.items()}, each.trust, each.accepted)
    _, built, evaluated = moments
    size, counts = len(json.dumps(plain_report(report, each.theorem))) / 1000, report.counts()
    certified = f"{built - start - read:.1f}"
    done = [f"{size:.0f}", str(counts["true"]), str(counts["general"])]
    return [f"{read:.1f}", certified, f"{evaluated - built:.1f}", f"{_peak():.0f}", *done]


def _timed(evaluate: Callable[..., Any], moments: list[float]) -> Callable[..., Any]:
    """``evaluate``, noting when it starts and ends."""

    def timed(*args: Any) -> Any:
        moments.append(time.process_time())
        found = evaluate(*args)
        moments.append(time.process_time())
        return found

    return timed


def _peak() -> float:
    """The most memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(words: list[str]) -> None:
    if words[:1] == ["--file"]:
        print(*run(Path(words[1]), words[2] == "with"), sep="|")
        return
    kinds = ["without"] * ("--with-steps" not in words) + ["with"] * ("--without-steps" not in words)
    print(LINE.format(*HEAD))
    with tempfile.TemporaryDirectory() as folder:
        for rows in [int(word) for word in words if not word.startswith("-")] or DEFAULT:
            file = Path(folder) / f"{rows}.csv"
            write_data(file, rows)
            for kind in kinds:
                command = [sys.executable, __file__, "--file", str(file), kind]
                found = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
                print(LINE.format(f"{rows:,}", kind, *found.split("|")), flush=True)
            file.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
