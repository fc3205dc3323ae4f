"""On an interval where its second derivative is bounded below, a function lies above its tangents, by a multiple of the square."""

from symproof.logic.syntax import And, Eq, ForAll, Implies, Lam, function, real
from symproof.proof.author import apply, assume, at, by, case, cases, have, let, qed, take
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import NOTATION, has_derivative
from theorems.calculus.second_difference import near

g, D, E = function("g D E")
a, b, c, k, p, r, s, t, u, v = real("a b c k p r s t u v")


def tangent_bound(function_, slope, weight, square):
    """The weighted function lies above the lines with the given slopes, near v, by at least a multiple of the square."""
    return ForAll((a, b), Implies(And(near(a, r), near(b, r)),
        weight * function_(a) + slope(a) * (b - a) + square * (b - a) ** 2 <= weight * function_(b)))  # fmt: skip


def growth_bound(function_, weight, speed):
    """The weighted function grows at least with a speed, near v."""
    return ForAll(
        (a, b), Implies(And(near(a, r), near(b, r), a <= b), speed * (b - a) <= weight * (function_(b) - function_(a)))
    )


def _between(low, high, label, claim):
    """That what holds near v holds between two points near v."""
    return have(f"{label}_here", ForAll(s, Implies(And(low <= s, s <= high), claim)), proof=[
        take(s), assume("s_low", "s_high"),
        have("above", v - r <= s, by("linear", "s_low", "a_here", "b_here")),
        have("below", s <= v + r, by("linear", "s_high", "a_here", "b_here")),
        qed(by("logic", at(label, s), "above", "below"))])  # fmt: skip


def _plain_side(low, high, order, sign):
    """The plain tangent inequality, for b on one side of a; ``sign`` is 1 if b is on the right."""
    value, slope = Lam(s, sign * p * g(s) - sign * k * s), Lam(s, sign * p * D(s) - sign * k)
    start, end = (a, s) if sign == 1 else (s, a)
    return [
        _between(low, high, "derivative", has_derivative(g, s, D(s))),
        have("slope", ForAll(s, Implies(And(low <= s, s <= high), has_derivative(value, s, slope(s)))), proof=[
            take(s), assume("s_low", "s_high"),
            have("at_s", has_derivative(g, s, D(s)), by("logic", at("derivative_here", s), "s_low", "s_high")),
            apply("moved", "calculus.derivative_of_combination", {"a": s, "d": D(s), "p": sign * p, "q": -sign * k},
                  using={"derivative": "at_s"}),
            qed(by("logic", "moved"))]),
        have("rises", ForAll(s, Implies(And(low <= s, s <= high), slope(s) >= 0)), proof=[
            take(s), assume("s_low", "s_high"),
            have("second_here", ForAll(t, Implies(And(start <= t, t <= end), has_derivative(Lam(t, p * D(t)), t, p * E(t)))), proof=[
                take(t), assume("t_low", "t_high"),
                have("above", v - r <= t, by("linear", "t_low", "s_low", "a_here", "b_here")),
                have("below", t <= v + r, by("linear", "t_high", "s_high", "a_here", "b_here")),
                have("at_t", has_derivative(D, t, E(t)), by("logic", at("second", t), "above", "below")),
                apply("multiple", "calculus.derivative_of_combination", {"g": D, "a": t, "d": E(t), "q": 0}, using={"derivative": "at_t"}),
                qed(by("logic", "multiple"))]),
            have("bent_here", ForAll(t, Implies(And(start <= t, t <= end), p * E(t) >= 0)), proof=[
                take(t), assume("t_low", "t_high"),
                have("above", v - r <= t, by("linear", "t_low", "s_low", "a_here", "b_here")),
                have("below", t <= v + r, by("linear", "t_high", "s_high", "a_here", "b_here")),
                have("bend", c <= p * E(t), by("logic", at("bound", t), "above", "below")),
                qed(by("linear", "bend", "convex"))]),
            have("side", start <= end, by("linear", "s_low", "s_high")),
            apply("grows", "calculus.nonnegative_derivative", {"g": Lam(t, p * D(t)), "D": Lam(t, p * E(t)), "a": start, "b": end},
                  using={"order": "side", "derivative": "second_here", "sign": "bent_here"}),
            qed(by("linear", "grows", "k_def"))]),
        have("sides", low <= high, by("linear", order)),
        apply("total", "calculus.nonnegative_derivative", {"g": value, "D": slope, "a": low, "b": high},
              using={"order": "sides", "derivative": "slope", "sign": "rises"}),
        have("tangent", Eq(p * D(a) * (b - a), k * b - k * a), by("ring", rewrite=["k_def"])),
        qed(by("linear", "total", "tangent")),
    ]  # fmt: skip


plain = ForAll((a, b), Implies(And(near(a, r), near(b, r)), p * g(a) + p * D(a) * (b - a) <= p * g(b)))


def _strong_side(middle, half):
    """The stronger inequality, from the plain one for the middle and a second difference."""
    return [
        have("length", half >= 0, by("linear", "order")),
        *[have(f"{label}_inner", ForAll(s, Implies(near(s, half, middle), claim)), proof=[
            take(s), assume("s_low", "s_high"),
            have("above", v - r <= s, by("linear", "s_low", "a_here", "b_here")),
            have("below", s <= v + r, by("linear", "s_high", "a_here", "b_here")),
            qed(by("logic", at(label, s), "above", "below"))])
          for label, claim in (("derivative", has_derivative(g, s, D(s))), ("second", has_derivative(D, s, E(s))), ("bound", c <= p * E(s)))],
        apply("bent", "calculus.scaled_second_difference", {"v": middle, "t": half},
              using={"length": "length", "derivative": "derivative_inner", "second": "second_inner", "bound": "bound_inner"}),
        have("middle_low", v - r <= middle, by("linear", "a_here", "b_here")),
        have("middle_high", middle <= v + r, by("linear", "a_here", "b_here")),
        have("tangent", p * g(a) + p * D(a) * (middle - a) <= p * g(middle),
             by("logic", at("plain", a, middle), "a_here", "middle_low", "middle_high")),
        have("ends", Eq(p * (g(middle + half) + g(middle - half) - 2 * g(middle)), p * g(a) + p * g(b) - 2 * (p * g(middle))),
             by("ring")),
        qed(by("linear", "bent", "tangent", "ends")),
    ]  # fmt: skip


INTERVAL_TANGENT = theorem(
    "calculus.interval_tangent",
    "A lower bound by the tangent and a square",
    variables=[g, D, E, v, r, c, p],
    hypotheses={
        "derivative": ForAll(s, Implies(near(s, r), has_derivative(g, s, D(s)))),
        "second": ForAll(s, Implies(near(s, r), has_derivative(D, s, E(s)))),
        "bound": ForAll(s, Implies(near(s, r), c <= p * E(s))),
        "convex": c >= 0,
    },
    conclusion=tangent_bound(g, Lam(s, p * D(s)), p, c / 4),
    prose="If $p\\,g'' \\ge c \\ge 0$ from $v - r$ to $v + r$, then $p\\,g(a) + p\\,g'(a)(b - a) + \\frac{c}{4}(b - a)^2 \\le p\\,g(b)$ "
    "for all $a$ and $b$ there.",
    source="Classical, with $c/2$ in place of $c/4$; here from the tangent at the middle and a second difference.",
    proof=[
        have("plain", plain, proof=[
            take(a, b), assume("a_here", "b_here"),
            let("k_def", k, p * D(a)),
            cases(case("right", a <= b, *_plain_side(a, b, "right", 1)), case("left", b < a, *_plain_side(b, a, "left", -1)))]),
        take(a, b), assume("a_here", "b_here"),
        cases(case("order", a <= b, *_strong_side((a + b) / 2, (b - a) / 2)), case("order", b < a, *_strong_side((a + b) / 2, (a - b) / 2))),
    ],
    notation=NOTATION,
)  # fmt: skip

INTERVAL_GROWTH = theorem(
    "calculus.interval_growth",
    "A lower bound of differences on an interval",
    variables=[g, D, v, r, c, p],
    hypotheses={
        "derivative": ForAll(s, Implies(near(s, r), has_derivative(g, s, D(s)))),
        "bound": ForAll(s, Implies(near(s, r), c <= p * D(s))),
    },
    conclusion=growth_bound(g, p, c),
    prose="If $p\\,g' \\ge c$ from $v - r$ to $v + r$, then $p\\,(g(b) - g(a)) \\ge c\\,(b - a)$ for all $a \\le b$ there.",
    source="Classical.",
    proof=[
        take(a, b), assume("a_here", "b_here", "order"),
        have("length", (b - a) / 2 >= 0, by("linear", "order")),
        *[have(f"{label}_inner", ForAll(s, Implies(near(s, (b - a) / 2, (a + b) / 2), claim)), proof=[
            take(s), assume("s_low", "s_high"),
            have("above", v - r <= s, by("linear", "s_low", "a_here", "b_here")),
            have("below", s <= v + r, by("linear", "s_high", "a_here", "b_here")),
            qed(by("logic", at(label, s), "above", "below"))])
          for label, claim in (("derivative", has_derivative(g, s, D(s))), ("bound", c <= p * D(s)))],
        apply("grows", "calculus.scaled_first_difference", {"v": (a + b) / 2, "t": (b - a) / 2},
              using={"length": "length", "derivative": "derivative_inner", "bound": "bound_inner"}),
        have("ends", Eq(p * (g((a + b) / 2 + (b - a) / 2) - g((a + b) / 2 - (b - a) / 2)), p * (g(b) - g(a))), by("ring")),
        qed(by("linear", "grows", "ends")),
    ],
    notation=NOTATION,
)  # fmt: skip
