"""A sum whose last terms are all 0."""

from symproof.logic.syntax import Eq, Sum, family, forall_in, integer, num
from symproof.proof.author import by, have, qed
from symproof.proof.theorem import theorem

n, q, k = integer("n q k")
f = family("f")

PADDED_SUM = theorem(
    "linear_algebra.padded_sum",
    "A sum whose last terms vanish",
    variables=[n, q, f],
    hypotheses={
        "nonnegative": num(0) <= q,
        "shorter": q <= n,
        "zero": forall_in(k, q + 1, n, Eq(f(k), 0)),
    },
    conclusion=Eq(Sum(k, 1, n, f(k)), Sum(k, 1, q, f(k))),
    prose="If the terms of a sum vanish from index $q + 1$ on, the sum ends at $q$.",
    source="Elementary.",
    proof=[
        have("start", num(1) <= q + 1, by("linear", "nonnegative")),
        have("split", Eq(Sum(k, 1, n, f(k)), Sum(k, 1, q, f(k)) + Sum(k, q + 1, n, f(k))), by("sum")),
        have("rest", Eq(Sum(k, q + 1, n, f(k)), 0), by("ring", rewrite=["zero"])),
        qed(by("linear", "split", "rest")),
    ],
)  # fmt: skip
