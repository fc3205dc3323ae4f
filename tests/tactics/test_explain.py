"""Help for failing steps: counterexamples are verified, hints are called hints, true claims get neither."""

from dataclasses import replace
from fractions import Fraction

import pytest

from symproof.diagnostic_text import diagnostic_dict, diagnostic_text, shortened
from symproof.kernel.check import check_theorem
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.evaluate import decide
from symproof.kernel.sequent import Sequent
from symproof.library import load_library
from symproof.logic.definition import define, primitive
from symproof.logic.sort import BOOL, REAL, fun_sort
from symproof.logic.syntax import (
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Ne,
    Or,
    Sum,
    exp,
    family,
    forall_in,
    function,
    integer,
    matrix,
    num,
    real,
    sqrt,
    variable,
)  # fmt: skip
from symproof.logic.term import Term
from symproof.proof.author import apply, by, case, cases, have, qed, take
from symproof.proof.step import Step
from symproof.proof.theorem import theorem
from symproof.tactics.evidence_search import prove_theorem
from symproof.tactics.explain import explain, nearest_rules
from symproof.tactics.step_counterexample import PointSearch, search_points

x, y, z, s, t = real("x y z s t")
m, n, i, k = integer("m n i k")
a, b = family("a b")
h = function("h")
M, N = matrix("M", n, n), matrix("N", n, n)


def sequent(variables: list[Term], *hypotheses: Term) -> Sequent:
    result = Sequent(tuple(variables))
    for number, proposition in enumerate(hypotheses, 1):
        result = result.with_hypothesis(f"h{number}", proposition)
    return result


def values(search: PointSearch) -> dict[str, str]:
    assert search.values is not None, search
    return dict(search.values)


positive_part = define("own.positive_part", (h,), ForAll(t, Eq(h(t), Ite(t >= 0, t, 0))))
mystery = primitive("own.mystery", (x,), BOOL)
P = variable("P", fun_sort(REAL, BOOL))

FALSE = {
    "numbers": (sequent([x, y], x > 0), x * y > 0),
    "boundary": (sequent([x], x >= 0), x > 0),
    "strict sum": (sequent([x, y], x > 0, y >= x), x + y > 3),
    "root": (sequent([x]), Eq(sqrt(x**2), x)),
    "not rational": (sequent([x], Eq(x**2, 2)), x > 0),
    "integers": (sequent([n], num(0) < n), num(2) <= n),
    "no variables": (sequent([]), Eq(num(1), 2)),
    "quantified goal": (sequent([x]), ForAll(s, Implies(s > 0, x + s > 0))),
    "bounded quantifier": (sequent([m, a], forall_in(i, 1, m, a(i) >= 0), num(1) <= m), Sum(i, 1, m, a(i)) > 0),
    "index out of range": (sequent([m, a], num(1) <= m, forall_in(i, 1, m, a(i) > 0)), a(m + 1) > 0),
    "family": (sequent([m, a, b]), Eq(Sum(i, 1, m, a(i) * b(i)), Sum(i, 1, m, a(i)) * Sum(i, 1, m, b(i)))),
    "defined number": (sequent([x, y, z], Eq(z, exp(x) * y)), z > 0),
    "defined family": (sequent([m, x, a], ForAll(k, Eq(a(k), x * k)), num(1) <= m), a(m) > 0),
    "defined function": (sequent([h, x], positive_part(h)), h(x) > 0),
    "chain of definitions": (sequent([x, y, z, a], Eq(y, 2 * x), ForAll(k, Eq(a(k), y + k)), Eq(z, a(num(1)))), z > 0),
    "function": (sequent([h, x, y]), Eq(h(x + y), h(x) + h(y))),
    "predicate": (sequent([P, x, y], P(x)), P(y)),
    "matrices": (sequent([n, M, N], num(1) <= n), Eq(M @ N, N @ M)),
}


@pytest.mark.parametrize(("reach", "goal"), FALSE.values(), ids=FALSE.keys())
def test_a_false_step_gets_a_verified_counterexample(reach: Sequent, goal: Term) -> None:
    search = search_points(reach, goal)
    assert search.values is not None, search
    assert search.verified
    assert "verified" in str(search)


def test_the_point_can_be_checked_by_hand() -> None:
    reach, goal = FALSE["numbers"]
    point = {v: Fraction(values(search_points(reach, goal))[v.name]) for v in (x, y)}
    assert decide(x > 0, point) is True
    assert decide(goal, point) is False


def test_what_a_definition_says_is_shown() -> None:
    found = values(search_points(*FALSE["chain of definitions"]))
    assert Fraction(found["y"]) == 2 * Fraction(found["x"])
    assert Fraction(found["z"]) == Fraction(found["y"]) + 1


TRUE = {
    "numbers": (sequent([x, y], x > 0, y > 0), x * y > 0),
    "integers": (sequent([n], num(0) < n), num(1) <= n),
    "family": (sequent([m, a], forall_in(i, 1, m, a(i) > 0), num(1) <= m), Sum(i, 1, m, a(i)) > 0),
    "defined function": (sequent([h, x], positive_part(h)), h(x) >= 0),
    "matrices": (sequent([n, M, N]), Eq(M @ (M + N), M @ M + M @ N)),
    "undefined outside": (sequent([x], x > 0), Eq(x / x, 1)),
    "contradiction": (sequent([x, y], x > y, y > x), Eq(x, 7)),
}


@pytest.mark.parametrize(("reach", "goal"), TRUE.values(), ids=TRUE.keys())
def test_a_true_step_gets_no_counterexample_and_the_number_of_points_is_told(reach: Sequent, goal: Term) -> None:
    search = search_points(reach, goal)
    assert search.values is None and not search.verified
    assert search.tried > 0
    assert f"none found in {search.tried} points" in str(search)


NOT_EVALUATED = {
    "quantifier": ForAll((s, t), Implies(s <= t, h(s) <= h(t))),
    "exists": Exists(s, h(s) > 0),
    "notion": mystery(x),
}


@pytest.mark.parametrize("hypothesis", NOT_EVALUATED.values(), ids=NOT_EVALUATED.keys())
def test_without_all_hypotheses_it_is_a_hint_and_no_counterexample(hypothesis: Term) -> None:
    search = search_points(sequent([h, x], hypothesis), h(x) > 0)
    assert search.values is not None
    assert not search.verified
    assert search.unevaluated == ("h1",)
    assert str(search).startswith("perhaps")


def test_a_second_definition_of_a_variable_is_not_taken_for_granted() -> None:
    twice = sequent([h, x], ForAll(t, Eq(h(t), t)), ForAll(t, Eq(h(t), t**2 + t - t**2)))
    search = search_points(twice, h(x) > 0)
    assert not search.verified
    assert search.unevaluated == ("h2",)


@pytest.mark.parametrize("goal", [ForAll(h, Exists(s, h(s) > 0)), mystery(x), Exists(s, Eq(s * x, 1))])
def test_what_cannot_be_evaluated_is_not_searched(goal: Term) -> None:
    search = search_points(sequent([x]), goal)
    assert search.values is None
    assert str(search).startswith("not searched: ")


def test_the_search_is_the_same_each_time() -> None:
    for reach, goal in FALSE.values():
        assert search_points(reach, goal) == search_points(reach, goal)


# Diagnostics ---------------------------------------------------------------------------------------------------------


def diagnostic_of(*steps: Step, variables: list[Term], conclusion: Term, **hypotheses: Term) -> Diagnostic:
    failing = theorem("own.t", "T", variables=variables, hypotheses=hypotheses, conclusion=conclusion, proof=steps)
    result, _ = prove_theorem(failing, load_library().theorems)
    return explain(result.diagnostics[0])


def test_the_nearest_rule_is_found_with_the_same_facts() -> None:
    found = diagnostic_of(qed(by("ring", "p", "q")), variables=[x, y], conclusion=y > 0, p=Or(x > 0, y > 0), q=x <= 0)
    assert found.code == "SP-RULE-002"
    assert found.nearest == ('by("logic", "p", "q")',)
    assert found.counterexample is None


def test_the_nearest_rule_is_found_with_the_facts_that_it_needs() -> None:
    facts = {"p": Or(x > 0, y > 0), "other": z > 0, "q": x <= 0}
    found = diagnostic_of(qed("ring"), variables=[x, y, z], conclusion=y > 0, **facts)
    assert found.nearest == ('by("logic", "p", "q")',)
    assert 'would be accepted: by("logic", "p", "q")' in diagnostic_text(found)


def test_what_is_suggested_is_accepted_when_it_is_written() -> None:
    wrong = diagnostic_of(qed("ring"), variables=[x], conclusion=x**2 + 1 > 0)
    assert wrong.nearest
    for text in wrong.nearest:
        right = theorem("own.t", "T", variables=[x], conclusion=x**2 + 1 > 0, proof=[qed(eval(text, {"by": by}))])
        assert prove_theorem(right, {})[0].accepted


def test_no_rule_is_suggested_for_a_false_claim() -> None:
    for reach, goal in FALSE.values():
        assert nearest_rules(reach, goal) == ()


FAILURES = {
    "SP-RULE-002": ([qed(by("sign"))], x > 0, {}),
    "SP-GOAL-002": ([have("one", x**2 >= 0, "sign")], x > 0, {}),
    "SP-CASE-001": ([cases(case("l", x > 0, qed("sign")), case("r", x < 0, qed("sign")))], Ne(x, 0), {}),
    "SP-DEF-001": ([have("q", Eq(1 / x, 1 / x), "ring"), qed("sign")], x**2 >= 0, {}),
    "SP-APPLY-002": (
        [apply("z", "calculus.quadratic_nonnegative", {"g": x, "S": y}), qed(by("logic", "z"))],
        Eq(x, 0),
        {"nonnegative": ForAll(t, t * x + t**2 * y / 2 >= 0)},
    ),
}


@pytest.mark.parametrize("code", FAILURES)
def test_each_kind_of_disputed_claim_is_explained(code: str) -> None:
    steps, conclusion, hypotheses = FAILURES[code]
    found = diagnostic_of(*steps, variables=[x, y], conclusion=conclusion, **hypotheses)
    assert found.code == code
    assert isinstance(found.counterexample, PointSearch)
    assert found.counterexample.values is not None
    assert "counterexample" in diagnostic_text(found)


def test_other_failures_are_left_as_they_are() -> None:
    for steps in ([qed(by("sign", "nowhere"))], [qed(by("no_such_rule"))], [take(t)]):
        found = diagnostic_of(*steps, variables=[x], conclusion=x > 0)
        assert found.counterexample is None and found.nearest == ()


def test_text_and_json_say_everything() -> None:
    found = diagnostic_of(have("c", x * y > 0, by("sign", "p")), variables=[x, y], conclusion=x * y > 0, p=x > 0)
    text = diagnostic_text(found)
    line = found.source.line
    assert text.startswith("SP-RULE-002 own.t step 1 (")
    assert f"test_explain.py:{line}): " in text
    for part in ("goal: x * y > 0", "by: sign from p", "p: x > 0", "counterexample: x = 1, y = 0 (verified"):
        assert part in text
    data = diagnostic_dict(found)
    assert data["code"] == "SP-RULE-002" and data["path"] == "1" and data["line"] == line
    assert data["hypotheses"] == [{"label": "p", "proposition": "x > 0"}]
    assert data["counterexample"] == {
        "values": {"x": "1", "y": "0"},
        "verified": True,
        "points": found.counterexample.tried,
        "admissible": None,
        "unevaluated": [],
        "obstacle": "",
        "solver": "",
    }


def test_long_terms_are_cut_at_a_space_and_say_so() -> None:
    text = " + ".join(f"x{k}" for k in range(200))
    short = shortened(text)
    assert len(short) < 280
    assert short.endswith(f" ... ({len(text)} characters)")
    assert shortened("x\n y") == "x y"
    assert shortened("x" * 1000).startswith("x" * 240)


def test_many_hypotheses_are_counted_not_listed() -> None:
    facts = {f"f{k}": x > k for k in range(40)}
    text = diagnostic_text(diagnostic_of(qed(by("sign", "f3")), variables=[x, y], conclusion=y > 0, **facts))
    assert "f3: x > 3" in text and "f39: x > 39" in text
    assert "f5: x > 5" not in text
    assert "and 28 more" in text


def test_true_steps_of_the_library_have_no_verified_counterexample() -> None:
    """Every claim of the library with its reason taken away: the search must not refute what is proved."""
    library = load_library().theorems
    for name in ("relu_like.candidate", "calculus.quadratic_nonnegative", "linear_algebra.nonzero_inner_product"):
        bare = replace(library[name], proof=tuple(without_reason(step) for step in library[name].proof))
        diagnostics = check_theorem(bare, library).diagnostics
        assert diagnostics
        for diagnostic in diagnostics:
            search = explain(diagnostic).counterexample
            assert search is None or not search.verified, diagnostic_text(diagnostic)


def without_reason(step: Step) -> Step:
    return replace(
        step,
        by=by("ball") if step.by is not None and step.kind in ("have", "qed") else step.by,
        steps=tuple(map(without_reason, step.steps)),
        branches=tuple(replace(b, steps=tuple(map(without_reason, b.steps))) for b in step.branches),
    )


def test_z3_suggests_points_that_no_table_of_small_numbers_has() -> None:
    """Each is verified like any other; what Z3 says where none is found is only repeated."""
    pytest.importorskip("z3", reason="needs the extra smt: pip install 'symproof[smt]'")
    pell = search_points(sequent([n, m], Eq(n**2 - 61 * m**2, 3), n > 0), Eq(m, 0))
    assert pell.verified
    point = values(pell)
    assert int(point["n"]) ** 2 - 61 * int(point["m"]) ** 2 == 3 and point["m"] != "0"
    far = search_points(sequent([h, x, y], Eq(h(x), 77), Eq(h(y), 78)), x <= y)
    assert far.verified and "77" in values(far)["h"]
    irrational = search_points(sequent([x], Eq(x**3, 2)), x > 2)
    assert irrational.values is None and "Z3 has one, but it is not verified" in str(irrational)
    none = search_points(sequent([x, y, z], x >= y, y >= z), x >= z)
    assert none.values is None and str(none).endswith("Z3 says that there is none")
