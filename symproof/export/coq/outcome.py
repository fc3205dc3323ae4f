"""What Coq said of lemmas: written into their folder after a run, and read again by a report.

The names of lemmas are hashes of their text and their script. So what is read can only speak of the lemmas that a
report writes anew for its own results; nothing is taken over from other results, or from an earlier state of these.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from symproof.errors import InputError
from symproof.export.coq.coqc import check_folder, coq_version
from symproof.export.coq.folder import CoqFolder, Entry, foundation
from symproof.report.atomic_write import write_atomically
from symproof.report.coq_coverage import CoqCoverage, CoqStatement

__all__ = ["COVERAGE", "Outcome", "coverage_of", "read_outcome", "run_now", "write_outcome"]

COVERAGE = "coverage.json"
MOST_BYTES = 20_000_000
AGAIN = "Make it with symproof export coq DIR [ID]... --check"


@dataclass(frozen=True)
class Outcome:
    """What Coq said.

    Attributes:
        confirmed: the names of the lemmas that it confirmed.
        refused: the names of the others, each with what Coq said.
        source: a sentence: which run this is.
    """

    confirmed: frozenset[str]
    refused: Mapping[str, str]
    source: str

    @property
    def known(self) -> frozenset[str]:
        """The lemmas that Coq was asked about."""
        return self.confirmed.union(self.refused)


def write_outcome(folder: Path, confirmed: tuple[str, ...], refused: Mapping[str, str]) -> None:
    """Write what Coq said of the lemmas of a folder, with its version, the date, and what the lemmas stand on."""
    data = {
        "coq": coq_version(),
        "date": date.today().isoformat(),
        "foundation": foundation(),
        "confirmed": sorted(confirmed),
        "refused": dict(sorted(refused.items())),
    }
    write_atomically(folder / COVERAGE, json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def read_outcome(folder: Path) -> Outcome:
    """What Coq said when the lemmas of a folder were last checked. Raises InputError if the file does not say."""
    path = folder / COVERAGE
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError("too large", str(path), f"at most {MOST_BYTES} bytes")
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise InputError("cannot be read", str(path), "what a check by Coq left", reason, AGAIN) from None
    except (ValueError, RecursionError):
        raise InputError("no JSON", str(path), "what a check by Coq left", "", AGAIN) from None
    data = data if isinstance(data, dict) else {}
    confirmed, refused = data.get("confirmed"), data.get("refused")
    if (
        not isinstance(confirmed, list)
        or not isinstance(refused, dict)
        or not all(isinstance(text, str) for text in (*confirmed, *refused, *refused.values()))
    ):
        raise InputError("no outcome of Coq", str(path), "lists of lemmas under confirmed and refused", "", AGAIN)
    if data.get("foundation") != foundation():
        raise InputError(
            "Coq was run on lemmas that stand on another preamble",
            str(path), "an outcome of this version of symproof", "an earlier or later one", AGAIN,
        )  # fmt: skip
    version, day = (str(data.get(key)) for key in ("coq", "date"))
    if not re.fullmatch(r"[\w.+-]{1,40}", version) or not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        raise InputError("no outcome of Coq", str(path), "its version under coq, the day under date", "", AGAIN)
    source = (
        f"This is read from the file {COVERAGE} in the folder {folder.resolve().name}, which says that Coq {version} "
        f"was run on {day}. Coq was not run again: whoever can change that file can change what is said here."
    )
    return Outcome(frozenset(confirmed), refused, source)


def run_now(found: CoqFolder, advance: Callable[[str], None]) -> Outcome:
    """Run Coq on lemmas. Raises CoqError, and InputError if there is no Coq."""
    confirmed, refused = check_folder(found, advance=advance)
    source = f"This was decided anew by Coq {coq_version()}."
    return Outcome(frozenset(e.name for e in confirmed), {r.entry.name: r.said for r in refused}, source)


def coverage_of(found: CoqFolder, outcome: Outcome) -> CoqCoverage:
    """What an outcome says of the statements of some results."""
    statements = (_statement(e, outcome) for e in (*found.entries, *found.repeated, *found.left))
    return CoqCoverage(tuple(statements), outcome.source)


def _statement(e: Entry, outcome: Outcome) -> CoqStatement:
    if not e.statement:
        return CoqStatement(e.theorem, e.step, e.rule, "no lemma", e.reason)
    if e.name in outcome.confirmed:
        return CoqStatement(e.theorem, e.step, e.rule, "confirmed")
    if e.name in outcome.refused or e.reason:
        return CoqStatement(e.theorem, e.step, e.rule, "not confirmed", outcome.refused.get(e.name, e.reason))
    return CoqStatement(e.theorem, e.step, e.rule, "not asked")
