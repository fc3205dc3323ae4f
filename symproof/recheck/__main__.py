"""``python -m symproof.recheck [--json] [--time SECONDS] FILE``: decide a certificate again.

With ``--lines`` the JSON object has what people read under ``lines``.

Exit code 0: valid; 1: invalid; 2: the file is no certificate of this version; 3: undecided.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from symproof.recheck.json_reader import MOST_BYTES, Unreadable, read_json

__all__ = ["main"]

EXIT_CODES = {"valid": 0, "invalid": 1, "unreadable": 2, "undecided": 3}
SECONDS = 3600.0
"""How long it may take unless --time says otherwise."""
FRAMES = 20_000
STACK = 512 << 20
"""So deep may functions call each other; a stack of this many bytes holds that."""
MEMORY = 8 << 30
"""So many bytes of addresses may the program have."""


def main(words: Sequence[str]) -> int:
    """Carry out a command line (without the program's name); returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    parser = argparse.ArgumentParser("python -m symproof.recheck", description="Decide a certificate again.")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--lines", action="store_true", help="with --json: what people read, under lines")
    parser.add_argument("--time", type=float, default=SECONDS, metavar="SECONDS", help="for the whole of it")
    asked = parser.parse_args(words)
    if not 0 < asked.time < threading.TIMEOUT_MAX:
        parser.error("--time wants a number of seconds above 0")
    found: list[dict[str, Any]] = []
    sys.setrecursionlimit(FRAMES)
    threading.stack_size(STACK)
    work = threading.Thread(target=lambda: found.append(_decide(asked.file)), daemon=True)
    work.start()
    work.join(asked.time)
    late = f"the time limit of {asked.time:g} seconds was reached"
    answer = found[0] if found else _failed("undecided", late)
    _print(answer, asked)
    sys.stdout.flush()
    code = EXIT_CODES[answer["verdict"]]
    if not found:  # the work goes on, and nothing could end it but the end of the process
        os._exit(code)
    return code


def _print(answer: dict[str, Any], asked: argparse.Namespace) -> None:
    lines = answer["lines"]
    if asked.json:
        print(json.dumps({k: v for k, v in answer.items() if k != "lines" or asked.lines}, indent=2))
    else:
        text = "\n".join("".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line) for line in lines)
        print(text, file=sys.stderr if answer["verdict"] == "unreadable" else sys.stdout)


def _failed(verdict: str, reason: str) -> dict[str, Any]:
    """An answer in which nothing was found but a reason."""
    empty: dict[str, Any] = {"trust": "open", "results": 0, "steps": 0, "refused": [], "not_rechecked": []}
    empty["not_rechecked" if verdict == "undecided" else "refused"].append(reason)
    return {"verdict": verdict, **empty, "lines": [f"{verdict}: {reason}"]}


def _decide(file: str) -> dict[str, Any]:
    """What comes out, as ``--json`` prints it, with the lines for people."""
    from symproof.recheck.certificate import WrongHash, read_certificate
    from symproof.recheck.verdict import verdict_of

    try:
        verdict = verdict_of(read_certificate(read_json(_bytes(file))))
        return {**verdict.as_dict(), "lines": verdict.lines()}
    except Unreadable as problem:
        where = f"{file}: {problem.where}"
        found = _failed("unreadable", f"{where}: {problem.what}")
        return {**found, "error": {"what": problem.what, "where": where}}
    except WrongHash as problem:
        return _failed("invalid", str(problem))
    except (RecursionError, MemoryError) as problem:
        reason = f"too deep or too large for this program ({type(problem).__name__})"
        return _failed("undecided", reason)
    except Exception as problem:  # a fault of the program, which says nothing about the certificate
        reason = f"the re-checker itself failed ({type(problem).__name__}: {problem})"[:300]
        return _failed("undecided", " ".join(reason.split()))


def _bytes(file: str) -> bytes:
    try:
        with Path(file).open("rb") as handle:
            return handle.read(MOST_BYTES + 1)
    except (OSError, ValueError) as problem:
        raise Unreadable(f"the file cannot be read ({getattr(problem, 'strerror', None) or problem})") from None


def _limit_memory() -> None:
    """What is wanted beyond the limit is not given; that ends the work as undecided, and not the whole machine."""
    try:
        import resource
    except ImportError:  # not a Unix: there is the limit of time alone
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))


if __name__ == "__main__":
    _limit_memory()
    sys.exit(main(sys.argv[1:]))
