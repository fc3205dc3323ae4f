"""One row of a sweep: put its numbers into the theorem and say in plain data what came out."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from symproof.engine.check_cache import CheckCache
from symproof.engine.check_options import CheckOptions
from symproof.engine.parallel_check import check_with_engine
from symproof.engine.worker_pool import Report
from symproof.errors import InputError
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.instance_run import offer_of, run_instance
from symproof.instances.offer import InstanceOffer
from symproof.library import Library, load_library
from symproof.library_check import CheckedTheorem, check_library, standing

__all__ = ["checked_once", "row_answer"]

MAX_CELL = 200


@lru_cache(maxsize=4)
def checked_once(
    theorem: str, paths: tuple[str, ...], about: str, cache: str = ""
) -> tuple[Library, Mapping[str, CheckedTheorem]]:
    """The library, and the theorem checked with all it rests on; once in a process.

    The engine checks it, under the limits for a step. Only a worker that did not inherit the check (of a Dask cluster,
    or where processes are spawned) and may start no processes itself checks it without.

    Args:
        theorem: its id.
        paths: modules of the user's.
        about: the hash of what it depends on, so that a process that stays checks again when that changes.
        cache: the folder where accepted results are kept; empty for no cache.
    """
    library = load_library(paths)
    library.require([theorem])
    offer = library.theorems[theorem].extra.get("instance")
    more = offer.rests_on if isinstance(offer, InstanceOffer) else ()
    if multiprocessing.current_process().daemon:
        return library, check_library(library, [theorem, *more])
    options = CheckOptions(cache=CheckCache(Path(cache)) if cache else None, paths=paths)
    return library, check_with_engine(library, [theorem, *more], options=options)


def row_answer(task: Any, report: Report = lambda _: None) -> dict[str, Any]:
    """Run one row.

    Args:
        task: the id of the theorem, the paths, the hash of what it depends on, the folder of the cache, the parameters,
            the folder from which relative paths start, a name.
        report: told when the numbers' turn comes.

    Returns:
        ``status`` (certified, not_applicable, undecided, bad_input or failed), ``trust``, ``reason`` and ``result``.
    """
    theorem, paths, about, cache, parameters, base_dir, name = task
    library, checked = checked_once(theorem, tuple(paths), about, cache)
    report(name)
    request = InstanceRequest(theorem, parameters, Path(base_dir), name)
    each = checked[theorem]
    try:
        offer = offer_of(request, library.theorems)
        trust, accepted = standing(checked, (theorem, *offer.rests_on))
        results = {key: c.result for key, c in checked.items()}
        found = run_instance(request, offer, results, trust, accepted)
    except InputError as error:
        return {"status": "bad_input", "trust": each.trust, "reason": str(error), "result": {}}
    except MemoryError:
        raise
    except Exception as error:  # one row that fails must not hide the others
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return {"status": "failed", "trust": each.trust, "reason": reason[:1000], "result": {}}
    broken = [h for h in found.hypotheses if h.holds is not True]
    reason = "; ".join(f"{h.label}: {h.reason}" for h in broken)
    if not accepted:
        reason = f"the proof is undecided: {each.undecided}" if each.undecided else "the proof was not accepted"
    cells = {key: value for key, value in found.result.items() if isinstance(value, str) and len(value) <= MAX_CELL}
    return {"status": found.verdict, "trust": found.trust, "reason": reason[:1000], "result": cells}
