"""Each kind of step: a proof that uses it rightly, beside proofs of false statements that use it wrongly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symproof.logic.definition import define, define_recursive
from symproof.logic.syntax import (
    FALSE,
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Iff,
    Implies,
    Lam,
    Ne,
    Not,
    Or,
    Sum,
    exists_in,
    family,
    forall_in,
    integer,
    num,
    real,
)  # fmt: skip
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    calc,
    case,
    cases,
    cite,
    conjunction,
    contradiction,
    have,
    induction,
    let,
    obtain,
    open_step,
    qed,
    suffices,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.step import Branch, Step
from tests.soundness.checking import FALSE_EQUATION, codes, result_of, statement

x, y, z, t = real("x y z t")
i, j, k, m, n = integer("i j k m n")
a = family("a")
LATER = have("later", Eq(0, 0), "ring")


def check(conclusion, proof, variables=(), library=(), **hypotheses):
    return result_of(conclusion, proof, variables=variables, hypotheses=hypotheses, library=library)


def ok(*arguments, **more) -> bool:
    result = check(*arguments, **more)
    return result.accepted and result.trust == "proved"


# have, qed, calc, suffices --------------------------------------------------------------------------------------------


def test_have_is_known_from_there_on_only_and_only_in_its_own_proof() -> None:
    inner = have("outer", x > 0, proof=[have("inner", x > 1, by("linear", "h")), qed(by("linear", "inner"))])
    assert ok(x > 0, [inner, qed(by("logic", "outer"))], [x], h=x > 2)
    assert codes(check(x > 1, [inner, qed(by("logic", "inner"))], [x], h=x > 2)) == {"SP-FACT-001"}
    late = [qed(by("logic", "late")), have("late", x > 0, "sign")]
    assert codes(check(x > 0, late, [x], h=x > 2)) == {"SP-FACT-001"}
    itself = have("self", x > 0, proof=[qed(by("logic", "self"))])
    assert codes(check(x > 0, [itself, qed(by("logic", "self"))], [x])) == {"SP-FACT-001"}


def test_a_claim_needs_a_reason_and_a_label_of_its_own() -> None:
    assert codes(check(FALSE_EQUATION, [have("h", FALSE_EQUATION), qed(by("logic", "h"))])) == {"SP-GOAL-002"}
    assert "SP-VAR-001" in codes(check(x > 1, [have("h", x > 1, "sign")], [x], h=x > 2))
    assert codes(check(FALSE_EQUATION, [qed("no such rule")])) == {"SP-RULE-001"}


def test_a_proof_reaches_its_goal() -> None:
    assert codes(check(FALSE_EQUATION, [LATER])) == {"SP-GOAL-002"}
    assert codes(check(Eq(0, 0), [qed("ring"), have("more", Eq(1, 1), "ring")])) == {"SP-GOAL-001"}


def test_a_goal_is_reached_by_a_fact_up_to_names_and_normal_form() -> None:
    known = forall_in(i, 1, n, Abs(a(i)) * 2 >= a(i) + a(i))
    assert ok(forall_in(j, 1, n, 2 * a(j) <= Abs(a(j)) * 2), [LATER], [n, a], h=known)
    assert not ok(forall_in(j, 1, n, 2 * a(j) <= Abs(a(j)) * 2 - 1), [LATER], [n, a], h=known)
    assert not ok(forall_in(j, 1, n + 1, 2 * a(j) <= Abs(a(j)) * 2), [LATER], [n, a], h=known)


@pytest.mark.parametrize(
    ("links", "conclusion", "proved"),
    [
        ([("<=", y, by("logic", "h")), ("<", y + 1, "ring")], x < y + 1, True),
        ([("<=", y, by("logic", "h")), ("=", y + 0, "ring")], x <= y, True),
        ([("<=", y, by("logic", "h")), ("=", y + 0, "ring")], x < y, False),
        ([("<=", y, by("logic", "h"))], Eq(x, y), False),
        ([("<=", y, by("logic", "h")), (">=", x, by("logic", "h"))], Eq(x, x + 1), False),
        ([("<=", y, by("logic", "h")), (">", y - 1, "ring")], x > y - 1, False),
        ([("!=", x + 1, "ring"), ("!=", x, "ring")], Ne(x, x), False),
    ],
)  # fmt: skip
def test_calc_concludes_what_its_links_give(links, conclusion, proved) -> None:
    assert ok(conclusion, [calc("c", x, *links), qed(by("logic", "c"))], [x, y], h=x <= y) == proved


def test_suffices_replaces_the_goal_and_proves_nothing_by_itself() -> None:
    enough = suffices("s", x > 1, by("linear", "s"))
    assert ok(x > 0, [enough, qed(by("linear", "h"))], [x], h=x > 2)
    assert not ok(x > 0, [enough], [x])
    assert codes(check(x > 0, [enough, qed(by("logic", "s"))], [x])) == {"SP-FACT-001"}
    assert not ok(FALSE_EQUATION, [suffices("s", FALSE_EQUATION, by("logic", "s")), qed(by("logic", "s"))])
    assert not ok(FALSE_EQUATION, [suffices("s", Eq(0, 0), "ring"), qed("ring")])


# assume, take, let, obtain, witness -----------------------------------------------------------------------------------


def test_assume_takes_the_premise_of_the_goal() -> None:
    assert ok(Implies(x > 1, x > 0), [assume("p"), qed(by("linear", "p"))], [x])
    assert not ok(Implies(x > 0, x > 1), [assume("p"), qed(by("linear", "p"))], [x])
    assert ok(Implies(And(x > 0, y > 0), x + y > 0), [assume("p", "q"), qed(by("linear", "p", "q"))], [x, y])
    assert codes(check(Implies(And(x > 0, y > 0), x + y > 0), [assume("p", "q", "r")], [x, y])) == {"SP-GOAL-001"}
    assert codes(check(And(x > 0, x > 1), [assume("p")], [x])) == {"SP-GOAL-001"}
    assert ok(Not(And(x > 0, x < 0)), [assume("p", "q"), qed(by("linear", "p", "q"))], [x])
    assert ok(Ne(x, 0), [assume("p"), qed(by("linear", "p", "h"))], [x], h=x > 0)
    assert not ok(Ne(x, 0), [assume("p"), qed(by("linear", "p", "h"))], [x], h=x >= 0)


def test_take_takes_a_new_variable_of_the_right_sort() -> None:
    goal = ForAll(y, Implies(y > x, y + 1 > x))
    assert ok(goal, [take(z), assume("p"), qed(by("linear", "p"))], [x])
    assert codes(check(ForAll(y, Eq(y, x)), [take(x), qed("ring")], [x])) == {"SP-VAR-001"}
    assert codes(check(ForAll(y, Or(y <= 0, y >= 1)), [take(n), qed("linear")])) == {"SP-VAR-001"}
    assert codes(check(Exists(y, y > x), [take(z)], [x])) == {"SP-GOAL-001"}
    assert codes(check(ForAll(y, Eq(y, 0)), [take(num(0)), qed("ring")])) == {"SP-VAR-001"}


def test_let_defines_a_new_variable() -> None:
    assert ok(x + x >= x, [let("d", y, 2 * x), qed(by("linear", "d", "h"))], [x], h=x >= 0)
    again = [let("d", x, num(1)), qed(by("linear", "d", "h"))]
    assert codes(check(FALSE_EQUATION, again, [x], h=Eq(x, 0))) == {"SP-VAR-001"}
    assert codes(check(FALSE_EQUATION, [let("d", n, num(Fraction(1, 2))), qed("linear")])) == {"SP-VAR-001"}
    assert "SP-DEF-001" in codes(check(Eq(0, 0), [let("d", y, 1 / x), qed("ring")], [x]))
    assert "SP-DEF-001" in codes(check(Eq(0, 0), [let("d", a, Lam(i, 1 / i)), qed("ring")]))


def test_obtain_names_what_exists_and_nothing_more() -> None:
    some = Exists(y, And(y > 0, y * y < 2))
    assert ok(Exists(z, z > 0), [obtain(y, ("p", "q"), "h"), witness(y), qed(by("logic", "p"))], h=some)
    assert not ok(Exists(z, z > 1), [obtain(y, ("p", "q"), "h"), witness(y), qed(by("linear", "p", "q"))], h=some)
    assert codes(check(FALSE, [obtain(y, ("p", "q"), "h")], [y], h=some)) == {"SP-VAR-001"}
    assert codes(check(FALSE, [obtain(y, ("p", "q", "r"), "h")], h=some)) == {"SP-GOAL-001"}
    assert codes(check(FALSE, [obtain(n, ("p", "q"), "h")], h=some)) == {"SP-VAR-001"}
    assert codes(check(FALSE, [obtain((y, z), "p", "h")], h=some)) == {"SP-GOAL-001"}
    assert codes(check(FALSE, [obtain(y, "p", "h")], h=ForAll(y, y * y >= 0))) == {"SP-GOAL-001"}


def test_witness_is_of_the_right_sort_and_meets_the_claim() -> None:
    assert ok(Exists(y, y > x), [witness(x + 1), qed("ring")], [x])
    assert not ok(Exists(y, y > x), [witness(x), qed("ring")], [x])
    assert codes(check(Exists(n, Eq(2 * n, 1)), [witness(num(Fraction(1, 2))), qed("ring")])) == {"SP-GOAL-001"}
    assert "SP-DEF-001" in codes(check(Exists(y, Eq(y * x, 1)), [witness(1 / x), qed("field")], [x]))
    assert ok(Exists(y, Eq(y * x, 1)), [witness(1 / x), qed("field")], [x], h=Ne(x, 0))
    assert codes(check(ForAll(y, y > x), [witness(x + 1), qed("ring")], [x])) == {"SP-GOAL-001"}


# cases, conjunction, contradiction, induction -------------------------------------------------------------------------


def two_cases(first, second, **more) -> list[Step]:
    return [cases(case("p", first, qed(by("linear", "p"))), case("q", second, qed(by("linear", "q"))), **more)]


def test_cases_exhaust_all_possibilities() -> None:
    goal = Abs(x) >= x
    assert ok(goal, two_cases(x >= 0, x < 0), [x])
    assert codes(check(goal, two_cases(x > 0, x < 0), [x])) == {"SP-CASE-001"}
    assert ok(goal, two_cases(x > 0, x < 0), [x], h=Ne(x, 0))
    assert ok(goal, two_cases(x >= 1, x <= 2, exhaustive=by("sign")), [x])
    assert not ok(goal, two_cases(x >= 2, x <= 1, exhaustive=by("sign")), [x])
    assert ok(n * n >= n, [cases(case("p", n <= 0, qed(by("sos", "p"))), case("q", n >= 1, qed(by("sos", "q"))))], [n])
    assert codes(check(FALSE_EQUATION, [cases()])) == {"SP-CASE-001"}
    assert not ok(FALSE_EQUATION, [Step("cases", branches=(Branch((qed("ring"),)),))])


def test_a_case_is_known_in_its_own_branch_only() -> None:
    proof = [cases(case("p", x > 0, qed(by("linear", "p"))), case("q", x <= 0, qed(by("linear", "p"))))]
    assert "SP-FACT-001" in codes(check(x > 0, proof, [x]))
    branch = case("q", x <= 0, have("r", x < 1, by("linear", "q")), qed(by("linear", "r")))
    assert ok(x < x + 1, [cases(case("p", x > 0, have("r", x > -1, by("linear", "p")), qed("ring")), branch)], [x])


def test_each_part_of_a_conjunction_is_proved() -> None:
    goal = And(x > 0, x > 1)
    assert ok(goal, [conjunction([qed(by("linear", "h"))], [qed(by("linear", "h"))])], [x], h=x > 2)
    assert not ok(goal, [conjunction([qed(by("linear", "h"))], [qed(by("linear", "h"))])], [x], h=x > 0)
    assert codes(check(goal, [conjunction([qed(by("linear", "h"))])], [x], h=x > 2)) == {"SP-GOAL-001"}
    assert codes(check(Or(x > 0, x > 1), [conjunction([qed("sign")], [qed("sign")])], [x], h=x > 2)) == {"SP-GOAL-001"}
    assert not ok(goal, [conjunction([qed(by("linear", "h"))], [])], [x], h=x > 2)


def test_contradiction_assumes_the_negation_of_the_goal() -> None:
    assert ok(x > 0, [contradiction("not", qed(by("linear", "not", "h")))], [x], h=x > 1)
    assert not ok(x > 1, [contradiction("not", qed(by("linear", "not", "h")))], [x], h=x > 0)
    assert not ok(x > 1, [contradiction("not", qed(by("logic", "not")))], [x])
    every = forall_in(i, 1, n, a(i) > 0)
    found = [contradiction("not", obtain(i, ("low", "high", "wrong"), "not"), qed(by("logic", at("h", i), "wrong")))]
    assert ok(every, found, [n, a], h=every)
    assert not ok(every, found, [n, a], h=forall_in(i, 2, n, a(i) > 0))


SQUARES = ForAll(n, Implies(num(0) <= n, Eq(2 * Sum(i, 1, n, i), n * (n + 1))))


def by_induction(step: list[Step], base: list[Step] | None = None, variable=k) -> list[Step]:
    return [induction(variable, base=base or [qed("ring")], hypothesis="ih", bound="low", step=step)]


def test_induction_needs_the_base_and_the_step() -> None:
    step = [qed(by("ideal", "ih", cofactors=[1]))]
    assert ok(SQUARES, by_induction(step))
    wrong_step = ForAll(n, Implies(num(0) <= n, Eq(2 * Sum(i, 1, n, i), n * n)))
    assert not ok(wrong_step, by_induction(step))
    wrong_base = ForAll(n, Implies(num(0) <= n, Eq(2 * Sum(i, 1, n, i), n * (n + 1) + 1)))
    assert not ok(wrong_base, by_induction(step))
    wrong_start = ForAll(n, Implies(num(-3) <= n, Eq(2 * Sum(i, 1, n, i), n * (n + 1))))
    assert not ok(wrong_start, by_induction(step))


def test_induction_is_over_integers_from_a_fixed_start() -> None:
    step = [qed(by("linear", "ih"))]
    assert ok(ForAll(n, Implies(m <= n, n >= m)), by_induction(step, [qed("linear")]), [m])
    reals = ForAll(x, Implies(num(0) <= x, Or(Eq(x, 0), x >= 1)))
    assert codes(check(reals, by_induction([qed("linear")], variable=y))) == {"SP-GOAL-001"}
    strict = ForAll(n, Implies(num(0) < n, n >= 1))
    assert codes(check(strict, by_induction(step, [qed("linear")]))) == {"SP-GOAL-001"}
    taken = by_induction(step, [qed("linear")], variable=m)
    assert codes(check(ForAll(n, Implies(m <= n, n >= m)), taken, [m])) == {"SP-VAR-001"}
    assert "SP-GOAL-001" in codes(check(ForAll(n, Implies(n <= n, n >= 5)), by_induction(step, [qed("linear")])))


# apply, unfold, cite, open --------------------------------------------------------------------------------------------

INVERSE = statement(
    Exists(y, Eq(y * x, 1)),
    [witness(1 / x), qed("field")],
    variables=[x],
    hypotheses={"nonzero": Ne(x, 0)},
    name="own.inverse",
)


def test_apply_owes_the_hypotheses_of_what_it_applies() -> None:
    goal = Exists(y, Eq(y * z, 1))
    proof = [apply("some", "own.inverse", {"x": z}), qed(by("logic", "some"))]
    assert ok(goal, proof, [z], [INVERSE], h=z > 0)
    assert "SP-APPLY-002" in codes(check(goal, proof, [z], [INVERSE], h=z >= 0))
    using = [apply("some", "own.inverse", {"x": z}, using={"nonzero": "h"}), qed(by("logic", "some"))]
    assert ok(goal, using, [z], [INVERSE], h=Ne(z, 0))
    assert "SP-APPLY-002" in codes(check(goal, using, [z], [INVERSE], h=Ne(z, 1)))
    for unfit in (
        apply("some", "own.inverse", {"x": z}, using={"other": "h"}),
        apply("some", "own.inverse", {"x": z, "w": z}),
        apply("some", "own.inverse"),
    ):
        assert codes(check(goal, [unfit], [z], [INVERSE], h=Ne(z, 0))) == {"SP-APPLY-003"}
    assert codes(check(goal, [apply("some", "own.nothing")], [z], h=Ne(z, 0))) == {"SP-APPLY-001"}


def test_apply_substitutes_without_capture() -> None:
    """For every x some y is larger; at x := y this says that some other number is larger than y."""
    larger = statement(Exists(y, y > x), [witness(x + 1), qed("ring")], variables=[x], name="own.larger")
    proof = [apply("some", "own.larger", {"x": y}), obtain(z, "p", "some"), qed(by("linear", "p"))]
    assert ok(Exists(t, t > y), [apply("some", "own.larger", {"x": y}), qed(by("logic", "some"))], [y], [larger])
    assert not ok(FALSE_EQUATION, proof, [y], [larger])
    whole = statement(Or(n <= 0, n >= 1), [qed("sign")], variables=[n], name="own.whole")
    unfit = [apply("w", "own.whole", {"n": x}), qed(by("logic", "w"))]
    assert codes(check(Or(x <= 0, x >= 1), unfit, [x], [whole])) == {"SP-APPLY-003"}


def test_unfold_replaces_a_definition_by_its_body() -> None:
    square = define("own.square", (x,), x * x)
    assert ok(square(y) >= 0, [unfold("", "goal", square), qed("sign")], [y])
    assert ok(y * y >= 1, [unfold("u", "h", square), qed(by("logic", "u"))], [y], h=square(y) >= 1)
    assert not ok(square(y) >= 1, [unfold("", "goal", square), qed("sign")], [y])
    assert codes(check(Eq(0, 0), [unfold("u", "h", square), qed("ring")], [y], h=y >= 0)) == {"SP-GOAL-001"}
    other = define("own.square", (x,), x * x + 1)
    assert not ok(square(y) >= 1, [unfold("", "goal", other), qed("sign")], [y])


def test_a_recursion_is_unfolded_at_zero_and_at_successors_only() -> None:
    power = define_recursive("own.power", (n,), num(1), integer("before"), 2 * integer("before"))
    up = ForAll(k, Implies(k >= 0, Eq(power(k + 1), 2 * power(k))))
    assert ok(up, [qed(by("ring", unfold=[power]))])
    assert ok(Eq(power(num(3)), 8), [qed(by("ring", unfold=[power]))])
    assert not ok(Eq(power(num(3)), 9), [qed(by("ring", unfold=[power]))])
    below = ForAll(k, Eq(power(k + 1), 2 * power(k)))
    result = check(below, [qed(by("ring", unfold=[power]))])
    assert {"SP-DEF-001", "SP-RULE-002"} <= codes(result)
    assert not ok(Eq(power(num(-1)), num(Fraction(1, 2))), [qed(by("ring", unfold=[power]))])


def test_cite_and_open_show_in_the_trust() -> None:
    cited = check(FALSE_EQUATION, [cite("c", FALSE_EQUATION, "Nobody (2018), Theorem 0"), qed(by("logic", "c"))])
    assert (cited.accepted, cited.trust) == (True, "cited")
    gap = check(FALSE_EQUATION, [open_step("o", FALSE_EQUATION), qed(by("logic", "o"))])
    assert (gap.accepted, gap.trust) == (True, "open")
    assert codes(check(Eq(0, 0), [cite("c", Eq(0, 0), "  "), qed(by("logic", "c"))])) == {"SP-CITE-001"}
    both = check(FALSE_EQUATION, [cite("c", x > 0, "N"), open_step("o", FALSE_EQUATION), qed(by("logic", "o"))], [x])
    assert both.trust == "open"


def test_an_equivalence_needs_both_directions() -> None:
    goal = Iff(x > 0, x + 1 > 1)
    one = have("one", Implies(x > 0, x + 1 > 1), "linear")
    other = have("other", Implies(x + 1 > 1, x > 0), "linear")
    assert ok(goal, [one, other, qed(by("logic", "one", "other"))], [x])
    assert not ok(goal, [one, qed(by("logic", "one"))], [x])


def test_a_bounded_existential_needs_an_index_in_range() -> None:
    goal = exists_in(i, 1, n, a(i) >= 0)
    inside = [have("low", num(1) <= n, by("linear", "h")), have("high", n <= n, "ring")]
    proof = [witness(n), *inside, qed(by("logic", "low", "high", "v"))]
    assert ok(goal, proof, [n, a], h=n >= 1, v=a(n) >= 0)
    assert not ok(goal, proof, [n, a], h=n >= 0, v=a(n) >= 0)
