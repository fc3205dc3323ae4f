"""Factorials."""

from symproof.logic.definition import define_recursive
from symproof.logic.syntax import integer, num

n, previous = integer("n previous")

factorial = define_recursive(
    "calculus.factorial", (n,), base=num(1), previous=previous, step=(n + 1) * previous, latex="{0}!", doc="The factorial of $n$."
)  # fmt: skip
