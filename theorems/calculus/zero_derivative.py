"""A function whose derivative is 0 is constant."""

from symproof.logic.syntax import And, ForAll, Implies, Lam, function, num, real
from symproof.proof.author import apply, assume, at, by, case, cases, have, qed, take
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import has_derivative

h = function("h")
a, b, s, u, w = real("a b s u w")


def inside(point):
    """The point lies strictly between a and b."""
    return And(a < point, point < b)


CONSTANT = theorem(
    "calculus.zero_derivative",
    "A function with derivative 0 is constant",
    variables=[h, a, b],
    hypotheses={"derivative": ForAll(s, Implies(inside(s), has_derivative(h, s, 0)))},
    conclusion=ForAll((u, w), Implies(And(a < u, u < b, a < w, w < b), h(u) <= h(w))),
    prose="If $h' = 0$ between $a$ and $b$, then $h$ has the same value everywhere between them.",
    source="Classical.",
    proof=[
        take(u, w), assume("u_low", "u_high", "w_low", "w_high"),
        cases(
            case("up", u <= w,
                 have("slope", ForAll(s, Implies(And(u <= s, s <= w), has_derivative(h, s, 0))), proof=[
                     take(s), assume("s_low", "s_high"),
                     have("above", a < s, by("linear", "s_low", "u_low")), have("below", s < b, by("linear", "s_high", "w_high")),
                     qed(by("logic", at("derivative", s), "above", "below"))]),
                 have("flat", ForAll(s, Implies(And(u <= s, s <= w), num(0) >= 0)), proof=[take(s), assume("s_low", "s_high"), qed("linear")]),
                 apply("grows", "calculus.nonnegative_derivative", {"g": h, "D": Lam(s, num(0)), "a": u, "b": w},
                       using={"order": "up", "derivative": "slope", "sign": "flat"}),
                 qed(by("logic", "grows"))),
            case("down", w < u,
                 have("order", w <= u, by("linear", "down")),
                 have("slope", ForAll(s, Implies(And(w <= s, s <= u), has_derivative(Lam(s, -h(s)), s, 0))), proof=[
                     take(s), assume("s_low", "s_high"),
                     have("above", a < s, by("linear", "s_low", "w_low")), have("below", s < b, by("linear", "s_high", "u_high")),
                     have("here", has_derivative(h, s, 0), by("logic", at("derivative", s), "above", "below")),
                     apply("turned", "calculus.derivative_of_combination", {"g": h, "a": s, "d": 0, "p": -1, "q": 0}, using={"derivative": "here"}),
                     qed(by("logic", "turned"))]),
                 have("flat", ForAll(s, Implies(And(w <= s, s <= u), num(0) >= 0)), proof=[take(s), assume("s_low", "s_high"), qed("linear")]),
                 apply("grows", "calculus.nonnegative_derivative", {"g": Lam(s, -h(s)), "D": Lam(s, num(0)), "a": w, "b": u},
                       using={"order": "order", "derivative": "slope", "sign": "flat"}),
                 qed(by("linear", "grows")))),
    ],
)  # fmt: skip
