"""A matrix with a right inverse has an injective transpose."""

from symproof.logic.syntax import Eq, Ite, Sum, family, forall_in, integer, num
from symproof.proof.author import assume, at, by, calc, have, qed, take
from symproof.proof.theorem import theorem

p, q, a, c, x = integer("p q a c x")
S, T = family("S T", 2)
v = family("v")

right_inverse = forall_in(
    a, 1, p, forall_in(c, 1, p, Eq(Sum(x, 1, q, S(a, x) * T(x, c)), Ite(Eq(a, c), num(1), num(0))))
)
orthogonal = forall_in(x, 1, q, Eq(Sum(a, 1, p, S(a, x) * v(a)), 0))

INJECTIVE_TRANSPOSE = theorem(
    "linear_algebra.injective_transpose",
    "The transpose of a matrix with a right inverse is injective",
    variables=[p, q, S, T, v],
    hypotheses={"inverse": right_inverse, "orthogonal": orthogonal},
    conclusion=forall_in(c, 1, p, Eq(v(c), 0)),
    prose="If $S T$ is the identity and $S^\\top v = 0$, then $v = 0$: $v = T^\\top S^\\top v$.",
    source="Elementary.",
    proof=[
        take(c), assume("c_low", "c_high"),
        have("terms", forall_in(a, 1, p, Eq(Ite(Eq(a, c), v(a), 0), Sum(x, 1, q, S(a, x) * T(x, c)) * v(a))), proof=[
            take(a), assume("a_low", "a_high"), qed(by("ring", rewrite=[at("inverse", a, c)]))]),
        calc("value", v(c),
             ("=", Sum(a, 1, p, Ite(Eq(a, c), v(a), 0)), by("ring")),
             ("=", Sum(a, 1, p, Sum(x, 1, q, S(a, x) * T(x, c)) * v(a)), by("sum", "terms")),
             ("=", Sum(x, 1, q, T(x, c) * Sum(a, 1, p, S(a, x) * v(a))), by("ring")),
             ("=", 0, by("ring", rewrite=["orthogonal"]))),
        qed(by("logic", "value")),
    ],
)  # fmt: skip
