"""Wall time of ``symproof --help`` (contract: under 0.3 s) beside what its parts would cost if they were loaded."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 15
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import typer": [sys.executable, "-c", "import typer"],
    "import rich.console": [sys.executable, "-c", "import rich.console"],
    "import sympy": [sys.executable, "-c", "import sympy"],
    "symproof --help": [str(Path(sys.executable).with_name("symproof")), "--help"],
    "symproof no-such-command": [str(Path(sys.executable).with_name("symproof")), "no-such-command"],
}


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> None:
    print(f"{'':26} median   worst of {RUNS}")
    for name, command in COMMANDS.items():
        times = [seconds(command) for _ in range(RUNS)]
        print(f"{name:26} {statistics.median(times):.3f} s  {max(times):.3f} s")


if __name__ == "__main__":
    main()
