"""The atlas of activations: all rows on two processes, and each on its own.

Targets: the 18 rows of the smooth activations on two processes under 30 s; a row typically under 2 s. The theorems are
checked before the clock starts. The wall-clock time depends on what else the machine does, the processor time less.

Run: ``python benchmarks/bench_atlas.py``.
"""

from __future__ import annotations

import statistics
import time

from symproof.cli.check_options import check_options
from symproof.engine.atlas import atlas_rows
from symproof.engine.atlas_part import theorems_of_the_atlas
from symproof.engine.parallel_check import check_with_engine
from symproof.instances.atlas_activations import ATLAS_ACTIVATIONS
from symproof.library import load_library

SMOOTH = 18
"""So many rows are named smooth activations; those after them are affine on pieces."""


def main() -> None:
    library = load_library()
    checked = check_with_engine(library, theorems_of_the_atlas(library), options=check_options(()))
    for count in (SMOOTH, len(ATLAS_ACTIVATIONS)):
        for workers in (1, 2):
            start = time.perf_counter()
            rows = atlas_rows(ATLAS_ACTIVATIONS[:count], library, checked, workers=workers)
            spent = time.perf_counter() - start
            each = [row.seconds for row in rows]
            print(f"{count} rows, {workers} process(es): {spent:.1f} s; processor time {sum(each):.1f} s")
    print(f"a row: median {statistics.median(each):.2f} s, most {max(each):.2f} s of processor time")
    for row in rows:
        print(f"  {row.title:20} {row.seconds:6.2f} s  {row.applies}")


if __name__ == "__main__":
    main()
