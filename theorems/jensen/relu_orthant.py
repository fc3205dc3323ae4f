"""ReLU-like activations need no interval: where no later weight is negative no risk is below that of the constant."""

from symproof.logic.syntax import Abs, Eq, Implies, Ite, Lam, Sum, forall_in, num, real
from symproof.proof.author import apply, assume, at, by, case, cases, conjunction, have, let, qed, take, unfold
from symproof.proof.theorem import theorem
from theorems.calculus.interval_tangent import a, b, growth_bound, tangent_bound
from theorems.jensen.mean_input import INSIDE, MEAN_INPUT, NOTATION, before, c, lam, o, r, t, v
from theorems.jensen.region import CONSTANT_RISK, LOSSES
from theorems.relu_like.deep_loss import deep_loss_risk
from theorems.relu_like.deep_network import L, V, d, n, other_theta
from theorems.relu_like.loss import loss
from theorems.relu_like.network import h, i, k, l, m, relu_like, s_minus, s_plus, x, y

s = real("s")
SUBGRADIENT = Lam(s, Ite(s >= 0, s_plus, s_minus))
sizes = Sum(n, 1, L, Sum(k, 1, d(n), Sum(i, 1, m, Abs(before(n, k, i)))))


def _by_signs(*facts):
    """The goal in the four cases of the signs of a and b, from products whose signs are known."""
    values = [have(f"value_{name}", Eq(h(point), Ite(point >= 0, s_plus * point, s_minus * point)), by("logic", at("slopes", point)))
              for name, point in (("a", a), ("b", b))]  # fmt: skip
    used = ("value_a", "value_b", "a_side", "b_side", "turn", "left", "right", *facts)
    steps = [
        have("turn", (s_plus - s_minus) * Abs(b) >= 0, by("sign", "steeper")),
        have("left", s_minus * Abs(a) >= 0, by("sign", "increasing_slopes")), have("right", s_plus * Abs(b) >= 0, by("sign", "steep")),
    ]  # fmt: skip
    return [
        *values, have("steeper", s_plus - s_minus >= 0, by("linear", "convex_slopes")),
        have("steep", s_plus >= 0, by("linear", "convex_slopes", "increasing_slopes")),
        cases(*[case("a_side", sign_a, cases(*[case("b_side", sign_b, *steps, qed(by("linear", *used))) for sign_b in (b >= 0, b < 0)]))
                for sign_a in (a >= 0, a < 0)]),
    ]  # fmt: skip


RELU_ORTHANT = theorem(
    "jensen.relu_orthant",
    "An unbounded region without a risk below that of the constant",
    variables=[m, L, d, x, y, h, s_plus, s_minus, t, c, o, lam, loss, *other_theta],
    hypotheses={
        "depth": num(1) <= L, **MEAN_INPUT, "activation": relu_like(h, s_plus, s_minus),
        "increasing_slopes": s_minus >= 0, "convex_slopes": s_minus <= s_plus,
        "inner": forall_in(n, 2, L, forall_in(k, 1, d(n), forall_in(l, 1, d(n - 1), V(n, k, l) >= 0))),
        "outgoing": forall_in(l, 1, d(L), t * V(L + 1, 1, l) >= 0), **LOSSES,
    },
    conclusion=deep_loss_risk(m, L, d, x, y, h, loss, *other_theta) >= CONSTANT_RISK,
    prose="Let input $o$ be the mean of the inputs with weights $\\lambda_i$, and let the losses be convex, with the derivatives $t \\lambda_i$ "
    "at the constant $c$, less $t$ at input $o$. Let the slopes of $h$ be $0 \\le s_- \\le s_+$. If no weight between hidden layers is "
    "negative and no outgoing weight has the other sign than $t$, the risk is not below that of the constant $c$, whatever the weights of the "
    "first layer and all biases are.",
    source="Derived here.",
    proof=[
        unfold("slopes", "activation", relu_like),
        let("r_def", r, sizes, note="A bound on all pre-activations."),
        let("v_def", v, num(0)),
        have("inside", INSIDE, proof=[
            take(n), assume("n_low", "n_high"), take(k), assume("k_low", "k_high"), take(i), assume("i_low", "i_high"),
            have("one", Abs(before(n, k, i)) <= Sum(i, 1, m, Abs(before(n, k, i))), by("sum")),
            have("two", Sum(i, 1, m, Abs(before(n, k, i))) <= Sum(k, 1, d(n), Sum(i, 1, m, Abs(before(n, k, i)))), by("sum")),
            have("three", Sum(k, 1, d(n), Sum(i, 1, m, Abs(before(n, k, i)))) <= sizes, by("sum")),
            conjunction(*[[qed(by("linear", "one", "two", "three", "r_def", "v_def"))] for _ in range(2)])]),
        have("bent", tangent_bound(h, SUBGRADIENT, num(1), num(0)), proof=[take(a, b), assume("a_near", "b_near"), *_by_signs()]),
        have("grows", growth_bound(h, num(1), num(0)), proof=[
            take(a, b), assume("a_near", "b_near", "order"),
            have("length", b - a >= 0, by("linear", "order")),
            have("up", s_plus * (b - a) >= 0, proof=[
                have("steep", s_plus >= 0, by("linear", "convex_slopes", "increasing_slopes")), qed(by("sign", "steep", "length"))]),
            have("down", s_minus * (b - a) >= 0, by("sign", "increasing_slopes", "length")),
            *_by_signs("order", "up", "down")]),
        have("monotone", Implies(num(2) <= L, growth_bound(h, num(1), num(0))), proof=[assume("later"), qed(by("logic", "grows"))]),
        have("unit", Eq(num(1) ** 2, 1), by("ring")),
        have("nothing", num(0) >= 0, by("linear")),
        apply("least", "jensen.region", {"sigma": 1, "tau": 1, "e": 0, "mu": 0, "D": SUBGRADIENT},
              using={"sign": "unit", "direction": "unit", "square": "nothing", "speed": "nothing"}),
        qed(by("logic", "least")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
