"""Deciding the certificate of the whole library again, against checking the library, in one run (processor time).

``check`` is the kernel with the searches for evidence, without the cache; the re-checker has the evidence, but no part
of the kernel. It runs as a process of its own, whose start and reading of the file count.

Run: ``python benchmarks/bench_recheck.py``.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from symproof.export.certificate import certificate, certificate_text
from symproof.library import load_library
from symproof.library_check import check_library


def main() -> None:
    """Print both times, their ratio, and the size of the certificate."""
    library = load_library()
    start = time.process_time()
    checked = check_library(library)
    checking = time.process_time() - start
    start = time.process_time()
    text = certificate_text(certificate(list(library.theorems), checked))
    writing = time.process_time() - start
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "library.json"
        file.write_text(text)
        words = [sys.executable, "-m", "symproof.recheck", "--json", str(file)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    again = used.ru_utime + used.ru_stime
    found = json.loads(done.stdout)
    print(
        f"check: {len(checked)} results in {checking:.1f} s; certificate: {len(text) / 1e6:.1f} MB in {writing:.1f} s"
    )
    print(f"re-checker: {found['verdict']}, {found['steps']} steps, {len(found['refused'])} refused,", end=" ")
    print(f"{len(found['not_rechecked'])} not re-checked, in {again:.1f} s ({used.ru_maxrss / 1024:.0f} MB)")
    print(f"ratio re-check / check: {again / checking:.2f}")


if __name__ == "__main__":
    main()
