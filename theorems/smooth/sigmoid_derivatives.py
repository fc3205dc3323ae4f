"""All derivatives of the sigmoid, and a bound of them."""

from symproof.logic.definition import define_recursive
from symproof.logic.sort import INT, REAL, fun_sort
from symproof.logic.syntax import Abs, And, Eq, ForAll, Implies, Lam, exp, integer, num, real, variable
from symproof.proof.author import apply, assume, at, by, have, induction, qed, take
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import has_derivative
from theorems.calculus.factorial import factorial

q, a, b = integer("q a b")
s, c = real("s c")
previous = variable("previous", fun_sort(INT, INT, REAL, REAL, REAL))
up, down = 1 / (1 + exp(-(c * s))), 1 / (1 + exp(c * s))

power_derivative = define_recursive(
    "smooth.power_derivative", (q, a, b, c, s),
    base=up**a * down**b,
    previous=previous,
    step=c * (a * previous(a, b + 1, c, s) - b * previous(a + 1, b, c, s)),
    latex=r"S^{{({0})}}_{{{1},{2}}}({3}, {4})",
    doc="The derivative of order q of $s \\mapsto \\sigma(cs)^a (1 - \\sigma(cs))^b$, where $\\sigma$ is the sigmoid.",
)  # fmt: skip


def derivative(order, one, other):
    """A derivative at s."""
    return power_derivative(order, one, other, c, s)


SIGMOID_DERIVATIVES = theorem(
    "smooth.sigmoid_derivatives",
    "The derivatives of powers of the sigmoid",
    variables=[c, s],
    conclusion=ForAll(q, Implies(num(0) <= q, ForAll((a, b),
        has_derivative(Lam(s, derivative(q, a, b)), s, derivative(q + 1, a, b))))),
    prose="With $x = \\sigma(c s)$ and $y = 1 - x$ one has $x' = c x y$ and $y' = -c x y$, so $(x^a y^b)' = c (a x^a y^{b+1} - b x^{a+1} y^b)$; "
    "the derivative of order $q + 1$ of $x^a y^b$ is the same combination of derivatives of order $q$.",
    source="Derived here.",
    proof=[
        induction(q,
            base=[take(a, b), qed(by("derivative", unfold=[power_derivative, has_derivative]))],
            hypothesis="before", bound="order",
            step=[
                take(a, b),
                apply("both", "calculus.derivative_of_combination_of_two", {
                    "g": Lam(s, derivative(q, a, b + 1)), "h": Lam(s, derivative(q, a + 1, b)), "a": s,
                    "d": derivative(q + 1, a, b + 1), "e": derivative(q + 1, a + 1, b), "p": c * a, "q": -(c * b)},
                    using={"first": at("before", a, b + 1), "second": at("before", a + 1, b)}),
                qed(by("logic", "both", unfold=[power_derivative]))]),
    ],
)  # fmt: skip

left, right = derivative(q, a, b + 1), derivative(q, a + 1, b)
A, B, X = Abs(left), Abs(right), Abs(derivative(q + 1, a, b))
F, T = factorial(a + b - 1), c**q * factorial(a + b + q)
SIZE = And(a >= 0, b >= 0, a + b >= 1)

SIGMOID_BOUND = theorem(
    "smooth.sigmoid_bound",
    "A bound of the derivatives of powers of the sigmoid",
    variables=[c, s],
    hypotheses={"rate": c >= 0},
    conclusion=ForAll(q, Implies(num(0) <= q, ForAll((a, b), Implies(SIZE,
        Abs(derivative(q, a, b)) * factorial(a + b - 1) <= c**q * factorial(a + b - 1 + q))))),
    prose="The derivative of order $q$ of $x^a y^b$ is at most $c^q (a + b)(a + b + 1) \\cdots (a + b + q - 1)$ in absolute value.",
    source="Derived here.",
    proof=[
        induction(q,
            base=[
                take(a, b), assume("a_nonnegative", "b_nonnegative", "some"),
                *[step for name, part, top in (("up", up, exp(-(c * s))), ("down", down, exp(c * s))) for step in (
                    have(f"{name}_top", top > 0, by("bound")),
                    have(f"{name}_low", part >= 0, by("sign", f"{name}_top")),
                    have(f"{name}_rest", Eq(1 - part, top * part), by("field", f"{name}_top")),
                    have(f"{name}_rest_sign", top * part >= 0, by("sign", f"{name}_top", f"{name}_low")),
                    have(f"{name}_high", part <= 1, by("linear", f"{name}_rest", f"{name}_rest_sign")),
                    apply(f"{name}_powers", "calculus.power_at_most_one", {"x": part},
                          using={"low": f"{name}_low", "high": f"{name}_high"}))],
                *[step for name, power, at_power in (("up", up**a, at("up_powers", a)), ("down", down**b, at("down_powers", b))) for step in (
                    have(f"{name}_power_low", power >= 0, by("logic", at_power, "a_nonnegative", "b_nonnegative")),
                    have(f"{name}_power_high", power <= 1, by("logic", at_power, "a_nonnegative", "b_nonnegative")))],
                have("start", Eq(derivative(0, a, b), up**a * down**b), by("ring", unfold=[power_derivative])),
                have("positive", up**a * down**b >= 0, by("sign", "up_power_low", "down_power_low")),
                have("plain", Eq(Abs(up**a * down**b), up**a * down**b), by("ring", "positive")),
                have("first", (1 - up**a) * down**b >= 0, proof=[
                    have("rest", 1 - up**a >= 0, by("linear", "up_power_high")), qed(by("sign", "rest", "down_power_low"))]),
                have("value", Abs(derivative(0, a, b)) <= 1, by("linear", "plain", "first", "down_power_high", rewrite=["start"])),
                apply("factorials", "calculus.factorial_positive"),
                have("index", a + b - 1 >= 0, by("linear", "some")),
                have("factor", factorial(a + b - 1) > 0, by("logic", at("factorials", a + b - 1), "index")),
                have("slack", (1 - Abs(derivative(0, a, b))) * factorial(a + b - 1) >= 0, proof=[
                    have("rest", 1 - Abs(derivative(0, a, b)) >= 0, by("linear", "value")), qed(by("sign", "rest", "factor"))]),
                have("same", Eq(c**0 * factorial(a + b - 1 + 0), factorial(a + b - 1)), by("ring")),
                qed(by("linear", "slack", "same"))],
            hypothesis="before", bound="order",
            step=[
                take(a, b), assume("a_nonnegative", "b_nonnegative", "some"),
                have("index", a + b - 1 >= 0, by("linear", "some")),
                have("next", Eq(factorial(a + b), (a + b) * F), by("ring", "index", unfold=[factorial])),
                have("rise", c * a * A + c * b * B >= X, proof=[
                    have("step", Eq(derivative(q + 1, a, b), c * a * left + -(c * b * right)), by("ring", unfold=[power_derivative])),
                    apply("sides", "calculus.triangle", {"u": c * a * left, "v": -(c * b * right)}),
                    have("one", Eq(Abs(c * a * left), c * a * A), by("ring", "rate", "a_nonnegative")),
                    have("other", Eq(Abs(-(c * b * right)), c * b * B), by("ring", "rate", "b_nonnegative")),
                    qed(by("linear", "sides", "one", "other", rewrite=["step"]))]),
                *[step for name, part, weight, smaller in (("A", A, a, at("before", a, b + 1)), ("B", B, b, at("before", a + 1, b))) for step in (
                    have(f"{name}_next", Eq(part * factorial(a + b), part * ((a + b) * F)), by("ring", rewrite=["next"])),
                    have(f"{name}_slack", T - part * ((a + b) * F) >= 0, by("linear", smaller, f"{name}_next")),
                    have(f"{name}_part", c * weight * (T - part * ((a + b) * F)) >= 0,
                         by("sign", f"{name}_slack", "rate", "a_nonnegative", "b_nonnegative")))],
                apply("factorials", "calculus.factorial_positive"),
                have("factor", F > 0, by("logic", at("factorials", a + b - 1), "index")),
                have("size", a + b > 0, by("linear", "some")),
                have("rise_part", (c * a * A + c * b * B - X) * ((a + b) * F) >= 0, proof=[
                    have("slack", c * a * A + c * b * B - X >= 0, by("linear", "rise")),
                    qed(by("sign", "slack", "factor", "size"))]),
                have("multiple", (a + b) * (c * T - X * F) >= 0, by("linear", "A_part", "B_part", "rise_part")),
                have("quotient", 1 / (a + b) * ((a + b) * (c * T - X * F)) >= 0, by("sign", "multiple", "size")),
                have("cancelled", Eq(1 / (a + b) * ((a + b) * (c * T - X * F)), c * T - X * F), by("field", "size")),
                have("bound", Eq(c**(q + 1) * factorial(a + b - 1 + (q + 1)), c * T), by("ring", "order")),
                qed(by("linear", "quotient", "cancelled", "bound"))]),
    ],
)  # fmt: skip
