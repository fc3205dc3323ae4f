"""Where the suffix has full row rank and the prefix full column rank, a vanishing layer gradient means that G = 0."""

from symproof.logic.syntax import Eq, Ite, Lam, Sum, family, forall_in, integer, num
from symproof.proof.author import apply, assume, at, by, have, qed, take
from symproof.proof.theorem import Citation, theorem
from theorems.works import YUN_2019

p, q, r, s, a, b, c, x, y = integer("p q r s a b c x y")
S, P, T, Q, G = family("S P T Q G", 2)

right_inverse = forall_in(
    a, 1, p, forall_in(c, 1, p, Eq(Sum(x, 1, r, S(a, x) * T(x, c)), Ite(Eq(a, c), num(1), num(0))))
)
left_inverse = forall_in(
    b, 1, q, forall_in(c, 1, q, Eq(Sum(y, 1, s, Q(b, y) * P(y, c)), Ite(Eq(b, c), num(1), num(0))))
)
stationary = forall_in(x, 1, r, forall_in(y, 1, s, Eq(Sum(a, 1, p, Sum(b, 1, q, S(a, x) * G(a, b) * P(y, b))), 0)))

FULL_RANK_STATIONARITY = theorem(
    "deep_linear.full_rank_stationarity",
    "Full ranks and a vanishing layer gradient",
    variables=[p, q, r, s, S, T, P, Q, G],
    hypotheses={"right_inverse": right_inverse, "left_inverse": left_inverse, "stationary": stationary},
    conclusion=forall_in(a, 1, p, forall_in(b, 1, q, Eq(G(a, b), 0))),
    prose="If $S$ ($p \\times r$) has a right inverse $T$, $P$ ($s \\times q$) has a left inverse $Q$, and $S^\\top G P^\\top = 0$, "
    "then $G = 0$.",
    origin=Citation(YUN_2019, "theorem on deep linear networks"),
    source="$G = (S T)^\\top G (Q P)^\\top = T^\\top (S^\\top G P^\\top) Q^\\top$.",
    proof=[
        have("rows", forall_in(y, 1, s, forall_in(a, 1, p, Eq(Sum(b, 1, q, G(a, b) * P(y, b)), 0))), proof=[
            take(y), assume("y_low", "y_high"),
            have("orthogonal", forall_in(x, 1, r, Eq(Sum(a, 1, p, S(a, x) * Sum(b, 1, q, G(a, b) * P(y, b))), 0)), proof=[
                take(x), assume("x_low", "x_high"), qed(by("linear", at("stationary", x, y)))]),
            apply("zero", "linear_algebra.injective_transpose", {"q": r, "v": Lam(a, Sum(b, 1, q, G(a, b) * P(y, b)))},
                  using={"inverse": "right_inverse"}),
            qed(by("logic", "zero"))]),
        take(a), assume("a_low", "a_high"),
        have("inverse", forall_in(b, 1, q, forall_in(c, 1, q, Eq(Sum(y, 1, s, P(y, b) * Q(c, y)), Ite(Eq(b, c), num(1), num(0))))), proof=[
            take(b), assume("b_low", "b_high"), take(c), assume("c_low", "c_high"),
            have("own", Eq(Sum(y, 1, s, Q(c, y) * P(y, b)), Ite(Eq(c, b), num(1), num(0))), by("logic", at("left_inverse", c, b))),
            qed(by("linear", "own"))]),
        have("orthogonal", forall_in(y, 1, s, Eq(Sum(b, 1, q, P(y, b) * G(a, b)), 0)), proof=[
            take(y), assume("y_low", "y_high"), qed(by("linear", at("rows", y, a)))]),
        apply("zero", "linear_algebra.injective_transpose",
              {"p": q, "q": s, "S": Lam((b, y), P(y, b)), "T": Lam((y, b), Q(b, y)), "v": Lam(b, G(a, b))}),
        qed(by("logic", "zero")),
    ],
    extra={"main": True},
)  # fmt: skip
