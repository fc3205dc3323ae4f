"""Sweeps: every row has its answer, a kill loses nothing that is done, and nothing is done twice."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from symproof.cli.main import main
from symproof.engine.sweep_file import load_sweep
from symproof.errors import InputError

pytestmark = pytest.mark.usefixtures("checked_anew")

OFFER = '''
"""A theorem whose instances write down that they ran."""
import os, signal, time
from pathlib import Path
from symproof.errors import InputError
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.offer import InstanceOffer
from symproof.logic.syntax import real
from symproof.proof.author import qed
from symproof.proof.theorem import theorem

x = real("x")
LOG = Path(__file__).with_name("log")

def build(request):
    what, k = str(request.parameters.get("what", "")), request.parameters["k"]
    with LOG.open("a") as log:
        log.write(f"{k}\\n")
    if what == "bad":
        raise InputError("no such thing", request.source, "another")
    if what == "crash":
        raise ValueError("broken")
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "sleep":
        time.sleep(600)
    time.sleep(0.2)
    return k, what

def hypotheses(numbers):
    return (DecidedHypothesis("positive", "x > 0", {"false": False, "open": None}.get(numbers[1], True), "as asked"),)

SLOW = theorem("own.slow", "Slow", variables=[x], hypotheses={"positive": x > 0}, conclusion=x > 0,
    proof=[qed("sign")], extra={"instance": InstanceOffer(
        build, hypotheses, lambda numbers, results: (), lambda numbers: {"twice": str(2 * int(numbers[0]))},
        lambda numbers: {}, lambda numbers: [])})
'''


def sweep_file(folder: Path, text: str) -> tuple[Path, Path]:
    module = folder / "own_slow.py"
    module.write_text(OFFER)
    file = folder / "sweep.toml"
    file.write_text('theorem = "own.slow"\n' + text)
    return module, file


def words(module: Path, file: Path, *more: str) -> list[str]:
    return ["sweep", str(file), "--output", str(file.with_name("out")), "--path", str(module), *more]


def ran(module: Path) -> list[str]:
    log = module.with_name("log")
    return log.read_text().split() if log.is_file() else []


def rows(file: Path) -> list[dict]:
    return json.loads(file.with_name("out.json").read_text())["rows"]


def test_a_grid_becomes_a_table(tmp_path: Path) -> None:
    module, file = sweep_file(tmp_path, '[parameters]\nwhat = ""\n[grid]\nk = [1, 2]\nflag = ["a", "b"]\n')
    assert main(words(module, file, "--jobs", "2")) == 0
    table = list(csv.DictReader(file.with_name("out.csv").open()))
    assert [(r["row"], r["k"], r["flag"], r["status"], r["twice"]) for r in table] == [
        ("1", "1", "a", "certified", "2"), ("2", "1", "b", "certified", "2"),
        ("3", "2", "a", "certified", "4"), ("4", "2", "b", "certified", "4"),
    ]  # fmt: skip
    assert [r["status"] for r in rows(file)] == ["certified"] * 4


MIXED = "".join(
    f'[[instance]]\nk = {k}\nwhat = "{what}"\n'
    for k, what in enumerate(["", "bad", "crash", "die", "sleep", "false", "open", ""])
)


def test_a_row_that_fails_is_recorded_and_does_not_stop_the_others(tmp_path: Path) -> None:
    module, file = sweep_file(tmp_path, MIXED)
    assert main(words(module, file, "--row-time", "3")) == 2
    found = {r["parameters"]["k"]: (r["status"], r["reason"]) for r in rows(file)}
    expected = ["certified", "bad_input", "failed", "failed", "undecided", "not_applicable", "undecided", "certified"]
    assert [found[k][0] for k in range(8)] == expected
    assert "no such thing" in found[1][1] and "broken" in found[2][1] and "SIGKILL" in found[3][1]
    assert "within 3 s" in found[4][1] and "as asked" in found[5][1]


@pytest.mark.parametrize(("what", "code"), [("", 0), ("false", 1), ("open", 3), ("crash", 3), ("bad", 2)])
def test_exit_codes(tmp_path: Path, what: str, code: int) -> None:
    module, file = sweep_file(tmp_path, f'[[instance]]\nk = 1\nwhat = ""\n[[instance]]\nk = 2\nwhat = "{what}"\n')
    assert main(words(module, file)) == code


def test_a_killed_sweep_goes_on_and_does_nothing_twice(tmp_path: Path) -> None:
    module, file = sweep_file(tmp_path, f"[grid]\nk = {list(range(12))}\n")
    journal = file.with_name("out.journal")
    command = [sys.executable, "-m", "symproof", *words(module, file, "--jobs", "1")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + 120
    while time.monotonic() < until and not (journal.is_file() and journal.read_bytes().count(b"\n") >= 3):
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    lines = journal.read_bytes().split(b"\n")
    done = {json.loads(line)["row"]["result"]["twice"] for line in lines if line.endswith(b"}")}
    assert 3 <= len(done) < 12
    before = ran(module)
    with journal.open("ab") as torn:
        torn.write(b'{"key": "cut sho')
    assert main(words(module, file)) == 0
    again = ran(module)[len(before) :]
    assert not {str(2 * int(k)) for k in again} & done, "what was done is not done again"
    assert sorted(r["parameters"]["k"] for r in rows(file)) == list(range(12))
    count = len(ran(module))
    assert main(words(module, file)) == 0
    assert len(ran(module)) == count, "and a sweep that is done does nothing"


def test_what_changed_is_run_again(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("1")
    module, file = sweep_file(tmp_path, '[grid]\nk = [1]\ndata = ["data.csv"]\n')
    assert main(words(module, file)) == 0
    (tmp_path / "data.csv").write_text("2")
    assert main(words(module, file)) == 0
    assert ran(module) == ["1", "1"]
    module.write_text(OFFER.replace("2 * int", "3 * int"))
    assert main(words(module, file)) == 0
    assert rows(file)[0]["result"] == {"twice": "3"}


def test_a_forged_line_of_the_journal_is_not_believed(tmp_path: Path) -> None:
    module, file = sweep_file(tmp_path, '[[instance]]\nk = 1\nwhat = "false"\n')
    assert main(words(module, file)) == 1
    journal = file.with_name("out.journal")
    journal.write_text(journal.read_text().replace("not_applicable", "certified"))
    assert main(words(module, file)) == 1
    assert rows(file)[0]["status"] == "not_applicable"


BAD = {
    "unknown key": "[grids]\nk = [1]\n",
    "no rows": "[parameters]\nk = 1\n",
    "empty list": "[grid]\nk = []\n",
    "no list": "[grid]\nk = 1\n",
    "twice": "[grid]\nk = [1]\n[[instance]]\nk = 2\n",
    "too many": f"[grid]\na = {list(range(400))}\nb = {list(range(400))}\n",
    "no TOML": "[grid\n",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_bad_input(tmp_path: Path, text: str) -> None:
    _, file = sweep_file(tmp_path, text)
    with pytest.raises(InputError, match=r"sweep\.toml"):
        load_sweep(file)
    assert main(["sweep", str(file), "--output", str(tmp_path / "out")]) == 2


def test_an_unknown_theorem_is_bad_input(tmp_path: Path) -> None:
    _, file = sweep_file(tmp_path, "[grid]\nk = [1]\n")
    assert main(["sweep", str(file), "--output", str(tmp_path / "out")]) == 2


def test_a_dask_cluster_gives_the_same_table(tmp_path: Path) -> None:
    from distributed import LocalCluster

    module, file = sweep_file(tmp_path, '[[instance]]\nk = 1\n[[instance]]\nk = 2\nwhat = "crash"\n')
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, host="127.0.0.1", protocol="tcp"
    ) as cluster:
        assert main(words(module, file, "--dask", cluster.scheduler_address)) == 3
    assert [r["status"] for r in rows(file)] == ["certified", "failed"]


def test_without_dask_a_message_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    module, file = sweep_file(tmp_path, "[grid]\nk = [1]\n")
    assert main(words(module, file, "--dask", "tcp://127.0.0.1:1")) == 2
    assert "symproof[dask]" in capsys.readouterr().err
