"""Factorials, and a bound by powers times factorials."""

from symproof.logic.definition import define_recursive
from symproof.logic.syntax import And, Eq, ForAll, Implies, integer, num, real
from symproof.proof.author import by, conjunction, have, induction, qed
from symproof.proof.theorem import theorem

n, previous = integer("n previous")
B, c, x = real("B c x")

factorial = define_recursive(
    "calculus.factorial", (n,), base=num(1), previous=previous, step=(n + 1) * previous, latex="{0}!", doc="The factorial of $n$."
)  # fmt: skip

POWER_TIMES_FACTORIAL = theorem(
    "calculus.power_times_factorial",
    "A constant is bounded by its powers times factorials",
    variables=[B],
    hypotheses={"large": B >= 1},
    conclusion=ForAll(n, Implies(num(1) <= n, B**n * factorial(n) >= B)),
    prose="If $B \\ge 1$, then $B \\le B^n\\,n!$ for all $n \\ge 1$.",
    source="Elementary.",
    proof=[
        induction(n,
            base=[
                have("one", Eq(factorial(1), 1), by("ring", unfold=[factorial])),
                qed(by("ring", rewrite=["one"]))],
            hypothesis="before", bound="n_positive",
            step=[
                have("next", Eq(factorial(n + 1), (n + 1) * factorial(n)), by("ring", unfold=[factorial])),
                have("factor", B * (n + 1) - 1 >= 0, by("sos")),
                have("size", B**n * factorial(n) >= 0, by("linear", "before", "large")),
                have("product", (B * (n + 1) - 1) * (B**n * factorial(n)) >= 0, by("sign", "factor", "size")),
                have("whole", Eq(B**(n + 1) * factorial(n + 1), B * (n + 1) * (B**n * factorial(n))), by("ring", rewrite=["next"])),
                qed(by("linear", "product", "whole", "before"))]),
    ],
)  # fmt: skip

FACTORIAL_POSITIVE = theorem(
    "calculus.factorial_positive",
    "Factorials are positive",
    conclusion=ForAll(n, Implies(num(0) <= n, factorial(n) > 0)),
    prose="$n! > 0$ for all $n \\ge 0$.",
    source="Elementary.",
    proof=[
        induction(n,
            base=[have("start", Eq(factorial(0), 1), by("ring", unfold=[factorial])), qed(by("linear", "start"))],
            hypothesis="before", bound="order",
            step=[
                have("next", Eq(factorial(n + 1), (n + 1) * factorial(n)), by("ring", unfold=[factorial])),
                have("product", (n + 1) * factorial(n) > 0, by("sign", "before", "order")),
                qed(by("linear", "next", "product"))]),
    ],
)  # fmt: skip

POWER_AT_MOST_ONE = theorem(
    "calculus.power_at_most_one",
    "Powers of a number between 0 and 1",
    variables=[x],
    hypotheses={"low": x >= 0, "high": x <= 1},
    conclusion=ForAll(n, Implies(num(0) <= n, And(x**n >= 0, x**n <= 1))),
    prose="If $0 \\le x \\le 1$, then $0 \\le x^n \\le 1$ for all $n \\ge 0$.",
    source="Elementary.",
    proof=[
        induction(n,
            base=[conjunction([qed("ring")], [qed("ring")])],
            hypothesis="before", bound="order",
            step=[
                have("low_before", x**n >= 0, by("logic", "before")),
                have("high_before", x**n <= 1, by("logic", "before")),
                have("next", Eq(x**(n + 1), x**n * x), by("ring")),
                conjunction(
                    [have("product", x**n * x >= 0, by("sign", "low_before", "low")), qed(by("linear", "next", "product"))],
                    [have("slack", (1 - x) * x**n >= 0, proof=[
                        have("rest", 1 - x >= 0, by("linear", "high")), qed(by("sign", "rest", "low_before"))]),
                     qed(by("linear", "next", "slack", "high_before"))])]),
    ],
)  # fmt: skip

SCALED_POWER = theorem(
    "calculus.scaled_power",
    "A factor inside and outside a power",
    variables=[B, c],
    hypotheses={"large": B >= 1, "nonnegative": c >= 0},
    conclusion=ForAll(n, Implies(num(1) <= n, And(c**n >= 0, B * c**n <= (B * c) ** n))),
    prose="If $B \\ge 1$ and $c \\ge 0$, then $B c^n \\le (B c)^n$ for all $n \\ge 1$.",
    source="Elementary.",
    proof=[
        induction(n,
            base=[conjunction([qed(by("linear", "nonnegative"))], [qed("ring")])],
            hypothesis="before", bound="order",
            step=[
                have("size", c**n >= 0, by("logic", "before")),
                have("smaller", B * c**n <= (B * c) ** n, by("logic", "before")),
                have("next", Eq(c**(n + 1), c**n * c), by("ring", "order")),
                have("next_scaled", Eq((B * c) ** (n + 1), (B * c) ** n * (B * c)), by("ring", "order")),
                conjunction(
                    [have("product", c**n * c >= 0, by("sign", "size", "nonnegative")), qed(by("linear", "next", "product"))],
                    [have("factor", B - 1 >= 0, by("linear", "large")),
                     have("one", ((B * c) ** n - B * c**n) * (B * c) >= 0, proof=[
                         have("gap", (B * c) ** n - B * c**n >= 0, by("linear", "smaller")),
                         qed(by("sign", "gap", "large", "nonnegative"))]),
                     have("other", (B - 1) * (B * c**n * c) >= 0, by("sign", "factor", "large", "size", "nonnegative")),
                     qed(by("linear", "one", "other", rewrite=["next", "next_scaled"]))])]),
    ],
)  # fmt: skip
