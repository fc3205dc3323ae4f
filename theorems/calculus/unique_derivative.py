"""A function has at most one derivative at a point."""

from symproof.logic.syntax import Abs, Eq, Min, Ne
from symproof.proof.author import at, by, case, cases, contradiction, have, let, obtain, qed, unfold
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import NOTATION, a, d, delta, g, gamma, has_derivative, q, s, u

UNIQUE_DERIVATIVE = theorem(
    "calculus.unique_derivative",
    "The derivative is unique",
    variables=[g, a, d, q],
    hypotheses={"one": has_derivative(g, a, d), "other": has_derivative(g, a, q)},
    conclusion=Eq(d, q),
    prose="A function has at most one derivative at a point.",
    source="Elementary.",
    proof=[
        unfold("one_meaning", "one", has_derivative),
        unfold("other_meaning", "other", has_derivative),
        contradiction("different",
            have("apart", Ne(d - q, 0), by("sign", "different")),
            have("gap", Abs(d - q) > 0, by("sign", "apart")),
            obtain(delta, ("delta_positive", "one_near"), at("one_meaning", Abs(d - q) / 4)),
            obtain(gamma, ("gamma_positive", "other_near"), at("other_meaning", Abs(d - q) / 4)),
            let("s_def", s, Min(delta, gamma)),
            have("step", s > 0, by("sign", "delta_positive", "gamma_positive", rewrite=["s_def"])),
            have("length", Eq(Abs(s), s), by("ring")),
            have("one_small", Abs(s) <= delta, by("linear", "length", "s_def")),
            have("other_small", Abs(s) <= gamma, by("linear", "length", "s_def")),
            have("one_bound", Abs(g(a + s) - g(a) - d * s) <= Abs(d - q) / 4 * Abs(s), by("logic", at("one_near", s), "one_small")),
            have("other_bound", Abs(g(a + s) - g(a) - q * s) <= Abs(d - q) / 4 * Abs(s), by("logic", at("other_near", s), "other_small")),
            let("u_def", u, (d - q) * s),
            have("product", Eq(Abs(u), Abs(d - q) * Abs(s)), by("ring", rewrite=["u_def"])),
            have("positive", Abs(d - q) * Abs(s) > 0, by("sign", "gap", "step")),
            have("first", Abs(g(a + s) - g(a) - d * s) <= Abs(d - q) / 4 * s, by("rewrite", "length", "one_bound")),
            have("second", Abs(g(a + s) - g(a) - q * s) <= Abs(d - q) / 4 * s, by("rewrite", "length", "other_bound")),
            have("upper", u <= Abs(d - q) / 2 * s, by("linear", "first", "second", "u_def")),
            have("lower", -u <= Abs(d - q) / 2 * s, by("linear", "first", "second", "u_def")),
            have("bound", Abs(u) <= Abs(d - q) / 2 * s, proof=[
                cases(
                    case("up", u >= 0, have("plain", Eq(Abs(u), u), by("ring")), qed(by("linear", "plain", "upper"))),
                    case("down", u < 0, have("plain", Eq(Abs(u), -u), by("ring")), qed(by("linear", "plain", "lower"))))]),
            qed(by("linear", "bound", "product", "positive", "length"))),
    ],
    notation=NOTATION,
)  # fmt: skip
