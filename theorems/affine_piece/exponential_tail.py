"""An activation that is an exponential plus a constant far to the left is discriminatory."""

from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    MaxOver,
    Ne,
    Sum,
    exists_in,
    exp,
    family,
    forall_in,
    integer,
    num,
    real,
)  # fmt: skip
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
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.affine_piece.network import NOTATION, b, discriminatory, distinct, dx, h, i, j, l, m, r, t, x

n, p = integer("n p")
factor, rate, level, end = real("factor rate level end")
K, M, N, g, Q, E0, beyond = real("K M N g Q E0 beyond")
z, f, E, F = family("z f E F")


def inner(index, other):
    """The inner product of two inputs."""
    return Sum(l, 1, dx, x(index, l) * x(other, l))


def size(index):
    """The squared norm of an input; -1 where r vanishes."""
    return Ite(Eq(r(index), 0), -1, inner(index, index))


EXPONENTIAL_TAIL = theorem(
    "affine_piece.exponential_tail",
    "Activations with an exponential tail are discriminatory",
    variables=[m, dx, x, h, factor, rate, level, end],
    hypotheses={
        "distinct": distinct,
        "tail": ForAll(t, Implies(t <= end, Eq(h(t), factor * exp(rate * t) + level))),
        "factor": Ne(factor, 0),
        "rate": rate > 0,
    },
    conclusion=discriminatory(m, dx, x, h),
    prose="Let $h(t) = \\mathit{factor}\\,e^{\\mathit{rate}\\,t} + \\mathit{level}$ on a left half line. If the inputs are distinct, no $r \\ne 0$ with sum 0 is "
    "orthogonal to all units.",
    source="Ours: of the inputs with $r_i \\ne 0$ the longest is further than all others in its own direction; scaled up, its exponential dominates.",
    proof=[
        unfold("", "goal", discriminatory),
        take(r), assume("nonzero", "sum_zero"),
        obtain(p, ("p_low", "p_high", "r_p"), "nonzero"),
        have("samples", num(1) <= m, by("linear", "p_low", "p_high")),
        have("attained", exists_in(n, 1, m, Eq(MaxOver(i, 1, m, size(i)), size(n))), by("extremum")),
        obtain(n, ("n_low", "n_high", "n_largest"), "attained", note="Of the inputs with $r_i \\ne 0$ the longest."),
        have("r_n", Ne(r(n), 0), proof=[
            contradiction("zero",
                have("value", Eq(size(n), -1), by("ring", rewrite=["zero"])),
                have("other", Eq(size(p), inner(p, p)), by("ring")),
                have("member", size(p) <= MaxOver(i, 1, m, size(i)), by("extremum")),
                have("square", inner(p, p) >= 0, by("sign")),
                qed(by("linear", "value", "other", "member", "square", "n_largest"))),
        ]),
        let("f_def", f, Lam(j, Ite(Eq(r(j), 0), 1, Ite(Eq(j, n), 1, inner(n, n) - inner(n, j)))), note="How far the others stay behind."),
        have("f_positive", forall_in(j, 1, m, f(j) > 0), proof=[
            take(j), assume("j_low", "j_high"),
            cases(
                case("no_weight", Eq(r(j), 0), have("one", Eq(f(j), 1), by("ring", rewrite=["f_def"])), qed(by("linear", "one"))),
                case("weight", Ne(r(j), 0), cases(
                    case("same", Eq(j, n), have("one", Eq(f(j), 1), by("ring", rewrite=["f_def"])), qed(by("linear", "one"))),
                    case("other", Ne(j, n),
                         have("value", Eq(f(j), inner(n, n) - inner(n, j)), by("ring", rewrite=["f_def"])),
                         have("own", Eq(size(n), inner(n, n)), by("ring")),
                         have("its", Eq(size(j), inner(j, j)), by("ring")),
                         have("member", size(j) <= MaxOver(i, 1, m, size(i)), by("extremum")),
                         obtain(l, ("l_low", "l_high", "coordinate"), at("distinct", j, n)),
                         have("unequal", Ne(x(j, l) - x(n, l), 0), by("sign", "coordinate")),
                         have("square", (x(j, l) - x(n, l)) ** 2 > 0, by("sign", "unequal")),
                         have("one_square", (x(j, l) - x(n, l)) ** 2 <= Sum(i, 1, dx, (x(j, i) - x(n, i)) ** 2), by("sum")),
                         have("expand", Eq(Sum(i, 1, dx, (x(j, i) - x(n, i)) ** 2), inner(j, j) - 2 * inner(n, j) + inner(n, n)), by("ring")),
                         qed(by("linear", "value", "own", "its", "member", "square", "one_square", "expand", "n_largest")))))),
        ]),
        apply("bounds", "calculus.positive_lower_bound", {"a": f}),
        have("bound", Exists(g, And(g > 0, forall_in(j, 1, m, g <= f(j)))), by("logic", at("bounds", m), "f_positive", "samples")),
        obtain(g, ("g_positive", "g_small"), "bound"),
        let("N_def", N, Abs(r(n))),
        have("N_positive", N > 0, by("sign", "r_n", rewrite=["N_def"])),
        let("M_def", M, Sum(j, 1, m, Abs(r(j)))),
        have("M_nonnegative", M >= 0, by("sign", rewrite=["M_def"])),
        let("K_def", K, M / (N * rate * g), note="The scale."),
        have("K_nonnegative", K >= 0, by("sign", "M_nonnegative", "N_positive", "rate", "g_positive", rewrite=["K_def"])),
        have("K_value", Eq(rate * K * g * N, M), by("field", rewrite=["K_def"])),
        let("z_def", z, Lam(j, K * inner(n, j))),
        let("E_def", E, Lam(j, exp(rate * (z(j) - z(n)))), note="The exponentials, relative to that of the longest input."),
        let("Q_def", Q, N / (N + M)),
        have("Q_value", Eq(Q * (N + M), N), by("field", rewrite=["Q_def"])),
        have("Q_nonnegative", Q >= 0, by("sign", "M_nonnegative", "N_positive", rewrite=["Q_def"])),
        have("E_small", forall_in(j, 1, m, Implies(And(Ne(j, n), Ne(r(j), 0)), And(E(j) > 0, E(j) <= Q))), proof=[
            take(j), assume("j_low", "j_high"), assume("other", "weight"),
            let("beyond_def", beyond, rate * (z(n) - z(j))),
            have("value", Eq(E(j), exp(-beyond)), by("ring", rewrite=["E_def", "beyond_def"])),
            have("behind", Eq(f(j), inner(n, n) - inner(n, j)), by("ring", rewrite=["f_def"])),
            have("behind_g", inner(n, n) - inner(n, j) - g >= 0, by("linear", "behind", at("g_small", j))),
            have("product", rate * K * (inner(n, n) - inner(n, j) - g) >= 0, by("sign", "behind_g", "rate", "K_nonnegative")),
            have("large", beyond >= rate * K * g, proof=[
                have("same", Eq(beyond - rate * K * g, rate * K * (inner(n, n) - inner(n, j) - g)), by("ring", rewrite=["beyond_def", "z_def"])),
                qed(by("linear", "same", "product"))]),
            have("positive", exp(-beyond) > 0, by("bound")),
            have("bounded", exp(-beyond) * (1 - (-beyond)) <= 1, by("bound")),
            have("slack", exp(-beyond) * (beyond - rate * K * g) >= 0, proof=[
                have("difference", beyond - rate * K * g >= 0, by("linear", "large")),
                qed(by("sign", "positive", "difference"))]),
            have("weaker", exp(-beyond) * (1 + rate * K * g) <= 1, by("linear", "bounded", "slack")),
            have("times_N", N * (1 - exp(-beyond) * (1 + rate * K * g)) >= 0, proof=[
                have("difference", 1 - exp(-beyond) * (1 + rate * K * g) >= 0, by("linear", "weaker")),
                qed(by("sign", "N_positive", "difference"))]),
            have("cleared", exp(-beyond) * (N + M) <= N, proof=[
                have("same", Eq(N * (1 - exp(-beyond) * (1 + rate * K * g)), N - exp(-beyond) * (N + M)),
                     by("ideal", "K_value", cofactors=[-exp(-beyond)])),
                qed(by("linear", "same", "times_N"))]),
            have("small", exp(-beyond) <= Q, proof=[
                have("difference", (N - exp(-beyond) * (N + M)) / (N + M) >= 0, proof=[
                    have("top", N - exp(-beyond) * (N + M) >= 0, by("linear", "cleared")),
                    qed(by("sign", "top", "N_positive", "M_nonnegative"))]),
                have("same", Eq((N - exp(-beyond) * (N + M)) / (N + M), Q - exp(-beyond)), by("field", rewrite=["Q_def"])),
                qed(by("linear", "difference", "same"))]),
            have("E_positive", E(j) > 0, by("linear", "value", "positive")),
            have("E_bounded", E(j) <= Q, by("linear", "value", "small")),
            qed(by("logic", "E_positive", "E_bounded")),
        ]),
        have("terms", forall_in(j, 1, m, Ite(Eq(j, n), N**2 + N**2 * Q, 0) - N * Abs(r(j)) * Q <= r(n) * (r(j) * E(j))), proof=[
            take(j), assume("j_low", "j_high"),
            cases(
                case("same", Eq(j, n),
                     have("one", Eq(E(j), 1), proof=[
                         have("zero", Eq(rate * (z(j) - z(n)), 0), by("ring", rewrite=["same"])),
                         have("exponent", Eq(exp(rate * (z(j) - z(n))), exp(num(0))), by("ring", rewrite=["zero"])),
                         have("exp_zero", Eq(exp(num(0)), 1), by("elementary")),
                         qed(by("ring", rewrite=["E_def", "exponent", "exp_zero"]))]),
                     have("absolute", Eq(Abs(r(j)), N), by("ring", rewrite=["same", "N_def"])),
                     have("square", Eq(N**2, r(n) ** 2), proof=[
                         have("fact", Eq(Abs(r(n)) ** 2, r(n) ** 2), by("bound")),
                         qed(by("ring", rewrite=["N_def", "fact"]))]),
                     have("right", Eq(r(n) * (r(j) * E(j)), r(n) ** 2), by("ring", rewrite=["one", "same"])),
                     have("left", Eq(Ite(Eq(j, n), N**2 + N**2 * Q, 0) - N * Abs(r(j)) * Q, N**2), by("ring", rewrite=["absolute"])),
                     qed(by("linear", "left", "right", "square"))),
                case("other", Ne(j, n),
                     have("left", Eq(Ite(Eq(j, n), N**2 + N**2 * Q, 0) - N * Abs(r(j)) * Q, -N * Abs(r(j)) * Q), by("ring")),
                     cases(
                         case("no_weight", Eq(r(j), 0),
                              have("right", Eq(r(n) * (r(j) * E(j)), 0), by("ring", rewrite=["no_weight"])),
                              have("nonnegative", N * Abs(r(j)) * Q >= 0, by("sign", "N_positive", "Q_nonnegative")),
                              qed(by("linear", "left", "right", "nonnegative"))),
                         case("weight", Ne(r(j), 0),
                              have("size", And(E(j) > 0, E(j) <= Q), by("logic", at("E_small", j), "other", "weight")),
                              have("positive", E(j) > 0, by("logic", "size")),
                              have("gap", Q - E(j) >= 0, by("linear", "size")),
                              have("first", N * Abs(r(j)) * (Q - E(j)) >= 0, by("sign", "N_positive", "gap")),
                              have("absolute", Eq(Abs(r(n) * r(j)), N * Abs(r(j))), by("ring", rewrite=["N_def"])),
                              have("lower", r(n) * r(j) + Abs(r(n) * r(j)) >= 0, by("linear")),
                              have("second", (r(n) * r(j) + Abs(r(n) * r(j))) * E(j) >= 0, by("sign", "lower", "positive")),
                              have("expand", Eq((r(n) * r(j) + Abs(r(n) * r(j))) * E(j), r(n) * (r(j) * E(j)) + N * Abs(r(j)) * E(j)),
                                   by("ring", rewrite=["absolute"])),
                              qed(by("linear", "left", "first", "second", "expand")))))),
        ]),
        have("compare", Sum(j, 1, m, Ite(Eq(j, n), N**2 + N**2 * Q, 0) - N * Abs(r(j)) * Q) <= Sum(j, 1, m, r(n) * (r(j) * E(j))), by("sum", "terms")),
        have("left_total", Eq(Sum(j, 1, m, Ite(Eq(j, n), N**2 + N**2 * Q, 0) - N * Abs(r(j)) * Q), N**2 + N**2 * Q - N * M * Q),
             by("ring", rewrite=["M_def"])),
        have("left_positive", N**2 + N**2 * Q - N * M * Q > 0, proof=[
            have("same", Eq(N**2 + N**2 * Q - N * M * Q, 2 * N**2 * Q), by("ideal", "Q_value", cofactors=[-N])),
            have("Q_positive", Q > 0, by("sign", "M_nonnegative", "N_positive", rewrite=["Q_def"])),
            have("positive", 2 * N**2 * Q > 0, by("sign", "N_positive", "Q_positive")),
            qed(by("linear", "same", "positive"))]),
        have("right_total", Eq(Sum(j, 1, m, r(n) * (r(j) * E(j))), r(n) * Sum(j, 1, m, r(j) * E(j))), by("ring")),
        have("product", r(n) * Sum(j, 1, m, r(j) * E(j)) > 0, by("linear", "compare", "left_total", "left_positive", "right_total")),
        let("F_def", F, Lam(l, K * x(n, l)), note="The weights of the unit;"),
        let("b_def", b, end - Sum(j, 1, m, Abs(z(j))), note="its bias puts all samples into the tail."),
        let("E0_def", E0, exp(rate * (b + z(n)))),
        have("pre", forall_in(j, 1, m, Eq(Sum(l, 1, dx, F(l) * x(j, l)) + b, z(j) + b)), by("ring", rewrite=["F_def", "z_def"])),
        have("values", forall_in(j, 1, m, Eq(h(Sum(l, 1, dx, F(l) * x(j, l)) + b), factor * (E0 * E(j)) + level)), proof=[
            take(j), assume("j_low", "j_high"),
            have("one", Abs(z(j)) <= Sum(i, 1, m, Abs(z(i))), by("sum")),
            have("inside", z(j) + b <= end, by("linear", "one", "b_def")),
            have("there", Eq(h(z(j) + b), factor * exp(rate * (z(j) + b)) + level), by("logic", at("tail", z(j) + b), "inside")),
            have("splits", Eq(exp(rate * (z(j) + b)), exp(rate * (b + z(n))) * exp(rate * (z(j) - z(n)))), by("elementary")),
            calc("value", h(Sum(l, 1, dx, F(l) * x(j, l)) + b),
                 ("=", h(z(j) + b), by("ring", rewrite=[at("pre", j)])),
                 ("=", factor * exp(rate * (z(j) + b)) + level, by("linear", "there")),
                 ("=", factor * (exp(rate * (b + z(n))) * exp(rate * (z(j) - z(n)))) + level, by("ring", rewrite=["splits"])),
                 ("=", factor * (E0 * E(j)) + level, by("ring", rewrite=["E0_def", "E_def"]))),
            qed(by("logic", "value")),
        ]),
        calc("total", Sum(i, 1, m, r(i) * h(Sum(l, 1, dx, F(l) * x(i, l)) + b)),
             ("=", Sum(i, 1, m, r(i) * (factor * (E0 * E(i)) + level)), by("ring", rewrite=["values"])),
             ("=", factor * E0 * Sum(i, 1, m, r(i) * E(i)) + level * Sum(i, 1, m, r(i)), by("ring")),
             ("=", factor * E0 * Sum(i, 1, m, r(i) * E(i)), by("ring", rewrite=["sum_zero"]))),
        have("sum_nonzero", Ne(Sum(i, 1, m, r(i) * E(i)), 0), proof=[
            contradiction("vanishes",
                have("nothing", Eq(r(n) * Sum(j, 1, m, r(j) * E(j)), 0), by("ring", rewrite=["vanishes"])),
                qed(by("linear", "nothing", "product")))]),
        have("E0_positive", E0 > 0, by("sign", rewrite=["E0_def"])),
        have("total_nonzero", Ne(factor * E0 * Sum(i, 1, m, r(i) * E(i)), 0), by("sign", "factor", "E0_positive", "sum_nonzero")),
        witness(F, b),
        qed(by("rewrite", "total", "total_nonzero")),
    ],
    notation={**NOTATION, "n": "i_0", "F": "w", "E0": "E_0", "p": "i_1"},
)  # fmt: skip
