"""Checking the whole library with the kernel, and deciding its certificate again with the re-checker, side by side.

The certificate is written once. Each way runs in a process of its own; the times are processor times of that process,
without its imports' share told apart. They depend on what else the machine does, so the ways take turns in one run.
Target: deciding again takes at most twice as long as checking.

Run: ``python benchmarks/bench_verify.py``.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 3
SYMPROOF = [sys.executable, "-m", "symproof"]


def seconds(*words: str) -> float:
    """The processor time of a command and its children. Raises CalledProcessError unless it exits with 0."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "library.json")
        exported = seconds(*SYMPROOF, "export", "certificate", "--all", "--output", file)
        ways = {
            "check, nothing kept, 1 process": [*SYMPROOF, "check", "--no-cache", "--jobs", "1"],
            "decide the certificate again": [sys.executable, "-m", "symproof.recheck", file],
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, words in ways.items():
                times[name].append(seconds(*words))
        size = Path(file).stat().st_size
    print(f"certificate: {size / 1e6:.1f} MB, written in {exported:.1f} s")
    print(f"{'':32} median   best of {ROUNDS} (processor time)")
    for name, found in times.items():
        print(f"{name:32} {statistics.median(found):.1f} s   {min(found):.1f} s")
    check, again = (statistics.median(found) for found in times.values())
    print(f"ratio: {again / check:.2f}")


if __name__ == "__main__":
    main()
