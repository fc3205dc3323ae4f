"""The gradient in one layer bounds how far the squared loss of a deep linear network is above its smallest value."""

from symproof.instances.deep_linear_gap_offer import GAP_OFFER
from symproof.logic.syntax import Eq, ForAll, Lam, Sum, family, forall_in, num, real
from symproof.proof.author import apply, assume, at, by, have, let, qed, take
from symproof.proof.theorem import theorem
from theorems.deep_linear.objective import G, layer_gradient, objective, whole
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, c, d, e, i, j, product
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.deep_linear.squared_loss import output, squared
from theorems.optimization.squared_loss import m, x, y
from theorems.optimization.squared_loss_gap import T, mu

H = family("H", 2)
v = family("v")
sigma, tau = real("sigma tau")

suffix = product(L - j, j, d, W, a, c)
prefix = product(j - 1, 0, d, W, e, b)
suffix_bound = ForAll(v, sigma * Sum(a, 1, d(L), v(a) ** 2) <= Sum(c, 1, d(j), Sum(a, 1, d(L), suffix * v(a)) ** 2))
prefix_bound = ForAll(v, tau * Sum(b, 1, d(0), v(b) ** 2) <= Sum(e, 1, d(j - 1), Sum(b, 1, d(0), prefix * v(b)) ** 2))
entry = layer_gradient(L, d, W, G, j, c, e)
through = Sum(b, 1, d(0), G(a, b) * prefix)
whole_gradient = Sum(a, 1, d(L), Sum(b, 1, d(0), G(a, b) ** 2))

LAYER_GRADIENT_BOUND = theorem(
    "deep_linear.layer_gradient_bound",
    "What the gradient in a layer says of the gradient at the product",
    variables=[L, d, W, G, j, sigma, tau],
    hypotheses={"layer": num(1) <= j, "last": j <= L, "sigma": sigma >= 0, "suffix": suffix_bound, "prefix": prefix_bound},
    conclusion=sigma * tau * whole_gradient <= Sum(c, 1, d(j), Sum(e, 1, d(j - 1), entry**2)),
    prose="Let $S$ and $P$ be the products of the layers after and before layer $j$, $\\sigma \\lVert v \\rVert^2 \\le \\lVert S^\\top v \\rVert^2$ "
    "and $\\tau \\lVert v \\rVert^2 \\le \\lVert P v \\rVert^2$ for all $v$. Then $\\sigma \\tau \\lVert G \\rVert^2 \\le \\lVert S^\\top G P^\\top \\rVert^2$.",
    origin=ORIGIN,
    source="Column by column, then row by row.",
    proof=[
        have("columns", forall_in(e, 1, d(j - 1), sigma * Sum(a, 1, d(L), through**2) <= Sum(c, 1, d(j), Sum(a, 1, d(L), suffix * through) ** 2)), proof=[
            take(e), assume("e_low", "e_high"), qed(by("logic", at("suffix", Lam(a, through))))]),
        have("all_columns", Sum(e, 1, d(j - 1), sigma * Sum(a, 1, d(L), through**2))
             <= Sum(e, 1, d(j - 1), Sum(c, 1, d(j), Sum(a, 1, d(L), suffix * through) ** 2)), by("sum", "columns")),
        have("rows", forall_in(a, 1, d(L), tau * Sum(b, 1, d(0), G(a, b) ** 2) <= Sum(e, 1, d(j - 1), through**2)), proof=[
            take(a), assume("a_low", "a_high"),
            have("row", tau * Sum(b, 1, d(0), G(a, b) ** 2) <= Sum(e, 1, d(j - 1), Sum(b, 1, d(0), prefix * G(a, b)) ** 2),
                 by("logic", at("prefix", Lam(b, G(a, b))))),
            have("same", Eq(Sum(e, 1, d(j - 1), Sum(b, 1, d(0), prefix * G(a, b)) ** 2), Sum(e, 1, d(j - 1), through**2)), by("ring")),
            qed(by("linear", "row", "same"))]),
        have("all_rows", Sum(a, 1, d(L), tau * Sum(b, 1, d(0), G(a, b) ** 2)) <= Sum(a, 1, d(L), Sum(e, 1, d(j - 1), through**2)), by("sum", "rows")),
        have("collected", Eq(Sum(a, 1, d(L), tau * Sum(b, 1, d(0), G(a, b) ** 2)), tau * whole_gradient), by("ring")),
        have("swapped", Eq(Sum(e, 1, d(j - 1), sigma * Sum(a, 1, d(L), through**2)), sigma * Sum(a, 1, d(L), Sum(e, 1, d(j - 1), through**2))), by("ring")),
        have("product", sigma * (Sum(a, 1, d(L), Sum(e, 1, d(j - 1), through**2)) - tau * whole_gradient) >= 0, proof=[
            have("rest", Sum(a, 1, d(L), Sum(e, 1, d(j - 1), through**2)) - tau * whole_gradient >= 0, by("linear", "all_rows", "collected")),
            qed(by("sign", "sigma", "rest"))]),
        let("H_def", H, Lam((c, e), Sum(a, 1, d(L), suffix * through))),
        have("turned", Eq(Sum(e, 1, d(j - 1), Sum(c, 1, d(j), H(c, e) ** 2)), Sum(c, 1, d(j), Sum(e, 1, d(j - 1), H(c, e) ** 2))), by("ring")),
        have("entries", Eq(Sum(c, 1, d(j), Sum(e, 1, d(j - 1), Sum(a, 1, d(L), suffix * through) ** 2)),
                           Sum(c, 1, d(j), Sum(e, 1, d(j - 1), entry**2))), by("ring", unfold=[layer_gradient])),
        qed(by("linear", "all_columns", "swapped", "product", "turned", "entries", rewrite=["H_def"])),
    ],
    notation={**NOTATION, "sigma": "\\sigma", "tau": "\\tau"},
)  # fmt: skip

error = Lam((a, c), Sum(i, 1, m, (output(i, a) - y(i, a)) * x(i, c)))
kept = forall_in(i, 1, m, forall_in(b, 1, d(0), Eq(Sum(c, 1, d(0), T(b, c) * x(i, c)), x(i, b))))
curved = ForAll(
    v,
    mu * Sum(c, 1, d(0), Sum(b, 1, d(0), v(b) * T(b, c)) ** 2) <= Sum(i, 1, m, Sum(b, 1, d(0), v(b) * x(i, b)) ** 2),
)
own = layer_gradient(L, d, W, error, j, c, e)
own_squares = Sum(c, 1, d(j), Sum(e, 1, d(j - 1), own**2))
error_squares = Sum(a, 1, d(L), Sum(c, 1, d(0), error(a, c) ** 2))

GRADIENT_BOUND = theorem(
    "deep_linear.gradient_bound",
    "The gradient in a layer bounds the gap to the smallest squared loss",
    variables=[L, d, m, x, y, W, j, sigma, tau, T, mu],
    hypotheses={
        "layer": num(1) <= j, "last": j <= L, "sigma": sigma > 0, "tau": tau > 0, "mu": mu > 0,
        "suffix": suffix_bound, "prefix": prefix_bound, "kept": kept, "curved": curved,
    },
    conclusion=ForAll(V, squared(W) - squared(V) <= own_squares / (2 * mu * sigma * tau)),
    prose="Let $S$ and $P$ be the products of the layers after and before layer $j$, $\\sigma \\lVert v \\rVert^2 \\le \\lVert S^\\top v \\rVert^2$ "
    "and $\\tau \\lVert v \\rVert^2 \\le \\lVert P v \\rVert^2$ for all $v$; let $T$ map every sample to itself, and "
    "$\\mu \\lVert T^\\top v \\rVert^2 \\le \\sum_i (v \\cdot x_i)^2$ for all $v$. Then the squared loss of the network exceeds that of any weights by at "
    "most the squared norm of its gradient in layer $j$, divided by $2 \\mu \\sigma \\tau$.",
    origin=ORIGIN,
    source="An inequality of Polyak and Łojasiewicz; no assumption on the widths, and the weights need not be critical.",
    proof=[
        take(V),
        have("nonnegative", sigma >= 0, by("linear", "sigma")),
        apply("seen", "deep_linear.layer_gradient_bound", {"G": error}, using={"sigma": "nonnegative"}),
        apply("gap", "optimization.squared_loss_gap", {"p": d(L), "q": d(0), "R": whole(W)}, using={"positive": "mu"}),
        have("difference", squared(W) - squared(V) <= error_squares / (2 * mu), by("linear", at("gap", whole(V)), unfold=[objective])),
        have("positive", 2 * mu * sigma * tau > 0, by("sign", "mu", "sigma", "tau")),
        have("room", (own_squares - sigma * tau * error_squares) / (2 * mu * sigma * tau) >= 0, proof=[
            have("rest", own_squares - sigma * tau * error_squares >= 0, by("linear", "seen")),
            qed(by("sign", "rest", "positive"))]),
        have("quotient", Eq((own_squares - sigma * tau * error_squares) / (2 * mu * sigma * tau),
                            own_squares / (2 * mu * sigma * tau) - error_squares / (2 * mu)), by("field", "mu", "sigma", "tau")),
        qed(by("linear", "difference", "room", "quotient")),
    ],
    notation={**NOTATION, "sigma": "\\sigma", "tau": "\\tau", "mu": "\\mu"},
    extra={"main": True, "instance": GAP_OFFER},
)  # fmt: skip
