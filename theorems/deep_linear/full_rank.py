"""A layer between a suffix of full row rank and a prefix of full column rank reaches every nearby product."""

from symproof.logic.syntax import Abs, Eq, Ite, Lam, Ne, Sum, family, forall_in, integer, num, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
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
from theorems.deep_linear.extrema_of_loss import above, below
from theorems.deep_linear.layer_gradient import gradient
from theorems.deep_linear.objective import F, G, layer_gradient, objective, objective_of_weights, whole
from theorems.deep_linear.product import NOTATION, L, V, W, a, b, c, d, e, j, l, product
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.optimization.fermat import critical
from theorems.optimization.local_extremum import close, local_maximum, local_minimum, r, rho
from theorems.optimization.table_extremum import differentiable, table_maximum, table_minimum

T, P, X, Z = family("T P X Z", 2)
x, y, n, o, p, q = integer("x y n o p q")
size = real("size")

suffix_inverse = forall_in(a, 1, d(L), forall_in(x, 1, d(L), Eq(
    Sum(c, 1, d(j), product(L - j, j, d, W, a, c) * T(c, x)), Ite(Eq(a, x), num(1), num(0)))))  # fmt: skip
prefix_inverse = forall_in(y, 1, d(0), forall_in(b, 1, d(0), Eq(
    Sum(e, 1, d(j - 1), P(y, e) * product(j - 1, 0, d, W, e, b)), Ite(Eq(y, b), num(1), num(0)))))  # fmt: skip
FULL_RANK = {"layer": num(1) <= j, "last": j <= L, "suffix_inverse": suffix_inverse, "prefix_inverse": prefix_inverse}
zero_gradient = forall_in(a, 1, d(L), forall_in(b, 1, d(0), Eq(G(a, b), 0)))

ZERO_GRADIENT = theorem(
    "deep_linear.full_rank_critical",
    "A critical point with full ranks",
    variables=[L, d, F, W, G, T, P, j],
    hypotheses={**FULL_RANK, "gradient": gradient, "critical": critical(L, d, objective_of_weights, W)},
    conclusion=zero_gradient,
    prose="If for some layer the product of the layers after it has a right inverse and that of the layers before it a left inverse, then the "
    "loss has the gradient 0 at the product of the layers of a critical point.",
    origin=ORIGIN,
    proof=[
        apply("stationary_if", "deep_linear.critical_point"),
        have("stationary", forall_in(j, 1, L, forall_in(a, 1, d(j), forall_in(b, 1, d(j - 1), Eq(layer_gradient(L, d, W, G, j, a, b), 0)))),
             by("logic", "stationary_if", "critical")),
        have("layer_stationary", forall_in(x, 1, d(j), forall_in(y, 1, d(j - 1), Eq(
            Sum(a, 1, d(L), Sum(b, 1, d(0), product(L - j, j, d, W, a, x) * G(a, b) * product(j - 1, 0, d, W, y, b))), 0))), proof=[
            take(x), assume("x_low", "x_high"), take(y), assume("y_low", "y_high"),
            qed(by("linear", at("stationary", j, x, y), unfold=[layer_gradient]))]),
        apply("zero", "deep_linear.full_rank_stationarity", {
            "p": d(L), "q": d(0), "r": d(j), "s": d(j - 1),
            "S": Lam((a, c), product(L - j, j, d, W, a, c)), "P": Lam((e, b), product(j - 1, 0, d, W, e, b)), "Q": P},
            using={"right_inverse": "suffix_inverse", "left_inverse": "prefix_inverse", "stationary": "layer_stationary"}),
        qed(by("logic", "zero")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip


def pulled_back(row, column):
    """An entry of T Z P."""
    return Sum(x, 1, p, Sum(y, 1, q, T(row, x) * Z(x, y) * P(y, column)))


def pull_back_size(row, column):
    """The sum of the sizes of the coefficients."""
    return Sum(x, 1, p, Sum(y, 1, q, Abs(T(row, x)) * Abs(P(y, column))))


SMALL_PULL_BACK = theorem(
    "deep_linear.small_pull_back",
    "A small table is pulled back to a small one",
    variables=[p, q, T, Z, P, n, o, rho],
    hypotheses={"small": forall_in(x, 1, p, forall_in(y, 1, q, Abs(Z(x, y)) <= rho))},
    conclusion=Abs(pulled_back(n, o)) <= rho * pull_back_size(n, o),
    prose="The entries of $T Z P$ are at most in proportion to those of $Z$.",
    source="Elementary.",
    proof=[
        have("rows", forall_in(x, 1, p, Abs(Sum(y, 1, q, T(n, x) * Z(x, y) * P(y, o))) <= Sum(y, 1, q, rho * (Abs(T(n, x)) * Abs(P(y, o))))), proof=[
            take(x), assume("x_low", "x_high"),
            have("terms", forall_in(y, 1, q, Abs(T(n, x) * Z(x, y) * P(y, o)) <= rho * (Abs(T(n, x)) * Abs(P(y, o)))), proof=[
                take(y), assume("y_low", "y_high"),
                have("length", Eq(Abs(T(n, x) * Z(x, y) * P(y, o)), Abs(T(n, x)) * Abs(P(y, o)) * Abs(Z(x, y))), by("ring")),
                have("room", Abs(T(n, x)) * Abs(P(y, o)) * (rho - Abs(Z(x, y))) >= 0, proof=[
                    have("gap", rho - Abs(Z(x, y)) >= 0, by("linear", at("small", x, y))), qed(by("sign", "gap"))]),
                qed(by("linear", "length", "room"))]),
            apply("sums", "calculus.triangle_for_sums", {
                "m": q, "a": Lam(y, T(n, x) * Z(x, y) * P(y, o)), "b": Lam(y, rho * (Abs(T(n, x)) * Abs(P(y, o))))}),
            qed(by("logic", "sums"))]),
        apply("sums", "calculus.triangle_for_sums", {
            "m": p, "a": Lam(x, Sum(y, 1, q, T(n, x) * Z(x, y) * P(y, o))), "b": Lam(x, Sum(y, 1, q, rho * (Abs(T(n, x)) * Abs(P(y, o)))))},
            using={"terms": "rows"}),
        have("factor", Eq(Sum(x, 1, p, Sum(y, 1, q, rho * (Abs(T(n, x)) * Abs(P(y, o))))), rho * pull_back_size(n, o)), by("ring")),
        qed(by("linear", "sums", "factor")),
    ],
)  # fmt: skip


def coefficients(row, column):
    """The coefficients of an entry of the change of the layer, summed up."""
    return Sum(x, 1, d(L), Sum(y, 1, d(0), Abs(T(row, x)) * Abs(P(y, column))))


def change(row, column):
    """An entry of the change of layer j that moves the product to X."""
    return Sum(x, 1, d(L), Sum(y, 1, d(0), T(row, x) * (X(x, y) - product(L, 0, d, W, x, y)) * P(y, column)))


total = Sum(c, 1, d(j), Sum(e, 1, d(j - 1), coefficients(c, e)))
reaching = Lam((n, a, b), W(n, a, b) + Ite(Eq(n, j), change(a, b), 0))


def lifted(table_kind, kind, order):
    """The loss has a local extremum of a kind where the objective has one: nearby products come from nearby weights."""
    return [
        unfold("meaning", "extremum", kind),
        obtain(r, ("r_positive", "best"), "meaning"),
        let("size_def", size, total),
        have("size", size >= 0, by("sign", rewrite=["size_def"])),
        let("rho_def", rho, r / (size + 1)),
        have("rho_positive", rho > 0, by("sign", "r_positive", "size", rewrite=["rho_def"])),
        have("cleared", Eq(rho * (size + 1), r), by("field", "size", rewrite=["rho_def"])),
        unfold("", "goal", table_kind),
        witness(rho),
        conjunction(
            [qed(by("logic", "rho_positive"))],
            [take(X), assume("X_near"),
             let("V_def", V, reaching),
             have("small", forall_in(x, 1, d(L), forall_in(y, 1, d(0), Abs(X(x, y) - product(L, 0, d, W, x, y)) <= rho)), proof=[
                 take(x), assume("x_low", "x_high"), take(y), assume("y_low", "y_high"), qed(by("linear", at("X_near", x, y)))]),
             have("near", close(L, d, r, W, V), proof=[
                 unfold("", "goal", close),
                 take(l), assume("l_low", "l_high"), take(c), assume("c_low", "c_high"), take(e), assume("e_low", "e_high"),
                 cases(
                     case("own", Eq(l, j),
                          have("difference", Eq(V(l, c, e) - W(l, c, e), change(c, e)), by("ring", rewrite=["V_def", "own"])),
                          apply("bound", "deep_linear.small_pull_back",
                                {"p": d(L), "q": d(0), "Z": Lam((x, y), X(x, y) - product(L, 0, d, W, x, y)), "n": c, "o": e}),
                          have("row", c <= d(j), by("rewrite", "own", "c_high")),
                          have("column", e <= d(j - 1), by("rewrite", "own", "e_high")),
                          have("one_entry", coefficients(c, e) <= Sum(e, 1, d(j - 1), coefficients(c, e)), by("sum")),
                          have("one_row", Sum(e, 1, d(j - 1), coefficients(c, e)) <= total, by("sum")),
                          have("room", rho * (size - coefficients(c, e)) >= 0, proof=[
                              have("gap", size - coefficients(c, e) >= 0, by("linear", "one_entry", "one_row", "size_def")),
                              qed(by("sign", "gap", "rho_positive"))]),
                          have("bounded", Abs(change(c, e)) < r, by("linear", "bound", "room", "cleared", "rho_positive")),
                          qed(by("rewrite", "difference", "bounded"))),
                     case("other", Ne(l, j),
                          have("difference", Eq(V(l, c, e) - W(l, c, e), 0), by("ring", rewrite=["V_def"])),
                          have("length", Eq(Abs(V(l, c, e) - W(l, c, e)), 0), by("ring", rewrite=["difference"])),
                          qed(by("linear", "length", "r_positive"))))]),
             have("moved", forall_in(n, 1, L, forall_in(a, 1, d(n), forall_in(b, 1, d(n - 1), Eq(
                 V(n, a, b), W(n, a, b) + 1 * Ite(Eq(n, j), change(a, b), 0))))), proof=[
                 take(n), assume("n_low", "n_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                 qed(by("ring", rewrite=["V_def"]))]),
             apply("line", "deep_linear.product_along_layer",
                   {"D": Lam((a, b), change(a, b)), "s": 1, "n": j - 1, "k": L - j}, using={"moved": "moved"}),
             apply("onto", "linear_algebra.one_sided_inverses", {
                 "p": d(L), "q": d(0), "r": d(j), "s": d(j - 1), "Q": P,
                 "S": Lam((a, c), product(L - j, j, d, W, a, c)), "P": Lam((e, b), product(j - 1, 0, d, W, e, b)),
                 "Z": Lam((x, y), X(x, y) - product(L, 0, d, W, x, y))},
                 using={"right_inverse": "suffix_inverse", "left_inverse": "prefix_inverse"}),
             have("reached", forall_in(a, 1, d(L), forall_in(b, 1, d(0), Eq(product(L, 0, d, V, a, b), X(a, b)))), proof=[
                 take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                 qed(by("linear", at("line", a, b), at("onto", a, b)))]),
             unfold("gradients", "differentiable", differentiable),
             obtain(G, "gradient", at("gradients", X)),
             apply("value", "optimization.value_of_entries", {"p": d(L), "q": d(0), "R": X, "Q": whole(V)},
                   using={"gradient": "gradient", "same": "reached"}),
             have("compared", order(objective(L, d, F, W), objective(L, d, F, V)), by("logic", at("best", V), "near")),
             have("losses", order(F(whole(W)), F(whole(V))), by("linear", "compared", unfold=[objective])),
             qed(by("linear", "losses", "value"))]),
    ]  # fmt: skip


FULL_RANK_MINIMUM = theorem(
    "deep_linear.full_rank_minimum",
    "With full ranks local minima of the objective are local minima of the loss",
    variables=[L, d, F, W, T, P, j],
    hypotheses={
        **FULL_RANK, "differentiable": differentiable(d(L), d(0), F), "extremum": local_minimum(L, d, objective_of_weights, W),
    },
    conclusion=table_minimum(d(L), d(0), F, whole(W)),
    prose="If for some layer the product of the layers after it has a right inverse and that of the layers before it a left inverse, and the "
    "weights are a local minimum of the objective, then the product of the layers is a local minimum of the loss.",
    origin=ORIGIN,
    source="That layer alone reaches every nearby product by small changes.",
    proof=lifted(table_minimum, local_minimum, below),
    notation=NOTATION,
)  # fmt: skip

FULL_RANK_MAXIMUM = theorem(
    "deep_linear.full_rank_maximum",
    "With full ranks local maxima of the objective are local maxima of the loss",
    variables=[L, d, F, W, T, P, j],
    hypotheses={
        **FULL_RANK, "differentiable": differentiable(d(L), d(0), F), "extremum": local_maximum(L, d, objective_of_weights, W),
    },
    conclusion=table_maximum(d(L), d(0), F, whole(W)),
    prose="If for some layer the product of the layers after it has a right inverse and that of the layers before it a left inverse, and the "
    "weights are a local maximum of the objective, then the product of the layers is a local maximum of the loss.",
    origin=ORIGIN,
    source="That layer alone reaches every nearby product by small changes.",
    proof=lifted(table_maximum, local_maximum, above),
    notation=NOTATION,
)  # fmt: skip
