"""Jensen's inequality for finitely many points of an interval, with a remainder."""

from symproof.logic.syntax import And, Eq, Sum, family, forall_in, function, integer, num, real
from symproof.proof.author import assume, at, by, conjunction, have, let, qed, take
from symproof.proof.theorem import theorem
from theorems.calculus.interval_tangent import r, tangent_bound, v
from theorems.calculus.second_difference import near

h, D = function("h D")
e, p, mean, slope, value = real("e p mean slope value")
m, i = integer("m i")
lam, s = family("lam s")

WEIGHTS = {"weights": forall_in(i, 1, m, lam(i) >= 0), "total": Eq(Sum(i, 1, m, lam(i)), 1)}
part = lam(i) * (p * h(s(i)) - value - slope * (s(i) - mean) - e * (s(i) - mean) ** 2)

squares = Sum(i, 1, m, lam(i) * (s(i) - mean) ** 2)

JENSEN_INEQUALITY = theorem(
    "calculus.jensen_inequality",
    "Jensen's inequality with a remainder",
    variables=[h, D, v, r, e, p, m, lam, s, mean],
    hypotheses={
        "tangent": tangent_bound(h, D, p, e), "inside": forall_in(i, 1, m, near(s(i), r)), **WEIGHTS,
        "mean": Eq(Sum(i, 1, m, lam(i) * s(i)), mean),
    },
    conclusion=And(near(mean, r), p * h(mean) + e * squares <= p * Sum(i, 1, m, lam(i) * h(s(i)))),
    prose="Let $p\\,h(b) \\ge p\\,h(a) + D(a)(b - a) + e\\,(b - a)^2$ for all $a$ and $b$ from $v - r$ to $v + r$. For points $s_i$ there and weights "
    "$\\lambda_i \\ge 0$ with sum 1, the mean $\\bar s = \\sum_i \\lambda_i s_i$ lies there, and "
    "$p\\,h(\\bar s) + e \\sum_i \\lambda_i (s_i - \\bar s)^2 \\le p \\sum_i \\lambda_i h(s_i)$.",
    source="Classical.",
    proof=[
        *[have(f"{label}_end", claim, proof=[
            have("each", forall_in(i, 1, m, num(0) <= lam(i) * distance), proof=[
                take(i), assume("i_low", "i_high"),
                have("weight", lam(i) >= 0, by("logic", at("weights", i))),
                have("here", near(s(i), r), by("logic", at("inside", i))),
                have("side", distance >= 0, by("linear", "here")),
                qed(by("sign", "weight", "side"))]),
            have("sum", Sum(i, 1, m, lam(i) * distance) >= 0, by("sum", "each")),
            have("expanded", Eq(Sum(i, 1, m, lam(i) * distance), sign * (mean - (v - sign * r))), by("ideal", "total", "mean")),
            qed(by("linear", "sum", "expanded"))])
          for label, claim, distance, sign in (
              ("left", v - r <= mean, s(i) - (v - r), 1), ("right", mean <= v + r, v + r - s(i), -1))],
        let("slope_def", slope, D(mean)),
        let("value_def", value, p * h(mean)),
        have("each", forall_in(i, 1, m, num(0) <= part), proof=[
            take(i), assume("i_low", "i_high"),
            have("weight", lam(i) >= 0, by("logic", at("weights", i))),
            have("here", near(s(i), r), by("logic", at("inside", i))),
            have("tangent_here", p * h(mean) + D(mean) * (s(i) - mean) + e * (s(i) - mean) ** 2 <= p * h(s(i)),
                 by("logic", at("tangent", mean, s(i)), "here", "left_end", "right_end")),
            have("line", Eq(D(mean) * (s(i) - mean), slope * (s(i) - mean)), by("ring", rewrite=["slope_def"])),
            have("side", p * h(s(i)) - value - slope * (s(i) - mean) - e * (s(i) - mean) ** 2 >= 0,
                 by("linear", "tangent_here", "line", "value_def")),
            qed(by("sign", "weight", "side"))]),
        have("sum", Sum(i, 1, m, part) >= 0, by("sum", "each")),
        have("expanded", Eq(Sum(i, 1, m, part), p * Sum(i, 1, m, lam(i) * h(s(i))) - value - e * squares), by("ideal", "total", "mean")),
        conjunction([qed(by("logic", "left_end", "right_end"))], [qed(by("linear", "sum", "expanded", "value_def"))]),
    ],
    notation={"lam": r"\lambda", "mean": r"\bar s"},
)  # fmt: skip
