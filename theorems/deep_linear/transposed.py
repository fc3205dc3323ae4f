"""The transposed network: the layers transposed and in reverse order."""

from symproof.logic.syntax import Eq, ForAll, Implies, Lam, Sum, forall_in, num
from symproof.proof.author import apply, assume, at, by, calc, have, induction, qed, take
from symproof.proof.theorem import theorem
from theorems.deep_linear.objective import G, layer_gradient
from theorems.deep_linear.product import NOTATION, L, W, a, b, c, d, e, i, j, k, l, product


def reversed_sizes(sizes=d):
    """The sizes of the layers of the transposed network."""
    return Lam(i, sizes(L - i))


def transposed(weights):
    """The weights of the transposed network."""
    return Lam((i, a, b), weights(L + 1 - i, b, a))


def transposes(length):
    """The product of layers of the transposed network is the transposed product of the layers that they come from."""
    return forall_in(
        a,
        1,
        d(L - j - length),
        forall_in(
            b,
            1,
            d(L - j),
            Eq(product(length, j, reversed_sizes(), transposed(W), a, b), product(length, L - j - length, d, W, b, a)),
        ),
    )


TRANSPOSED_PRODUCT = theorem(
    "deep_linear.transposed_product",
    "The product of the transposed network",
    variables=[l, L, d, W, j],
    hypotheses={"length": num(0) <= l},
    conclusion=transposes(l),
    prose="The product of $l$ layers of the transposed network is the transpose of the product of the layers that they come from.",
    source="$(A B)^\\top = B^\\top A^\\top$, by induction.",
    proof=[
        have("all", ForAll(k, Implies(num(0) <= k, transposes(k))), proof=[
            induction(k,
                base=[take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                      have("left", Eq(product(0, j, reversed_sizes(), transposed(W), a, b), product(0, L - j, d, W, a, b)), by("ring", unfold=[product])),
                      have("right", Eq(product(0, L - j, d, W, a, b), product(0, L - j, d, W, b, a)), by("linear", unfold=[product])),
                      qed(by("linear", "left", "right"))],
                hypothesis="shorter", bound="k_nonnegative",
                step=[
                    take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                    apply("peeled", "deep_linear.peeled_product", {"l": k, "i": L - j - k - 1}, using={"length": "k_nonnegative"}),
                    have("other", Eq(product(k + 1, L - j - k - 1, d, W, b, a),
                                     Sum(c, 1, d(L - j - k), product(k, L - j - k, d, W, b, c) * W(L - j - k, c, a))), by("logic", at("peeled", b, a))),
                    have("terms", forall_in(c, 1, d(L - j - k), Eq(
                        W(L - j - k, c, a) * product(k, j, reversed_sizes(), transposed(W), c, b),
                        product(k, L - j - k, d, W, b, c) * W(L - j - k, c, a))), proof=[
                        take(c), assume("c_low", "c_high"),
                        qed(by("ring", rewrite=[at("shorter", c, b)]))]),
                    calc("value", product(k + 1, j, reversed_sizes(), transposed(W), a, b),
                         ("=", Sum(c, 1, d(L - j - k), W(L - j - k, c, a) * product(k, j, reversed_sizes(), transposed(W), c, b)),
                          by("ring", unfold=[product])),
                         ("=", Sum(c, 1, d(L - j - k), product(k, L - j - k, d, W, b, c) * W(L - j - k, c, a)), by("sum", "terms")),
                         ("=", product(k + 1, L - j - k - 1, d, W, b, a), by("linear", "other"))),
                    qed(by("linear", "value")),
                ]),
        ]),
        take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
        qed(by("logic", at("all", l, a, b))),
    ],
    notation=NOTATION,
)  # fmt: skip

TRANSPOSED_GRADIENT = theorem(
    "deep_linear.transposed_gradient",
    "The gradient of the transposed network",
    variables=[L, d, W, G, j],
    hypotheses={"layer": num(1) <= j, "last": j <= L},
    conclusion=forall_in(a, 1, d(L - j), forall_in(b, 1, d(L - j + 1), Eq(
        layer_gradient(L, reversed_sizes(), transposed(W), Lam((c, e), G(e, c)), j, a, b), layer_gradient(L, d, W, G, L - j + 1, b, a)))),
    prose="The gradient in layer $j$ of the transposed network is the transpose of the one in layer $L + 1 - j$.",
    source="Elementary.",
    proof=[
        have("after", num(0) <= L - j, by("linear", "last")),
        have("before", num(0) <= j - 1, by("linear", "layer")),
        apply("suffix", "deep_linear.transposed_product", {"l": L - j}, using={"length": "after"}),
        apply("prefix", "deep_linear.transposed_product", {"l": j - 1, "j": 0}, using={"length": "before"}),
        take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
        have("entries", forall_in(c, 1, d(0), forall_in(e, 1, d(L), Eq(
            product(L - j, j, reversed_sizes(), transposed(W), c, a) * G(e, c) * product(j - 1, 0, reversed_sizes(), transposed(W), b, e),
            product(j - 1, L - j + 1, d, W, e, b) * G(e, c) * product(L - j, 0, d, W, a, c)))), proof=[
            take(c), assume("c_low", "c_high"), take(e), assume("e_low", "e_high"),
            have("first", Eq(product(L - j, j, reversed_sizes(), transposed(W), c, a), product(L - j, 0, d, W, a, c)), by("logic", at("suffix", c, a))),
            have("second", Eq(product(j - 1, 0, reversed_sizes(), transposed(W), b, e), product(j - 1, L - j + 1, d, W, e, b)),
                 by("logic", at("prefix", b, e))),
            qed(by("ring", rewrite=["first", "second"]))]),
        calc("value", layer_gradient(L, reversed_sizes(), transposed(W), Lam((c, e), G(e, c)), j, a, b),
             ("=", Sum(c, 1, d(0), Sum(e, 1, d(L),
                   product(L - j, j, reversed_sizes(), transposed(W), c, a) * G(e, c) * product(j - 1, 0, reversed_sizes(), transposed(W), b, e))),
              by("ring", unfold=[layer_gradient])),
             ("=", Sum(c, 1, d(0), Sum(e, 1, d(L), product(j - 1, L - j + 1, d, W, e, b) * G(e, c) * product(L - j, 0, d, W, a, c))),
              by("ring", rewrite=["entries"])),
             ("=", layer_gradient(L, d, W, G, L - j + 1, b, a), by("ring", unfold=[layer_gradient]))),
        qed(by("logic", "value")),
    ],
    notation=NOTATION,
)  # fmt: skip
