"""A hidden layer that is too narrow: a convex loss with a local minimum that is not global."""

from symproof.instances.deep_linear_narrow_offer import NARROW_OFFER
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Ite,
    Lam,
    Sum,
    num,
)  # fmt: skip
from symproof.proof.author import (
    assume,
    at,
    by,
    case,
    cases,
    conjunction,
    have,
    let,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import delta, epsilon
from theorems.deep_linear.objective import Q, objective
from theorems.deep_linear.product import NOTATION, V, a, b, c, d, j, product
from theorems.optimization.convex_table import convex_table, mixture, t
from theorems.optimization.gradient import R, has_gradient
from theorems.optimization.local_extremum import close, local_minimum
from theorems.optimization.squared_loss import HALF

QUARTER = num(1) / 4
SIZES = {"input": Eq(d(0), 2), "hidden": Eq(d(1), 1), "output": Eq(d(2), 2)}
PLACES = ((1, 1), (1, 2), (2, 1), (2, 2))


def worth(r):
    """Squared errors of a 2 x 2 table for the target diag(2, 1), those off the diagonal with the weight 4."""
    return HALF * ((r(1, 1) - 2) ** 2 + (r(2, 2) - 1) ** 2) + 2 * (r(1, 2) ** 2 + r(2, 1) ** 2)


loss = Lam(Q, worth(Q))
gradient_at = Lam((a, b), Ite(Eq(a, b), R(a, b) - (3 - a), 4 * R(a, b)))


def value(weights):
    """The objective of a network with two inputs, one hidden unit and two outputs."""
    return objective(2, d, loss, weights)


point = Lam((j, a, b), Ite(And(Eq(a, j), Eq(b, 3 - j)), num(1), num(0)))
"""The layers (0, 1) and (0, 1)^T: their product is diag(0, 1)."""
better = Lam((j, a, b), Ite(And(Eq(a, 1), Eq(b, 1)), j, num(0)))
"""The layers (1, 0) and (2, 0)^T: their product is diag(2, 0)."""


def entry_of(weights, row, column):
    """An entry of the product of its two layers."""
    return product(2, 0, d, weights, row, column)


def expanded(w):
    """The objective in terms of the weights."""
    return worth(lambda row, column: w(2, row, 1) * w(1, 1, column))


NARROW_LOSS_GRADIENT = theorem(
    "deep_linear.narrow_loss_gradient",
    "The gradient of a weighted squared error",
    variables=[R],
    conclusion=has_gradient(2, 2, loss, R, gradient_at),
    prose="The function $\\frac12 ((r_{1,1} - 2)^2 + (r_{2,2} - 1)^2) + 2 (r_{1,2}^2 + r_{2,1}^2)$ of a $2 \\times 2$ table has the gradient "
    "with entries $r_{1,1} - 2$, $4 r_{1,2}$, $4 r_{2,1}$, $r_{2,2} - 1$.",
    source="Elementary.",
    proof=[
        unfold("", "goal", has_gradient),
        take(epsilon), assume("epsilon_positive"),
        let("delta_def", delta, epsilon / 2),
        have("delta_positive", delta > 0, by("linear", "delta_def", "epsilon_positive")),
        witness(delta),
        conjunction(
            [qed(by("logic", "delta_positive"))],
            [take(Q), assume("near"),
             *[step for n, m in PLACES for step in (
                 have(f"near_{n}{m}", Abs(Q(n, m) - R(n, m)) <= delta, by("logic", at("near", n, m))),
                 have(f"square_{n}{m}", Eq(Abs(Q(n, m) - R(n, m)) * Abs(Q(n, m) - R(n, m)), (Q(n, m) - R(n, m)) ** 2), by("ring")),
                 have(f"size_{n}{m}", Abs(Q(n, m) - R(n, m)) >= 0, by("sign")),
                 have(f"gap_{n}{m}", delta - Abs(Q(n, m) - R(n, m)) >= 0, by("linear", f"near_{n}{m}")),
                 have(f"room_{n}{m}", (delta - Abs(Q(n, m) - R(n, m))) * Abs(Q(n, m) - R(n, m)) >= 0,
                      by("sign", f"gap_{n}{m}", f"size_{n}{m}")),
                 have(f"scaled_{n}{m}", Eq(delta * Abs(Q(n, m) - R(n, m)), HALF * (epsilon * Abs(Q(n, m) - R(n, m)))),
                      by("ring", rewrite=["delta_def"])),
                 have(f"part_{n}{m}", 2 * (Q(n, m) - R(n, m)) ** 2 <= epsilon * Abs(Q(n, m) - R(n, m)),
                      by("linear", f"square_{n}{m}", f"room_{n}{m}", f"scaled_{n}{m}")),
                 have(f"plain_{n}{m}", (Q(n, m) - R(n, m)) ** 2 >= 0, by("sign")))],
             have("exact", Eq(worth(Q) - worth(R) - Sum(a, 1, 2, Sum(b, 1, 2, gradient_at(a, b) * (Q(a, b) - R(a, b)))),
                              HALF * ((Q(1, 1) - R(1, 1)) ** 2 + (Q(2, 2) - R(2, 2)) ** 2)
                              + 2 * ((Q(1, 2) - R(1, 2)) ** 2 + (Q(2, 1) - R(2, 1)) ** 2)), by("ring")),
             have("nonnegative", HALF * ((Q(1, 1) - R(1, 1)) ** 2 + (Q(2, 2) - R(2, 2)) ** 2)
                  + 2 * ((Q(1, 2) - R(1, 2)) ** 2 + (Q(2, 1) - R(2, 1)) ** 2) >= 0, by("sign")),
             have("spread", Eq(epsilon * Sum(a, 1, 2, Sum(b, 1, 2, Abs(Q(a, b) - R(a, b)))),
                               epsilon * Abs(Q(1, 1) - R(1, 1)) + epsilon * Abs(Q(1, 2) - R(1, 2))
                               + epsilon * Abs(Q(2, 1) - R(2, 1)) + epsilon * Abs(Q(2, 2) - R(2, 2))), by("ring")),
             have("bound", HALF * ((Q(1, 1) - R(1, 1)) ** 2 + (Q(2, 2) - R(2, 2)) ** 2)
                  + 2 * ((Q(1, 2) - R(1, 2)) ** 2 + (Q(2, 1) - R(2, 1)) ** 2)
                  <= epsilon * Sum(a, 1, 2, Sum(b, 1, 2, Abs(Q(a, b) - R(a, b)))),
                  by("linear", "spread", *[f"{kind}_{n}{m}" for n, m in PLACES for kind in ("part", "plain")])),
             have("length", Eq(Abs(worth(Q) - worth(R) - Sum(a, 1, 2, Sum(b, 1, 2, gradient_at(a, b) * (Q(a, b) - R(a, b))))),
                               worth(Q) - worth(R) - Sum(a, 1, 2, Sum(b, 1, 2, gradient_at(a, b) * (Q(a, b) - R(a, b))))), proof=[
                 have("sign", worth(Q) - worth(R) - Sum(a, 1, 2, Sum(b, 1, 2, gradient_at(a, b) * (Q(a, b) - R(a, b)))) >= 0,
                      by("linear", "exact", "nonnegative")),
                 qed(by("elementary", "sign"))]),
             qed(by("linear", "length", "exact", "bound"))]),
    ],
    notation=NOTATION,
)  # fmt: skip

NARROW_LOSS_CONVEX = theorem(
    "deep_linear.narrow_loss_convex",
    "A weighted squared error is convex",
    conclusion=convex_table(loss),
    prose="The function $\\frac12 ((r_{1,1} - 2)^2 + (r_{2,2} - 1)^2) + 2 (r_{1,2}^2 + r_{2,1}^2)$ of a $2 \\times 2$ table is convex.",
    source="Elementary.",
    proof=[
        unfold("", "goal", convex_table),
        take(R, Q, t), assume("low", "high"),
        have("rest", 1 - t >= 0, by("linear", "high")),
        have("gap", Eq((1 - t) * worth(R) + t * worth(Q) - worth(mixture(R, Q, t)), t * (1 - t) * (
            HALF * ((Q(1, 1) - R(1, 1)) ** 2 + (Q(2, 2) - R(2, 2)) ** 2)
            + 2 * ((Q(1, 2) - R(1, 2)) ** 2 + (Q(2, 1) - R(2, 1)) ** 2))), by("ring")),
        have("product", t * (1 - t) * (
            HALF * ((Q(1, 1) - R(1, 1)) ** 2 + (Q(2, 2) - R(2, 2)) ** 2)
            + 2 * ((Q(1, 2) - R(1, 2)) ** 2 + (Q(2, 1) - R(2, 1)) ** 2)) >= 0, by("sign", "low", "rest")),
        qed(by("linear", "gap", "product")),
    ],
    notation=NOTATION,
)  # fmt: skip

NARROW_MINIMUM = theorem(
    "deep_linear.narrow_minimum",
    "A narrow layer, a convex loss, and a local minimum that is not global",
    variables=[d],
    hypotheses=SIZES,
    conclusion=And(
        local_minimum(2, d, Lam(V, value(V)), point),
        Exists(V, value(V) < value(point)),
        Eq(entry_of(point, 1, 1), 0),
    ),
    prose="A network with two inputs, one hidden unit and two outputs, and the convex loss $\\frac12 ((r_{1,1} - 2)^2 + (r_{2,2} - 1)^2) + "
    "2 (r_{1,2}^2 + r_{2,1}^2)$ of its product. The layers $(0, 1)$ and $(0, 1)^\\top$, with product $\\mathrm{diag}(0, 1)$ and value 2, are a local "
    "minimum: no weights that differ by less than $\\frac14$ in every entry have a smaller value. The layers $(1, 0)$ and $(2, 0)^\\top$, with product "
    "$\\mathrm{diag}(2, 0)$, have the value $\\frac12$.",
    source="Derived here. With $r = u v^\\top$ the value less 2 is $\\frac12 (u_1 v_1)^2 + \\frac12 (u_2 v_2 - 1)^2 + 2 (u_1 v_2 \\mp u_2 v_1)^2 \\pm "
    "2 u_1 v_1 (2 u_2 v_2 \\mp 1)$; take the upper signs where $u_1 v_1 \\ge 0$.",
    proof=[
        have("entries", ForAll(V, And(*[Eq(entry_of(V, n, m), V(2, n, 1) * V(1, 1, m)) for n, m in PLACES])), proof=[
            take(V),
            *[step for n, m in PLACES for step in (
                have(f"factors_{n}{m}", Eq(entry_of(V, n, m), Sum(c, 1, d(1), V(2, n, c) * Sum(b, 1, d(0), V(1, c, b) * Ite(Eq(b, m), num(1), num(0))))),
                     by("ring", unfold=[product])),
                have(f"entry_{n}{m}", Eq(entry_of(V, n, m), V(2, n, 1) * V(1, 1, m)), by("ring", rewrite=[f"factors_{n}{m}", "hidden", "input"])))],
            qed(by("logic", *[f"entry_{n}{m}" for n, m in PLACES]))]),
        have("value", ForAll(V, Eq(value(V), expanded(V))), proof=[
            take(V),
            *[have(f"entry_{n}{m}", Eq(entry_of(V, n, m), V(2, n, 1) * V(1, 1, m)), by("logic", at("entries", V))) for n, m in PLACES],
            qed(by("ring", rewrite=[f"entry_{n}{m}" for n, m in PLACES], unfold=[objective]))]),
        have("at_point", Eq(value(point), expanded(point)), by("logic", at("value", point))),
        have("own_value", Eq(value(point), 2), by("linear", "at_point")),
        have("corner", Eq(entry_of(point, 1, 1), 0), proof=[
            have("one", Eq(entry_of(point, 1, 1), point(2, 1, 1) * point(1, 1, 1)), by("logic", at("entries", point))),
            qed(by("ring", rewrite=["one"]))]),
        conjunction(
            [unfold("", "goal", local_minimum),
             witness(QUARTER),
             conjunction(
                 [qed(by("ring"))],
                 [take(V), assume("close"),
                  unfold("near", "close", close),
                  have("last_row", num(2) <= d(2), by("linear", "output")),
                  have("last_column", num(1) <= d(1), by("linear", "hidden")),
                  have("first_column", num(2) <= d(0), by("linear", "input")),
                  have("second", Abs(V(2, 2, 1) - point(2, 2, 1)) < QUARTER, by("logic", at("near", 2, 2, 1))),
                  have("first", Abs(V(1, 1, 2) - point(1, 1, 2)) < QUARTER, by("logic", at("near", 1, 1, 2))),
                  have("u", V(2, 2, 1) - num(3) / 4 >= 0, by("linear", "second")),
                  have("v", V(1, 1, 2) - num(3) / 4 >= 0, by("linear", "first")),
                  have("both", (V(2, 2, 1) - num(3) / 4) * (V(1, 1, 2) - num(3) / 4) >= 0, by("sign", "u", "v")),
                  have("large", 2 * (V(2, 2, 1) * V(1, 1, 2)) - 1 >= 0, by("linear", "both", "u", "v")),
                  have("more", 2 * (V(2, 2, 1) * V(1, 1, 2)) + 1 >= 0, by("linear", "large")),
                  have("squares", HALF * (V(2, 1, 1) * V(1, 1, 1)) ** 2 + HALF * (V(2, 2, 1) * V(1, 1, 2) - 1) ** 2 >= 0, by("sign")),
                  have("own", Eq(value(V), expanded(V)), by("logic", at("value", V))),
                  cases(
                      case("same_sign", V(2, 1, 1) * V(1, 1, 1) >= 0,
                           have("difference", (V(2, 1, 1) * V(1, 1, 2) - V(2, 2, 1) * V(1, 1, 1)) ** 2 >= 0, by("sign")),
                           have("rest", V(2, 1, 1) * V(1, 1, 1) * (2 * (V(2, 2, 1) * V(1, 1, 2)) - 1) >= 0, by("sign", "same_sign", "large")),
                           qed(by("linear", "own", "own_value", "squares", "difference", "rest"))),
                      case("other_sign", V(2, 1, 1) * V(1, 1, 1) < 0,
                           have("sum", (V(2, 1, 1) * V(1, 1, 2) + V(2, 2, 1) * V(1, 1, 1)) ** 2 >= 0, by("sign")),
                           have("turned", -(V(2, 1, 1) * V(1, 1, 1)) >= 0, by("linear", "other_sign")),
                           have("rest", -(V(2, 1, 1) * V(1, 1, 1)) * (2 * (V(2, 2, 1) * V(1, 1, 2)) + 1) >= 0, by("sign", "turned", "more")),
                           qed(by("linear", "own", "own_value", "squares", "sum", "rest"))))])],
            [witness(better),
             have("at_better", Eq(value(better), expanded(better)), by("logic", at("value", better))),
             have("its_value", Eq(value(better), HALF), by("linear", "at_better")),
             qed(by("linear", "its_value", "own_value"))],
            [qed(by("logic", "corner"))]),
    ],
    notation=NOTATION,
    extra={"main": True, "instance": NARROW_OFFER},
)  # fmt: skip
