"""Terms as plain text, close to what the claim grammar reads."""

from __future__ import annotations

from fractions import Fraction

from symproof.logic.sort import INT
from symproof.logic.term import BINDERS, Term, instantiate

__all__ = ["open_binder", "range_of", "to_text"]

_RELATIONS = {"eq": "=", "ne": "!=", "le": "<=", "lt": "<", "ge": ">=", "gt": ">"}
_INFIX = {"add": ("+", 6), "sub": ("-", 6), "mul": ("*", 7), "div": ("/", 7)}
_CONSTANTS = {"pi": "pi", "e": "E", "true": "true", "false": "false"}


def open_binder(term: Term, taken: frozenset[str] = frozenset()) -> tuple[tuple[Term, ...], Term]:
    """Variables for the binders of ``term`` (renamed away from the free names of the body) and the opened body."""
    used = {t.data for t in term.args[-1].walk() if t.op == "var"} | taken
    variables = []
    for binder in term.data:
        name = binder.hint or "z"
        while name in used:
            name += "'"
        used.add(name)
        variables.append(Term("var", (), name, binder.sort))
    return tuple(variables), instantiate(term, tuple(variables))


def range_of(index: Term, guard: Term) -> tuple[Term, Term] | None:
    """(low, high) if ``guard`` says low <= index and index <= high of an integer, else None."""
    if index.sort != INT or guard.op != "and" or len(guard.args) != 2:
        return None
    first, second = guard.args
    if first.op == second.op == "le" and first.args[1] == index and second.args[0] == index:
        return first.args[0], second.args[1]
    return None


def to_text(term: Term) -> str:
    """``term`` as text."""
    return _text(term, 0)


def _paren(text: str, mine: int, around: int) -> str:
    return f"({text})" if mine < around else text


def _number(value: Fraction, around: int) -> str:
    text = str(value)
    return f"({text})" if (value < 0 or value.denominator != 1) and around > 5 else text


def _text(t: Term, around: int) -> str:
    if t.op == "num":
        return _number(t.data, around)
    if t.op == "var":
        return str(t.data)
    if t.op == "bound":
        return f"#{t.data}"
    if t.op in _CONSTANTS:
        return _CONSTANTS[t.op]
    if t.op in _RELATIONS:
        return _paren(f"{_text(t.args[0], 5)} {_RELATIONS[t.op]} {_text(t.args[1], 5)}", 4, around)
    if t.op in _INFIX:
        sign, level = _INFIX[t.op]
        return _paren(f"{_text(t.args[0], level)} {sign} {_text(t.args[1], level + 1)}", level, around)
    if t.op == "neg":
        return _paren(f"-{_text(t.args[0], 7)}", 6, around)
    if t.op == "pow":
        return _paren(f"{_text(t.args[0], 9)}**{_text(t.args[1], 9)}", 8, around)
    if t.op in ("and", "or"):
        level = 3 if t.op == "and" else 2
        return _paren(f" {t.op} ".join(_text(a, level + 1) for a in t.args), level, around)
    if t.op == "not":
        return _paren(f"not {_text(t.args[0], 4)}", 3, around)
    if t.op in ("implies", "iff"):
        arrow = "->" if t.op == "implies" else "<->"
        return _paren(f"{_text(t.args[0], 2)} {arrow} {_text(t.args[1], 1)}", 1, around)
    if t.op in ("forall", "exists"):
        return _paren(_quantified(t), 0, around)
    if t.op in BINDERS:
        return _bound(t)
    if t.op == "apply":
        return f"{_text(t.args[0], 9)}({', '.join(_text(a, 0) for a in t.args[1:])})"
    if t.op == "call":
        return f"{t.data.name.split('.')[-1]}({', '.join(_text(a, 0) for a in t.args)})" if t.args else str(t.data.name)
    if t.op == "ite":
        return f"ite({', '.join(_text(a, 0) for a in t.args)})"
    if t.op == "matlit":
        _, cols = t.data
        rows = [t.args[i : i + cols] for i in range(0, len(t.args), cols)]
        return "[" + ", ".join("[" + ", ".join(_text(e, 0) for e in row) + "]" for row in rows) + "]"
    if t.op in ("identity", "zero"):
        return f"{t.op}({', '.join(map(str, t.sort.args))})"
    return f"{t.op}({', '.join(_text(a, 0) for a in t.args)})"


def _quantified(t: Term) -> str:
    word = "forall" if t.op == "forall" else "exists"
    (index,), body = open_binder(t)
    joint = "implies" if t.op == "forall" else "and"
    if body.op == joint:
        guard = body.args[0] if joint == "implies" else Term("and", body.args[:2], None, body.sort)
        rest = body.args[1] if joint == "implies" else body.args[2:]
        span = range_of(index, guard) if isinstance(rest, Term) or len(rest) > 0 else None
        if span is not None:
            inner = rest if isinstance(rest, Term) else rest[0]
            return f"{word} {index.name} in {_text(span[0], 0)}..{_text(span[1], 0)}: {_text(inner, 0)}"
    sort = "" if index.sort.kind == "real" else f" of {index.sort}"
    return f"{word} {index.name}{sort}: {_text(body, 0)}"


def _bound(t: Term) -> str:
    variables, body = open_binder(t)
    names = ", ".join(v.name for v in variables)
    if t.op == "lam":
        return f"(fun {names}: {_text(body, 0)})"
    if t.op == "diff":
        return f"diff({_text(body, 0)}, {names}, at {_text(t.args[0], 0)})"
    word = {"sum": "sum", "minover": "min", "maxover": "max"}[t.op]
    return f"{word}({names} in {_text(t.args[0], 0)}..{_text(t.args[1], 0)}: {_text(body, 0)})"
