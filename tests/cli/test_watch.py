"""``symproof check --watch``: a saved module is checked again, a mistake in it is shown and does not end the watch."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from symproof.affected_results import affected_results
from symproof.cli.main import main
from symproof.library import load_library
from tests.sample_theorems import FALSE_STEP, SQUARE, applying, write

pytestmark = pytest.mark.usefixtures("checked_anew")

ROOT = Path(__file__).parents[2]
PATIENCE = 120


def _as_in_a_terminal() -> None:
    """Ctrl-C ends it: what a shell starts in the background ignores SIGINT, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Watch:
    """A running ``symproof check --watch``, with what it prints."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "symproof", "check", "--watch", "own.square", "--path", str(folder)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True, preexec_fn=_as_in_a_terminal
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(line)

    def until(self, *words: str) -> str:
        """What it prints until it waits again, all of the words in it (an editor may save twice)."""
        text = ""
        while True:
            line = self.lines.get(timeout=PATIENCE)
            text += line
            if line.startswith("watching") and all(word in text for word in words):
                return text

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    write(tmp_path / "own_modules", "own", SQUARE)
    running = Watch(tmp_path / "own_modules")
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()


def test_a_saved_module_is_checked_again(watch: Watch, tmp_path: Path) -> None:
    folder = tmp_path / "own_modules"
    watch.until("own.square: proved")
    write(folder, "own", SQUARE, "BROKEN = own broken\n")
    assert "Traceback" not in watch.until("own.py:", "SyntaxError")
    write(folder, "own", SQUARE.replace(">= 0", "> 0"))
    watch.until("saved: own.py", "own.square: FAILS")
    assert watch.stop() == 1


def test_it_ends_with_yes_if_the_last_check_does(watch: Watch) -> None:
    watch.until("own.square: proved")
    assert watch.stop() == 0


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert main(["check", "--watch"]) == 2
    assert "symproof[watch]" in capsys.readouterr().err


def test_what_a_change_affects(tmp_path: Path) -> None:
    folder = tmp_path / "own_modules"
    first = write(folder, "squares", SQUARE)
    write(folder, "second", applying("mid", "square"))
    write(folder, "third", applying("top", "mid"))
    write(folder, "fourth", "from .squares import SQUARE as OTHER\n", applying("importer"))
    write(folder, "fifth", FALSE_STEP)
    library = load_library([folder])
    assert affected_results(library, [first]) == ("own.importer", "own.mid", "own.square", "own.top")
    assert affected_results(library, [folder / "third.py"]) == ("own.top",)
    assert affected_results(library, [tmp_path / "imported_by_nobody.py"]) == ()


def test_only_what_is_affected_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "own_modules"
    first = write(folder, "squares", SQUARE)
    write(folder, "fifth", FALSE_STEP)
    assert main(["check", "--path", str(folder), "--changed", str(first)]) == 0
    assert "own.false" not in capsys.readouterr().out
