"""What a certificate holds: the expanded proof with its evidence, the same bytes in every run, nothing that fails."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from symproof.cli.main import main
from symproof.export.certificate import certificate, certificate_text
from symproof.export.term_table import NotExportable
from symproof.library import Library, load_library
from symproof.library_check import check_library
from tests.sample_theorems import GROUNDS, write

ID = "optimization.fermat"
TACTICS = """
EASY = theorem("own.easy", "By a tactic", variables=[x, y], conclusion=2 * x * y <= x**2 + y**2, proof=[
    have("square", 0 <= (x - y)**2, by("positivity")), qed(by("linear?"))])
"""


def text_of(library: Library, *ids: str) -> str:
    return certificate_text(certificate(ids, check_library(library, ids)))


def test_every_run_writes_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / "fermat.json"
    words = [sys.executable, "-m", "symproof", "export", "certificate", ID, "--output", str(file)]
    subprocess.run(words, check=True, env={**os.environ, "PYTHONHASHSEED": "4711"}, capture_output=True)
    assert file.read_text() == text_of(load_library(), ID)


def test_the_table_holds_each_term_once_and_all_results_below_are_there() -> None:
    found = json.loads(text_of(load_library(), ID))
    assert [each["id"] for each in found["theorems"]] == ["optimization.small_move", ID]
    for each in found["theorems"]:
        entries = list(map(json.dumps, each["table"]))
        assert len(entries) == len(set(entries))


def test_tactics_are_expanded(tmp_path: Path) -> None:
    library = load_library([write(tmp_path, "own", TACTICS)])
    (found,) = json.loads(text_of(library, "own.easy"))["theorems"]

    def rules(steps: list[Any]) -> set[str]:
        return {step["by"]["rule"] for step in steps if "by" in step}.union(*(rules(s.get("steps", [])) for s in steps))

    assert rules(found["proof"]) <= {"sign", "linear", "sos", "ring"}


def test_cited_and_open_results_and_steps_say_so(tmp_path: Path) -> None:
    library = load_library([write(tmp_path, "own", GROUNDS)])
    ids = ("own.cited", "own.open", "own.gap", "own.quote")
    found = {each["id"]: each for each in json.loads(text_of(library, *ids))["theorems"]}
    assert found["own.cited"]["citation"] == "C. F. Gauss, Demonstratio nova, 1799, page 1"
    assert not {"proof", "citation", "refuted_by"} & set(found["own.open"])
    assert [found[name]["trust"] for name in ids] == ["cited", "open", "open", "cited"]


def test_what_fails_is_not_written(tmp_path: Path) -> None:
    module = write(tmp_path, "own", GROUNDS)
    with pytest.raises(NotExportable, match=r"own\.failed is not accepted"):
        text_of(load_library([module]), "own.failed")
    words = ["export", "certificate", "own.failed", "--path", str(module), "--output", str(tmp_path / "failed.json")]
    assert main(words) == 1
    assert not (tmp_path / "failed.json").exists()


@pytest.mark.parametrize(
    "words",
    [["proof", ID], ["certificate"], ["certificate", ID, "--all"], ["certificate", "no.such"]],
    ids=["another form", "no result", "all and one", "an unknown result"],
)
def test_bad_words_are_bad_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", *words]) == 2
    assert "expected" in capsys.readouterr().err


def test_the_file_is_named_after_the_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", "certificate", ID, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["file"] == f"{ID}.certificate.json"
    written = json.loads(Path(answer["file"]).read_text())
    assert (answer["hash"], answer["trust"], answer["results"]) == (written["hash"], "proved", 2)
    assert main(["export", "certificate", ID, "--output", "-"]) == 0
    assert json.loads(capsys.readouterr().out) == written
