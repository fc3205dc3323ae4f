"""Coq files: statements as expected; Coq confirms what holds, refuses what was tampered with, and says where."""

import json
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from symproof.cli.main import main
from symproof.export.coq.coqc import CoqError, check_folder
from symproof.export.coq.folder import CoqFolder, Entry, coq_file, coq_folder
from symproof.export.coq.instance import check_instance, instance_text
from symproof.export.coq.obligation import Obligation, obligations_of
from symproof.export.coq.script import lemma
from symproof.export.coq.statement import Statement
from symproof.instances.csv_file import load_dataset
from symproof.instances.dataset import Dataset
from symproof.instances.least_squares import AffineFit, fit_affine
from symproof.kernel.sequent import Sequent
from symproof.library import load_library
from symproof.logic.sort import REAL
from symproof.logic.syntax import (
    Abs,
    Eq,
    ForAll,
    Implies,
    Ite,
    Sum,
    exp,
    family,
    function,
    integer,
    log,
    num,
    real,
    variable,
)
from symproof.logic.term import Term
from tests.sample_theorems import write

NO_COQ = pytest.mark.skipif(shutil.which("coqc") is None, reason="no Coq is installed (Debian: coq)")
x, y = real("x y")
i, n = integer("i n")
a = family("a")
OWN = """
SMALL = theorem("own.small", "A product", variables=[x, y, n, a],
    hypotheses={"x_positive": x > 0, "y_positive": y > 0, "terms": ForAll(i, Implies(i >= 1, a(i) <= x))},
    conclusion=Sum(i, 1, n, x * a(i)) + x * (x + y) - y * x + 1 > Sum(i, 1, n, x * a(i)), proof=[
    have("same", Eq(Sum(i, 1, n, x * a(i)) + x * (x + y) - y * x, x * Sum(i, 1, n, a(i)) + x**2), by("ring")),
    have("square", x**2 > 0, by("sign", "x_positive")),
    qed(by("linear", "same", "square"))])
"""


def statement(p: Term) -> tuple[str, dict[str, str]]:
    found = Statement()
    return found.proposition(p), found.symbols


def one(name: str, text: str, proof: str) -> Entry:
    return Entry(name, "own.small", "1", "ring", "as it stands", text, proof)


def folder_of(*entries: Entry) -> CoqFolder:
    return CoqFolder((entries,), ())


def test_statements_are_written_with_their_symbols_quantified() -> None:
    h = function("h")
    assert statement(ForAll(x, Implies(x > 0, Eq(log(exp(x)), x)))) == (
        "(forall x : R, ((x > 0) -> ((ln (exp x)) = x)))",
        {},
    )
    text, symbols = statement(h(x) / 3 + num(Fraction(1, 2)) <= Sum(i, 1, n, Abs(a(i))) ** 2)
    assert text == "((((h x) / 3) + (1 / 2)) <= ((bigsum (1)%Z n (fun i : Z => (Rabs (a i)))) ^ 2))"
    assert symbols == {"h": "R -> R", "x": "R", "n": "Z", "a": "Z -> R"}
    text, symbols = statement(Eq(Ite(x > 0, x, -x), num(-2)))
    assert text == "((ite (x > 0) x (- x)) = (- 2))"
    assert symbols["ite"] == "Prop -> R -> R -> R"


def test_a_name_cannot_be_taken_for_something_of_coq() -> None:
    """Names of Coq, of the tactics, and two names that become one, are all kept apart."""
    strange = ["exp", "PI", "forall", "H0", "w'", "w_p", "α", "β", "x *) . Axiom f : False. (*", '"', ""]
    text, symbols = statement(ForAll(i, Eq(sum((variable(s, REAL) for s in strange), num(0)), exp(y))))
    assert len(symbols) == len(strange) + 1
    assert not {"exp", "PI", "forall", "H0"} & set(symbols)
    assert text.count("(exp y)") == 1
    assert all(s.isascii() and s.isidentifier() for s in symbols)
    assert "*)" not in text


def test_text_cannot_leave_its_comment() -> None:
    rude = Entry(
        "l_1", 'x*) Axiom f : False. (*"', "1\n*)", "ring (*)", '∀ a. \\"*)**)', "True", "exact I", "", {"v": "*)"}
    )
    text, places = coq_file([rude])
    comment, *_ = text.partition("Open Scope R_scope.")[2].partition("Lemma l_1 : True.")
    inside = comment.strip().splitlines()
    body = "\n".join(inside).removeprefix("Set Default Timeout 60.").strip()
    assert body.startswith("(* ") and body.endswith(" *)") and body.isascii()
    assert "*)" not in body[:-2] and "(*" not in body[2:] and '"' not in body
    assert text.splitlines()[places["l_1"][0] - 1] == "Lemma l_1 : True."


def test_what_has_no_script_is_listed_with_its_reason() -> None:
    unknown = Obligation("own.small", "1", "no such rule", Eq(x, x), (), Sequent())
    (left,) = coq_folder([unknown]).left
    assert left.reason == "the rule no such rule" and left.statement == ""


def test_without_coq_the_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    folder = tmp_path / "out"
    assert main(["export", "coq", str(folder), "optimization.fermat", "--check"]) == 2
    assert "apt install coq" in capsys.readouterr().err
    assert not folder.exists()


@pytest.mark.usefixtures("checked_anew")
@NO_COQ
def test_coq_confirms_a_small_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module, folder = write(tmp_path, "own", OWN), tmp_path / "out"
    assert main(["export", "coq", str(folder), "own.small", "--path", str(module), "--check", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["confirmed"] == answer["lemmas"] > 2 and not answer["refused"]
    rows = json.loads((folder / "lemmas.json").read_text())
    lines = (folder / "steps_001.v").read_text().splitlines()
    for row in rows:
        assert row["theorem"] == "own.small"
        assert lines[row["line"] - 1].startswith(f"Lemma {row['name']} : ")
    assert {row["rule"] for row in rows} >= {"ring", "sign", "linear"}
    assert json.loads((folder / "coverage.json").read_text())["confirmed"] == sorted({r["name"] for r in rows})


@NO_COQ
def test_coq_refuses_what_was_tampered_with_and_only_that() -> None:
    good = one("good", "forall (x y : R), x > 0 -> y > 0 -> x * y > 0", "intros x y H0 H1; sign 6%nat")
    also = one("also", "forall (x y : R), (x + y) ^ 2 = x ^ 2 + 2 * x * y + y ^ 2", "intros x y; expand")
    tampered = [
        replace(
            good, name="dropped", statement=good.statement.replace("x > 0 -> ", ""), proof=good.proof.replace(" H1", "")
        ),
        replace(also, name="changed", statement=also.statement.replace("2 * x", "3 * x"), step="7.2"),
        replace(also, name="broken", statement="forall (x y : R), (x + y) ^ 2 ="),
    ]
    confirmed, refused = check_folder(folder_of(good, *tampered[:2], also, tampered[2]))
    assert {e.name for e in confirmed} == {"good", "also"}
    assert {r.entry.name for r in refused} == {"dropped", "changed", "broken"}
    assert {r.entry.step for r in refused if r.entry.name == "changed"} == {"7.2"}
    assert all(r.said for r in refused)


@NO_COQ
@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("exact I", "idtac. Admitted. Lemma other : True. Proof. exact I"),
        ("exact I. Qed. Axiom f : 0 > 1. Lemma other : True. Proof. exact I", "exact f"),
    ],
    ids=["admitted", "an axiom"],
)
def test_a_gap_or_an_axiom_is_no_proof(first: str, last: str) -> None:
    with pytest.raises(CoqError, match=r"rest on (gap|f), which is not among the allowed axioms"):
        check_folder(folder_of(one("start", "True", first), one("gap", "0 > 1", last)))


def test_a_lemma_assumes_what_the_kernel_needed_and_no_more(tmp_path: Path) -> None:
    text = OWN.replace('by("sign", "x_positive")', 'by("sign")')
    library = load_library([write(tmp_path, "own", text)])
    found = {o.rule: o for o in obligations_of(library.theorems["own.small"], {})[1]}
    assert found["ring"].needed == ()
    assert found["sign"].needed == (x > 0,)
    assert "(x > 0) -> ((x ^ 2) > 0)" in lemma(found["sign"]).statement


def test_a_change_of_the_claim_changes_the_lemma(tmp_path: Path) -> None:
    """The lemma is named after what it says, so what is known of a lemma cannot be taken for another one."""
    libraries = (load_library([write(tmp_path, "own", OWN.replace("+ 1 >", end))]) for end in ("+ 1 >", "+ 2 >"))
    found = [
        {e.name for e in coq_folder(obligations_of(each.theorems["own.small"], {})[1]).entries} for each in libraries
    ]
    assert found[0] and found[0] != found[1]


TEACHING = Path(__file__).parents[2] / "examples" / "teaching.toml"


@NO_COQ
def test_coq_confirms_the_least_squares_of_an_instance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "coq", str(tmp_path), "--instance", str(TEACHING), "--check"]) == 0
    assert "Coq confirms it" in capsys.readouterr().out
    text = (tmp_path / "instance.v").read_text()
    assert "([1; -3], 0);" in text and "numerators : list Z := [2; 1]%Z" in text


@NO_COQ
@pytest.mark.parametrize(
    ("old", "new"),
    [("denominator : Z := 1%Z", "denominator : Z := 2%Z"), ("([1; 3], 6)", "([1; 3], 7)"), ("[2; 1]%Z", "[2]%Z")],
    ids=["the denominator", "a target", "a coefficient is missing"],
)
def test_coq_refuses_another_fit(old: str, new: str) -> None:
    text = instance_text(*_fit())
    assert old in text
    assert check_instance(text.replace(old, new))


def test_names_of_columns_stay_in_the_comment() -> None:
    dataset, fit = _fit()
    rude = replace(dataset, target_name='y *) Axiom f : False. (* "', feature_names=("x\n*)",))
    text = instance_text(rude, fit).partition("From Symproof")[0]
    assert text.count("*)") == 1 and text.count("(*") == 1 and '"' not in text


def test_only_instances_with_least_squares_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = TEACHING.with_name("xor_deep.toml")
    assert main(["export", "coq", str(tmp_path), "--instance", str(other)]) == 2
    assert "an instance of relu_like.spurious_minimum" in capsys.readouterr().err
    assert main(["export", "coq", str(tmp_path), "optimization.fermat", "--instance", str(TEACHING)]) == 2


def _fit() -> tuple[Dataset, AffineFit]:
    dataset = load_dataset(TEACHING.with_name("teaching.csv"), "y")
    return dataset, fit_affine(dataset)
