"""The folder that Coq is run on: a preamble, files of at most fifty lemmas, and a list of what is in them.

The list (``lemmas.json``) says for each lemma which step it stands for, in our words, and where it is; and for each
statement that is not written, why.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from pathlib import Path

from symproof.errors import InputError
from symproof.export.coq.obligation import Obligation
from symproof.export.coq.script import Lemma, lemma
from symproof.export.coq.statement import NotExported
from symproof.report.atomic_write import write_atomically

__all__ = [
    "LIST",
    "UNCONFIRMED",
    "CoqFolder",
    "Entry",
    "coq_file",
    "coq_folder",
    "foundation",
    "left_out",
    "trial_file",
    "write_folder",
]

LIST = "lemmas.json"
PREAMBLES = ("Prelude.v", "Calculus.v")
"""What is compiled before the lemmas, in this order."""
UNCONFIRMED = "not confirmed by its script"
"""How the reason begins why a lemma in ``unconfirmed.txt`` is not written."""
PER_FILE = 50
HEAD = """(* Written by symproof export coq: statements that its kernel accepted. Do not edit. *)
From Symproof Require Import Prelude Calculus.
From Coq Require Import Reals Lra Lia ZArith Classical_Prop.
Open Scope R_scope.
Set Default Timeout 60.
"""
TRIAL = """Goal {statement}.
Proof. first [timeout 10 (solve [{proof}]) | idtac "REFUSED {name}"; admit]. Admitted.
"""


@dataclass(frozen=True)
class Entry:
    """One statement: the step it stands for, what it says in our words, and its lemma (or why there is none).

    Attributes:
        name: of the lemma, from its content.
        theorem: the id of the result.
        step: the number of the step, or the label in the statement.
        rule: the rule, or ``defined``, or ``condition`` (see ``obligation``).
        says: the goal in our notation, with what was cited.
        statement: the proposition in Coq.
        proof: a tactic.
        reason: why it is not exported; empty if it is.
        meaning: what symbols stand for.
    """

    name: str
    theorem: str
    step: str
    rule: str
    says: str
    statement: str = ""
    proof: str = ""
    reason: str = ""
    meaning: Mapping[str, str] | None = None


@dataclass(frozen=True)
class CoqFolder:
    """What is exported, in files, and what is not.

    Attributes:
        chunks: the lemmas of each file.
        left: what has no lemma, or one that is left out.
        repeated: further statements that have one of the lemmas.
    """

    chunks: tuple[tuple[Entry, ...], ...]
    left: tuple[Entry, ...]
    repeated: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All lemmas."""
        return tuple(entry for chunk in self.chunks for entry in chunk)


def left_out() -> Mapping[str, str]:
    """The names of lemmas that Coq is known not to confirm by their scripts, and what it said (``unconfirmed.txt``)."""
    text = files(__package__).joinpath("unconfirmed.txt").read_text(encoding="ascii")
    lines = (line.partition(" ") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {name: said for name, _, said in lines}


def foundation() -> str:
    """A hash of what every lemma stands on, the preambles and the head of the files: the names do not cover it."""
    written = sorted((f for f in files(__package__).iterdir() if f.name.endswith(".v")), key=lambda f: f.name)
    return hashlib.sha256("|".join([HEAD, *(f.read_text(encoding="ascii") for f in written)]).encode()).hexdigest()


def coq_folder(obligations: Iterable[Obligation], every: bool = False) -> CoqFolder:
    """Statements as lemmas. With ``every``, those too that Coq is known not to confirm."""
    listed = left_out()
    known = {} if every else listed
    written: dict[str, Entry] = {}
    left: list[Entry] = []
    repeated: list[Entry] = []
    for o in obligations:
        entry = _entry(o)
        if not entry.reason and entry.name in known:
            entry = replace(entry, reason=f"{UNCONFIRMED}: {known[entry.name]}".rstrip(": "))
        if entry.reason:
            left.append(entry)
        elif written.setdefault(entry.name, entry) is not entry:
            repeated.append(entry)
    # What is known not to be confirmed stands in files of its own: a file without such lemmas is compiled once.
    halves = ([e for e in written.values() if (e.name in listed) == late] for late in (False, True))
    chunks = tuple(tuple(half[k : k + PER_FILE]) for half in halves for k in range(0, len(half), PER_FILE))
    return CoqFolder(chunks, tuple(left), tuple(repeated))


def _entry(o: Obligation) -> Entry:
    facts = "; ".join(map(str, o.facts))
    says = f"{o.goal}" + (f"   from {facts}" if facts else "")
    try:
        made = lemma(o)
    except NotExported as problem:
        key = hashlib.sha256(f"{o.theorem}|{o.path}|{o.rule}|{o.goal.digest}".encode()).hexdigest()
        return Entry(f"l_{key[:16]}", o.theorem, o.path, o.rule, says, reason=str(problem))
    return Entry(_name(made), o.theorem, o.path, o.rule, says, made.statement, made.proof, "", made.meaning)


def _name(made: Lemma) -> str:
    """A name that belongs to the statement and its proof."""
    return "l_" + hashlib.sha256(f"{made.statement}|{made.proof}".encode()).hexdigest()[:16]


def coq_file(entries: Sequence[Entry]) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text of a file, and the first and last line of each lemma."""
    lines, places = HEAD.splitlines(), {}
    for e in entries:
        lines += ["", *_comment(e)]
        places[e.name] = (len(lines) + 1, len(lines) + 2)
        lines += [f"Lemma {e.name} : {e.statement}.", f"Proof. {e.proof}. Qed."]
    names = ", ".join(e.name for e in entries)
    lines += ["", f"Definition all := ({names}).", "Print Assumptions all.", ""]
    return "\n".join(lines), places


def trial_file(entries: Sequence[Entry]) -> str:
    """A file that proves nothing, but names the lemmas whose scripts fail."""
    return HEAD + "".join(TRIAL.format(statement=e.statement, proof=e.proof, name=e.name) for e in entries)


def _comment(e: Entry) -> list[str]:
    said = [f"{e.theorem}, step {e.step}, by {e.rule}", e.says]
    said += [f"{name} is {meaning}" for name, meaning in (e.meaning or {}).items()]
    return ("(* " + "\n   ".join(map(plain, said)) + " *)").splitlines()


def plain(text: str) -> str:
    """Text that can stand in a comment of Coq."""
    text = text.replace("(*", "( *").replace("*)", "* )").replace('"', "''")
    return text.encode("ascii", "backslashreplace").decode()


def write_folder(found: CoqFolder, folder: Path) -> list[Path]:
    """Write all files. Raises InputError if something that is not ours stands in the way."""
    folder.mkdir(parents=True, exist_ok=True)
    if not folder.is_dir():
        raise InputError("not a folder", str(folder), "a folder for the files of Coq")
    for old in folder.glob("steps_*.v"):
        old.unlink()
    for name in PREAMBLES:
        write_atomically(folder / name, files(__package__).joinpath(name).read_text(encoding="ascii"))
    paths: list[Path] = []
    at: dict[str, tuple[str, int]] = {}
    for k, chunk in enumerate(found.chunks, 1):
        paths.append(folder / f"steps_{k:03}.v")
        text, places = coq_file(chunk)
        write_atomically(paths[-1], text)
        at |= {name: (paths[-1].name, first) for name, (first, _) in places.items()}
    rows = [_row(e, *at[e.name]) for e in (*found.entries, *found.repeated)] + [_row(e, "", 0) for e in found.left]
    write_atomically(folder / LIST, json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    return paths


def _row(e: Entry, file: str, line: int) -> dict[str, object]:
    kept = {key: value for key, value in asdict(e).items() if key not in ("statement", "proof", "meaning")}
    return {**kept, "file": file, "line": line}
