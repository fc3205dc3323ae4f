"""Where the prefixes of a deep linear network lose rank: the first layer at which one has a kernel, and left kernels from there on."""

from symproof.logic.syntax import (
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
    family,
    forall_in,
    num,
)  # fmt: skip
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    calc,
    case,
    cases,
    conjunction,
    contradiction,
    have,
    induction,
    obtain,
    qed,
    take,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.deep_linear.product import NOTATION, W, a, b, c, d, k, l, n, product
from theorems.deep_linear.product_invariance import ORIGIN

v, w, u = family("v w u")


def nonzero(vector, size):
    """The vector has an entry that is not 0."""
    return exists_in(b, 1, size, Ne(vector(b), 0))


def in_kernel(vector, layer):
    """The product of the first layers maps the vector to 0."""
    return forall_in(a, 1, d(layer), Eq(Sum(b, 1, d(0), product(layer, 0, d, W, a, b) * vector(b)), 0))


def singular(layer):
    """The product of the first layers has a kernel."""
    return Exists(v, And(nonzero(v, d(0)), in_kernel(v, layer)))


def injective(layer):
    """The product of the first layers has none."""
    return ForAll(w, Implies(in_kernel(w, layer), forall_in(b, 1, d(0), Eq(w(b), 0))))


def left_kernel(vector, layer):
    """The vector times the product of the first layers is 0."""
    return forall_in(b, 1, d(0), Eq(Sum(c, 1, d(layer), vector(c) * product(layer, 0, d, W, c, b)), 0))


first_kernel = exists_in(k, 1, n, And(injective(k - 1), singular(k)))

FIRST_KERNEL = theorem(
    "deep_linear.first_kernel",
    "The first layer at which a kernel appears",
    variables=[l, d, W],
    hypotheses={"layers": num(0) <= l, "singular": singular(l)},
    conclusion=exists_in(k, 1, l, And(injective(k - 1), singular(k))),
    prose="If the product of the first $l$ layers has a kernel, then some $k \\le l$ is the first with a kernel: the product of the layers before "
    "it is injective.",
    source="By induction; the empty product is the identity.",
    origin=ORIGIN,
    proof=[
        have("all", ForAll(n, Implies(num(0) <= n, Implies(singular(n), first_kernel))), proof=[
            induction(n,
                base=[
                    assume("any"),
                    obtain(v, ("v_nonzero", "v_kernel"), "any"),
                    obtain(c, ("c_low", "c_high", "v_entry"), "v_nonzero"),
                    contradiction("none",
                        have("value", Eq(Sum(b, 1, d(0), product(0, 0, d, W, c, b) * v(b)), v(c)), by("ring", unfold=[product])),
                        have("zero", Eq(v(c), 0), by("linear", "value", at("v_kernel", c))),
                        qed(by("logic", "zero", "v_entry"))),
                ],
                hypothesis="shorter", bound="n_nonnegative",
                step=[
                    assume("now"),
                    cases(
                        case("before", singular(n),
                             have("earlier", first_kernel, by("logic", "shorter", "before")),
                             obtain(k, ("k_low", "k_high", "k_first"), "earlier"),
                             witness(k),
                             conjunction(
                                 [qed(by("logic", "k_low"))], [qed(by("linear", "k_high"))],
                                 [qed(by("logic", "k_first"))])),
                        case("not_before", Not(singular(n)),
                             witness(n + 1),
                             conjunction(
                                 [qed(by("linear", "n_nonnegative"))], [qed(by("linear"))],
                                 [conjunction(
                                     [take(w), assume("w_kernel"), take(b), assume("b_low", "b_high"),
                                      contradiction("entry",
                                          have("kernel", singular(n), proof=[
                                              witness(w),
                                              conjunction(
                                                  [witness(b), qed(by("sign", "b_low", "b_high", "entry"))],
                                                  [take(a), assume("a_low", "a_high"), qed(by("logic", at("w_kernel", a)))])]),
                                          qed(by("logic", "kernel", "not_before")))],
                                     [qed(by("logic", "now"))])])),
                        exhaustive=by("logic")),
                ]),
        ]),
        qed(by("logic", at("all", l), "singular")),
    ],
    notation=NOTATION,
)  # fmt: skip

KERNEL_REMAINS = theorem(
    "deep_linear.kernel_remains",
    "A kernel remains in later layers",
    variables=[k, l, d, W, v],
    hypotheses={"first": num(0) <= k, "later": k <= l, "kernel": in_kernel(v, k)},
    conclusion=in_kernel(v, l),
    prose="What the first $k$ layers map to 0 is mapped to 0 by more layers.",
    source="Elementary.",
    proof=[
        have("all", ForAll(n, Implies(num(0) <= n, in_kernel(v, k + n))), proof=[
            induction(n,
                base=[take(a), assume("a_low", "a_high"), qed(by("linear", at("kernel", a)))],
                hypothesis="shorter", bound="n_nonnegative",
                step=[
                    take(a), assume("a_low", "a_high"),
                    have("row", forall_in(c, 1, d(k + n), Eq(W(k + n + 1, a, c) * Sum(b, 1, d(0), product(k + n, 0, d, W, c, b) * v(b)), 0)), proof=[
                        take(c), assume("c_low", "c_high"), qed(by("ring", rewrite=[at("shorter", c)]))]),
                    have("sums", Eq(Sum(c, 1, d(k + n), W(k + n + 1, a, c) * Sum(b, 1, d(0), product(k + n, 0, d, W, c, b) * v(b))),
                                    Sum(c, 1, d(k + n), num(0))), by("sum", "row")),
                    calc("value", Sum(b, 1, d(0), product(k + n + 1, 0, d, W, a, b) * v(b)),
                         ("=", Sum(c, 1, d(k + n), W(k + n + 1, a, c) * Sum(b, 1, d(0), product(k + n, 0, d, W, c, b) * v(b))),
                          by("ring", unfold=[product])),
                         ("=", 0, by("linear", "sums"))),
                    qed(by("linear", "value")),
                ]),
        ]),
        take(a), assume("a_low", "a_high"),
        qed(by("logic", at("all", l - k, a))),
    ],
    notation=NOTATION,
)  # fmt: skip

WIDE_LEFT_KERNEL = theorem(
    "deep_linear.wide_left_kernel",
    "Where there is a kernel, wide layers have a left kernel",
    variables=[k, l, d, W],
    hypotheses={"first": num(0) <= k, "later": k <= l, "wide": d(0) <= d(l), "singular": singular(k)},
    conclusion=Exists(u, And(nonzero(u, d(l)), left_kernel(u, l))),
    prose="If the product of the first $k$ layers has a kernel and layer $l \\ge k$ is at least as wide as the input, then some $u \\ne 0$ has "
    "$u^\\top W_l \\cdots W_1 = 0$.",
    origin=ORIGIN,
    proof=[
        obtain(v, ("v_nonzero", "v_kernel"), "singular"),
        apply("remains", "deep_linear.kernel_remains", using={"kernel": "v_kernel"}),
        apply("left", "linear_algebra.left_kernel", {"m": d(l), "n": d(0), "M": Lam((a, b), product(l, 0, d, W, a, b))},
              using={"tall": "wide", "nonzero": "v_nonzero", "kernel": "remains"}),
        obtain(u, ("u_nonzero", "u_kernel"), "left"),
        witness(u),
        conjunction([qed(by("logic", "u_nonzero"))], [take(b), assume("b_low", "b_high"), qed(by("logic", at("u_kernel", b)))]),
    ],
    notation=NOTATION,
)  # fmt: skip
