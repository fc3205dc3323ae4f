"""The derivative of a real function at a point, by its definition; sums, lines, and a smaller value where it is not 0."""

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
    Min,
    Ne,
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
    case,
    cases,
    conjunction,
    have,
    induction,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem

g = function("g")
a, d, q, s, epsilon, delta, gamma, u, v = real("a d q s epsilon delta gamma u v")
n, i = integer("n i")
G = variable("G", fun_sort(INT, REAL, REAL))
D = family("D")

has_derivative = define(
    "calculus.has_derivative", (g, a, d),
    ForAll(epsilon, Implies(epsilon > 0, Exists(delta, And(
        delta > 0,
        ForAll(s, Implies(Abs(s) <= delta, Abs(g(a + s) - g(a) - d * s) <= epsilon * Abs(s))),
    )))),
    latex=r"\left({0}\right)'({1}) = {2}",
    doc="The function $g$ is differentiable at $a$ with derivative $d$.",
)  # fmt: skip

NOTATION = {"epsilon": r"\varepsilon", "delta": r"\delta", "gamma": r"\gamma"}

TRIANGLE = theorem(
    "calculus.triangle",
    "Triangle inequality",
    variables=[u, v],
    conclusion=Abs(u + v) <= Abs(u) + Abs(v),
    prose="The absolute value of a sum is at most the sum of the absolute values.",
    source="Elementary.",
    proof=[
        cases(
            case("up", u + v >= 0, have("plain", Eq(Abs(u + v), u + v), by("ring")), qed(by("linear", "plain"))),
            case("down", u + v < 0, have("plain", Eq(Abs(u + v), -(u + v)), by("ring")), qed(by("linear", "plain")))),
    ],
)  # fmt: skip

SMALLER_VALUE = theorem(
    "calculus.smaller_value",
    "Where the derivative is not 0 there is a smaller value",
    variables=[g, a, d],
    hypotheses={"derivative": has_derivative(g, a, d), "slope": Ne(d, 0)},
    conclusion=Exists(s, g(a + s) < g(a)),
    prose="A function whose derivative at $a$ is not 0 has a smaller value than $g(a)$ somewhere.",
    source="Elementary (Fermat).",
    proof=[
        unfold("meaning", "derivative", has_derivative),
        obtain(delta, ("delta_positive", "near"), at("meaning", Abs(d) / 2)),
        cases(
            case("rising", d > 0,
                 witness(-delta),
                 have("distance", Eq(Abs(-delta), delta), by("ring")),
                 have("within", Abs(-delta) <= delta, by("linear", "distance")),
                 have("steep", Eq(Abs(d), d), by("ring")),
                 have("gain", d * delta > 0, by("sign", "rising", "delta_positive")),
                 have("value", Abs(g(a + -delta) - g(a) - d * -delta) <= d / 2 * delta,
                      by("rewrite", "distance", "steep", at("near", -delta))),
                 qed(by("linear", "value", "gain"))),
            case("falling", d < 0,
                 witness(delta),
                 have("distance", Eq(Abs(delta), delta), by("ring")),
                 have("within", Abs(delta) <= delta, by("linear", "distance")),
                 have("steep", Eq(Abs(d), -d), by("ring")),
                 have("gain", d * delta < 0, by("sign", "falling", "delta_positive")),
                 have("value", Abs(g(a + delta) - g(a) - d * delta) <= -d / 2 * delta,
                      by("rewrite", "distance", "steep", at("near", delta))),
                 qed(by("linear", "value", "gain")))),
    ],
    notation=NOTATION,
)  # fmt: skip

ALONG_A_LINE = theorem(
    "calculus.derivative_along_line",
    "The derivative along a line",
    variables=[g, a, d, q],
    hypotheses={"derivative": has_derivative(g, a, d)},
    conclusion=has_derivative(Lam(s, g(a + s * q)), 0, d * q),
    prose="If $g$ has derivative $d$ at $a$, then $s \\mapsto g(a + s q)$ has derivative $d\\,q$ at 0.",
    source="Elementary (the chain rule for an affine inner function).",
    proof=[
        unfold("meaning", "derivative", has_derivative),
        unfold("", "goal", has_derivative),
        take(epsilon), assume("epsilon_positive"),
        have("scale", Abs(q) + 1 > 0, by("sign")),
        have("finer", epsilon / (Abs(q) + 1) > 0, by("sign", "epsilon_positive", "scale")),
        obtain(delta, ("delta_positive", "near"), at("meaning", epsilon / (Abs(q) + 1))),
        witness(delta / (Abs(q) + 1)),
        conjunction(
            [qed(by("sign", "delta_positive", "scale"))],
            [take(s), assume("small"),
             have("slack", (delta / (Abs(q) + 1) - Abs(s)) * (Abs(q) + 1) >= 0, by("sign", "small", "scale")),
             have("cancel", Eq(delta / (Abs(q) + 1) * (Abs(q) + 1), delta), by("field")),
             have("step", Abs(s) >= 0, by("sign")),
             have("within", Abs(s * q) <= delta, by("linear", "slack", "cancel", "step")),
             have("bound", Abs(g(a + s * q) - g(a) - d * (s * q)) <= epsilon / (Abs(q) + 1) * Abs(s * q),
                  by("logic", at("near", s * q))),
             have("spread", Eq(epsilon / (Abs(q) + 1) * Abs(s) * (Abs(q) + 1), epsilon * Abs(s)), by("field")),
             have("rest", epsilon / (Abs(q) + 1) * Abs(s) >= 0, by("sign", "finer", "step")),
             qed(by("linear", "bound", "spread", "rest"))]),
    ],
    notation=NOTATION,
)  # fmt: skip


def total(point, count):
    """The sum of the first ``count`` functions at a point."""
    return Sum(i, 1, count, G(i, point))


def remainder(point, count):
    """What is left of the sum of ``count`` functions at a + point after its linear part."""
    return total(a + point, count) - total(a, count) - Sum(i, 1, count, D(i)) * point


last = G(n + 1, a + s) - G(n + 1, a) - D(n + 1) * s

DERIVATIVE_OF_SUM = theorem(
    "calculus.derivative_of_sum",
    "The derivative of a finite sum",
    variables=[G, D, a],
    conclusion=ForAll(n, Implies(num(0) <= n, Implies(
        forall_in(i, 1, n, has_derivative(Lam(s, G(i, s)), a, D(i))),
        has_derivative(Lam(s, total(s, n)), a, Sum(i, 1, n, D(i))),
    ))),
    prose="A sum of $n$ functions that are differentiable at $a$ is differentiable at $a$; its derivative is the sum of theirs.",
    source="Elementary.",
    proof=[
        induction(n,
            base=[
                assume("each"), unfold("", "goal", has_derivative), take(epsilon), assume("epsilon_positive"), witness(1),
                conjunction(
                    [qed("ring")],
                    [take(s), assume("small"),
                     have("nothing", Eq(Abs(remainder(s, num(0))), 0), by("ring")),
                     have("bound", epsilon * Abs(s) >= 0, by("sign", "epsilon_positive")),
                     qed(by("linear", "nothing", "bound"))]),
            ],
            hypothesis="shorter", bound="n_nonnegative",
            step=[
                assume("each"),
                have("each_before", forall_in(i, 1, n, has_derivative(Lam(s, G(i, s)), a, D(i))), proof=[
                    take(i), assume("i_low", "i_high"), qed(by("logic", at("each", i)))]),
                have("sum_before", has_derivative(Lam(s, total(s, n)), a, Sum(i, 1, n, D(i))), by("logic", "shorter", "each_before")),
                have("one_more", has_derivative(Lam(s, G(n + 1, s)), a, D(n + 1)), by("logic", at("each", n + 1))),
                unfold("sum_meaning", "sum_before", has_derivative),
                unfold("one_meaning", "one_more", has_derivative),
                unfold("", "goal", has_derivative),
                take(epsilon), assume("epsilon_positive"),
                obtain(delta, ("delta_positive", "sum_near"), at("sum_meaning", epsilon / 2)),
                obtain(gamma, ("gamma_positive", "one_near"), at("one_meaning", epsilon / 2)),
                witness(Min(delta, gamma)),
                conjunction(
                    [qed(by("sign", "delta_positive", "gamma_positive"))],
                    [take(s), assume("small"),
                     have("small_sum", Abs(s) <= delta, by("linear", "small")),
                     have("small_one", Abs(s) <= gamma, by("linear", "small")),
                     apply("sides", "calculus.triangle", {"u": remainder(s, n), "v": last}),
                     have("parts", Eq(Abs(remainder(s, n + 1)), Abs(remainder(s, n) + last)), by("ring")),
                     qed(by("linear", "sides", "parts", at("sum_near", s), at("one_near", s)))]),
            ]),
    ],
    notation=NOTATION,
)  # fmt: skip
