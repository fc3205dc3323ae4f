"""Claims in numbers, by mpmath with 80 digits: independent of the parser, the kernel and the prover."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Mapping
from typing import Any

from mpmath import mp, mpc, mpf

TOUCH = mpf(10) ** -50
"""Values that differ by less count as equal: an exact decision is for the prover, not for this file."""
POOL = ("0", "1", "-1", "2", "1/2", "-1/2", "3", "4", "pi/2", "1/3")
FUNCTIONS = {
    **{name: getattr(mp, name) for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan")},
    **{name: getattr(mp, name) for name in ("sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "floor")},
    "ceiling": mp.ceil, "Abs": abs, "sign": mp.sign, "Max": max, "Min": min, "Rational": lambda p, q: p / q,
}  # fmt: skip
ARITHMETIC = {ast.Add: "__add__", ast.Sub: "__sub__", ast.Mult: "__mul__", ast.Div: "__truediv__"}


class UndefinedError(Exception):
    """Not a real number, where one is wanted."""


def number(text: str, values: Mapping[str, Any] | None = None) -> Any:
    """The value of an expression of the claim grammar."""
    with mp.workdps(80):
        return _value(ast.parse(text, mode="eval").body, values or {})


def holds(text: str, values: Mapping[str, Any], touching: bool = False) -> bool:
    """Whether a claim holds at a point; ``touching``: what < and != are if both sides are equal up to TOUCH."""
    left, arrow, right = text.partition("->")
    with mp.workdps(80):
        if arrow and not _truth(ast.parse(left.strip(), mode="eval").body, values, touching):
            return True
        return _truth(ast.parse((right if arrow else left).strip(), mode="eval").body, values, touching)


def _value(node: ast.expr, values: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=constant):
            return mpf(str(constant))
        case ast.Name(id="pi"):
            return +mp.pi
        case ast.Name(id="E"):
            return +mp.e
        case ast.Name(id="I"):
            return mpc(0, 1)
        case ast.Name(id=name):
            return values[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, values)
        case ast.BinOp(left=base, op=ast.Pow(), right=power):
            return _power(_value(base, values), _value(power, values))
        case ast.BinOp(left=left, op=operation, right=right):
            return getattr(_value(left, values), ARITHMETIC[type(operation)])(_value(right, values))
        case ast.Call(func=ast.Name(id="diff"), args=[inner, ast.Name(id=name), *order]):
            times = int(_value(order[0], values)) if order else 1
            return mp.diff(lambda t: _value(inner, {**values, name: t}), values[name], times)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return FUNCTIONS[name](*(_value(a, values) for a in arguments))
    raise AssertionError(ast.dump(node))


def _power(base: Any, power: Any) -> Any:
    """Real powers of negative numbers are undefined, as in the claim grammar; 0**0 is 1."""
    if mp.isint(power):
        return base ** int(power)
    if isinstance(base, mpc) or base < 0:
        raise UndefinedError
    return base**power


def _truth(node: ast.expr, values: Mapping[str, Any], touching: bool) -> bool:
    match node:
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_truth(p, values, touching) for p in parts)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return any(_truth(p, values, touching) for p in parts)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return not _truth(inner, values, not touching)
        case ast.Compare(left=first, ops=relations, comparators=others):
            sides = [_value(side, values) for side in (first, *others)]
            return all(map(lambda r, a, b: _relation(r, a, b, touching), relations, sides, sides[1:]))
    raise AssertionError(ast.dump(node))


def _relation(relation: ast.cmpop, a: Any, b: Any, touching: bool) -> bool:
    equal = abs(a - b) <= TOUCH * max(1, min(abs(a), 10**30))
    if isinstance(relation, ast.Eq):
        return equal
    if isinstance(relation, ast.NotEq):
        return touching if equal else True
    if isinstance(a, mpc) or isinstance(b, mpc):
        raise UndefinedError
    if equal:
        return touching or isinstance(relation, ast.LtE | ast.GtE)
    return bool(a < b) if isinstance(relation, ast.Lt | ast.LtE) else bool(a > b)


def admissible_points(variables: Mapping[str, str], hypotheses: list[str], tries: int) -> Iterator[dict[str, Any]]:
    """Points that meet the hypotheses, from a fixed seed; equations are solved for one variable."""
    source = random.Random(repr((variables, hypotheses)))
    for _ in range(tries):
        point = {name: _sample(sort, source) for name, sort in variables.items()}
        for hypothesis in hypotheses:
            _solve(hypothesis, variables, point, source)
        try:
            if all(holds(h, point) for h in hypotheses) and all(has_sort(point[n], s) for n, s in variables.items()):
                yield point
        except (UndefinedError, ZeroDivisionError, ValueError):
            continue


def _sample(sort: str, source: random.Random) -> Any:
    size = mpf(source.choice((1, 1, 2, 4, 8)))
    if sort in ("integer", "natural"):
        return mpf(source.randint(0 if sort == "natural" else -9, 9))
    if sort == "complex":
        return mpc(source.uniform(-2, 2), source.uniform(-2, 2))
    if source.random() < 0.2 and sort == "real":
        return number(source.choice(POOL))
    return mpf(source.uniform(1 / 50 if sort in ("positive", "nonneg") else -float(size), float(size)))


def has_sort(value: Any, sort: str) -> bool:
    """Whether a value is of a sort (real and rational are not told apart)."""
    signs = {"positive": lambda v: v > 0, "negative": lambda v: v < 0, "nonneg": lambda v: v >= 0}
    if sort in ("integer", "natural"):
        return bool(mp.isint(value)) and (sort == "integer" or value >= 0)
    return sort == "complex" or (not isinstance(value, mpc) and signs.get(sort, lambda v: True)(value))


def _solve(hypothesis: str, variables: Mapping[str, str], point: dict[str, Any], source: random.Random) -> None:
    body = ast.parse(hypothesis, mode="eval").body
    if not (isinstance(body, ast.Compare) and isinstance(body.ops[0], ast.Eq)):
        return
    names = [n.id for n in ast.walk(body) if isinstance(n, ast.Name) and n.id in variables]
    name = source.choice(names)

    def gap(t: Any) -> Any:
        return _value(body.left, {**point, name: t}) - _value(body.comparators[0], {**point, name: t})

    try:
        with mp.workdps(80):
            found = mp.findroot(gap, point[name])
            near = mp.nint(found * 12) / 12
            point[name] = near if abs(near - found) < mpf(10) ** -20 else found
    except (ValueError, ZeroDivisionError, UndefinedError, TypeError):
        return
