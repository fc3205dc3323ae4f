"""Near the constant network all pre-activations stay near v."""

from symproof.logic.syntax import Abs, And, Eq, Exists, ForAll, Implies, Lam, Min, Sum, forall_in, integer, num, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    case,
    cases,
    conjunction,
    have,
    induction,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.calculus.continuous_function import continuous
from theorems.calculus.derivative import delta, epsilon
from theorems.calculus.second_difference import near
from theorems.jensen.mean_input import INSIDE, NOTATION, before, output, r, tau, v
from theorems.relu_like.deep_network import L, V, d, deep_activation, deep_pre_activation, n, other_theta, q
from theorems.relu_like.network import h, i, k, l, m, rho, x

p = integer("p")
eta, gamma, S = real("eta gamma S")


def bias(layer):
    """The biases of a later layer of the constant network: its pre-activations are v."""
    return v - tau * d(layer - 1) * h(v)


def hidden_close(radius):
    """The hidden layers are at most a distance away from those of the constant network."""
    return (
        forall_in(k, 1, d(1), forall_in(l, 1, d(0), Abs(V(1, k, l)) <= radius)),
        forall_in(k, 1, d(1), Abs(q(1, k) - v) <= radius),
        forall_in(p, 2, L, forall_in(k, 1, d(p), forall_in(l, 1, d(p - 1), Abs(V(p, k, l) - tau) <= radius))),
        forall_in(p, 2, L, forall_in(k, 1, d(p), Abs(q(p, k) - bias(p)) <= radius)),
    )  # fmt: skip


CLOSE = ("first_weights", "first_biases", "later_weights", "later_biases")


def all_near(layer, distance):
    """The pre-activations up to a layer are near v."""
    return forall_in(p, 1, layer, forall_in(k, 1, d(p), forall_in(i, 1, m, near(before(p, k, i), distance))))


def radius_exists(layer, distance):
    """Some radius keeps the pre-activations up to a layer near v."""
    return Exists(rho, And(rho > 0, ForAll(other_theta, Implies(And(*hidden_close(rho)), all_near(layer, distance)))))


size = Sum(i, 1, m, Sum(l, 1, d(0), Abs(x(i, l))))
weighted = Sum(l, 1, d(0), V(1, k, l) * x(i, l))
FIRST = [
    assume("in_depth"), take(epsilon), assume("epsilon_positive"),
    let("S_def", S, size),
    have("size", S >= 0, by("sign", rewrite=["S_def"])),
    have("scale", S + 1 > 0, by("linear", "size")),
    witness(epsilon / (S + 1)),
    conjunction(
        [qed(by("sign", "epsilon_positive", "scale"))],
        [take(*other_theta), assume(*CLOSE), take(p), assume("p_low", "p_high"), take(k), assume("k_low", "k_high"),
         take(i), assume("i_low", "i_high"),
         let("gamma_def", gamma, epsilon / (S + 1)),
         have("cleared", Eq(gamma * (S + 1), epsilon), by("field", "scale", rewrite=["gamma_def"])),
         have("gamma_positive", gamma > 0, by("sign", "epsilon_positive", "scale", rewrite=["gamma_def"])),
         have("one", Eq(p, 1), by("linear", "p_low", "p_high")),
         have("in_width", k <= d(1), by("rewrite", "k_high", "one")),
         have("terms", forall_in(l, 1, d(0), Abs(V(1, k, l) * x(i, l)) <= gamma * Abs(x(i, l))), proof=[
             take(l), assume("l_low", "l_high"),
             have("weight", Abs(V(1, k, l)) <= epsilon / (S + 1), by("logic", at("first_weights", k, l))),
             have("room", gamma - Abs(V(1, k, l)) >= 0, by("linear", "weight", "gamma_def")),
             have("product", (gamma - Abs(V(1, k, l))) * Abs(x(i, l)) >= 0, by("sign", "room")),
             have("parts", Eq(Abs(V(1, k, l) * x(i, l)), Abs(V(1, k, l)) * Abs(x(i, l))), by("ring")),
             qed(by("linear", "product", "parts"))]),
         apply("sides", "calculus.triangle_for_sums",
               {"m": d(0), "a": Lam(l, V(1, k, l) * x(i, l)), "b": Lam(l, gamma * Abs(x(i, l)))}, using={"terms": "terms"}),
         have("factor", Eq(Sum(l, 1, d(0), gamma * Abs(x(i, l))), gamma * Sum(l, 1, d(0), Abs(x(i, l)))), by("ring")),
         have("own", Sum(l, 1, d(0), Abs(x(i, l))) <= size, by("sum")),
         have("rest", gamma * (S - Sum(l, 1, d(0), Abs(x(i, l)))) >= 0, proof=[
             have("gap", S - Sum(l, 1, d(0), Abs(x(i, l))) >= 0, by("linear", "own", "S_def")), qed(by("sign", "gap", "gamma_positive"))]),
         have("bias", Abs(q(1, k) - v) <= epsilon / (S + 1), by("logic", at("first_biases", k))),
         have("value", Eq(before(num(1), k, i), weighted + q(1, k)), by("ring", unfold=[deep_pre_activation, deep_activation])),
         have("near_there", near(before(num(1), k, i), epsilon), proof=[conjunction(
             *[[qed(by("linear", "sides", "factor", "rest", "bias", "value", "cleared", "gamma_def"))] for _ in range(2)])]),
         qed(by("rewrite", "near_there", rewrite=["one"]))]),
]  # fmt: skip

term = V(n + 1, k, l) * output(n, l, i) - tau * h(v)
share = rho * (Abs(h(v)) + eta) + eta
NEXT = [
    assume("in_depth"), take(epsilon), assume("epsilon_positive"),
    have("below", n <= L, by("linear", "in_depth")),
    have("width", num(1) <= d(n), by("logic", at("widths", n))),
    have("room", d(n) + 1 > 0, by("linear", "width")),
    let("eta_def", eta, epsilon / (2 * (d(n) + 1))),
    have("eta_positive", eta > 0, by("sign", "epsilon_positive", "room", rewrite=["eta_def"])),
    have("eta_cleared", Eq(2 * eta * (d(n) + 1), epsilon), by("field", "room", rewrite=["eta_def"])),
    obtain(delta, ("delta_positive", "steady"), at("meaning", eta)),
    have("finer", Min(epsilon, delta) > 0, by("sign", "epsilon_positive", "delta_positive")),
    have("before_exists", radius_exists(n, Min(epsilon, delta)), proof=[
        have("every", ForAll(epsilon, Implies(epsilon > 0, radius_exists(n, epsilon))), by("logic", "shallower", "below")),
        qed(by("logic", at("every", Min(epsilon, delta))))]),
    obtain(gamma, ("gamma_positive", "near_before"), "before_exists"),
    let("S_def", S, 2 * (d(n) * (Abs(h(v)) + eta) + 1)),
    have("scale", S > 0, by("sign", "width", "eta_positive", rewrite=["S_def"])),
    let("rho_def", rho, Min(gamma, epsilon / S)),
    have("rho_positive", rho > 0, by("sign", "gamma_positive", "epsilon_positive", "scale", rewrite=["rho_def"])),
    have("rho_room", (epsilon / S - rho) * S >= 0, proof=[
        have("less", epsilon / S - rho >= 0, by("linear", "rho_def")), qed(by("sign", "less", "scale"))]),
    have("rho_cleared", Eq(epsilon / S * S, epsilon), by("field", "scale")),
    have("smaller", rho <= gamma, by("linear", "rho_def")),
    witness(rho),
    conjunction(
        [qed(by("logic", "rho_positive"))],
        [take(*other_theta), assume(*CLOSE),
         have("close_before", And(*hidden_close(gamma)), proof=[conjunction(
             *[[*binders, qed(by("linear", "smaller", at(label, *indices)))] for label, indices, binders in (
                 ("first_weights", (k, l), [take(k), assume("k_low", "k_high"), take(l), assume("l_low", "l_high")]),
                 ("first_biases", (k,), [take(k), assume("k_low", "k_high")]),
                 ("later_weights", (p, k, l), [take(p), assume("p_low", "p_high"), take(k), assume("k_low", "k_high"),
                                               take(l), assume("l_low", "l_high")]),
                 ("later_biases", (p, k), [take(p), assume("p_low", "p_high"), take(k), assume("k_low", "k_high")]))])]),
         have("known", all_near(n, Min(epsilon, delta)), proof=[
             take(p), assume("p_low", "p_high"), take(k), assume("k_low", "k_high"), take(i), assume("i_low", "i_high"),
             qed(by("logic", at("near_before", *other_theta, p, k, i)))]),
         have("new", forall_in(k, 1, d(n + 1), forall_in(i, 1, m, near(before(n + 1, k, i), epsilon))), proof=[
             take(k), assume("k_low", "k_high"), take(i), assume("i_low", "i_high"),
             apply("unit", "calculus.unit_sign", {"sigma": tau, "t": 1}, using={"sign": "direction"}),
             have("terms", forall_in(l, 1, d(n), Abs(term) <= share), proof=[
                 take(l), assume("l_low", "l_high"),
                 have("near_v", near(before(n, l, i), Min(epsilon, delta)), by("logic", at("known", n, l, i), "n_positive")),
                 have("distance", Abs(before(n, l, i) - v) <= delta, proof=[cases(
                     case("right", before(n, l, i) - v >= 0,
                          have("plain", Eq(Abs(before(n, l, i) - v), before(n, l, i) - v), by("ring")), qed(by("linear", "plain", "near_v"))),
                     case("left", before(n, l, i) - v < 0,
                          have("plain", Eq(Abs(before(n, l, i) - v), v - before(n, l, i)), by("ring")), qed(by("linear", "plain", "near_v"))))]),
                 have("follows", Abs(h(v + (before(n, l, i) - v)) - h(v)) <= eta,
                      by("logic", at("steady", before(n, l, i) - v), "distance")),
                 have("sent", Eq(Abs(h(v + (before(n, l, i) - v)) - h(v)), Abs(output(n, l, i) - h(v))), proof=[
                     have("same", Eq(output(n, l, i), h(before(n, l, i))), by("ring", unfold=[deep_activation, deep_pre_activation])),
                     qed(by("ring", rewrite=["same"]))]),
                 have("value_near", Abs(output(n, l, i) - h(v)) <= eta, by("linear", "follows", "sent")),
                 have("weight", Abs(V(n + 1, k, l) - tau) <= rho, by("logic", at("later_weights", n + 1, k, l), "n_positive")),
                 apply("product", "calculus.product_deviation",
                       {"A": tau, "B": V(n + 1, k, l), "a": h(v), "b": output(n, l, i), "D": eta},
                       using={"first": "weight", "second": "value_near"}),
                 have("factor", Eq(Abs(tau) * eta, eta), proof=[
                     have("plain", Eq(Abs(tau), 1), by("linear", "unit")), qed(by("ring", rewrite=["plain"]))]),
                 qed(by("linear", "product", "factor"))]),
             apply("sides", "calculus.triangle_for_sums", {"m": d(n), "a": Lam(l, term), "b": Lam(l, share)}, using={"terms": "terms"}),
             have("shares", Eq(Sum(l, 1, d(n), share), d(n) * share), by("ring")),
             have("bias_near", Abs(q(n + 1, k) - bias(n + 1)) <= rho, by("logic", at("later_biases", n + 1, k), "n_positive")),
             have("difference", Eq(before(n + 1, k, i) - v, Sum(l, 1, d(n), term) + (q(n + 1, k) - bias(n + 1))),
                  by("ring", unfold=[deep_pre_activation])),
             have("total", d(n) * share + rho <= epsilon, proof=[
                 have("expanded", Eq(rho * S, 2 * (d(n) * (rho * (Abs(h(v)) + eta))) + 2 * rho), by("ring", rewrite=["S_def"])),
                 qed(by("linear", "expanded", "rho_room", "rho_cleared", "eta_cleared", "eta_positive"))]),
             conjunction(*[[qed(by("linear", "sides", "shares", "bias_near", "difference", "total"))] for _ in range(2)])]),
         take(p), assume("p_low", "p_high"), take(k), assume("k_low", "k_high"), take(i), assume("i_low", "i_high"),
         cases(
             case("old", p <= n,
                  have("there", near(before(p, k, i), Min(epsilon, delta)), by("logic", at("known", p, k, i), "old")),
                  conjunction(*[[qed(by("linear", "there"))] for _ in range(2)])),
             case("last", Eq(p, n + 1),
                  have("width_there", k <= d(n + 1), by("rewrite", "k_high", "last")),
                  have("there", near(before(n + 1, k, i), epsilon), by("logic", at("new", k, i), "width_there")),
                  qed(by("rewrite", "there", rewrite=["last"]))))]),
]  # fmt: skip

NEARBY = theorem(
    "jensen.nearby",
    "Near the constant network all pre-activations stay near v",
    variables=[m, L, d, x, h, v, r, tau],
    hypotheses={
        "depth": num(1) <= L,
        "widths": forall_in(n, 1, L, num(1) <= d(n)),
        "continuous": continuous(h, v),
        "radius": r > 0,
        "direction": Eq(tau**2, 1),
    },
    conclusion=Exists(rho, And(rho > 0, ForAll(other_theta, Implies(And(*hidden_close(rho)), INSIDE)))),
    prose="Let the weights of the first layer be 0, the weights between hidden layers $\\tau = \\pm 1$, and the biases of the hidden layers such "
    "that all pre-activations are $v$, where $h$ is continuous. If all these parameters move little enough, no pre-activation at a sample "
    "moves by more than $r$.",
    source="Derived here.",
    proof=[
        unfold("meaning", "continuous", continuous),
        have("layers", ForAll(n, Implies(num(1) <= n, Implies(n <= L, ForAll(epsilon, Implies(epsilon > 0, radius_exists(n, epsilon)))))),
             proof=[induction(n, base=FIRST, hypothesis="shallower", bound="n_positive", step=NEXT)]),
        have("last", radius_exists(L, r), by("logic", at("layers", L, r), "depth", "radius")),
        qed(by("logic", "last")),
    ],
    notation={**NOTATION, "epsilon": r"\varepsilon", "delta": r"\delta", "gamma": r"\gamma", "eta": r"\eta", "p": "n'"},
)  # fmt: skip
