"""The gradient of a function of a table of numbers, and derivatives along lines of tables.

Functions of tables take a family R(a, b). That only the entries of the p x q table count is no assumption of its own:
it follows from having a gradient.
"""

from symproof.logic.definition import define
from symproof.logic.sort import INT, REAL, fun_sort
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Lam,
    Sum,
    family,
    forall_in,
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
    calc,
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
from theorems.calculus.derivative import NOTATION, delta, epsilon, has_derivative

p, q, a, b = integer("p q a b")
R, Q, G, E, S = family("R Q G E S", 2)
F = variable("F", fun_sort(R.sort, REAL))
T = variable("T", fun_sort(REAL, INT, INT, REAL))
s, gap, size = real("s gap size")


def table_sum(term):
    """The sum over all entries of the table."""
    return Sum(a, 1, p, Sum(b, 1, q, term))


def every_entry(claim):
    """The claim for every entry of the table."""
    return forall_in(a, 1, p, forall_in(b, 1, q, claim))


def remainder(other):
    """What is left of F(other) - F(R) after its linear part."""
    return F(other) - F(R) - table_sum(G(a, b) * (other(a, b) - R(a, b)))


has_gradient = define(
    "optimization.has_gradient", (p, q, F, R, G),
    ForAll(epsilon, Implies(epsilon > 0, Exists(delta, And(
        delta > 0,
        ForAll(Q, Implies(
            every_entry(Abs(Q(a, b) - R(a, b)) <= delta),
            Abs(remainder(Q)) <= epsilon * table_sum(Abs(Q(a, b) - R(a, b))))),
    )))),
    latex=r"\nabla {2}({3}) = {4}",
    doc="The function $F$ of $p \\times q$ tables is differentiable at $R$ with gradient $G$ (Fréchet).",
)  # fmt: skip

VALUE_OF_ENTRIES = theorem(
    "optimization.value_of_entries",
    "A differentiable function depends on the entries alone",
    variables=[p, q, F, R, G, Q],
    hypotheses={"gradient": has_gradient(p, q, F, R, G), "same": every_entry(Eq(Q(a, b), R(a, b)))},
    conclusion=Eq(F(Q), F(R)),
    prose="Tables with the same entries have the same value.",
    source="Elementary: both terms of the remainder are 0.",
    proof=[
        unfold("meaning", "gradient", has_gradient),
        obtain(delta, ("delta_positive", "near"), at("meaning", 1)),
        have("none", every_entry(Eq(Q(a, b) - R(a, b), 0)), proof=[
            take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"), qed(by("linear", at("same", a, b)))]),
        have("within", every_entry(Abs(Q(a, b) - R(a, b)) <= delta), proof=[
            take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
            have("zero", Eq(Abs(Q(a, b) - R(a, b)), 0), by("ring", rewrite=[at("none", a, b)])),
            qed(by("linear", "zero", "delta_positive"))]),
        have("bound", Abs(remainder(Q)) <= 1 * table_sum(Abs(Q(a, b) - R(a, b))), by("logic", at("near", Q), "within")),
        have("linear_part", Eq(table_sum(G(a, b) * (Q(a, b) - R(a, b))), 0), by("ring", rewrite=["none"])),
        have("no_distance", Eq(table_sum(Abs(Q(a, b) - R(a, b))), 0), by("ring", rewrite=["none"])),
        have("small", Abs(F(Q) - F(R)) <= 0, by("linear", "bound", "no_distance", rewrite=["linear_part"])),
        qed(by("linear", "small")),
    ],
    notation=NOTATION,
)  # fmt: skip

moving = ForAll(s, every_entry(Eq(T(s, a, b), R(a, b) + s * E(a, b))))


def here(step):
    """The table at a step."""
    return Lam((a, b), T(step, a, b))


DERIVATIVE_ALONG_TABLES = theorem(
    "optimization.derivative_along_tables",
    "The derivative along a line of tables",
    variables=[p, q, F, R, G, T, E],
    hypotheses={"gradient": has_gradient(p, q, F, R, G), "moving": moving},
    conclusion=has_derivative(Lam(s, F(here(s))), 0, table_sum(G(a, b) * E(a, b))),
    prose="If $F$ has the gradient $G$ at $R$ and the table $T_s$ is $R + s E$, then $s \\mapsto F(T_s)$ has the derivative $\\sum G E$ at 0.",
    source="Elementary (the chain rule for an affine inner function).",
    proof=[
        unfold("meaning", "gradient", has_gradient),
        have("origin", Eq(F(here(num(0))), F(R)), proof=[
            have("entries", every_entry(Eq(T(num(0), a, b), R(a, b))), proof=[
                take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"), qed(by("linear", at("moving", 0, a, b)))]),
            apply("same_value", "optimization.value_of_entries", {"Q": here(num(0))}, using={"same": "entries"}),
            qed(by("logic", "same_value"))]),
        let("size_def", size, table_sum(Abs(E(a, b)))),
        have("size", size >= 0, by("sign", rewrite=["size_def"])),
        unfold("", "goal", has_derivative),
        take(epsilon), assume("epsilon_positive"),
        have("finer", epsilon / (size + 1) > 0, by("sign", "epsilon_positive", "size")),
        obtain(gap, ("gap_positive", "near"), at("meaning", epsilon / (size + 1))),
        witness(gap / (size + 1)),
        conjunction(
            [qed(by("sign", "gap_positive", "size"))],
            [take(s), assume("small"),
             have("step", Abs(s) >= 0, by("sign")),
             have("change", every_entry(Eq(T(s, a, b) - R(a, b), s * E(a, b))), proof=[
                 take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"), qed(by("linear", at("moving", s, a, b)))]),
             have("room", (gap / (size + 1) - Abs(s)) * (size + 1) >= 0, by("sign", "small", "size")),
             have("cleared", Eq(gap / (size + 1) * (size + 1), gap), by("field", "size")),
             have("within", every_entry(Abs(T(s, a, b) - R(a, b)) <= gap), proof=[
                 take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                 have("one_entry", Abs(E(a, b)) <= Sum(b, 1, q, Abs(E(a, b))), by("sum")),
                 have("one_row", Sum(b, 1, q, Abs(E(a, b))) <= table_sum(Abs(E(a, b))), by("sum")),
                 have("entry", size - Abs(E(a, b)) >= 0, by("linear", "one_entry", "one_row", "size_def")),
                 have("length", Eq(Abs(T(s, a, b) - R(a, b)), Abs(s) * Abs(E(a, b))), by("ring", rewrite=[at("change", a, b)])),
                 have("rest", Abs(s) * (size - Abs(E(a, b))) >= 0, by("sign", "entry")),
                 qed(by("linear", "length", "rest", "room", "cleared", "step"))]),
             have("bound", Abs(remainder(here(s))) <= epsilon / (size + 1) * table_sum(Abs(T(s, a, b) - R(a, b))),
                  by("logic", at("near", here(s)), "within")),
             calc("linear_part", table_sum(G(a, b) * (T(s, a, b) - R(a, b))),
                  ("=", table_sum(G(a, b) * (s * E(a, b))), by("ring", rewrite=["change"])),
                  ("=", s * table_sum(G(a, b) * E(a, b)), by("ring"))),
             calc("distance", table_sum(Abs(T(s, a, b) - R(a, b))),
                  ("=", table_sum(Abs(s * E(a, b))), by("ring", rewrite=["change"])),
                  ("=", Abs(s) * size, by("ring", rewrite=["size_def"]))),
             have("spread", Eq(epsilon / (size + 1) * Abs(s) * (size + 1), epsilon * Abs(s)), by("field", "size")),
             have("rest", epsilon / (size + 1) * Abs(s) >= 0, by("sign", "finer", "step")),
             have("same_bound", Abs(F(here(s)) - F(here(num(0))) - s * table_sum(G(a, b) * E(a, b)))
                  <= epsilon / (size + 1) * (Abs(s) * size), by("rewrite", "linear_part", "distance", "origin", "bound")),
             qed(by("linear", "same_bound", "spread", "rest"))]),
    ],
    notation={**NOTATION, "gap": r"\delta'", "size": r"\lVert E\rVert_1"},
)  # fmt: skip


GRADIENT_OF_ENTRIES = theorem(
    "optimization.gradient_of_entries",
    "Tables with the same entries have the same gradient",
    variables=[p, q, F, R, G, S],
    hypotheses={"gradient": has_gradient(p, q, F, R, G), "same": every_entry(Eq(S(a, b), R(a, b)))},
    conclusion=has_gradient(p, q, F, S, G),
    prose="If $F$ has the gradient $G$ at $R$, it has this gradient at every table with the same entries.",
    source="Elementary.",
    proof=[
        apply("value", "optimization.value_of_entries", {"Q": S}),
        unfold("meaning", "gradient", has_gradient),
        unfold("", "goal", has_gradient),
        take(epsilon), assume("epsilon_positive"),
        obtain(delta, ("delta_positive", "near"), at("meaning", epsilon)),
        witness(delta),
        conjunction(
            [qed(by("logic", "delta_positive"))],
            [take(Q), assume("Q_near"),
             have("within", every_entry(Abs(Q(a, b) - R(a, b)) <= delta), proof=[
                 take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                 qed(by("rewrite", at("same", a, b), at("Q_near", a, b)))]),
             have("bound", Abs(remainder(Q)) <= epsilon * table_sum(Abs(Q(a, b) - R(a, b))), by("logic", at("near", Q), "within")),
             have("linear_part", Eq(table_sum(G(a, b) * (Q(a, b) - S(a, b))), table_sum(G(a, b) * (Q(a, b) - R(a, b)))),
                  by("ring", rewrite=["same"])),
             have("distance", Eq(table_sum(Abs(Q(a, b) - S(a, b))), table_sum(Abs(Q(a, b) - R(a, b)))), by("ring", rewrite=["same"])),
             qed(by("rewrite", "value", "linear_part", "distance", "bound"))]),
    ],
    notation=NOTATION,
)  # fmt: skip
