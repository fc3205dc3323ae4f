"""A twice continuously differentiable function that is not affine has a point where neither derivative is 0."""

from symproof.logic.syntax import And, Eq, Exists, ForAll, Implies, Lam, Min, Ne, Not, num, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    case,
    cases,
    conjunction,
    contradiction,
    have,
    let,
    obtain,
    qed,
    take,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.calculus.continuous_function import continuous
from theorems.calculus.derivative import delta, has_derivative
from theorems.smooth.bent_piece import D, E, sigma, v
from theorems.smooth.samples import h

a, b, p, q, s, t, u, w, tau, B, r = real("a b p q s t u w tau B r")
NINE = num(9) / 10


def inside(point):
    """The point lies strictly between a and b."""
    return And(a < point, point < b)


TWICE = {
    "interval": a < b,
    "derivative": ForAll(s, Implies(inside(s), has_derivative(h, s, D(s)))),
    "second": ForAll(s, Implies(inside(s), has_derivative(D, s, E(s)))),
}
"""The function has two derivatives between a and b."""
NOT_AFFINE = Not(Exists((p, q), ForAll(s, Implies(inside(s), Eq(h(s), p * s + q)))))

m = (a + b) / 2
curved = Exists(u, And(a < u, u < b, Ne(E(u), 0)))

CURVED = theorem(
    "smooth.curved_somewhere",
    "A function that is not affine is curved somewhere",
    variables=[h, D, E, a, b],
    hypotheses={
        **TWICE,
        "not_affine": NOT_AFFINE,
    },
    conclusion=curved,
    prose="If $h$ has two derivatives between $a$ and $b$ and is not affine there, then $h''$ is not 0 somewhere between.",
    source="Classical.",
    proof=[
        contradiction("flat",
            have("m_low", a < m, by("linear", "interval")), have("m_high", m < b, by("linear", "interval")),
            have("no_curve", ForAll(s, Implies(inside(s), Eq(E(s), 0))), proof=[
                take(s), assume("s_low", "s_high"),
                qed(by("logic", at("flat", s), "s_low", "s_high"))]),
            have("no_slope", ForAll(s, Implies(inside(s), has_derivative(D, s, 0))), proof=[
                take(s), assume("s_low", "s_high"),
                have("here", has_derivative(D, s, E(s)), by("logic", at("second", s), "s_low", "s_high")),
                have("zero", Eq(E(s), 0), by("logic", at("no_curve", s), "s_low", "s_high")),
                qed(by("rewrite", "here", "zero"))]),
            apply("slope_constant", "calculus.zero_derivative", {"h": D}, using={"derivative": "no_slope"}),
            let("p_def", p, D(m)), let("q_def", q, h(m) - p * m),
            have("rest", ForAll(s, Implies(inside(s), has_derivative(Lam(s, h(s) - p * s), s, 0))), proof=[
                take(s), assume("s_low", "s_high"),
                have("here", has_derivative(h, s, D(s)), by("logic", at("derivative", s), "s_low", "s_high")),
                have("same", Eq(D(s) - p, 0), proof=[
                    have("one", D(s) <= D(m), by("logic", at("slope_constant", s, m), "s_low", "s_high", "m_low", "m_high")),
                    have("two", D(m) <= D(s), by("logic", at("slope_constant", m, s), "s_low", "s_high", "m_low", "m_high")),
                    qed(by("linear", "one", "two", "p_def"))]),
                apply("moved", "calculus.derivative_of_combination", {"g": h, "a": s, "d": D(s), "p": 1, "q": -p}, using={"derivative": "here"}),
                have("plain", has_derivative(Lam(s, h(s) - p * s), s, D(s) - p), by("logic", "moved")),
                qed(by("rewrite", "plain", "same"))]),
            apply("constant", "calculus.zero_derivative", {"h": Lam(s, h(s) - p * s)}, using={"derivative": "rest"}),
            have("affine", Exists((p, q), ForAll(s, Implies(inside(s), Eq(h(s), p * s + q)))), proof=[
                witness(p, q), take(s), assume("s_low", "s_high"),
                have("one", h(s) - p * s <= h(m) - p * m, by("logic", at("constant", s, m), "s_low", "s_high", "m_low", "m_high")),
                have("two", h(m) - p * m <= h(s) - p * s, by("logic", at("constant", m, s), "s_low", "s_high", "m_low", "m_high")),
                qed(by("linear", "one", "two", "q_def"))]),
            qed(by("logic", "not_affine", "affine"))),
    ],
)  # fmt: skip

found = Exists((v, sigma, tau), And(
    a < v, v < b, Eq(sigma**2, 1), sigma * E(v) > 0, Eq(tau**2, 1), tau * D(v) > 0,
))  # fmt: skip

BENT_POINT = theorem(
    "smooth.bent_point",
    "A point where neither derivative is 0",
    variables=[h, D, E, a, b],
    hypotheses={
        **TWICE,
        "continuous": ForAll(s, Implies(inside(s), continuous(E, s))),
        "not_affine": NOT_AFFINE,
    },
    conclusion=found,
    prose="If $h$ is twice continuously differentiable between $a$ and $b$ and not affine there, then at some $v$ between neither $h'$ nor "
    "$h''$ is 0; $\\sigma$ and $\\tau$ are the signs of $h''(v)$ and $h'(v)$.",
    source="Derived here.",
    proof=[
        apply("somewhere", "smooth.curved_somewhere"),
        obtain(u, ("u_low", "u_high", "u_curved"), "somewhere"),
        apply("bend_sign", "calculus.sign_of", {"t": E(u)}, using={"nonzero": "u_curved"}),
        obtain(sigma, ("sign", "bend"), "bend_sign"),
        cases(
            case("sloped", Ne(D(u), 0),
                 apply("slope_sign", "calculus.sign_of", {"t": D(u)}, using={"nonzero": "sloped"}),
                 obtain(tau, ("direction", "slope"), "slope_sign"),
                 witness(u, sigma, tau),
                 conjunction(*[[qed(by("logic", fact))] for fact in ("u_low", "u_high", "sign", "bend", "direction", "slope")])),
            case("level", Eq(D(u), 0),
                 have("smooth_here", continuous(E, u), by("logic", at("continuous", u), "u_low", "u_high")),
                 apply("steady", "calculus.nearly_constant", {"g": E, "a": u}, using={"continuous": "smooth_here", "side": "bend"}),
                 obtain(delta, ("delta_positive", "near"), "steady"),
                 let("B_def", B, NINE * (sigma * E(u))),
                 have("B_positive", B > 0, by("linear", "B_def", "bend")),
                 let("t_def", t, Min(delta, b - u) / 2),
                 have("gap", b - u > 0, by("linear", "u_high")),
                 have("t_positive", t > 0, by("sign", "delta_positive", "gap", rewrite=["t_def"])),
                 have("kept", ForAll(s, Implies(And(u <= s, s <= u + t), And(a < s, s < b, sigma * E(s) >= B))), proof=[
                     take(s), assume("s_low", "s_high"),
                     have("above", u - delta <= s, by("linear", "s_low", "delta_positive")),
                     have("below", s <= u + delta, by("linear", "s_high", "t_def", "delta_positive")),
                     have("both", And(NINE * (sigma * E(u)) <= sigma * E(s), sigma * E(s) <= num(11) / 10 * (sigma * E(u))),
                          by("logic", at("near", s), "above", "below")),
                     conjunction([qed(by("linear", "s_low", "u_low"))],
                                 [qed(by("linear", "s_high", "t_def", "gap"))],
                                 [qed(by("linear", "both", "B_def"))])]),
                 have("slope", ForAll(s, Implies(And(u <= s, s <= u + t),
                                                 has_derivative(Lam(s, sigma * D(s) - B * s), s, sigma * E(s) - B))), proof=[
                     take(s), assume("s_low", "s_high"),
                     have("here", has_derivative(D, s, E(s)), by("logic", at("second", s), at("kept", s), "s_low", "s_high")),
                     apply("moved", "calculus.derivative_of_combination", {"g": D, "a": s, "d": E(s), "p": sigma, "q": -B}, using={"derivative": "here"}),
                     qed(by("logic", "moved"))]),
                 have("rises", ForAll(s, Implies(And(u <= s, s <= u + t), sigma * E(s) - B >= 0)), proof=[
                     take(s), assume("s_low", "s_high"),
                     have("enough", sigma * E(s) >= B, by("logic", at("kept", s), "s_low", "s_high")),
                     qed(by("linear", "enough"))]),
                 have("order", u <= u + t, by("linear", "t_positive")),
                 apply("grows", "calculus.nonnegative_derivative",
                       {"g": Lam(s, sigma * D(s) - B * s), "D": Lam(s, sigma * E(s) - B), "a": u, "b": u + t},
                       using={"order": "order", "derivative": "slope", "sign": "rises"}),
                 have("gain", B * t > 0, by("sign", "B_positive", "t_positive")),
                 have("start", Eq(sigma * D(u), 0), by("ideal", "level")),
                 have("end", And(a < u + t, u + t < b, sigma * E(u + t) >= B), by("logic", at("kept", u + t), "order")),
                 witness(u + t, sigma, sigma),
                 conjunction([qed(by("logic", "end"))], [qed(by("logic", "end"))], [qed(by("logic", "sign"))],
                             [qed(by("linear", "end", "B_positive"))], [qed(by("logic", "sign"))],
                             [qed(by("linear", "grows", "gain", "start"))])),
            exhaustive=by("logic")),
    ],
)  # fmt: skip
