"""Checking the chapter ``relu_like`` cold, against ``sympy.simplify(lhs - rhs)`` on its algebraic steps.

The algebraic steps are the equations that rules ``ring``, ``field`` and ``ideal`` accept in the proofs (and the links
of chains). For each, SymPy gets both sides as SymPy expressions (families as functions, sums as ``Sum``, piecewise
terms as ``Piecewise``, definitions unfolded) and simplifies the difference. SymPy does not decide most of them, since
they hold only under hypotheses; it is timed on what it is asked. A step that takes longer than the limit is cut off
and counts with the limit.

Run: ``python benchmarks/bench_check_relu_like.py``.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import sympy

from symproof.kernel.check import CheckedStep
from symproof.library import load_library
from symproof.library_check import check_library
from symproof.logic.term import Term, replace_calls
from symproof.logic.text import open_binder

LIMIT = 5
RULES = {"ring", "field", "ideal"}


def algebraic(steps: tuple[CheckedStep, ...]) -> Iterator[tuple[Term, Term]]:
    """Both sides of each algebraic equation of a proof."""
    for step in steps:
        for inner in step.walk():
            by, claim = inner.step.by, inner.claim
            if by is not None and by.rule in RULES and claim is not None and claim.op == "eq":
                yield claim.args[0], claim.args[1]
            terms = [*inner.step.terms, *(link.term for link in inner.step.links)]
            for before, after, link in zip(terms, terms[1:], inner.step.links, strict=False):
                if link.by.rule in RULES and link.relation == "=":
                    yield before, after


def to_sympy(t: Term) -> sympy.Expr:
    """A term as a SymPy expression."""
    if t.op == "num":
        return sympy.Rational(t.data.numerator, t.data.denominator)
    if t.op == "var":
        return sympy.Symbol(str(t.data), real=True, integer=True if t.sort.kind == "int" else None)
    if t.op in ("sum", "minover", "maxover"):
        (index,), body = open_binder(t)
        low, high = to_sympy(t.args[0]), to_sympy(t.args[1])
        if t.op == "sum":
            return sympy.Sum(to_sympy(body), (to_sympy(index), low, high))
        return sympy.Function(t.op)(to_sympy(body), low, high)
    if t.op == "ite":
        return sympy.Piecewise((to_sympy(t.args[1]), condition(t.args[0])), (to_sympy(t.args[2]), True))
    if t.op == "apply":
        function, *args = t.args
        return sympy.Function(str(function))(*[to_sympy(a) for a in args])
    args = [to_sympy(a) for a in t.args if a.sort.is_number]
    operations = {
        "add": sympy.Add, "mul": sympy.Mul, "pow": sympy.Pow, "abs": sympy.Abs, "min": sympy.Min, "max": sympy.Max,
        "sub": lambda a, b: a - b, "neg": lambda a: -a, "div": lambda a, b: a / b,
    }  # fmt: skip
    if t.op in operations:
        return operations[t.op](*args)
    return sympy.Function(t.op)(*args)


def condition(t: Term) -> sympy.Basic:
    """A relation as a SymPy relation."""
    relations = {"eq": sympy.Eq, "ne": sympy.Ne, "le": sympy.Le, "lt": sympy.Lt, "ge": sympy.Ge, "gt": sympy.Gt}
    return relations[t.op](to_sympy(t.args[0]), to_sympy(t.args[1]))


class _TooLongError(Exception):
    pass


def simplified(left: Term, right: Term) -> tuple[float, bool | None]:
    """Seconds for ``simplify(left - right)``, and whether it gave 0; None if it was cut off."""

    def stop(_signal: int, _frame: object) -> None:
        raise _TooLongError

    unfolded = [
        replace_calls(replace_calls(t, lambda d, a: d.unfold(a)), lambda d, a: d.unfold(a)) for t in (left, right)
    ]
    a, b = (to_sympy(t) for t in unfolded)
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(LIMIT)
    start = time.perf_counter()
    try:
        zero = sympy.simplify(a - b) == 0
    except _TooLongError:
        return float(LIMIT), None
    finally:
        signal.alarm(0)
    return time.perf_counter() - start, bool(zero)


def main() -> None:
    """Print both times and their ratio."""
    library = load_library()
    names = [name for name in library.theorems if name.startswith("relu_like.")]
    start = time.perf_counter()
    checked = check_library(library, names)
    ours = time.perf_counter() - start
    pairs = [pair for name in names for pair in algebraic(checked[name].result.steps)]
    steps = sum(1 for each in checked.values() for _ in each.result.all_steps())
    answers = [simplified(*pair) for pair in pairs]
    theirs = sum(seconds for seconds, _ in answers)
    cut = sum(1 for _, zero in answers if zero is None)
    zero = sum(1 for _, zero in answers if zero)
    print(f"symproof, cold: {steps} steps (relu_like and all it rests on), searched and checked: {ours:.2f} s")
    print(f"sympy.simplify on the {len(pairs)} algebraic steps of relu_like alone: {theirs:.2f} s", end=" ")
    print(f"({cut} cut off at {LIMIT} s, {zero} gave 0)")
    print(f"ratio: {theirs / ours:.1f}x")


if __name__ == "__main__":
    main()
