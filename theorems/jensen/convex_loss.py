"""Spurious local minima at any depth and any widths, for every convex loss that is differentiable at the constant."""

from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    Min,
    Ne,
    Sum,
    exists_in,
    family,
    forall_in,
    num,
)
from symproof.logic.term import subst
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
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import has_derivative
from theorems.calculus.second_difference import E, near
from theorems.jensen.bent_near import POINT, s, u
from theorems.jensen.constant_network import CONSTANT_NETWORK, DEFINED
from theorems.jensen.layers import SPREAD_UNITS
from theorems.jensen.mean_input import (
    INSIDE,
    MEAN_INPUT,
    NOTATION,
    D,
    before,
    c,
    e,
    inner,
    lam,
    mu,
    o,
    r,
    sigma,
    spread,
    t,
    tau,
    v,
)
from theorems.jensen.nearby import bias, hidden_close, p
from theorems.jensen.region import CONSTANT_RISK, LOSSES, OUTGOING
from theorems.relu_like.deep_loss import deep_loss_local_minimum, deep_loss_risk, deep_loss_spurious
from theorems.relu_like.deep_network import (
    L,
    V,
    W,
    b,
    d,
    deep_activation,
    deep_close,
    deep_network,
    deep_pre_activation,
    n,
    other_theta,
    q,
    theta,
)
from theorems.relu_like.loss import loss
from theorems.relu_like.network import h, i, j, k, l, m, rho, sample, x, y

SETTING = {
    "depth": num(1) <= L, "widths": forall_in(n, 1, L, num(1) <= d(n)), **MEAN_INPUT, "different": spread(d(0)), "scale": Ne(t, 0), **POINT,
}  # fmt: skip
own = (m, L, d, x, y, h, loss, *theta)
other = (m, L, d, x, y, h, loss, *other_theta)
tangents = Lam(s, sigma * D(s))
NEARBY = ForAll(other_theta, Implies(And(*hidden_close(rho)), INSIDE))
better_theta = (family("U", 3), family("a", 2))
radius = Min(rho, Min(1, Abs(t)))
K, P = [take(k), assume("k_low", "k_high")], [take(p), assume("p_low", "p_high")]
N, M = [take(l), assume("l_low", "l_high")], [take(i), assume("i_low", "i_high")]
weights_moved = forall_in(
    n, 1, L, forall_in(k, 1, d(n), forall_in(l, 1, d(n - 1), Abs(V(n, k, l) - W(n, k, l)) < radius))
)
biases_moved = forall_in(n, 1, L, forall_in(k, 1, d(n), Abs(q(n, k) - b(n, k)) < radius))

LOCAL = [
    unfold("", "goal", deep_loss_local_minimum),
    witness(radius),
    have("size", Abs(t) > 0, by("sign", "scale")),
    conjunction(
        [qed(by("sign", "rho_positive", "size"))],
        [take(*other_theta), assume("moves_little"), unfold("moves", "moves_little", deep_close),
         have("weights_moved", weights_moved, by("logic", "moves")),
         have("biases_moved", biases_moved, by("logic", "moves")),
         have("outgoing_moved", forall_in(l, 1, d(L), Abs(V(L + 1, 1, l) - W(L + 1, 1, l)) < radius), by("logic", "moves")),
         have("close", And(*hidden_close(rho)), proof=[conjunction(
             [*K, *N, have("base", Eq(W(1, k, l), 0), by("ring", rewrite=["W_def"])),
              qed(by("linear", at("weights_moved", num(1), k, l), rewrite=["base"]))],
             [*K, have("base", Eq(b(1, k), v), by("ring", rewrite=["b_def"])),
              qed(by("linear", at("biases_moved", num(1), k), rewrite=["base"]))],
             [*P, *K, *N, have("base", Eq(W(p, k, l), tau), by("ring", rewrite=["W_def"])),
              qed(by("linear", at("weights_moved", p, k, l), rewrite=["base"]))],
             [*P, *K, have("base", Eq(b(p, k), bias(p)), by("ring", rewrite=["b_def"])),
              qed(by("linear", at("biases_moved", p, k), rewrite=["base"]))])]),
         have("inside", INSIDE, proof=[
             take(n), assume("n_low", "n_high"), *K, *M, qed(by("logic", at("nearby", *other_theta, n, k, i)))]),
         have("inner", inner(lambda w: w >= 0), proof=[
             take(n), assume("n_low", "n_high"), *K, *N,
             have("base", Eq(W(n, k, l), tau), by("ring", rewrite=["W_def"])),
             have("moved", Abs(V(n, k, l) - tau) < radius, by("rewrite", at("weights_moved", n, k, l), "base")),
             have("less", Abs(V(n, k, l) - tau) < 1, by("linear", "moved")),
             apply("same", "calculus.unit_sign", {"sigma": tau, "t": V(n, k, l) - tau}, using={"sign": "direction"}),
             have("down", -Abs(tau * (V(n, k, l) - tau)) <= tau * (V(n, k, l) - tau), by("linear")),
             qed(by("linear", "less", "same", "down", "direction"))]),
         have("outgoing", OUTGOING, proof=[
             *N,
             have("base", Eq(W(L + 1, 1, l), t * sigma), by("ring", rewrite=["W_def"])),
             have("moved", Abs(V(L + 1, 1, l) - t * sigma) < radius, by("rewrite", at("outgoing_moved", l), "base")),
             have("less", Abs(t) - Abs(V(L + 1, 1, l) - t * sigma) >= 0, by("linear", "moved")),
             have("room", Abs(t) * (Abs(t) - Abs(V(L + 1, 1, l) - t * sigma)) >= 0, by("sign", "less")),
             apply("same", "calculus.unit_sign", {"t": t * (V(L + 1, 1, l) - t * sigma)}),
             have("down", -Abs(sigma * (t * (V(L + 1, 1, l) - t * sigma))) <= sigma * (t * (V(L + 1, 1, l) - t * sigma)), by("linear")),
             have("parts", Eq(Abs(t * (V(L + 1, 1, l) - t * sigma)), Abs(t) * Abs(V(L + 1, 1, l) - t * sigma)), by("ring")),
             have("square", Eq(Abs(t) * Abs(t), t**2), by("ring")),
             have("expanded", Eq(t * sigma * V(L + 1, 1, l), sigma * (t * (V(L + 1, 1, l) - t * sigma)) + t**2), by("ideal", "sign")),
             qed(by("linear", "room", "same", "down", "parts", "square", "expanded"))]),
         have("flat", e >= 0, by("linear", "e_positive")),
         have("slow", mu >= 0, by("linear", "mu_positive")),
         apply("least", "jensen.region", {"D": tangents}, using={"square": "flat", "speed": "slow"}),
         qed(by("linear", "least", "risk_here"))]),
]  # fmt: skip

difference = x(i, p) - x(o, p)
BETTER = [
    obtain(j, ("j_low", "j_high", "j_parts"), "different"),
    have("j_weight", lam(j) > 0, by("logic", "j_parts")),
    have("j_different", exists_in(l, 1, d(0), Ne(x(j, l), x(o, l))), by("logic", "j_parts")),
    obtain(p, ("p_low", "p_high", "p_different"), "j_different"),
    let("V_def", V, Lam((n, k, l), Ite(Eq(n, 1), Ite(Eq(l, p), rho, 0), tau)), note="Every unit of the first layer sees one feature."),
    let("q_def", q, Lam((n, k), Ite(Eq(n, 1), v, bias(n)))),
    have("close", And(*hidden_close(rho)), proof=[conjunction(
        [*K, *N, cases(
            case("seen", Eq(l, p), have("value", Eq(Abs(V(1, k, l)), Abs(rho)), by("ring", rewrite=["V_def"])),
                 have("plain", Eq(Abs(rho), rho), by("ring")), qed(by("linear", "value", "plain"))),
            case("unseen", Ne(l, p), have("value", Eq(Abs(V(1, k, l)), 0), by("ring", rewrite=["V_def"])), qed(by("linear", "value", "rho_positive"))))],
        [*K, have("value", Eq(Abs(q(1, k) - v), 0), by("ring", rewrite=["q_def"])), qed(by("linear", "value", "rho_positive"))],
        [take(n), assume("n_low", "n_high"), *K, *N,
         have("value", Eq(Abs(V(n, k, l) - tau), 0), by("ring", rewrite=["V_def"])), qed(by("linear", "value", "rho_positive"))],
        [take(n), assume("n_low", "n_high"), *K,
         have("value", Eq(Abs(q(n, k) - bias(n)), 0), by("ring", rewrite=["q_def"])), qed(by("linear", "value", "rho_positive"))])]),
    have("inside", INSIDE, proof=[
        take(n), assume("n_low", "n_high"), *K, *M, qed(by("logic", at("nearby", *other_theta, n, k, i)))]),
    have("inner", inner(lambda w: w > 0), proof=[
        take(n), assume("n_low", "n_high"), *K, *N,
        have("value", Eq(tau * V(n, k, l), tau**2), by("ring", rewrite=["V_def"])), qed(by("linear", "value", "direction"))]),
    have("squares", Sum(i, 1, m, lam(i) * difference**2) > 0, proof=[
        have("each", forall_in(i, 1, m, num(0) <= lam(i) * difference**2), proof=[
            *M, have("weight", lam(i) >= 0, by("logic", at("weights", i))), qed(by("sign", "weight"))]),
        have("one", lam(j) * (x(j, p) - x(o, p)) ** 2 <= Sum(i, 1, m, lam(i) * difference**2), by("sum", "each")),
        have("gap", Ne(x(j, p) - x(o, p), 0), by("sign", "p_different")),
        have("positive", lam(j) * (x(j, p) - x(o, p)) ** 2 > 0, by("sign", "j_weight", "gap")),
        qed(by("linear", "one", "positive"))]),
    have("spread", SPREAD_UNITS, proof=[
        *K,
        have("value", forall_in(i, 1, m, Eq(before(num(1), k, i), rho * x(i, p) + v)), proof=[
            *M, qed(by("ring", rewrite=["V_def", "q_def"], unfold=[deep_pre_activation, deep_activation]))]),
        have("at_mean", Eq(before(num(1), k, o), rho * x(o, p) + v), by("logic", at("value", o))),
        calc("sum", Sum(i, 1, m, lam(i) * (before(num(1), k, i) - before(num(1), k, o)) ** 2),
             ("=", rho**2 * Sum(i, 1, m, lam(i) * difference**2), by("ring", rewrite=["value", "at_mean"]))),
        have("product", rho**2 * Sum(i, 1, m, lam(i) * difference**2) > 0, by("sign", "rho_positive", "squares")),
        qed(by("linear", "sum", "product"))]),
    apply("found", "jensen.descent", {"D": tangents}, using={"square": "e_positive", "speed": "mu_positive"}),
    obtain(better_theta, "smaller", "found"),
]  # fmt: skip

CONSTANT_MINIMUM = theorem(
    "jensen.constant_minimum",
    "The constant network is a spurious local minimum",
    variables=[m, L, d, x, y, h, D, E, v, u, sigma, tau, t, c, o, lam, loss, *theta],
    hypotheses={**SETTING, **LOSSES, **DEFINED},
    conclusion=And(deep_loss_spurious(*own), Eq(deep_loss_risk(*own), CONSTANT_RISK)),
    prose="Under the hypotheses of ``jensen.convex_loss`` the constant network is a spurious local minimum, with the risk of its constant.",
    source="Derived here.",
    proof=[
        apply("bent_exists", "jensen.bent_near"),
        obtain((r, e, mu), ("r_positive", "e_positive", "mu_positive", "bent", "monotone"), "bent_exists"),
        have("center", near(v, u), by("sign", "radius")),
        have("slope_at_v", has_derivative(h, v, D(v)), by("logic", at("derivative", v), "center")),
        apply("continuous_at_v", "calculus.differentiable_continuous", {"g": h, "a": v, "d": D(v)}, using={"derivative": "slope_at_v"}),
        apply("nearby_exists", "jensen.nearby", using={"continuous": "continuous_at_v", "radius": "r_positive"}),
        obtain(rho, ("rho_positive", "nearby"), "nearby_exists"),
        have("outputs", forall_in(i, 1, m, Eq(deep_network(L, d, h, *theta, sample(i)), c)), proof=[
            *M, apply("constant", "jensen.constant_network", {"z": sample(i)}), qed(by("logic", "constant"))]),
        have("risk_here", Eq(deep_loss_risk(*own), CONSTANT_RISK), by("ring", rewrite=["outputs"], unfold=[deep_loss_risk])),
        have("local", deep_loss_local_minimum(*own), proof=LOCAL),
        have("better", Exists(other_theta, deep_loss_risk(*other) < deep_loss_risk(*own)), proof=[
            *BETTER, witness(*better_theta), qed(by("linear", "smaller", "risk_here"))]),
        have("spurious", deep_loss_spurious(*own), proof=[
            unfold("", "goal", deep_loss_spurious), qed(by("logic", "local", "better"))]),
        qed(by("logic", "spurious", "risk_here")),
    ],
    notation={**NOTATION, "u": "R", "U": r"\hat W", "a": r"\hat b", "p": "p"},
)  # fmt: skip

CONVEX_LOSS = theorem(
    "jensen.convex_loss",
    "Spurious local minima of wide and deep networks for a convex loss",
    variables=[m, L, d, x, y, h, D, E, v, u, sigma, tau, t, c, o, lam, loss],
    hypotheses={**SETTING, **LOSSES},
    conclusion=And(
        deep_loss_spurious(m, L, d, x, y, h, loss, *CONSTANT_NETWORK),
        Eq(deep_loss_risk(m, L, d, x, y, h, loss, *CONSTANT_NETWORK), CONSTANT_RISK),
    ),
    prose="Let input $o$ be the mean of the inputs with weights $\\lambda_i \\ge 0$ of sum 1, not all inputs of positive weight equal to it. Let the "
    "losses be convex in the output, with the derivatives $t \\lambda_i$ at a constant $c$, less $t$ at input $o$, $t \\ne 0$. Let $h$ have a second "
    "derivative near $v$ that is continuous and not 0 at $v$, and, for at least two hidden layers, $h'(v) \\ne 0$. Then a network with any number "
    "$L \\ge 1$ of hidden layers of any widths has a spurious local minimum: weights 0 in the first layer, $\\tau$ between hidden layers, "
    "$t \\sigma$ to the output, where $\\tau$ and $\\sigma$ are the signs of $h'(v)$ and $h''(v)$, and biases such that all pre-activations are $v$ "
    "and the output is $c$.",
    source="Derived here. Spurious local minima of wide and deep networks are the theme of Ding, Li and Sun (2019).",
    proof=[
        *[have(label, subst(claim, dict(zip(theta, CONSTANT_NETWORK, strict=True))), by("ring")) for label, claim in DEFINED.items()],
        apply("minimum", "jensen.constant_minimum", dict(zip(("W", "b"), CONSTANT_NETWORK, strict=True))),
        qed(by("logic", "minimum")),
    ],
    notation={**NOTATION, "u": "R"},
    extra={"main": True},
)  # fmt: skip
