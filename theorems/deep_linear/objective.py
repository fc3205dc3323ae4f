"""The objective of a deep linear network: a loss of the product of all layers, with its gradient in every layer."""

from symproof.logic.definition import define
from symproof.logic.sort import REAL, fun_sort
from symproof.logic.syntax import Eq, Ite, Lam, Sum, family, forall_in, num, real, variable
from symproof.proof.author import apply, assume, at, by, calc, have, qed, take
from symproof.proof.theorem import theorem
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, c, d, e, j, k, n, product
from theorems.deep_linear.product_invariance import ORIGIN

G, D, Q = family("G D Q", 2)
F = variable("F", fun_sort(G.sort, REAL))
T = family("T", 3)
s = real("s")


def whole(weights):
    """The table of the product of all layers."""
    return Lam((a, b), product(L, 0, d, weights, a, b))


objective = define(
    "deep_linear.objective", (L, d, F, W), F(whole(W)),
    latex=r"{2}({3}_{{{0}}} \cdots {3}_{{1}})",
    doc="The loss $F$ of the product of the layers 1 to $L$.",
)  # fmt: skip

objective_of_weights = Lam(V, objective(L, d, F, V))

layer_gradient = define(
    "deep_linear.layer_gradient", (L, d, W, G, j, c, e),
    Sum(a, 1, d(L), Sum(b, 1, d(0), product(L - j, j, d, W, a, c) * G(a, b) * product(j - 1, 0, d, W, e, b))),
    latex=r"\bigl(({2}_{{{0}}} \cdots {2}_{{{7}}})^\top {3}\,({2}_{{{8}}} \cdots {2}_{{1}})^\top\bigr)_{{{5},{6}}}",
    shown=(j + 1, j - 1),
    doc="An entry of $S^\\top G P^\\top$, where $S$ is the product of the layers after layer $j$ and $P$ that of the layers before it.",
)  # fmt: skip


def layer_share(first, second):
    """An entry of the suffix after layer n + 1, times the direction D, times the prefix of n layers."""
    return Sum(
        c, 1, d(n + 1), Sum(e, 1, d(n), product(k, n + 1, d, W, first, c) * D(c, e) * product(n, 0, d, W, e, second))
    )


other_layers = forall_in(
    j,
    1,
    n + 1 + k,
    forall_in(a, 1, d(j), forall_in(b, 1, d(j - 1), Eq(V(j, a, b), W(j, a, b) + s * Ite(Eq(j, n + 1), D(a, b), 0)))),
)


def split_of(weights):
    """The product of all layers, split before and after layer n + 1."""
    return Sum(c, 1, d(n + 1), product(k, n + 1, d, weights, a, c)
               * Sum(e, 1, d(n), weights(n + 1, c, e) * product(n, 0, d, weights, e, b)))  # fmt: skip


def split_steps(weights, label):
    """The proof of the split of the product of all layers."""
    return [
        apply(f"{label}_splits", "deep_linear.split_product", {"l": k, "W": weights, "i": 0, "n": n + 1}, using={"first": "long", "last": "after"}),
        have(f"{label}_split", Eq(product(n + 1 + k, 0, d, weights, a, b),
             Sum(e, 1, d(n + 1), product(k, n + 1, d, weights, a, e) * product(n + 1, 0, d, weights, e, b))),
             by("logic", at(f"{label}_splits", a, b))),
        have(label, Eq(product(n + 1 + k, 0, d, weights, a, b), split_of(weights)),
             by("ring", f"{label}_split", rewrite=[f"{label}_split"], unfold=[product])),
    ]  # fmt: skip


PRODUCT_ALONG_LAYER = theorem(
    "deep_linear.product_along_layer",
    "The product is affine in every layer",
    variables=[d, W, V, D, s, n, k],
    hypotheses={"before": num(0) <= n, "after": num(0) <= k, "moved": other_layers},
    conclusion=forall_in(a, 1, d(n + 1 + k), forall_in(b, 1, d(0), Eq(
        product(n + 1 + k, 0, d, V, a, b), product(n + 1 + k, 0, d, W, a, b) + s * layer_share(a, b)))),
    prose="If layer $n + 1$ moves by $s D$ and the others stay, the product of all layers moves by $s\\, S D P$, where $S$ and $P$ are the "
    "products of the layers after and before.",
    origin=ORIGIN,
    source="The product is split before and after the layer.",
    proof=[
        have("same_after", forall_in(j, n + 2, n + 1 + k, forall_in(a, 1, d(j), forall_in(b, 1, d(j - 1), Eq(V(j, a, b), W(j, a, b))))), proof=[
            take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
            have("move", Eq(V(j, a, b), W(j, a, b) + s * Ite(Eq(j, n + 1), D(a, b), 0)), by("logic", at("moved", j, a, b))),
            qed(by("ring", rewrite=["move"]))]),
        have("same_before", forall_in(j, 1, n, forall_in(a, 1, d(j), forall_in(b, 1, d(j - 1), Eq(V(j, a, b), W(j, a, b))))), proof=[
            take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
            have("move", Eq(V(j, a, b), W(j, a, b) + s * Ite(Eq(j, n + 1), D(a, b), 0)), by("logic", at("moved", j, a, b))),
            qed(by("ring", rewrite=["move"]))]),
        apply("suffix", "deep_linear.unchanged_product", {"l": k, "i": n + 1}, using={"length": "after", "same": "same_after"}),
        apply("prefix", "deep_linear.unchanged_product", {"l": n, "i": 0}, using={"length": "before", "same": "same_before"}),
        take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
        have("long", num(0) <= n + 1, by("linear", "before")),
        *split_steps(W, "own"),
        *split_steps(V, "its"),
        have("inner", forall_in(c, 1, d(n + 1), forall_in(e, 1, d(n), Eq(
            V(n + 1, c, e) * product(n, 0, d, V, e, b),
            W(n + 1, c, e) * product(n, 0, d, W, e, b) + s * D(c, e) * product(n, 0, d, W, e, b)))), proof=[
            take(c), assume("c_low", "c_high"), take(e), assume("e_low", "e_high"),
            have("move", Eq(V(n + 1, c, e), W(n + 1, c, e) + s * Ite(Eq(n + 1, n + 1), D(c, e), 0)), by("logic", at("moved", n + 1, c, e))),
            qed(by("ring", rewrite=["move", at("prefix", e, b)]))]),
        have("outer", forall_in(c, 1, d(n + 1), Eq(
            product(k, n + 1, d, V, a, c) * Sum(e, 1, d(n), V(n + 1, c, e) * product(n, 0, d, V, e, b)),
            product(k, n + 1, d, W, a, c) * Sum(e, 1, d(n), W(n + 1, c, e) * product(n, 0, d, W, e, b) + s * D(c, e) * product(n, 0, d, W, e, b)))),
             proof=[
                 take(c), assume("c_low", "c_high"),
                 have("sums", Eq(Sum(e, 1, d(n), V(n + 1, c, e) * product(n, 0, d, V, e, b)),
                                 Sum(e, 1, d(n), W(n + 1, c, e) * product(n, 0, d, W, e, b) + s * D(c, e) * product(n, 0, d, W, e, b))), proof=[
                     have("terms", forall_in(e, 1, d(n), Eq(
                         V(n + 1, c, e) * product(n, 0, d, V, e, b),
                         W(n + 1, c, e) * product(n, 0, d, W, e, b) + s * D(c, e) * product(n, 0, d, W, e, b))), proof=[
                         take(e), assume("e_low", "e_high"), qed(by("logic", at("inner", c, e)))]),
                     qed(by("sum", "terms"))]),
                 qed(by("rewrite", "sums", at("suffix", a, c)))]),
        calc("chain", product(n + 1 + k, 0, d, V, a, b),
             ("=", split_of(V), by("logic", "its")),
             ("=", Sum(c, 1, d(n + 1), product(k, n + 1, d, W, a, c)
                   * Sum(e, 1, d(n), W(n + 1, c, e) * product(n, 0, d, W, e, b) + s * D(c, e) * product(n, 0, d, W, e, b))), by("sum", "outer")),
             ("=", split_of(W) + s * layer_share(a, b), by("ring")),
             ("=", product(n + 1 + k, 0, d, W, a, b) + s * layer_share(a, b), by("linear", "own"))),
        qed(by("logic", "chain")),
    ],
    notation=NOTATION,
)  # fmt: skip
