"""Values of a curved function, weighted so that constants and linear functions cancel: what is left is a second moment."""

from symproof.logic.syntax import Abs, And, Eq, Exists, ForAll, Implies, Min, Sum, family, forall_in, num, real
from symproof.logic.term import subst
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    case,
    cases,
    conjunction,
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)
from symproof.proof.theorem import theorem
from theorems.calculus.continuous_function import continuous
from theorems.calculus.derivative import delta, epsilon, has_derivative
from theorems.calculus.second_difference import D, E, twice_differentiable
from theorems.relu_like.kink import r
from theorems.relu_like.network import h, i, m

a, b, A, B, R, s, q, v, sigma, mu, top = real("a b A B R s q v sigma mu top")
z = family("z")
NOTATION = {"sigma": r"\sigma", "mu": r"\mu", "top": "M", "delta": r"\delta", "epsilon": r"\varepsilon"}


def inside(point):
    """The point lies between a and b."""
    return And(a <= point, point <= b)


TWICE = {
    "derivative": ForAll(s, Implies(inside(s), has_derivative(h, s, D(s)))),
    "second": ForAll(s, Implies(inside(s), has_derivative(D, s, E(s)))),
    "lower": ForAll(s, Implies(inside(s), sigma * E(s) >= A)),
    "upper": ForAll(s, Implies(inside(s), sigma * E(s) <= B)),
}
"""From a to b the activation has two derivatives, and sigma times the second lies between A and B."""

step, spread = z(i) - z(1), Sum(i, 1, m, (z(i) - z(1)) ** 2)
remainder = sigma * (h(z(i)) - h(z(1)) - D(z(1)) * step)

CURVED_VALUES = theorem(
    "jensen.curved_values",
    "Weighted values of a curved function",
    variables=[m, z, r, h, D, E, a, b, A, B, sigma, mu, top],
    hypotheses={
        "samples": num(1) <= m,
        **TWICE,
        "bend": A + B >= 0,
        "inside": forall_in(i, 1, m, inside(z(i))),
        "constant": Eq(Sum(i, 1, m, r(i)), 0),
        "moment": Eq(Sum(i, 1, m, r(i) * z(i)), 0),
        "definite": mu * spread <= Sum(i, 1, m, r(i) * z(i) ** 2),
        "top": forall_in(i, 1, m, Abs(r(i)) <= top),
    },
    conclusion=((A + B) * mu - (B - A) * top) / 4 * spread <= sigma * Sum(i, 1, m, r(i) * h(z(i))),
    prose="Let $A \\le \\sigma h'' \\le B$ with $A + B \\ge 0$ from $a$ to $b$, where the points $z_i$ lie. If $\\sum_i r_i = 0$, $\\sum_i r_i z_i = 0$, "
    "$\\sum_i r_i z_i^2 \\ge \\mu \\sum_i (z_i - z_1)^2$ and $|r_i| \\le M$, then $\\sigma \\sum_i r_i h(z_i)$ is at least "
    "$\\frac{1}{4} ((A + B) \\mu - (B - A) M) \\sum_i (z_i - z_1)^2$.",
    source="Derived here, from Taylor's theorem.",
    proof=[
        have("upper_turned", ForAll(s, Implies(inside(s), -sigma * E(s) >= -B)), proof=[
            take(s), assume("s_low", "s_high"),
            have("here", sigma * E(s) <= B, by("logic", at("upper", s), "s_low", "s_high")), qed(by("linear", "here"))]),
        apply("above", "calculus.first_order_remainder", {"g": h, "c": A, "p": sigma}, using={"bound": "lower"}),
        apply("below", "calculus.first_order_remainder", {"g": h, "c": -B, "p": -sigma}, using={"bound": "upper_turned"}),
        have("first", inside(z(1)), by("logic", at("inside", 1))),
        have("each", forall_in(i, 1, m, (A + B) / 4 * (r(i) * step**2) - (B - A) / 4 * top * step**2 <= r(i) * remainder), proof=[
            take(i), assume("i_low", "i_high"),
            have("here", inside(z(i)), by("logic", at("inside", i))),
            have("enough", A / 2 * step**2 <= remainder, by("logic", at("above", z(1), z(i)), "first", "here")),
            have("not_more", -B / 2 * step**2 <= -sigma * (h(z(i)) - h(z(1)) - D(z(1)) * step),
                 by("logic", at("below", z(1), z(i)), "first", "here")),
            have("size", Abs(r(i)) <= top, by("logic", at("top", i))),
            have("up", top + r(i) >= 0, by("linear", "size")), have("down", top - r(i) >= 0, by("linear", "size")),
            have("over", remainder - A / 2 * step**2 >= 0, by("linear", "enough")),
            have("under", B / 2 * step**2 - remainder >= 0, by("linear", "not_more")),
            have("one", (top + r(i)) * (remainder - A / 2 * step**2) >= 0, by("sign", "up", "over")),
            have("other", (top - r(i)) * (B / 2 * step**2 - remainder) >= 0, by("sign", "down", "under")),
            qed(by("linear", "one", "other"))]),
        have("sum", Sum(i, 1, m, (A + B) / 4 * (r(i) * step**2) - (B - A) / 4 * top * step**2) <= Sum(i, 1, m, r(i) * remainder),
             by("sum", "each")),
        have("left", Eq(Sum(i, 1, m, (A + B) / 4 * (r(i) * step**2) - (B - A) / 4 * top * step**2),
                        (A + B) / 4 * Sum(i, 1, m, r(i) * z(i) ** 2) - (B - A) / 4 * top * spread),
             by("ideal", "constant", "moment")),
        have("right", Eq(Sum(i, 1, m, r(i) * remainder), sigma * Sum(i, 1, m, r(i) * h(z(i)))),
             by("ideal", "constant", "moment")),
        have("gap", Sum(i, 1, m, r(i) * z(i) ** 2) - mu * spread >= 0, by("linear", "definite")),
        have("curved", (A + B) * (Sum(i, 1, m, r(i) * z(i) ** 2) - mu * spread) >= 0, by("sign", "bend", "gap")),
        qed(by("linear", "sum", "left", "right", "curved")),
    ],
    notation=NOTATION,
)  # fmt: skip

BENT = {**twice_differentiable(h, R), "sign": Eq(sigma**2, 1), "bend": sigma * E(v) > 0}
"""The activation has a second derivative near v, continuous and of sign sigma at v."""
NEARBY = {label: subst(each, {a: v - q, b: v + q}) for label, each in TWICE.items()}

BENT_NEARBY = theorem(
    "jensen.bent_nearby",
    "Close bounds of a second derivative",
    variables=[h, D, E, v, R, sigma, mu, top],
    hypotheses={**BENT, "precision": mu > 0, "top": top >= 0},
    conclusion=Exists((A, B, q), And(q > 0, A + B >= 0, (B - A) * top < (A + B) * mu, *NEARBY.values())),
    prose="If $h''$ is continuous at $v$ and of sign $\\sigma$, then near $v$ it lies between bounds so close that $(B - A)\\,M < (A + B)\\,\\mu$.",
    source="Elementary.",
    proof=[
        have("scale", top + 1 > 0, by("sign", "top")),
        let("epsilon_def", epsilon, sigma * E(v) * mu / (top + 1)),
        have("product", sigma * E(v) * mu > 0, by("sign", "bend", "precision")),
        have("epsilon_positive", epsilon > 0, by("sign", "product", "scale", rewrite=["epsilon_def"])),
        have("cleared", Eq(epsilon * (top + 1), sigma * E(v) * mu), by("field", rewrite=["epsilon_def"])),
        unfold("meaning", "continuous", continuous),
        obtain(delta, ("delta_positive", "steady"), at("meaning", epsilon)),
        let("q_def", q, Min(delta, R)),
        have("near", ForAll(s, Implies(And(v - q <= s, s <= v + q), And(
            v - R <= s, s <= v + R, sigma * E(v) - epsilon <= sigma * E(s), sigma * E(s) <= sigma * E(v) + epsilon))), proof=[
            take(s), assume("s_low", "s_high"),
            have("moved", Abs(s - v) <= delta, proof=[
                cases(case("right", s - v >= 0, have("plain", Eq(Abs(s - v), s - v), by("ring")), qed(by("linear", "plain", "s_high", "q_def"))),
                      case("left", s - v < 0, have("plain", Eq(Abs(s - v), v - s), by("ring")), qed(by("linear", "plain", "s_low", "q_def"))))]),
            have("steady_here", Abs(E(v + (s - v)) - E(v)) <= epsilon, by("logic", at("steady", s - v), "moved")),
            have("plain", Eq(Abs(E(v + (s - v)) - E(v)), Abs(E(s) - E(v))), by("ring")),
            apply("size", "calculus.unit_sign", {"t": E(s) - E(v)}),
            conjunction([qed(by("linear", "s_low", "q_def"))], [qed(by("linear", "s_high", "q_def"))],
                        [qed(by("linear", "steady_here", "size", "plain"))], [qed(by("linear", "steady_here", "size", "plain"))])]),
        witness(sigma * E(v) - epsilon, sigma * E(v) + epsilon, q),
        conjunction(
            [qed(by("sign", "delta_positive", "radius", rewrite=["q_def"]))],
            [qed(by("linear", "bend"))],
            [qed(by("linear", "cleared", "epsilon_positive"))],
            *[[take(s), assume("s_low", "s_high"), qed(by("logic", at(label, s), at("near", s), "s_low", "s_high"))]
              for label in ("derivative", "second")],
            *[[take(s), assume("s_low", "s_high"), qed(by("logic", at("near", s), "s_low", "s_high"))] for _ in ("lower", "upper")]),
    ],
    notation=NOTATION,
)  # fmt: skip
