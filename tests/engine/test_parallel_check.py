"""Checking by workers: the same answers, and a step that runs away is undecided."""

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from symproof.cli.check_options import check_options
from symproof.cli.main import main
from symproof.engine.limits import Limits
from symproof.engine.parallel_check import CheckOptions, check_with_engine
from symproof.engine.worker_pool import Report, run_all
from symproof.errors import InputError
from symproof.library import load_library
from symproof.library_check import check_library
from tests.sample_theorems import FALSE_STEP, GROUNDS, SQUARE, applying, line_of, write

pytestmark = pytest.mark.usefixtures("checked_anew")

RUNAWAY = """
HUGE = ((num(3)**100000 * x + y)**64)**64 >= 0
RUNAWAY = theorem("own.runaway", "Runs away", variables=[x, y], conclusion=x**2 >= 0, proof=[
    have("fine", y**2 >= 0, by("sign")),
    have("runaway", HUGE, by("linear")),
    qed("sign"),
])
"""

ABOVE = """
TOP = theorem("own.top", "Top", variables=[x], conclusion=x**2 >= 0, proof=[
    apply("q", "own.runaway", {"y": x}), qed("sign")])
"""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_say_what_the_kernel_says(tmp_path: Path, method: str) -> None:
    path = write(tmp_path, "own", SQUARE, GROUNDS, FALSE_STEP, applying("top", "failed"), applying("circle", "circle"))
    library = load_library([path])
    names = [name for name in library.theorems if name.startswith("own.")]
    plain = check_library(library, names)
    checked = check_with_engine(library, names, options=CheckOptions(jobs=2, paths=(str(path),), method=method))
    for name in plain:
        assert checked[name].result == plain[name].result
        assert (checked[name].trust, checked[name].accepted) == (plain[name].trust, plain[name].accepted)


def test_progress_names_every_result_once(tmp_path: Path) -> None:
    path = write(tmp_path, "own", SQUARE, applying("top", "square"))
    told: list[str] = []
    check_with_engine(load_library([path]), ["own.top"], told.append, CheckOptions(jobs=2))
    assert sorted(told) == ["own.square", "own.top"]


def test_a_step_that_takes_for_ever_is_undecided_and_the_rest_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "own", RUNAWAY, SQUARE, ABOVE)
    words = ["own.top", "own.square", "-p", str(path), "--step-time", "1", "--step-memory", "100000"]
    assert main(["check", *words]) == 3
    out = capsys.readouterr().out
    assert "own.runaway: UNDECIDED (it ran into its time limit)" in out
    assert "own.square: proved" in out
    assert "own.top: UNDECIDED (rests on own.runaway, which ran into its time limit)" in out
    assert out.splitlines()[-1].endswith("2 open: own.runaway (undecided: it ran into its time limit)")
    line = line_of(path, 'have("runaway"')
    assert f"SP-LIMIT-001 own.runaway step 2 ({path}:{line}): it was not decided within 1 s" in out
    assert "--step-time" in out
    assert main(["check", *words, "--require", "proved", "--json"]) == 3
    data = json.loads(capsys.readouterr().out)
    assert data["accepted"] is False and data["below_required"] == ["own.top"]
    assert (data["summary"]["failed"], data["summary"]["undecided"]) == ([], ["own.runaway"])


def test_what_rests_on_a_failure_and_a_limit_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = ABOVE.replace(
        'apply("q", "own.runaway", {"y": x})', 'apply("q", "own.runaway", {"y": x}), apply("f", "own.failed")'
    )
    path = write(tmp_path, "own", RUNAWAY, GROUNDS, both)
    assert main(["check", "own.top", "-p", str(path), "--step-time", "1"]) == 1
    out = capsys.readouterr().out
    assert "own.runaway: UNDECIDED" in out and "own.top: UNDECIDED" not in out
    assert "own.top: open (rests on open: own.failed (fails its check), own.runaway (undecided: " in out


def test_a_step_that_eats_memory_is_undecided(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "own", RUNAWAY, SQUARE)
    words = ["own.runaway", "own.square", "-p", str(path), "--step-time", "300", "--step-memory", "60"]
    assert main(["check", *words]) == 3
    out = capsys.readouterr().out
    assert "own.runaway step 2" in out and "it took more than 60 MB of memory" in out
    assert "own.runaway: UNDECIDED (it ran into its memory limit)" in out and "SP-LIMIT-002" in out
    assert "own.square: proved" in out


def test_a_failure_outweighs_a_limit(tmp_path: Path) -> None:
    path = write(tmp_path, "own", RUNAWAY, FALSE_STEP)
    assert main(["check", "own.runaway", "own.false", "-p", str(path), "--step-time", "1"]) == 1


@pytest.mark.parametrize(
    "words", [["--jobs", "0"], ["--step-time", "0"], ["--step-time", "nan"], ["--step-memory", "0"]]
)
def test_bad_numbers_are_bad_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "measure.null_or", *words]) == 2
    assert words[0] in capsys.readouterr().err


@pytest.mark.parametrize("processes", ["/proc", "/no-such-folder"])
def test_memory_is_watched_with_and_without_the_file_system_of_linux(
    monkeypatch: pytest.MonkeyPatch, processes: str
) -> None:
    monkeypatch.setattr("symproof.engine.worker_pool._PROCESSES", processes)
    outcomes = dict(run_all(_perform, ["a", "hold memory"], 1, Limits(seconds=60, megabytes=100)))
    assert (outcomes[0].kind, outcomes[1].kind) == ("answer", "memory")


def test_a_limit_on_memory_that_cannot_be_enforced_is_announced(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("symproof.engine.worker_pool._PROCESSES", "/no-such-folder")
    monkeypatch.setitem(sys.modules, "psutil", None)
    check_options((), step_memory=100)
    assert "--step-memory is not enforced" in capsys.readouterr().err
    check_options(())
    assert capsys.readouterr().err == ""


def test_limits_reject_what_is_no_limit() -> None:
    with pytest.raises(InputError):
        Limits(seconds=-1)


def _perform(piece: Any, report: Report) -> Any:
    report(["at", piece])
    if piece == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if piece == "sleep":
        time.sleep(60)
    if piece == "allocate":
        raise MemoryError
    if piece == "hold memory":
        held = bytearray(b"x" * (300 << 20))
        time.sleep(60)
        return len(held)
    return [piece, piece]


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_worker_that_dies_or_hangs_does_not_stop_the_others(jobs: int) -> None:
    pieces = ["a", "die", "b", "sleep", "c", "allocate", "d"]
    outcomes = dict(run_all(_perform, pieces, jobs, Limits(seconds=2.0)))
    assert [outcomes[k].kind for k in range(7)] == ["answer", "died", "answer", "time", "answer", "memory", "answer"]
    assert outcomes[0].answer == ["a", "a"]
    assert outcomes[1].place == ["at", "die"] and "SIGKILL" in outcomes[1].detail
    assert outcomes[3].place == ["at", "sleep"]
