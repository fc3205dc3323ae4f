"""``symproof report``: the files it leaves, and what they show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from symproof.cli.main import main
from symproof.engine.check_cache import CheckCache
from symproof.kernel.check import CheckResult
from symproof.proof.theorem import Theorem
from tests.engine.test_parallel_check import ABOVE, RUNAWAY
from tests.sample_theorems import FALSE_STEP, write

EXAMPLES = Path(__file__).parents[2] / "examples"


def run_json(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict]:
    code = main(["report", *[str(word) for word in words], "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_report_with_an_instance(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Trust, graph, statements, proofs with reasons, hypotheses, numbers beside steps, evidence, bibliography."""
    words = ("relu_like.spurious_minimum", "--instance", EXAMPLES / "teaching.toml", "--format", "html,tex,svg")
    code, found = run_json(capsys, *words, "--output", tmp_path)
    assert code == 0
    assert found["instances"] == {"teaching": "certified"}
    assert {"report.html", "report.tex", "graph.svg"} <= {Path(f).name for f in found["files"]}
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    for words_ in (
        "How far this can be trusted",
        "Main results",
        "certified",
        "by linear arithmetic",
        "multipliers",
        "Evidence",
    ):
        assert words_ in html, words_
    assert html.count("<svg") >= 3
    assert not re.search(r'(?:src|href)="https?://', html), "the file works offline"
    tex = (tmp_path / "report.tex").read_text(encoding="utf-8")
    assert r"\rho" in tex
    assert "Yun" in tex


def test_two_runs_write_the_same_bytes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("a", "b"):
        words = ("calculus.quadratic_nonnegative", "--format", "html,tex", "--output", tmp_path / name)
        assert run_json(capsys, *words)[0] == 0
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


def test_a_report_on_a_failing_proof_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = write(tmp_path, "own", FALSE_STEP)
    code, found = run_json(capsys, "own.false", "--path", path, "--format", "html", "--output", tmp_path / "out")
    assert (code, found["not_accepted"]) == (1, ["own.false"])
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "fails its check" in html
    assert ">proved<" not in html.split("Evidence")[0].split("own.false")[1][:400]


def test_what_ran_into_a_limit_is_undecided_not_failing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The report, its graph and the exit code say so; a failing result beside it outweighs."""
    path = write(tmp_path, "own", RUNAWAY, ABOVE, FALSE_STEP)
    words = ("--path", path, "--step-time", "1", "--format", "html", "--output", tmp_path)
    code, found = run_json(capsys, "own.top", *words)
    assert (code, found["undecided"], found["not_accepted"]) == (3, ["own.runaway", "own.top"], [])
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert html.count('<span class="tag undecided">') == 3, "in the summary and at both statements"
    assert "Undecided: it ran into its time limit" in html and "fails" not in html
    assert [">undecided</text>" in part for part in html.split("<svg")[1:]] == [True]
    code, found = run_json(capsys, "own.top", "own.false", *words)
    assert (code, found["undecided"], found["not_accepted"]) == (1, ["own.runaway", "own.top"], ["own.false"])
    assert ">fails</text>" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_report_on_one_chapter_lists_what_it_rests_on(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ("--format", "html", "--output", tmp_path, "--chapter", "yu_chen", "--chapter", "linear_algebra")
    code, found = run_json(capsys, *words)
    assert (code, found["refuted"]) == (0, ["yu_chen.claim"])
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert html.count("<details>") >= html.count("<em>Proof of") >= 8, "proofs unfold on request"
    assert "yu_chen.region" in html and "linear_algebra.cauchy_schwarz" in html
    assert run_json(capsys, *words[:4], "--chapter", "yu_cheng")[0] == 2
    assert run_json(capsys, *words, "--by-chapter")[0] == 2


@pytest.mark.parametrize("formats", ["docx", "", "html,exe"])
def test_an_unknown_format_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, formats: str) -> None:
    code, found = run_json(capsys, "--format", formats, "--output", tmp_path / "out")
    assert code == 2
    assert "format" in json.dumps(found)
    assert not (tmp_path / "out").exists()


INSTANCE = """
from flint import fmpq

from symproof.instances.constructions import Constructions
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import Parameter, rational, read_parameters
from symproof.instances.step_evaluation import evaluate_steps
from symproof.logic.syntax import real
from symproof.proof.author import by, qed
from symproof.proof.theorem import theorem

x = real("x")


def build(request: InstanceRequest) -> fmpq:
    return read_parameters(request, (Parameter("x", rational),))["x"]


OFFER = InstanceOffer(
    build=build,
    hypotheses=lambda v: (DecidedHypothesis("positive", "x is > 0", v > 0, "by comparison <1_000> & so on"),),
    evaluate=lambda v, results: evaluate_steps("own.square", results, {"x": v}, Constructions()),
    result=lambda v: {"square": str(v * v), "table": [["1", "2/3"], [str(v)]], "closed_form": "exp(-1)/2",
                      "gap_to": "the_global_minimum", "inner": {"not_known": None}},
    data=lambda v: {"x": str(v), "name_of_it": "100% {mine}", "weight": "7692233702417783/9007199254740992"},
    summary=lambda v: [],
)
OWN = theorem("own.square", "A square", variables=[x], hypotheses={"positive": x > 0}, conclusion=x**2 > 0,
              proof=[qed(by("sign", "positive"))], extra={"instance": OFFER})
"""


@pytest.mark.parametrize(("value", "verdict", "code"), [("7/3", "certified", 0), ("-1", "not_applicable", 1)])
def test_an_instance_of_any_theorem_even_if_the_report_names_another(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, value: str, verdict: str, code: int
) -> None:
    """Input, hypotheses and, if certified, the result and the steps on numbers; its theorem joins the report."""
    module = write(tmp_path, "own", INSTANCE)
    file = tmp_path / "mine.toml"
    file.write_text(f'theorem = "own.square"\n[parameters]\nx = "{value}"\n', encoding="utf-8")
    words = (
        "calculus.quadratic_nonnegative",
        "--path",
        module,
        "--instance",
        file,
        "--format",
        "html,tex",
        "--output",
        tmp_path / "out",
    )
    assert (found := run_json(capsys, *words))[0] == code
    assert found[1]["instances"] == {"mine": verdict}
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    section = html[html.rindex("Instance: mine") :]
    for shown in ("name of it", "100% {mine}", "x is &gt; 0", "by comparison &lt;1_000&gt; &amp; so on"):
        assert shown in section, shown
    assert "7692233702417783" not in section and "854009" in section, "floats are cut off"
    for shown in (
        "closed form",
        "exp(-1)/2",
        "the global minimum",
        "inner, not known",
        "with the numbers beside the symbols",
    ):
        assert (shown in section) == (verdict == "certified"), shown
    assert r"\frac{49}{9}" in (tmp_path / "out" / "report.tex").read_text(encoding="utf-8") or code == 1


def test_a_report_believes_no_cache(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says that its steps were checked in this run; the control is a check, which looks the result up."""
    asked: list[str] = []
    find = CheckCache.find

    def listen(self: CheckCache, theorem: Theorem, key: str) -> CheckResult | None:
        asked.append(theorem.id)
        return find(self, theorem, key)

    monkeypatch.setattr(CheckCache, "find", listen)
    monkeypatch.setenv("SYMPROOF_CACHE", str(tmp_path / "cache"))
    name = "calculus.quadratic_nonnegative"
    assert main(["check", name]) == 0
    capsys.readouterr()
    assert asked == [name]
    assert run_json(capsys, name, "--format", "tex", "--output", tmp_path)[0] == 0
    assert asked == [name]
