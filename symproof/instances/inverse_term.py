"""Solving h(x) = y for a formula in which the variable occurs once: the closed form of x that undoes each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symproof.instances.closed_form import closed_form, decided
from symproof.logic.syntax import exp, log, num, unary
from symproof.logic.term import Term, free_variables

__all__ = ["solution"]

Undo = Callable[[Term], Term | None]


def solution(term: Term, variable: Term, value: Term) -> Term | None:
    """A closed term x for which ``term`` should have the value ``value``; None if no such term is found.

    Whoever uses it proves that it does. Where there are several, it is the positive one.

    Args:
        term: the formula.
        variable: its variable.
        value: a closed term.
    """
    found: Term | None = value
    while term != variable:
        inside = [k for k, a in enumerate(term.args) if variable in free_variables(a)]
        if len(inside) != 1 or found is None:
            return None
        found = _undone(term, inside[0], closed_form(found))
        term = term.args[inside[0]]
    return None if found is None else closed_form(found)


def _undone(term: Term, place: int, y: Term) -> Term | None:
    """The value of the argument at ``place`` for which the outermost operation of a term gives y."""
    if term.op in _FUNCTIONS:
        return _FUNCTIONS[term.op](y)
    if term.op == "pow":
        return _root(y, term.args[1]) if place == 0 and term.args[1].op == "num" else None
    if len(term.args) != 2 or term.op not in _ARITHMETIC:
        return None
    other = closed_form(term.args[1 - place])
    needed = {"mul": (other,), "div": (y, other)}.get(term.op, ())
    if any(decided(number > 0) is not True and decided(number < 0) is not True for number in needed):
        return None
    return _ARITHMETIC[term.op][place](y, other)


def _root(y: Term, exponent: Term) -> Term | None:
    n = exponent.data
    if n.denominator != 1 or n <= 0:
        return None
    if decided(y > 0):
        return y ** num(1 / n)
    return -((-y) ** num(1 / n)) if n % 2 and decided(y < 0) else None


def _within(low: Term | None, high: Term | None, made: Callable[[Term], Term]) -> Undo:
    """The inverse of a function whose values lie strictly between two numbers."""

    def undo(y: Term) -> Term | None:
        limits = [*([low < y] if low is not None else []), *([y < high] if high is not None else [])]
        return made(y) if all(decided(limit) for limit in limits) else None

    return undo


_RIGHT = Term("pi") / 2
_FUNCTIONS: Mapping[str, Undo] = {
    "neg": lambda y: -y,
    "exp": _within(num(0), None, log),
    "log": exp,
    "tanh": _within(-num(1), num(1), lambda y: unary("atanh", y)),
    "atanh": lambda y: unary("tanh", y),
    "atan": _within(-_RIGHT, _RIGHT, lambda y: unary("tan", y)),
    "sinh": lambda y: unary("asinh", y),
    "asinh": lambda y: unary("sinh", y),
    "sqrt": _within(num(0), None, lambda y: y**2),
    "abs": _within(num(0), None, lambda y: y),
}
_ARITHMETIC: Mapping[str, tuple[Callable[[Term, Term], Term], Callable[[Term, Term], Term]]] = {
    "add": (lambda y, b: y - b, lambda y, a: y - a),
    "sub": (lambda y, b: y + b, lambda y, a: a - y),
    "mul": (lambda y, b: y / b, lambda y, a: y / a),
    "div": (lambda y, b: y * b, lambda y, a: a / y),
}
"""By operation the inverse in the first and in the second argument; the other argument is a number."""
