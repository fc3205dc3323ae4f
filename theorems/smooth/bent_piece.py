"""Constant units on a bent piece of the activation are a local minimum, with the region where no risk is smaller."""

from symproof.logic.syntax import Abs, And, Eq, ForAll, Implies, Lam, Min, forall_in, function, num, real
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
from theorems.calculus.derivative import delta, has_derivative
from theorems.calculus.second_difference import near, twice_differentiable
from theorems.relu_like.network import V1, V2, c1, c2, close, local_minimum, network, other_theta
from theorems.smooth.samples import NOTATION, THIRD, data, h, k, l, n, risk

D, E = function("D E")
v, r, s, q, sigma = real("v r s q sigma")


SMOOTH = twice_differentiable(h, r)
"""The activation has a second derivative near v, and it is continuous at v."""

MINIMUM = (Lam((k, l), num(0)), Lam(k, v), Lam(k, sigma), THIRD - n * sigma * h(v))
"""All units constant at v, weighted by the sign of the second derivative there; the output is 1/3 everywhere."""

middle, half = (V1(k, 1) + V1(k, 2)) / 2 + c1(k), (V1(k, 1) - V1(k, 2)) / 2

BENT_REGION = theorem(
    "smooth.bent_region",
    "A region around constant units on a bent piece",
    variables=[h, D, E, v, r, sigma, n, *other_theta],
    hypotheses={
        "sign": Eq(sigma**2, 1),
        "derivative": SMOOTH["derivative"],
        "second": SMOOTH["second"],
        "bent": ForAll(s, Implies(near(s, r), num(0) <= sigma * E(s))),
        "first": forall_in(k, 1, n, near(V1(k, 1) + c1(k), r)),
        "other": forall_in(k, 1, n, near(V1(k, 2) + c1(k), r)),
        "outgoing": forall_in(k, 1, n, sigma * V2(k) >= 0),
    },
    conclusion=risk(*data(n), *other_theta) >= THIRD,
    prose="If $\\sigma h'' \\ge 0$ from $v - r$ to $v + r$, all pre-activations lie there, and no outgoing weight has the other sign than "
    "$\\sigma = \\pm 1$, then the risk is at least $1/3$.",
    source="Derived here.",
    proof=[
        have("each", forall_in(k, 1, n, num(0) <= V2(k) * (h(middle + half) + h(middle - half) - 2 * h(middle))), proof=[
            take(k), assume("k_low", "k_high"),
            have("first_near", near(V1(k, 1) + c1(k), r), by("logic", at("first", k))),
            have("other_near", near(V1(k, 2) + c1(k), r), by("logic", at("other", k))),
            have("length", Abs(half) >= 0, by("sign")),
            *[have(label, claim, proof=[cases(
                case("up", half >= 0, have("plain", Eq(Abs(half), half), by("ring")), qed(by("linear", "plain", "first_near", "other_near"))),
                case("down", half < 0, have("plain", Eq(Abs(half), -half), by("ring")), qed(by("linear", "plain", "first_near", "other_near"))))])
              for label, claim in (("left_end", v - r <= middle - Abs(half)), ("right_end", middle + Abs(half) <= v + r))],
            have("inner", ForAll(s, Implies(And(middle - Abs(half) <= s, s <= middle + Abs(half)), near(s, r))), proof=[
                take(s), assume("s_low", "s_high"),
                conjunction([qed(by("linear", "s_low", "left_end"))], [qed(by("linear", "s_high", "right_end"))])]),
            have("slope", ForAll(s, Implies(And(middle - Abs(half) <= s, s <= middle + Abs(half)), has_derivative(h, s, D(s)))), proof=[
                take(s), assume("s_low", "s_high"), have("s_near", near(s, r), by("logic", at("inner", s), "s_low", "s_high")),
                qed(by("logic", at("derivative", s), "s_near"))]),
            have("slope_of_slope", ForAll(s, Implies(And(middle - Abs(half) <= s, s <= middle + Abs(half)), has_derivative(D, s, E(s)))), proof=[
                take(s), assume("s_low", "s_high"), have("s_near", near(s, r), by("logic", at("inner", s), "s_low", "s_high")),
                qed(by("logic", at("second", s), "s_near"))]),
            have("bent_here", ForAll(s, Implies(And(middle - Abs(half) <= s, s <= middle + Abs(half)), num(0) <= sigma * E(s))), proof=[
                take(s), assume("s_low", "s_high"), have("s_near", near(s, r), by("logic", at("inner", s), "s_low", "s_high")),
                qed(by("logic", at("bent", s), "s_near"))]),
            apply("lower", "calculus.scaled_second_difference",
                  {"g": h, "v": middle, "t": Abs(half), "c": 0, "p": sigma},
                  using={"length": "length", "derivative": "slope", "second": "slope_of_slope", "bound": "bent_here"}),
            have("turned", num(0) <= sigma * (h(middle + half) + h(middle - half) - 2 * h(middle)), proof=[
                cases(
                    case("up", half >= 0, have("plain", Eq(Abs(half), half), by("ring")), qed(by("rewrite", "lower", "plain"))),
                    case("down", half < 0, have("plain", Eq(Abs(half), -half), by("ring")), qed(by("rewrite", "lower", "plain"))))]),
            have("weight", sigma * V2(k) >= 0, by("logic", at("outgoing", k))),
            have("product", sigma * V2(k) * (sigma * (h(middle + half) + h(middle - half) - 2 * h(middle))) >= 0,
                 by("sign", "turned", "weight")),
            have("same", Eq(sigma * V2(k) * (sigma * (h(middle + half) + h(middle - half) - 2 * h(middle))),
                            V2(k) * (h(middle + half) + h(middle - half) - 2 * h(middle))), by("ideal", "sign")),
            qed(by("linear", "product", "same"))]),
        apply("least", "smooth.region", {"W1": V1, "b1": c1, "W2": V2, "b2": c2}, using={"bent": "each"}),
        qed(by("logic", "least")),
    ],
    notation=NOTATION,
)  # fmt: skip

MINIMUM_RISK = theorem(
    "smooth.minimum_risk",
    "The risk of constant units",
    variables=[h, n, v, sigma],
    hypotheses={"width": n >= 0},
    conclusion=Eq(risk(*data(n), *MINIMUM), THIRD),
    prose="Where every unit is constant and the output is $1/3$, the risk is $1/3$.",
    source="Direct.",
    proof=[qed(by("ring", unfold=[risk, network]))],
    notation=NOTATION,
)  # fmt: skip

LOCAL_MINIMUM = theorem(
    "smooth.convex_local_minimum",
    "A local minimum on a bent piece",
    variables=[h, D, E, v, r, sigma, n],
    hypotheses={"width": n >= 1, **SMOOTH, "sign": Eq(sigma**2, 1), "bend": sigma * E(v) > 0},
    conclusion=local_minimum(*data(n), *MINIMUM),
    prose="If $h$ has a second derivative near $v$, continuous and not 0 at $v$ and of sign $\\sigma$, then incoming weights 0, biases $v$, outgoing "
    "weights $\\sigma$ and the constant for which the output is $1/3$ are a local minimum.",
    source="Derived here.",
    proof=[
        apply("here", "smooth.minimum_risk"),
        apply("steady_exists", "calculus.nearly_constant", {"g": E, "a": v}, using={"side": "bend"}),
        obtain(delta, ("delta_positive", "steady"), "steady_exists"),
        let("q_def", q, Min(delta, r)),
        have("q_positive", q > 0, by("sign", "delta_positive", "radius", rewrite=["q_def"])),
        have("slope", ForAll(s, Implies(near(s, q), has_derivative(h, s, D(s)))), proof=[
            take(s), assume("s_low", "s_high"),
            have("above", v - r <= s, by("linear", "s_low", "q_def")),
            have("below", s <= v + r, by("linear", "s_high", "q_def")),
            qed(by("logic", at("derivative", s), "above", "below"))]),
        have("slope_of_slope", ForAll(s, Implies(near(s, q), has_derivative(D, s, E(s)))), proof=[
            take(s), assume("s_low", "s_high"),
            have("above", v - r <= s, by("linear", "s_low", "q_def")),
            have("below", s <= v + r, by("linear", "s_high", "q_def")),
            qed(by("logic", at("second", s), "above", "below"))]),
        have("bent", ForAll(s, Implies(near(s, q), num(0) <= sigma * E(s))), proof=[
            take(s), assume("s_low", "s_high"),
            have("above", v - delta <= s, by("linear", "s_low", "q_def")),
            have("below", s <= v + delta, by("linear", "s_high", "q_def")),
            have("kept", And(num(9) / 10 * (sigma * E(v)) <= sigma * E(s), sigma * E(s) <= num(11) / 10 * (sigma * E(v))),
                 by("logic", at("steady", s), "above", "below")),
            qed(by("linear", "kept", "bend"))]),
        unfold("", "goal", local_minimum),
        witness(Min(1, q / 2)),
        conjunction(
            [qed(by("sign", "q_positive"))],
            [take(*other_theta), assume("moves_little"), unfold("moves", "moves_little", close),
             have("weights_move", forall_in(k, 1, n, forall_in(l, 1, 2, Abs(V1(k, l) - 0) < Min(1, q / 2))), by("logic", "moves")),
             have("biases_move", forall_in(k, 1, n, Abs(c1(k) - v) < Min(1, q / 2)), by("logic", "moves")),
             have("outgoing_move", forall_in(k, 1, n, Abs(V2(k) - sigma) < Min(1, q / 2)), by("logic", "moves")),
             have("first", forall_in(k, 1, n, near(V1(k, 1) + c1(k), q)), proof=[
                 take(k), assume("k_low", "k_high"),
                 have("weight", Abs(V1(k, 1) - 0) < Min(1, q / 2), by("logic", at("weights_move", k, 1))),
                 have("bias", Abs(c1(k) - v) < Min(1, q / 2), by("logic", at("biases_move", k))),
                 conjunction([qed(by("linear", "weight", "bias"))], [qed(by("linear", "weight", "bias"))])]),
             have("other", forall_in(k, 1, n, near(V1(k, 2) + c1(k), q)), proof=[
                 take(k), assume("k_low", "k_high"),
                 have("weight", Abs(V1(k, 2) - 0) < Min(1, q / 2), by("logic", at("weights_move", k, 2))),
                 have("bias", Abs(c1(k) - v) < Min(1, q / 2), by("logic", at("biases_move", k))),
                 conjunction([qed(by("linear", "weight", "bias"))], [qed(by("linear", "weight", "bias"))])]),
             have("outgoing", forall_in(k, 1, n, sigma * V2(k) >= 0), proof=[
                 take(k), assume("k_low", "k_high"),
                 have("weight", Abs(V2(k) - sigma) < Min(1, q / 2), by("logic", at("outgoing_move", k))),
                 have("less", Abs(V2(k) - sigma) < 1, by("linear", "weight")),
                 apply("same", "calculus.unit_sign", {"t": V2(k) - sigma}),
                 have("down", -Abs(sigma * (V2(k) - sigma)) <= sigma * (V2(k) - sigma), by("linear")),
                 qed(by("linear", "less", "same", "down", "sign"))]),
             apply("least", "smooth.bent_region", {"r": q},
                   using={"derivative": "slope", "second": "slope_of_slope", "bent": "bent"}),
             qed(by("linear", "least", "here"))]),
    ],
    notation=NOTATION,
)  # fmt: skip
