"""The atlas: what the theorems on spurious local minima say of many activations, decided in parallel under limits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from symproof.engine.atlas_part import FAMILIES, part_answer
from symproof.engine.atlas_row import AtlasPart, AtlasRow
from symproof.engine.limits import Limits
from symproof.engine.worker_pool import Outcome, run_all, start_method
from symproof.instances.atlas_activations import AtlasActivation
from symproof.instances.smooth_activation import SmoothActivation, read_activation
from symproof.library import Library
from symproof.library_check import CheckedTheorem
from symproof.logic.latex import to_latex
from symproof.logic.syntax import num
from symproof.logic.term import Term

__all__ = ["ROW_LIMITS", "atlas_rows"]

ROW_LIMITS = Limits(seconds=60.0, megabytes=4096)
"""For one part of a row, which takes a second or two."""

Parts = dict[str, AtlasPart]


def atlas_rows(
    activations: Sequence[AtlasActivation],
    library: Library,
    checked: Mapping[str, CheckedTheorem],
    *,
    workers: int | None = None,
    limits: Limits = ROW_LIMITS,
    paths: Iterable[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[AtlasRow, ...]:
    """Decide all rows; one that fails or runs into a limit says so and does not stop the others.

    Args:
        activations: the rows.
        library: where the theorems are.
        checked: the theorems of the atlas (``theorems_of_the_atlas``), checked in this run.
        workers: processes; as many as processors if None.
        limits: for one part of a row: the smooth family, or those on affine pieces.
        paths: modules of the user's, for workers that do not inherit the library.
        progress: called with the name of a row once a part of it is done.

    Raises:
        InputError: an activation cannot be read.
    """
    read = [read_activation(row.text, row.title) for row in activations]
    tasks = [(k, family) for family in FAMILIES for k in range(len(activations))]
    pieces = [[activations[k].text, family] for k, family in tasks]
    inherited = start_method() == "fork"
    work = partial(part_answer, library if inherited else None, checked if inherited else None, tuple(paths))
    jobs = min(workers or os.cpu_count() or 1, max(1, len(pieces)))
    parts: list[Parts] = [{} for _ in activations]
    seconds = [0.0] * len(activations)
    for position, outcome in run_all(work, pieces, jobs, limits):
        k, family = tasks[position]
        parts[k] |= _parts(family, outcome, limits)
        seconds[k] += _seconds(outcome, limits)
        progress(activations[k].title)
    return tuple(
        AtlasRow(row.title, row.text, str(one), to_latex(one), **found, seconds=spent)
        for row, one, found, spent in zip(activations, map(_plain, read), parts, seconds, strict=True)
    )


def _plain(activation: SmoothActivation) -> Term:
    """The activation for people: without the factors and divisors 1 that parameters leave behind."""

    def plain(term: Term) -> Term:
        args = tuple(map(plain, term.args))
        if term.op in ("mul", "div") and args[1] == num(1):
            return args[0]
        if term.op == "mul" and args[0] == num(1):
            return args[1]
        return Term(term.op, args, term.data, term.sort) if args else term

    return plain(activation.term)


def _parts(family: str, outcome: Outcome, limits: Limits) -> Parts:
    if outcome.kind == "answer":
        return {name: AtlasPart(**part) for name, part in outcome.answer["parts"].items()}
    reason = {
        "time": f"it was not decided within {limits.seconds or 0:g} s (--row-time)",
        "memory": f"it took more than {limits.megabytes} MB of memory",
        "died": f"its process died ({outcome.detail})",
    }[outcome.kind]
    verdict = "failed" if outcome.kind == "died" else "undecided"
    return {name: AtlasPart(verdict, reason) for name in FAMILIES[family]}


def _seconds(outcome: Outcome, limits: Limits) -> float:
    answer: Any = outcome.answer
    return float(answer["seconds"]) if outcome.kind == "answer" else limits.seconds or 0.0
