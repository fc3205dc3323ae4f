"""The command as a process: what an operating system can do to its streams, and what it loads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = [sys.executable, str(Path(__file__).with_name("sample_commands.py"))]
HEAVY = ("sympy", "flint", "networkx", "rich", "typer", "jinja2", "numpy")


def test_help_loads_no_heavy_library() -> None:
    program = (
        "import sys; from symproof.cli.main import main; main(['--help']); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_is_no_error(unbuffered: str) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    command = [*SAMPLE, "sample", "long"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


@pytest.mark.parametrize("flag", ["--json", "--width=1"])
def test_a_full_disk_is_reported_and_is_no_yes(flag: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*SAMPLE, "sample", flag], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 4
    assert done.stderr == "symproof: the answer could not be written to standard output: No space left on device\n"


@pytest.mark.parametrize(("claim", "code"), [("yes", 0), ("bad", 2)])
def test_closed_streams_change_no_exit_code(claim: str, code: int) -> None:
    done = subprocess.run(["sh", "-c", '"$@" >&- 2>&-', "sh", *SAMPLE, "sample", claim], check=False)
    assert done.returncode == code


def test_a_terminal_without_unicode_gets_escapes() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*SAMPLE, "sample"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "claim \\u2200 yes\n")


def test_python_dash_m_is_the_same_command() -> None:
    done = subprocess.run([sys.executable, "-m", "symproof", "--version"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("symproof ")
