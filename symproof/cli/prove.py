"""``symproof prove``: one claim, or a file of claims."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.exit_code import ExitCode
from symproof.cli.progress import show_progress
from symproof.errors import InputError
from symproof.tactics.claims_file import Entry, prove_all, read_claims
from symproof.tactics.prove import DEFAULT_TIMEOUT, ClaimResult

__all__ = ["run"]

MAX_TIMEOUT = 3_600.0
_EXIT_CODES = {
    "proved": ExitCode.YES,
    "refuted": ExitCode.NO,
    "invalid": ExitCode.BAD_INPUT,
    "unknown": ExitCode.UNDECIDED,
}


def run(
    claim: Annotated[str | None, typer.Argument(help='For example "sqrt(x**2) == x".', show_default=False)] = None,
    var: Annotated[list[str] | None, typer.Option(metavar="NAME:SORT", help="Declare a variable; repeatable.")] = None,
    given: Annotated[list[str] | None, typer.Option(metavar="HYPOTHESIS", help="Assume this; repeatable.")] = None,
    file: Annotated[Path | None, typer.Option(help="A JSON list of {id, vars, hypotheses, claim}.")] = None,
    timeout: Annotated[float, typer.Option(help="Seconds for each claim.")] = DEFAULT_TIMEOUT,
    jobs: Annotated[int | None, typer.Option(help="Processes for --file; as many as processors by default.")] = None,
) -> Answer:
    """Prove or refute a claim automatically.

    Sorts: real, positive, negative, nonneg, integer, natural, rational, complex. Exit code of one claim: 0 proved,
    1 refuted, 2 invalid, 3 unknown. With --file the exit code is 0 once every claim has its answer in the results.
    """
    if not 0 < timeout <= MAX_TIMEOUT:
        raise InputError("not a time limit", "--timeout", f"a number of seconds up to {MAX_TIMEOUT:g}", f"{timeout:g}")
    if jobs is not None and jobs < 1:
        raise InputError("not a number of processes", "--jobs", "1 or more", str(jobs))
    if file is not None:
        if claim is not None or var or given:
            raise InputError("--file goes with neither a claim nor --var nor --given", "prove")
        return _answer_file(read_claims(file), timeout, jobs)
    if claim is None:
        expected = 'a claim such as "x**2 >= 0" with --var x:real, or --file CLAIMS.json'
        raise InputError("no claim is given", "prove", expected)
    entry = Entry("claim", _declared(var or ()), tuple(g.strip() for g in given or ()), claim.strip())
    (result,) = prove_all([entry], timeout, 1)
    return Answer(_EXIT_CODES[result.status], result.as_dict(), _text(result))


def _declared(declarations: Sequence[str]) -> dict[str, str]:
    variables: dict[str, str] = {}
    for text in declarations:
        name, colon, sort = (part.strip() for part in text.partition(":"))
        if not colon:
            raise InputError("not a declaration", "--var", "NAME:SORT, for example x:real", text[:60])
        if name in variables:
            raise InputError("the variable is declared twice", "--var", "one sort for each variable", name[:60])
        variables[name] = sort
    return variables


def _text(result: ClaimResult) -> str:
    head = result.status
    if result.status == "proved":
        head += f" (trust: {result.trust})"
    lines = [head, result.message]
    lines += [f"  not derived: {obligation}" for obligation in result.obligations]
    return "\n".join(line for line in lines if line)


def _answer_file(entries: Sequence[Entry], timeout: float, jobs: int | None) -> Answer:
    with show_progress("proving", total=len(entries)) as advance:
        results = prove_all(entries, timeout, jobs, advance)
    counts: dict[str, int] = dict.fromkeys(_EXIT_CODES, 0)
    for result in results:
        counts[result.status] += 1
    lines = [f"{entry.id}: {_text(result).splitlines()[0]}" for entry, result in zip(entries, results, strict=True)]
    lines.append(", ".join(f"{count} {status}" for status, count in counts.items()))
    data = [{"id": entry.id, **result.as_dict()} for entry, result in zip(entries, results, strict=True)]
    return Answer(ExitCode.YES, {"results": data, "counts": counts}, "\n".join(lines))
