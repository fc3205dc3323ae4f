"""What Coq said, in reports: marked are the statements it confirmed, and no others; where it is from is said."""

import importlib.util
import json
from pathlib import Path

import pytest

from symproof.cli.main import main
from symproof.export.coq.folder import coq_folder, foundation, left_out
from symproof.export.coq.obligation import obligations_of
from symproof.library import load_library
from tests.export.test_coq import NO_COQ, OWN
from tests.sample_theorems import write

CHANGED = OWN.replace('have("square", x**2 > 0', 'have("square", 2 * x**2 > 0')


def names(module: Path) -> dict[str, list[str]]:
    """The names of the lemmas at each step."""
    found: dict[str, list[str]] = {}
    for e in coq_folder(obligations_of(load_library([module]).theorems["own.small"], {})[1]).entries:
        found.setdefault(e.step, []).append(e.name)
    return found


def said(folder: Path, **other: object) -> None:
    """A file as a check by Coq leaves it."""
    data = {"coq": "8.16.1", "date": "2026-11-30", "foundation": foundation(), "confirmed": [], "refused": {}}
    folder.mkdir(exist_ok=True)
    (folder / "coverage.json").write_text(json.dumps({**data, **other}))


def report(module: Path, folder: Path, *more: str) -> int:
    words = ["own.small", "--path", str(module), "--output", str(folder / "out"), "--format", "html", "--json", *more]
    return main(["report", *words])


def test_a_report_marks_what_coq_confirmed_and_names_the_rest(tmp_path: Path, capsys) -> None:
    module = write(tmp_path, "own", OWN)
    lemmas = names(module)
    asked = [n for step, some in lemmas.items() if step != "3" for n in some]
    no = lemmas["2"][0]
    said(tmp_path / "coq", confirmed=[n for n in asked if n != no], refused={no: "no <tactic>"})
    assert report(module, tmp_path, "--coq-folder", str(tmp_path / "coq")) == 0
    coq = json.loads(capsys.readouterr().out)["coq"]
    assert {(r["step"], r["standing"]) for r in coq["left"]} == {("2", "not confirmed"), ("3", "not asked")}
    assert sum(sum(each.values()) for each in coq["by_rule"].values()) == coq["statements"] == len(asked) + 1
    page = (tmp_path / "out" / "report.html").read_text()
    ones = len(lemmas["1"])
    assert f"[Coq: {ones} of {ones}]" in page
    assert '<span class="tag undecided">Coq: 0 of 1</span>' in page
    assert "read from the file coverage.json in the folder coq" in page and "on 2026-11-30" in page
    assert "Coq was not run again" in page and "decided anew" not in page
    assert main(["show", "own.small", "--path", str(module), "--coq-folder", str(tmp_path / "coq")]) == 0
    text = capsys.readouterr().out
    assert f"[Coq: {ones} of {ones}]" in text and "[Coq: 0 of 1]" in text and "read from the file coverage.json" in text


def test_what_has_changed_since_is_not_marked(tmp_path: Path, capsys) -> None:
    module = write(tmp_path, "own", OWN)
    said(tmp_path / "coq", confirmed=[n for some in names(module).values() for n in some])
    module.write_text(module.read_text().replace(OWN, CHANGED))
    assert report(module, tmp_path, "--coq-folder", str(tmp_path / "coq")) == 0
    left = json.loads(capsys.readouterr().out)["coq"]["left"]
    assert ("2", "not asked") in {(r["step"], r["standing"]) for r in left}
    assert "1" not in {r["step"] for r in left}


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"confirmed": ["l_0123456789abcdef"]}, "Coq was not asked about any of these results"),
        ({"foundation": "0"}, "another preamble"),
        ({"confirmed": [1]}, "no outcome of Coq"),
        ({"refused": []}, "no outcome of Coq"),
        ({"date": "<b>yesterday</b>"}, "no outcome of Coq"),
    ],
    ids=["of other results", "another preamble", "no names", "no reasons", "no date"],
)
def test_a_folder_that_does_not_fit_is_bad_input(tmp_path: Path, other, message: str, capsys) -> None:
    said(tmp_path / "coq", **other)
    assert report(write(tmp_path, "own", OWN), tmp_path, "--coq-folder", str(tmp_path / "coq")) == 2
    assert message in json.loads(capsys.readouterr().out)["error"]["what"]
    assert not (tmp_path / "out").exists()


def test_no_folder_no_json_and_both_options_are_bad_input(tmp_path: Path, capsys) -> None:
    module = write(tmp_path, "own", OWN)
    assert report(module, tmp_path, "--coq-folder", str(tmp_path / "nowhere")) == 2
    said(tmp_path / "coq")
    assert report(module, tmp_path, "--coq-folder", str(tmp_path / "coq"), "--coq") == 2
    (tmp_path / "coq" / "coverage.json").write_text("[" * 5000)
    assert report(module, tmp_path, "--coq-folder", str(tmp_path / "coq")) == 2


@NO_COQ
def test_a_report_can_run_coq(tmp_path: Path, capsys) -> None:
    assert report(write(tmp_path, "own", OWN), tmp_path, "--coq") == 0
    coq = json.loads(capsys.readouterr().out)["coq"]
    assert coq["statements"] > 2 and not coq["left"] and "decided anew by Coq" in coq["source"]


def test_what_is_known_not_to_be_confirmed_is_left_out_and_named(tmp_path: Path, monkeypatch) -> None:
    """And with every=True it stands in a file of its own."""
    module = write(tmp_path, "own", OWN)
    obligations = obligations_of(load_library([module]).theorems["own.small"], {})[1]
    no = names(module)["2"][0]
    monkeypatch.setattr("symproof.export.coq.folder.left_out", lambda: {no: "no tactic"})
    found = coq_folder(obligations)
    assert [(e.name, e.step, e.reason) for e in found.left] == [(no, "2", "not confirmed by its script: no tactic")]
    assert no not in {e.name for e in found.entries}
    (of_others, of_known), left = coq_folder(obligations, every=True).chunks, coq_folder(obligations, every=True).left
    assert [e.name for e in of_known] == [no] and no not in {e.name for e in of_others} and not left


def test_the_figures_count_every_statement_and_the_list_can_be_read_again(tmp_path: Path, monkeypatch) -> None:
    place = Path(__file__).parents[2] / "benchmarks" / "coq_coverage.py"
    spec = importlib.util.spec_from_file_location("coq_coverage", place)
    assert spec is not None and spec.loader is not None
    figures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(figures)
    rows = [
        {"name": "l_1", "theorem": "a.b", "step": "1", "rule": "ring", "file": "steps_001.v", "reason": ""},
        {"name": "l_1", "theorem": "a.c", "step": "2", "rule": "ring", "file": "steps_001.v", "reason": ""},
        {"name": "l_2", "theorem": "a.c", "step": "3", "rule": "sign", "file": "steps_001.v", "reason": ""},
        {"name": "l_3", "theorem": "a.c", "step": "4", "rule": "smt", "file": "", "reason": "the rule smt"},
    ]
    outcome = {"coq": "8", "date": "2026-11-30", "confirmed": ["l_1"], "refused": {"l_2": "no\n “tactic”"}}
    page = figures.page(rows, outcome, "")
    assert "| all | 4 | 2 | 1 | 1 |" in page and "2 are confirmed (50.0%)" in page
    assert page.endswith("- `a.c`: 3 sign\n") and "- `a.c`: 4 smt\n" in page
    (tmp_path / "unconfirmed.txt").write_text(figures.unconfirmed(outcome["refused"]), encoding="ascii")
    monkeypatch.setattr("symproof.export.coq.folder.files", lambda _package: tmp_path)
    assert left_out() == {"l_2": "no \\u201ctactic\\u201d"}
