"""Losses of linear forms of a table, such as the outputs of a linear map on samples: their gradient and convexity."""

from symproof.logic.definition import define
from symproof.logic.sort import INT, REAL, fun_sort
from symproof.logic.syntax import (
    Abs,
    Eq,
    ForAll,
    Implies,
    Lam,
    Min,
    Sum,
    family,
    forall_in,
    function,
    integer,
    num,
    real,
    variable,
)  # fmt: skip
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    conjunction,
    have,
    induction,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.calculus.convex_function import convex
from theorems.calculus.derivative import NOTATION, delta, epsilon, gamma, has_derivative
from theorems.optimization.convex_table import convex_table, mixture
from theorems.optimization.gradient import Q, R, a, b, every_entry, has_gradient, p, q, table_sum

m, n, i = integer("m n i")
g = function("g")
C = family("C", 2)
D = family("D")
E, B = family("E B", 3)
H = variable("H", fun_sort(INT, R.sort, REAL))
K = variable("K", fun_sort(INT, REAL, REAL))
d, s, t, size = real("d s t size")

distance = table_sum(Abs(Q(a, b) - R(a, b)))


def form(coefficients, table):
    """The linear form with these coefficients, on a table."""
    return table_sum(coefficients(a, b) * table(a, b))


def form_of(index, table):
    """The linear form with this index."""
    return table_sum(B(index, a, b) * table(a, b))


moved = table_sum(C(a, b) * (Q(a, b) - R(a, b)))

GRADIENT_OF_FORM = theorem(
    "optimization.gradient_of_form",
    "The gradient of a function of a linear form",
    variables=[p, q, g, C, R, d],
    hypotheses={"derivative": has_derivative(g, form(C, R), d)},
    conclusion=has_gradient(p, q, Lam(Q, g(form(C, Q))), R, Lam((a, b), d * C(a, b))),
    prose="If $g$ has the derivative $d$ at the value of the linear form $\\sum C R$, then $Q \\mapsto g(\\sum C Q)$ has the gradient $d\\, C$ at $R$.",
    source="Elementary (the chain rule).",
    proof=[
        unfold("meaning", "derivative", has_derivative),
        let("size_def", size, table_sum(Abs(C(a, b)))),
        have("size", size >= 0, by("sign", rewrite=["size_def"])),
        have("scale", size + 1 > 0, by("linear", "size")),
        unfold("", "goal", has_gradient),
        take(epsilon), assume("epsilon_positive"),
        have("finer", epsilon / (size + 1) > 0, by("sign", "epsilon_positive", "scale")),
        obtain(gamma, ("gamma_positive", "near"), at("meaning", epsilon / (size + 1))),
        witness(gamma / (size + 1)),
        conjunction(
            [qed(by("sign", "gamma_positive", "scale"))],
            [take(Q), assume("small"),
             have("entries", every_entry(Abs(C(a, b) * (Q(a, b) - R(a, b))) <= gamma / (size + 1) * Abs(C(a, b))), proof=[
                 take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                 have("product", Eq(Abs(C(a, b) * (Q(a, b) - R(a, b))), Abs(C(a, b)) * Abs(Q(a, b) - R(a, b))), by("ring")),
                 have("room", (gamma / (size + 1) - Abs(Q(a, b) - R(a, b))) * Abs(C(a, b)) >= 0, proof=[
                     have("gap", gamma / (size + 1) - Abs(Q(a, b) - R(a, b)) >= 0, by("linear", at("small", a, b))), qed(by("sign", "gap"))]),
                 qed(by("linear", "product", "room"))]),
             have("shares", every_entry(Abs(C(a, b) * (Q(a, b) - R(a, b))) <= size * Abs(Q(a, b) - R(a, b))), proof=[
                 take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                 have("product", Eq(Abs(C(a, b) * (Q(a, b) - R(a, b))), Abs(C(a, b)) * Abs(Q(a, b) - R(a, b))), by("ring")),
                 have("one_entry", Abs(C(a, b)) <= Sum(b, 1, q, Abs(C(a, b))), by("sum")),
                 have("one_row", Sum(b, 1, q, Abs(C(a, b))) <= table_sum(Abs(C(a, b))), by("sum")),
                 have("room", (size - Abs(C(a, b))) * Abs(Q(a, b) - R(a, b)) >= 0, proof=[
                     have("gap", size - Abs(C(a, b)) >= 0, by("linear", "one_entry", "one_row", "size_def")), qed(by("sign", "gap"))]),
                 qed(by("linear", "product", "room"))]),
             have("triangle", Abs(moved) <= table_sum(Abs(C(a, b) * (Q(a, b) - R(a, b)))), proof=[
                 have("rows", forall_in(a, 1, p, Abs(Sum(b, 1, q, C(a, b) * (Q(a, b) - R(a, b)))) <= Sum(b, 1, q, Abs(C(a, b) * (Q(a, b) - R(a, b))))), proof=[
                     take(a), assume("a_low", "a_high"),
                     apply("sums", "calculus.triangle_for_sums", {
                         "m": q, "a": Lam(b, C(a, b) * (Q(a, b) - R(a, b))), "b": Lam(b, Abs(C(a, b) * (Q(a, b) - R(a, b))))}),
                     qed(by("logic", "sums"))]),
                 apply("all", "calculus.triangle_for_sums", {
                     "m": p, "a": Lam(a, Sum(b, 1, q, C(a, b) * (Q(a, b) - R(a, b)))),
                     "b": Lam(a, Sum(b, 1, q, Abs(C(a, b) * (Q(a, b) - R(a, b)))))}),
                 qed(by("logic", "all"))]),
             have("by_size", table_sum(Abs(C(a, b) * (Q(a, b) - R(a, b)))) <= table_sum(gamma / (size + 1) * Abs(C(a, b))), proof=[
                 have("rows", forall_in(a, 1, p, Sum(b, 1, q, Abs(C(a, b) * (Q(a, b) - R(a, b)))) <= Sum(b, 1, q, gamma / (size + 1) * Abs(C(a, b)))), proof=[
                     take(a), assume("a_low", "a_high"),
                     have("own", forall_in(b, 1, q, Abs(C(a, b) * (Q(a, b) - R(a, b))) <= gamma / (size + 1) * Abs(C(a, b))), proof=[
                         take(b), assume("b_low", "b_high"), qed(by("logic", at("entries", a, b)))]),
                     qed(by("sum", "own"))]),
                 qed(by("sum", "rows"))]),
             have("by_distance", table_sum(Abs(C(a, b) * (Q(a, b) - R(a, b)))) <= table_sum(size * Abs(Q(a, b) - R(a, b))), proof=[
                 have("rows", forall_in(a, 1, p, Sum(b, 1, q, Abs(C(a, b) * (Q(a, b) - R(a, b)))) <= Sum(b, 1, q, size * Abs(Q(a, b) - R(a, b)))), proof=[
                     take(a), assume("a_low", "a_high"),
                     have("own", forall_in(b, 1, q, Abs(C(a, b) * (Q(a, b) - R(a, b))) <= size * Abs(Q(a, b) - R(a, b))), proof=[
                         take(b), assume("b_low", "b_high"), qed(by("logic", at("shares", a, b)))]),
                     qed(by("sum", "own"))]),
                 qed(by("sum", "rows"))]),
             have("first", Eq(table_sum(gamma / (size + 1) * Abs(C(a, b))), gamma / (size + 1) * size), by("ring", rewrite=["size_def"])),
             have("second", Eq(table_sum(size * Abs(Q(a, b) - R(a, b))), size * distance), by("ring")),
             have("cleared", Eq(gamma / (size + 1) * (size + 1), gamma), by("field", "scale")),
             have("step", gamma / (size + 1) > 0, by("sign", "gamma_positive", "scale")),
             have("within", Abs(moved) <= gamma, by("linear", "triangle", "by_size", "first", "cleared", "step")),
             have("bound", Abs(g(form(C, R) + moved) - g(form(C, R)) - d * moved) <= epsilon / (size + 1) * Abs(moved), by("logic", at("near", moved), "within")),
             have("value", Eq(form(C, R) + moved, form(C, Q)), by("ring")),
             have("linear_part", Eq(table_sum(d * C(a, b) * (Q(a, b) - R(a, b))), d * moved), by("ring")),
             have("far", Abs(moved) <= size * distance, by("linear", "triangle", "by_distance", "second")),
             have("distance_nonnegative", distance >= 0, by("sign")),
             have("spread", Eq(epsilon / (size + 1) * distance * (size + 1), epsilon * distance), by("field", "scale")),
             have("share", epsilon / (size + 1) * (size * distance - Abs(moved)) >= 0, proof=[
                 have("gap", size * distance - Abs(moved) >= 0, by("linear", "far")), qed(by("sign", "gap", "finer"))]),
             have("rest", epsilon / (size + 1) * distance >= 0, by("sign", "finer", "distance_nonnegative")),
             have("same_bound", Abs(g(form(C, Q)) - g(form(C, R)) - table_sum(d * C(a, b) * (Q(a, b) - R(a, b)))) <= epsilon / (size + 1) * Abs(moved),
                  by("rewrite", "value", "linear_part", "bound")),
             qed(by("linear", "same_bound", "share", "rest", "spread"))]),
    ],
    notation={**NOTATION, "size": "M"},
)  # fmt: skip


def remainder_of(count):
    """What is left of the sum of ``count`` functions after its linear part."""
    linear = table_sum(Sum(i, 1, count, E(i, a, b)) * (Q(a, b) - R(a, b)))
    return Sum(i, 1, count, H(i, Q)) - Sum(i, 1, count, H(i, R)) - linear


last = H(n + 1, Q) - H(n + 1, R) - table_sum(E(n + 1, a, b) * (Q(a, b) - R(a, b)))
each_gradient = has_gradient(p, q, Lam(Q, H(i, Q)), R, Lam((a, b), E(i, a, b)))


def gradient_of_sum(count):
    """The gradient of the sum of ``count`` functions."""
    return has_gradient(p, q, Lam(Q, Sum(i, 1, count, H(i, Q))), R, Lam((a, b), Sum(i, 1, count, E(i, a, b))))


GRADIENT_OF_SUM = theorem(
    "optimization.gradient_of_sum",
    "The gradient of a finite sum",
    variables=[p, q, H, R, E],
    conclusion=ForAll(n, Implies(num(0) <= n, Implies(forall_in(i, 1, n, each_gradient), gradient_of_sum(n)))),
    prose="A sum of functions of a table that have gradients at $R$ has the sum of these as its gradient.",
    source="Elementary.",
    proof=[
        induction(n,
            base=[
                assume("each"), unfold("", "goal", has_gradient), take(epsilon), assume("epsilon_positive"), witness(1),
                conjunction(
                    [qed("ring")],
                    [take(Q), assume("small"),
                     have("nothing", Eq(Abs(remainder_of(num(0))), 0), by("ring")),
                     have("bound", epsilon * distance >= 0, by("sign", "epsilon_positive")),
                     qed(by("linear", "nothing", "bound"))]),
            ],
            hypothesis="shorter", bound="n_nonnegative",
            step=[
                assume("each"),
                have("each_before", forall_in(i, 1, n, each_gradient), proof=[
                    take(i), assume("i_low", "i_high"), qed(by("logic", at("each", i)))]),
                have("sum_before", gradient_of_sum(n), by("logic", "shorter", "each_before")),
                have("one_more", has_gradient(p, q, Lam(Q, H(n + 1, Q)), R, Lam((a, b), E(n + 1, a, b))), by("logic", at("each", n + 1))),
                unfold("sum_meaning", "sum_before", has_gradient),
                unfold("one_meaning", "one_more", has_gradient),
                unfold("", "goal", has_gradient),
                take(epsilon), assume("epsilon_positive"),
                obtain(delta, ("delta_positive", "sum_near"), at("sum_meaning", epsilon / 2)),
                obtain(gamma, ("gamma_positive", "one_near"), at("one_meaning", epsilon / 2)),
                witness(Min(delta, gamma)),
                conjunction(
                    [qed(by("sign", "delta_positive", "gamma_positive"))],
                    [take(Q), assume("small"),
                     have("small_sum", every_entry(Abs(Q(a, b) - R(a, b)) <= delta), proof=[
                         take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"), qed(by("linear", at("small", a, b)))]),
                     have("small_one", every_entry(Abs(Q(a, b) - R(a, b)) <= gamma), proof=[
                         take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"), qed(by("linear", at("small", a, b)))]),
                     have("sum_bound", Abs(remainder_of(n)) <= epsilon / 2 * distance, by("logic", at("sum_near", Q), "small_sum")),
                     have("one_bound", Abs(last) <= epsilon / 2 * distance, by("logic", at("one_near", Q), "small_one")),
                     apply("sides", "calculus.triangle", {"u": remainder_of(n), "v": last}),
                     have("parts", Eq(Abs(remainder_of(n + 1)), Abs(remainder_of(n) + last)), by("ring")),
                     qed(by("linear", "sides", "parts", "sum_bound", "one_bound"))]),
            ]),
    ],
    notation=NOTATION,
)  # fmt: skip

forms_loss = define(
    "optimization.forms_loss", (m, p, q, K, B, R),
    Sum(i, 1, m, K(i, form_of(i, R))),
    latex=r"\sum_i {3}_i\bigl(\langle {4}_i, {5}\rangle\bigr)",
    doc="The sum of losses $K_i$ of the linear forms with the coefficients $B_i$, such as the outputs of a linear map on samples.",
)  # fmt: skip

loss = Lam(Q, forms_loss(m, p, q, K, B, Q))

FORMS_LOSS_GRADIENT = theorem(
    "optimization.forms_loss_gradient",
    "The gradient of a loss of linear forms",
    variables=[m, p, q, K, B, R, D],
    hypotheses={
        "count": num(0) <= m,
        "derivative": forall_in(i, 1, m, has_derivative(Lam(s, K(i, s)), form_of(i, R), D(i))),
    },
    conclusion=has_gradient(p, q, loss, R, Lam((a, b), Sum(i, 1, m, D(i) * B(i, a, b)))),
    prose="If every loss $K_i$ has the derivative $D_i$ at the value of the linear form $\\langle B_i, R \\rangle$, then $\\sum_i K_i(\\langle B_i, R \\rangle)$ "
    "has the gradient $\\sum_i D_i B_i$. The outputs of a linear map $R$ on samples are such forms, so this is the gradient of a loss "
    "that is a sum over outputs and samples.",
    source="Elementary (the chain rule).",
    proof=[
        have("each", forall_in(i, 1, m, has_gradient(p, q, Lam(Q, K(i, form_of(i, Q))), R, Lam((a, b), D(i) * B(i, a, b)))), proof=[
            take(i), assume("i_low", "i_high"),
            apply("one", "optimization.gradient_of_form", {"g": Lam(s, K(i, s)), "C": Lam((a, b), B(i, a, b)), "d": D(i)},
                  using={"derivative": at("derivative", i)}),
            qed(by("logic", "one"))]),
        apply("all", "optimization.gradient_of_sum", {"H": Lam((i, Q), K(i, form_of(i, Q))), "E": Lam((i, a, b), D(i) * B(i, a, b))}),
        have("sum", has_gradient(p, q, Lam(Q, Sum(i, 1, m, K(i, form_of(i, Q)))), R, Lam((a, b), Sum(i, 1, m, D(i) * B(i, a, b)))),
             by("logic", at("all", m), "count", "each")),
        unfold("", "goal", forms_loss),
        qed(by("logic", "sum")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

FORMS_LOSS_CONVEX = theorem(
    "optimization.forms_loss_convex",
    "A loss of linear forms is convex if each loss is",
    variables=[m, p, q, K, B],
    hypotheses={"convex": forall_in(i, 1, m, convex(Lam(s, K(i, s))))},
    conclusion=convex_table(loss),
    prose="If every $K_i$ is convex, $R \\mapsto \\sum_i K_i(\\langle B_i, R \\rangle)$ is convex.",
    source="Elementary.",
    proof=[
        unfold("", "goal", convex_table),
        take(R, Q, t), assume("low", "high"),
        have("each", forall_in(i, 1, m, K(i, form_of(i, mixture(R, Q, t))) <= (1 - t) * K(i, form_of(i, R)) + t * K(i, form_of(i, Q))), proof=[
            take(i), assume("i_low", "i_high"),
            have("own", convex(Lam(s, K(i, s))), by("logic", at("convex", i))),
            unfold("chord", "own", convex),
            have("bound", K(i, (1 - t) * form_of(i, R) + t * form_of(i, Q)) <= (1 - t) * K(i, form_of(i, R)) + t * K(i, form_of(i, Q)),
                 by("logic", at("chord", form_of(i, R), form_of(i, Q), t), "low", "high")),
            have("point", Eq((1 - t) * form_of(i, R) + t * form_of(i, Q), form_of(i, mixture(R, Q, t))), by("ring")),
            qed(by("rewrite", "point", "bound"))]),
        have("sum", Sum(i, 1, m, K(i, form_of(i, mixture(R, Q, t)))) <= Sum(i, 1, m, (1 - t) * K(i, form_of(i, R)) + t * K(i, form_of(i, Q))),
             by("sum", "each")),
        have("split", Eq(Sum(i, 1, m, (1 - t) * K(i, form_of(i, R)) + t * K(i, form_of(i, Q))),
                         (1 - t) * forms_loss(m, p, q, K, B, R) + t * forms_loss(m, p, q, K, B, Q)), by("ring", unfold=[forms_loss])),
        unfold("", "goal", forms_loss),
        unfold("parts", "split", forms_loss),
        qed(by("linear", "sum", "parts")),
    ],
    extra={"main": True},
)  # fmt: skip
