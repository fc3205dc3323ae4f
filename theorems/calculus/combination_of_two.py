"""The derivative of a linear combination of two functions."""

from symproof.logic.syntax import Eq, Ite, Lam, forall_in, function, integer, num, real
from symproof.proof.author import apply, assume, at, by, case, cases, have, qed, take
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import NOTATION, has_derivative

g, h = function("g h")
a, d, e, p, q, s = real("a d e p q s")
i = integer("i")

COMBINATION_OF_TWO = theorem(
    "calculus.derivative_of_combination_of_two",
    "The derivative of a linear combination",
    variables=[g, h, a, d, e, p, q],
    hypotheses={"first": has_derivative(g, a, d), "second": has_derivative(h, a, e)},
    conclusion=has_derivative(Lam(s, p * g(s) + q * h(s)), a, p * d + q * e),
    prose="If $g$ and $h$ have derivatives $d$ and $e$ at $a$, then $p\\,g + q\\,h$ has derivative $p\\,d + q\\,e$ there.",
    source="Elementary.",
    proof=[
        apply("one", "calculus.derivative_of_combination", {"q": 0}, using={"derivative": "first"}),
        apply("other", "calculus.derivative_of_combination", {"g": h, "d": e, "p": q, "q": 0}, using={"derivative": "second"}),
        apply("sum", "calculus.derivative_of_sum", {
            "G": Lam((i, s), Ite(Eq(i, 1), p * g(s), q * h(s))), "D": Lam(i, Ite(Eq(i, 1), p * d, q * e))}),
        have("each", forall_in(i, 1, 2, has_derivative(
            Lam(s, Ite(Eq(i, 1), p * g(s), q * h(s))), a, Ite(Eq(i, 1), p * d, q * e))), proof=[
            take(i), assume("i_low", "i_high"),
            cases(
                case("is_one", Eq(i, 1), qed(by("logic", "one", rewrite=["is_one"]))),
                case("is_two", Eq(i, 2), qed(by("logic", "other", rewrite=["is_two"]))), exhaustive=by("sign", "i_low", "i_high"))]),
        have("two", num(2) >= 0, by("linear")),
        qed(by("logic", at("sum", 2), "two", "each")),
    ],
    notation=NOTATION,
)  # fmt: skip
