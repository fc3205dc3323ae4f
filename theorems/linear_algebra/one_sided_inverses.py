"""A matrix with a right inverse on the left and one with a left inverse on the right: Z -> S Z P is onto."""

from symproof.logic.syntax import Eq, Ite, Sum, family, forall_in, integer, num
from symproof.proof.author import assume, at, by, calc, have, qed, take
from symproof.proof.theorem import theorem

p, q, r, s, a, b, c, e, x, y = integer("p q r s a b c e x y")
S, T, P, Q, Z = family("S T P Q Z", 2)

right_inverse = forall_in(
    a, 1, p, forall_in(x, 1, p, Eq(Sum(c, 1, r, S(a, c) * T(c, x)), Ite(Eq(a, x), num(1), num(0))))
)
left_inverse = forall_in(
    y, 1, q, forall_in(b, 1, q, Eq(Sum(e, 1, s, Q(y, e) * P(e, b)), Ite(Eq(y, b), num(1), num(0))))
)


def pulled_back(row, column):
    """An entry of T Z Q."""
    return Sum(x, 1, p, Sum(y, 1, q, T(row, x) * Z(x, y) * Q(y, column)))


ONE_SIDED_INVERSES = theorem(
    "linear_algebra.one_sided_inverses",
    "One-sided inverses on both sides",
    variables=[p, q, r, s, S, T, P, Q, Z],
    hypotheses={"right_inverse": right_inverse, "left_inverse": left_inverse},
    conclusion=forall_in(a, 1, p, forall_in(b, 1, q, Eq(Sum(c, 1, r, Sum(e, 1, s, S(a, c) * pulled_back(c, e) * P(e, b))), Z(a, b)))),
    prose="If $S T$ and $Q P$ are identities, then $S (T Z Q) P = Z$.",
    source="Associativity.",
    proof=[
        take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
        have("inner", forall_in(x, 1, p, Eq(
            Sum(c, 1, r, S(a, c) * T(c, x)) * Sum(y, 1, q, Z(x, y) * Sum(e, 1, s, Q(y, e) * P(e, b))), Ite(Eq(a, x), Z(x, b), 0))), proof=[
            take(x), assume("x_low", "x_high"),
            have("terms", forall_in(y, 1, q, Eq(Z(x, y) * Sum(e, 1, s, Q(y, e) * P(e, b)), Ite(Eq(y, b), Z(x, y), 0))), proof=[
                take(y), assume("y_low", "y_high"), qed(by("ring", rewrite=[at("left_inverse", y, b)]))]),
            have("sums", Eq(Sum(y, 1, q, Z(x, y) * Sum(e, 1, s, Q(y, e) * P(e, b))), Sum(y, 1, q, Ite(Eq(y, b), Z(x, y), 0))), by("sum", "terms")),
            have("selected", Eq(Sum(y, 1, q, Ite(Eq(y, b), Z(x, y), 0)), Z(x, b)), by("ring")),
            have("row", Eq(Sum(y, 1, q, Z(x, y) * Sum(e, 1, s, Q(y, e) * P(e, b))), Z(x, b)), by("linear", "sums", "selected")),
            qed(by("ring", rewrite=["row", at("right_inverse", a, x)]))]),
        calc("value", Sum(c, 1, r, Sum(e, 1, s, S(a, c) * pulled_back(c, e) * P(e, b))),
             ("=", Sum(x, 1, p, Sum(c, 1, r, S(a, c) * T(c, x)) * Sum(y, 1, q, Z(x, y) * Sum(e, 1, s, Q(y, e) * P(e, b)))), by("ring")),
             ("=", Sum(x, 1, p, Ite(Eq(a, x), Z(x, b), 0)), by("sum", "inner")),
             ("=", Z(a, b), by("ring"))),
        qed(by("logic", "value")),
    ],
)  # fmt: skip
