"""Near parameters with positive pre-activations a network of any depth is affine on the samples."""

from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    Sum,
    family,
    forall_in,
    num,
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
    contradiction,
    have,
    induction,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.deep_network import (
    DEEP_NOTATION,
    L,
    V,
    W,
    b,
    d,
    deep_activation,
    deep_network,
    deep_pre_activation,
    deviation,
    n,
    other_theta,
    q,
    theta,
)  # fmt: skip
from theorems.relu_like.network import affine, e, h, i, j, k, l, m, relu_like, rho, s_minus, s_plus, sample, v, x
from theorems.works import YUN_2019

A = family("A", 2)
C = family("C")
ORIGIN = Citation(YUN_2019, "theorem on ReLU-like networks")


def before(unit, index=i):
    """The pre-activation of a unit of layer n at a sample."""
    return deep_pre_activation(n, d, h, *theta, sample(index), unit)


def moved_before(layer, unit):
    """The pre-activation at the other parameters."""
    return deep_pre_activation(layer, d, h, *other_theta, sample(i), unit)


def output(layer, unit):
    """The output of a unit at a sample."""
    return deep_activation(layer, d, h, *theta, sample(i), unit)


def moved_output(layer, unit):
    """The output at the other parameters."""
    return deep_activation(layer, d, h, *other_theta, sample(i), unit)


def reach(layer, unit):
    """The bound on how far an output moves."""
    return deviation(layer, d, h, *theta, s_plus, rho, sample(i), unit)


margin = forall_in(n, 1, L, forall_in(i, 1, m, forall_in(k, 1, d(n), reach(n, k) <= s_plus * before(k))))
weights_near = forall_in(n, 1, L, forall_in(k, 1, d(n), forall_in(l, 1, d(n - 1), Abs(V(n, k, l) - W(n, k, l)) <= rho)))
biases_near = forall_in(n, 1, L, forall_in(k, 1, d(n), Abs(q(n, k) - b(n, k)) <= rho))
active = forall_in(i, 1, m, forall_in(n, 1, L, forall_in(k, 1, d(n), moved_before(n, k) >= 0)))
within = And(
    Abs(moved_output(n, k) - output(n, k)) <= reach(n, k),
    Implies(num(1) <= n, moved_before(n, k) >= 0),
)

term = V(n + 1, k, l) * moved_output(n, l) - W(n + 1, k, l) * output(n, l)
share = rho * (Abs(output(n, l)) + reach(n, l)) + Abs(W(n + 1, k, l)) * reach(n, l)
total = Sum(l, 1, d(n), share) + rho
own_before = deep_pre_activation(n + 1, d, h, *theta, sample(i), k)

DEEP_STABLE_REGION = theorem(
    "relu_like.deep_stable_region",
    "A region on which all units stay active",
    variables=[m, L, d, x, h, s_plus, s_minus, *theta, *other_theta, rho],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "slope": s_plus > 0,
        "margin": margin,
        "weights_near": weights_near,
        "biases_near": biases_near,
    },
    conclusion=active,
    prose="If every weight and bias of the hidden layers moves by at most $\\rho$, and the bound $\\delta$ on how far outputs move is at most "
    "$s_+$ times the pre-activation, for every unit of every hidden layer at every sample, then all pre-activations stay nonnegative.",
    origin=ORIGIN,
    source="Ours: an explicit radius for any depth.",
    proof=[
        unfold("slopes", "activation", relu_like),
        take(i), assume("i_low", "i_high"),
        have("layers", ForAll(n, Implies(num(0) <= n, Implies(n <= L, forall_in(k, 1, d(n), within)))), proof=[
            induction(n,
                base=[
                    assume("inside"), take(k), assume("k_low", "k_high"),
                    conjunction(
                        [calc("same", Abs(moved_output(num(0), k) - output(num(0), k)),
                              ("=", Abs(x(i, k) - x(i, k)), by("ring", unfold=[deep_activation])),
                              ("=", reach(num(0), k), by("ring", unfold=[deviation]))),
                         qed(by("linear", "same"))],
                        [assume("later"), contradiction("any", qed(by("linear", "later")))]),
                ],
                hypothesis="shallower", bound="n_nonnegative",
                step=[
                    assume("inside"), take(k), assume("k_low", "k_high"),
                    have("known", forall_in(l, 1, d(n), Abs(moved_output(n, l) - output(n, l)) <= reach(n, l)), proof=[
                        take(l), assume("l_low", "l_high"),
                        have("below", n <= L, by("linear", "inside")),
                        have("units", forall_in(k, 1, d(n), within), by("logic", "shallower", "below")),
                        qed(by("logic", at("units", l)))]),
                    have("terms", forall_in(l, 1, d(n), Abs(term) <= share), proof=[
                        take(l), assume("l_low", "l_high"),
                        have("weight", Abs(V(n + 1, k, l) - W(n + 1, k, l)) <= rho, by("logic", at("weights_near", n + 1, k, l))),
                        apply("product", "calculus.product_deviation",
                              {"A": W(n + 1, k, l), "B": V(n + 1, k, l), "a": output(n, l), "b": moved_output(n, l), "D": reach(n, l)},
                              using={"first": "weight", "second": at("known", l)}),
                        qed(by("logic", "product"))]),
                    have("upper_terms", forall_in(l, 1, d(n), term <= share),
                         proof=[take(l), assume("l_low", "l_high"), qed(by("linear", at("terms", l)))]),
                    have("lower_terms", forall_in(l, 1, d(n), -share <= term),
                         proof=[take(l), assume("l_low", "l_high"), qed(by("linear", at("terms", l)))]),
                    have("upper_sum", Sum(l, 1, d(n), term) <= Sum(l, 1, d(n), share), by("sum", "upper_terms")),
                    have("lower_sum", Sum(l, 1, d(n), -share) <= Sum(l, 1, d(n), term), by("sum", "lower_terms")),
                    have("bias", Abs(q(n + 1, k) - b(n + 1, k)) <= rho, by("logic", at("biases_near", n + 1, k))),
                    have("difference", Eq(moved_before(n + 1, k) - own_before, Sum(l, 1, d(n), term) + (q(n + 1, k) - b(n + 1, k))),
                         by("ring", unfold=[deep_pre_activation])),
                    have("upper", moved_before(n + 1, k) - own_before <= total, by("linear", "difference", "upper_sum", "bias")),
                    have("lower", -total <= moved_before(n + 1, k) - own_before, proof=[
                        have("negated", Eq(Sum(l, 1, d(n), -share), -Sum(l, 1, d(n), share)), by("ring")),
                        qed(by("linear", "difference", "lower_sum", "bias", "negated"))]),
                    have("bound", Eq(reach(n + 1, k), s_plus * total), by("ring", unfold=[deviation])),
                    have("room", reach(n + 1, k) <= s_plus * own_before, by("logic", at("margin", n + 1, i, k))),
                    have("enough", s_plus * (own_before - total) >= 0, by("linear", "room", "bound")),
                    have("inside_margin", own_before - total >= 0, proof=[
                        contradiction("outside",
                            have("excess", total - own_before > 0, by("linear", "outside")),
                            have("too_far", s_plus * (total - own_before) > 0, by("sign", "excess", "slope")),
                            qed(by("linear", "too_far", "enough")))]),
                    have("total_nonnegative", total >= 0, by("linear", "upper", "lower")),
                    have("moved_active", moved_before(n + 1, k) >= 0, by("linear", "lower", "inside_margin")),
                    have("own_active", own_before >= 0, by("linear", "inside_margin", "total_nonnegative")),
                    conjunction(
                        [calc("moved", moved_output(n + 1, k),
                              ("=", h(moved_before(n + 1, k)), by("ring", unfold=[deep_activation, deep_pre_activation])),
                              ("=", s_plus * moved_before(n + 1, k), by("ring", rewrite=["slopes"]))),
                         calc("own", output(n + 1, k),
                              ("=", h(own_before), by("ring", unfold=[deep_activation, deep_pre_activation])),
                              ("=", s_plus * own_before, by("ring", rewrite=["slopes"]))),
                         have("above", s_plus * (total - (moved_before(n + 1, k) - own_before)) >= 0, proof=[
                             have("gap", total - (moved_before(n + 1, k) - own_before) >= 0, by("linear", "upper")),
                             qed(by("sign", "gap", "slope"))]),
                         have("beneath", s_plus * (total + (moved_before(n + 1, k) - own_before)) >= 0, proof=[
                             have("gap", total + (moved_before(n + 1, k) - own_before) >= 0, by("linear", "lower")),
                             qed(by("sign", "gap", "slope"))]),
                         cases(
                             case("up", moved_output(n + 1, k) - output(n + 1, k) >= 0,
                                  qed(by("linear", "moved", "own", "above", "bound", "up"))),
                             case("down", moved_output(n + 1, k) - output(n + 1, k) < 0,
                                  qed(by("linear", "moved", "own", "beneath", "bound", "down"))))],
                        [assume("later"), qed(by("logic", "moved_active"))]),
                ]),
        ]),
        take(n), assume("n_low", "n_high"), take(k), assume("k_low", "k_high"),
        qed(by("logic", at("layers", n, k), "n_low")),
    ],
    notation=DEEP_NOTATION,
)  # fmt: skip

is_affine = forall_in(i, 1, m, forall_in(k, 1, d(n), Eq(moved_output(n, k), Sum(l, 1, d(0), A(k, l) * x(i, l)) + C(k))))

DEEP_AFFINE = theorem(
    "relu_like.deep_affine",
    "A network with active units is affine",
    variables=[m, L, d, x, h, s_plus, s_minus, *other_theta],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "depth": num(0) <= L,
        "active": active,
    },
    conclusion=Exists((v, e), forall_in(i, 1, m, Eq(deep_network(L, d, h, *other_theta, sample(i)), affine(d(0), x, v, e, i)))),
    prose="If all pre-activations of the hidden layers are nonnegative at the samples, the network is an affine function there, whatever the "
    "output layer is.",
    origin=ORIGIN,
    proof=[
        unfold("slopes", "activation", relu_like),
        have("layers", ForAll(n, Implies(num(0) <= n, Implies(n <= L, Exists((A, C), is_affine)))), proof=[
            induction(n,
                base=[
                    assume("inside"), witness(Lam((k, l), Ite(Eq(l, k), 1, 0)), Lam(k, num(0))),
                    take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
                    qed(by("ring", unfold=[deep_activation])),
                ],
                hypothesis="shallower", bound="n_nonnegative",
                step=[
                    assume("inside"),
                    have("below", n <= L, by("linear", "inside")),
                    have("layer", Exists((A, C), is_affine), by("logic", "shallower", "below")),
                    obtain((A, C), "outputs", "layer"),
                    witness(Lam((k, l), s_plus * Sum(j, 1, d(n), V(n + 1, k, j) * A(j, l))),
                            Lam(k, s_plus * (Sum(j, 1, d(n), V(n + 1, k, j) * C(j)) + q(n + 1, k)))),
                    take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
                    have("positive", moved_before(n + 1, k) >= 0, by("logic", at("active", i, n + 1, k))),
                    have("here", forall_in(l, 1, d(n), Eq(moved_output(n, l), Sum(j, 1, d(0), A(l, j) * x(i, j)) + C(l))), proof=[
                        take(l), assume("l_low", "l_high"), qed(by("logic", at("outputs", i, l)))]),
                    calc("value", moved_output(n + 1, k),
                         ("=", h(moved_before(n + 1, k)), by("ring", unfold=[deep_activation, deep_pre_activation])),
                         ("=", s_plus * moved_before(n + 1, k), by("ring", rewrite=["slopes"])),
                         ("=", s_plus * (Sum(l, 1, d(n), V(n + 1, k, l) * moved_output(n, l)) + q(n + 1, k)),
                          by("ring", unfold=[deep_pre_activation])),
                         ("=", s_plus * (Sum(l, 1, d(n), V(n + 1, k, l) * (Sum(j, 1, d(0), A(l, j) * x(i, j)) + C(l))) + q(n + 1, k)),
                          by("ring", rewrite=["here"])),
                         ("=", Sum(l, 1, d(0), s_plus * Sum(j, 1, d(n), V(n + 1, k, j) * A(j, l)) * x(i, l))
                          + s_plus * (Sum(j, 1, d(n), V(n + 1, k, j) * C(j)) + q(n + 1, k)), by("ring"))),
                    qed(by("logic", "value")),
                ]),
        ]),
        have("last", Exists((A, C), forall_in(i, 1, m, forall_in(k, 1, d(L),
             Eq(moved_output(L, k), Sum(l, 1, d(0), A(k, l) * x(i, l)) + C(k))))), by("logic", at("layers", L))),
        obtain((A, C), "outputs", "last"),
        witness(Lam(l, Sum(j, 1, d(L), V(L + 1, 1, j) * A(j, l))), Sum(j, 1, d(L), V(L + 1, 1, j) * C(j)) + q(L + 1, 1)),
        take(i), assume("i_low", "i_high"),
        have("here", forall_in(l, 1, d(L), Eq(moved_output(L, l), Sum(j, 1, d(0), A(l, j) * x(i, j)) + C(l))), proof=[
            take(l), assume("l_low", "l_high"), qed(by("logic", at("outputs", i, l)))]),
        calc("value", deep_network(L, d, h, *other_theta, sample(i)),
             ("=", Sum(l, 1, d(L), V(L + 1, 1, l) * moved_output(L, l)) + q(L + 1, 1),
              by("ring", unfold=[deep_network, deep_pre_activation])),
             ("=", Sum(l, 1, d(L), V(L + 1, 1, l) * (Sum(j, 1, d(0), A(l, j) * x(i, j)) + C(l))) + q(L + 1, 1),
              by("ring", rewrite=["here"])),
             ("=", affine(d(0), x, Lam(l, Sum(j, 1, d(L), V(L + 1, 1, j) * A(j, l))),
                          Sum(j, 1, d(L), V(L + 1, 1, j) * C(j)) + q(L + 1, 1), i), by("ring", unfold=[affine]))),
        qed(by("logic", "value")),
    ],
    notation=DEEP_NOTATION,
)  # fmt: skip
