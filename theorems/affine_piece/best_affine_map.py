"""There is a best affine map, and it has the smallest risk of all affine maps."""

from symproof.logic.syntax import Eq, Exists, ForAll, Implies, Ite, Lam, Sum, forall_in, integer, num, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    case,
    cases,
    contradiction,
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
from theorems.affine_piece.network import (
    NOTATION,
    A,
    B,
    Y,
    affine_map_risk,
    b,
    best_affine_function,
    best_affine_map,
    c,
    dx,
    dy,
    e,
    l,
    m,
    o,
    row,
    target,
    w,
    x,
    z,
)  # fmt: skip
from theorems.relu_like.network import affine, affine_risk

n = integer("n")
b_other = real("b_other")
definitions = (affine, affine_risk)


def part(output, matrix, intercepts):
    """The risk of one output of an affine map."""
    return affine_risk(m, dx, x, target(output), row(matrix, output), intercepts(output))


def up_to(count):
    """An affine map whose first ``count`` outputs are best affine fits."""
    return Exists((A, c), forall_in(o, 1, count, best_affine_function(m, dx, x, target(o), row(A, o), c(o))))


lowest = ForAll((B, e), affine_map_risk(m, dx, dy, x, Y, A, c) <= affine_map_risk(m, dx, dy, x, Y, B, e))

BEST_AFFINE_MAPS_EXIST = theorem(
    "affine_piece.best_affine_maps_exist",
    "There is a best affine map",
    variables=[m, dx, x, Y],
    hypotheses={"dimension": num(0) <= dx},
    conclusion=ForAll(n, Implies(num(0) <= n, up_to(n))),
    prose="Least squares has a solution for every data set with any number of outputs: one output at a time.",
    source="Classical.",
    proof=[
        induction(n,
            base=[
                witness(Lam((o, l), num(0)), Lam(o, num(0))), take(o), assume("o_low", "o_high"),
                contradiction("any", qed(by("linear", "o_low", "o_high"))),
            ],
            hypothesis="shorter", bound="n_nonnegative",
            step=[
                obtain((A, c), "before", "shorter"),
                apply("next", "relu_like.best_affine_exists", {"y": target(n + 1)}),
                obtain((w, b), "last", "next"),
                let("B_def", B, Lam((o, l), Ite(o <= n, A(o, l), w(l)))),
                let("e_def", e, Lam(o, Ite(o <= n, c(o), b))),
                witness(B, e),
                take(o), assume("o_low", "o_high"),
                unfold("", "goal", best_affine_function),
                take(z, b_other),
                cases(
                    case("old", o <= n,
                         have("same", Eq(part(o, B, e), part(o, A, c)), by("ring", rewrite=["B_def", "e_def"], unfold=definitions)),
                         have("best", best_affine_function(m, dx, x, target(o), row(A, o), c(o)), by("logic", at("before", o))),
                         unfold("minimal", "best", best_affine_function),
                         qed(by("linear", "same", at("minimal", z, b_other)))),
                    case("new", Eq(o, n + 1),
                         have("same", Eq(part(o, B, e), affine_risk(m, dx, x, target(n + 1), w, b)),
                              by("ring", rewrite=["new", "B_def", "e_def"], unfold=definitions)),
                         have("targets", Eq(affine_risk(m, dx, x, target(o), z, b_other), affine_risk(m, dx, x, target(n + 1), z, b_other)),
                              by("ring", rewrite=["new"], unfold=definitions)),
                         unfold("minimal", "last", best_affine_function),
                         qed(by("linear", "same", "targets", at("minimal", z, b_other))))),
            ]),
    ],
    notation={**NOTATION, "B": "B", "b_other": "b'"},
)  # fmt: skip

LOWEST_RISK = theorem(
    "affine_piece.lowest_risk",
    "The best affine map has the smallest risk of all affine maps",
    variables=[m, dx, dy, x, Y, A, c],
    hypotheses={"best": best_affine_map(m, dx, dy, x, Y, A, c)},
    conclusion=lowest,
    prose="If every output of an affine map is a best affine fit, no affine map has a smaller risk.",
    source="Elementary.",
    proof=[
        unfold("outputs", "best", best_affine_map),
        take(B, e),
        have("each", forall_in(o, 1, dy, part(o, A, c) <= part(o, B, e)), proof=[
            take(o), assume("o_low", "o_high"),
            have("best_output", best_affine_function(m, dx, x, target(o), row(A, o), c(o)), by("logic", at("outputs", o))),
            unfold("minimal", "best_output", best_affine_function),
            qed(by("logic", at("minimal", row(B, o), e(o))))]),
        have("sums", Sum(o, 1, dy, part(o, A, c)) <= Sum(o, 1, dy, part(o, B, e)), by("sum", "each")),
        unfold("", "goal", affine_map_risk),
        qed(by("logic", "sums")),
    ],
    notation=NOTATION,
)  # fmt: skip
