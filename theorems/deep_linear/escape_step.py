"""The escape from a point with G != 0, layer by layer: the product stays, and the objective becomes non-stationary.

The layers are changed from the last one down, one at a time, by a left kernel vector of the layers before; then each step
has to keep one entry non-zero, and no polynomial in the size of the change comes in.
"""

from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    Ite,
    Lam,
    Ne,
    Sum,
    exists_in,
    family,
    forall_in,
    integer,
    num,
    real,
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
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.deep_linear.kernel import left_kernel, nonzero
from theorems.deep_linear.objective import G
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, c, d, e, j, n, product
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.optimization.local_extremum import close, rho

U = family("U", 3)
u, x = family("u x")
p, q, o = integer("p q o")
t, tau = real("t tau")


def same_first_layers(weights, count):
    """The first ``count`` layers are those of W."""
    return forall_in(j, 1, count, forall_in(a, 1, d(j), forall_in(b, 1, d(j - 1), Eq(weights(j, a, b), W(j, a, b)))))


def same_whole(weights):
    """The product of all layers is that of W."""
    return forall_in(a, 1, d(L), forall_in(b, 1, d(0), Eq(product(L, 0, d, weights, a, b), product(L, 0, d, W, a, b))))


def seen(weights, layer, first, second):
    """An entry of the transposed gradient times the layers after ``layer``."""
    return Sum(c, 1, d(L), G(c, first) * product(L - layer, layer, d, weights, c, second))


def visible(weights, layer):
    """The transposed gradient times the layers after ``layer`` is not 0."""
    return exists_in(p, 1, d(0), exists_in(q, 1, d(layer), Ne(seen(weights, layer, p, q), 0)))


def reached(weights, layer):
    """What holds for the changed weights when the layers after ``layer`` have been treated."""
    return And(
        close(L, d, rho, W, weights), same_first_layers(weights, layer), same_whole(weights), visible(weights, layer)
    )


changed = Lam((j, a, b), V(j, a, b) + Ite(Eq(j, n + 1), Ite(Eq(a, q), t, 0), 0) * u(b))
before = Sum(c, 1, d(L), G(c, p) * Sum(e, 1, d(n + 1), product(L - n - 1, n + 1, d, V, c, e) * V(n + 1, e, o)))

ESCAPE_STEP = theorem(
    "deep_linear.escape_step",
    "One more layer",
    variables=[L, d, W, V, G, rho, n, u],
    hypotheses={
        "layer": num(1) <= n, "last": n + 1 <= L, "radius": rho > 0,
        "left_nonzero": nonzero(u, d(n)), "left_kernel": left_kernel(u, n),
        "near": close(L, d, rho, W, V), "same_layers": same_first_layers(V, n + 1), "same_whole": same_whole(V), "visible": visible(V, n + 1),
    },
    conclusion=Exists(U, reached(U, n)),
    prose="If the gradient is visible through the layers after layer $n + 1$, then a small change of layer $n + 1$ along a left kernel vector "
    "of the layers before makes it visible through layer $n + 1$ too.",
    origin=ORIGIN,
    source="Here one layer at a time.",
    proof=[
        obtain(p, ("p_low", "p_high", "p_seen"), "visible"),
        obtain(q, ("q_low", "q_high", "entry"), "p_seen"),
        obtain(o, ("o_low", "o_high", "u_entry"), "left_nonzero"),
        let("tau_def", tau, rho / (Sum(b, 1, d(n), Abs(u(b))) + 1), note="A small step."),
        have("size", Sum(b, 1, d(n), Abs(u(b))) >= 0, by("sign")),
        have("tau_positive", tau > 0, by("sign", "radius", "size", rewrite=["tau_def"])),
        have("cleared", Eq(tau * (Sum(b, 1, d(n), Abs(u(b))) + 1), rho), by("field", "size", rewrite=["tau_def"])),
        have("step", Exists(t, And(Abs(t) <= tau, Ne(before + t * seen(V, n + 1, p, q) * u(o), 0))), proof=[
            cases(
                case("already", Ne(before, 0),
                     witness(0),
                     conjunction([qed(by("linear", "tau_positive"))],
                                 [have("value", Eq(before + 0 * seen(V, n + 1, p, q) * u(o), before), by("ring")),
                                  qed(by("rewrite", "value", "already"))])),
                case("not_yet", Eq(before, 0),
                     witness(tau),
                     have("plain", Eq(Abs(tau), tau), by("ring")),
                     conjunction([qed(by("linear", "plain"))],
                                 [have("value", Ne(tau * seen(V, n + 1, p, q) * u(o), 0), by("sign", "tau_positive", "entry", "u_entry")),
                                  qed(by("rewrite", "not_yet", "value"))])))]),
        obtain(t, ("t_small", "t_moves"), "step"),
        let("U_def", U, changed, note="The change of layer $n + 1$."),
        have("near_after", close(L, d, rho, W, U), proof=[
            unfold("moves", "near", close),
            unfold("", "goal", close),
            take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
            cases(
                case("other", Ne(j, n + 1),
                     have("value", Eq(U(j, a, b), V(j, a, b)), by("ring", rewrite=["U_def"])),
                     qed(by("rewrite", "value", at("moves", j, a, b)))),
                case("own", Eq(j, n + 1),
                     have("inside", b <= d(n), by("rewrite", "own", "b_high")),
                     have("unmoved", Eq(V(j, a, b), W(j, a, b)), by("logic", at("same_layers", j, a, b))),
                     have("one_entry", Abs(u(b)) <= Sum(b, 1, d(n), Abs(u(b))), by("sum")),
                     have("room", (tau - Abs(t)) * Abs(u(b)) >= 0, proof=[
                         have("gap", tau - Abs(t) >= 0, by("linear", "t_small")), qed(by("sign", "gap"))]),
                     have("rest", tau * (Sum(b, 1, d(n), Abs(u(b))) - Abs(u(b))) >= 0, proof=[
                         have("gap", Sum(b, 1, d(n), Abs(u(b))) - Abs(u(b)) >= 0, by("linear", "one_entry")),
                         qed(by("sign", "gap", "tau_positive"))]),
                     cases(
                         case("row", Eq(a, q),
                              have("difference", Eq(U(j, a, b) - W(j, a, b), t * u(b)), by("ring", rewrite=["U_def", "unmoved", "own", "row"])),
                              have("length", Eq(Abs(U(j, a, b) - W(j, a, b)), Abs(t) * Abs(u(b))), by("ring", rewrite=["difference"])),
                              qed(by("linear", "length", "room", "rest", "cleared", "tau_positive"))),
                         case("other_row", Ne(a, q),
                              have("difference", Eq(U(j, a, b) - W(j, a, b), 0), by("ring", rewrite=["U_def", "unmoved"])),
                              have("length", Eq(Abs(U(j, a, b) - W(j, a, b)), 0), by("ring", rewrite=["difference"])),
                              qed(by("linear", "length", "radius"))))))]),
        have("layers_after", same_first_layers(U, n), proof=[
            take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
            have("unmoved", Eq(V(j, a, b), W(j, a, b)), by("logic", at("same_layers", j, a, b))),
            have("value", Eq(U(j, a, b), V(j, a, b)), by("ring", rewrite=["U_def"])),
            qed(by("linear", "value", "unmoved"))]),
        have("layers_before", same_first_layers(V, n), proof=[
            take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
            qed(by("logic", at("same_layers", j, a, b)))]),
        have("whole_after", same_whole(U), proof=[
            have("deep", num(0) <= n, by("linear", "layer")),
            apply("prefix", "deep_linear.unchanged_product", {"l": n, "i": 0}, using={"length": "deep", "same": "layers_before"}),
            have("orthogonal", forall_in(j, 1, L - 1, forall_in(b, 1, d(0),
                 Eq(Sum(c, 1, d(j), Ite(Eq(j, n), u(c), 0) * product(j, 0, d, V, c, b)), 0))), proof=[
                take(j), assume("j_low", "j_high"), take(b), assume("b_low", "b_high"),
                cases(
                    case("own", Eq(j, n),
                         have("terms", forall_in(c, 1, d(n), Eq(u(c) * product(n, 0, d, V, c, b), u(c) * product(n, 0, d, W, c, b))), proof=[
                             take(c), assume("c_low", "c_high"),
                             have("same", Eq(product(n, 0, d, V, c, b), product(n, 0, d, W, c, b)), by("logic", at("prefix", c, b))),
                             qed(by("rewrite", "same"))]),
                         have("sums", Eq(Sum(c, 1, d(n), u(c) * product(n, 0, d, V, c, b)), Sum(c, 1, d(n), u(c) * product(n, 0, d, W, c, b))),
                              by("sum", "terms")),
                         have("zero", Eq(Sum(c, 1, d(n), u(c) * product(n, 0, d, V, c, b)), 0), by("linear", "sums", at("left_kernel", b))),
                         qed(by("linear", "zero", rewrite=["own"]))),
                    case("other", Ne(j, n), qed(by("ring"))))]),
            have("first", forall_in(b, 1, d(0), Eq(Ite(Eq(num(0), n), u(b), 0), 0)), proof=[
                take(b), assume("b_low", "b_high"), qed(by("ring"))]),
            have("changes", forall_in(j, 1, L, forall_in(a, 1, d(j), forall_in(b, 1, d(j - 1), Eq(
                U(j, a, b), V(j, a, b) + Ite(Eq(j, n + 1), Ite(Eq(a, q), t, 0), 0) * Ite(Eq(j - 1, n), u(b), 0))))), proof=[
                take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                cases(
                    case("own", Eq(j, n + 1), qed(by("ring", rewrite=["U_def", "own"]))),
                    case("other", Ne(j, n + 1), qed(by("ring", rewrite=["U_def"]))))]),
            apply("invariant", "deep_linear.product_invariance", {
                "W": V, "V": U, "u": Lam((j, c), Ite(Eq(j, n), u(c), 0)), "w": Lam((j, a), Ite(Eq(j, n + 1), Ite(Eq(a, q), t, 0), 0))},
                using={"kernel": "orthogonal", "changed": "changes"}),
            take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
            have("same", Eq(product(L, 0, d, U, a, b), product(L, 0, d, V, a, b)), by("logic", at("invariant", L, a, b))),
            qed(by("linear", "same", at("same_whole", a, b)))]),
        have("seen_after", Eq(seen(U, n, p, o), before + t * seen(V, n + 1, p, q) * u(o)), proof=[
            have("rest", num(0) <= L - n - 1, by("linear", "last")),
            have("same_later", forall_in(j, n + 2, L, forall_in(a, 1, d(j), forall_in(b, 1, d(j - 1), Eq(U(j, a, b), V(j, a, b))))), proof=[
                take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                qed(by("ring", rewrite=["U_def"]))]),
            apply("suffix", "deep_linear.unchanged_product", {"l": L - n - 1, "i": n + 1, "W": V, "V": U},
                  using={"length": "rest", "same": "same_later"}),
            apply("peeled", "deep_linear.peeled_product", {"l": L - n - 1, "i": n, "W": U}, using={"length": "rest"}),
            have("rows", forall_in(c, 1, d(L), Eq(G(c, p) * product(L - n, n, d, U, c, o),
                G(c, p) * Sum(e, 1, d(n + 1), product(L - n - 1, n + 1, d, V, c, e) * V(n + 1, e, o))
                + t * (G(c, p) * product(L - n - 1, n + 1, d, V, c, q)) * u(o))), proof=[
                take(c), assume("c_low", "c_high"),
                have("split", Eq(product(L - n, n, d, U, c, o), Sum(e, 1, d(n + 1), product(L - n - 1, n + 1, d, U, c, e) * U(n + 1, e, o))),
                     by("logic", at("peeled", c, o))),
                have("terms", forall_in(e, 1, d(n + 1), Eq(product(L - n - 1, n + 1, d, U, c, e) * U(n + 1, e, o),
                    product(L - n - 1, n + 1, d, V, c, e) * V(n + 1, e, o)
                    + Ite(Eq(e, q), t * product(L - n - 1, n + 1, d, V, c, e) * u(o), 0))), proof=[
                    take(e), assume("e_low", "e_high"),
                    have("same", Eq(product(L - n - 1, n + 1, d, U, c, e), product(L - n - 1, n + 1, d, V, c, e)), by("logic", at("suffix", c, e))),
                    have("weight", Eq(U(n + 1, e, o), V(n + 1, e, o) + Ite(Eq(e, q), t, 0) * u(o)), by("ring", rewrite=["U_def"])),
                    qed(by("ring", rewrite=["same", "weight"]))]),
                have("sums", Eq(Sum(e, 1, d(n + 1), product(L - n - 1, n + 1, d, U, c, e) * U(n + 1, e, o)),
                    Sum(e, 1, d(n + 1), product(L - n - 1, n + 1, d, V, c, e) * V(n + 1, e, o)
                        + Ite(Eq(e, q), t * product(L - n - 1, n + 1, d, V, c, e) * u(o), 0))), by("sum", "terms")),
                have("selected", Eq(
                    Sum(e, 1, d(n + 1), product(L - n - 1, n + 1, d, V, c, e) * V(n + 1, e, o)
                        + Ite(Eq(e, q), t * product(L - n - 1, n + 1, d, V, c, e) * u(o), 0)),
                    Sum(e, 1, d(n + 1), product(L - n - 1, n + 1, d, V, c, e) * V(n + 1, e, o))
                    + t * product(L - n - 1, n + 1, d, V, c, q) * u(o)), by("ring")),
                have("row", Eq(product(L - n, n, d, U, c, o), Sum(e, 1, d(n + 1), product(L - n - 1, n + 1, d, V, c, e) * V(n + 1, e, o))
                    + t * product(L - n - 1, n + 1, d, V, c, q) * u(o)), by("linear", "split", "sums", "selected")),
                qed(by("ring", rewrite=["row"]))]),
            calc("value", seen(U, n, p, o),
                 ("=", Sum(c, 1, d(L), G(c, p) * Sum(e, 1, d(n + 1), product(L - n - 1, n + 1, d, V, c, e) * V(n + 1, e, o))
                       + t * (G(c, p) * product(L - n - 1, n + 1, d, V, c, q)) * u(o)), by("sum", "rows")),
                 ("=", before + t * seen(V, n + 1, p, q) * u(o), by("ring"))),
            qed(by("logic", "value"))]),
        witness(U),
        conjunction(
            [qed(by("logic", "near_after"))], [qed(by("logic", "layers_after"))], [qed(by("logic", "whole_after"))],
            [witness(p), conjunction(
                [qed(by("logic", "p_low"))], [qed(by("logic", "p_high"))],
                [witness(o), have("still", Ne(seen(U, n, p, o), 0), by("rewrite", "seen_after", "t_moves")),
                 qed(by("logic", "o_low", "o_high", "still"))])]),
    ],
    notation={**NOTATION, "tau": r"\tau", "rho": r"\rho"},
)  # fmt: skip
