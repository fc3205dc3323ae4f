"""Rank-one changes of the layers along left kernel vectors of the prefixes leave every prefix as it is."""

from symproof.logic.syntax import Eq, ForAll, Implies, Sum, family, forall_in, num
from symproof.proof.author import assume, at, by, calc, case, cases, have, induction, qed, take
from symproof.proof.theorem import Citation, theorem
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, c, d, j, k, product
from theorems.works import YUN_2019

u, w = family("u w", 2)
ORIGIN = Citation(YUN_2019, "theorem on deep linear networks")

changed = forall_in(
    j, 1, L, forall_in(a, 1, d(j), forall_in(b, 1, d(j - 1), Eq(V(j, a, b), W(j, a, b) + w(j, a) * u(j - 1, b))))
)
kernel = forall_in(j, 1, L - 1, forall_in(b, 1, d(0), Eq(Sum(c, 1, d(j), u(j, c) * product(j, 0, d, W, c, b)), 0)))
same_prefix = forall_in(a, 1, d(k), forall_in(b, 1, d(0), Eq(product(k, 0, d, V, a, b), product(k, 0, d, W, a, b))))

PRODUCT_INVARIANCE = theorem(
    "deep_linear.product_invariance",
    "Changes that leave the product as it is",
    variables=[L, d, W, V, u, w],
    hypotheses={"first": forall_in(b, 1, d(0), Eq(u(0, b), 0)), "kernel": kernel, "changed": changed},
    conclusion=ForAll(k, Implies(num(0) <= k, Implies(k <= L, same_prefix))),
    prose="If $u_j^\\top W_j \\cdots W_1 = 0$ for every $j < L$, $u_0 = 0$, and $V_j = W_j + w_j u_{j-1}^\\top$, then "
    "$V_k \\cdots V_1 = W_k \\cdots W_1$ for every $k$.",
    origin=ORIGIN,
    source="By induction over the layers.",
    proof=[
        induction(k,
            base=[assume("inside"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                  qed(by("ring", unfold=[product]))],
            hypothesis="shorter", bound="k_nonnegative",
            step=[
                assume("inside"),
                have("before_inside", k <= L, by("linear", "inside")),
                have("before", same_prefix, by("logic", "shorter", "before_inside")),
                have("orthogonal", forall_in(b, 1, d(0), Eq(Sum(c, 1, d(k), u(k, c) * product(k, 0, d, W, c, b)), 0)), proof=[
                    take(b), assume("b_low", "b_high"),
                    cases(
                        case("input", Eq(k, 0), qed(by("ring", rewrite=["input", "first"]))),
                        case("later", num(1) <= k, qed(by("logic", at("kernel", k, b)))))]),
                take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                have("terms", forall_in(c, 1, d(k), Eq(V(k + 1, a, c) * product(k, 0, d, V, c, b),
                    W(k + 1, a, c) * product(k, 0, d, W, c, b) + w(k + 1, a) * (u(k, c) * product(k, 0, d, W, c, b)))), proof=[
                    take(c), assume("c_low", "c_high"),
                    have("weight", Eq(V(k + 1, a, c), W(k + 1, a, c) + w(k + 1, a) * u(k, c)), by("logic", at("changed", k + 1, a, c))),
                    qed(by("ring", rewrite=["weight", at("before", c, b)]))]),
                calc("chain", product(k + 1, 0, d, V, a, b),
                     ("=", Sum(c, 1, d(k), V(k + 1, a, c) * product(k, 0, d, V, c, b)), by("ring", unfold=[product])),
                     ("=", Sum(c, 1, d(k), W(k + 1, a, c) * product(k, 0, d, W, c, b) + w(k + 1, a) * (u(k, c) * product(k, 0, d, W, c, b))),
                      by("sum", "terms")),
                     ("=", Sum(c, 1, d(k), W(k + 1, a, c) * product(k, 0, d, W, c, b))
                      + w(k + 1, a) * Sum(c, 1, d(k), u(k, c) * product(k, 0, d, W, c, b)), by("ring")),
                     ("=", Sum(c, 1, d(k), W(k + 1, a, c) * product(k, 0, d, W, c, b)), by("ring", rewrite=[at("orthogonal", b)])),
                     ("=", product(k + 1, 0, d, W, a, b), by("ring", unfold=[product]))),
                qed(by("logic", "chain")),
            ]),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
