"""An activation that is affine far to the left and far to the right, but not altogether, is discriminatory."""

from symproof.logic.syntax import Abs, Eq, ForAll, Implies, Ite, Lam, Ne, Sum, family, forall_in, integer, num, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    calc,
    case,
    cases,
    contradiction,
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.affine_piece.network import (
    NOTATION,
    b,
    discriminatory,
    distinct,
    dx,
    h,
    i,
    j,
    l,
    m,
    projection,
    r,
    t,
    w,
    x,
)

n = integer("n")
left_end, left_slope, left_offset, right_end, right_slope, right_offset = real(
    "left_end left_slope left_offset right_end right_slope right_offset"
)
p, d, g, K, D = real("p d g K D")
v, z = family("v z")


def unit_sum(direction, bias):
    """The inner product of r with a unit."""
    return Sum(i, 1, m, r(i) * h(projection(direction, i) + bias))


def second_difference(shift):
    """The second difference of h with step d at p + shift."""
    return h(shift + p + d) + h(shift + p - d) - 2 * h(shift + p)


TAILS = {
    "left": ForAll(t, Implies(t <= left_end, Eq(h(t), left_slope * t + left_offset))),
    "right": ForAll(t, Implies(t >= right_end, Eq(h(t), right_slope * t + right_offset))),
    "bent": Ne(h(p + d) + h(p - d) - 2 * h(p), 0),
}
reach = Abs(left_end) + Abs(right_end) + Abs(p) + Abs(d) + 1

AFFINE_TAILS = theorem(
    "affine_piece.affine_tails",
    "Activations with affine tails are discriminatory",
    variables=[m, dx, x, h, left_end, left_slope, left_offset, right_end, right_slope, right_offset, p, d],
    hypotheses={"dimension": num(1) <= dx, "distinct": distinct, **TAILS},
    conclusion=discriminatory(m, dx, x, h),
    prose="Let $h$ be affine on a left and on a right half line, with some second difference that is not 0. If the inputs are distinct, no "
    "$r \\ne 0$ is orthogonal to all units.",
    source="Ours: a direction that isolates one sample, scaled so that all others lie in a tail; there second differences vanish.",
    proof=[
        unfold("", "goal", discriminatory),
        take(r), assume("nonzero", "sum_zero"),
        obtain(n, ("n_low", "n_high", "r_n"), "nonzero"),
        apply("direction", "relu_like.isolating_direction", {"o": n}, using={"o_low": "n_low", "o_high": "n_high"}),
        obtain((v, g), ("g_positive", "apart"), "direction", note="A direction in which this sample lies apart."),
        let("K_def", K, reach / g, note="A scale that moves all others into a tail."),
        have("K_positive", K > 0, by("sign", "g_positive", rewrite=["K_def"])),
        have("K_reach", Eq(K * g, reach), by("field", rewrite=["K_def"])),
        let("D_def", D, h(p + d) + h(p - d) - 2 * h(p)),
        let("z_def", z, Lam(j, K * (projection(v, j) - projection(v, n)))),
        have("local", forall_in(j, 1, m, Eq(r(j) * second_difference(z(j)), Ite(Eq(j, n), r(n) * D, 0))), proof=[
            take(j), assume("j_low", "j_high"),
            cases(
                case("same", Eq(j, n),
                     have("zero", Eq(z(j), 0), by("ring", rewrite=["same", "z_def"])),
                     calc("value", r(j) * second_difference(z(j)),
                          ("=", r(n) * (h(p + d) + h(p - d) - 2 * h(p)), by("ring", rewrite=["zero", "same"])),
                          ("=", r(n) * D, by("ring", rewrite=["D_def"]))),
                     qed(by("ring", rewrite=["value"]))),
                case("other", Ne(j, n),
                     have("far", Abs(projection(v, j) - projection(v, n)) >= g, by("logic", at("apart", j))),
                     have("slack", K * (Abs(projection(v, j) - projection(v, n)) - g) >= 0, proof=[
                         have("difference", Abs(projection(v, j) - projection(v, n)) - g >= 0, by("linear", "far")),
                         qed(by("sign", "K_positive", "difference"))]),
                     have("value", Eq(z(j), K * (projection(v, j) - projection(v, n))), by("ring", rewrite=["z_def"])),
                     cases(
                         case("to_right", projection(v, j) - projection(v, n) > 0,
                              have("plain", Eq(Abs(projection(v, j) - projection(v, n)), projection(v, j) - projection(v, n)), by("ring")),
                              have("product", Eq(K * Abs(projection(v, j) - projection(v, n)), z(j)), by("ring", rewrite=["plain", "value"])),
                              have("expanded", Eq(K * (Abs(projection(v, j) - projection(v, n)) - g), K * Abs(projection(v, j) - projection(v, n)) - K * g), by("ring")),
                              have("large", z(j) >= reach, by("linear", "product", "expanded", "slack", "K_reach")),
                              have("plus_end", z(j) + p + d >= right_end, by("linear", "large")),
                              have("plus", Eq(h(z(j) + p + d), right_slope * (z(j) + p + d) + right_offset), by("logic", at("right", z(j) + p + d), "plus_end")),
                              have("minus_end", z(j) + p - d >= right_end, by("linear", "large")),
                              have("minus", Eq(h(z(j) + p - d), right_slope * (z(j) + p - d) + right_offset), by("logic", at("right", z(j) + p - d), "minus_end")),
                              have("middle_end", z(j) + p >= right_end, by("linear", "large")),
                              have("middle", Eq(h(z(j) + p), right_slope * (z(j) + p) + right_offset), by("logic", at("right", z(j) + p), "middle_end")),
                              have("flat", Eq(second_difference(z(j)), 0), by("linear", "plus", "minus", "middle")),
                              qed(by("ring", rewrite=["flat"]))),
                         case("to_left", projection(v, j) - projection(v, n) <= 0,
                              have("plain", Eq(Abs(projection(v, j) - projection(v, n)), -(projection(v, j) - projection(v, n))), by("ring")),
                              have("product", Eq(K * Abs(projection(v, j) - projection(v, n)), -z(j)), by("ring", rewrite=["plain", "value"])),
                              have("expanded", Eq(K * (Abs(projection(v, j) - projection(v, n)) - g), K * Abs(projection(v, j) - projection(v, n)) - K * g), by("ring")),
                              have("large", z(j) <= -reach, by("linear", "product", "expanded", "slack", "K_reach")),
                              have("plus_end", z(j) + p + d <= left_end, by("linear", "large")),
                              have("plus", Eq(h(z(j) + p + d), left_slope * (z(j) + p + d) + left_offset), by("logic", at("left", z(j) + p + d), "plus_end")),
                              have("minus_end", z(j) + p - d <= left_end, by("linear", "large")),
                              have("minus", Eq(h(z(j) + p - d), left_slope * (z(j) + p - d) + left_offset), by("logic", at("left", z(j) + p - d), "minus_end")),
                              have("middle_end", z(j) + p <= left_end, by("linear", "large")),
                              have("middle", Eq(h(z(j) + p), left_slope * (z(j) + p) + left_offset), by("logic", at("left", z(j) + p), "middle_end")),
                              have("flat", Eq(second_difference(z(j)), 0), by("linear", "plus", "minus", "middle")),
                              qed(by("ring", rewrite=["flat"])))))),
        ], note="Away from this sample the three points lie in one tail, so the second difference is 0 there."),
        contradiction("orthogonal",
            let("w_def", w, Lam(l, K * v(l))),
            let("b_def", b, p - K * projection(v, n)),
            calc("total", unit_sum(w, b + d) + unit_sum(w, b - d) - 2 * unit_sum(w, b),
                 ("=", Sum(j, 1, m, r(j) * second_difference(z(j))), by("ring", rewrite=["w_def", "b_def", "z_def"])),
                 ("=", Sum(j, 1, m, Ite(Eq(j, n), r(n) * D, 0)), by("sum", "local")),
                 ("=", r(n) * D, by("ring"))),
            have("nothing", Eq(r(n) * D, 0),
                 by("linear", "total", at("orthogonal", w, b + d), at("orthogonal", w, b - d), at("orthogonal", w, b))),
            have("D_nonzero", Ne(D, 0), by("rewrite", "bent", rewrite=["D_def"])),
            have("something", Ne(r(n) * D, 0), by("sign", "r_n", "D_nonzero")),
            qed(by("logic", "nothing", "something"))),
    ],
    notation={**NOTATION, "n": "i_0"},
)  # fmt: skip
