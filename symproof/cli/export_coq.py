"""``symproof export coq DIR``: what the kernel accepted, as lemmas for Coq."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symproof.cli.answer import Answer
from symproof.cli.exit_code import ExitCode
from symproof.cli.progress import show_progress
from symproof.errors import InputError
from symproof.report.atomic_write import write_atomically

if TYPE_CHECKING:
    from symproof.export.coq.folder import CoqFolder
    from symproof.library import Library

__all__ = ["COVERAGE", "export_coq", "export_instance"]

INSTANCE_OF = "relu_like.spurious_minimum"
COVERAGE = "coverage.json"
"""What Coq confirmed, in the folder, after a run with ``--check``."""


def export_coq(library: Library, asked: Sequence[str], folder: Path, check: bool, every: bool) -> Answer:
    """Write the lemmas of some results with all that they rest on; with ``check``, run Coq on them."""
    from symproof.export.coq.coqc import coqc
    from symproof.export.coq.folder import UNCONFIRMED, write_folder

    if check:
        coqc()  # before the work
    accepted, found = _lemmas(library, asked, every)
    if not accepted:
        return Answer(ExitCode.NO, {"folder": None}, "nothing is written: a result is not accepted (symproof check)")
    paths = write_folder(found, folder)
    data: dict[str, Any] = {"folder": str(folder), "files": len(paths), "lemmas": len(found.entries)}
    data["not_exported"] = _by_reason(found)
    text = f"wrote {len(found.entries)} lemmas in {len(paths)} files to {folder}; {len(found.left)} steps have none"
    if known := sum(e.reason == UNCONFIRMED for e in found.left):
        data["known_not_confirmed"] = known
        text += f" (of {known}, it is known that Coq does not confirm them by their scripts; lemmas.json names them)"
    if not check:
        return Answer(ExitCode.YES, data, text)
    return _checked(found, folder, data, text)


def _lemmas(library: Library, asked: Sequence[str], every: bool) -> tuple[bool, CoqFolder]:
    from symproof.export.coq.folder import coq_folder
    from symproof.export.coq.obligation import Obligation, obligations_of
    from symproof.library_check import all_needed

    names = [name for name in all_needed(library, asked) if library.theorems[name].proof]
    obligations: list[Obligation] = []
    with show_progress("checking", total=len(names)) as advance:
        for name in names:
            result, more = obligations_of(library.theorems[name], library.theorems)
            if not result.accepted:
                return False, coq_folder(())
            obligations += more
            advance(name)
    return True, coq_folder(obligations, every)


def _by_reason(found: CoqFolder) -> dict[str, int]:
    return dict(sorted(Counter(f"{e.rule}: {e.reason}" for e in found.left).items()))


def _checked(found: CoqFolder, folder: Path, data: dict[str, Any], text: str) -> Answer:
    from symproof.export.coq.coqc import check_folder

    with show_progress("Coq", total=len(found.chunks)) as advance:
        confirmed, refused = check_folder(found, advance=advance)
    data["confirmed"] = len(confirmed)
    data["refused"] = [
        {"theorem": r.entry.theorem, "step": r.entry.step, "rule": r.entry.rule, "said": r.said} for r in refused
    ]
    names = {"confirmed": sorted(e.name for e in confirmed), "refused": sorted(r.entry.name for r in refused)}
    write_atomically(folder / COVERAGE, json.dumps(names, indent=1) + "\n")
    lines = [text, f"Coq confirms {len(confirmed)} of {len(found.entries)} lemmas"]
    lines += [f"  not confirmed: {r.entry.theorem}, step {r.entry.step}, {r.entry.rule}: {r.said}" for r in refused]
    return Answer(ExitCode.UNDECIDED if refused else ExitCode.YES, data, "\n".join(lines))


def export_instance(file: Path, folder: Path, check: bool) -> Answer:
    """Write that the fit of an instance is one of least squares; with ``check``, run Coq on it."""
    from symproof.export.coq.coqc import coqc
    from symproof.export.coq.instance import check_instance, instance_text, write_instance
    from symproof.instances.instance_file import load_instance_file
    from symproof.instances.relu_like_request import relu_like_instance

    if check:
        coqc()  # before the work
    request = load_instance_file(file)
    if request.theorem != INSTANCE_OF:
        raise InputError("no least squares to write", str(file), f"an instance of {INSTANCE_OF}", request.theorem[:60])
    found = relu_like_instance(request)
    text = instance_text(found.dataset, found.fit)
    path = write_instance(text, folder)
    data: dict[str, Any] = {"file": str(path), "samples": found.dataset.sample_count}
    if not check:
        return Answer(ExitCode.YES, data, f"wrote {path}")
    if problem := check_instance(text):
        return Answer(ExitCode.UNDECIDED, {**data, "said": problem}, f"wrote {path}\nnot confirmed: {problem}")
    return Answer(ExitCode.YES, data, f"wrote {path}\nCoq confirms it: no affine function has a smaller sum of squares")
