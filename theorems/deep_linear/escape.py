"""Near every point with G != 0 there is one with the same product at which the objective is not stationary."""

from symproof.logic.syntax import Eq, Exists, Lam, Ne, exists_in, family, forall_in, num
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    case,
    cases,
    conjunction,
    have,
    obtain,
    qed,
    take,
    unfold,
    witness,
)
from symproof.proof.theorem import theorem
from theorems.deep_linear.narrow_input import escaped, nonzero_gradient
from theorems.deep_linear.objective import G, layer_gradient
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, c, d, e, j, product
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.deep_linear.transposed import reversed_sizes, transposed
from theorems.deep_linear.widths import narrow_input, narrow_output, widths
from theorems.optimization.local_extremum import close, rho

U = family("U", 3)
turned = Lam((c, e), G(e, c))

ESCAPE = theorem(
    "deep_linear.escape",
    "Escape along a level set",
    variables=[L, d, W, G, rho],
    hypotheses={"depth": num(1) <= L, "widths": widths, "gradient": nonzero_gradient, "radius": rho > 0},
    conclusion=Exists(V, escaped(V)),
    prose="If $G \\ne 0$ and every hidden layer is at least as wide as the input or the output, whichever is smaller, then within every "
    "distance of the weights there are others with the same product for which $S^\\top G P^\\top \\ne 0$ in some layer.",
    origin=ORIGIN,
    source="Where the output is smaller, the transposed network takes the place of the network. The weights need not be critical.",
    proof=[
        cases(
            case("input_narrower", d(0) <= d(L),
                 *narrow_input,
                 apply("found", "deep_linear.escape_narrow_input", using={"widths": "wide"}),
                 qed(by("logic", "found"))),
            case("output_narrower", d(L) < d(0),
                 *narrow_output,
                 have("turned_wide", forall_in(j, 1, L - 1, d(L - 0) <= d(L - j)), proof=[
                     take(j), assume("j_low", "j_high"),
                     have("low", num(1) <= L - j, by("linear", "j_high")), have("high", L - j <= L - 1, by("linear", "j_low")),
                     qed(by("linear", at("wide", L - j)))]),
                 have("turned_gradient", exists_in(c, 1, d(L - L), exists_in(e, 1, d(L - 0), Ne(G(e, c), 0))), proof=[
                     obtain(a, ("a_low", "a_high", "row"), "gradient"),
                     obtain(b, ("b_low", "b_high", "entry"), "row"),
                     witness(b), conjunction([qed(by("logic", "b_low"))], [qed(by("linear", "b_high"))],
                                             [witness(a), qed(by("sign", "a_low", "a_high", "entry"))])]),
                 apply("found", "deep_linear.escape_narrow_input", {"d": reversed_sizes(), "W": transposed(W), "G": turned},
                       using={"widths": "turned_wide", "gradient": "turned_gradient"}),
                 obtain(U, ("near", "same", "moves"), "found"),
                 have("long", num(0) <= L, by("linear", "depth")),
                 apply("own_product", "deep_linear.transposed_product", {"l": L, "j": 0}, using={"length": "long"}),
                 apply("its_product", "deep_linear.transposed_product", {"l": L, "j": 0, "d": reversed_sizes(), "W": U}, using={"length": "long"}),
                 witness(transposed(U)),
                 conjunction(
                     [unfold("near_entries", "near", close),
                      unfold("", "goal", close),
                      take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                      have("low", num(1) <= L + 1 - j, by("linear", "j_high")), have("high", L + 1 - j <= L, by("linear", "j_low")),
                      qed(by("linear", at("near_entries", L + 1 - j, b, a)))],
                     [take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                      have("turned", Eq(product(L, 0, d, transposed(U), a, b), product(L, 0, reversed_sizes(), U, b, a)),
                           by("logic", at("its_product", a, b))),
                      have("kept", Eq(product(L, 0, reversed_sizes(), U, b, a), product(L, 0, reversed_sizes(), transposed(W), b, a)),
                           by("logic", at("same", b, a))),
                      have("back", Eq(product(L, 0, reversed_sizes(), transposed(W), b, a), product(L, 0, d, W, a, b)),
                           by("logic", at("own_product", b, a))),
                      qed(by("linear", "turned", "kept", "back"))],
                     [obtain(j, ("j_low", "j_high", "layer"), "moves"),
                      obtain(a, ("a_low", "a_high", "row"), "layer"),
                      obtain(b, ("b_low", "b_high", "entry"), "row"),
                      have("low", num(1) <= L - j + 1, by("linear", "j_high")), have("high", L - j + 1 <= L, by("linear", "j_low")),
                      apply("back_gradient", "deep_linear.transposed_gradient",
                            {"d": reversed_sizes(), "W": U, "G": turned, "j": L - j + 1}, using={"layer": "low", "last": "high"}),
                      have("value", Eq(layer_gradient(L, d, transposed(U), G, L - j + 1, b, a),
                                       layer_gradient(L, reversed_sizes(), U, turned, j, a, b)), by("logic", at("back_gradient", b, a))),
                      have("not_zero", Ne(layer_gradient(L, d, transposed(U), G, L - j + 1, b, a), 0), by("rewrite", "value", "entry")),
                      witness(L - j + 1),
                      conjunction([qed(by("logic", "low"))], [qed(by("logic", "high"))],
                                  [witness(b), have("b_here", b <= d(L - j + 1), by("linear", "b_high")),
                                   conjunction([qed(by("logic", "b_low"))], [qed(by("logic", "b_here"))],
                                               [witness(a), qed(by("sign", "a_low", "a_high", "not_zero"))])])]))),
    ],
    notation={**NOTATION, "rho": r"\rho"},
    extra={"main": True},
)  # fmt: skip
