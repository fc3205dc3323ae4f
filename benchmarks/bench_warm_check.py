"""Checking and listing the whole library: without a cache, with the cache of results alone, and with the index.

Every command runs in a process of its own, as a user starts it. Targets: a warm check under 1 s, a warm list under
0.5 s. The times depend on what else the machine does, so the ways take turns in one run.

Run: ``python benchmarks/bench_warm_check.py``.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
SYMPROOF = [sys.executable, "-m", "symproof"]


def seconds(*words: str) -> float:
    start = time.perf_counter()
    subprocess.run([*SYMPROOF, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        cache = str(Path(folder) / "cache")
        seconds("check", "--cache", cache)
        kept = ("--cache", cache)
        ways = {
            "check, nothing kept, 1 process": ("check", "--no-cache", "--jobs", "1"),
            "check, nothing kept, 2 processes": ("check", "--no-cache", "--jobs", "2"),
            "check, results kept, no index": ("check", *kept),
            "check, warm": ("check", *kept),
            "list, results kept, no index": ("list", *kept),
            "list, warm": ("list", *kept),
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, words in ways.items():
                if name.endswith("no index"):
                    shutil.rmtree(Path(cache) / "index", ignore_errors=True)
                times[name].append(seconds(*words))
    print(f"{'':32} median   best of {ROUNDS}")
    for name, found in times.items():
        print(f"{name:32} {statistics.median(found):.2f} s   {min(found):.2f} s")


if __name__ == "__main__":
    main()
