"""``symproof verify``: decide a certificate again with the re-checker, a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

import symproof
from symproof.cli.answer import Answer
from symproof.cli.exit_code import ExitCode
from symproof.errors import InputError

__all__ = ["run"]

_CODES = {"valid": ExitCode.YES, "invalid": ExitCode.NO}
_GRACE = 30.0
"""Seconds over its own limit after which the program is ended from outside."""


def run(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A certificate.")],
    time: Annotated[float, typer.Option(min=0.001, max=1e6, metavar="SECONDS", help="For the whole of it.")] = 3600.0,
) -> Answer:
    """Decide every step of a certificate again, by a program that imports nothing else of symproof.

    It prints what was decided, the trust that was found (with cited facts and gaps), and all that was not re-checked.
    The same program runs alone as python -m symproof.recheck FILE.

    Exit code 0: valid; 1: invalid; 2: the file is no certificate; 3: something is not re-checked, and nothing refused.
    """
    data = _rechecked(file, time)
    if data["verdict"] == "unreadable":
        raise InputError(data["error"]["what"], data["error"]["where"])
    lines = data.pop("lines")
    return Answer(_CODES.get(data["verdict"], ExitCode.UNDECIDED), data, "\n".join(lines))


def _rechecked(file: str, seconds: float) -> dict[str, Any]:
    """What the re-checker says, with the lines for people under ``lines``."""
    folder = str(Path(symproof.__file__).resolve().parents[1])
    places = os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH", ""))))
    words = [sys.executable, "-P", "-m", "symproof.recheck", "--json", "--lines", "--time", str(seconds), "--", file]
    try:
        done = subprocess.run(
            words, capture_output=True, timeout=seconds + _GRACE, env={**os.environ, "PYTHONPATH": places}, check=False
        )
        found: dict[str, Any] = json.loads(done.stdout)
        return found
    except subprocess.TimeoutExpired:
        reason = f"the time limit of {seconds:g} seconds was reached"
    except ValueError:
        reason = f"the re-checker ended with code {done.returncode} and no answer"
    empty = {"trust": "open", "results": 0, "steps": 0, "refused": [], "not_rechecked": [reason]}
    return {"verdict": "undecided", **empty, "lines": [f"undecided: {reason}"]}
