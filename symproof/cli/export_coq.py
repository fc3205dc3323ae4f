"""``symproof export coq DIR``: what the kernel accepted, as lemmas for Coq."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symproof.cli.answer import Answer
from symproof.cli.exit_code import ExitCode
from symproof.cli.progress import show_progress
from symproof.errors import InputError

if TYPE_CHECKING:
    from symproof.export.coq.folder import CoqFolder
    from symproof.export.coq.outcome import Outcome
    from symproof.library import Library
    from symproof.library_check import CheckedTheorem
    from symproof.report.coq_coverage import CoqCoverage

__all__ = ["coq_coverage", "coq_outcome", "export_coq", "export_instance"]

INSTANCE_OF = "relu_like.spurious_minimum"


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
    if known := sum(e.reason.startswith(UNCONFIRMED) for e in found.left):
        data["known_not_confirmed"] = known
        text += f" (of {known}, it is known that Coq does not confirm them by their scripts; lemmas.json names them)"
    if not check:
        return Answer(ExitCode.YES, data, text)
    return _checked(found, folder, data, text)


def coq_outcome(run: bool, folder: Path | None) -> Outcome | None:
    """What Coq said when a folder was last checked; None if it is to be run, or not asked.

    Raises:
        InputError: both are asked; there is no Coq; the folder has no outcome.
    """
    from symproof.export.coq.coqc import coqc
    from symproof.export.coq.outcome import read_outcome

    if run and folder is not None:
        raise InputError("run Coq, or read what it said?", "--coq", "one of --coq and --coq-folder", "both")
    if run:
        coqc()
    return read_outcome(folder) if folder is not None else None


def coq_coverage(
    library: Library, checked: Mapping[str, CheckedTheorem], run: bool, outcome: Outcome | None
) -> CoqCoverage | None:
    """What Coq confirms of checked results: decided now, or by an earlier outcome; None if nothing is asked.

    Raises:
        InputError: the outcome speaks of none of them.
    """
    from symproof.export.coq.outcome import coverage_of, run_now

    if not run and outcome is None:
        return None
    names = [name for name, c in checked.items() if c.theorem.proof and c.result.accepted]
    _, found = _found(library, names, every=False)
    if outcome is None:
        with show_progress("Coq", total=len(found.chunks)) as advance:
            outcome = run_now(found, advance)
    elif not outcome.known.intersection(e.name for e in found.entries):
        raise InputError(
            "Coq was not asked about any of these results", "--coq-folder", "lemmas of the reported results", "none",
            "The library may have changed since. symproof export coq DIR [ID]... --check asks anew",
        )  # fmt: skip
    return coverage_of(found, outcome)


def _lemmas(library: Library, asked: Sequence[str], every: bool) -> tuple[bool, CoqFolder]:
    from symproof.library_check import all_needed

    return _found(library, [name for name in all_needed(library, asked) if library.theorems[name].proof], every)


def _found(library: Library, names: Sequence[str], every: bool) -> tuple[bool, CoqFolder]:
    """Whether all are accepted, and the lemmas of those results themselves."""
    from symproof.export.coq.folder import coq_folder
    from symproof.export.coq.obligation import Obligation, obligations_of

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
    from symproof.export.coq.outcome import write_outcome

    with show_progress("Coq", total=len(found.chunks)) as advance:
        confirmed, refused = check_folder(found, advance=advance)
    data["confirmed"] = len(confirmed)
    data["refused"] = [
        {"theorem": r.entry.theorem, "step": r.entry.step, "rule": r.entry.rule, "said": r.said} for r in refused
    ]
    write_outcome(folder, tuple(e.name for e in confirmed), {r.entry.name: r.said for r in refused})
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
