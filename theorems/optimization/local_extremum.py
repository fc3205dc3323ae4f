"""Local minima and maxima of a function of parameters in layers; a neighbour of equal value is one too.

Parameters are a family W(j, a, b): layer j from 1 to L is a table of d_j rows and d_(j-1) columns. Only these entries are
parameters, and the distance is the largest change of one of them. (One layer with d_1 = n and d_0 = 1 is R^n.)
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
    family,
    forall_in,
    integer,
    real,
    variable,
)  # fmt: skip
from symproof.proof.author import apply, assume, at, by, conjunction, have, qed, take, unfold, witness
from symproof.proof.theorem import theorem

L, j, a, b = integer("L j a b")
d = family("d", 1, INT)
W, V, U = family("W V U", 3)
f = variable("f", fun_sort(W.sort, REAL))
rho, r = real("rho r")

NOTATION = {"rho": r"\rho"}


def every_parameter(claim):
    """The claim for every entry (j, a, b) of every layer."""
    return forall_in(j, 1, L, forall_in(a, 1, d(j), forall_in(b, 1, d(j - 1), claim)))


close = define(
    "optimization.close", (L, d, rho, W, V),
    every_parameter(Abs(V(j, a, b) - W(j, a, b)) < rho),
    latex=r"\lVert {4} - {3} \rVert_\infty < {2}",
    doc="Every parameter moves by less than $\\rho$.",
)  # fmt: skip

local_minimum = define(
    "optimization.local_minimum", (L, d, f, W),
    Exists(rho, And(rho > 0, ForAll(V, Implies(close(L, d, rho, W, V), f(W) <= f(V))))),
    latex=r"{3}\text{{ is a local minimum of }}{2}",
    doc="Within some distance $\\rho > 0$ no parameters have a smaller value.",
)  # fmt: skip

local_maximum = define(
    "optimization.local_maximum", (L, d, f, W),
    Exists(rho, And(rho > 0, ForAll(V, Implies(close(L, d, rho, W, V), f(V) <= f(W))))),
    latex=r"{3}\text{{ is a local maximum of }}{2}",
    doc="Within some distance $\\rho > 0$ no parameters have a larger value.",
)  # fmt: skip


CLOSE_BY_STEPS = theorem(
    "optimization.close_by_steps",
    "Distances add up",
    variables=[L, d, W, V, U, rho, r],
    hypotheses={"first": close(L, d, rho, W, V), "second": close(L, d, r - rho, V, U)},
    conclusion=close(L, d, r, W, U),
    prose="If $V$ is closer to $W$ than $\\rho$, and $U$ closer to $V$ than $r - \\rho$, then $U$ is closer to $W$ than $r$.",
    source="Elementary (the triangle inequality).",
    proof=[
        unfold("to_V", "first", close),
        unfold("to_U", "second", close),
        unfold("", "goal", close),
        take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
        apply("sides", "calculus.triangle", {"u": U(j, a, b) - V(j, a, b), "v": V(j, a, b) - W(j, a, b)}),
        have("whole", Eq(Abs(U(j, a, b) - W(j, a, b)), Abs(U(j, a, b) - V(j, a, b) + (V(j, a, b) - W(j, a, b)))), by("ring")),
        qed(by("linear", "sides", "whole", at("to_V", j, a, b), at("to_U", j, a, b))),
    ],
    notation=NOTATION,
)  # fmt: skip


def neighbour(kind, better):
    """The neighbour of an extremum, of one kind; ``better`` orders the value at the extremum and another value."""
    return [
        unfold("", "goal", kind),
        witness(r - rho),
        conjunction(
            [qed(by("linear", "nearer"))],
            [take(U), assume("U_near"),
             apply("U_close", "optimization.close_by_steps", using={"first": "near", "second": "U_near"}),
             have("bound", better(f(W), f(U)), by("logic", at("extremal", U), "U_close")),
             qed(by("linear", "bound", "equal"))]),
    ]  # fmt: skip


EQUAL_VALUE_NEIGHBOUR = theorem(
    "optimization.equal_value_neighbour",
    "A neighbour of equal value of a local minimum",
    variables=[L, d, f, W, V, r, rho],
    hypotheses={
        "extremal": ForAll(U, Implies(close(L, d, r, W, U), f(W) <= f(U))),
        "nearer": rho < r,
        "near": close(L, d, rho, W, V),
        "equal": Eq(f(V), f(W)),
    },
    conclusion=local_minimum(L, d, f, V),
    prose="If no value within the distance $r$ of $W$ is smaller than the value at $W$, then every $V$ nearer than $r$ with the same value "
    "is a local minimum: none is smaller within $r - \\rho$, where $\\rho < r$ bounds the distance of $V$.",
    source="Elementary.",
    proof=neighbour(local_minimum, lambda own, other: own <= other),
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

EQUAL_VALUE_NEIGHBOUR_OF_MAXIMUM = theorem(
    "optimization.equal_value_neighbour_of_maximum",
    "A neighbour of equal value of a local maximum",
    variables=[L, d, f, W, V, r, rho],
    hypotheses={
        "extremal": ForAll(U, Implies(close(L, d, r, W, U), f(U) <= f(W))),
        "nearer": rho < r,
        "near": close(L, d, rho, W, V),
        "equal": Eq(f(V), f(W)),
    },
    conclusion=local_maximum(L, d, f, V),
    prose="If no value within the distance $r$ of $W$ is larger than the value at $W$, then every $V$ nearer than $r$ with the same value "
    "is a local maximum: none is larger within $r - \\rho$, where $\\rho < r$ bounds the distance of $V$.",
    source="Elementary.",
    proof=neighbour(local_maximum, lambda own, other: other <= own),
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
