"""Checking many results: what the cache holds is taken from there, the rest is checked by workers under limits.

A check needs the statements of the results below, not their proofs, so all can run at once. What they are worth
together is computed in the calling process, from the graph of this run (``library_check``).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from symproof.engine.check_cache import CheckCache
from symproof.engine.check_options import CheckOptions
from symproof.engine.content_key import content_keys
from symproof.engine.limits import Limits
from symproof.engine.plain_data import NotPlainError, decode_result, encode_result
from symproof.engine.worker_pool import Outcome, Report, run_all, start_method
from symproof.kernel.check import CheckResult
from symproof.kernel.diagnostic import Diagnostic
from symproof.library import Library, load_library
from symproof.library_check import CheckedTheorem, all_needed, check_library, check_one
from symproof.proof.step import Source, Step
from symproof.proof.theorem import Theorem, walk
from symproof.tactics.evidence_search import EvidenceTable

__all__ = ["CheckOptions", "check_with_engine", "only_undecided"]

_LIMIT_CODES = {"time": "SP-LIMIT-001", "memory": "SP-LIMIT-002", "died": "SP-LIMIT-003"}
"""The codes of the diagnostics that say that nothing was decided, by what happened."""

Results = dict[str, tuple[CheckResult, float]]
"""What was said of each theorem, and in how many seconds of processor time."""


def check_with_engine(
    library: Library,
    ids: Iterable[str] | None = None,
    progress: Callable[[str], None] | None = None,
    options: CheckOptions | None = None,
) -> Mapping[str, CheckedTheorem]:
    """Check results and all that they rest on, in parallel, under limits and from the cache.

    The evidence of results that were not checked in this process is not brought back; ``check_library`` keeps it.

    Args:
        library: where they are.
        ids: which; all of them if None.
        progress: called with the name of each result once it is decided.
        options: how.

    Raises:
        InputError: there is no result of that name.
    """
    options = options or CheckOptions()
    tell = progress or (lambda _: None)
    wanted = all_needed(library, ids)
    keys = content_keys({n: library.theorems[n] for n in wanted}) if options.cache is not None else {}
    found = _from_cache(library, wanted, keys, options.cache, tell)
    left = sorted((n for n in wanted if n not in found), key=lambda n: -_length(library.theorems[n]))
    found |= _from_workers(library, left, options, tell)
    if options.cache is not None:
        for name in left:
            if name in keys:
                result, seconds = found[name]
                options.cache.put(library.theorems[name], result, keys[name], seconds)
        options.cache.tidy()
    return check_library(library, wanted, check=lambda t: (found[t.id][0], EvidenceTable(), found[t.id][1]))


def only_undecided(checked: Iterable[CheckedTheorem]) -> bool:
    """Whether some results are not accepted, and every one of those merely because a limit was reached.

    Args:
        checked: the checked results.
    """
    found = [each.undecided for each in checked if not each.accepted]
    return bool(found) and all(found)


def _length(theorem: Theorem) -> int:
    return sum(1 for _ in walk(theorem.proof))


def _from_cache(
    library: Library,
    names: Iterable[str],
    keys: Mapping[str, str],
    cache: CheckCache | None,
    tell: Callable[[str], None],
) -> Results:
    found: Results = {}
    for name in names if cache is not None else ():
        kept = cache.find(library.theorems[name], keys[name]) if cache is not None and name in keys else None
        if kept is not None:
            found[name] = kept
            tell(name)
    return found


def _from_workers(library: Library, names: list[str], options: CheckOptions, tell: Callable[[str], None]) -> Results:
    found: Results = {}
    if not names:
        return found
    inherited = (options.method or start_method()) == "fork"
    work = partial(_check_in_worker, library if inherited else None, options.paths)
    jobs = min(options.jobs or os.cpu_count() or 1, len(names))
    pieces = [[name, library.theorems[name].statement_digest] for name in names]
    for position, outcome in run_all(work, pieces, jobs, options.limits, options.method):
        theorem = library.theorems[names[position]]
        found[theorem.id] = _result(theorem, library, outcome, options.limits)
        tell(theorem.id)
    return found


def _check_in_worker(library: Library | None, paths: tuple[str, ...], piece: Any, report: Report) -> Any:
    name, digest = piece
    theorems = library or load_library([Path(path) for path in paths])
    theorem = theorems.theorems.get(name)
    if theorem is None or theorem.statement_digest != digest:
        return "other"
    report(["", theorem.where.file, theorem.where.line])

    def watch(number: str, step: Step) -> None:
        report([number, step.source.file, step.source.line])

    begin = time.process_time()
    result, _ = check_one(theorem, theorems, watch)
    try:
        return {"seconds": time.process_time() - begin, **encode_result(result, theorem)}
    except (NotPlainError, RecursionError):
        return "not plain"


def _result(theorem: Theorem, library: Library, outcome: Outcome, limits: Limits) -> tuple[CheckResult, float]:
    if outcome.kind != "answer":
        return _undecided(theorem, outcome, limits), limits.seconds or 0.0
    if isinstance(outcome.answer, dict):
        return decode_result(theorem, outcome.answer), float(outcome.answer["seconds"])
    # The worker could finish it within the limits, but what it found has no plain form, or it has another library.
    begin = time.process_time()
    return check_one(theorem, library)[0], time.process_time() - begin


def _undecided(theorem: Theorem, outcome: Outcome, limits: Limits) -> CheckResult:
    number, file, line = outcome.place or ["", theorem.where.file, theorem.where.line]
    messages = {
        "time": f"it was not decided within {limits.seconds or 0:g} s",
        "memory": f"it took more than {limits.megabytes} MB of memory",
        "died": f"the process that checked it died ({outcome.detail}), perhaps for want of memory",
    }
    option = {"time": "--step-time SECONDS", "memory": "--step-memory MB"}.get(outcome.kind, "--step-memory MB")
    hint = f"Split the step into smaller ones, or allow more with {option}."
    source = Source(str(file), int(line))
    found = Diagnostic(_LIMIT_CODES[outcome.kind], theorem.id, str(number), messages[outcome.kind], source, hint=hint)
    return CheckResult(theorem, False, "open", diagnostics=(found,), uses=Theorem.uses(theorem))
