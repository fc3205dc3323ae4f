"""Finitely many positive numbers have a common positive lower bound."""

from symproof.logic.syntax import And, Eq, Exists, ForAll, Implies, Min, family, forall_in, integer, num, real
from symproof.proof.author import (
    assume,
    at,
    by,
    case,
    cases,
    conjunction,
    contradiction,
    have,
    induction,
    obtain,
    qed,
    take,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem

n, j = integer("n j")
a = family("a")
s, t = real("s t")


def bounded(count):
    """Some t > 0 is at most every a_j with j <= count."""
    return Implies(forall_in(j, 1, count, a(j) > 0), Exists(t, And(t > 0, forall_in(j, 1, count, t <= a(j)))))


POSITIVE_LOWER_BOUND = theorem(
    "calculus.positive_lower_bound",
    "A common positive lower bound",
    variables=[a],
    conclusion=ForAll(n, Implies(num(0) <= n, bounded(n))),
    prose="If the numbers $a_1, \\dots, a_n$ are positive, then some $t > 0$ is at most each of them (also for $n = 0$).",
    source="Elementary.",
    proof=[
        induction(n,
            base=[
                assume("positive"), witness(1),
                conjunction(
                    [qed("ring")],
                    [take(j), assume("j_low", "j_high"), contradiction("any", qed(by("linear", "j_low", "j_high")))]),
            ],
            hypothesis="shorter", bound="n_nonnegative",
            step=[
                assume("positive"),
                have("positive_before", forall_in(j, 1, n, a(j) > 0),
                     proof=[take(j), assume("j_low", "j_high"), qed(by("logic", at("positive", j)))]),
                have("bounded_before", Exists(t, And(t > 0, forall_in(j, 1, n, t <= a(j)))),
                     by("logic", "shorter", "positive_before")),
                obtain(s, ("s_positive", "s_bounds"), "bounded_before"),
                witness(Min(s, a(n + 1))),
                conjunction(
                    [qed(by("sign", "s_positive", at("positive", n + 1)))],
                    [take(j), assume("j_low", "j_high"),
                     cases(
                         case("old", j <= n, qed(by("linear", at("s_bounds", j)))),
                         case("new", Eq(j, n + 1), have("last", Min(s, a(n + 1)) <= a(n + 1), by("extremum")),
                              qed(by("rewrite", "new", "last"))))]),
            ]),
    ],
)  # fmt: skip
