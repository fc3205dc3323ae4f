"""Fermat's theorem: at a local minimum or maximum the derivative in every direction is 0, if there is one."""

from symproof.logic.definition import define
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    Min,
    Sum,
    family,
    integer,
    num,
    real,
)
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    conjunction,
    contradiction,
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import NOTATION as CALCULUS_NOTATION
from theorems.calculus.derivative import delta, has_derivative
from theorems.optimization.local_extremum import (
    NOTATION,
    L,
    W,
    a,
    b,
    close,
    d,
    every_parameter,
    f,
    j,
    local_maximum,
    local_minimum,
    rho,
)  # fmt: skip

D = family("D", 3)
q, s, t, limit = real("q s t limit")
layer, row, column = integer("layer row column")  # bound in ``moved`` alone, so that nothing in a direction is captured

size = Sum(j, 1, L, Sum(a, 1, d(j), Sum(b, 1, d(j - 1), Abs(D(j, a, b)))))


def moved(point, direction, step):
    """The parameters ``point + step direction``."""
    return Lam((layer, row, column), point(layer, row, column) + step * direction(layer, row, column))


def along(point, direction):
    """The function s -> f(point + s direction)."""
    return Lam(s, f(moved(point, direction, s)))


critical = define(
    "optimization.critical", (L, d, f, W),
    every_parameter(has_derivative(along(W, Lam((layer, row, column),
        Ite(And(Eq(layer, j), Eq(row, a), Eq(column, b)), num(1), num(0)))), 0, 0)),
    latex=r"{3}\text{{ is a critical point of }}{2}",
    doc="The partial derivatives with respect to all parameters exist and are 0.",
)  # fmt: skip

SMALL_MOVE = theorem(
    "optimization.small_move",
    "A small step stays close",
    variables=[L, d, W, D, rho],
    hypotheses={"radius": rho > 0},
    conclusion=Exists(limit, And(limit > 0, ForAll(t, Implies(Abs(t) <= limit, close(L, d, rho, W, moved(W, D, t)))))),
    prose="However small the radius, all sufficiently small steps in a direction stay within it.",
    source="Elementary: with steps up to $\\rho/(1 + \\sum\\lvert D\\rvert)$.",
    proof=[
        have("size", size >= 0, by("sign")),
        let("limit_def", limit, rho / (size + 1)),
        have("limit_positive", limit > 0, by("sign", "radius", "size", rewrite=["limit_def"])),
        have("cleared", Eq(limit * (size + 1), rho), by("field", "size", rewrite=["limit_def"])),
        witness(limit),
        conjunction(
            [qed(by("logic", "limit_positive"))],
            [take(t), assume("small"),
             unfold("", "goal", close),
             take(j), assume("j_low", "j_high"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
             have("one_entry", Abs(D(j, a, b)) <= Sum(b, 1, d(j - 1), Abs(D(j, a, b))), by("sum")),
             have("one_row", Sum(b, 1, d(j - 1), Abs(D(j, a, b))) <= Sum(a, 1, d(j), Sum(b, 1, d(j - 1), Abs(D(j, a, b)))), by("sum")),
             have("one_layer", Sum(a, 1, d(j), Sum(b, 1, d(j - 1), Abs(D(j, a, b)))) <= size, by("sum")),
             have("entry", size - Abs(D(j, a, b)) >= 0, by("linear", "one_entry", "one_row", "one_layer")),
             have("change", Eq(Abs(W(j, a, b) + t * D(j, a, b) - W(j, a, b)), Abs(t) * Abs(D(j, a, b))), by("ring")),
             have("step", (limit - Abs(t)) * Abs(D(j, a, b)) >= 0, proof=[
                 have("room", limit - Abs(t) >= 0, by("linear", "small")), qed(by("sign", "room"))]),
             have("rest", limit * (size - Abs(D(j, a, b))) >= 0, by("sign", "limit_positive", "entry")),
             qed(by("linear", "change", "step", "rest", "cleared", "limit_positive"))]),
    ],
    notation=NOTATION,
)  # fmt: skip


def fermat(sign):
    """Fermat's theorem; ``sign`` is 1 for minima and -1 for maxima."""
    step = -num(sign) * q * t
    return [
        contradiction("slope",
            unfold("extremal", "extremum", local_minimum if sign > 0 else local_maximum),
            obtain(rho, ("rho_positive", "best"), "extremal"),
            unfold("meaning", "derivative", has_derivative),
            have("size", Abs(q) > 0, by("sign", "slope")),
            obtain(delta, ("delta_positive", "near"), at("meaning", Abs(q) / 2)),
            apply("small", "optimization.small_move", using={"radius": "rho_positive"}),
            obtain(limit, ("limit_positive", "stays"), "small"),
            let("t_def", t, Min(delta, limit) / Abs(q), note="The size of the step against the slope, in units of the slope."),
            have("shorter", Min(delta, limit) > 0, by("sign", "delta_positive", "limit_positive")),
            have("t_positive", t > 0, by("sign", "shorter", "size", rewrite=["t_def"])),
            have("length", Eq(Abs(step), Min(delta, limit)), proof=[
                have("product", Eq(Abs(step), Abs(q) * Abs(t)), by("ring")),
                have("plain", Eq(Abs(t), t), by("ring")),
                have("cleared", Eq(Abs(q) * t, Min(delta, limit)), by("field", "size", rewrite=["t_def"])),
                qed(by("rewrite", "product", "plain", "cleared"))]),
            have("within_delta", Abs(step) <= delta, by("linear", "length")),
            have("within_limit", Abs(step) <= limit, by("linear", "length")),
            have("is_close", close(L, d, rho, W, moved(W, D, step)), by("logic", at("stays", step), "within_limit")),
            have("linear_part", Abs(f(moved(W, D, step)) - f(W) - q * step) <= Abs(q) / 2 * Abs(step),
                 by("logic", at("near", step), "within_delta")),
            have("square", Eq(Abs(q) * Abs(step), q * q * t), proof=[
                have("product", Eq(Abs(q) * Abs(step), Abs(q) * Abs(q) * Abs(t)), by("ring")),
                have("plain", Eq(Abs(t), t), by("ring")),
                qed(by("ring", rewrite=["product", "plain"]))]),
            have("falls", num(sign) * f(moved(W, D, step)) - num(sign) * f(W) <= -q * q * t / 2,
                 by("linear", "linear_part", "square")),
            have("not_better", num(sign) * f(W) <= num(sign) * f(moved(W, D, step)), proof=[
                have("bound", f(W) <= f(moved(W, D, step)) if sign > 0 else f(moved(W, D, step)) <= f(W),
                     by("logic", at("best", moved(W, D, step)), "is_close")),
                qed(by("linear", "bound"))]),
            have("gain", q * q * t > 0, proof=[
                have("positive", q**2 > 0, by("sign", "slope")),
                have("same", q**2 * t > 0, by("sign", "positive", "t_positive")),
                qed(by("linear", "same"))]),
            qed(by("linear", "not_better", "falls", "gain"))),
    ]  # fmt: skip


FERMAT = theorem(
    "optimization.fermat",
    "At a local minimum derivatives are 0",
    variables=[L, d, f, W, D, q],
    hypotheses={"extremum": local_minimum(L, d, f, W), "derivative": has_derivative(along(W, D), 0, q)},
    conclusion=Eq(q, 0),
    prose="If $W$ is a local minimum of $f$ and $s \\mapsto f(W + s D)$ has the derivative $q$ at 0, then $q = 0$.",
    source="Fermat.",
    proof=fermat(1),
    notation={**CALCULUS_NOTATION, **NOTATION},
    extra={"main": True},
)  # fmt: skip

FERMAT_FOR_MAXIMA = theorem(
    "optimization.fermat_for_maxima",
    "At a local maximum derivatives are 0",
    variables=[L, d, f, W, D, q],
    hypotheses={"extremum": local_maximum(L, d, f, W), "derivative": has_derivative(along(W, D), 0, q)},
    conclusion=Eq(q, 0),
    prose="If $W$ is a local maximum of $f$ and $s \\mapsto f(W + s D)$ has the derivative $q$ at 0, then $q = 0$.",
    source="Fermat.",
    proof=fermat(-1),
    notation={**CALCULUS_NOTATION, **NOTATION},
    extra={"main": True},
)  # fmt: skip
