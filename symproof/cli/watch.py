"""``symproof check --watch``: check again whenever a theorem module is saved."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from symproof.cli.answer import Answer
from symproof.cli.exit_code import ExitCode
from symproof.errors import InputError
from symproof.resources import theorems_dir

__all__ = ["watch_and_check"]

_IDLE = 200
"""Milliseconds."""
_CLEAR = "\x1b[2J\x1b[H"


def watch_and_check(ids: Sequence[str], paths: Sequence[str], more: Sequence[str] = ()) -> Answer:
    """Check now, and again what is affected whenever a module is saved, until the user presses Ctrl-C.

    Each check runs in a process of its own, so that saved files are read anew and no mistake ends the watch.

    Args:
        ids: which results; all of them if empty.
        paths: the user's own modules.
        more: further options of ``symproof check``.

    Returns:
        An answer with the exit code of the last check.

    Raises:
        InputError: the package that watches files is not installed, or a path is missing.
    """
    try:
        from watchfiles import PythonFilter, watch
    except ImportError:
        raise InputError(
            "watching files needs the package watchfiles", "--watch", hint="pip install 'symproof[watch]'"
        ) from None
    missing = [path for path in paths if not Path(path).exists()]
    if missing:
        raise InputError("not a theorem module", "--path", "a .py file or a folder of them", missing[0])
    options = [*(word for path in paths for word in ("--path", path)), *more]
    runs, code = 0, ExitCode.YES
    # The watcher runs before the first check and yields in idle moments, so that no save is missed meanwhile.
    events = watch(
        theorems_dir(), *paths, watch_filter=PythonFilter(), raise_interrupt=False, rust_timeout=_IDLE,
        yield_on_timeout=True,
    )  # fmt: skip
    try:
        for changes in events:
            if runs and not changes:
                continue
            files = sorted({Path(file) for _, file in changes if Path(file).is_file()})
            code, text = _check([*ids, *options, *(word for file in files for word in ("--changed", str(file)))])
            runs += 1
            _show(text, ", ".join(file.name for file in files) or ("a file is gone" if changes else ""))
    except KeyboardInterrupt:
        pass
    return Answer(code, {"checks": runs, "last_exit_code": int(code)}, f"\n{runs} checks; the last one: {code.name}.")


def _check(words: Sequence[str]) -> tuple[ExitCode, str]:
    """One check in a process of its own: its exit code and what it says."""
    command = [sys.executable, "-m", "symproof", "check", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    code = ExitCode(done.returncode) if done.returncode in tuple(ExitCode) else ExitCode.INTERNAL
    return code, "\n".join(part.rstrip() for part in (done.stderr, done.stdout) if part.strip())


def _show(text: str, saved: str) -> None:
    head = _CLEAR if sys.stdout.isatty() else ""
    print(f"{head}saved: {saved}\n{text}" if saved else head + text)
    print("watching; Ctrl-C ends", flush=True)
