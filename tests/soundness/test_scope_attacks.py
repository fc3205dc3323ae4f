"""Attacks with variables that are not in scope, and with terms, definitions and steps that are not what they say.

Each false statement stands beside a true control with a proof of the same form.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from symproof.logic.definition import Definition, define
from symproof.logic.sort import BOOL, INT, REAL, fun_sort
from symproof.logic.syntax import (
    Eq,
    Exists,
    ForAll,
    Implies,
    Lam,
    Ne,
    Or,
    Sum,
    function,
    identity,
    integer,
    matrix,
    num,
    real,
    trace,
    variable,
)
from symproof.logic.term import Binder, Term
from symproof.proof.author import (
    apply,
    at,
    by,
    calc,
    case,
    cases,
    have,
    let,
    obtain,
    qed,
    suffices,
    take,
    unfold,
    witness,
)
from symproof.proof.step import Step
from tests.soundness.checking import FALSE_EQUATION, accepted, codes, result_of, statement

x, y, z, a, b, c, t = real("x y z a b c t")
i, n = integer("i n")
f, g = function("f g")
CONSTANT = Exists(y, ForAll(x, Eq(x, y)))
"""All reals are equal: false."""


# Variables that nobody introduced ------------------------------------------------------------------------------------


def test_a_witness_may_not_mention_a_variable_that_is_taken_later() -> None:
    result = result_of(CONSTANT, [witness(x), take(x), qed("ring")])
    assert codes(result) == {"SP-VAR-002"}
    assert accepted(ForAll(x, Exists(y, Eq(x, y))), [take(x), witness(x), qed("ring")])


def test_a_let_may_not_define_a_variable_by_itself() -> None:
    assert codes(result_of(FALSE_EQUATION, [let("d", x, x + 1), qed(by("linear", "d"))])) == {"SP-VAR-002"}
    assert accepted(Eq(z + 1, z + 1), [let("d", x, z + 1), qed(by("linear", "d"))], variables=[z])


def test_a_fact_may_not_be_instantiated_at_the_variable_that_it_yields() -> None:
    larger = have("larger", ForAll(a, Exists(b, b > a)), proof=[take(a), witness(a + 1), qed("ring")])
    stolen = [larger, obtain(x, "h", at("larger", x)), qed(by("linear", "h"))]
    assert codes(result_of(FALSE_EQUATION, stolen)) == {"SP-VAR-002"}
    assert accepted(
        Exists(x, x > z), [larger, obtain(x, "h", at("larger", z)), witness(x), qed(by("linear", "h"))], variables=[z]
    )


def test_a_case_may_not_assume_something_of_a_variable_that_is_taken_inside() -> None:
    """For real x, "all x are 0 or all x are not 0" is false."""
    zero, other = ForAll(x, Eq(x, 0)), ForAll(x, Ne(x, 0))

    def branch(label, assumption, side):
        return case(
            label, assumption, have("side", side, proof=[take(x), qed(by("logic", label))]), qed(by("logic", "side"))
        )

    proof = [cases(branch("is", Eq(x, 0), zero), branch("is_not", Ne(x, 0), other))]
    assert codes(result_of(Or(zero, other), proof)) == {"SP-VAR-002"}
    split = [cases(case("is", Eq(x, 0), qed(by("logic", "is"))), case("is_not", Ne(x, 0), qed(by("logic", "is_not"))))]
    assert accepted(Or(Eq(x, 0), Ne(x, 0)), split, variables=[x])


@pytest.mark.parametrize(
    "step",
    [
        have("s", Eq(x, x), "ring"),
        suffices("s", Eq(x, x), "ring"),
        calc("s", x, ("=", x, "ring")),
        calc("s", num(1), ("<=", 1 + x**2, "sign")),
        let("s", y, x),
        apply("s", "other", {"z": x}),
        have("s", Eq(0, 0), by("logic", at("every", x))),
        unfold("s", "every"),
    ],
    ids=lambda step: step.kind,
)
def test_every_step_looks_at_the_scope(step: Step) -> None:
    """The last one is the control: it has no such variable (and fails for another reason)."""
    other = statement(Exists(y, y > z), [witness(z + 1), qed("ring")], variables=[z], name="other")
    result = result_of(Eq(0, 0), [step, qed("ring")], hypotheses={"every": ForAll(a, Eq(a, a))}, library=[other])
    assert ("SP-VAR-002" in codes(result)) == (step.kind != "unfold")
    assert not result.accepted


def test_a_statement_declares_its_variables() -> None:
    assert codes(result_of(Exists(y, Eq(y, x)), [witness(x), qed("ring")])) == {"SP-VAR-002"}
    assert accepted(Exists(y, Eq(y, x)), [witness(x), qed("ring")], variables=[x])
    assert codes(result_of(Eq(x, x), [qed("ring")], variables=[integer("x")])) == {"SP-VAR-002"}
    assert "SP-VAR-001" in codes(result_of(Eq(x, x), [qed("ring")], variables=[x, integer("x")]))


def test_an_applied_statement_with_undeclared_variables_brings_none_of_them_in() -> None:
    """x + 1 would be obtained as x."""
    other = statement(Exists(y, Eq(y, x + 1)), [witness(x + 1), qed("ring")], name="other")
    proof = [apply("some", "other"), obtain(x, "e", "some"), qed(by("linear", "e"))]
    assert codes(result_of(FALSE_EQUATION, proof, library=[other])) == {"SP-VAR-002"}


def test_the_size_of_a_matrix_is_a_variable_too() -> None:
    m = matrix("M", n, n)
    assert codes(result_of(Eq(m, m), [qed(by("matrix"))], variables=[m])) == {"SP-VAR-002"}
    assert accepted(Eq(m, m), [qed(by("matrix"))], variables=[m, n])


def test_a_result_does_not_prove_itself() -> None:
    itself = statement(FALSE_EQUATION, [apply("self", "attack"), qed(by("logic", "self"))])
    result = result_of(FALSE_EQUATION, itself.proof, library=[itself])
    assert codes(result) == {"SP-APPLY-001"}


# Names that the kernel uses itself -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["?0", "§0", "¤1.0", "¤0:0", "¶1", "?index"])
def test_names_of_the_kernel_are_not_for_authors(name: str) -> None:
    """A constant function would become the identity: f(a) = ?0 for all a was read with ?0 as the pattern variable."""
    taken = variable(name, REAL)
    proof = [qed(by("rewrite", "constant"))]
    result = result_of(Eq(f(5), 5), proof, variables=[f, taken], hypotheses={"constant": ForAll(a, Eq(f(a), taken))})
    assert codes(result) == {"SP-VAR-001"}
    assert accepted(Eq(f(5), z), proof, variables=[f, z], hypotheses={"constant": ForAll(a, Eq(f(a), z))})
    assert "SP-VAR-001" in codes(result_of(ForAll(x, Eq(x, x)), [take(taken), qed("ring")]))


@pytest.mark.parametrize("hint", ["?0", "§0", "¤1.0", "¤0:0", "¶1", "?index"])
def test_names_of_bound_variables_capture_nothing(hint: str) -> None:
    """The name of a bound variable may be anything: what is introduced for it is no kernel variable."""
    bound = variable(hint, REAL)
    positive = ForAll(a, Implies(a <= bound, f(a) > 0))
    assert not accepted(ForAll(bound, Implies(positive, f(5) > 0)), [qed("sign")], variables=[f])
    assert accepted(ForAll(bound, Implies(positive, Implies(num(5) <= bound, f(5) > 0))), [qed("sign")], variables=[f])


def test_a_let_of_a_function_captures_nothing_of_its_value() -> None:
    """Names that the kernel makes up for the arguments are neither free in the value nor equal to each other."""
    own = variable("t·", REAL)
    twice = Term(
        "lam", (Term("bound", (), 1, REAL),), (Binder(REAL, "k"), Binder(REAL, "k")), fun_sort(REAL, REAL, REAL)
    )
    first = function("first", 2)

    def evaluates(new: Term, value: Term, at: tuple[int, ...], to: Term | int) -> bool:
        steps = [let("d", new, value), have("value", Eq(new(*at), to), by("ring", rewrite=["d"])), qed("ring")]
        return accepted(Eq(0, 0), steps, variables=[own])

    assert evaluates(g, Lam(t, own), (0,), own)
    assert not evaluates(g, Lam(t, own), (0,), 0)
    assert evaluates(first, twice, (0, 1), 0)
    assert not evaluates(first, twice, (0, 1), 1)


# Terms, definitions and steps that are not what they say --------------------------------------------------------------


def test_a_half_is_no_integer() -> None:
    """Integers above 0 are at least 1, so that 1/2 as an integer proves 0 = 1."""
    half = Term("num", (), Fraction(1, 2), INT)
    rounded = [have("positive", i > 0, by("linear", "d")), have("one", i >= 1, by("linear", "positive"))]
    proof = [let("d", i, half), *rounded, qed(by("linear", "d", "one"))]
    assert codes(result_of(FALSE_EQUATION, proof)) == {"SP-SORT-001"}


@pytest.mark.parametrize(
    "forged",
    [
        z,
        Eq(Term("num", (), Fraction(1, 2), INT), 0),
        Eq(Term("div", (n, num(2)), None, INT), 0),
        Eq(Term("neg", (z,), None, INT), 0),
        Eq(Term("bound", (), 0, REAL), 0),
        Term("eq", (n, identity(2)), None, BOOL),
        Term("and", (n, n), None, BOOL),
        Term("forall", (Eq(Term("bound", (), 0, INT), 0),), (Binder(REAL, "x"),), BOOL),
        Term("forall", (Eq(z, z),), (), BOOL),
        Term("nonsense", (n, n), None, BOOL),
        Eq(Term("inv", (z,), None, REAL), 0),
        Eq(Term("apply", (f, identity(2)), None, REAL), 0),
        Eq(Term("sum", (z, z, z), (Binder(INT, "i"),), REAL), 0),
        Eq(Term("sum", (num(0), num(1), z), (Binder(REAL, "i"),), REAL), 0),
        Eq(Term("ite", (z, z, z), None, REAL), 0),
        Eq(Term("trace", (matrix("M", 2, 3),), None, REAL), 2),
        Eq(Term("call", (z,), None, REAL), 0),
    ],
    ids=lambda forged: "-".join([forged.op, *(part.op for part in forged.args)]),
)
def test_terms_of_wrong_sorts_are_refused(forged: Term) -> None:
    variables = [z, n, f, matrix("M", 2, 3)]
    assert "SP-SORT-001" in codes(result_of(forged, [qed("ring")], variables=variables))
    assert "SP-SORT-001" in codes(result_of(Eq(0, 0), [have("h", forged, "ring")], variables=variables))


def test_a_definition_depends_on_its_parameters_only() -> None:
    """Else a constant could be all reals at once."""
    loose = Definition("attack.c", (), REAL, body=x)
    proof = [witness(loose()), take(x), qed(by("ring", unfold=[loose]))]
    assert codes(result_of(CONSTANT, proof)) == {"SP-SORT-001"}
    five = define("attack.five", (), num(5))
    assert accepted(Exists(y, ForAll(x, Eq(y + x, x + 5))), [witness(five()), take(x), qed(by("ring", unfold=[five]))])


def test_the_body_of_a_definition_has_the_sort_that_it_says() -> None:
    whole = Definition("attack.whole", (x,), INT, body=x)
    claim = Or(whole(x) <= 0, whole(x) >= 1)
    assert "SP-SORT-001" in codes(result_of(claim, [qed("linear")], variables=[x]))


def test_one_name_means_one_notion() -> None:
    """Two notions of one name would look the same in every report."""
    one, other = define("attack.notion", (x,), x), define("attack.notion", (x,), x + 1)
    assert "SP-DEF-002" in codes(result_of(Eq(one(0), other(0)), [qed("ring")]))
    assert accepted(Eq(one(0), 0), [qed(by("ring", unfold=[one]))])


@pytest.mark.parametrize("kind", ["nonsense", "reached", "_post_init__", "instance", "subproof", ""])
def test_there_are_no_other_kinds_of_steps(kind: str) -> None:
    assert codes(result_of(Eq(0, 0), [Step(kind), qed("ring")])) == {"SP-SORT-001"}


def test_matching_compares_the_sizes_of_constant_matrices() -> None:
    known = {"known": Eq(trace(identity(2)), 2)}
    assert accepted(Eq(trace(identity(2)), 2), [qed(by("rewrite", "known"))], hypotheses=known)
    assert not accepted(Eq(trace(identity(3)), 2), [qed(by("rewrite", "known"))], hypotheses=known)


def test_terms_too_large_to_expand_are_no_crash() -> None:
    large = {"large": Eq((x + y) ** 70, 0)}
    step = have("zero", Eq(0, 0), "ring")
    assert codes(result_of(FALSE_EQUATION, [step], variables=[x, y], hypotheses=large)) == {"SP-GOAL-002"}
    assert accepted(large["large"], [step, qed(by("logic", "large"))], variables=[x, y], hypotheses=large)


def test_sums_are_over_integers() -> None:
    """The control of the forged sums above."""
    assert accepted(Eq(Sum(i, 0, 1, z), 2 * z), [qed("ring")], variables=[z])
