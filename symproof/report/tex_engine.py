"""PDF from an installed TeX, without shell escape, in a temporary folder, with a time limit."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from symproof.errors import SymproofError
from symproof.report.latex_renderer import RenderedLatex

__all__ = ["TypesettingError", "find_tex", "run_limited", "tex_pdf"]

_STEM = "document"
_RUNS = 3
_LATEXMK = ("-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "-latexoption=-no-shell-escape")
_PDFLATEX = ("-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error")
_TECTONIC = ("--untrusted", "--chatter", "minimal", "--keep-logs")
_ENGINES = ("latexmk", "tectonic", "pdflatex")
_DROPPED_VARIABLES = ("TEXINPUTS", "LATEXMKRCSYS")


class TypesettingError(SymproofError):
    """A typesetting program failed, or took longer than it may.

    The message holds the program's first error.
    """


def find_tex() -> str | None:
    """The name of the TeX program to use, or ``None`` when there is none."""
    for name in _ENGINES:
        if shutil.which(name) and (name != "latexmk" or shutil.which("pdflatex")):
            return name
    return None


def tex_pdf(rendered: RenderedLatex, *, engine: str, time_limit: float) -> bytes:
    """Set a LaTeX document.

    Args:
        rendered: the source with its pictures.
        engine: ``"latexmk"``, ``"tectonic"`` or ``"pdflatex"``.
        time_limit: seconds for all runs together.

    Returns:
        The PDF; the same source gives the same bytes.

    Raises:
        TypesettingError: TeX failed or took too long.
    """
    with tempfile.TemporaryDirectory(prefix="symproof-tex-") as folder:
        directory = Path(folder)
        (directory / f"{_STEM}.tex").write_text(rendered.source, encoding="utf-8", newline="\n")
        for name, data in rendered.files.items():
            (directory / name).write_bytes(data)
        _run_engine(engine, directory, time_limit)
        result = directory / f"{_STEM}.pdf"
        if not result.is_file():
            raise TypesettingError(f"{engine} wrote no PDF: {_first_error(directory)}")
        return result.read_bytes()


def _run_engine(engine: str, directory: Path, time_limit: float) -> None:
    source = f"{_STEM}.tex"
    if engine == "pdflatex":
        for _ in range(_RUNS):
            _run([engine, *_PDFLATEX, source], directory, time_limit / _RUNS)
            if "Rerun to get" not in _log(directory) and "rerunfilecheck Warning" not in _log(directory):
                break
        return
    options = _LATEXMK if engine == "latexmk" else _TECTONIC
    _run([engine, *options, source], directory, time_limit)


def _run(command: Sequence[str], directory: Path, time_limit: float) -> None:
    code, output, errors = run_limited(command, directory=directory, time_limit=time_limit, environment=_environment())
    if code != 0:
        raise TypesettingError(f"{command[0]} failed: {_first_error(directory) or (output + errors)[-300:].strip()}")


def _environment() -> Mapping[str, str]:
    """No time stamps, no shell escape, no files read or written outside the folder."""
    kept = {name: value for name, value in os.environ.items() if name not in _DROPPED_VARIABLES}
    return {
        **kept,
        "SOURCE_DATE_EPOCH": "0",
        "FORCE_SOURCE_DATE": "1",
        "TZ": "UTC",
        "shell_escape": "f",
        "openin_any": "p",
        "openout_any": "p",
        "max_print_line": "1000",
    }


def run_limited(
    command: Sequence[str],
    *,
    directory: Path,
    time_limit: float,
    environment: Mapping[str, str] | None = None,
    stdin: bytes = b"",
) -> tuple[int, str, str]:
    """Run a program with its children in a process group of their own, and end them all when time is up.

    Args:
        command: program and arguments.
        directory: working directory.
        time_limit: seconds.
        environment: all environment variables; those of this process when ``None``.
        stdin: what the program reads.

    Returns:
        Exit code, standard output and standard error.

    Raises:
        TypesettingError: it did not start, or the time limit passed.
    """
    try:
        process = subprocess.Popen(
            command,
            cwd=directory,
            env=None if environment is None else dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise TypesettingError(f"{command[0]} did not start: {error.strerror or error}") from error
    try:
        output, errors = process.communicate(stdin, timeout=time_limit)
    except subprocess.TimeoutExpired as error:
        _end_group(process)
        raise TypesettingError(f"{Path(command[0]).name} took longer than {time_limit:g} s") from error
    return process.returncode, output.decode("utf-8", "replace"), errors.decode("utf-8", "replace")


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def _log(directory: Path) -> str:
    log = directory / f"{_STEM}.log"
    return log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""


def _first_error(directory: Path) -> str:
    """The first error of the log with the source line it points at; empty when there is none."""
    lines = _log(directory).splitlines()
    for at, line in enumerate(lines):
        if line.startswith("!") or re.match(rf"(\./)?{_STEM}\.tex:\d+: ", line):
            place = next((after for after in lines[at + 1 : at + 12] if re.match(r"l\.\d+", after)), "")
            return f"{line.lstrip('! ').strip()} {place.strip()}".strip()
    return ""
