"""One further unit lowers the risk below that of the best affine map."""

from symproof.logic.syntax import Abs, And, Eq, ForAll, Ite, Lam, Ne, Sum, exists_in, forall_in, integer
from symproof.proof.author import apply, assume, at, by, calc, conjunction, have, obtain, qed, take, unfold
from symproof.proof.theorem import theorem
from theorems.affine_piece.candidate import CARRIED, offset
from theorems.affine_piece.local_minimum import definitions, other
from theorems.affine_piece.network import (
    HALF,
    NOTATION,
    V1,
    V2,
    A,
    H,
    U,
    V,
    Y,
    a,
    affine_map_risk,
    affine_on,
    alpha,
    b,
    beta,
    c,
    c1,
    c2,
    coordinate,
    d1,
    dx,
    dy,
    fit,
    gap,
    h,
    hi,
    i,
    k,
    l,
    lo,
    m,
    network,
    o,
    other_theta,
    phi,
    projection,
    q,
    residual,
    risk,
    s,
    u,
    w,
    x,
)  # fmt: skip
from theorems.relu_like.network import affine, pre_activation, sample

n = integer("n")
after = pre_activation(V1, c1, k, sample(i))


def unit(index):
    """The output of the further unit at a sample."""
    return h(projection(w, index) + b)


BETTER_PARAMETERS = {
    "V1_def": ForAll((k, l), Eq(V1(k, l), Ite(k <= q, alpha * V(k, l), Ite(Eq(k, q + 1), w(l), 0)))),
    "c1_def": ForAll(k, Eq(c1(k), Ite(k <= q, beta, Ite(Eq(k, q + 1), b, beta)))),
    "V2_def": ForAll((o, k), Eq(V2(o, k), Ite(k <= q, U(o, k) / (alpha * s), Ite(Eq(k, q + 1), u(o), 0)))),
    "c2_def": ForAll(o, Eq(c2(o), offset)),
}
better_outputs = forall_in(o, 1, dy, forall_in(i, 1, m,
    Eq(network(dx, d1, h, *other_theta, sample(i), o), fit(o, i) + u(o) * unit(i))))  # fmt: skip
lowered = affine_map_risk(m, dx, dy, x, Y, A, c) - Sum(o, 1, dy, phi(o) ** 2) / (2 * H)

DESCENT = theorem(
    "affine_piece.descent",
    "A further unit lowers the risk",
    variables=[m, dx, dy, d1, q, x, Y, h, s, a, lo, hi, A, c, U, V, alpha, beta, gap, w, b, u, phi, H, *other_theta],
    hypotheses={
        **CARRIED,
        "width": q + 1 <= d1,
        "phi_def": forall_in(o, 1, dy, Eq(phi(o), Sum(i, 1, m, residual(o, i) * unit(i)))),
        "phi_nonzero": exists_in(o, 1, dy, Ne(phi(o), 0)),
        "H_def": Eq(H, Sum(i, 1, m, unit(i) ** 2)),
        "u_def": forall_in(o, 1, dy, Eq(u(o) * H, -phi(o))),
        **BETTER_PARAMETERS,
    },
    conclusion=And(better_outputs, H > 0, Eq(risk(*other), lowered), risk(*other) < affine_map_risk(m, dx, dy, x, Y, A, c)),
    prose="The first $q$ units carry the affine map, unit $q + 1$ is $h(w \\cdot x + b)$ with outgoing weights $u_o = -\\varphi_o/H$. The risk is that of "
    "the affine map minus $\\sum_o \\varphi_o^2/(2H)$.",
    source="Ours.",
    proof=[
        unfold("straight", "piece", affine_on),
        have("carriers", forall_in(i, 1, m, forall_in(k, 1, q, Eq(h(after), s * (alpha * coordinate(k, i) + beta) + a))), proof=[
            take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
            have("value", Eq(after, alpha * coordinate(k, i) + beta), by("ring", rewrite=["V1_def", "c1_def"])),
            have("up", coordinate(k, i) + Abs(coordinate(k, i)) >= 0, by("linear")),
            have("down", Abs(coordinate(k, i)) - coordinate(k, i) >= 0, by("linear")),
            have("scaled_up", alpha * (coordinate(k, i) + Abs(coordinate(k, i))) >= 0, by("sign", "scale", "up")),
            have("scaled_down", alpha * (Abs(coordinate(k, i)) - coordinate(k, i)) >= 0, by("sign", "scale", "down")),
            have("above", lo < after, by("linear", "value", "scaled_up", at("spread", i, k), "gap_low", "gap")),
            have("below", after < hi, by("linear", "value", "scaled_down", at("spread", i, k), "gap_high", "gap")),
            have("there", Eq(h(after), s * after + a), by("logic", at("straight", after), "above", "below")),
            qed(by("ring", rewrite=["there", "value"])),
        ]),
        have("outputs", better_outputs, proof=[
            take(o), assume("o_low", "o_high"), take(i), assume("i_low", "i_high"),
            have("rest", forall_in(k, q + 2, d1, Eq(V2(o, k) * h(after), 0)), proof=[
                take(k), assume("k_low", "k_high"),
                have("beyond", k > q, by("linear", "k_low")),
                have("other", Ne(k, q + 1), by("sign", "k_low")),
                qed(by("ring", rewrite=["V2_def"]))]),
            have("rest_shifted", forall_in(k, (q + 1) + 1, d1, Eq(V2(o, k) * h(after), 0)), proof=[
                take(k), assume("k_low", "k_high"),
                have("low", q + 2 <= k, by("linear", "k_low")),
                qed(by("logic", at("rest", k)))]),
            have("count", q + 1 >= 0, by("linear", "coordinates")),
            apply("padded", "linear_algebra.padded_sum", {"n": d1, "q": q + 1, "f": Lam(k, V2(o, k) * h(after))},
                  using={"zero": "rest_shifted", "nonnegative": "count", "shorter": "width"}),
            have("last", Eq(V2(o, q + 1) * h(pre_activation(V1, c1, q + 1, sample(i))), u(o) * unit(i)),
                 by("ring", rewrite=["V1_def", "c1_def", "V2_def"])),
            calc("value", network(dx, d1, h, *other_theta, sample(i), o),
                 ("=", Sum(k, 1, d1, V2(o, k) * h(after)) + c2(o), by("ring", unfold=[network])),
                 ("=", Sum(k, 1, q + 1, V2(o, k) * h(after)) + c2(o), by("linear", "padded")),
                 ("=", Sum(k, 1, q, V2(o, k) * h(after)) + V2(o, q + 1) * h(pre_activation(V1, c1, q + 1, sample(i))) + c2(o), by("ring")),
                 ("=", Sum(k, 1, q, V2(o, k) * h(after)) + u(o) * unit(i) + c2(o), by("linear", "last")),
                 ("=", Sum(k, 1, q, V2(o, k) * (s * (alpha * coordinate(k, i) + beta) + a)) + u(o) * unit(i) + c2(o),
                  by("ring", rewrite=["carriers"])),
                 ("=", Sum(k, 1, q, U(o, k) / (alpha * s) * (s * (alpha * coordinate(k, i) + beta) + a)) + u(o) * unit(i) + offset,
                  by("ring", rewrite=["V2_def", "c2_def"])),
                 ("=", Sum(k, 1, q, U(o, k) * coordinate(k, i)) + u(o) * unit(i) + c(o), by("field")),
                 ("=", Sum(l, 1, dx, Sum(k, 1, q, U(o, k) * V(k, l)) * x(i, l)) + u(o) * unit(i) + c(o), by("ring")),
                 ("=", fit(o, i) + u(o) * unit(i), by("ring", rewrite=["factors"], unfold=[affine]))),
            qed(by("logic", "value")),
        ]),
        obtain(n, ("n_low", "n_high", "n_phi"), "phi_nonzero"),
        have("inner", Ne(Sum(i, 1, m, residual(n, i) * unit(i)), 0), by("rewrite", "n_phi", at("phi_def", n))),
        apply("energy", "linear_algebra.nonzero_inner_product",
              {"r": Lam(i, residual(n, i)), "g": Lam(i, unit(i))}, using={"nonzero": "inner"},
              note="The unit is not zero on the samples, as it is not orthogonal to the residual."),
        have("H_positive", H > 0, by("rewrite", "energy", rewrite=["H_def"])),
        have("outgoing", forall_in(o, 1, dy, Eq(u(o), -phi(o) / H)), proof=[
            take(o), assume("o_low", "o_high"),
            calc("cancel", u(o), ("=", u(o) * H / H, by("field")), ("=", -phi(o) / H, by("ring", rewrite=[at("u_def", o)]))),
            qed(by("logic", "cancel"))]),
        have("products", forall_in(o, 1, dy, Eq(Sum(i, 1, m, residual(o, i) * unit(i)), phi(o))), proof=[
            take(o), assume("o_low", "o_high"), qed(by("linear", at("phi_def", o)))]),
        calc("value", risk(*other),
             ("=", HALF * Sum(i, 1, m, Sum(o, 1, dy, (residual(o, i) + u(o) * unit(i)) ** 2)), by("ring", rewrite=["outputs"], unfold=[risk])),
             ("=", affine_map_risk(m, dx, dy, x, Y, A, c) + Sum(o, 1, dy, u(o) * Sum(i, 1, m, residual(o, i) * unit(i)))
              + HALF * Sum(o, 1, dy, u(o) ** 2) * Sum(i, 1, m, unit(i) ** 2), by("ring", unfold=definitions)),
             ("=", affine_map_risk(m, dx, dy, x, Y, A, c) + Sum(o, 1, dy, u(o) * phi(o)) + HALF * Sum(o, 1, dy, u(o) ** 2) * H,
              by("ring", rewrite=["phi_def", "H_def"])),
             ("=", affine_map_risk(m, dx, dy, x, Y, A, c) + Sum(o, 1, dy, -phi(o) / H * phi(o)) + HALF * Sum(o, 1, dy, (-phi(o) / H) ** 2) * H,
              by("ring", rewrite=["outgoing"])),
             ("=", lowered, by("field"))),
        have("one", phi(n) ** 2 <= Sum(o, 1, dy, phi(o) ** 2), by("sum")),
        have("square", phi(n) ** 2 > 0, by("sign", "n_phi")),
        have("total", Sum(o, 1, dy, phi(o) ** 2) > 0, by("linear", "one", "square")),
        have("gain", Sum(o, 1, dy, phi(o) ** 2) / (2 * H) > 0, by("sign", "total", "H_positive")),
        conjunction([qed(by("logic", "outputs"))], [qed(by("logic", "H_positive"))], [qed(by("logic", "value"))],
                    [qed(by("linear", "value", "gain"))]),
    ],
    notation=NOTATION,
)  # fmt: skip
