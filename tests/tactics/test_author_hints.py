"""Messages for authors: each mistake has one message with the line, what is wrong, what was expected, and what next."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symproof.diagnostic_text import diagnostic_text
from symproof.errors import InputError
from symproof.kernel.interface import rules
from symproof.library import load_library
from symproof.tactics.author_hints import RULE_OPTIONS
from symproof.tactics.evidence_search import prove_theorem
from symproof.tactics.explain import explain

HEAD = """\
from symproof.logic.definition import define
from symproof.logic.syntax import *
from symproof.proof.author import *
from symproof.proof.theorem import theorem
x, y, z, s, t = real("x y z s t"); m, n, i = integer("m n i"); a = family("a"); f = function("f")
mean = define("own.mean", (x, y), (x + y) / 2)
def thm(conclusion, *proof, **hypotheses):
    variables = (x, y, m, n, a, f)
    return theorem("own.t", "T", variables=variables, hypotheses=hypotheses, conclusion=conclusion, proof=list(proof))
"""

QUADRATIC = 'apply("q", "calculus.quadratic_nonnegative"'

# A mistake in one line, and the essential words of the message.
MISTAKES = {
    # names
    "a label": ('thm(x > 0, qed(by("linear", "x_positve")), x_positive=x > 0)',
                "no fact 'x_positve' is in reach; one of x_positive; Did you mean 'x_positive'?"),
    "a label with none in reach": ('thm(x**2 >= 0, qed(by("linear", "p")))', "no fact has a label here"),
    "a label of a later step": (
        'thm(x > 0, have("one", x > 0, by("linear", "two")), have("two", x > 0, by("linear", "p")), p=x > 0)',
        "no fact 'two'; Step 2 has this label; only later steps see it"),
    "a label of a sub-proof": (
        'thm(x > -1, have("o", x + 1 > 0, proof=[have("inner", x > 0, "linear"), qed("linear")]), '
        'qed(by("linear", "inner")), p=x > 0)', "no fact 'inner'; Step 1.1 has this label; not known outside"),
    "a rule": ('thm(x**2 >= 0, qed("sgin"))', "no rule 'sgin'; or a tactic: auto; Did you mean 'sign'?"),
    "a tactic": ('thm(x**2 >= 0, qed("positivty"))', "Did you mean 'positivity'?"),
    "a result": ('thm(Eq(x, 0), apply("q", "calculus.quadratic_nonegative"))',
                 "no result 'calculus.quadratic_nonegative'; Did you mean 'calculus.quadratic_nonnegative'"),
    "a variable of the substitution": (
        f'thm(Eq(x, 0), {QUADRATIC}, {{"g": x, "s": y}}))',
        "needs a value for S; 's' is none of its variables; Did you mean 'S'?; g: real, S: real"),
    "no value": (f'thm(Eq(x, 0), {QUADRATIC}, {{"g": x}}))', "needs a value for S; \"S\": ..."),
    "a value of another sort": ('thm(x > 0, apply("q", "linear_algebra.cauchy_schwarz", {"m": x}))',
                                "needs a value for m; x of sort real; sort int"),
    "a hypothesis in using": (
        f'thm(Eq(x, 0), {QUADRATIC}, {{"g": x, "S": 1}}, using={{"nonnegativ": "p"}}), p=x > 0)',
        "no hypothesis 'nonnegativ'; curvature, nonnegative; Did you mean 'nonnegative'?"),
    "an option": ('thm(x + y > 0, qed(by("linear", "p", rewrites=["p"])), p=Eq(x, 1))',
                  "linear has no option 'rewrites'; Did you mean 'rewrite'?"),
    "a variable that is not in scope": ('thm(x**2 >= 0, have("q", z**2 >= 0, "sign"), qed("sign"))',
                                        "the variable 'z' of sort real is not in scope; x: real; Introduce it first"),
    "one name, two sorts": ('thm(x**2 >= 0, have("q", real("m")**2 >= 0, "sign"), qed("sign"))',
                            "'m' of sort real is not in scope; m is of sort int here"),
    "the goal in unfold": ('thm(mean(x, x) >= x, unfold("u", "godl", mean), qed("ring"))', "Did you mean 'goal'?"),
    "a name of the vocabulary": ("thm(Forall(s, s**2 >= 0))", "name 'Forall' is not defined; Did you mean 'ForAll'"),
    "a step of the vocabulary": ('thm(x**2 >= 0, qd("sign"))', "Did you mean 'qed'"),
    "an import": ("from symproof.proof.author import asume", "cannot import name 'asume'; Did you mean 'assume'"),
    "a keyword": ('theorem("own.t", "T", conclusions=x > 0)', "'conclusions'; Did you mean 'conclusion'?"),
    # what is missing
    "a hypothesis of what is applied": (
        f'thm(Eq(x, 0), {QUADRATIC}, {{"g": x, "S": y}}), never=ForAll(t, t*x + t**2*y/2 >= 0))',
        "hypothesis 'curvature' of calculus.quadratic_nonnegative is not discharged; goal: y >= 0; "
        'have("curvature", y >= 0, "auto")'),
    "a premise of a fact": ('thm(a(m) > 0, qed(by("linear", at("p", m))), p=forall_in(i, 1, n, a(i) > 0))',
                            "p(m) still says: if 1 <= m and m <= n"),
    "a side condition": ('thm(x**2 >= 0, have("q", Eq(x / y, x / y), "ring"), qed("sign"))',
                         'not known to be defined: y != 0; y = 0 (verified; have("condition", Ne(y, 0), "auto")'),
    "a side condition of the statement": ('thm(Eq(x / y, x / y), qed("ring"))', "Add the hypothesis Ne(y, 0)"),
    "a reason": ('thm(x > 0, have("c", x > 0), p=x > 0)', "a claim without a reason; would be accepted: by("),
    "a witness": ('thm(Exists(s, s > x), qed("linear"))', "some s exists: witness(...) first; sort real"),
    "a witness at the end": ('thm(Exists(s, s > x), have("w", x + 1 > x, "ring"))', "ends without; witness(...) first"),
    "a take": ('thm(ForAll(s, s**2 + x > x - 1), assume("q"))', "nothing to assume; take(s) first"),
    "an assume": ('thm(Implies(And(x > 0, y > 0), x + y > 0), take(s))', 'assume("label_1", "label_2") first'),
    "a case": ('thm(x**2 >= 0, cases(case("p", x > 0, qed("sign")), case("q", x < 0, qed("sign"))))',
               "not known to exhaust; x = 0 (verified; Add the case that is missing"),
    "the last step": ('thm(y > 0, have("near", x > -1, by("linear", "p")), p=x > 0)',
                      'ends without reaching its goal; The last step claims x > -1, which is not the goal; qed('),
    "a proof of what suffices": ('thm(x > 0, suffices("q", y > 0, by("linear", "q", "p")), p=Eq(x, y))',
                                 "ends without reaching its goal; goal: y > 0"),
    # what is too much
    "a step after the end": ('thm(x**2 >= 0, qed("sign"), have("more", x**2 + 1 > 0, "sign"))',
                             "step 2; already reached; Step 1 reaches it; delete it"),
    "a taken label": ('thm(x**2 >= 0, have("p", x**2 >= 0, "sign"), p=x > 0)', "the label 'p' is already taken"),
    "a taken name": ('thm(ForAll(s, s**2 + x**2 >= 0), take(x), qed("sign"))', "the name 'x' is already taken"),
    "values for a fact": ('thm(a(m) > 0, qed(by("linear", at("p", m, n))), p=ForAll(i, a(i) > 0))',
                          "1 terms too many; values for i: int"),
    "witnesses": ('thm(Exists(s, s > x), witness(x + 1, x), qed("linear"))', "2 terms are given"),
    "variables": ('thm(ForAll(s, s**2 >= 0), take(s, t), qed("sign"))', "no quantifier for t; Nothing is left"),
    "labels": ('thm(Implies(And(x > 0, y > 0), x + y > 0), assume("p", "q", "r"))', "3 labels for 2 parts; 2 labels"),
    "proofs of a conjunction": ('thm(And(x**2 >= 0, y**2 >= 0), conjunction([qed("sign")]))', "2 lists of steps"),
    "arguments": ("thm(a(1, 2) >= 0)", "a takes 1 arguments, found 2"),
    # what is of another kind
    "the sort of a variable": ('thm(forall_in(i, 1, m, a(i)**2 >= 0), take(s), qed("sign"))',
                               's is of sort real; sort int; integer("s")'),
    "the sort of a witness": ('thm(Exists(i, i > m), witness(x), qed("linear"))', "a term of sort int for i"),
    "the sort of a value": ('thm(a(m) > 0, qed(by("linear", at("p", x))), p=ForAll(i, a(i) > 0))',
                            "x is of sort real, expected int"),
    "an index": ("thm(a(x) >= 0)", "a wants an argument of sort int, found x of sort real"),
    "a fact that says nothing exists": ('thm(x > 0, obtain(s, "q", "p"), qed("linear"), p=x > 0)',
                                        "does not say that some s exists; x > 0; a fact that says that something"),
    "a relation": ('thm(x <= x + y**2, calc("c", x, ("=<", x + y**2, "sign")))', "'=<' does not fit; mean '<='"),
    "two directions": ('thm(x <= x + y**2, calc("c", x, ("<=", x + y**2, "sign"), (">=", x, "sign")))', "not both"),
    "nothing to unfold": ('thm(x**2 >= 0, unfold("u", "goal", mean), qed("sign"))', "nothing to unfold; No definition"),
    "the form of an induction": (
        'thm(ForAll(i, a(i)**2 >= 0), induction(i, base=[qed("sign")], hypothesis="h", bound="b", step=[qed("sign")]))',
        "for all integers n, n0 <= n implies P(n)"),
    "a rule for a step": ('thm(x**2 >= 0, by("sign"))', "proof wants steps; write qed(...)"),
    "a text for a step": ('thm(x**2 >= 0, have("q", x**2 >= 0, proof=["sign"]))', "wants steps; write qed(...)"),
    "a step for a list": ('theorem("own.t", "T", conclusion=x > 0, proof=qed("sign"))', "a list of steps"),
    "a step for a case": ('thm(x**2 >= 0, cases(have("p", x > 0, "sign")))', "cases wants case("),
    "a claim for a label": ('thm(x > 0, have(x > 0, by("sign")))', "a label first; found x > 0"),
    "a reason for a claim": ('thm(x > 0, have("q", by("sign"), x > 0))', "a proposition as its claim; by(\"sign\""),
    "a list of hypotheses": ('theorem("own.t", "T", variables=[x], hypotheses=[x > 0], conclusion=x > 0)',
                             "hypotheses wants a table"),
    "one variable for a list": ('theorem("own.t", "T", variables=x, conclusion=x > 0)', "a list of variables"),
    "a float": ("thm(x > 0.5)", "cannot read 0.5; a Fraction"),
    "Python's ==": ("thm(x == y)", "no proposition: False; Eq(a, b)"),
    "Python's and": ("thm(x > 0 and y > 0)", "And(a, b), not =="),
    "a variable that is not declared": ("thm(z > 0)", "conclusion uses z, which the theorem does not declare"),
    "syntax": ("thm(x > 0", "never closed"),
    # what is not so, or not found
    "a false claim": ('thm(x * y > 0, qed(by("sign", "p")), p=x > 0)', "x = 1, y = 0 (verified"),
    "a tactic that finds nothing": ('thm(x > y, qed("auto"))', "tried: the rules sign; symproof state own.t 1"),
    "a question": ('thm(x > y, qed("apply?"))', "a question; symproof expand own.t 1"),
    "what is still to be shown": ('thm(x > 0, have("c", x > 0, "?"), p=x > 0)', "still to be shown; symproof state"),
    "a citation without a place": ('thm(x > 0, cite("c", x > 0, ""))', "a citation needs a reference"),
    "itself": ('thm(x**2 >= 0, apply("q", "own.t"))', "cannot be applied in its own proof"),
}  # fmt: skip


def message(code: str, folder: Path) -> str:
    """What the author of a module with this last line is told."""
    module = folder / "mistake.py"
    module.write_text(f"{HEAD}T = {code}\n" if not code.startswith("from") else f"{HEAD}{code}\n")
    try:
        library = load_library([module]).theorems
    except InputError as error:
        return str(error)
    result, _ = prove_theorem(library["own.t"], library)
    assert not result.accepted
    return "\n".join(diagnostic_text(explain(d)) for d in result.diagnostics)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_has_its_message(name: str, tmp_path: Path) -> None:
    code, words = MISTAKES[name]
    said = message(code, tmp_path)
    missing = [part for part in words.split("; ") if part not in said]
    assert missing == [], said
    line = re.search(r"mistake\.py:(\d+)", said)
    assert line is not None and int(line[1]) in (len(HEAD.splitlines()) + 1, len(HEAD.splitlines())), said


def test_what_is_right_has_no_message(tmp_path: Path) -> None:
    module = tmp_path / "right.py"
    module.write_text(f'{HEAD}T = thm(x > -1, have("near", x > 0, by("linear", "p")), qed("linear"), p=x > 0)\n')
    library = load_library([module]).theorems
    result, _ = prove_theorem(library["own.t"], library)
    assert result.accepted and result.diagnostics == ()


def test_the_table_of_options_is_what_the_rules_read() -> None:
    folder = Path(__file__).parents[2] / "symproof" / "kernel" / "rules"
    read = {f.stem: re.findall(r'request\.option\("(\w+)"', f.read_text()) for f in folder.glob("*.py")}
    assert {rule: names for rule, names in read.items() if names} == {r: [o] for r, o in RULE_OPTIONS.items()}
    assert set(RULE_OPTIONS) <= set(rules())
