"""``symproof export``: write results for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.checked_library import PathOption, check_with_evidence, open_library
from symproof.cli.exit_code import ExitCode
from symproof.errors import InputError
from symproof.report.atomic_write import write_atomically

__all__ = ["run"]

CERTIFICATE, COQ = "certificate", "coq"
STANDARD_OUTPUT = "-"


def run(
    form: Annotated[str, typer.Argument(metavar="FORM", help=f"What is written: {CERTIFICATE}, or {COQ}.")],
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="The results; for coq the folder first, and all results by default."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All results.")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to; - is standard output. ID.certificate.json by default."
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="For coq: run coqc, and say what it confirms.")] = False,
    instance: Annotated[
        Path | None,
        typer.Option(metavar="FILE.toml", help="For coq: the least-squares fit of this instance, instead of results."),
    ] = None,
    path: PathOption = None,
) -> Answer:
    """Write results with all that they rest on for other checkers: a certificate for symproof verify, or Coq files.

    symproof export coq DIR [ID]... writes each statement that a rule accepted as a lemma for Coq, fifty to a file,
    and lemmas.json, which says what each stands for and what has no lemma. With --check Coq decides them.

    symproof export coq DIR --instance FILE.toml writes one theorem: that the affine fit of an instance of
    relu_like.spurious_minimum has the smallest sum of squares of all affine functions on its data.

    Everything is checked anew, without the cache; what is not accepted is not written.

    Exit code 0: it is written (and Coq confirms every lemma); 1: a result is not accepted; 2: the input is bad;
    3: Coq does not confirm every lemma.
    """
    from symproof.export.certificate import certificate, certificate_text
    from symproof.export.term_table import NotExportable
    from symproof.library_check import standing

    if form == COQ:
        return _coq(list(ids or ()), path, check, every, instance)
    if form != CERTIFICATE:
        raise InputError("no such form", "FORM", f"{CERTIFICATE} or {COQ}", form[:40])
    if bool(ids) == every:
        raise InputError("which results are to be written?", "ID", "one or more ids, or --all")
    library = open_library(path)
    asked = library.require(ids or library.theorems)
    file = output or f"{asked[0] if len(asked) == 1 else 'results'}.certificate.json"
    checked = check_with_evidence(library, asked)
    try:
        found = certificate(asked, checked)
    except NotExportable as problem:
        return Answer(ExitCode.NO, {"file": None, "reason": str(problem)}, f"nothing is written: {problem}")
    text = certificate_text(found)
    if file == STANDARD_OUTPUT:
        return Answer(ExitCode.YES, found, text.rstrip("\n"))
    write_atomically(Path(file), text)
    held = [name for name in asked if not checked[name].refuted_by]
    trust = standing(checked, held)[0] if held else "refuted"
    data = {"file": file, "asked": list(asked), "results": len(checked), "trust": trust, "hash": found["hash"]}
    return Answer(ExitCode.YES, data, f"wrote {file}: {len(checked)} results, trust {trust}")


def _coq(words: list[str], path: PathOption, check: bool, every: bool, instance: Path | None) -> Answer:
    from symproof.cli.export_coq import export_coq, export_instance

    if not words:
        raise InputError("no folder for the files of Coq", "DIR", "symproof export coq DIR [ID]...")
    folder, *ids = words
    if instance is not None:
        if ids or every:
            raise InputError("results and an instance", "--instance", "one of them", " ".join(ids)[:40])
        return export_instance(instance, Path(folder), check)
    library = open_library(path)
    return export_coq(library, library.require(ids or library.theorems), Path(folder), check, every)
