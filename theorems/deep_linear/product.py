"""The product of successive layers of a deep linear network, by entries; it splits at every layer.

Layer 0 is the input, layers 1 to L have weights: layer j is a matrix with d_j rows and d_(j-1) columns. A family of
matrices whose sizes vary with the layer is no matrix of one sort, so weights are a family of numbers W(j, a, b), and
only entries within the sizes count. One notion stands for prefixes, suffixes and everything in between: the product
of the k layers after layer i, W_(i+k) ... W_(i+1), by recursion on k (a new factor on the left); it is the identity
for k = 0. The prefix before layer j is ``product(j - 1, 0, ...)``, the suffix after it ``product(L - j, j, ...)``.
"""

from symproof.logic.definition import define_recursive
from symproof.logic.sort import INT, REAL, fun_sort
from symproof.logic.syntax import Eq, ForAll, Implies, Ite, Sum, family, forall_in, integer, num, variable
from symproof.proof.author import apply, assume, at, by, calc, have, induction, qed, take
from symproof.proof.theorem import theorem

L, n, i, j, k, l, a, b, c, e = integer("L n i j k l a b c e")
d = family("d", 1, INT)
W, V = family("W V", 3)

_previous = variable("previous", fun_sort(INT, d.sort, W.sort, INT, INT, REAL))

product = define_recursive(
    "deep_linear.product", (k, i, d, W, a, b),
    base=Ite(Eq(a, b), num(1) / 1, num(0)),
    previous=_previous,
    step=Sum(c, 1, d(i + k), W(i + k + 1, a, c) * _previous(i, d, W, c, b)),
    latex=r"\bigl({3}_{{{6}}} \cdots {3}_{{{7}}}\bigr)_{{{4},{5}}}",
    latex_table=r"{3}_{{{6}}} \cdots {3}_{{{7}}}",
    shown=(i + k, i + 1),
    doc="An entry of the product of the k layers after layer i; of the identity matrix if k = 0.",
)  # fmt: skip

NOTATION = {"e": "e"}


def same_layers(length):
    """V and W agree on the ``length`` layers after layer i."""
    return forall_in(j, i + 1, i + length, forall_in(a, 1, d(j), forall_in(b, 1, d(j - 1), Eq(V(j, a, b), W(j, a, b)))))


def same_product(length):
    """Their products are the same."""
    return forall_in(a, 1, d(i + length), ForAll(b, Eq(product(length, i, d, V, a, b), product(length, i, d, W, a, b))))


UNCHANGED_PRODUCT = theorem(
    "deep_linear.unchanged_product",
    "A product depends on its layers alone",
    variables=[l, d, W, V, i],
    hypotheses={"length": num(0) <= l, "same": same_layers(l)},
    conclusion=same_product(l),
    prose="If two networks have the same weights in layers $i + 1$ to $i + l$, the products of these layers are the same.",
    source="Elementary.",
    proof=[
        have("all", ForAll(k, Implies(num(0) <= k, Implies(same_layers(k), same_product(k)))), proof=[
            induction(k,
                base=[assume("agree"), take(a), assume("a_low", "a_high"), take(b), qed(by("ring", unfold=[product]))],
                hypothesis="shorter", bound="k_nonnegative",
                step=[
                    assume("agree"),
                    have("same_before", same_layers(k), proof=[
                        take(j), assume("j_low", "j_high"), take(a), assume("row_low", "row_high"), take(b), assume("b_low", "b_high"),
                        qed(by("logic", at("agree", j, a, b)))]),
                    have("equal_before", same_product(k), by("logic", "shorter", "same_before")),
                    take(a), assume("a_low", "a_high"), take(b),
                    have("terms", forall_in(c, 1, d(i + k), Eq(V(i + k + 1, a, c) * product(k, i, d, V, c, b),
                                                               W(i + k + 1, a, c) * product(k, i, d, W, c, b))), proof=[
                        take(c), assume("c_low", "c_high"),
                        have("weight", Eq(V(i + k + 1, a, c), W(i + k + 1, a, c)), by("logic", at("agree", i + k + 1, a, c))),
                        qed(by("ring", rewrite=["weight", at("equal_before", c, b)]))]),
                    calc("chain", product(k + 1, i, d, V, a, b),
                         ("=", Sum(c, 1, d(i + k), V(i + k + 1, a, c) * product(k, i, d, V, c, b)), by("ring", unfold=[product])),
                         ("=", Sum(c, 1, d(i + k), W(i + k + 1, a, c) * product(k, i, d, W, c, b)), by("sum", "terms")),
                         ("=", product(k + 1, i, d, W, a, b), by("ring", unfold=[product]))),
                    qed(by("logic", "chain")),
                ]),
        ]),
        take(a), assume("a_low", "a_high"), take(b),
        qed(by("logic", at("all", l, a, b))),
    ],
    notation=NOTATION,
)  # fmt: skip


def split_sum(length):
    """The product of n layers after layer i, then of the next ``length`` layers."""
    return Sum(e, 1, d(i + n), product(length, i + n, d, W, a, e) * product(n, i, d, W, e, b))


def splits(length):
    """The product of n + length layers is the product of the two parts."""
    return forall_in(a, 1, d(i + n + length), ForAll(b, Eq(product(n + length, i, d, W, a, b), split_sum(length))))


SPLIT_PRODUCT = theorem(
    "deep_linear.split_product",
    "A product splits",
    variables=[l, d, W, i, n],
    hypotheses={"first": num(0) <= n, "last": num(0) <= l},
    conclusion=splits(l),
    prose="The product of $n + l$ layers is the product of the last $l$ times the product of the first $n$.",
    source="Associativity of matrix products.",
    proof=[
        have("all", ForAll(k, Implies(num(0) <= k, splits(k))), proof=[
            induction(k,
                base=[take(a), assume("a_low", "a_high"), take(b),
                      qed(by("ring", unfold=[product]))],
                hypothesis="shorter", bound="k_nonnegative",
                step=[
                    take(a), assume("a_low", "a_high"), take(b),
                    have("terms", forall_in(c, 1, d(i + n + k), Eq(
                        W(i + n + k + 1, a, c) * product(n + k, i, d, W, c, b),
                        Sum(e, 1, d(i + n), W(i + n + k + 1, a, c) * product(k, i + n, d, W, c, e) * product(n, i, d, W, e, b)))), proof=[
                        take(c), assume("c_low", "c_high"),
                        have("before", Eq(product(n + k, i, d, W, c, b),
                                          Sum(e, 1, d(i + n), product(k, i + n, d, W, c, e) * product(n, i, d, W, e, b))),
                             by("logic", at("shorter", c, b))),
                        qed(by("ring", rewrite=["before"]))]),
                    have("longer", Eq(product(n + k + 1, i, d, W, a, b),
                                      Sum(c, 1, d(i + n + k), W(i + n + k + 1, a, c) * product(n + k, i, d, W, c, b))),
                         by("ring", unfold=[product])),
                    calc("chain", product(n + (k + 1), i, d, W, a, b),
                         ("=", Sum(c, 1, d(i + n + k), W(i + n + k + 1, a, c) * product(n + k, i, d, W, c, b)), by("rewrite", "longer")),
                         ("=", Sum(c, 1, d(i + n + k), Sum(e, 1, d(i + n),
                               W(i + n + k + 1, a, c) * product(k, i + n, d, W, c, e) * product(n, i, d, W, e, b))), by("sum", "terms")),
                         ("=", split_sum(k + 1), by("ring", unfold=[product]))),
                    qed(by("logic", "chain")),
                ]),
        ]),
        take(a), assume("a_low", "a_high"), take(b),
        qed(by("logic", at("all", l, a, b))),
    ],
    notation=NOTATION,
)  # fmt: skip

PEELED_PRODUCT = theorem(
    "deep_linear.peeled_product",
    "A product without its first layer",
    variables=[l, d, W, i],
    hypotheses={"length": num(0) <= l},
    conclusion=forall_in(a, 1, d(i + 1 + l), forall_in(b, 1, d(i), Eq(
        product(l + 1, i, d, W, a, b), Sum(c, 1, d(i + 1), product(l, i + 1, d, W, a, c) * W(i + 1, c, b))))),
    prose="The product of the $l + 1$ layers after layer $i$ is the product of the last $l$ of them times the first one.",
    source="Associativity of matrix products.",
    proof=[
        take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
        apply("split", "deep_linear.split_product", {"n": 1}, using={"last": "length"}),
        have("sum", Eq(product(l + 1, i, d, W, a, b), Sum(e, 1, d(i + 1), product(l, i + 1, d, W, a, e) * product(1, i, d, W, e, b))),
             by("logic", at("split", a, b))),
        have("one", ForAll(e, Eq(product(1, i, d, W, e, b), W(i + 1, e, b))), by("ring", unfold=[product])),
        calc("chain", product(l + 1, i, d, W, a, b),
             ("=", Sum(e, 1, d(i + 1), product(l, i + 1, d, W, a, e) * product(1, i, d, W, e, b)), by("logic", "sum")),
             ("=", Sum(c, 1, d(i + 1), product(l, i + 1, d, W, a, c) * W(i + 1, c, b)), by("ring", rewrite=["one"]))),
        qed(by("logic", "chain")),
    ],
    notation=NOTATION,
)  # fmt: skip
