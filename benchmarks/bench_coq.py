"""What it costs to let Coq decide the statements of some results, beside checking them (processor time).

``check`` is the kernel with the searches for evidence, without the cache; ``Coq`` compiles their lemmas, one process
after the other, with the preamble.

Run: ``python benchmarks/bench_coq.py [ID]...``; ``make coq`` has the figures of the whole library.
"""

from __future__ import annotations

import resource
import shutil
import sys
import time

from symproof.export.coq.coqc import check_folder
from symproof.export.coq.folder import coq_folder
from symproof.export.coq.obligation import obligations_of
from symproof.library import load_library

SOME = ("optimization.fermat", "calculus.first_difference", "relu_like.margin", "linear_algebra.cauchy_schwarz")


def main() -> None:
    """Print a row for each result."""
    if shutil.which("coqc") is None:
        print("no Coq is installed: nothing to compare")
        return
    library = load_library()
    print(f"{'result':32} {'statements':>10} {'lemmas':>7} {'confirmed':>10} {'check':>8} {'Coq':>8}")
    for name in library.require(sys.argv[1:] or SOME):
        start = time.process_time()
        _, obligations = obligations_of(library.theorems[name], library.theorems)
        checking = time.process_time() - start
        found = coq_folder(obligations)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        confirmed, _ = check_folder(found, workers=1)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        deciding = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        counts = f"{len(obligations):10} {len(found.entries):7} {len(confirmed):10}"
        print(f"{name:32} {counts} {checking:6.1f} s {deciding:6.1f} s")


if __name__ == "__main__":
    main()
