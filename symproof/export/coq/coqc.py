"""Running Coq on a folder: which lemmas it confirms.

A file is compiled as it stands. If Coq stops at a lemma, a trial finds all lemmas of the file whose scripts fail; they
are taken out, and the rest is compiled. So a lemma counts as confirmed only if a file with it went through as a whole,
and if what the file rests on is on the list of axioms below. That Coq does not confirm a lemma says nothing of whether
it is true.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from symproof.errors import InputError, SymproofError
from symproof.export.coq.folder import PREAMBLES, CoqFolder, Entry, coq_file, trial_file

__all__ = ["AXIOMS", "CoqError", "Refused", "check_folder", "coq_version", "coqc", "only_allowed", "run_coqc", "said"]

AXIOMS = frozenset({"sig_forall_dec", "sig_not_dec", "functional_extensionality_dep", "classic"})
"""What lemmas may rest on: the axioms of Coq's real numbers and of classical logic."""
SECONDS = 600


class CoqError(SymproofError):
    """Coq does not do what it should."""


@dataclass(frozen=True)
class Refused:
    """A lemma that Coq does not confirm, and what it said."""

    entry: Entry
    said: str


def coqc() -> str:
    """The path of Coq's compiler. Raises InputError if there is none."""
    found = shutil.which("coqc")
    if found is None:
        raise InputError(
            "Coq is not installed", "--check", "coqc on the PATH", "none", "On Debian and Ubuntu: apt install coq"
        )
    return found


def coq_version() -> str:
    """The version of Coq. Raises InputError if there is none."""
    made = subprocess.run([coqc(), "--print-version"], capture_output=True, text=True, timeout=SECONDS, check=False)
    return made.stdout.partition(" ")[0] or "of an unknown version"


def check_folder(
    found: CoqFolder, workers: int = 2, advance: Callable[[str], None] = lambda _name: None
) -> tuple[tuple[Entry, ...], tuple[Refused, ...]]:
    """The lemmas that Coq confirms, and those that it does not. Raises CoqError, and InputError if there is no Coq."""
    program = coqc()
    with tempfile.TemporaryDirectory(prefix="symproof-coq-") as name:
        place = Path(name)
        for preamble in PREAMBLES:
            text = files("symproof.export.coq").joinpath(preamble).read_text(encoding="ascii")
            (place / preamble).write_text(text, encoding="ascii")
            made = run_coqc(program, place, preamble)
            if made.returncode:
                raise CoqError(f"{preamble} does not compile: {said(made)}")

        def one(task: tuple[int, tuple[Entry, ...]]) -> tuple[tuple[Entry, ...], tuple[Refused, ...]]:
            answer = _check_file(program, place, f"steps_{task[0]:03}", task[1])
            advance(f"file {task[0]}")
            return answer

        with ThreadPoolExecutor(workers) as pool:
            answers = list(pool.map(one, enumerate(found.chunks, 1)))
    return tuple(e for yes, _ in answers for e in yes), tuple(r for _, no in answers for r in no)


def _check_file(
    program: str, place: Path, name: str, entries: Sequence[Entry]
) -> tuple[tuple[Entry, ...], tuple[Refused, ...]]:
    left, refused = list(entries), list[Refused]()
    while left:
        text, places = coq_file(left)
        (place / f"{name}.v").write_text(text, encoding="ascii")
        made = run_coqc(program, place, f"{name}.v")
        if made.returncode == 0:
            only_allowed(made.stdout, name)
            return tuple(left), tuple(refused)
        bad = _entry_at(made.stderr, left, places)
        refused.append(Refused(bad, said(made)))
        left.remove(bad)
        if len(refused) == 1:
            failing = _failing(program, place, f"{name}_trial.v", left)
            refused += [Refused(e, "no tactic of its script proves it") for e in left if e.name in failing]
            left = [e for e in left if e.name not in failing]
    return (), tuple(refused)


def _failing(program: str, place: Path, file: str, entries: Sequence[Entry]) -> frozenset[str]:
    """The names of lemmas whose scripts fail."""
    (place / file).write_text(trial_file(entries), encoding="ascii")
    return frozenset(re.findall(r"^REFUSED (\w+)", run_coqc(program, place, file).stdout, re.MULTILINE))


def run_coqc(program: str, place: Path, file: str) -> subprocess.CompletedProcess[str]:
    """Compile a file of a folder. Raises CoqError if that takes too long."""
    command = [program, "-q", "-w", "none", "-R", ".", "Symproof", file]
    try:
        return subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise CoqError(f"{file}: no answer within {SECONDS} s") from None


def said(made: subprocess.CompletedProcess[str]) -> str:
    """What Coq said of an error, in one line."""
    text = made.stderr.partition("Error:")[2] or made.stderr
    return " ".join(text.split())[:300]


def _entry_at(errors: str, entries: Sequence[Entry], places: dict[str, tuple[int, int]]) -> Entry:
    """The lemma at the line of an error. Raises CoqError if there is none there."""
    found = re.search(r'File "[^"]*", line (\d+)', errors)
    line = int(found[1]) if found else 0
    for entry in entries:
        first, last = places[entry.name]
        if first <= line <= last:
            return entry
    raise CoqError(f"Coq stops outside of the lemmas: {' '.join(errors.split())[:300]}")


def only_allowed(output: str, name: str) -> None:
    """Raise CoqError if lemmas of a file rest on more than ``AXIOMS``, or if Coq does not say on what."""
    if "Closed under the global context" in output:
        return
    if "Axioms:" not in output:
        raise CoqError(f"{name}: Coq does not say what the lemmas rest on")
    after = output.partition("Axioms:")[2]
    used = set(re.findall(r"^([A-Za-z_][\w.]*)\s*:", after, re.MULTILINE)) | set(
        re.findall(r"^([A-Za-z_][\w.]*)\s*$", after, re.MULTILINE)
    )
    if extra := sorted(name for name in used if name.rpartition(".")[2] not in AXIOMS):
        raise CoqError(f"{name}: the lemmas rest on {', '.join(extra)}, which is not among the allowed axioms")
