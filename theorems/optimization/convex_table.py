"""Convex functions of a table: where the gradient is 0, they have their smallest value."""

from symproof.logic.definition import define
from symproof.logic.syntax import And, Eq, ForAll, Implies, Lam, num, real
from symproof.proof.author import apply, assume, at, by, have, qed, take, unfold
from symproof.proof.theorem import theorem
from theorems.calculus.convex_function import convex
from theorems.optimization.gradient import F, G, Q, R, a, b, every_entry, has_gradient, p, q, table_sum

s, t, u, v = real("s t u v")


def mixture(first, second, share):
    """The table (1 - share) first + share second."""
    return Lam((a, b), (1 - share) * first(a, b) + share * second(a, b))


convex_table = define(
    "optimization.convex_table", (F,),
    ForAll((R, Q, t), Implies(And(num(0) <= t, t <= 1), F(mixture(R, Q, t)) <= (1 - t) * F(R) + t * F(Q))),
    latex=r"{0}\text{{ is convex}}",
    doc="Between two tables the values of $F$ are not above the chord.",
)  # fmt: skip

on_line = Lam((s, a, b), (1 - s) * R(a, b) + s * Q(a, b))
along_line = Lam(s, F(mixture(R, Q, s)))

CONVEX_MINIMUM = theorem(
    "optimization.convex_minimum",
    "A convex function is smallest where its gradient is 0",
    variables=[p, q, F, R, G],
    hypotheses={"convex": convex_table(F), "gradient": has_gradient(p, q, F, R, G), "zero": every_entry(Eq(G(a, b), 0))},
    conclusion=ForAll(Q, F(R) <= F(Q)),
    prose="If $F$ is convex and has the gradient 0 at $R$, then $F(R)$ is its smallest value.",
    source="Classical: on the line to any table it lies above its tangent.",
    proof=[
        unfold("chord", "convex", convex_table),
        take(Q),
        apply("derivative", "optimization.derivative_along_tables", {"T": on_line, "E": Lam((a, b), Q(a, b) - R(a, b))}),
        have("slope", Eq(table_sum(G(a, b) * (Q(a, b) - R(a, b))), 0), by("ring", rewrite=["zero"])),
        have("convex_on_line", convex(along_line), proof=[
            unfold("", "goal", convex),
            take(u, v, t), assume("low", "high"),
            have("mixed", F(mixture(mixture(R, Q, u), mixture(R, Q, v), t)) <= (1 - t) * F(mixture(R, Q, u)) + t * F(mixture(R, Q, v)),
                 by("logic", at("chord", mixture(R, Q, u), mixture(R, Q, v), t))),
            have("point", Eq(F(mixture(mixture(R, Q, u), mixture(R, Q, v), t)), F(mixture(R, Q, (1 - t) * u + t * v))), by("ring")),
            qed(by("linear", "mixed", "point"))]),
        apply("above", "calculus.convex_tangent", {"g": along_line, "a": 0, "d": table_sum(G(a, b) * (Q(a, b) - R(a, b)))},
              using={"convex": "convex_on_line", "derivative": "derivative"}),
        have("start", Eq(F(mixture(R, Q, num(0))), F(R)), by("ring")),
        have("end", Eq(F(mixture(R, Q, num(1))), F(Q)), by("ring")),
        have("tangent", F(mixture(R, Q, num(0))) + table_sum(G(a, b) * (Q(a, b) - R(a, b))) * (1 - 0) <= F(mixture(R, Q, num(1))),
             by("logic", at("above", 1))),
        qed(by("linear", "tangent", "start", "end", rewrite=["slope"])),
    ],
    extra={"main": True},
)  # fmt: skip
