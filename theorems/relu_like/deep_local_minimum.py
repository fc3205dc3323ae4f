"""The best affine fit, computed by a deep network with positive pre-activations, is a local minimum."""

from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Min,
    Sum,
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
from theorems.relu_like.deep_affine_region import ORIGIN, before, biases_near, margin, reach, weights_near
from theorems.relu_like.deep_network import (
    DEEP_NOTATION,
    L,
    V,
    W,
    b,
    d,
    deep_activation,
    deep_close,
    deep_local_minimum,
    deep_network,
    deep_risk,
    deviation,
    n,
    other_theta,
    q,
    theta,
)  # fmt: skip
from theorems.relu_like.network import (
    affine,
    affine_risk,
    c,
    e,
    h,
    i,
    j,
    k,
    l,
    m,
    relu_like,
    rho,
    s_minus,
    s_plus,
    sample,
    v,
    w,
    x,
    y,
    z,
)  # fmt: skip

own = (m, L, d, x, y, h, *theta)
other = (m, L, d, x, y, h, *other_theta)
INPUTS = {"dx": d(0)}


def fit(index):
    """The affine fit at a sample; layer 0 has as many units as there are features."""
    return affine(d(0), x, w, c, index)


residual = fit(i) - y(i)
normal = {
    "features": forall_in(l, 1, d(0), Eq(Sum(i, 1, m, residual * x(i, l)), 0)),
    "constant": Eq(Sum(i, 1, m, residual), 0),
}
fits = forall_in(i, 1, m, Eq(deep_network(L, d, h, *theta, sample(i)), fit(i)))
region = ForAll(other_theta, Implies(deep_close(L, d, rho, *theta, *other_theta), deep_risk(*own) <= deep_risk(*other)))

affine_nearby = ForAll(other_theta, Implies(
    deep_close(L, d, rho, *theta, *other_theta),
    Exists((v, e), forall_in(i, 1, m, Eq(deep_network(L, d, h, *other_theta, sample(i)), affine(d(0), x, v, e, i)))),
))  # fmt: skip

DEEP_AFFINE_NEARBY = theorem(
    "relu_like.deep_affine_nearby",
    "Within the radius a deep network is affine on the samples",
    variables=[m, L, d, x, h, s_plus, s_minus, *theta, rho],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "slope": s_plus > 0,
        "depth": num(0) <= L,
        "margin": margin,
    },
    conclusion=affine_nearby,
    prose="If the bound $\\delta$ on how far outputs move is at most $s_+$ times the pre-activation for every unit of every hidden layer at "
    "every sample, then the networks with parameters closer than $\\rho$ are affine functions on the samples.",
    origin=ORIGIN,
    source="Ours: the paper has one hidden layer.",
    proof=[
        take(*other_theta), assume("near"),
        unfold("moves", "near", deep_close),
        have("weights_near", weights_near, proof=[
            have("part", forall_in(n, 1, L, forall_in(k, 1, d(n), forall_in(l, 1, d(n - 1), Abs(V(n, k, l) - W(n, k, l)) < rho))),
                 by("logic", "moves")),
            take(n), assume("n_low", "n_high"), take(k), assume("k_low", "k_high"), take(l), assume("l_low", "l_high"),
            qed(by("linear", at("part", n, k, l)))]),
        have("biases_near", biases_near, proof=[
            have("part", forall_in(n, 1, L, forall_in(k, 1, d(n), Abs(q(n, k) - b(n, k)) < rho)), by("logic", "moves")),
            take(n), assume("n_low", "n_high"), take(k), assume("k_low", "k_high"),
            qed(by("linear", at("part", n, k)))]),
        apply("active", "relu_like.deep_stable_region"),
        apply("affine_there", "relu_like.deep_affine"),
        qed(by("logic", "affine_there")),
    ],
    notation=DEEP_NOTATION,
)  # fmt: skip

DEEP_LOCAL_MINIMUM = theorem(
    "relu_like.deep_local_minimum",
    "A local minimum of a deep network with an explicit radius",
    variables=[m, L, d, x, y, h, s_plus, s_minus, w, c, *theta, rho],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "slope": s_plus > 0,
        "depth": num(0) <= L,
        **normal,
        "outputs": fits,
        "radius": rho > 0,
        "margin": margin,
    },
    conclusion=And(region, deep_local_minimum(*own)),
    prose="If the network is the least squares fit on the samples, and the bound $\\delta$ on how far outputs move is at most $s_+$ times the "
    "pre-activation for every unit of every hidden layer at every sample, then no parameters closer than $\\rho$ have a smaller risk.",
    origin=ORIGIN,
    source="Ours: the paper has one hidden layer.",
    proof=[
        apply(("orthogonal", "split"), "relu_like.pythagoras", INPUTS),
        apply("nearby", "relu_like.deep_affine_nearby"),
        have("own_risk", Eq(deep_risk(*own), affine_risk(m, d(0), x, y, w, c)),
             by("ring", rewrite=["outputs"], unfold=[deep_risk, affine_risk])),
        have("region", region, proof=[
            take(*other_theta), assume("near"),
            have("affine_there", Exists((v, e), forall_in(i, 1, m, Eq(deep_network(L, d, h, *other_theta, sample(i)), affine(d(0), x, v, e, i)))),
                 by("logic", at("nearby", *other_theta), "near")),
            obtain((v, e), "affine_outputs", "affine_there"),
            have("square", Sum(i, 1, m, (affine(d(0), x, v, e, i) - fit(i)) ** 2) >= 0, by("sign")),
            calc("chain", deep_risk(*other),
                 ("=", affine_risk(m, d(0), x, y, v, e), by("ring", rewrite=["affine_outputs"], unfold=[deep_risk, affine_risk])),
                 (">=", affine_risk(m, d(0), x, y, w, c), by("linear", at("split", v, e), "square")),
                 ("=", deep_risk(*own), by("ring", rewrite=["own_risk"]))),
            qed(by("linear", "chain")),
        ]),
        conjunction(
            [qed(by("logic", "region"))],
            [unfold("", "goal", deep_local_minimum), witness(rho),
             qed(by("logic", "radius", "region"))]),
    ],
    notation=DEEP_NOTATION,
)  # fmt: skip


def growth(layer, radius, unit):
    """The bound on how far an output moves, at any input."""
    return deviation(layer, d, h, *theta, s_plus, radius, z, unit)


def size(unit):
    """The size of an output of layer n."""
    return Abs(deep_activation(n, d, h, *theta, z, unit))


def grown(radius):
    """The sum in the bound for the next layer."""
    return s_plus * (radius * (Sum(l, 1, d(n), size(l) + growth(n, radius, l)) + 1)
                     + Sum(l, 1, d(n), Abs(W(n + 1, k, l)) * growth(n, radius, l)))  # fmt: skip


slow = And(growth(n, rho, k) >= 0, growth(n, num(1), k) >= 0, growth(n, rho, k) <= rho * growth(n, num(1), k))
sizes = Sum(l, 1, d(n), rho * (size(l) + growth(n, num(1), l)) + Abs(W(n + 1, k, l)) * (rho * growth(n, num(1), l)))

SLOW_DEVIATION = theorem(
    "relu_like.slow_deviation",
    "Small moves have small effects",
    variables=[d, h, s_plus, *theta, rho, z],
    hypotheses={"slope": s_plus > 0, "radius": rho >= 0, "small": rho <= 1},
    conclusion=ForAll(n, Implies(num(0) <= n, ForAll(k, slow))),
    prose="The bound $\\delta$ on how far outputs move grows at most linearly: for $0 \\le \\rho \\le 1$ it is at most $\\rho$ times its value at 1.",
    source="Ours. The bound is a polynomial in $\\rho$ with nonnegative coefficients and without constant term.",
    proof=[
        induction(n,
            base=[
                take(k),
                conjunction([qed(by("sign", unfold=[deviation]))], [qed(by("sign", unfold=[deviation]))],
                            [qed(by("linear", unfold=[deviation]))]),
            ],
            hypothesis="shallower", bound="n_nonnegative",
            step=[
                take(k),
                have("each", forall_in(l, 1, d(n), growth(n, rho, l) >= 0),
                     proof=[take(l), assume("l_low", "l_high"), qed(by("logic", at("shallower", l)))]),
                have("each_at_1", forall_in(l, 1, d(n), growth(n, num(1), l) >= 0),
                     proof=[take(l), assume("l_low", "l_high"), qed(by("logic", at("shallower", l)))]),
                have("value", Eq(growth(n + 1, rho, k), grown(rho)), by("ring", unfold=[deviation])),
                have("value_at_1", Eq(growth(n + 1, num(1), k), grown(num(1))), by("ring", unfold=[deviation])),
                have("positive", growth(n + 1, rho, k) >= 0, by("sign", "each", "slope", "radius", rewrite=["value"])),
                have("positive_at_1", growth(n + 1, num(1), k) >= 0, by("sign", "each_at_1", "slope", rewrite=["value_at_1"])),
                have("terms", forall_in(l, 1, d(n),
                    rho * (size(l) + growth(n, rho, l)) + Abs(W(n + 1, k, l)) * growth(n, rho, l)
                    <= rho * (size(l) + growth(n, num(1), l)) + Abs(W(n + 1, k, l)) * (rho * growth(n, num(1), l))), proof=[
                    take(l), assume("l_low", "l_high"),
                    have("slow", growth(n, rho, l) <= rho * growth(n, num(1), l), by("logic", at("shallower", l))),
                    have("least", growth(n, num(1), l) >= 0, by("logic", at("shallower", l))),
                    have("shrunk", (1 - rho) * growth(n, num(1), l) >= 0, proof=[
                        have("rest", 1 - rho >= 0, by("linear", "small")), qed(by("sign", "rest", "least"))]),
                    have("first", rho * (growth(n, num(1), l) - growth(n, rho, l)) >= 0, proof=[
                        have("gap", growth(n, num(1), l) - growth(n, rho, l) >= 0, by("linear", "slow", "shrunk")),
                        qed(by("sign", "gap", "radius"))]),
                    have("second", Abs(W(n + 1, k, l)) * (rho * growth(n, num(1), l) - growth(n, rho, l)) >= 0, proof=[
                        have("gap", rho * growth(n, num(1), l) - growth(n, rho, l) >= 0, by("linear", "slow")),
                        qed(by("sign", "gap"))]),
                    qed(by("linear", "first", "second"))]),
                have("sums", Sum(l, 1, d(n), rho * (size(l) + growth(n, rho, l)) + Abs(W(n + 1, k, l)) * growth(n, rho, l)) <= sizes,
                     by("sum", "terms")),
                have("scaled", s_plus * (sizes - Sum(l, 1, d(n), rho * (size(l) + growth(n, rho, l))
                     + Abs(W(n + 1, k, l)) * growth(n, rho, l))) >= 0, proof=[
                    have("gap", sizes - Sum(l, 1, d(n), rho * (size(l) + growth(n, rho, l))
                         + Abs(W(n + 1, k, l)) * growth(n, rho, l)) >= 0, by("linear", "sums")),
                    qed(by("sign", "gap", "slope"))]),
                have("multiple", Eq(rho * grown(num(1)), s_plus * (sizes + rho)), by("ring")),
                have("regrouped", Eq(grown(rho), s_plus * (Sum(l, 1, d(n), rho * (size(l) + growth(n, rho, l))
                     + Abs(W(n + 1, k, l)) * growth(n, rho, l)) + rho)), by("ring")),
                have("product", Eq(rho * growth(n + 1, num(1), k), rho * grown(num(1))), by("ring", rewrite=["value_at_1"])),
                conjunction([qed(by("logic", "positive"))], [qed(by("logic", "positive_at_1"))],
                            [qed(by("linear", "scaled", "multiple", "regrouped", "value", "product"))]),
            ]),
    ],
    notation=DEEP_NOTATION,
)  # fmt: skip

o, r = integer("o r")
floor = real("floor")


def speed(layer, index, unit):
    """How fast the output of a unit can move at a sample: the bound for radius 1."""
    return Abs(deviation(layer, d, h, *theta, s_plus, num(1), sample(index), unit))


def layer_speed(layer, index):
    """The sum over the units of a layer."""
    return Sum(r, 1, d(layer), speed(layer, index, r))


def sample_speed(layer):
    """The sum over the units of a layer and the samples."""
    return Sum(o, 1, m, layer_speed(layer, o))


speeds = Sum(j, 1, L, sample_speed(j))

DEEP_RADIUS = theorem(
    "relu_like.deep_radius",
    "Positive pre-activations leave room",
    variables=[m, L, d, x, h, s_plus, *theta, floor],
    hypotheses={
        "slope": s_plus > 0,
        "positive": floor > 0,
        "above": forall_in(n, 1, L, forall_in(i, 1, m, forall_in(k, 1, d(n), floor <= s_plus * before(k)))),
    },
    conclusion=Exists(rho, And(rho > 0, margin)),
    prose="If $s_+$ times every pre-activation of the hidden layers at the samples is at least some positive number, some radius $\\rho > 0$ "
    "keeps the pre-activations nonnegative.",
    source="Ours. The radius is explicit: that number, divided by 1 plus the sum of all bounds $\\delta$ for radius 1, and at most 1.",
    proof=[
        have("speeds_nonnegative", speeds >= 0, by("sign")),
        let("rho_def", rho, Min(1, floor / (speeds + 1))),
        have("rho_positive", rho > 0, by("sign", "positive", "speeds_nonnegative", rewrite=["rho_def"])),
        have("small", rho <= 1, by("linear", "rho_def")),
        have("product", rho * (speeds + 1) <= floor, proof=[
            have("below", floor / (speeds + 1) - rho >= 0, by("linear", "rho_def")),
            have("scaled", (floor / (speeds + 1) - rho) * (speeds + 1) >= 0, by("sign", "below", "speeds_nonnegative")),
            have("cancel", Eq(floor / (speeds + 1) * (speeds + 1), floor), by("field")),
            qed(by("linear", "scaled", "cancel"))]),
        witness(rho),
        conjunction(
            [qed(by("logic", "rho_positive"))],
            [take(n), assume("n_low", "n_high"), take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
             apply("slow", "relu_like.slow_deviation", {"z": sample(i)}),
             have("moves", reach(n, k) <= rho * deviation(n, d, h, *theta, s_plus, num(1), sample(i), k), by("logic", at("slow", n, k))),
             have("size", deviation(n, d, h, *theta, s_plus, num(1), sample(i), k) <= speed(n, i, k), by("linear")),
             have("one_unit", speed(n, i, k) <= layer_speed(n, i), by("sum")),
             have("one_sample", layer_speed(n, i) <= sample_speed(n), by("sum")),
             have("one_layer", sample_speed(n) <= speeds, by("sum")),
             have("gap", rho * (speeds - deviation(n, d, h, *theta, s_plus, num(1), sample(i), k)) >= 0, proof=[
                 have("rest", speeds - deviation(n, d, h, *theta, s_plus, num(1), sample(i), k) >= 0,
                      by("linear", "size", "one_unit", "one_sample", "one_layer")),
                 qed(by("sign", "rest", "rho_positive"))]),
             have("room", floor <= s_plus * before(k), by("logic", at("above", n, i, k))),
             qed(by("linear", "product", "gap", "moves", "room", "rho_positive"))]),
    ],
    notation=DEEP_NOTATION,
)  # fmt: skip
