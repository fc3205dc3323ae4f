"""The paper's split of the samples: a threshold below which the residuals of the fit do not sum to 0."""

from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    Ne,
    Not,
    Or,
    Sum,
    exists_in,
    family,
    forall_in,
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
    conjunction,
    have,
    let,
    obtain,
    qed,
    take,
    witness,
)  # fmt: skip
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.isolating_direction import distinct, o, p, projection, q
from theorems.relu_like.kink import r
from theorems.relu_like.network import NOTATION, dx, i, j, m, t, x
from theorems.works import YUN_2019

f, D, B = family("f D B")
T, kappa, tau, tau_0, s, A = real("T kappa tau tau_0 s A")


def height(index, shift, threshold):
    """The value of the fit plus shift times the projection, above the threshold."""
    return f(index) + shift * projection(p, index) - threshold


def below(shift, threshold):
    """The sum of the r_i over the samples below the threshold."""
    return Sum(i, 1, m, Ite(height(i, shift, threshold) < 0, r(i), 0))


def splits(shift):
    """Some threshold has distance at least kappa * shift to all samples, and the r_i below it sum to T."""
    return Exists(s, And(
        forall_in(i, 1, m, Abs(height(i, shift, s)) >= kappa * shift),
        Eq(below(shift, s), T),
    ))  # fmt: skip


def sinks(index):
    """Whether a sample lies below sample o, in the order by f and then by q."""
    return Or(D(index) < 0, And(Eq(D(index), 0), q(index) - q(o) < 0))


def one_side(own):
    """The threshold just above sample o (own = 1: it counts as below) or just beneath it (own = 0)."""
    offset = kappa if own else -kappa
    mine = r(o) if own else num(0)
    value = Ite(Eq(j, o), mine, Ite(sinks(j), r(j), 0))
    return [
        conjunction([qed(by("logic", "T_nonzero"))], [qed(by("logic", "kappa_positive"))], [qed(by("logic", "tau_0_positive"))], [
            take(tau), assume("tau_positive", "tau_small"),
            have("step", kappa * tau > 0, by("sign", "kappa_positive", "tau_positive")),
            let("s_def", s, f(o) + tau * q(o) + offset * tau),
            have("place", forall_in(j, 1, m, Eq(height(j, tau, s), D(j) + tau * (q(j) - q(o)) - offset * tau)),
                 by("ring", rewrite=["s_def", "D_def", "q_def"])),
            have("each", forall_in(j, 1, m, And(Abs(height(j, tau, s)) >= kappa * tau,
                                                Eq(Ite(height(j, tau, s) < 0, r(j), 0), value))), proof=[
                take(j), assume("j_low", "j_high"),
                cases(
                    case("same", Eq(j, o),
                         have("own", Eq(height(j, tau, s), -offset * tau), proof=[
                             have("none", Eq(D(j), 0), by("ring", rewrite=["same", "D_def"])),
                             have("nothing", Eq(q(j) - q(o), 0), by("ring", rewrite=["same"])),
                             qed(by("ideal", at("place", j), "none", "nothing", cofactors=[1, 1, tau]))]),
                         have("side", height(j, tau, s) < 0 if own else height(j, tau, s) > 0, by("linear", "own", "step")),
                         conjunction(
                             [have("plain", Eq(Abs(height(j, tau, s)), kappa * tau), by("ring", rewrite=["own"])),
                              qed(by("linear", "plain"))],
                             [have("truth", Eq(Ite(height(j, tau, s) < 0, r(j), 0), r(j) if own else num(0)), by("ring")),
                              have("choice", Eq(value, mine), by("ring")),
                              have("index", Eq(r(j), r(o)), by("ring", rewrite=["same"])),
                              qed(by("linear", "truth", "choice", "index"))])),
                    case("other", Ne(j, o),
                         cases(
                             case("low", sinks(j),
                                  have("depth", height(j, tau, s) <= -kappa * tau, proof=[
                                      have("margin", D(j) + tau * (q(j) - q(o)) <= -2 * kappa * tau, by("logic", at("low_margin", j, tau))),
                                      qed(by("linear", at("place", j), "margin", "step"))]),
                                  have("side", height(j, tau, s) < 0, by("linear", "depth", "step")),
                                  conjunction(
                                      [have("plain", Abs(height(j, tau, s)) >= -height(j, tau, s), by("linear")),
                                       qed(by("linear", "plain", "depth"))],
                                      [have("truth", Eq(Ite(height(j, tau, s) < 0, r(j), 0), r(j)), by("ring")),
                                       have("choice", Eq(value, r(j)), by("ring")),
                                       qed(by("linear", "truth", "choice"))])),
                             case("high", Not(sinks(j)),
                                  have("depth", height(j, tau, s) >= kappa * tau, proof=[
                                      have("margin", D(j) + tau * (q(j) - q(o)) >= 2 * kappa * tau, by("logic", at("high_margin", j, tau))),
                                      qed(by("linear", at("place", j), "margin", "step"))]),
                                  have("side", height(j, tau, s) > 0, by("linear", "depth", "step")),
                                  conjunction(
                                      [have("plain", Abs(height(j, tau, s)) >= height(j, tau, s), by("linear")),
                                       qed(by("linear", "plain", "depth"))],
                                      [have("truth", Eq(Ite(height(j, tau, s) < 0, r(j), 0), 0), by("ring")),
                                       have("choice", Eq(value, 0), by("ring")),
                                       qed(by("linear", "truth", "choice"))])),
                             exhaustive=by("logic")))),
            ]),
            have("distance", forall_in(j, 1, m, Abs(height(j, tau, s)) >= kappa * tau),
                 proof=[take(j), assume("j_low", "j_high"), qed(by("logic", at("each", j)))]),
            have("terms", forall_in(j, 1, m, Eq(Ite(height(j, tau, s) < 0, r(j), 0), value)),
                 proof=[take(j), assume("j_low", "j_high"), qed(by("logic", at("each", j)))]),
            witness(s),
            conjunction(
                [qed(by("logic", "distance"))],
                [calc("total", Sum(j, 1, m, Ite(height(j, tau, s) < 0, r(j), 0)),
                      ("=", Sum(j, 1, m, value), by("sum", "terms")),
                      ("=", A + mine, by("ring", rewrite=["A_def"])),
                      ("=", T, by("linear", "T_def", "nothing_below") if own else by("linear", "T_def"))),
                 qed(by("logic", "total"))]),
        ]),
    ]  # fmt: skip


SPLIT = theorem(
    "relu_like.split",
    "A threshold that splits the residuals",
    variables=[m, dx, x, f, r],
    hypotheses={
        "dimension": num(1) <= dx,
        "distinct": distinct,
        "residual": exists_in(i, 1, m, Ne(r(i), 0)),
    },
    conclusion=Exists((p, T, kappa, tau_0), And(
        Ne(T, 0), kappa > 0, tau_0 > 0, ForAll(tau, Implies(And(tau > 0, tau <= tau_0), splits(tau))))),
    prose="Some direction $v$, $\\kappa > 0$ and $T \\ne 0$ have this property: for every small $\\tau > 0$ there is a threshold that keeps the "
    "distance $\\kappa \\tau$ to all values $f_i + \\tau\\, v \\cdot x_i$, and the $r_i$ of the samples below it sum to $T$.",
    origin=Citation(YUN_2019, "proof of the theorem on ReLU-like networks, step 2"),
    source="The two cases of the paper (a threshold between different values of the fit; a threshold inside a group of equal values) are "
    "one here: the thresholds just beneath and just above one sample $i_0$ with $r_{i_0} \\ne 0$ have partial sums that differ by "
    "$r_{i_0}$, so one of them is not 0. The shift $\\tau\\, v \\cdot x$ separates this sample from all others.",
    proof=[
        obtain(o, ("o_low", "o_high", "o_residual"), "residual"),
        apply("isolated", "relu_like.isolating_direction"),
        obtain((p, t), ("t_positive", "t_small"), "isolated", note="A direction in which sample $i_0$ differs from all others."),
        let("q_def", q, Lam(i, projection(p, i))),
        let("D_def", D, Lam(i, f(i) - f(o))),
        let("kappa_def", kappa, t / 2, note="Half the distance of the projections to that of sample $i_0$."),
        have("kappa_positive", kappa > 0, by("linear", "kappa_def", "t_positive")),
        let("B_def", B, Lam(j, Ite(Eq(D(j), 0), 1, Abs(D(j)) / (Abs(q(j) - q(o)) + 2 * kappa)))),
        have("B_positive", forall_in(j, 1, m, B(j) > 0), proof=[
            take(j), assume("j_low", "j_high"),
            cases(
                case("level", Eq(D(j), 0), have("one", Eq(B(j), 1), by("ring", rewrite=["B_def"])), qed(by("linear", "one"))),
                case("uneven", Ne(D(j), 0),
                     have("value", Eq(B(j), Abs(D(j)) / (Abs(q(j) - q(o)) + 2 * kappa)), by("ring", rewrite=["B_def"])),
                     have("positive", Abs(D(j)) / (Abs(q(j) - q(o)) + 2 * kappa) > 0, by("sign", "uneven", "kappa_positive")),
                     qed(by("linear", "value", "positive")))),
        ]),
        apply("B_bounds", "calculus.positive_lower_bound", {"a": B}),
        have("B_bound", Exists(t, And(t > 0, forall_in(j, 1, m, t <= B(j)))), by("logic", at("B_bounds", m), "B_positive")),
        obtain(tau_0, ("tau_0_positive", "tau_0_small"), "B_bound", note="For smaller shifts different values of $f$ stay apart."),
        have("far", forall_in(j, 1, m, Implies(Ne(j, o), Abs(q(j) - q(o)) >= 2 * kappa)), proof=[
            take(j), assume("j_low", "j_high"), assume("other"),
            have("distance", Abs(q(j) - q(o)) >= t, by("rewrite", at("t_small", j), rewrite=["q_def"])),
            qed(by("linear", "distance", "kappa_def"))]),
        have("wide", forall_in(j, 1, m, ForAll(tau, Implies(And(tau > 0, tau <= tau_0), Implies(Ne(D(j), 0),
             tau * Abs(q(j) - q(o)) + 2 * kappa * tau <= Abs(D(j)))))), proof=[
            take(j), assume("j_low", "j_high"), take(tau), assume("tau_positive", "tau_small"), assume("uneven"),
            have("value", Eq(B(j), Abs(D(j)) / (Abs(q(j) - q(o)) + 2 * kappa)), by("ring", rewrite=["B_def"])),
            have("step", tau <= Abs(D(j)) / (Abs(q(j) - q(o)) + 2 * kappa), by("linear", "value", at("tau_0_small", j), "tau_small")),
            have("size", Abs(q(j) - q(o)) + 2 * kappa > 0, by("sign", "kappa_positive")),
            have("gap", (Abs(D(j)) / (Abs(q(j) - q(o)) + 2 * kappa) - tau) * (Abs(q(j) - q(o)) + 2 * kappa) >= 0,
                 by("sign", "step", "size")),
            have("quotient", Eq(Abs(D(j)) / (Abs(q(j) - q(o)) + 2 * kappa) * (Abs(q(j) - q(o)) + 2 * kappa), Abs(D(j))), by("field")),
            qed(by("linear", "gap", "quotient"))]),
        have("low_margin", forall_in(j, 1, m, ForAll(tau, Implies(And(tau > 0, tau <= tau_0), Implies(And(Ne(j, o), sinks(j)),
             D(j) + tau * (q(j) - q(o)) <= -2 * kappa * tau)))), proof=[
            take(j), assume("j_low", "j_high"), take(tau), assume("tau_positive", "tau_small"), assume("other", "low"),
            have("scaled", Eq(tau * Abs(q(j) - q(o)), Abs(tau * (q(j) - q(o)))), by("ring")),
            have("ordinary", tau * (q(j) - q(o)) <= tau * Abs(q(j) - q(o)), by("linear", "scaled")),
            cases(
                case("lower", D(j) < 0,
                     have("plain", Eq(Abs(D(j)), -D(j)), by("ring")),
                     qed(by("linear", "plain", at("wide", j, tau), "ordinary"))),
                case("level", And(Eq(D(j), 0), q(j) - q(o) < 0),
                     have("even", Eq(D(j), 0), by("logic", "level")),
                     have("left", q(j) - q(o) < 0, by("logic", "level")),
                     have("plain", Eq(Abs(q(j) - q(o)), -(q(j) - q(o))), by("ring")),
                     have("product", tau * (-(q(j) - q(o)) - 2 * kappa) >= 0, proof=[
                         have("room", -(q(j) - q(o)) - 2 * kappa >= 0, by("linear", "plain", at("far", j))),
                         qed(by("sign", "room", "tau_positive"))]),
                     qed(by("linear", "even", "product"))),
                exhaustive=by("logic", "low")),
        ]),
        have("high_margin", forall_in(j, 1, m, ForAll(tau, Implies(And(tau > 0, tau <= tau_0), Implies(And(Ne(j, o), Not(sinks(j))),
             D(j) + tau * (q(j) - q(o)) >= 2 * kappa * tau)))), proof=[
            take(j), assume("j_low", "j_high"), take(tau), assume("tau_positive", "tau_small"), assume("other", "high"),
            have("scaled", Eq(tau * Abs(q(j) - q(o)), Abs(tau * (q(j) - q(o)))), by("ring")),
            have("ordinary", tau * (q(j) - q(o)) >= -(tau * Abs(q(j) - q(o))), by("linear", "scaled")),
            have("not_lower", D(j) >= 0, by("logic", "high")),
            cases(
                case("higher", D(j) > 0,
                     have("plain", Eq(Abs(D(j)), D(j)), by("ring")),
                     qed(by("linear", "plain", at("wide", j, tau), "ordinary"))),
                case("level", Eq(D(j), 0),
                     have("right", q(j) - q(o) >= 0, by("logic", "high", "level")),
                     have("plain", Eq(Abs(q(j) - q(o)), q(j) - q(o)), by("ring")),
                     have("product", tau * (q(j) - q(o) - 2 * kappa) >= 0, proof=[
                         have("room", q(j) - q(o) - 2 * kappa >= 0, by("linear", "plain", at("far", j))),
                         qed(by("sign", "room", "tau_positive"))]),
                     qed(by("linear", "level", "product")))),
        ]),
        let("A_def", A, Sum(j, 1, m, Ite(Eq(j, o), 0, Ite(sinks(j), r(j), 0))), note="The sum over the samples below sample $i_0$."),
        cases(
            case("something_below", Ne(A, 0),
                 let("T_def", T, A),
                 have("T_nonzero", Ne(T, 0), by("rewrite", "T_def", "something_below")),
                 witness(p, T, kappa, tau_0), *one_side(own=False)),
            case("nothing_below", Eq(A, 0),
                 let("T_def", T, r(o)),
                 have("T_nonzero", Ne(T, 0), by("rewrite", "T_def", "o_residual")),
                 witness(p, T, kappa, tau_0), *one_side(own=True))),
    ],
    notation={**NOTATION, "o": "i_0", "p": "v", "q": "z", "f": "f", "kappa": r"\kappa", "tau": r"\tau", "tau_0": r"\tau_0"},
)  # fmt: skip
