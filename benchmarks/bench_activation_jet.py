"""h, h' and h'' of activations on a thin ball at 100 digits: our jets and mpmath's interval arithmetic, in one run.

For mpmath the three are closed formulas, the kernel's symbolic derivatives of the piece that is active; so it pays
neither for differentiation nor for finding the piece, and inside each formula equal parts are computed once. The
hyperbolic functions, which ``mpmath.iv`` lacks, are written with exp. Before the times are printed, the enclosures must
meet. The times are CPU times, since other work on the machine would be seen in the short ones. Target: 20 times faster
in the median.

Run: ``python benchmarks/bench_activation_jet.py``.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import flint
from flint import arb, fmpq
from mpmath import iv

from symproof.instances.activation_jet import compile_jet, piece_at
from symproof.instances.piecewise_activation import T
from symproof.instances.smooth_activation import read_activation
from symproof.instances.straight_line import Node, straight_line
from symproof.kernel.differentiate import differentiate
from symproof.logic.term import Term

DIGITS = 100
BITS = 340
ROUNDS = 15
REPEATS = 100
ACTIVATIONS = ("sigmoid", "tanh", "softplus", "silu", "mish", "gelu_tanh", "gaussian", "sin", "log_cosh", "elu", "selu",
               "isru", "softsign", "x*exp(-x**2)*sin(3*x + 1)", "quadratic", "cube")  # fmt: skip
AT, RADIUS = fmpq(-7, 5), fmpq(1, 10**60)
TARGET = 20


def mp_operations() -> dict[str, Callable[..., Any]]:
    half = iv.mpf(1) / 2

    def tanh(u: Any) -> Any:
        return 1 - 2 / (iv.exp(2 * u) + 1)

    return {
        "add": lambda a, b: a + b,
        "sub": lambda a, b: a - b,
        "mul": lambda a, b: a * b,
        "div": lambda a, b: a / b,
        "neg": lambda a: -a,
        "exp": iv.exp,
        "log": iv.log,
        "sqrt": iv.sqrt,
        "sin": iv.sin,
        "cos": iv.cos,
        "tanh": tanh,
        "sinh": lambda u: (iv.exp(u) - iv.exp(-u)) * half,
        "cosh": lambda u: (iv.exp(u) + iv.exp(-u)) * half,
        "pi": lambda: iv.pi,
    }


def formulas(term: Term) -> tuple[Term, Term, Term]:
    """h, h' and h''."""
    slope = differentiate(term, T)[0]
    return term, slope, differentiate(slope, T)[0]


class MpmathProgram:
    """A formula in ``mpmath.iv``."""

    def __init__(self, term: Term) -> None:
        self.nodes = straight_line(term, T)
        self.steps = [self.step(node) for node in self.nodes]

    def step(self, node: Node) -> Callable[[list[Any], Any], Any]:
        if node.op == "var":
            return lambda v, x: x
        if node.rational is not None:
            number = iv.mpf(node.rational.numerator) / node.rational.denominator
            return lambda v, x: number
        if node.op == "pow":
            exponent = self.nodes[node.args[1]].rational
            if exponent is None or exponent.denominator != 1:
                raise SystemExit(f"no formula for {node.text}")
            base, whole = node.args[0], int(exponent)
            return lambda v, x: v[base] ** whole
        operation = mp_operations()[node.op]
        args = node.args
        if len(args) == 1:
            return lambda v, x: operation(v[args[0]])
        return lambda v, x: operation(*[v[a] for a in args])

    def __call__(self, x: Any) -> Any:
        values: list[Any] = []
        for step in self.steps:
            values.append(step(values, x))
        return values[-1]


def seconds(work: Callable[[], object], repeats: int) -> float:
    start = time.process_time()
    for _ in range(repeats):
        work()
    return (time.process_time() - start) / repeats


def meet(ours: arb, theirs: Any) -> bool:
    with flint.ctx.workprec(2 * BITS):
        low, high = (arb(str(flint_text(end))) for end in (theirs.a, theirs.b))
        return bool(ours.overlaps(low.union(high)))


def flint_text(end: Any) -> str:
    """The end of an interval as decimal text."""
    from mpmath import mp

    with mp.workdps(DIGITS + 20):
        return str(mp.mpf(end._mpi_[0]))


def main() -> None:
    flint.ctx.prec, iv.dps = BITS, DIGITS
    ball = arb(AT, arb(RADIUS))
    width = iv.mpf(int(RADIUS.p)) / int(RADIUS.q)
    interval = iv.mpf(int(AT.p)) / int(AT.q) + iv.mpf([-1, 1]) * width
    print(f"{DIGITS} digits, ball {AT} +- 1e-60, medians of {ROUNDS}    symproof  mpmath.iv   ratio")
    ratios = []
    for text in ACTIVATIONS:
        term = read_activation(text).term
        ours, theirs = compile_jet(term), [MpmathProgram(f) for f in formulas(piece_at(term, ball))]
        if not all(meet(a, b(interval)) for a, b in zip(ours(ball), theirs, strict=True)):
            raise SystemExit(f"the enclosures for {text} do not meet")
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(ROUNDS):
            times[0].append(seconds(partial(ours, ball), REPEATS))
            times[1].append(sum(seconds(partial(f, interval), 5) for f in theirs))
        our_time, their_time = map(statistics.median, times)
        ratios.append(their_time / our_time)
        print(f"  {text:42} {our_time * 1e6:7.1f} us {their_time * 1e6:8.1f} us {ratios[-1]:7.1f}")
    print(f"median ratio {statistics.median(ratios):.0f}, smallest {min(ratios):.0f}; target {TARGET}", flush=True)


if __name__ == "__main__":
    main()
