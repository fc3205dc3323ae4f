"""Where every hidden layer is at least as wide as the input: the gradient is made to appear in some layer."""

from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Lam,
    Ne,
    Not,
    Sum,
    exists_in,
    forall_in,
    num,
)  # fmt: skip
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
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
from symproof.proof.theorem import theorem
from theorems.deep_linear.escape_step import p, q, reached, same_whole, seen, visible
from theorems.deep_linear.kernel import in_kernel, injective, singular, u, w
from theorems.deep_linear.objective import G, layer_gradient
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, d, e, i, j, k, n, product
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.optimization.local_extremum import close, rho

nonzero_gradient = exists_in(a, 1, d(L), exists_in(b, 1, d(0), Ne(G(a, b), 0)))


def moving(weights, layer):
    """The gradient in the layer is not 0."""
    return exists_in(
        a, 1, d(layer), exists_in(b, 1, d(layer - 1), Ne(layer_gradient(L, d, weights, G, layer, a, b), 0))
    )


def escaped(weights):
    """Close weights with the same product at which the gradient in some layer is not 0."""
    return And(close(L, d, rho, W, weights), same_whole(weights), exists_in(j, 1, L, moving(weights, j)))


LAYER_SEES = theorem(
    "deep_linear.layer_sees",
    "A layer that sees the gradient",
    variables=[L, d, W, G, n],
    hypotheses={"layer": num(1) <= n, "last": n <= L, "injective": injective(n - 1), "visible": visible(W, n)},
    conclusion=moving(W, n),
    prose="If the layers before layer $n$ are injective and the gradient is visible through the layers after it, the gradient in layer $n$ "
    "is not 0.",
    origin=ORIGIN,
    proof=[
        obtain(p, ("p_low", "p_high", "p_seen"), "visible"),
        obtain(q, ("q_low", "q_high", "entry"), "p_seen"),
        cases(case("moves", moving(W, n), qed(by("logic", "moves"))), case("still", Not(moving(W, n)),
            have("kernel", forall_in(e, 1, d(n - 1), Eq(Sum(b, 1, d(0), product(n - 1, 0, d, W, e, b) * seen(W, n, b, q)), 0)), proof=[
                take(e), assume("e_low", "e_high"),
                have("value", Eq(Sum(b, 1, d(0), product(n - 1, 0, d, W, e, b) * seen(W, n, b, q)), layer_gradient(L, d, W, G, n, q, e)),
                     by("ring", unfold=[layer_gradient])),
                have("none", Eq(layer_gradient(L, d, W, G, n, q, e), 0), proof=[
                    contradiction("some",
                        have("found", moving(W, n), proof=[
                            witness(q), conjunction([qed(by("logic", "q_low"))], [qed(by("logic", "q_high"))],
                                [witness(e), qed(by("logic", "e_low", "e_high", "some"))])]),
                        qed(by("logic", "found", "still")))]),
                qed(by("linear", "value", "none"))]),
            have("zero", forall_in(b, 1, d(0), Eq(seen(W, n, b, q), 0)), proof=[
                take(b), assume("b_low", "b_high"), qed(by("logic", at("injective", Lam(b, seen(W, n, b, q)), b)))]),
            contradiction("any", qed(by("logic", at("zero", p), "entry")))), exhaustive=by("logic")),
    ],
    notation=NOTATION,
)  # fmt: skip

same_everywhere = [
    take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"), qed(by("ring")),
]  # fmt: skip

ESCAPE_NARROW_INPUT = theorem(
    "deep_linear.escape_narrow_input",
    "Escape, if hidden layers are at least as wide as the input",
    variables=[L, d, W, G, rho],
    hypotheses={
        "depth": num(1) <= L, "widths": forall_in(j, 1, L - 1, d(0) <= d(j)), "gradient": nonzero_gradient, "radius": rho > 0,
    },
    conclusion=Exists(V, escaped(V)),
    prose="If $G \\ne 0$ and every hidden layer is at least as wide as the input, then within every distance there are weights with the same "
    "product for which $S^\\top G P^\\top \\ne 0$ in some layer.",
    origin=ORIGIN,
    source="If the product of all layers but the last is injective, it is the point itself; else the layers from the last one down to the "
    "first layer at which a kernel appears are changed.",
    proof=[
        have("visible_last", visible(W, L), proof=[
            obtain(q, ("q_low", "q_high", "row"), "gradient"),
            obtain(p, ("p_low", "p_high", "entry"), "row"),
            witness(p), conjunction([qed(by("logic", "p_low"))], [qed(by("logic", "p_high"))],
                [witness(q),
                 have("value", Eq(seen(W, L, p, q), G(q, p)), by("ring", unfold=[product])),
                 have("not_zero", Ne(seen(W, L, p, q), 0), by("rewrite", "value", "entry")),
                 qed(by("logic", "q_low", "q_high", "not_zero"))])]),
        have("still_close", close(L, d, rho, W, W), proof=[
            unfold("", "goal", close),
            take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
            have("zero", Eq(Abs(W(j, a, b) - W(j, a, b)), 0), by("ring")),
            qed(by("linear", "zero", "radius"))]),
        have("last", num(0) <= L - 1, by("linear", "depth")),
        cases(
            case("no_kernel", Not(singular(L - 1)),
                 have("injective", injective(L - 1), proof=[
                     take(w), assume("w_kernel"), take(b), assume("b_low", "b_high"),
                     contradiction("entry",
                         have("kernel", singular(L - 1), proof=[
                             witness(w), conjunction([witness(b), qed(by("sign", "b_low", "b_high", "entry"))], [qed(by("logic", "w_kernel"))])]),
                         qed(by("logic", "kernel", "no_kernel")))]),
                 apply("moves", "deep_linear.layer_sees", {"n": L}, using={"visible": "visible_last", "layer": "depth"}),
                 witness(W),
                 conjunction([qed(by("logic", "still_close"))], same_everywhere,
                             [witness(L), conjunction([qed(by("logic", "depth"))], [qed(by("linear"))], [qed(by("logic", "moves"))])])),
            case("kernel", singular(L - 1),
                 apply("first", "deep_linear.first_kernel", {"l": L - 1}, using={"layers": "last", "singular": "kernel"}),
                 obtain(k, ("k_low", "k_high", "k_first"), "first"),
                 have("k_injective", injective(k - 1), by("logic", "k_first")),
                 have("k_singular", singular(k), by("logic", "k_first")),
                 have("down", ForAll(i, Implies(num(0) <= i, Implies(i <= L - k, Exists(V, reached(V, L - i))))), proof=[
                     induction(i,
                         base=[
                             assume("inside"), witness(W),
                             conjunction(
                                 [qed(by("logic", "still_close"))],
                                 [take(j), assume("j_low", "j_high"), *same_everywhere],
                                 same_everywhere,
                                 [qed(by("logic", "visible_last"))])],
                         hypothesis="above", bound="i_nonnegative",
                         step=[
                             assume("inside"),
                             have("inside_before", i <= L - k, by("linear", "inside")),
                             have("start", Exists(V, reached(V, L - i)), by("logic", "above", "inside_before")),
                             obtain(V, ("near", "same_layers", "same_whole", "visible"), "start"),
                             have("deep", num(0) <= k, by("linear", "k_low")),
                             have("wide", d(0) <= d(L - i - 1), by("logic", at("widths", L - i - 1))),
                             apply("left", "deep_linear.wide_left_kernel", {"l": L - i - 1}, using={"first": "deep", "singular": "k_singular"}),
                             obtain(u, ("u_nonzero", "u_kernel"), "left"),
                             apply("next", "deep_linear.escape_step", {"n": L - i - 1},
                                   using={"left_nonzero": "u_nonzero", "left_kernel": "u_kernel"}),
                             qed(by("logic", "next")),
                         ]),
                 ]),
                 have("end", Exists(V, reached(V, L - (L - k))), by("logic", at("down", L - k))),
                 obtain(V, ("near", "same_layers", "same_whole", "visible"), "end"),
                 witness(V),
                 conjunction(
                     [qed(by("logic", "near"))],
                     [qed(by("logic", "same_whole"))],
                     [witness(k),
                      conjunction(
                          [qed(by("logic", "k_low"))],
                          [qed(by("linear", "k_high"))],
                          [have("short", num(0) <= k - 1, by("linear", "k_low")),
                           have("k_last", k <= L, by("linear", "k_high")),
                           have("layers_before", forall_in(j, 1, k - 1, forall_in(a, 1, d(j), forall_in(b, 1, d(j - 1), Eq(V(j, a, b), W(j, a, b))))),
                                proof=[
                                    take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                                    qed(by("logic", at("same_layers", j, a, b)))]),
                           apply("prefix", "deep_linear.unchanged_product", {"l": k - 1, "i": 0}, using={"length": "short", "same": "layers_before"}),
                           have("V_injective", ForAll(w, Implies(
                               forall_in(a, 1, d(k - 1), Eq(Sum(b, 1, d(0), product(k - 1, 0, d, V, a, b) * w(b)), 0)),
                               forall_in(b, 1, d(0), Eq(w(b), 0)))), proof=[
                               take(w), assume("V_kernel"),
                               have("W_kernel", in_kernel(w, k - 1), proof=[
                                   take(a), assume("a_low", "a_high"),
                                   have("terms", forall_in(b, 1, d(0), Eq(product(k - 1, 0, d, W, a, b) * w(b), product(k - 1, 0, d, V, a, b) * w(b))),
                                        proof=[take(b), assume("b_low", "b_high"),
                                               have("same", Eq(product(k - 1, 0, d, V, a, b), product(k - 1, 0, d, W, a, b)),
                                                    by("logic", at("prefix", a, b))),
                                               qed(by("rewrite", "same"))]),
                                   have("sums", Eq(Sum(b, 1, d(0), product(k - 1, 0, d, W, a, b) * w(b)),
                                                   Sum(b, 1, d(0), product(k - 1, 0, d, V, a, b) * w(b))), by("sum", "terms")),
                                   qed(by("linear", "sums", at("V_kernel", a)))]),
                               take(b), assume("b_low", "b_high"),
                               qed(by("logic", at("k_injective", w, b)))]),
                           apply("moves", "deep_linear.layer_sees", {"n": k, "W": V},
                                 using={"layer": "k_low", "last": "k_last", "injective": "V_injective"}),
                           qed(by("logic", "moves"))])])),
            exhaustive=by("logic")),
    ],
    notation={**NOTATION, "rho": r"\rho"},
)  # fmt: skip
