"""The triangle inequality for finite sums."""

from symproof.logic.syntax import Abs, Eq, Sum, family, forall_in, integer
from symproof.proof.author import assume, at, by, case, cases, have, qed, take
from symproof.proof.theorem import theorem

m, l = integer("m l")
a, b = family("a b")
total, bound = Sum(l, 1, m, a(l)), Sum(l, 1, m, b(l))

TRIANGLE_FOR_SUMS = theorem(
    "calculus.triangle_for_sums",
    "The triangle inequality for sums",
    variables=[m, a, b],
    hypotheses={"terms": forall_in(l, 1, m, Abs(a(l)) <= b(l))},
    conclusion=Abs(total) <= bound,
    prose="If $|a_l| \\le b_l$ for every $l$, then $|\\sum_l a_l| \\le \\sum_l b_l$.",
    source="Elementary.",
    proof=[
        have("upper_terms", forall_in(l, 1, m, a(l) <= b(l)), proof=[take(l), assume("l_low", "l_high"), qed(by("linear", at("terms", l)))]),
        have("lower_terms", forall_in(l, 1, m, -b(l) <= a(l)), proof=[take(l), assume("l_low", "l_high"), qed(by("linear", at("terms", l)))]),
        have("upper", total <= bound, by("sum", "upper_terms")),
        have("lower", Sum(l, 1, m, -b(l)) <= total, by("sum", "lower_terms")),
        have("negated", Eq(Sum(l, 1, m, -b(l)), -bound), by("ring")),
        cases(
            case("up", total >= 0, have("plain", Eq(Abs(total), total), by("ring")), qed(by("linear", "plain", "upper"))),
            case("down", total < 0, have("plain", Eq(Abs(total), -total), by("ring")), qed(by("linear", "plain", "lower", "negated")))),
    ],
)  # fmt: skip
